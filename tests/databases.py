"""Databases for tests: SQLite's files or, with SCHOOLBOT_TEST_POSTGRES=1, those of a PostgreSQL server."""

import asyncio
import os
import shutil
import sqlite3
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from io import BytesIO
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


# Making a database, and being connected to it anew, costs ten times what emptying and filling one does.
REFILL = """
CREATE FUNCTION "{name}".refill() RETURNS void LANGUAGE plpgsql AS $$ BEGIN
    -- What a test has left in the middle of a transaction.
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle';
    {statements}
END $$
"""
NUMBERS = "SELECT sequencename, coalesce(last_value, start_value), last_value IS NOT NULL FROM pg_sequences"
# So many tests leave so many dead rows that looking past them takes longer than sweeping them out.
SWEPT_AFTER = 100


class Kept(Database):
    """One object for all tests of a process, which keeps compiled statements; each finds its database new.

    On a server it is one database, too, and who is connected to it stays so.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._refilling: asyncpg.Connection[Any] | None = None
        self._templates: set[str] = set()
        self._times = 0

    @asynccontextmanager
    async def fresh(self, template: URL) -> AsyncIterator[Database]:
        """The database as the template has it, for one test or example."""
        if not is_sqlite(self.url):
            await self._refill(template)
            yield self
            return
        renew(self.url, template)
        try:
            yield self
        finally:
            await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await super().close()
        if self._refilling:
            await self._refilling.close()

    async def _refill(self, template: URL) -> None:
        name = str(template.database)
        if not self._templates:
            renew(self.url, template)
        if self._refilling is None or self._refilling.is_closed():
            # Neither triggers nor foreign keys look on.
            self._refilling = await _connect(self.url, session_replication_role="replica")
        if name not in self._templates:
            await self._learn(self._refilling, name, template)
            self._templates.add(name)
        self._times += 1
        if self._times % SWEPT_AFTER == 0:
            await self._refilling.execute("VACUUM")
        await self._refilling.execute(f'SELECT "{name}".refill()')

    @staticmethod
    async def _learn(target: "asyncpg.Connection[Any]", name: str, template: URL) -> None:
        """Keep the template's rows in a schema beside the tables, with a function that puts them there."""
        await target.execute(f'CREATE SCHEMA "{name}"')
        statements = [f'DELETE FROM "{table}"' for table in metadata.tables]
        source = await _connect(template)
        for table in metadata.tables:
            if await source.fetchval(f'SELECT EXISTS (SELECT FROM "{table}")'):
                rows = BytesIO()
                await source.copy_from_table(table, output=rows, format="binary")
                rows.seek(0)
                await target.execute(f'CREATE TABLE "{name}"."{table}" (LIKE "{table}")')
                await target.copy_to_table(table, schema_name=name, source=rows, format="binary")
                statements.append(f'INSERT INTO "{table}" SELECT * FROM "{name}"."{table}"')
        numbers = await source.fetch(NUMBERS)
        statements += ["PERFORM setval('{}', {}, {})".format(*number) for number in numbers]
        await source.close()
        await target.execute(REFILL.format(name=name, statements=";\n    ".join([*statements, ""])))


class _Lasting(asyncio.SelectorEventLoop):
    """The loop of all tests of a process: connections to a server outlive a test, its tasks do not."""

    def close(self) -> None:
        """Not at the end of a test."""

    async def shutdown_asyncgens(self) -> None:
        """Those of a test end with it; the next may have some again."""
        await super().shutdown_asyncgens()
        self._asyncgens_shutdown_called = False

    async def shutdown_default_executor(self, *_: Any) -> None:
        """The threads stay."""


class OneLoop(asyncio.DefaultEventLoopPolicy):
    """Whoever asks for a new loop in the thread of the tests gets the one that lasts."""

    def __init__(self) -> None:
        super().__init__()
        self._lasting = _Lasting()

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        if threading.current_thread() is threading.main_thread():
            return self._lasting
        return super().new_event_loop()


async def _connect(url: URL, **settings: str) -> "asyncpg.Connection[Any]":
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return await asyncpg.connect(address, server_settings=settings)


async def _execute(url: URL, *statements: str) -> list[tuple[Any, ...]]:
    connection = await _connect(url)
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
