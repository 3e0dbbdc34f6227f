"""Databases of SQLite, whatever the suite runs on; sealing is cheap here, only the journey pays its price."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.db.base import Database
from bot.db.migrate import migrate
from bot.features.backup import sealing
from tests.fixtures import NOON
from tests.school import School


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "_COST", 2)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("backup") / "empty.db"
    migrate(make_url(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def school_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With the small school in it."""
    path = tmp_path_factory.mktemp("backup") / "school.db"

    async def found() -> None:
        database = Database(f"sqlite+aiosqlite:///{path}")
        async with database.write() as session:
            await School.found(session, NOON)
            await session.commit()
        await database.close()

    migrate(make_url(f"sqlite+aiosqlite:///{path}"))
    asyncio.run(found())
    return path
