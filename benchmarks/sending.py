"""What many recipients cost: memory of an announcement, and the loop's pauses when much is due at once.

Run as a process of its own: `python -m benchmarks.sending DATABASE-URL` announces the event that
`many_guardians` has prepared, begins to send, and prints the most memory that it took, in megabytes.
"""

import asyncio
import sys
import time
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod
from aiogram.types import Chat, Message
from sqlalchemy import func, insert, select, update

from benchmarks.school import SETTINGS
from benchmarks.starting import memory
from bot import log
from bot.clock import Clock
from bot.db.access import Actor
from bot.db.accounts import Person, Role, Staff
from bot.db.activities import Assignment, AssignmentState, Occurrence
from bot.db.base import Database, bare
from bot.db.events import Event, EventClass
from bot.db.migrate import migrate
from bot.db.outbox import OutboxMessage
from bot.db.roster import Guardian, Pupil, SchoolClass
from bot.delivery import Delivery, Pace
from bot.features.activities import reminding
from bot.features.events.announcing import publish
from bot.programme.calendar import Calendar
from bot.programme.load import load
from bot.ui.messages import RENDERS
from bot.watch import Watch

SLICE = 10_000
CLASSES, CHILDREN = 40, 25
SENT = 300
STAFF, REMINDERS = 100, 10_000


async def many_guardians(url: str, number: int) -> None:
    """A school with so many guardians who have come, and a draft of an event for them."""
    database, now = Database(url), Clock().now()
    await asyncio.to_thread(migrate, database.url)
    since = now.date() - timedelta(days=90)
    async with database.write() as session:
        organiser = Staff(name="Берг А.И.", position="Учитель", teaching=True, active_from=since)
        classes = [SchoolClass(grade=n % 11 + 1, letter="АБВГ"[n // 11]) for n in range(CLASSES)]
        session.add_all([organiser, *classes])
        await session.flush()
        pupils = [
            Pupil(surname="Р", first_name="М", patronymic="", class_id=each.id, active_from=since)
            for each in classes
            for _ in range(CHILDREN)
        ]
        starts = now + timedelta(days=7)
        event = Event(
            uid="many",
            title="Собрание",
            place="Актовый зал",
            photo=[],
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            organiser_id=organiser.id,
            created_at=now,
        )
        session.add_all([*pupils, event])
        await session.flush()
        session.add_all(EventClass(event_id=event.id, class_id=each.id) for each in classes)
        for start in range(1, number + 1, SLICE):
            ids = range(start, min(start + SLICE, number + 1))
            people = [{"id": n, "telegram_id": 10**6 + n, "language": "ru", "created_at": now} for n in ids]
            places = [
                {
                    "pupil_id": pupils[n % len(pupils)].id,
                    "name": "Мама",
                    "relation": "мать",
                    "person_id": n,
                    "active_from": since,
                }
                for n in ids
            ]
            await session.execute(insert(bare(Person)), people)
            await session.execute(insert(bare(Guardian)), places)
        await session.commit()
    await database.close()


async def peak_memory(url: str) -> float:
    """Megabytes that announcing took at the most, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.sending", url, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return float(out)


class Taker(BaseSession):
    """A Telegram that takes everything."""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 - aiogram's
        """Taken."""
        return Message(message_id=1, date=Clock().now(), chat=Chat(id=1, type="private"))

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        """No files."""
        yield b""


async def announce(url: str) -> None:
    """Announce the event and send the first messages."""
    database, clock = Database(url), Clock()
    now = clock.now()
    async with database.write() as session:
        event_id = await session.scalar(select(Event.id)) or 0
        admin = Actor(1, roles=frozenset({Role.ADMIN}))
        await publish(session, admin, now, now.date(), SETTINGS, event_id)
        # Whatever the hour is.
        await session.execute(update(OutboxMessage).values(not_before=now))
        await session.commit()
    bot = Bot("42:BENCHMARK", session=Taker())
    delivery = Delivery(bot, database, clock, Pace(1e6, 1e6), RENDERS, {}, Path(), Watch())
    for _ in range(SENT // 30):
        await delivery.send_due()
        await delivery.finish()
    await database.close()


class Reminded(NamedTuple):
    """The share of what was due that was claimed, in percent; seconds in all; the longest pause, in ms."""

    claimed: float
    seconds: float
    pause: float


async def remind(url: str) -> Reminded:
    """Ten thousand parts of activities are due for reminders at once, as after a long outage."""
    database, programme = Database(url), load()
    await asyncio.to_thread(migrate, database.url)
    calendar = Calendar(vacations=())
    noon = Clock().now().astimezone(SETTINGS.school.zone).replace(hour=12)
    days = (noon + timedelta(days=n) for n in range(30))
    now = next(day for day in days if not calendar.is_day_off(day.date()))
    today = now.date()
    async with database.write() as session:
        people = [Person(telegram_id=n, created_at=now) for n in range(1, STAFF + 1)]
        session.add_all(people)
        await session.flush()
        since = today - timedelta(days=400)
        staff = [
            Staff(
                name="Берг А.И.",
                position="Учитель",
                teaching=True,
                person_id=each.id,
                active_from=since,
            )
            for each in people
        ]
        session.add_all(staff)
        keys = [activity.key for activity in programme.activities]
        per_person = REMINDERS // STAFF
        occurrences = [
            Occurrence(
                activity_key=keys[n % len(keys)],
                nominal_due=today - timedelta(days=n),
                starts_on=since,
                due_on=today - timedelta(days=n),
            )
            for n in range(per_person)
        ]
        session.add_all(occurrences)
        await session.flush()
        rows = [
            {
                "occurrence_id": occurrence.id,
                "staff_id": each.id,
                "responsible": f"Учитель {each.id}",
                "state": AssignmentState.OPEN,
            }
            for each in staff
            for occurrence in occurrences
        ]
        await session.execute(insert(Assignment), rows)
        await session.commit()
    pauses: list[float] = []
    watching = asyncio.create_task(_watch(pauses))
    await asyncio.sleep(0.1)
    pauses.clear()
    begun = time.perf_counter()
    async with database.write() as session:
        await reminding.remind(session, programme, calendar, SETTINGS, now)
        await session.commit()
    seconds = time.perf_counter() - begun
    await asyncio.sleep(0.01)
    watching.cancel()
    async with database.read() as session:
        claimed = select(func.count()).where(Assignment.last_step.is_not(None))
        share = (await session.scalar(claimed) or 0) / len(rows)
    await database.close()
    return Reminded(100 * share, seconds, 1000 * max(pauses))


async def _watch(pauses: list[float]) -> None:
    """How long the loop's thread works without giving others their turn; waiting for a processor is none."""
    while True:
        at = time.thread_time()
        await asyncio.sleep(0)
        pauses.append(time.thread_time() - at)


if __name__ == "__main__":
    log.configure(SETTINGS)
    asyncio.run(announce(sys.argv[1]))
    sys.stdout.write(f"{memory('self', 'VmHWM'):.1f}\n")
