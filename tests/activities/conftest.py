"""A year of the programme laid out for the small school, and its tick."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.db.accounts import Consent, Person, Role, Staff, StaffRole
from bot.db.base import Database
from bot.features.accounts import NOTICE_VERSION
from bot.scheduler import Context
from bot.scheduler.activities import tick
from tests.fixtures import StoppedClock
from tests.school import SINCE, School

DEPUTY, METHODIST = 1101, 1102
DEPUTY_NAME, METHODIST_NAME = "Диканова М.Е.", "Келлер Л.С."


@pytest.fixture
async def staffed(database: Database, clock: StoppedClock, school: School) -> School:
    """The small school with the deputy (an admin) and the methodist of the programme, who have come."""
    async with database.write() as session:
        for telegram_id, name, role in (
            (DEPUTY, DEPUTY_NAME, Role.ADMIN),
            (METHODIST, METHODIST_NAME, Role.SPECIALIST),
        ):
            person = Person(telegram_id=telegram_id, language="ru", created_at=clock.now())
            session.add(person)
            await session.flush()
            session.add(Consent(person_id=person.id, version=NOTICE_VERSION, given_at=clock.now()))
            staff = Staff(
                name=name, position="Заместитель", teaching=False, person_id=person.id, active_from=SINCE
            )
            session.add(staff)
            await session.flush()
            session.add(StaffRole(staff_id=staff.id, role=role))
            school.people[telegram_id], school.staff[telegram_id] = person.id, staff.id
        await session.commit()
    return school


@pytest.fixture
def run_tick(context: Context) -> Callable[[], Awaitable[Any]]:
    """Call the tick at the clock's moment."""

    async def run() -> None:
        await tick(context)

    return run
