"""What the screens and the tick ask the database."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bot.config import Settings
from bot.db.accounts import Staff
from bot.db.activities import ActivityReport, Assignment, AssignmentState, Occurrence
from bot.db.base import Database
from bot.db.roster import Teaching
from bot.errors import AppError, NotFoundError
from bot.features import activities
from bot.features.activities import OccurrenceState, reporting
from bot.programme.load import load
from tests.activities.conftest import DEPUTY, METHODIST
from tests.fixtures import StoppedClock
from tests.queries import count_queries
from tests.school import BERG, DIRECTOR, SINCE, STARK, STRANGER, School

PROGRAMME = load()
TODAY = date(2026, 10, 14)


async def part_of(database: Database, key: str, staff_id: int) -> int:
    async with database.read() as session:
        query = (
            select(Assignment.id)
            .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
            .where(Occurrence.activity_key == key, Assignment.staff_id == staff_id)
            .order_by(Occurrence.due_on)
        )
        found = await session.scalar(query)
    assert found is not None
    return found


async def count_screens(database: Database, clock: StoppedClock) -> tuple[int, ...]:
    """How many statements each screen takes."""
    counts = []
    async with database.read() as session:
        director = await School.actor(session, DIRECTOR, clock.now())
        berg = await School.actor(session, BERG, clock.now())
        for ask in (
            lambda: reporting.overview(session, director, PROGRAMME, TODAY),
            lambda: reporting.card(session, director, PROGRAMME, TODAY, "classroom_space"),
            lambda: reporting.tasks(session, berg, TODAY),
            lambda: activities.unassigned(session, TODAY),
            lambda: reporting.tasks_waiting(session, berg, TODAY),
            lambda: reporting.waiting(session, director),
        ):
            with count_queries(database) as queries:
                await ask()
            counts.append(queries.count)
    return tuple(counts)


async def test_screens_take_the_same_queries_however_many_teachers_there_are(
    database: Database, clock: StoppedClock, staffed: School, run_tick: Callable[[], Awaitable[Any]]
) -> None:
    await run_tick()
    few = await count_screens(database, clock)
    async with database.write() as session:
        teachers = [
            Staff(name=f"Учитель {n}", position="Учитель", teaching=True, active_from=SINCE)
            for n in range(40)
        ]
        session.add_all(teachers)
        await session.flush()
        class_id = staffed.classes["9Б"]
        session.add_all(Teaching(staff_id=teacher.id, class_id=class_id, leads=True) for teacher in teachers)
        await session.commit()
    await run_tick()
    assert await count_screens(database, clock) == few == (1, 2, 3, 1, 1, 1)


async def test_a_tick_with_nothing_to_do_asks_little(
    database: Database, staffed: School, run_tick: Callable[[], Awaitable[Any]]
) -> None:
    await run_tick()
    with count_queries(database) as queries:
        await run_tick()
    assert queries.count <= 16


async def test_the_menu_counts_what_is_due_within_two_weeks_and_what_waits_for_the_director(
    database: Database,
    clock: StoppedClock,
    settings: Settings,
    staffed: School,
    run_tick: Callable[[], Awaitable[Any]],
) -> None:
    await run_tick()
    part = await part_of(database, "parent_education", staffed.staff[BERG])
    async with database.write() as session:
        berg = await School.actor(session, BERG, clock.now())
        director = await School.actor(session, DIRECTOR, clock.now())
        stranger = await School.actor(session, STRANGER, clock.now())
        # 3.1 and 4.2, due on 30 October
        assert await reporting.tasks_waiting(session, berg, TODAY) == 0
        assert await reporting.tasks_waiting(session, berg, date(2026, 10, 16)) == 2
        assert await reporting.tasks_waiting(session, berg, date(2026, 11, 1)) == 2
        await reporting.report(session, berg, clock.now(), TODAY, PROGRAMME, settings, part, "Собрание")
        assert await reporting.tasks_waiting(session, berg, date(2026, 10, 16)) == 1
        assert await reporting.tasks_waiting(session, stranger, date(2026, 10, 16)) == 0
        assert await reporting.waiting(session, director) == (1, 0)
        assert await reporting.waiting(session, berg) == (0, 0)


async def test_what_is_late_stands_before_what_comes(
    database: Database, clock: StoppedClock, staffed: School, run_tick: Callable[[], Awaitable[Any]]
) -> None:
    await run_tick()
    async with database.read() as session:
        director = await School.actor(session, DIRECTOR, clock.now())
        found = await reporting.overview(session, director, PROGRAMME, date(2026, 11, 10))
    assert list(found) == [activity.key for activity in PROGRAMME.activities]
    assert [stage.state for stage in found["classroom_space"]] == [
        OccurrenceState.OVERDUE,
        OccurrenceState.OPEN,
    ]
    # Due in a year's time.
    assert [stage.state for stage in found["new_programmes"]] == [OccurrenceState.PLANNED]


async def test_an_occurrence_is_accepted_when_every_part_is(
    database: Database,
    clock: StoppedClock,
    settings: Settings,
    staffed: School,
    run_tick: Callable[[], Awaitable[Any]],
) -> None:
    await run_tick()

    async def state() -> OccurrenceState:
        async with database.read() as session:
            director = await School.actor(session, DIRECTOR, clock.now())
            card = await reporting.card(session, director, PROGRAMME, TODAY, "classroom_space")
        return card.stages[0].state

    assert await state() == OccurrenceState.OPEN
    for telegram_id, expected in ((BERG, OccurrenceState.OPEN), (STARK, OccurrenceState.ACCEPTED)):
        part = await part_of(database, "classroom_space", staffed.staff[telegram_id])
        async with database.write() as session:
            teacher = await School.actor(session, telegram_id, clock.now())
            deputy = await School.actor(session, DEPUTY, clock.now())
            await reporting.report(session, teacher, clock.now(), TODAY, PROGRAMME, settings, part, "Ряды")
            report = await session.scalar(select(ActivityReport.id).order_by(ActivityReport.id.desc()))
            assert report
            await reporting.accept(session, deputy, clock.now(), PROGRAMME, settings, report)
            with pytest.raises(AppError, match="error-report-decided"):
                await reporting.accept(session, deputy, clock.now(), PROGRAMME, settings, report)
            await session.commit()
        assert await state() == expected


async def test_nobody_acts_for_others(
    database: Database,
    clock: StoppedClock,
    settings: Settings,
    staffed: School,
    run_tick: Callable[[], Awaitable[Any]],
) -> None:
    await run_tick()
    part = await part_of(database, "parent_education", staffed.staff[BERG])
    now = clock.now()
    async with database.write() as session:
        berg = await School.actor(session, BERG, now)
        await reporting.report(session, berg, now, TODAY, PROGRAMME, settings, part, "Собрание")
        report = await session.scalar(select(ActivityReport.id))
        assert report
        for telegram_id in (STRANGER, STARK, METHODIST):
            other = await School.actor(session, telegram_id, now)
            for attempt in (
                reporting.task(session, other, part),
                reporting.start(session, other, now, TODAY, part),
                reporting.report(session, other, now, TODAY, PROGRAMME, settings, part, "Я тоже"),
                reporting.find_report(session, other, report),
                reporting.accept(session, other, now, PROGRAMME, settings, report),
                reporting.send_back(session, other, now, PROGRAMME, settings, report, "Нет"),
                reporting.accept_all(session, other, now, PROGRAMME, settings, 1, as_it_is=True),
                reporting.overview(session, other, PROGRAMME, TODAY),
                reporting.card(session, other, PROGRAMME, TODAY, "webinars"),
                reporting.stage(session, other, TODAY, 1),
                reporting.waiting_reports(session, other),
            ):
                with pytest.raises(NotFoundError):
                    await attempt
        state = await session.scalar(select(Assignment.state).where(Assignment.id == part))
        assert state == AssignmentState.REPORTED
