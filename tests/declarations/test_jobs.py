"""Asking for declarations: when a quarter begins, once more a week later, never twice within 7 days."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hurry
from hypothesis import strategies as st
from sqlalchemy import delete, select

from bot.db.base import Database
from bot.db.declarations import Declaration, DeclaredPractice, Practice
from bot.db.outbox import OutboxMessage
from bot.scheduler import Context
from bot.scheduler.declarations import tick
from tests.chat import Telegram
from tests.declarations.made import declare
from tests.fixtures import StoppedClock
from tests.school import BERG, STARK, School

# The second quarter: 1 November is in the vacation, which ends on Tuesday, 3 November; the 4th is a holiday.
FIRST = date(2026, 11, 5)


async def asked(database: Database) -> list[tuple[int, date, bool]]:
    """Whom, on which day, and whether it was the second time."""
    query = select(OutboxMessage).where(OutboxMessage.kind == "declaration-ask").order_by(OutboxMessage.id)
    async with database.read() as session:
        return [
            (m.person_id, m.created_at.date(), m.arguments["again"]) for m in await session.scalars(query)
        ]


async def on(context: Context, clock: StoppedClock, days: Collection[date], hours: Collection[int]) -> None:
    for day in days:
        for hour in hours:
            clock.set(datetime.combine(day, time(hour), context.settings.school.zone))
            await tick(context)


def days_from(first: date, number: int) -> list[date]:
    return [first + timedelta(days=each) for each in range(number)]


async def test_twice_a_week_apart_and_not_who_has_declared(
    telegram: Telegram, school: School, context: Context, clock: StoppedClock
) -> None:
    """From the first school day on, at nine; whoever declares meanwhile is left alone."""
    berg, stark = school.people[BERG], school.people[STARK]
    await on(context, clock, days_from(date(2026, 10, 26), 11), (8, 10, 15))
    assert await asked(telegram.database) == [(berg, FIRST, False), (stark, FIRST, False)]
    await declare(telegram, school, BERG, Practice.EMD)
    await on(context, clock, days_from(date(2026, 11, 6), 40), (8, 10, 15))
    assert (await asked(telegram.database))[2:] == [(stark, date(2026, 11, 12), True)]
    await telegram.deliver()
    shown = telegram.chat(STARK).messages
    assert "Новая четверть" in shown[0].text and "во 2-й четверти" in shown[1].text
    await telegram.chat(STARK).presses("Заполнить", on=shown[1])
    assert "Что вы применяете: 2-я четверть" in shown[1].text


async def test_the_bot_was_off_in_the_first_week(
    telegram: Telegram, school: School, context: Context, clock: StoppedClock
) -> None:
    await on(context, clock, days_from(date(2026, 11, 16), 45), (10,))
    found = await asked(telegram.database)
    assert [day for person, day, _ in found if person == school.people[BERG]] == [
        date(2026, 11, 16),
        date(2026, 11, 23),
    ]
    assert len(found) == 4


async def test_the_switch(telegram: Telegram, school: School, context: Context, clock: StoppedClock) -> None:
    nudges = context.settings.nudges.model_copy(update={"declarations": False})
    off = replace(context, settings=context.settings.model_copy(update={"nudges": nudges}))
    await on(off, clock, days_from(FIRST, 10), (10,))
    assert await asked(telegram.database) == []


@pytest.fixture
def year(context: Context) -> Context:
    vacations = ((date(2026, 10, 26), date(2026, 11, 3)), (date(2026, 12, 31), date(2027, 1, 10)))
    school = context.settings.school.model_copy(update={"vacations": vacations})
    calendar = replace(context.calendar, vacations=vacations)
    return replace(
        context, settings=context.settings.model_copy(update={"school": school}), calendar=calendar
    )


@hurry(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(up=st.lists(st.booleans(), min_size=40, max_size=40), says=st.sets(st.integers(0, 39), max_size=3))
async def test_never_twice_within_seven_days_whenever_the_bot_is_up(
    telegram: Telegram, school: School, year: Context, clock: StoppedClock, up: list[bool], says: set[int]
) -> None:
    """Every third day from the first of October: at most two questions a quarter, on school days only."""
    async with telegram.database.write() as session:
        for table in (OutboxMessage, DeclaredPractice, Declaration):
            await session.execute(delete(table))
        await session.commit()
    for number, runs in enumerate(up):
        day = date(2026, 10, 1) + timedelta(days=3 * number)
        if runs:
            await on(year, clock, [day], (10,))
        if number in says:
            await declare(telegram, school, BERG, Practice.EMD)
    found = [day for person, day, _ in await asked(telegram.database) if person == school.people[BERG]]
    assert all(later - earlier >= timedelta(days=7) for earlier, later in pairwise(found))
    assert not any(year.calendar.is_day_off(day, vacations=True) for day in found)
    assert sum(day < date(2026, 11, 1) for day in found) <= 2 and len(found) <= 6
