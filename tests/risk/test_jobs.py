"""The tick: on Friday at 14:00 how the week went, at a cycle's end what came of it; each once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from bot.config import Settings
from bot.db.base import Database
from bot.db.outbox import OutboxMessage
from bot.db.risk.routes import RouteProgress
from bot.db.roster import Pupil
from bot.scheduler.risk import tick
from tests.chat import Telegram
from tests.fixtures import StoppedClock, context_of
from tests.risk.people import put_on, send_route, today_of
from tests.school import BERG, School

FRIDAY = datetime(2026, 10, 16, 8, 0, tzinfo=UTC)  # 14:00 in Omsk


async def asked(database: Database, kind: str = "route-progress") -> list[OutboxMessage]:
    async with database.read() as session:
        return list(await session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)))


@pytest.fixture
async def route(telegram: Telegram, school: School) -> int:
    """Маша's route, for which Берг answers."""
    await put_on(telegram, school)
    return await send_route(telegram, school)


async def test_once_a_route_and_week_on_friday(
    telegram: Telegram,
    school: School,
    database: Database,
    clock: StoppedClock,
    settings: Settings,
    route: int,
) -> None:
    context = context_of(database, clock, settings)
    await tick(context)
    clock.set(FRIDAY.replace(hour=7, minute=59))
    await tick(context)
    assert await asked(database) == []
    clock.set(FRIDAY)
    await tick(context)
    clock.move(hours=1)
    await tick(context)
    (question,) = await asked(database)
    assert question.person_id == school.people[BERG]
    await telegram.deliver()
    teacher = telegram.chat(BERG)
    assert "<b>Маша</b>, 5А: как прошла неделя" in teacher.last.text and "Лебедева" not in teacher.last.text
    await teacher.presses("Хуже")
    async with database.read() as session:
        (told,) = await session.scalars(select(RouteProgress))
    assert told.mark == "worse" and told.week.isoformat() == "2026-10-12"
    clock.move(days=7)
    await tick(context)
    assert len(await asked(database)) == 2


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        (datetime(2026, 10, 30, 9, tzinfo=UTC), 0),  # a Friday in the vacation
        (datetime(2026, 11, 6, 9, tzinfo=UTC), 1),
        (datetime(2026, 10, 16, 15, tzinfo=UTC), 0),  # 21:00: quiet hours
        (datetime(2026, 10, 17, 9, tzinfo=UTC), 0),  # a Saturday
    ],
)
async def test_on_working_days_outside_vacations(
    telegram: Telegram,
    school: School,
    database: Database,
    clock: StoppedClock,
    settings: Settings,
    route: int,
    moment: datetime,
    count: int,
) -> None:
    clock.set(moment)
    await tick(context_of(database, clock, settings))
    assert len(await asked(database)) == count


async def test_who_has_told_is_not_asked_nor_of_a_pupil_who_left(
    telegram: Telegram,
    school: School,
    database: Database,
    clock: StoppedClock,
    settings: Settings,
    route: int,
) -> None:
    clock.set(FRIDAY.replace(hour=6))
    teacher = telegram.chat(BERG)
    await teacher.says("/risk")
    await teacher.presses("Как неделя")
    await teacher.presses("Лучше")
    clock.set(FRIDAY)
    await tick(context_of(database, clock, settings))
    assert await asked(database) == []
    clock.move(days=7)
    gone = update(Pupil).where(Pupil.id == school.pupils["Маша"]).values(active_to=today_of(telegram))
    async with database.write() as session:
        await session.execute(gone)
        await session.commit()
    clock.move(days=14)
    await tick(context_of(database, clock, settings))
    assert await asked(database) == []


async def test_the_end_of_a_cycle_is_asked_about_once(
    telegram: Telegram,
    school: School,
    database: Database,
    clock: StoppedClock,
    settings: Settings,
    route: int,
) -> None:
    context = context_of(database, clock, settings)
    clock.set(datetime(2026, 11, 23, 9, tzinfo=UTC))
    await tick(context)
    assert await asked(database, "route-cycle") == []
    for day in (24, 25, 26):  # its last day is the 24th
        clock.set(datetime(2026, 11, day, 9, tzinfo=UTC))
        await tick(context)
    assert len(await asked(database, "route-cycle")) == 1
    await telegram.deliver()
    teacher = telegram.chat(BERG)
    await teacher.presses("Подвести итог")
    await teacher.presses("цель достигнута")
    await teacher.presses("Завершить")
    clock.move(days=1)
    await tick(context)
    assert len(await asked(database, "route-cycle")) == 1
