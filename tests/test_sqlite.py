"""Which statements run in the event loop's own thread, and which must not."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from threading import get_ident
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from bot.db import sqlite
from bot.db.base import Database


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[sqlite.Connection]:
    opened = await sqlite.connect(str(tmp_path / "bot.db"))
    await opened.create_function("thread", 0, get_ident)
    yield opened
    await opened.close()


async def thread_of(connection: sqlite.Connection, statement: str) -> int:
    cursor = await connection.execute(statement)
    ((thread,),) = await cursor.fetchall()
    return int(thread)


async def test_a_short_statement_changes_no_thread(connection: sqlite.Connection) -> None:
    assert await thread_of(connection, "SELECT thread()") == get_ident()


@pytest.fixture
def takes(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let whatever is asked take so many seconds from now on."""
    seconds = now = 0.0

    def take(each: float) -> None:
        nonlocal seconds
        seconds = each

    def perf_counter() -> float:
        nonlocal now
        now += seconds
        return now

    monkeypatch.setattr(sqlite, "time", SimpleNamespace(perf_counter=perf_counter))
    return take


async def test_what_takes_long_is_handed_over_as_long_as_it_does(
    connection: sqlite.Connection, takes: Callable[[float], None]
) -> None:
    takes(0.1)
    assert await thread_of(connection, "SELECT thread()") == get_ident()
    assert await thread_of(connection, "SELECT thread()") != get_ident()
    takes(0)
    assert await thread_of(connection, "SELECT thread() LIMIT 1") == get_ident()
    threads = [await thread_of(connection, "SELECT thread()") for _ in range(20)]
    assert threads[0] != get_ident() and threads[-1] == get_ident()
    assert not connection._seconds  # nor is every statement there ever was remembered


async def test_what_had_to_wait_once_is_not_taken_for_long(
    connection: sqlite.Connection, takes: Callable[[float], None]
) -> None:
    takes(0.015)
    await connection.execute("SELECT thread()")
    takes(0)
    assert await thread_of(connection, "SELECT thread()") == get_ident()


async def test_rows_that_take_long_to_come_are_handed_over_too(
    connection: sqlite.Connection, takes: Callable[[float], None]
) -> None:
    cursor = await connection.execute("SELECT thread()")
    takes(0.1)
    assert [thread for (thread,) in await cursor.fetchall()] == [get_ident()]
    assert await thread_of(connection, "SELECT thread()") != get_ident()


async def test_what_is_asked_past_sqlalchemy_is_handed_over_where_it_takes_long(
    connection: sqlite.Connection, takes: Callable[[float], None]
) -> None:
    await connection.execute(sqlite.BEGIN)
    takes(0.1)
    assert await connection.ask("SELECT thread()", {}) == ([(get_ident(),)], -1)
    ((thread,),), _ = await connection.ask("SELECT thread()", {})
    assert thread != get_ident()


async def test_nothing_is_asked_outside_a_transaction(connection: sqlite.Connection) -> None:
    """What a full disk has made SQLite undo is not gone on with, statement by statement."""
    with pytest.raises(sqlite3.OperationalError):
        await connection.ask("SELECT thread()", {})


async def test_many_rows_are_handed_over(connection: sqlite.Connection) -> None:
    await connection.execute("CREATE TABLE t (number INTEGER)")
    await connection.executemany("INSERT INTO t SELECT thread() + ? * 0", [(1,)])
    assert await thread_of(connection, "SELECT number FROM t") != get_ident()


async def threads_of_commits(connection: sqlite.Connection, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each of ten commits ran in the loop's own thread."""
    threads = []
    commit = connection._conn.commit

    class Noting:
        def __getattr__(self, name: str) -> object:
            return getattr(raw, name)

        def commit(self) -> None:
            threads.append(get_ident())
            commit()

    raw = connection._conn
    monkeypatch.setattr(connection, "_connection", Noting())
    for _ in range(10):
        await connection.execute(sqlite.BEGIN)
        await connection.commit()
    return [thread == get_ident() for thread in threads]


async def test_commits_change_threads_only_where_the_disk_is_slow(
    connection: sqlite.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "COMMIT_SECONDS", 1.0)
    assert await threads_of_commits(connection, monkeypatch) == [True] * 10
    monkeypatch.setattr(sqlite, "COMMIT_SECONDS", 0.0)
    assert await threads_of_commits(connection, monkeypatch) == [False] * 10


async def test_nobody_waits_for_another_process_but_who_writes(tmp_path: Path) -> None:
    """An import by the command line holds the lock: the loop goes on, the writer gets it afterwards."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}")

    async def write() -> None:
        async with database.write() as session:
            await session.execute(text("CREATE TABLE t (number INTEGER)"))
            await session.commit()

    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(write())
        async with database.read() as session:  # answered while the writer waits in its thread
            assert await session.scalar(text("SELECT 1")) == 1
        assert not writing.done()
        other.execute("COMMIT")
    await writing
    await database.close()
