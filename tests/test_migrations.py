"""Migrations: up, down, up again, and the result is what the tables say."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import make_url

from bot.db.migrate import MigrationError, alembic_config, migrate
from bot.db.tables import metadata


def url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def test_stairway_and_models_match(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'stairs.db'}")
    with engine.begin() as connection:
        config = alembic_config(connection)
        revisions = list(ScriptDirectory.from_config(config).walk_revisions())
        for revision in reversed(revisions):
            command.upgrade(config, revision.revision)
            command.downgrade(config, str(revision.down_revision or "base"))
            command.upgrade(config, revision.revision)
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        command.downgrade(config, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_a_second_call_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new" / "bot.db"
    migrate(make_url(url(path)))
    before = path.read_bytes()
    migrate(make_url(url(path)))
    assert path.read_bytes() == before


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
