"""The events' tick: reminders on the eve, and the question who came."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.db.accounts import Manner, Person, Preference, Topic
from bot.db.base import Database
from bot.db.outbox import OutboxMessage
from bot.scheduler import Context
from bot.scheduler.events import tick
from tests.chat import Chat, Telegram
from tests.events.people import announces, calls_off, drafts, moves
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, School

OMSK = ZoneInfo("Asia/Omsk")
REMINDED = "вы собирались прийти"
Run = Callable[[], Awaitable[None]]


@pytest.fixture
def director(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(DIRECTOR)


@pytest.fixture
async def mother(director: Chat) -> Chat:
    """Comes with two on Tuesday, 20 October, at 18:00; Петя's mother has not answered."""
    await announces(director)
    chat = director.telegram.chat(MASHA_MOTHER)
    await chat.presses("Нас 2")
    return chat


@pytest.fixture
def run(context: Context, telegram: Telegram) -> Run:
    """The tick, twice (what comes twice says nothing twice), and what it sends."""

    async def both() -> None:
        for _ in range(2):
            await tick(context)
        await telegram.deliver()

    return both


def reminders(chat: Chat) -> int:
    return sum(REMINDED in message.text for message in chat.messages)


async def test_at_six_on_the_eve_who_signed_up(
    mother: Chat, telegram: Telegram, run: Run, clock: StoppedClock
) -> None:
    came: list[datetime] = []
    for _ in range(7 * 24):
        seen = reminders(mother)
        await run()
        came += [clock.now().astimezone(OMSK)] * (reminders(mother) - seen)
        clock.move(hours=1)
    assert [f"{at:%d %H:%M}" for at in came] == ["19 18:00"]
    assert reminders(telegram.chat(PETYA_MOTHER)) == 0
    reminder = next(m for m in mother.messages if REMINDED in m.text)
    assert "вторник, 20 октября, 18:00" in reminder.text and "2 человека" in reminder.text
    assert "+1" in reminder.buttons


async def test_a_moved_event_reminds_anew(
    director: Chat, mother: Chat, run: Run, clock: StoppedClock
) -> None:
    clock.set(datetime(2026, 10, 19, 18, tzinfo=OMSK))
    await run()
    await moves(director, "22.10 18:00", "19:00")
    await director.presses("Да, перенести")
    clock.move(hours=30)
    await run()
    assert reminders(mother) == 1
    clock.set(datetime(2026, 10, 21, 18, tzinfo=OMSK))
    await run()
    assert reminders(mother) == 2 and "22 октября" in mother.last.text


async def test_what_was_missed_is_made_up_for_until_it_begins(
    mother: Chat, run: Run, clock: StoppedClock
) -> None:
    clock.set(datetime(2026, 10, 20, 17, 59, tzinfo=OMSK))  # the bot was off
    await run()
    assert reminders(mother) == 1


async def test_not_once_it_has_begun(mother: Chat, run: Run, clock: StoppedClock) -> None:
    clock.set(datetime(2026, 10, 20, 18, tzinfo=OMSK))
    await run()
    assert reminders(mother) == 0


async def test_ones_own_quiet_hours_hold_it(
    mother: Chat, run: Run, clock: StoppedClock, database: Database, school: School
) -> None:
    async with database.write() as session:
        own = {"quiet_from": time(17), "quiet_to": time(9)}
        await session.execute(update(Person).where(Person.telegram_id == MASHA_MOTHER).values(own))
        await session.commit()
    clock.set(datetime(2026, 10, 19, 18, tzinfo=OMSK))
    await run()
    assert reminders(mother) == 0
    clock.move(hours=15)
    await run()
    assert reminders(mother) == 1


async def test_a_reminder_never_comes_after_the_start(
    director: Chat, mother: Chat, run: Run, clock: StoppedClock, database: Database
) -> None:
    async with database.write() as session:
        own = {"quiet_from": time(17), "quiet_to": time(19)}
        await session.execute(update(Person).where(Person.telegram_id == MASHA_MOTHER).values(own))
        await session.commit()
    clock.set(datetime(2026, 10, 20, 17, 30, tzinfo=OMSK))  # the bot was off since the eve
    await run()
    clock.move(hours=2)
    await run()
    assert reminders(mother) == 0


async def test_what_waits_about_an_event_goes_with_the_access_to_the_only_child(
    director: Chat, mother: Chat, context: Context, clock: StoppedClock, database: Database, school: School
) -> None:
    clock.set(datetime(2026, 10, 19, 21, tzinfo=OMSK))
    await tick(context)  # the reminder waits for the morning
    await moves(director, "22.10 18:00", "19:00")
    await director.presses("Да, перенести")
    async with database.read() as session:
        query = select(OutboxMessage.kind, OutboxMessage.guardian_id).where(
            OutboxMessage.person_id == school.people[MASHA_MOTHER],
            OutboxMessage.kind.in_(("event-reminder", "event-moved")),
        )
        waiting = {row.kind: row.guardian_id for row in await session.execute(query)}
    place = school.guardians["Маша/мать"]
    assert waiting == {"event-reminder": place, "event-moved": place}


async def test_who_wants_no_invitations_is_reminded_of_what_they_signed_up_for(
    mother: Chat, run: Run, clock: StoppedClock, database: Database, school: School
) -> None:
    async with database.write() as session:
        person_id = school.people[MASHA_MOTHER]
        session.add(Preference(person_id=person_id, topic=Topic.EVENTS, manner=Manner.OFF))
        await session.commit()
    clock.set(datetime(2026, 10, 19, 18, tzinfo=OMSK))
    await run()
    assert reminders(mother) == 1


async def test_who_signs_up_on_the_eve_knows(
    mother: Chat, telegram: Telegram, run: Run, clock: StoppedClock
) -> None:
    clock.set(datetime(2026, 10, 19, 19, tzinfo=OMSK))
    petya = telegram.chat(PETYA_MOTHER)
    await petya.presses("Приду")
    await run()
    assert reminders(petya) == 0 and reminders(mother) == 1


async def test_who_comes_no_more_is_left_in_peace(
    director: Chat, mother: Chat, run: Run, clock: StoppedClock
) -> None:
    await mother.presses("Не смогу")
    clock.set(datetime(2026, 10, 19, 18, tzinfo=OMSK))
    await run()
    assert reminders(mother) == 0
    await mother.presses("Нас 2")
    await calls_off(director)
    clock.move(minutes=1)
    await run()
    assert reminders(mother) == 0


async def test_a_reminder_that_the_night_would_hold_past_the_start_is_left_out(
    director: Chat, telegram: Telegram, run: Run, clock: StoppedClock
) -> None:
    clock.set(datetime(2026, 10, 19, 21, tzinfo=OMSK))
    await announces(director, when="20.10.2026 18:00", until="19:00")
    clock.move(hours=11)
    await telegram.deliver()
    mother = telegram.chat(MASHA_MOTHER)
    await mother.presses("Приду")
    clock.set(datetime(2026, 10, 19, 22, tzinfo=OMSK))
    await moves(director, "21.10 07:00", "08:00")
    await director.presses("Да, перенести")
    clock.set(datetime(2026, 10, 20, 21, tzinfo=OMSK))
    await run()  # waiting until eight would be too late: it does not go out at all
    await calls_off(director)
    await telegram.deliver()
    clock.move(hours=12)
    await run()
    assert reminders(mother) == 0 and "Отменяется" in mother.last.text


async def test_when_it_is_over_its_organiser_is_asked_once(
    director: Chat, telegram: Telegram, run: Run, clock: StoppedClock
) -> None:
    await drafts(director)
    await director.presses("Кто проводит")
    await director.presses("Берг")
    await director.presses("Объявить")
    teacher = telegram.chat(BERG)
    clock.set(datetime(2026, 10, 20, 19, 29, tzinfo=OMSK))
    await run()
    assert not any("Отметьте, пожалуйста" in m.text for m in teacher.messages)
    clock.move(minutes=1)
    for _ in range(3):
        await run()
        clock.move(days=1)
    assert sum("Отметьте, пожалуйста" in m.text for m in teacher.messages) == 1
    await teacher.presses("Кто пришёл")
    assert "Отмечены: пока никто" in teacher.last.text


async def test_what_was_held_or_called_off_asks_nobody(
    director: Chat, mother: Chat, telegram: Telegram, run: Run, clock: StoppedClock
) -> None:
    await calls_off(director)
    clock.move(days=7)
    before = len(director.messages)
    await run()
    assert len(director.messages) == before


async def test_after_an_outage_of_a_week(mother: Chat, director: Chat, run: Run, clock: StoppedClock) -> None:
    clock.move(days=(timedelta(days=14)).days)
    await run()
    assert reminders(mother) == 0
    assert "Отметьте, пожалуйста" in director.last.text
