"""What tests share: a database with the present schema, a moved clock, and a school to play with."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta

import hypothesis
import pytest
import structlog
from sqlalchemy.engine import URL, make_url

from bot.clock import Clock
from bot.config import Settings
from bot.db import base
from bot.db.base import Database
from bot.db.migrate import migrate
from bot.programme.calendar import Calendar
from bot.scheduler import Context
from bot.watch import Watch
from tests.chat import Telegram, the_programme
from tests.databases import POSTGRES, Kept, OneLoop, renew
from tests.school import School
from tests.servers import postgresql

ADMIN_ID = 1001
# Wednesday, 14 October 2026, 12:00 in Omsk: a working day in the first term.
NOON = datetime(2026, 10, 14, 6, 0, tzinfo=UTC)


class StoppedClock(Clock):
    """Stands still until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)

    def set(self, moment: datetime) -> None:
        self.moment = moment


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(NOON)


@pytest.fixture(scope="session")
def address_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], URL]]:
    """Where a database of that name is, for this process alone."""
    folder = tmp_path_factory.mktemp("databases")
    if POSTGRES:
        with postgresql() as server:
            yield lambda name: make_url(f"{server}/{name}")
    else:
        yield lambda name: make_url(f"sqlite+aiosqlite:///{folder / name / 'bot.db'}")


@pytest.fixture(scope="session")
def empty_database(address_of: Callable[[str], URL]) -> URL:
    """A migrated database, made once and copied for each test."""
    url = address_of("empty")
    renew(url)
    migrate(url)
    return url


@pytest.fixture
def settings() -> Settings:
    return Settings.model_validate(
        {
            "telegram": {"token": "42:TEST"},
            "feedback": {"key": "a key that lies outside the database"},
            "school": {"admins": [ADMIN_ID], "vacations": [["2026-10-26", "2026-11-03"]]},
        }
    )


@pytest.fixture(scope="session")
def kept_database(address_of: Callable[[str], URL]) -> Iterator[Kept]:
    # The power does not fail here; the journeys, which kill the bot, write as it does.
    pragmas = [*(p for p in base.PRAGMAS if not p.startswith("synchronous")), "synchronous=OFF"]
    # What no ORDER BY promises does not come in the order in which it was written.
    pragmas.append("reverse_unordered_selects=ON")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "PRAGMAS", tuple(pragmas))
        database = Kept(address_of("kept").render_as_string(hide_password=False))
        yield database
        asyncio.run(database.close())


@pytest.fixture(scope="session")
def founded(empty_database: URL, kept_database: Kept, address_of: Callable[[str], URL]) -> tuple[URL, School]:
    """A database with the small school in it, made once and copied for each test that asks for it."""
    url = address_of("founded")

    async def found() -> School:
        async with kept_database.fresh(empty_database) as database:
            async with database.write() as session:
                school = await School.found(session, NOON)
                await session.commit()
            await database.close()
        return school

    school = asyncio.run(found())
    renew(url, kept_database.url)
    return url, school


@pytest.fixture
async def database(
    request: pytest.FixtureRequest, empty_database: URL, kept_database: Kept
) -> AsyncIterator[Database]:
    """An empty database, or one with the small school in it where a test asks for the school."""
    template = empty_database
    if "school" in request.fixturenames:
        template, _ = request.getfixturevalue("founded")
    async with kept_database.fresh(template) as database:
        yield database


@pytest.fixture
def school(database: Database, founded: tuple[URL, School]) -> School:
    """A small school: see tests/school.py."""
    return deepcopy(founded[1])


def context_of(database: Database, clock: StoppedClock, settings: Settings) -> Context:
    """What a tick works with in tests."""
    calendar = Calendar(vacations=settings.school.vacations)
    return Context(database, clock, settings, the_programme(), calendar, lambda: None, Watch())


@pytest.fixture
def context(database: Database, clock: StoppedClock, settings: Settings) -> Context:
    return context_of(database, clock, settings)


@pytest.fixture
def telegram(settings: Settings, database: Database, clock: StoppedClock) -> Telegram:
    """The bot in this process, with Telegram replaced: see tests/chat.py."""
    return Telegram(settings, database, clock)


def pytest_configure() -> None:
    """What holds before anything is collected."""
    # How long an example takes depends on who else uses the machine.
    hypothesis.settings.register_profile(
        "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("unhurried")
    if POSTGRES:
        asyncio.set_event_loop_policy(OneLoop())
    # Nobody reads here what the bot says of each update: the journeys, which log the most, do.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))


def pytest_collection_finish() -> None:
    """What is imported and collected stays to the end: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)
    gc.enable()
