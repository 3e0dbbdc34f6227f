"""What tests share: a database with the present schema, a moved clock, and a school to play with."""

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.clock import Clock
from bot.config import Settings
from bot.db import base
from bot.db.base import Database
from bot.db.migrate import migrate
from tests.chat import Telegram
from tests.school import School

ADMIN_ID = 1001


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
    """Wednesday, 14 October 2026, 12:00 in Omsk: a working day in the first term."""
    return StoppedClock(datetime(2026, 10, 14, 6, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, made once and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    migrate(make_url(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def settings() -> Settings:
    return Settings.model_validate(
        {
            "telegram": {"token": "42:TEST"},
            "feedback": {"key": "a key that lies outside the database"},
            "school": {"admins": [ADMIN_ID], "vacations": [["2026-10-26", "2026-11-03"]]},
        }
    )


@pytest.fixture
async def database(
    empty_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Database]:
    path = tmp_path / "bot.db"
    shutil.copy(empty_database, path)
    # The power does not fail here; the journeys, which kill the bot, write as it does.
    pragmas = [*(p for p in base.PRAGMAS if not p.startswith("synchronous")), "synchronous=OFF"]
    monkeypatch.setattr(base, "PRAGMAS", tuple(pragmas))
    database = Database(f"sqlite+aiosqlite:///{path}")
    yield database
    await database.close()


@pytest.fixture
async def school(database: Database, clock: StoppedClock) -> School:
    """A small school: see tests/school.py."""
    async with database.write() as session:
        school = await School.found(session, clock.now())
        await session.commit()
    return school


@pytest.fixture
def telegram(settings: Settings, database: Database, clock: StoppedClock) -> Telegram:
    """The bot in this process, with Telegram replaced: see tests/chat.py."""
    return Telegram(settings, database, clock)
