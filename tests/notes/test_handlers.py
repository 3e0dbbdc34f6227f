"""Notes as people write, get and answer them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram.methods import AnswerCallbackQuery
from sqlalchemy import delete, select, update

from bot.db.accounts import Person, Staff
from bot.db.notes import Note, NoteAnswer, NoteReceipt
from bot.db.outbox import OutboxMessage
from bot.db.roster import Guardian, Pupil, Teaching
from bot.features import notes
from bot.ui.notes import (
    ClassHeard,
    NoteClass,
    NoteCopy,
    NoteDraft,
    NoteOpen,
    NotePick,
    NotePupil,
    ThreadOpen,
)
from bot.ui.screen import GO
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.notes.people import change, compose, count, rows, send
from tests.school import (
    BERG,
    DIRECTOR,
    MASHA_MOTHER,
    PETYA_MOTHER,
    PSYCHOLOGIST,
    STARK,
    STRANGER,
    VANYA_MOTHER,
    School,
)

NIGHT = datetime(2026, 10, 14, 16, 0, tzinfo=UTC)  # 22:00 in Omsk
STICKER = {
    "file_id": "s",
    "file_unique_id": "s",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}
MORNING = datetime(2026, 10, 15, 2, 0, tzinfo=UTC)  # 08:00 in Omsk


class TestWriting:
    async def test_from_the_class_to_the_guardian(self, telegram: Telegram, school: School) -> None:
        teacher, mother = telegram.chat(BERG), telegram.chat(MASHA_MOTHER)
        await teacher.says("/note")
        await teacher.presses("5А")
        await teacher.presses("Лебедева Маша")
        await teacher.presses("Похвалить")
        await teacher.says("Решила <все> задачи & помогла 🦊")
        preview = teacher.last.text
        assert teacher.last.buttons == [
            "Отправить",
            "Изменить текст",
            "❗ Срочно",
            "🕗 Позже",
            "📄 В мои шаблоны",
            "Отменить",
        ]
        assert await count(telegram, Note) == 0
        await teacher.presses("Отправить")
        assert "Получат: мама (Лебедева Ирина Олеговна)" in teacher.last.text
        assert "не с ботом: папа (Лебедев Игорь Львович)" in teacher.last.text
        assert "Пригласить: папа (Лебедев Игорь Львович)" in teacher.last.buttons
        await telegram.deliver()
        got = mother.last
        assert got.text in preview
        assert "<b>Маша</b>" in got.text and "Берг А.И." in got.text
        assert "Решила &lt;все&gt; задачи &amp; помогла 🦊" in got.text
        assert "Лебедева" not in got.text
        assert got.buttons == ["Прочитано", "Ответить", "Позвоните мне"]
        assert got.protected

    async def test_one_receipt_for_every_guardian_one_message_for_who_has_come(
        self, telegram: Telegram, school: School
    ) -> None:
        await send(telegram)
        mother, father = await rows(telegram, NoteReceipt)
        assert (mother.guardian_id, father.guardian_id) == (
            school.guardians["Маша/мать"],
            school.guardians["Маша/отец"],
        )
        assert mother.outbox_id and father.outbox_id is None
        assert await count(telegram, OutboxMessage) == 1

    async def test_two_guardians_both_get_it(self, telegram: Telegram, school: School) -> None:
        father = school.guardians["Маша/отец"]
        person = school.people[VANYA_MOTHER]
        await change(telegram, update(Guardian).where(Guardian.id == father).values(person_id=person))
        await send(telegram)
        await telegram.deliver()
        for who in (MASHA_MOTHER, VANYA_MOTHER):
            assert "Молодец!" in telegram.chat(who).last.text
        first, second = await rows(telegram, NoteReceipt)
        assert first.delivered_at and second.delivered_at
        (note,) = await rows(telegram, Note)
        assert note.first_delivered_at == first.delivered_at

    async def test_the_class_of_the_last_note_comes_first(self, telegram: Telegram, school: School) -> None:
        teacher = await send(telegram, pupil="Ваня", school_class="9Б")
        await teacher.says("/note")
        assert teacher.last.buttons[:2] == ["9Б", "5А"]

    async def test_with_one_class_the_step_is_left_out(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(STARK)
        await teacher.says("/note")
        assert "Котов Ваня" in teacher.last.buttons and "✉️ Рыбина Лена" in teacher.last.buttons

    async def test_an_admin_writes_about_anybody(self, telegram: Telegram, school: School) -> None:
        await send(telegram, who=DIRECTOR, pupil="Ваня", school_class="9Б")
        await telegram.deliver()
        assert "Динер Н.М." in telegram.chat(VANYA_MOTHER).last.text

    async def test_a_pupil_with_nobody_connected_is_not_written_about(
        self, telegram: Telegram, school: School
    ) -> None:
        teacher = telegram.chat(STARK)
        await teacher.says("/note")
        await teacher.presses("Рыбина Лена")
        assert "никто не получит" in teacher.last.text and "классный руководитель" in teacher.last.text
        assert not any("Пригласить" in label for label in teacher.last.buttons)
        director = telegram.chat(DIRECTOR)
        await director.says("/note")
        await director.presses("9Б")
        await director.presses("Рыбина Лена")
        await director.presses("Пригласить родителя")
        assert director.last.photo

    async def test_the_text_can_be_changed(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher, text="Малодец")
        await teacher.presses("Изменить текст")
        await teacher.says("Молодец")
        await teacher.presses("Отправить")
        assert [note.text for note in await rows(telegram, Note)] == ["Молодец"]

    async def test_a_second_press_sends_nothing(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher)
        preview = teacher.last
        data = preview.data("Отправить")
        await teacher.forges(data, preview)
        await teacher.forges(data, preview)
        assert teacher.toast == "Уже отправлено."
        answer = [call for call in telegram.wire.calls if isinstance(call, AnswerCallbackQuery)][-1]
        assert not answer.show_alert
        assert await count(telegram, Note) == 1 and await count(telegram, OutboxMessage) == 1

    async def test_a_surname_is_pointed_out_before_it_is_sent(
        self, telegram: Telegram, school: School
    ) -> None:
        berg = telegram.chat(BERG)
        await compose(berg, text="Лебедева помогла всем")
        assert "есть фамилия: Лебедева" in berg.last.text and "Отправить" in berg.last.buttons
        await berg.says("Маша помогла всем")
        assert "фамилия" not in berg.last.text

    async def test_an_old_preview_does_not_send_a_newer_draft(
        self, telegram: Telegram, school: School
    ) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher, text="Первое")
        old = teacher.last
        await compose(teacher, pupil="Петя", text="Второе")
        await teacher.presses("Отправить", on=old)
        assert "уже отправлено" in teacher.toast
        assert await count(telegram, Note) == 0

    async def test_too_long_a_text_keeps_the_step(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher, text="я" * 5000)
        assert "не больше 3" in teacher.last.text and "5" in teacher.last.text
        await teacher.says("Коротко")
        await teacher.presses("Отправить")
        assert await count(telegram, Note) == 1

    async def test_cancel_half_way_leaves_nothing(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher)
        preview = teacher.last
        await teacher.says("/cancel")
        assert "Ничего не отправлено" in teacher.last.text
        await teacher.presses("Отправить", on=preview)
        assert await count(telegram, Note) == 0

    async def test_a_pupil_who_moved_meanwhile(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(STARK)
        await compose(teacher, pupil="Ваня")
        moved = update(Pupil).where(Pupil.id == school.pupils["Ваня"]).values(class_id=school.classes["5А"])
        await change(telegram, moved)
        await teacher.presses("Отправить")
        assert "больше нет в ваших классах" in teacher.toast
        assert await count(telegram, Note) == 0

    async def test_a_guardian_who_left_meanwhile(self, telegram: Telegram, school: School) -> None:
        teacher, mother = telegram.chat(BERG), telegram.chat(PETYA_MOTHER)
        await compose(teacher, pupil="Петя")
        await mother.says("/privacy")
        await mother.presses("Отозвать")
        await mother.presses("Да, стереть")
        await teacher.presses("Отправить")
        assert "некому получить" in teacher.toast
        assert await count(telegram, Note) == 0

    async def test_quiet_hours_hold_it_until_morning(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        clock.set(NIGHT)
        teacher = await send(telegram)
        assert "завтра в 08:00" in teacher.last.text
        await telegram.deliver()
        assert not telegram.chat(MASHA_MOTHER).messages
        clock.set(MORNING)
        await telegram.deliver()
        assert "Молодец!" in telegram.chat(MASHA_MOTHER).last.text

    async def test_an_admin_without_a_name_is_asked_for_it(self, telegram: Telegram, school: School) -> None:
        await change(telegram, update(Staff).where(Staff.id == school.staff[DIRECTOR]).values(person_id=None))
        director = telegram.chat(DIRECTOR)
        await director.says("/note")
        assert "Представьтесь" in director.last.text


class TestAnswering:
    @pytest.fixture
    async def mother(self, telegram: Telegram, school: School) -> Chat:
        await send(telegram)
        await telegram.deliver()
        return telegram.chat(MASHA_MOTHER)

    async def test_read(self, telegram: Telegram, mother: Chat) -> None:
        got = mother.last
        data = got.data("Прочитано")
        await mother.presses("Прочитано")
        assert "Учитель увидит" in mother.toast
        assert "Прочитано" not in got.buttons and "Ответить" in got.buttons and "Молодец!" in got.text
        await mother.forges(data, got)
        assert "Уже отмечено" in mother.toast
        receipt, _ = await rows(telegram, NoteReceipt)
        assert receipt.read_at and not receipt.answered_at

    async def test_back_and_forth(self, telegram: Telegram, mother: Chat) -> None:
        teacher = telegram.chat(BERG)
        await mother.presses("Ответить")
        await mother.says("Спасибо <3")
        assert "Берг А.И." in mother.last.text
        await telegram.deliver()
        assert "Спасибо &lt;3" in teacher.last.text
        assert "<b>Маша</b>, 5А" in teacher.last.text and "мама" in teacher.last.text
        await teacher.presses("Ответить")
        await teacher.says("Вам спасибо!")
        await telegram.deliver()
        assert "Вам спасибо!" in mother.last.text and mother.last.protected
        await mother.presses("Ответить")
        await mother.says("До встречи")
        await telegram.deliver()
        assert "До встречи" in teacher.last.text
        await teacher.presses("Вся переписка")
        thread = teacher.last.text
        assert (
            thread.index("Молодец!")
            < thread.index("Спасибо &lt;3")
            < thread.index("Вам спасибо!")
            < thread.index("До встречи")
        )
        receipt, _ = await rows(telegram, NoteReceipt)
        assert receipt.read_at and receipt.answered_at

    async def test_call_me_tells_the_teacher_once(self, telegram: Telegram, mother: Chat) -> None:
        got = mother.last
        data = got.data("Позвоните мне")
        await mother.forges(data, got)
        assert "ждёте звонка" in mother.toast and got.buttons[:1] == ["Ответить"]
        await mother.forges(data, got)
        assert "уже попросили" in mother.toast
        await telegram.deliver()
        calls = [m for m in telegram.chat(BERG).messages if "просит вас позвонить" in m.text]
        assert len(calls) == 1 and "Маша" in calls[0].text

    async def test_an_answer_at_night_reaches_the_teacher_in_the_morning(
        self, telegram: Telegram, mother: Chat, clock: StoppedClock
    ) -> None:
        clock.set(NIGHT)
        await mother.presses("Ответить")
        await mother.says("Спасибо")
        assert "завтра в 08:00" in mother.last.text
        before = len(telegram.chat(BERG).messages)
        await telegram.deliver()
        assert len(telegram.chat(BERG).messages) == before
        clock.set(MORNING)
        await telegram.deliver()
        assert "Спасибо" in telegram.chat(BERG).last.text

    async def test_too_long_an_answer_or_none_keeps_the_step(self, telegram: Telegram, mother: Chat) -> None:
        await mother.presses("Ответить")
        await mother.says("я" * 1001)
        assert "Слишком длинно" in mother.last.text
        await mother.says(sticker=STICKER)
        assert "Можно прислать текст, фото" in mother.last.text
        await mother.says("Коротко")
        assert [a.text for a in await rows(telegram, NoteAnswer)] == ["Коротко"]

    async def test_cancel_sends_no_answer(self, telegram: Telegram, mother: Chat) -> None:
        await mother.presses("Ответить")
        await mother.presses("Отменить")
        await mother.says("Это уже никому")
        assert await count(telegram, NoteAnswer) == 0

    async def test_a_teacher_who_left_cannot_be_answered(
        self, telegram: Telegram, school: School, mother: Chat
    ) -> None:
        got = mother.last
        director = telegram.chat(DIRECTOR)
        await director.says("/staff")
        await director.presses("Берг")
        await director.presses("Больше не работает")
        await director.presses("Да, закрыть")
        for label in ("Ответить", "Позвоните мне"):
            await mother.presses(label, on=got)
            assert "больше не пользуется ботом" in mother.toast
        assert await count(telegram, NoteAnswer) == 0

    async def test_a_guardian_who_left_cannot_be_written_to(self, telegram: Telegram, mother: Chat) -> None:
        await mother.presses("Ответить")
        await mother.says("Тайное")
        teacher = telegram.chat(BERG)
        async with telegram.database.write() as session:
            person = await session.scalar(select(Person.id).where(Person.telegram_id == MASHA_MOTHER))
            assert person
            await notes.erase_person(session, person)
            await session.execute(update(Guardian).where(Guardian.person_id == person).values(person_id=None))
            await session.commit()
        await telegram.deliver()
        assert not any("Тайное" in m.text for m in teacher.messages)
        receipt, _ = await rows(telegram, NoteReceipt)
        assert receipt.answered_at, "that they answered stays"
        await teacher.forges(ThreadOpen(thread_id=1, action="open").pack())
        assert "текст стёрт" in teacher.last.text and "Ответить" not in teacher.last.buttons
        await teacher.forges(ThreadOpen(thread_id=1, action="write").pack())
        assert "больше не пользуется" in teacher.toast


class TestLooking:
    async def test_the_list_says_how_far_each_copy_has_come(self, telegram: Telegram, school: School) -> None:
        teacher, mother = await send(telegram), telegram.chat(MASHA_MOTHER)

        async def state() -> str:
            await teacher.says("/notes")
            return next(line for line in teacher.last.text.splitlines() if "Ирина" in line)

        assert "ждёт отправки" in await state()
        assert "Игорь Львович: ещё не с ботом" in teacher.last.text
        await telegram.deliver()
        assert "доставлено" in await state()
        await mother.presses("Прочитано")
        assert "прочитано" in await state()
        await mother.presses("Ответить")
        await mother.says("Спасибо")
        assert "есть ответ" in await state()
        await mother.forges(NoteCopy(receipt_id=1, action="call").pack())
        assert "просит позвонить" in await state()

    async def test_who_has_blocked_the_bot_is_named(self, telegram: Telegram, school: School) -> None:
        telegram.wire.blocked.add(MASHA_MOTHER)
        teacher = await send(telegram)
        await telegram.deliver()
        await teacher.says("/notes")
        assert "Ирина Олеговна: не дошло" in teacher.last.text
        assert (await rows(telegram, Note))[0].first_delivered_at is None

    async def test_nothing_yet(self, telegram: Telegram, school: School) -> None:
        await telegram.chat(BERG).says("/notes")
        assert "ещё не писали" in telegram.chat(BERG).last.text

    async def test_pages_of_five_newest_first(self, telegram: Telegram, school: School) -> None:
        for number in range(6):
            await send(telegram, text=f"Письмо {number}")
        teacher = telegram.chat(BERG)
        await teacher.says("/notes")
        assert "1/2" in teacher.last.buttons
        assert teacher.last.text.index("Письмо 5") < teacher.last.text.index("Письмо 1")
        assert "Письмо 0" not in teacher.last.text
        await teacher.presses("→")
        assert "Письмо 0" in teacher.last.text and "→" not in teacher.last.buttons
        await teacher.forges("nl:99")
        assert "2/2" in teacher.last.buttons
        await teacher.forges("nl:-3")
        assert "1/2" in teacher.last.buttons

    async def test_the_class_list_puts_the_longest_silence_first(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        teacher = await send(telegram)
        await telegram.deliver()
        await teacher.says("/class")
        await teacher.presses("5А")
        lines = teacher.last.text.splitlines()[2:4]
        assert lines == ["🔇 Сомов Петя — 1/1, ещё ничего", "🔇 Лебедева Маша — 1/2, сегодня"]
        clock.move(days=1)
        await send(telegram, pupil="Петя")
        await telegram.deliver()
        clock.move(days=2)
        await teacher.says("/class")
        await teacher.presses("5А")
        lines = teacher.last.text.splitlines()[2:4]
        assert lines == ["🔇 Лебедева Маша — 1/2, 3 дня назад", "🔇 Сомов Петя — 1/1, 2 дня назад"]
        await telegram.chat(MASHA_MOTHER).forges(NoteCopy(receipt_id=1, action="read").pack())
        await teacher.says("/class")
        await teacher.presses("5А")
        lines = teacher.last.text.splitlines()[2:4]
        assert lines == ["Лебедева Маша — 1/2, 3 дня назад", "🔇 Сомов Петя — 1/1, 2 дня назад"]

    async def test_a_note_held_or_refused_is_not_heard(self, telegram: Telegram, school: School) -> None:
        telegram.wire.blocked.add(MASHA_MOTHER)
        teacher = await send(telegram)
        await telegram.deliver()
        await teacher.forges(ClassHeard(class_id=school.classes["5А"]).pack())
        assert "Лебедева Маша — 1/2, ещё ничего" in teacher.last.text

    async def test_children_show_the_three_latest(self, telegram: Telegram, school: School) -> None:
        mother = telegram.chat(MASHA_MOTHER)
        await mother.says("/children")
        assert "<b>Маша</b>, 5А класс" in mother.last.text and "ничего не писали" in mother.last.text
        for number in range(4):
            await send(telegram, text=f"Письмо {number}")
        await send(telegram, pupil="Петя", text="Не ваше")
        await telegram.deliver()
        await mother.says("/children")
        listed = mother.last.text
        assert [f"Письмо {n}" in listed for n in range(4)] == [False, True, True, True]
        assert "Не ваше" not in listed and "Лебедева" not in listed
        await mother.presses("Письмо 2")
        assert "Письмо 2" in mother.last.text and "Прочитано" in mother.last.buttons
        await mother.presses("Прочитано")
        assert "Прочитано" not in mother.last.buttons

    async def test_children_lead_to_all_that_was_written(self, telegram: Telegram, school: School) -> None:
        mother = telegram.chat(MASHA_MOTHER)
        for number in range(3):
            await send(telegram, text=f"Письмо {number}")
        await telegram.deliver()
        await mother.says("/children")
        assert not any("Все сообщения" in label for label in mother.last.buttons)
        for number in range(3, 9):
            await send(telegram, text=f"Письмо {number}")
        await telegram.deliver()
        await mother.says("/children")
        await mother.presses("Все сообщения: Маша")
        assert "Письмо 8" in mother.last.text and "Письмо 0" not in mother.last.text
        await mother.presses("→")
        assert "Письмо 0" in mother.last.text and "Письмо 8" not in mother.last.text
        await mother.presses("Письмо 0")
        assert "Письмо 0" in mother.last.text and "Прочитано" in mother.last.buttons


class TestForgery:
    """Somebody else's ids: the answer is that there is no such thing, and nothing changes."""

    @pytest.fixture
    async def sent(self, telegram: Telegram, school: School) -> NoteReceipt:
        await send(telegram)
        await telegram.deliver()
        receipt: NoteReceipt = (await rows(telegram, NoteReceipt))[0]
        return receipt

    @pytest.mark.parametrize("action", ["open", "read", "answer", "call"])
    @pytest.mark.parametrize("who", [PETYA_MOTHER, BERG, DIRECTOR, PSYCHOLOGIST, STRANGER])
    async def test_a_copy_is_its_guardians_alone(
        self, telegram: Telegram, sent: NoteReceipt, who: int, action: Any
    ) -> None:
        chat = telegram.chat(who)
        await chat.forges(NoteCopy(receipt_id=sent.id, action=action).pack())
        assert "Такого нет" in chat.toast
        await chat.says("Чужой ответ")
        after = (await rows(telegram, NoteReceipt))[0]
        assert (after.read_at, after.answered_at, after.call_asked_at) == (None, None, None)
        assert await count(telegram, NoteAnswer) == 0

    @pytest.mark.parametrize("who", [STARK, DIRECTOR, MASHA_MOTHER, PSYCHOLOGIST, STRANGER])
    async def test_a_note_is_its_writers_alone(self, telegram: Telegram, sent: NoteReceipt, who: int) -> None:
        chat = telegram.chat(who)
        await chat.forges(NoteOpen(note_id=sent.note_id).pack())
        assert "Такого нет" in chat.toast

    @pytest.mark.parametrize("who", [STARK, MASHA_MOTHER, PSYCHOLOGIST, STRANGER])
    async def test_a_class_is_for_those_who_teach_it(
        self, telegram: Telegram, school: School, who: int
    ) -> None:
        chat = telegram.chat(who)
        class_id, pupil_id = school.classes["5А"], school.pupils["Маша"]
        for data in (
            NoteClass(class_id=class_id),
            NotePupil(pupil_id=pupil_id),
            NotePick(pupil_id=pupil_id, kind="success"),
            ClassHeard(class_id=class_id),
        ):
            await chat.forges(data.pack())
            assert "Такого нет" in chat.toast, data
        await chat.forges(NoteDraft(draft=1, action="send").pack())
        assert await count(telegram, Note) == 0

    @pytest.mark.parametrize(
        ("who", "places"),
        [(MASHA_MOTHER, ("note", "notes", "class")), (BERG, ("children",)), (PSYCHOLOGIST, ("class",))],
    )
    async def test_places_of_another_role(
        self, telegram: Telegram, school: School, who: int, places: tuple[str, ...]
    ) -> None:
        for place in places:
            await telegram.chat(who).forges(GO + place)
            assert "Такого нет" in telegram.chat(who).toast

    async def test_a_teacher_who_lost_the_class_between_preview_and_sending(
        self, telegram: Telegram, school: School
    ) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher)
        elsewhere = school.classes["9Б"]
        mine = (Teaching.staff_id == school.staff[BERG]) & (Teaching.class_id != elsewhere)
        await change(telegram, delete(Teaching).where(mine))
        await teacher.presses("Отправить")
        assert "больше нет в ваших классах" in teacher.toast
        assert await count(telegram, Note) == 0


async def test_what_waits_is_counted(telegram: Telegram, school: School, clock: StoppedClock) -> None:
    async def waiting() -> tuple[int, int]:
        async with telegram.database.read() as session:
            mother = await School.actor(session, MASHA_MOTHER, clock.now())
            teacher = await School.actor(session, BERG, clock.now())
            today = clock.now().date()
            return await notes.unread(session, mother, today), await notes.unanswered(session, teacher)

    await send(telegram)
    assert await waiting() == (0, 0)
    await telegram.deliver()
    assert await waiting() == (1, 0)
    mother, teacher = telegram.chat(MASHA_MOTHER), telegram.chat(BERG)
    await mother.presses("Ответить")
    await mother.says("Спасибо")
    assert await waiting() == (0, 1)
    await teacher.forges(ThreadOpen(thread_id=1, action="open").pack())
    assert await waiting() == (0, 0)
    clock.moment += timedelta(minutes=1)
    await mother.forges(NoteCopy(receipt_id=1, action="call").pack())
    assert await waiting() == (0, 1)
