"""What somebody met who had never seen the bot: files stay, calls are closed, names may be typed."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import update

from bot.config import Settings
from bot.db.accounts import Person
from bot.db.audit import AuditEntry
from bot.db.base import Database
from bot.db.notes import Channel, Note, NoteAnswer, NoteReceipt, NoteThread
from bot.db.notes.heard import last_heard
from bot.db.outbox import MessageState, OutboxMessage
from bot.db.risk.register import RiskEntry
from bot.db.risk.routes import (
    AnswerKind,
    LearningRoute,
    RouteAnswer,
    RouteCopy,
    RouteMessage,
    RouteVersion,
)
from bot.db.roster import Guardian, Pupil
from bot.features.notes import following, writing
from bot.ui.notes import ClassHeard, NoteUnread
from tests.chat import Chat, Telegram
from tests.fixtures import NOON, StoppedClock
from tests.notes.people import change, compose, count, photo, rows, send
from tests.queries import count_queries
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, PSYCHOLOGIST, SINCE, STARK, School


class TestFiles:
    async def test_other_words_keep_the_files(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher, text="Не то")
        await teacher.says(caption="Малодец", **photo("one"))
        assert "📎 1 файл уйдёт" in teacher.last.text
        assert "Не то\nМалодец" in teacher.last.text
        await teacher.presses("Изменить текст")
        assert "📎 1 файл" in teacher.last.text and "Убрать файл" in teacher.last.buttons
        await teacher.says("Молодец")
        await teacher.presses("Отправить")
        (note,) = await rows(telegram, Note)
        assert (note.text, note.files) == ("Молодец", [["photo", "one", ""]])
        await teacher.presses("Посмотреть")
        assert "📎 Открыть файл" in teacher.last.buttons

    async def test_a_caption_is_added_to_the_words_once_for_an_album(
        self, telegram: Telegram, school: School
    ) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher, text="Маша читала стихи")
        for name in ("one", "two"):
            await teacher.says(caption="На фото: Лебедева", media_group_id="g", **photo(name))
        assert "Лебедева" in teacher.last.text
        await teacher.presses("Отправить")
        (note,) = await rows(telegram, Note)
        assert (note.text, len(note.files)) == ("Маша читала стихи\nНа фото: Лебедева", 2)

    async def test_they_go_when_told_to(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher)
        await teacher.says(caption="Молодец", **photo("one"))
        await teacher.presses("Убрать файл")
        assert "📎" not in teacher.last.text and "Молодец" in teacher.last.text
        await teacher.says(**photo("two"))
        await teacher.presses("Изменить текст")
        await teacher.presses("Убрать файл")
        assert "Убрать файл" not in teacher.last.buttons
        await teacher.says("Только слова")
        await teacher.presses("Отправить")
        assert [(note.text, note.files) for note in await rows(telegram, Note)] == [("Только слова", [])]

    async def test_an_urgent_one_at_a_later_time(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await compose(teacher)
        await teacher.presses("❗ Срочно")
        await teacher.presses("🕗 Позже")
        await teacher.presses("Завтра в 8:00")
        await teacher.presses("Отправить в это время")
        assert "приходит сразу" not in teacher.last.text and "придёт в это время" in teacher.last.text


class TestCalls:
    @pytest.fixture
    async def asked(self, telegram: Telegram, school: School) -> Chat:
        """Маша's mother has asked Берг for a call."""
        await send(telegram)
        await telegram.deliver()
        await telegram.chat(MASHA_MOTHER).presses("Позвоните мне")
        await telegram.deliver()
        return telegram.chat(BERG)

    async def test_a_request_is_closed_by_the_call(
        self, telegram: Telegram, asked: Chat, clock: StoppedClock
    ) -> None:
        teacher, mother = asked, telegram.chat(MASHA_MOTHER)
        assert "мама просит вас позвонить" in teacher.last.text
        request = teacher.last
        await teacher.presses("Вся переписка")
        assert "14.10 12:00, мама:</b> 📞 просьба позвонить" in teacher.last.text
        clock.move(days=1)
        await teacher.presses("Созвонились", on=request)
        await teacher.says("Договорились о занятиях")
        await teacher.says("/notes")
        assert "поговорили 15.10" in teacher.last.text and "просит позвонить" not in teacher.last.text
        assert "Лебедева Ирина Олеговна: поговорили по телефону" in teacher.last.text
        await teacher.presses("Созвонились", on=request)
        assert "Уже отмечено" in teacher.toast
        await teacher.presses("Переписка")
        await teacher.presses("Маша, 5А")
        assert "📇 поговорили по телефону: Договорились" in teacher.last.text
        assert "Созвонились" not in "".join(teacher.last.buttons)
        await mother.says("/children")
        await mother.presses("Молодец!")
        assert "просьба позвонить" in mother.last.text
        await mother.presses("Позвоните мне")
        assert "ждёте звонка" in mother.toast
        assert [answer.call for answer in await rows(telegram, NoteAnswer)] == [True, True]

    async def test_a_wrong_entry_is_taken_back(
        self, telegram: Telegram, asked: Chat, clock: StoppedClock
    ) -> None:
        teacher, mother = asked, telegram.chat(MASHA_MOTHER)
        await teacher.presses("Созвонились")
        await teacher.presses("Сохранить без слов")
        await mother.says("/children")
        assert "поговорили по телефону" in "".join(mother.last.buttons)
        await mother.presses("поговорили по телефону")
        assert "📇 <b>Маша</b>: поговорили по телефону, 14.10" in mother.last.text
        await teacher.presses("Убрать запись")
        await teacher.presses("Да, убрать")
        assert "запись убрана" in teacher.last.text
        contact = (await rows(telegram, Note))[1]
        assert (contact.channel, contact.first_delivered_at) == (Channel.PHONE, None)
        assert contact.withdrawn_at == clock.now()
        assert (await rows(telegram, NoteReceipt))[0].talked_at is None
        assert "contact.withdrawn" in [entry.action for entry in await rows(telegram, AuditEntry)]
        await mother.says("/children")
        assert "поговорили" not in mother.last.text + "".join(mother.last.buttons)
        await teacher.says("/notes")
        assert "просит позвонить" in teacher.last.text

    async def test_after_ten_minutes_it_stays(
        self, telegram: Telegram, asked: Chat, clock: StoppedClock
    ) -> None:
        await asked.presses("Созвонились")
        await asked.presses("Сохранить без слов")
        await asked.forges("no:2:edit")
        assert "Такого нет" in asked.toast, "an entry is not corrected"
        clock.move(minutes=11)
        await asked.presses("Убрать запись")
        assert "Прошло больше 10 минут" in asked.toast

    async def test_to_somebody_without_the_bot(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await teacher.says("/menu")
        await teacher.forges(f"ncp:{school.classes['5А']}:{school.pupils['Маша']}")
        await teacher.presses("📄 Записка: папа (Лебедев")
        await teacher.presses("Сохранить без слов")
        await teacher.says("/notes")
        assert "Лебедев Игорь Львович: передано на бумаге" in teacher.last.text
        assert "14.10 · Маша: передано на бумаге" in teacher.last.buttons


class TestTyping:
    async def test_class_and_name_may_be_typed(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await teacher.says("/note")
        await teacher.says("6В")
        assert "Такого класса" in teacher.last.text and "5А" in teacher.last.buttons
        await teacher.says("5 а")
        await teacher.says("Варя")
        assert "Такого имени здесь нет" in teacher.last.text and "Лебедева Маша" in teacher.last.buttons
        await teacher.says("маша")
        assert "О чём сообщение?" in teacher.last.text
        await teacher.says("Молодец")
        assert "Сначала нажмите" in teacher.last.text and "🌟 Похвалить" in teacher.last.buttons
        await teacher.presses("Похвалить")
        await teacher.says("Молодец")
        assert "<b>Маша</b>" in teacher.last.text
        await teacher.presses("Отменить")

    async def test_two_of_one_name(self, telegram: Telegram, school: School) -> None:
        petya = Pupil.id == school.pupils["Петя"]
        await change(telegram, update(Pupil).where(petya).values(first_name="Маша"))
        teacher = telegram.chat(BERG)
        await teacher.says("/note")
        await teacher.presses("5А")
        await teacher.presses("Нескольким")
        await teacher.says("Маша")
        assert "Таких учеников несколько" in teacher.last.text
        await teacher.says("Маша Сомова")
        assert "Такого имени" in teacher.last.text
        await teacher.says("Сомов")
        assert "✓ Сомов Маша" in teacher.last.buttons

    async def test_templates_are_where_everybody_passes(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(STARK)  # one class: no class is asked for
        await teacher.says("/note")
        assert "📄 Мои шаблоны" in teacher.last.buttons


class TestTheClass:
    async def test_yesterday_is_not_today(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        clock.set(datetime(2026, 10, 14, 12, 0, tzinfo=UTC))  # 18:00 in Omsk
        teacher = await send(telegram)
        await telegram.deliver()
        clock.move(hours=14)
        await teacher.forges(ClassHeard(class_id=school.classes["5А"]).pack())
        assert "Лебедева Маша — 1/2, 1 день назад" in teacher.last.text

    async def test_inviting_is_offered_to_who_leads(self, telegram: Telegram, school: School) -> None:
        for who, school_class, offered in ((BERG, "5А", True), (BERG, "9Б", False), (DIRECTOR, "9Б", True)):
            chat = telegram.chat(who)
            await chat.says("/menu")
            await chat.forges(ClassHeard(class_id=school.classes[school_class]).pack())
            assert ("Пригласить родителей" in chat.last.buttons) == offered

    async def test_who_cannot_be_reached_is_not_counted(self, telegram: Telegram, school: School) -> None:
        blocked = Person.telegram_id == PETYA_MOTHER
        await change(telegram, update(Person).where(blocked).values(unreachable_since=NOON))
        teacher = telegram.chat(BERG)
        await teacher.says("/menu")
        await teacher.forges(ClassHeard(class_id=school.classes["5А"]).pack())
        assert "не дойдёт до семей: Сомов Петя. Поможет листок" in teacher.last.text
        await teacher.presses("Написать молчащим семьям (1)")
        assert [label for label in teacher.last.buttons if label.startswith("✓")] == ["✓ Лебедева Маша"]

    async def test_receipts_name_the_child_and_the_rest_can_be_invited(
        self, telegram: Telegram, school: School
    ) -> None:
        director = telegram.chat(DIRECTOR)
        for school_class in ("9Б", "5А"):
            await director.says("/note")
            await director.presses(school_class)
            await director.presses("Всему классу")
            await director.presses("Просто сообщить")
            await director.says("Собрание в шесть")
            await director.presses("Отправить")
            assert ("Пригласить родителей" in director.last.buttons) == (school_class == "9Б")
        await director.says("/notes")
        assert "• Петя: Сомова Юлия Петровна — ждёт отправки" in director.last.text
        assert "• Котова Нина Ивановна: ждёт отправки" in director.last.text


class TestNotRead:
    async def test_all_at_once_and_a_call_afterwards(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        await send(telegram)
        teacher = await send(telegram, pupil="Петя")
        await telegram.deliver()
        clock.move(days=3)
        await teacher.says("/notes")
        await teacher.presses("Не прочитали за 2 дня: 2")
        assert teacher.last.buttons[:5] == ["🔔 Напомнить всем (2)", "🔔 1", "🔔 2", "📞 1", "📞 2"]
        await teacher.presses("Напомнить всем")
        assert teacher.toast == "Напомнили: 2."
        assert teacher.last.buttons[:2] == ["📞 1", "📞 2"]
        await teacher.presses("📞 1")
        assert "— попросили позвонить" in teacher.last.text and "— напомнили" in teacher.last.text
        await teacher.forges(NoteUnread(receipt_id=0, action="all").pack())
        assert teacher.toast == "Напомнили: 0."
        await telegram.deliver()
        told = [[m.text for m in telegram.chat(who).messages[1:]] for who in (MASHA_MOTHER, PETYA_MOTHER)]
        assert [len(each) for each in told] == [1, 2], "the newest note is the first in the list"

    async def test_a_guardian_of_several_notes_is_reminded_once(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        for _ in range(3):
            await send(telegram)
        teacher, mother = await send(telegram, pupil="Петя"), telegram.chat(MASHA_MOTHER)
        await telegram.deliver()
        clock.move(days=3)
        await teacher.says("/notes")
        await teacher.presses("Не прочитали за 2 дня: 4")
        assert teacher.last.buttons[0] == "🔔 Напомнить всем (2)"
        before = len(mother.messages)
        await teacher.presses("Напомнить всем")
        assert teacher.toast == "Напомнили: 2." and "🔔 1" not in teacher.last.buttons
        await telegram.deliver()
        assert len(mother.messages) == before + 1
        reminded = [receipt for receipt in await rows(telegram, NoteReceipt) if receipt.reminded_at]
        assert len(reminded) == 4

    async def test_one_reminder_counts_the_notes_about_all_children(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        mother, place = telegram.chat(MASHA_MOTHER), school.guardians["Петя/мать"]
        async with telegram.database.write() as session:
            hers = update(Guardian).where(Guardian.id == place)
            await session.execute(hers.values(person_id=school.people[MASHA_MOTHER]))
            await session.commit()
        await send(telegram)
        clock.move(days=1)
        teacher = await send(telegram, pupil="Петя")
        await telegram.deliver()
        clock.move(days=3)
        await teacher.says("/notes")
        await teacher.presses("Не прочитали за 2 дня: 2")
        await teacher.presses("Напомнить всем (1)")
        await telegram.deliver()
        assert "вас ждут 2 сообщения" in mother.last.text
        assert "от 15 октября: 🌟 <b>Петя</b>: есть чему порадоваться" in mother.last.text
        assert "Маша" not in mother.last.text, "the message goes when the access to Петя does"
        await mother.presses("Мои дети")
        assert "Маша" in mother.last.text and "Петя" in mother.last.text


# --- when the parents last heard ---------------------------------------------------------------------------


EARLIER, LATER = datetime(2026, 10, 2, 6, 0, tzinfo=UTC), datetime(2026, 10, 3, 6, 0, tzinfo=UTC)


def route(school: School) -> list[object]:
    """A learning route of Маша's: entry, route, version, all with the id 1."""
    berg = school.staff[BERG]
    on = {"active_from": SINCE, "active_to": None}
    return [
        RiskEntry(id=1, pupil_id=school.pupils["Маша"], staff_id=berg, created_at=EARLIER, **on),
        LearningRoute(id=1, pupil_id=school.pupils["Маша"], entry_id=1, created_at=EARLIER),
        RouteVersion(
            id=1,
            route_id=1,
            number=1,
            staff_id=berg,
            goal="Цель",
            measures=[],
            starts_on=SINCE,
            ends_on=SINCE,
            champion_id=berg,
            file=[],
            created_at=EARLIER,
            sent_at=EARLIER,
            **on,
        ),
    ]


CASES: dict[str, Callable[[int, int, int], list[Any]]] = {
    "a teacher's reply": lambda place, berg, person: [
        NoteThread(id=1, staff_id=berg, guardian_id=place, last_at=EARLIER, waits=False),
        NoteAnswer(
            thread_id=1, by_guardian=False, text="x", files=[], created_at=EARLIER, delivered_at=LATER
        ),
    ],
    "an answer in the thread": lambda place, berg, person: [
        NoteThread(id=1, staff_id=berg, guardian_id=place, last_at=EARLIER, waits=False),
        NoteAnswer(thread_id=1, by_guardian=True, text="x", files=[], created_at=LATER),
    ],
    "a route": lambda place, berg, person: [RouteCopy(version_id=1, guardian_id=place, delivered_at=LATER)],
    "an answer to a route": lambda place, berg, person: [
        RouteAnswer(
            version_id=1,
            guardian_id=place,
            answer=AnswerKind.DISCUSS,
            reason="",
            on_day=SINCE,
            created_at=LATER,
        )
    ],
    "the school's words about a route": lambda place, berg, person: [
        RouteMessage(id=7, route_id=1, guardian_id=place, staff_id=berg, text="x", created_at=EARLIER),
        OutboxMessage(
            person_id=person,
            kind="route-reply",
            subject_id=7,
            guardian_id=place,
            arguments={},
            dedup_key="x",
            created_at=EARLIER,
            not_before=EARLIER,
            state=MessageState.SENT,
            finished_at=LATER,
            media=[],
        ),
    ],
}
ACKNOWLEDGED = {"an answer in the thread", "an answer to a route"}


@pytest.mark.parametrize("what", CASES)
async def test_what_parents_hear_and_acknowledge(database: Database, school: School, what: str) -> None:
    place = school.guardians["Маша/мать"]
    masha = Pupil.id == school.pupils["Маша"]
    async with database.write() as session:
        for row in [*route(school), *CASES[what](place, school.staff[BERG], school.people[MASHA_MOTHER])]:
            session.add(row)
            await session.flush()
        with count_queries(database) as queries:
            found = (await last_heard(session, masha))[school.pupils["Маша"]]
        assert queries.count == 1
    expected = (None, LATER) if what in ACKNOWLEDGED else (LATER, None)
    assert (found.delivered_at, found.read_at) == expected


async def test_a_delivered_reply_is_heard(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock
) -> None:
    teacher, mother = await send(telegram), telegram.chat(MASHA_MOTHER)
    await telegram.deliver()
    await mother.presses("Ответить")
    await mother.says("Спасибо")
    await telegram.deliver()
    clock.move(days=5)
    await teacher.presses("Ответить")
    await teacher.says("Вам спасибо")
    async with database.write() as session:
        actor = await School.actor(session, BERG, clock.now())
        ask = session, actor, clock.now(), clock.now().date(), Settings(), school.classes["5А"]
        before = {each.pupil.first_name: each for each in (await following.last_heard(*ask)).pupils}
    await telegram.deliver()
    async with database.write() as session:
        ask = session, actor, clock.now(), clock.now().date(), Settings(), school.classes["5А"]
        after = {each.pupil.first_name: each for each in (await following.last_heard(*ask)).pupils}
    assert before["Маша"].at != after["Маша"].at == clock.now()
    assert not after["Маша"].silent and after["Петя"].silent


async def test_typed_names(database: Database, school: School, clock: StoppedClock) -> None:
    async with database.write() as session:
        actor = await School.actor(session, BERG, clock.now())
        both = [school.pupils["Маша"], school.pupils["Петя"]]
        pupils = (await writing.addressees(session, actor, clock.now().date(), both)).pupils
    for typed, names in (
        ("МАША", ["Маша"]),
        (" лебедева  маша ", ["Маша"]),
        ("петя сомов", ["Петя"]),
        ("Сомов Маша", []),
        ("", []),
    ):
        assert [pupil.first_name for pupil in writing.named(pupils, typed)] == names


async def test_a_specialist_may_type_a_name_too(telegram: Telegram, school: School) -> None:
    chat = telegram.chat(PSYCHOLOGIST)
    await chat.says("/note")
    assert "никого нет" in chat.last.text
    await chat.says("Маша")
    assert "Не понял" in chat.last.text
    assert await count(telegram, Note) == 0
