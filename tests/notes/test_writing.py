"""Notes to many, with files, later, urgent; templates; taking back and correcting; contacts."""

from datetime import UTC, datetime

import pytest
from aiogram.methods import SendMediaGroup
from sqlalchemy import update

from bot.db.accounts import Manner, Preference, Topic
from bot.db.notes import Channel, Note, NoteReceipt, NoteTemplate
from bot.db.outbox import MessageState, OutboxMessage
from bot.db.roster import Guardian, Pupil
from bot.features import outbox
from bot.ui.notes import NoteCopy, NoteOpen, NotePick
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.notes.people import change, compose, count, photo, rows, send
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, PSYCHOLOGIST, STARK, School

NIGHT = datetime(2026, 10, 14, 16, 0, tzinfo=UTC)  # 22:00 in Omsk


async def picks(teacher: Chat, school: School) -> None:
    """As far as the words, about Маша."""
    await teacher.forges(NotePick(pupil_id=school.pupils["Маша"], kind="success").pack())


class TestMany:
    async def test_the_whole_class_in_five_presses_and_a_sentence(
        self, telegram: Telegram, school: School
    ) -> None:
        teacher = telegram.chat(BERG)
        await teacher.says("/note")
        await teacher.presses("5А")
        await teacher.presses("Всему классу")
        await teacher.presses("Просто сообщить")
        await teacher.says("Завтра экскурсия, приходим к девяти.")
        assert "Получат 2 родителя." in teacher.last.text and "для примера" in teacher.last.text
        await teacher.presses("Отправить")
        assert "Сообщение о 2 учениках отправлено" in teacher.last.text
        await telegram.deliver()
        for who, child in ((MASHA_MOTHER, "Маша"), (PETYA_MOTHER, "Петя")):
            got = telegram.chat(who).last.text
            assert f"<b>{child}</b>" in got and "экскурсия" in got
        assert await count(telegram, Note) == 1 and await count(telegram, NoteReceipt) == 3

    async def test_several_by_toggles(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await teacher.says("/note")
        await teacher.presses("5А")
        await teacher.presses("Нескольким")
        assert "Готово" not in "".join(teacher.last.buttons)
        for name in ("Лебедева Маша", "Сомов Петя", "Лебедева Маша"):
            await teacher.presses(name)
        assert "✓ Сомов Петя" in teacher.last.buttons and "Лебедева Маша" in teacher.last.buttons
        await teacher.presses("Готово: 1 ученик")
        await teacher.presses("Похвалить")
        await teacher.says("Умница")
        await teacher.presses("Отправить")
        await telegram.deliver()
        assert "Умница" in telegram.chat(PETYA_MOTHER).last.text
        assert not telegram.chat(MASHA_MOTHER).messages

    async def test_silent_families_are_a_press_away(self, telegram: Telegram, school: School) -> None:
        teacher = await send(telegram)
        await telegram.deliver()
        await telegram.chat(MASHA_MOTHER).presses("Прочитано")
        await teacher.says("/class")
        await teacher.presses("5А")
        assert "молчащие семьи: за 30 дней" in teacher.last.text
        await teacher.presses("Написать молчащим семьям (1)")
        assert [label for label in teacher.last.buttons if label.startswith("✓")] == ["✓ Сомов Петя"]

    async def test_one_of_many_moved_meanwhile(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(STARK)
        await change(
            telegram,
            update(Pupil).where(Pupil.id == school.pupils["Петя"]).values(class_id=school.classes["9Б"]),
        )
        await teacher.says("/note")
        await teacher.presses("Всему классу")
        await teacher.presses("Похвалить")
        await teacher.says("Молодцы")
        await change(
            telegram,
            update(Pupil).where(Pupil.id == school.pupils["Ваня"]).values(class_id=school.classes["5А"]),
        )
        await teacher.presses("Отправить")
        assert "1 ученик больше не в ваших классах" in teacher.last.text
        await telegram.deliver()
        assert "Молодцы" in telegram.chat(PETYA_MOTHER).last.text

    async def test_who_turned_notes_off_is_named(self, telegram: Telegram, school: School) -> None:
        async with telegram.database.write() as session:
            person = school.people[MASHA_MOTHER]
            session.add(Preference(person_id=person, topic=Topic.NOTES, manner=Manner.OFF))
            await session.commit()
        teacher = await send(telegram)
        await teacher.says("/notes")
        assert "отключил сообщения" in teacher.last.text
        assert await count(telegram, OutboxMessage) == 0
        await compose(teacher, text="Срочно позвоните")
        await teacher.presses("❗ Срочно")
        assert "❗ Срочно" in teacher.last.text
        await teacher.presses("Отправить")
        await telegram.deliver()
        assert "Срочно позвоните" in telegram.chat(MASHA_MOTHER).last.text

    async def test_a_digest_brings_the_headline_and_the_button(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        async with telegram.database.write() as session:
            person = school.people[MASHA_MOTHER]
            session.add(Preference(person_id=person, topic=Topic.NOTES, manner=Manner.DIGEST))
            await session.commit()
        await send(telegram, text="Тайное слово")
        await telegram.deliver()
        mother = telegram.chat(MASHA_MOTHER)
        assert not mother.messages
        clock.set(datetime(2026, 10, 14, 12, 0, tzinfo=UTC))  # 18:00 in Omsk
        async with telegram.database.write() as session:
            await outbox.gather_digests(session, clock.now())
            await session.commit()
        await telegram.deliver()
        assert "1 новость" in mother.last.text and "Тайное слово" not in mother.last.text
        assert (await rows(telegram, NoteReceipt))[0].delivered_at == clock.now()
        await mother.presses("Маша")
        assert "Тайное слово" in mother.last.text


class TestFiles:
    async def test_a_photo_with_words(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await picks(teacher, school)
        await teacher.says(caption="Вот что получилось", **photo("one"))
        assert "Вот что получилось" in teacher.last.text and "📎" in teacher.last.text
        await teacher.presses("Отправить")
        await telegram.deliver()
        mother = telegram.chat(MASHA_MOTHER)
        assert mother.messages[-2].file == ("photo", "one") and mother.messages[-2].protected
        assert "Вот что получилось" in mother.last.text

    async def test_a_voice_message_needs_no_words(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await picks(teacher, school)
        await teacher.says(voice={"file_id": "v", "file_unique_id": "v", "duration": 3})
        await teacher.presses("Отправить")
        await telegram.deliver()
        mother = telegram.chat(MASHA_MOTHER)
        assert mother.messages[-2].file == ("voice", "v")
        assert "Прочитано" in mother.last.buttons

    async def test_an_album_is_answered_once_and_sent_as_one(
        self, telegram: Telegram, school: School
    ) -> None:
        teacher = telegram.chat(BERG)
        await picks(teacher, school)
        before = len(teacher.messages)
        for number in range(4):
            caption = {"caption": "С экскурсии"} if number == 0 else {}
            await teacher.says(media_group_id="g", **caption, **photo(f"p{number}"))
        assert len(teacher.messages) == before + 1
        assert "📎 Альбом уйдёт" in teacher.last.text and "Убрать файлы" in teacher.last.buttons
        await teacher.presses("Отправить")
        await telegram.deliver()
        (album,) = [call for call in telegram.wire.calls if isinstance(call, SendMediaGroup)]
        assert [item.media for item in album.media] == ["p0", "p1", "p2", "p3"]

    async def test_an_album_of_twelve_keeps_ten_and_says_so_once(
        self, telegram: Telegram, school: School
    ) -> None:
        teacher = telegram.chat(BERG)
        await picks(teacher, school)
        for number in range(10):
            await teacher.says(media_group_id="g", **photo(f"p{number}"))
        preview = teacher.last
        before = len(teacher.messages)
        for number in range(10, 12):
            await teacher.says(media_group_id="h", **photo(f"p{number}"))
        assert [m.text for m in teacher.messages[before:]] == [
            "Можно не больше 10 файлов за раз. Сохранились первые: 10."
        ]
        await teacher.presses("Отправить", on=preview)
        (note,) = await rows(telegram, Note)
        assert len(note.files) == 10

    async def test_a_file_of_60_mb_is_refused_and_the_draft_kept(
        self, telegram: Telegram, school: School
    ) -> None:
        teacher = telegram.chat(BERG)
        await picks(teacher, school)
        big = {"file_id": "big", "file_unique_id": "big", "file_size": 60 * 2**20}
        await teacher.says(document=big)
        assert "больше 20 МБ" in teacher.last.text
        await teacher.says("Словами")
        await teacher.presses("Отправить")
        assert [note.files for note in await rows(telegram, Note)] == [[]]

    async def test_a_sticker_is_no_note(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await picks(teacher, school)
        await teacher.says(location={"latitude": 55.0, "longitude": 71.0})
        assert "Можно прислать текст, фото" in teacher.last.text

    async def test_an_album_in_an_answer_reaches_the_teacher_whole(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        teacher = await send(telegram)
        await telegram.deliver()
        mother = telegram.chat(MASHA_MOTHER)
        await mother.presses("Ответить")
        for number in range(12):  # ten, and two more as an album of their own
            await mother.says(media_group_id="a" if number < 10 else "b", **photo(f"p{number}"))
        assert sum("ответ передан" in m.text for m in mother.messages) == 1
        clock.move(seconds=10)
        await telegram.deliver()
        albums = [call for call in telegram.wire.calls if isinstance(call, SendMediaGroup)]
        assert [len(album.media) for album in albums] == [10, 2]
        assert "отвечает мама" in teacher.last.text


class TestLater:
    async def test_at_a_chosen_time(self, telegram: Telegram, school: School, clock: StoppedClock) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher)
        await teacher.presses("🕗 Позже")
        await teacher.presses("Сегодня в 18:00")
        assert "Уйдёт: среда, 14 октября, 18:00" in teacher.last.text
        await teacher.presses("Отправить в это время")
        assert "Сообщение уйдёт: среда, 14 октября, 18:00" in teacher.last.text
        await telegram.deliver()
        assert not telegram.chat(MASHA_MOTHER).messages
        clock.move(hours=6)
        await telegram.deliver()
        assert "Молодец!" in telegram.chat(MASHA_MOTHER).last.text

    @pytest.mark.parametrize("typed", ["вчера", "14.10.2026 11:00", "14.10.2027 11:00"])
    async def test_a_time_that_cannot_be(self, telegram: Telegram, school: School, typed: str) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher)
        await teacher.presses("🕗 Позже")
        await teacher.says(typed)
        assert "Не понял" in teacher.last.text or "не раньше" in teacher.last.text
        await teacher.says("завтра в 9")
        assert "четверг, 15 октября, 09:00" in teacher.last.text

    async def test_quiet_hours_hold_a_chosen_time_too(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher)
        await teacher.presses("🕗 Позже")
        await teacher.says("14.10 23:00")
        await teacher.presses("Отправить в это время")
        assert "четверг, 15 октября, 08:00" in teacher.last.text

    async def test_at_once_after_all(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher)
        await teacher.presses("🕗 Позже")
        await teacher.presses("Завтра в 8:00")
        await teacher.presses("🕗 Другое время")
        await teacher.presses("Всё-таки сразу")
        await teacher.presses("Отправить")
        await telegram.deliver()
        assert telegram.chat(MASHA_MOTHER).messages

    async def test_an_urgent_one_comes_at_night(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        clock.set(NIGHT)
        teacher = telegram.chat(BERG)
        await compose(teacher)
        await teacher.presses("❗ Срочно")
        await teacher.presses("Отправить")
        assert "даже в тихие часы" in teacher.last.text
        await telegram.deliver()
        assert "❗ Срочно" in telegram.chat(MASHA_MOTHER).last.text


class TestTemplates:
    async def test_make_use_delete(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher, text="Сегодня отлично отвечает у доски")
        await teacher.presses("В мои шаблоны")
        assert "Сохранено" in teacher.toast and "В мои шаблоны" not in "".join(teacher.last.buttons)
        await teacher.presses("Отменить")
        await teacher.says("/note")
        await teacher.presses("5А")
        await teacher.presses("Сомов Петя")
        await teacher.presses("Похвалить")
        await teacher.presses("Сегодня отлично")
        await teacher.presses("Отправить")
        assert [note.text for note in await rows(telegram, Note)] == ["Сегодня отлично отвечает у доски"]
        await teacher.says("/note")
        await teacher.presses("5А")
        await teacher.presses("Мои шаблоны")
        await teacher.presses("Сегодня отлично")
        await teacher.presses("Да, удалить")
        assert "Шаблонов пока нет" in teacher.last.text
        assert await count(telegram, NoteTemplate) == 0

    async def test_of_another_kind_it_is_not_offered(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher, text="Шаблон похвалы")
        await teacher.presses("В мои шаблоны")
        await teacher.forges(NotePick(pupil_id=school.pupils["Маша"], kind="concern").pack())
        assert not any("Шаблон похвалы" in label for label in teacher.last.buttons)

    async def test_there_is_room_for_twenty(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        for number in range(21):
            await compose(teacher, text=f"Слова {number}")
            await teacher.presses("В мои шаблоны")
        assert "уже 20" in teacher.toast
        assert await count(telegram, NoteTemplate) == 20


class TestChanging:
    async def test_taken_back_within_ten_minutes(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        teacher, mother = await send(telegram, text="Не то"), telegram.chat(MASHA_MOTHER)
        await telegram.deliver()
        clock.move(minutes=9)
        await teacher.presses("Отозвать")
        await teacher.presses("Да, отозвать")
        assert "отозвано" in teacher.last.text
        await telegram.deliver()
        assert "отозвал своё сообщение" in mother.last.text and "Не то" not in mother.last.text
        assert mother.last.keyboard is None
        (note,) = await rows(telegram, Note)
        assert note.withdrawn_at == clock.now() and note.first_delivered_at is None
        await mother.forges(NoteCopy(receipt_id=1, action="read").pack())
        assert "отозвал" in mother.toast
        await mother.says("/children")
        assert "Не то" not in mother.last.text
        await teacher.says("/notes")
        assert "🚫 отозвано" in teacher.last.text

    async def test_what_waits_is_not_sent(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        clock.set(NIGHT)
        teacher = await send(telegram, text="Не то")
        clock.move(hours=3)  # until it has gone out it can be taken back, however long that is
        await teacher.presses("Отозвать")
        await teacher.presses("Да, отозвать")
        clock.move(days=1)
        await telegram.deliver()
        assert not telegram.chat(MASHA_MOTHER).messages
        states = {row.state for row in await rows(telegram, OutboxMessage)}
        assert states == {MessageState.WITHDRAWN}

    async def test_files_go_with_it(self, telegram: Telegram, school: School) -> None:
        teacher, mother = telegram.chat(BERG), telegram.chat(MASHA_MOTHER)
        await picks(teacher, school)
        await teacher.says(caption="Не то", **photo("one"))
        await teacher.presses("Отправить")
        await telegram.deliver()
        assert len(mother.messages) == 2
        await teacher.presses("Отозвать")
        await teacher.presses("Да, отозвать")
        await telegram.deliver()
        assert len(mother.messages) == 1 and "отозвал" in mother.last.text

    async def test_after_ten_minutes_it_stays(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        teacher = await send(telegram)
        await telegram.deliver()
        clock.move(minutes=10, seconds=1)
        await teacher.presses("Отозвать")
        assert "Прошло больше 10 минут" in teacher.toast
        await teacher.forges(NoteOpen(note_id=1, action="back").pack())
        assert (await rows(telegram, Note))[0].withdrawn_at is None
        await teacher.forges(NoteOpen(note_id=1).pack())
        assert "Отозвать" not in teacher.last.buttons

    async def test_corrected_it_is_marked(self, telegram: Telegram, school: School) -> None:
        teacher, mother = await send(telegram, text="Малодец"), telegram.chat(MASHA_MOTHER)
        await telegram.deliver()
        for words in ("Молодеть", "Молодец"):
            await teacher.forges(NoteOpen(note_id=1, action="edit").pack())
            await teacher.says(words)
            await telegram.deliver()
        assert "Молодец" in mother.last.text and "Исправлено" in mother.last.text
        assert len(mother.messages) == 1
        await mother.presses("Прочитано")
        assert "Исправлено" in mother.last.text

    async def test_corrected_after_it_was_read_it_is_to_be_read_again(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        teacher, mother = await send(telegram, text="Сбор в 9"), telegram.chat(MASHA_MOTHER)
        await telegram.deliver()
        await mother.presses("Прочитано")
        await teacher.forges(NoteOpen(note_id=1, action="edit").pack())
        await teacher.says("Сбор в 11")
        await telegram.deliver()
        assert (await rows(telegram, NoteReceipt))[0].read_at is None
        await mother.presses("Прочитано")
        assert "Уже отмечено" not in mother.toast
        assert (await rows(telegram, NoteReceipt))[0].read_at is not None

    async def test_corrected_before_it_has_gone_it_is_as_if_never_wrong(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        clock.set(NIGHT)
        teacher = await send(telegram, text="Малодец")
        await teacher.forges(NoteOpen(note_id=1, action="edit").pack())
        await teacher.says("Молодец")
        clock.move(hours=11)
        await telegram.deliver()
        got = telegram.chat(MASHA_MOTHER)
        assert len(got.messages) == 1 and "Молодец" in got.last.text and "Исправлено" not in got.last.text
        await got.presses("Прочитано")
        assert "Исправлено" not in got.last.text


class TestAcknowledging:
    async def test_a_note_stays_where_it_was_read(self, telegram: Telegram, school: School) -> None:
        await send(telegram, text="Молодец")
        await telegram.deliver()
        mother = telegram.chat(MASHA_MOTHER)
        await mother.presses("Прочитано")
        await mother.presses("Мои дети")
        assert "Молодец" in mother.messages[-2].text and mother.messages[-2].buttons
        assert "Маша" in mother.last.text and mother.last.message_id != mother.messages[-2].message_id

    async def test_a_reaction_counts_as_read(self, telegram: Telegram, school: School) -> None:
        await send(telegram)
        await telegram.deliver()
        mother = telegram.chat(MASHA_MOTHER)
        await telegram.chat(PETYA_MOTHER).reacts(mother.last, "👍")
        assert (await rows(telegram, NoteReceipt))[0].read_at is None
        await mother.reacts(mother.last, None)
        assert (await rows(telegram, NoteReceipt))[0].read_at is None
        await mother.reacts(mother.last, "👍")
        assert (await rows(telegram, NoteReceipt))[0].read_at is not None

    async def test_a_reaction_to_the_photo_counts_too(self, telegram: Telegram, school: School) -> None:
        teacher, mother = telegram.chat(BERG), telegram.chat(MASHA_MOTHER)
        await picks(teacher, school)
        await teacher.says(**photo("one"))
        await teacher.presses("Отправить")
        await telegram.deliver()
        await mother.reacts(mother.messages[-2], "❤")
        assert (await rows(telegram, NoteReceipt))[0].read_at is not None

    async def test_who_has_not_read_after_two_days_is_reminded_once(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        teacher, mother = await send(telegram), telegram.chat(MASHA_MOTHER)
        await telegram.deliver()
        clock.move(days=2, minutes=-1)
        await teacher.says("/notes")
        assert not any("Не прочитали" in label for label in teacher.last.buttons)
        clock.move(minutes=2)
        await teacher.says("/notes")
        # One has been silent for so long, and the button says for how long.
        assert "Не прочитали за 2 дня: 1" in teacher.last.buttons
        await teacher.presses("Не прочитали")
        assert "Лебедева Ирина Олеговна (Маша, 14.10)" in teacher.last.text
        listed = teacher.last
        data = listed.data("Напомнить")
        await teacher.presses("Напомнить")
        assert "напомнили" in teacher.last.text
        await teacher.forges(data, listed)
        assert "уже напоминали" in teacher.toast
        await telegram.deliver()
        assert mother.last.text == (
            "Напоминаем: вас ждёт сообщение от 14 октября. "
            "🌟 <b>Маша</b>: есть чему порадоваться. Пишет Берг А.И."
        )
        await mother.presses("Маша")
        await mother.presses("Прочитано")
        await teacher.says("/notes")
        assert not any("Не прочитали" in label for label in teacher.last.buttons)

    async def test_or_asked_to_call(self, telegram: Telegram, school: School, clock: StoppedClock) -> None:
        teacher = await send(telegram)
        await telegram.deliver()
        clock.move(days=3)
        await teacher.says("/notes")
        await teacher.presses("Не прочитали")
        await teacher.presses("Попросить позвонить")
        await telegram.deliver()
        assert "просит вас позвонить" in telegram.chat(MASHA_MOTHER).last.text

    async def test_two_guardians_have_threads_of_their_own(self, telegram: Telegram, school: School) -> None:
        father = telegram.chat(PETYA_MOTHER)  # somebody who is Маша's second guardian, too
        place = school.guardians["Маша/отец"]
        person = school.people[PETYA_MOTHER]
        await change(telegram, update(Guardian).where(Guardian.id == place).values(person_id=person))
        teacher, mother = await send(telegram), telegram.chat(MASHA_MOTHER)
        await telegram.deliver()
        for chat, words in ((mother, "Слова матери"), (father, "Слова отца")):
            await chat.presses("Ответить")
            await chat.says(words)
        await telegram.deliver()
        await teacher.says("/notes")
        await teacher.presses("Переписка, новых: 2")
        await teacher.presses("Маша, 5А: мама")
        assert "Слова матери" in teacher.last.text and "Слова отца" not in teacher.last.text
        await father.says("/children")
        await father.presses("💬 Маша: Берг А.И.")
        assert "Слова отца" in father.last.text and "Слова матери" not in father.last.text
        await father.forges("nth:1:open")
        assert "Такого нет" in father.toast


class TestContacts:
    async def test_a_call_counts_as_a_note(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        teacher = telegram.chat(BERG)
        await teacher.says("/class")
        await teacher.presses("5А")
        await teacher.presses("Отметить звонок")
        await teacher.presses("Лебедева Маша")
        await teacher.presses("📞 Звонок: папа")
        await teacher.says("Договорились о занятиях")
        assert "Это считается" in teacher.last.text
        (note,), (receipt,) = await rows(telegram, Note), await rows(telegram, NoteReceipt)
        assert (note.channel, note.first_delivered_at) == (Channel.PHONE, clock.now())
        assert receipt.guardian_id == school.guardians["Маша/отец"] and receipt.read_at == clock.now()
        await teacher.says("/class")
        await teacher.presses("5А")
        assert "Лебедева Маша — 1/2, сегодня" in teacher.last.text
        await teacher.says("/notes")
        assert "📞 звонок" in teacher.last.text and "Договорились" in teacher.last.text

    async def test_without_words_and_with_everybody(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await teacher.says("/menu")
        await teacher.forges(f"ncp:{school.classes['5А']}:{school.pupils['Маша']}")
        await teacher.presses("🤝 Встреча: всем вместе")
        await teacher.presses("Сохранить без слов")
        assert await count(telegram, NoteReceipt) == 2
        await teacher.forges("ncs")  # a second press
        assert await count(telegram, Note) == 1

    async def test_a_pupil_without_guardians(self, telegram: Telegram, school: School) -> None:
        director = telegram.chat(DIRECTOR)
        await director.says("/menu")
        await director.forges(f"ncp:{school.classes['9Б']}:{school.pupils['Лена']}")
        await director.presses("📞 звонок")
        await director.says("Поговорили с бабушкой")
        assert "нет ни одного родителя" in director.last.text
        assert await count(telegram, Note) == 0


class TestSpecialist:
    async def test_writes_about_the_register_only(self, telegram: Telegram, school: School) -> None:
        chat = telegram.chat(PSYCHOLOGIST)
        await chat.says("/note")
        assert "никого нет" in chat.last.text
