"""/quiet: what people choose, and what comes of it."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.db.accounts import Manner, Person, Preference, Topic
from bot.db.audit import AuditEntry
from bot.db.outbox import MessageState, OutboxMessage
from bot.features.outbox import Message, Posted, gather_digests, post
from bot.ui.quiet import QuietTopic
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.school import BERG, MASHA_MOTHER, STRANGER, School

OMSK = ZoneInfo("Asia/Omsk")
NIGHT = datetime(2026, 10, 14, 21, 30, tzinfo=OMSK)


@pytest.fixture
def mother(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(MASHA_MOTHER)


async def hours(telegram: Telegram, telegram_id: int = MASHA_MOTHER) -> tuple[time | None, time | None]:
    async with telegram.database.read() as session:
        person = await session.scalar(select(Person).where(Person.telegram_id == telegram_id))
    assert person
    return person.quiet_from, person.quiet_to


async def writes(telegram: Telegram, school: School, key: str = "key", **options: Any) -> Posted:
    """The school writes to Masha's mother."""
    options = {"topic": Topic.NOTES} | options
    arguments = {
        "kind": "success",
        "child": "Маша",
        "teacher": "Берг А.И.",
        "receipt": 1,
        "text": key,
        "files": [],
        "urgent": False,
        "edited": False,
    }
    message = Message(school.people[MASHA_MOTHER], "note", arguments, key, **options)
    async with telegram.database.write() as session:
        (posted,) = await post(session, telegram.dispatcher["settings"], telegram.clock.now(), [message])
        await session.commit()
    return posted


async def row(telegram: Telegram, posted: Posted) -> OutboxMessage:
    async with telegram.database.read() as session:
        return await session.get_one(OutboxMessage, posted.id)


class TestHours:
    async def test_as_in_school_until_chosen(self, mother: Chat) -> None:
        await mother.says("/quiet")
        assert "20:00–08:00" in mother.last.text and "как во всей школе" in mother.last.text
        assert "✓ Как в школе" in mother.last.buttons

    @pytest.mark.parametrize(
        ("label", "chosen", "words"),
        [
            ("19–8", (time(19), time(8)), "19:00–08:00"),
            ("21–7", (time(21), time(7)), "21:00–07:00"),
            ("22–9", (time(22), time(9)), "22:00–09:00"),
            ("Без тихих часов", (time(0), time(0)), "Тихих часов нет"),
            ("Как в школе", (None, None), "20:00–08:00"),
        ],
    )
    async def test_by_one_press(
        self, telegram: Telegram, mother: Chat, label: str, chosen: tuple[time, time], words: str
    ) -> None:
        await mother.says("/quiet")
        await mother.presses(label)
        assert await hours(telegram) == chosen
        assert words in mother.last.text and f"✓ {label}" in mother.last.buttons

    async def test_typed(self, telegram: Telegram, mother: Chat) -> None:
        await mother.says("/quiet")
        await mother.presses("Свои часы")
        await mother.says("когда-нибудь")
        assert "Не понял часы" in mother.last.text
        await mother.says("с 22:30 до 7")
        assert await hours(telegram) == (time(22, 30), time(7))
        assert "22:30–07:00" in mother.last.text

    async def test_no_text_is_not_understood_and_changes_nothing(
        self, telegram: Telegram, mother: Chat
    ) -> None:
        await mother.says("/quiet")
        await mother.presses("Свои часы")
        await mother.says(voice={"file_id": "v", "file_unique_id": "v", "duration": 2})
        assert "Не понял часы" in mother.last.text
        assert await hours(telegram) == (None, None)

    async def test_staff_see_hours_only(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await teacher.says("/quiet")
        assert "Что и как присылать" not in teacher.last.text
        assert not any("Опросы" in label for label in teacher.last.buttons)
        await teacher.presses("22–9")
        assert await hours(telegram, BERG) == (time(22), time(9))

    async def test_a_guest_is_shown_the_way_in(self, telegram: Telegram, school: School) -> None:
        guest = telegram.chat(STRANGER)
        await guest.says("/quiet")
        assert "нужно приглашение" in guest.last.text

    async def test_they_hold_for_what_waits(
        self, telegram: Telegram, school: School, mother: Chat, clock: StoppedClock
    ) -> None:
        clock.set(NIGHT)
        posted = await writes(telegram, school)
        assert posted.goes_at == NIGHT.replace(day=15, hour=8, minute=0)
        await mother.says("/quiet")
        await mother.presses("22–9")
        assert (await row(telegram, posted)).not_before == NIGHT
        clock.set(NIGHT.replace(hour=22))
        later = await writes(telegram, school, "later")
        assert later.goes_at == NIGHT.replace(day=15, hour=9, minute=0)

    async def test_never_earlier_than_the_teacher_wanted(
        self, telegram: Telegram, school: School, mother: Chat
    ) -> None:
        """A note for Friday morning is not pulled forward by a choice made on Wednesday."""
        friday = datetime(2026, 10, 16, 10, tzinfo=OMSK)
        posted = await writes(telegram, school, not_before=friday)
        await mother.says("/quiet")
        await mother.presses("Сообщения учителей")
        held = await row(telegram, posted)
        assert (held.state, held.not_before) == (MessageState.HELD, friday.replace(hour=18))
        await mother.presses("Сообщения учителей")  # off: as it was
        await mother.presses("Сообщения учителей")
        again = await row(telegram, posted)
        assert (again.state, again.not_before) == (MessageState.WAITING, friday)

    async def test_what_is_urgent_is_not_touched(
        self, telegram: Telegram, school: School, mother: Chat
    ) -> None:
        friday = datetime(2026, 10, 16, 23, tzinfo=OMSK)
        posted = await writes(telegram, school, not_before=friday, urgent=True)
        await mother.says("/quiet")
        await mother.presses("Сообщения учителей")
        await mother.presses("21–7")
        same = await row(telegram, posted)
        assert (same.state, same.not_before) == (MessageState.WAITING, friday)


class TestTopics:
    async def test_a_press_turns_it_on(self, telegram: Telegram, mother: Chat, school: School) -> None:
        await mother.says("/quiet")
        for sign, words in (
            ("🌙", "Опросы: вечером в 18:00"),
            ("🔕", "Опросы: не присылать"),
            ("🔔", "Опросы: сразу"),
        ):
            await mother.presses("Опросы")
            assert words in mother.last.text and f"{sign} Опросы" in mother.last.buttons
        async with telegram.database.read() as session:
            (kept,) = await session.scalars(select(Preference))
            entries = list(await session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
        assert (kept.topic, kept.manner) == (Topic.SURVEYS, Manner.AT_ONCE)
        assert {(e.action, e.subject, e.details["topic"]) for e in entries} == {
            ("preference.changed", f"person:{school.people[MASHA_MOTHER]}", "surveys")
        }
        assert [(e.details["was"], e.details["to"]) for e in entries] == [
            ("at_once", "digest"),
            ("digest", "off"),
            ("off", "at_once"),
        ]

    async def test_two_presses_at_once_are_one(self, telegram: Telegram, mother: Chat) -> None:
        shown = await mother.says("/quiet")
        assert shown
        data = shown.data("Опросы")
        await mother.forges(data, shown)
        await mother.forges(data, shown)
        async with telegram.database.read() as session:
            (kept,) = await session.scalars(select(Preference))
        assert kept.manner == Manner.DIGEST

    async def test_held_for_the_evening_and_then_wanted_at_once(
        self, telegram: Telegram, school: School, mother: Chat
    ) -> None:
        await mother.forges(QuietTopic(topic=Topic.NOTES, manner=Manner.DIGEST).pack())
        held = await writes(telegram, school, "Молодец")
        event = await writes(telegram, school, "other", topic=Topic.EVENTS)
        assert (await row(telegram, held)).state == MessageState.HELD
        await mother.forges(QuietTopic(topic=Topic.NOTES, manner=Manner.AT_ONCE).pack())
        await telegram.deliver()
        assert [(await row(telegram, each)).state for each in (held, event)] == [MessageState.SENT] * 2
        assert any("Молодец" in message.text for message in mother.messages)

    async def test_what_waits_when_it_is_switched_off_still_comes_in_the_evening(
        self, telegram: Telegram, school: School, mother: Chat, clock: StoppedClock
    ) -> None:
        await mother.forges(QuietTopic(topic=Topic.NOTES, manner=Manner.DIGEST).pack())
        held = await writes(telegram, school)
        await mother.forges(QuietTopic(topic=Topic.NOTES, manner=Manner.OFF).pack())
        assert (await writes(telegram, school, "new")).off
        clock.set(datetime(2026, 10, 14, 18, tzinfo=OMSK))
        async with telegram.database.write() as session:
            await gather_digests(session, clock.now())
            await session.commit()
        await telegram.deliver()
        assert "Вечерняя сводка" in mother.last.text
        assert (await row(telegram, held)).state == MessageState.SENT

    async def test_a_teacher_cannot_choose_topics(self, telegram: Telegram, school: School) -> None:
        teacher = telegram.chat(BERG)
        await teacher.forges(QuietTopic(topic=Topic.NOTES, manner=Manner.OFF).pack())
        assert "не ваше" in teacher.toast
        async with telegram.database.read() as session:
            assert not list(await session.scalars(select(Preference)))

    async def test_the_menu_of_a_guardian_leads_here(self, mother: Chat) -> None:
        await mother.says("/menu")
        await mother.presses("Когда мне писать")
        assert "Тихие часы" in mother.last.text

    async def test_in_english(self, telegram: Telegram, school: School) -> None:
        mother = telegram.chat(MASHA_MOTHER)
        await mother.says("/language")
        await mother.presses("English")
        await mother.says("/quiet")
        assert "Quiet hours: <b>20:00–08:00</b>" in mother.last.text
        assert "Surveys: at once" in mother.last.text
