"""Migrations: up, down, up again, and the result is what the tables say."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.db.base import Database
from bot.db.migrate import MigrationError, alembic_config, known_revisions, migrate
from bot.db.tables import metadata
from tests.databases import ask
from tests.servers import needs_postgresql, postgresql


def url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def stairway(connection: Connection) -> None:
    """Each migration up, down and up again: the tables are those of the models, at the end all are gone."""
    config = alembic_config(connection)
    revisions = list(ScriptDirectory.from_config(config).walk_revisions())
    for revision in reversed(revisions):
        command.upgrade(config, revision.revision)
        command.downgrade(config, str(revision.down_revision or "base"))
        command.upgrade(config, revision.revision)
    assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    command.downgrade(config, "base")


@pytest.fixture
def server() -> Iterator[str]:
    """The address of an empty database on a server of PostgreSQL."""
    with postgresql() as address:
        yield f"{address}/postgres"


def test_stairway_and_models_match(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'stairs.db'}")
    with engine.begin() as connection:
        stairway(connection)
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_a_second_call_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new" / "bot.db"
    migrate(make_url(url(path)))
    before = path.read_bytes()
    migrate(make_url(url(path)))
    assert path.read_bytes() == before


def test_what_there_is_to_do_is_known_without_alembic(tmp_path: Path) -> None:
    """Where a bot starts on its database as it left it, that is nothing."""
    path = tmp_path / "bot.db"
    migrate(make_url(url(path)))
    code = (
        "import sys; from bot.db.migrate import migrate; from sqlalchemy.engine import make_url; "
        f"migrate(make_url({url(path)!r})); print('alembic' in sys.modules)"
    )
    assert subprocess.check_output([sys.executable, "-c", code]) == b"False\n"
    with create_engine(f"sqlite:///{path}").connect() as connection:
        script = ScriptDirectory.from_config(alembic_config(connection))
        assert known_revisions() == {each.revision: each.down_revision for each in script.walk_revisions()}


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.write_text("no database at all " * 100)
    with pytest.raises(MigrationError, match="not a database"):
        migrate(make_url(url(path)))


def test_a_damaged_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    migrate(make_url(url(path)))
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 9] = b"\x77" * 4096 * 6
    path.write_bytes(content)
    with pytest.raises(MigrationError, match=r"damaged|malformed"):
        migrate(make_url(url(path)))
    assert path.read_bytes() == content


def test_a_database_of_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    migrate(make_url(url(path)))
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from-the-future'")
    connection.close()
    with pytest.raises(MigrationError, match="newer version"):
        migrate(make_url(url(path)))


@needs_postgresql
@pytest.mark.long
class TestPostgresql:
    """On a server of its own, whatever the suite runs on."""

    def test_stairway_and_models_match(self, server: str) -> None:
        def climb(connection: Connection) -> None:
            stairway(connection)
            assert inspect(connection).get_table_names() == ["alembic_version"]

        async def run() -> None:
            engine = create_async_engine(server)
            async with engine.begin() as connection:
                await connection.run_sync(climb)
            await engine.dispose()

        asyncio.run(run())

    def test_what_is_frozen_stays(self, server: str) -> None:
        migrate(make_url(server))
        row = "INSERT INTO audit (id, at, action, subject, details) VALUES (1, now(), 'a.b', 'x:1', '{}')"
        ask(make_url(server), row)
        for statement in (
            "UPDATE audit SET action = 'x.y'",
            "DELETE FROM audit WHERE id = 1",
            "TRUNCATE audit",
            f"{row} ON CONFLICT (id) DO UPDATE SET action = 'x.y'",
        ):
            with pytest.raises(asyncpg.RaiseError, match="rows of audit are never changed"):
                ask(make_url(server), statement)
        assert ask(make_url(server), "SELECT action FROM audit") == [("a.b",)]

    async def test_writers_queue_and_readers_cannot_write(self, server: str) -> None:
        """Whoever reads and then writes loses nothing to whoever does so at the same time."""
        database, at_once = Database(server), 40
        async with database.write() as session:
            await session.execute(text("CREATE TABLE counted (n integer)"))
            await session.execute(text("INSERT INTO counted VALUES (0)"))
            await session.commit()

        async def count() -> None:
            async with database.write() as session:
                n = await session.scalar(text("SELECT n FROM counted"))
                await session.execute(text("UPDATE counted SET n = :n"), {"n": (n or 0) + 1})
                await session.commit()

        await asyncio.gather(*(count() for _ in range(at_once)))
        async with database.read() as session:
            assert await session.scalar(text("SELECT n FROM counted")) == at_once
            with pytest.raises(DBAPIError, match="read-only"):
                await session.execute(text("UPDATE counted SET n = 0"))
        await database.close()

    @pytest.mark.parametrize(
        ("change", "said"),
        [({"database": "none"}, "does not exist"), ({"port": 1}, "no connection to 127.0.0.1: ")],
    )
    def test_none_to_be_had(self, server: str, change: dict[str, Any], said: str) -> None:
        with pytest.raises(MigrationError, match=said):
            migrate(make_url(server).set(**change))
