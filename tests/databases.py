"""Databases for tests: SQLite's files or, with SCHOOLBOT_TEST_POSTGRES=1, those of a PostgreSQL server."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy.engine import URL

from bot.db.base import Database, is_sqlite
from bot.db.tables import metadata

POSTGRES = os.environ.get("SCHOOLBOT_TEST_POSTGRES") == "1"
# What is a promise about SQLite's file, or asked of it.
only_sqlite = pytest.mark.skipif(POSTGRES, reason="about SQLite's file")

# Who has said goodbye is gone a moment later; dropping a database looks only every 100 ms whether it is so.
GONE = """
DO $$ BEGIN
    FOR moment IN 1..100 LOOP
        EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = '{name}');
        PERFORM pg_sleep(0.001), pg_stat_clear_snapshot();
    END LOOP;
END $$
"""


def renew(url: URL, template: URL | None = None) -> None:
    """The database as the template has it, or empty, whatever was there; nobody may be connected to it."""
    if is_sqlite(url):
        path = Path(str(url.database))
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir(parents=True)
        if template:
            shutil.copy(str(template.database), path)
        return
    source = template.database if template else "template0"
    drop = f'DROP DATABASE IF EXISTS "{url.database}" WITH (FORCE)'
    create = f'CREATE DATABASE "{url.database}" TEMPLATE "{source}" STRATEGY FILE_COPY'
    _apart(url.set(database="postgres"), GONE.format(name=url.database), drop, create)


@asynccontextmanager
async def fresh(database: Database, template: URL) -> AsyncIterator[Database]:
    """The database as the template has it, for one test or example."""
    renew(database.url, template)
    try:
        yield database
    finally:
        await database.close()


async def _execute(url: URL, *statements: str) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        for statement in statements[:-1]:
            await connection.execute(statement)
        return [tuple(row) for row in await connection.fetch(statements[-1])]
    finally:
        await connection.close()


def _apart(url: URL, *statements: str) -> list[tuple[Any, ...]]:
    """Run them in a thread with an event loop of its own: that of a test is running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _execute(url, *statements)).result()


def ask(url: URL, query: str) -> list[tuple[Any, ...]]:
    """What the database says, past the bot."""
    if not is_sqlite(url):
        return _apart(url, query)
    with closing(sqlite3.connect(str(url.database))) as connection:
        return connection.execute(query).fetchall()


async def everything(database: Database, *apart: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but those in `apart`.

    Past SQLAlchemy, which is slow at reading whole databases.
    """
    queries = {name: f'SELECT * FROM "{name}"' for name in metadata.tables if name not in apart}
    if is_sqlite(database.url):
        with closing(sqlite3.connect(str(database.url.database))) as connection:
            return {name: sorted(connection.execute(query), key=repr) for name, query in queries.items()}
    async with database.read() as session:
        raw = await (await session.connection()).get_raw_connection()
        assert raw.driver_connection
        return {
            name: sorted(map(tuple, await raw.driver_connection.fetch(query)), key=repr)
            for name, query in queries.items()
        }
