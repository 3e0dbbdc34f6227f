"""A survey offered to the administration, the register put before its keeper: when, to whom, how often."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from bot.config import Settings
from bot.db.accounts import Role, StaffRole
from bot.db.base import Database
from bot.db.outbox import OutboxMessage
from bot.db.risk.register import RiskConfirmation
from bot.features.indicators.nudging import REGISTER_KIND, SURVEY_KIND
from tests.chat import Telegram
from tests.fixtures import StoppedClock
from tests.indicators.facts import add_survey, noon
from tests.indicators.test_jobs import local, run
from tests.school import DIRECTOR, PSYCHOLOGIST, School

WEEK = timedelta(days=7)
OCTOBER, NOVEMBER = date(2026, 10, 7), date(2026, 11, 11)


async def told(database: Database, kind: str) -> list[tuple[int, date]]:
    """Who was told, and when, in order."""
    query = select(OutboxMessage.person_id, OutboxMessage.created_at).where(OutboxMessage.kind == kind)
    async with database.read() as session:
        return [(row[0], row[1].date()) for row in await session.execute(query.order_by(OutboxMessage.id))]


async def test_without_a_survey_by_november_the_administration_is_offered_one_each_week(
    database: Database, clock: StoppedClock, settings: Settings, school: School, telegram: Telegram
) -> None:
    for day in (OCTOBER, NOVEMBER, NOVEMBER, NOVEMBER + timedelta(days=1), NOVEMBER + WEEK):
        await run(database, clock, settings, local(day))
    director = school.people[DIRECTOR]
    assert await told(database, SURVEY_KIND) == [(director, NOVEMBER), (director, NOVEMBER + WEEK)]
    await telegram.deliver()
    chat = telegram.chat(DIRECTOR)
    assert "ещё нет закрытого опроса" in chat.last.text
    await chat.presses("Провести опрос")
    assert "Готовые уже есть" in chat.last.text


@pytest.mark.parametrize("closed", [True, False])
async def test_a_survey_that_is_closed_or_under_way_is_enough(
    database: Database, clock: StoppedClock, settings: Settings, school: School, closed: bool
) -> None:
    async with database.write() as session:
        await add_survey(session, noon(OCTOBER) if closed else None, [5] * 6)
        await session.commit()
    await run(database, clock, settings, local(NOVEMBER))
    assert await told(database, SURVEY_KIND) == []


async def test_a_register_that_is_not_renewed_by_october_is_its_keepers(
    database: Database, clock: StoppedClock, settings: Settings, school: School, telegram: Telegram
) -> None:
    for day in (date(2026, 9, 30), OCTOBER, OCTOBER + WEEK):
        await run(database, clock, settings, local(day))
    keeper = school.people[PSYCHOLOGIST]
    assert await told(database, REGISTER_KIND) == [(keeper, OCTOBER), (keeper, OCTOBER + WEEK)]
    await telegram.deliver()
    assert "Список поддержки ждёт обновления" in telegram.chat(PSYCHOLOGIST).last.text
    async with database.write() as session:
        staff_id, day = school.staff[PSYCHOLOGIST], OCTOBER + WEEK
        session.add(RiskConfirmation(on_day=day, staff_id=staff_id, created_at=noon(day), entries=0))
        await session.commit()
    await run(database, clock, settings, local(OCTOBER + 2 * WEEK))
    assert len(await told(database, REGISTER_KIND)) == 2


async def test_without_a_psychological_service_it_is_the_administrations(
    database: Database, clock: StoppedClock, settings: Settings, school: School
) -> None:
    async with database.write() as session:
        await session.execute(delete(StaffRole).where(StaffRole.role == Role.SPECIALIST))
        await session.commit()
    await run(database, clock, settings, local(OCTOBER))
    assert [who for who, _ in await told(database, REGISTER_KIND)] == [school.people[DIRECTOR]]


@pytest.mark.parametrize(
    ("kind", "switch"), [(SURVEY_KIND, "parents_satisfied"), (REGISTER_KIND, "register_renewed")]
)
async def test_each_has_its_switch(
    database: Database, clock: StoppedClock, settings: Settings, school: School, kind: str, switch: str
) -> None:
    await run(database, clock, settings, local(NOVEMBER), **{switch: False})
    assert await told(database, kind) == []
