"""What tests of activities look up and do, over the small school."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from bot.config import Settings
from bot.db.activities import Assignment, Occurrence
from bot.db.base import Database
from bot.db.outbox import OutboxMessage
from bot.programme.load import load
from tests.fixtures import StoppedClock
from tests.school import School

PROGRAMME = load()
LEADERS, TEACHERS = "Классные руководители", "Учителя-предметники"
Run = Callable[[], Awaitable[Any]]


async def sent(database: Database, kind: str, person_id: int | None = None) -> list[OutboxMessage]:
    """Messages of a kind in the order in which they were written."""
    query = select(OutboxMessage).where(OutboxMessage.kind == f"activity-{kind}").order_by(OutboxMessage.id)
    if person_id is not None:
        query = query.where(OutboxMessage.person_id == person_id)
    async with database.read() as session:
        return list(await session.scalars(query))


async def parts(database: Database, key: str, due_month: int) -> list[tuple[str, int | None, str | None]]:
    """Whose the parts of an occurrence of this school year are: as written, staff id, last step told."""
    query = (
        select(Assignment.responsible, Assignment.staff_id, Assignment.last_step, Occurrence.due_on)
        .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
        .where(Occurrence.activity_key == key, Occurrence.due_on < date(2027, 9, 1))
        .order_by(Occurrence.due_on, Assignment.id)
    )
    async with database.read() as session:
        return [(r, s, step) for r, s, step, due in await session.execute(query) if due.month == due_month]


async def part_of(database: Database, key: str, telegram_id: int, school: School) -> int:
    """The id of somebody's part of the next occurrence of an activity."""
    query = (
        select(Assignment.id)
        .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
        .where(Occurrence.activity_key == key, Assignment.staff_id == school.staff[telegram_id])
        .order_by(Occurrence.due_on)
    )
    async with database.read() as session:
        found = await session.scalar(query)
    assert found is not None
    return found


def local(clock: StoppedClock, day: date, hour: int, minute: int = 0) -> None:
    """Set the clock to a moment of the school's time."""
    clock.set(datetime.combine(day, time(hour, minute), Settings().school.zone))
