"""Telegram replies to notes and answers; words that a guardian writes out of the blue."""

from datetime import timedelta

from sqlalchemy import update

from bot.db.feedback import Ticket
from bot.db.notes import Note, NoteAnswer, NoteReceipt
from bot.ui.notes import PassOn
from tests.chat import Telegram
from tests.fixtures import StoppedClock
from tests.notes.people import change, compose, count, photo, rows, send
from tests.school import BERG, MASHA_MOTHER, PETYA_MOTHER, School


async def texts_of(telegram: Telegram) -> list[str]:
    return [answer.text for answer in await rows(telegram, NoteAnswer)]


class TestReplying:
    async def test_a_reply_to_a_note_is_an_answer(self, telegram: Telegram, school: School) -> None:
        teacher, mother = await send(telegram), telegram.chat(MASHA_MOTHER)
        await telegram.deliver()
        await mother.replies(mother.last, "Спасибо, поговорим дома")
        assert "Ваш ответ передан" in mother.last.text
        await telegram.deliver()
        assert "поговорим дома" in teacher.last.text
        receipt, _ = await rows(telegram, NoteReceipt)
        assert receipt.read_at and receipt.answered_at
        await teacher.replies(teacher.last, "Договорились")
        await telegram.deliver()
        assert "Договорились" in mother.last.text and "Вам отвечает" in mother.last.text
        await mother.replies(mother.last, voice={"file_id": "v", "file_unique_id": "v", "duration": 3})
        await telegram.deliver()
        assert teacher.messages[-2].file == ("voice", "v")
        assert {answer.thread_id for answer in await rows(telegram, NoteAnswer)} == {1}

    async def test_to_the_photo_of_a_note_to_a_screen_and_to_a_request_for_a_call(
        self, telegram: Telegram, school: School
    ) -> None:
        teacher, mother = telegram.chat(BERG), telegram.chat(MASHA_MOTHER)
        await compose(teacher)
        await teacher.says(**photo("one"))
        await teacher.presses("Отправить")
        await telegram.deliver()
        picture = mother.messages[-2]
        await mother.replies(picture, "Красиво!")
        await mother.says("/children")
        await mother.presses("Молодец!")
        screen = mother.last
        await mother.replies(screen, "А когда занятие?")
        assert await texts_of(telegram) == ["Красиво!", "А когда занятие?"]
        await mother.presses("Позвоните мне", on=screen)
        await telegram.deliver()
        await teacher.replies(teacher.last, "Позвоню в шесть")
        assert (await texts_of(telegram))[-1] == "Позвоню в шесть"

    async def test_an_album_stays_together(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        await send(telegram)
        await telegram.deliver()
        mother = telegram.chat(MASHA_MOTHER)
        note, before = mother.last, len(mother.messages)
        for name in ("a", "b", "c"):
            await mother.replies(note, media_group_id="g", **photo(name))
        assert len(mother.messages) == before + 1
        (answer,) = await rows(telegram, NoteAnswer)
        assert [file[1] for file in answer.files] == ["a", "b", "c"]

    async def test_it_interrupts_nothing(self, telegram: Telegram, school: School) -> None:
        teacher, mother = await send(telegram), telegram.chat(MASHA_MOTHER)
        await telegram.deliver()
        await mother.presses("Ответить")
        await mother.says("Спасибо")
        await telegram.deliver()
        answer = teacher.last
        await compose(teacher, pupil="Петя", text="Для всех")
        await teacher.replies(answer, "Только вам")
        await teacher.says("/notes")
        assert await count(telegram, Note) == 1
        assert await texts_of(telegram) == ["Спасибо", "Только вам"]

    async def test_what_cannot_be_answered_says_so(self, telegram: Telegram, school: School) -> None:
        teacher, mother = await send(telegram), telegram.chat(MASHA_MOTHER)
        await telegram.deliver()
        note = mother.last
        await mother.replies(
            note,
            sticker={
                "file_id": "s",
                "file_unique_id": "s",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            },
        )
        assert "Можно прислать текст, фото" in mother.last.text
        await mother.replies(note, "/menu")
        assert "передан" not in mother.last.text
        await teacher.presses("Отозвать")
        await teacher.presses("Да, отозвать")
        await telegram.deliver()
        await mother.replies(note, "Поздно")
        assert "Учитель отозвал это сообщение" in mother.last.text
        assert await texts_of(telegram) == []


class TestOutOfTheBlue:
    async def test_exactly_these_words_go_to_the_teacher(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        teacher, mother = await send(telegram), telegram.chat(MASHA_MOTHER)
        await telegram.deliver()
        clock.move(days=59)
        await mother.says("Маша завтра не придёт <3")
        assert "Кому это передать?" in mother.last.text
        assert mother.last.buttons[:2] == ["Передать: Берг А.И. (Маша)", "Написать в школу"]
        assert mother.last.buttons.count("Написать в школу") == 1
        offered = mother.last
        data = offered.data("Передать")
        await mother.presses("Передать: Берг")
        assert "Ваш ответ передан" in mother.last.text
        await mother.forges(data, offered)
        assert mother.toast == "Уже передано."
        await telegram.deliver()
        assert "Маша завтра не придёт &lt;3" in teacher.last.text
        assert await texts_of(telegram) == ["Маша завтра не придёт <3"]

    async def test_pictures_too_and_only_the_latest_words(self, telegram: Telegram, school: School) -> None:
        await send(telegram)
        await telegram.deliver()
        mother = telegram.chat(MASHA_MOTHER)
        await mother.says("Не то")
        old = mother.last
        before = len(mother.messages)
        for number in range(3):
            caption = {"caption": "Справка"} if not number else {}
            await mother.says(media_group_id="g", **caption, **photo(f"p{number}"))
        assert len(mother.messages) == before + 1
        await mother.presses("Передать", on=old)
        assert "больше не работает" in mother.toast or "уже не работает" in mother.toast
        await mother.presses("Передать")
        (answer,) = await rows(telegram, NoteAnswer)
        assert answer.text == "Справка" and len(answer.files) == 3

    async def test_who_has_not_written_of_late_is_not_offered(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        await send(telegram)
        await telegram.deliver()
        clock.move(days=61)
        mother = telegram.chat(MASHA_MOTHER)
        await mother.says("Здравствуйте")
        assert mother.last.buttons[0] == "Написать в школу"
        berg, place = school.staff[BERG], school.guardians["Маша/мать"]
        offer = PassOn.unpack(mother.last.data("Написать в школу"))
        await mother.forges(PassOn(draft=offer.draft, staff_id=berg, guardian_id=place).pack())
        assert "Такого нет" in mother.toast
        assert await count(telegram, NoteAnswer) == 0

    async def test_to_the_school_with_the_words_in_the_letter(
        self, telegram: Telegram, school: School
    ) -> None:
        mother = telegram.chat(PETYA_MOTHER)
        await mother.says("Когда собрание?")
        await mother.presses("Написать в школу")
        await mother.presses("Берг")
        await mother.presses("От своего имени")
        assert await count(telegram, Ticket) == 1
        await telegram.deliver()
        assert "Когда собрание?" in telegram.chat(BERG).last.text

    async def test_three_teachers_the_latest_first(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        for days in range(2):
            await send(telegram)
            await telegram.deliver()
            await change(telegram, update(Note).where(Note.id == days + 1).values(staff_id=days + 1))
            clock.moment += timedelta(days=1)
        mother = telegram.chat(MASHA_MOTHER)
        await mother.says("Здравствуйте")
        assert [label for label in mother.last.buttons if label.startswith("Передать")] == [
            "Передать: Берг А.И. (Маша)",
            "Передать: Динер Н.М. (Маша)",
        ]
