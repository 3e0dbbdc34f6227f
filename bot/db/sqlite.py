"""SQLite without a thread for every step.

aiosqlite hands each step of a statement (a cursor, the statement, its rows, the end) to a thread: four
changes of thread, which cost many times what SQLite itself takes. Here only what waits for a slow disk or for
another process is handed over, and what has been seen to take long; the rest is done at once.
"""

import sqlite3
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import aiosqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import SessionTransaction

# Longer than this and a statement would hold up everybody else.
LONG_SECONDS = 0.01
# A commit that takes longer than a change of thread costs is worth one: so on a slow disk.
COMMIT_SECONDS = 0.001
# How long a writer waits for another process, in milliseconds.
BUSY_MS = 5000
BEGIN = "BEGIN IMMEDIATE"

# Under this name a session keeps which connection it has.
_CONNECTION = "connection"


class Connection(aiosqlite.Connection):
    """A connection whose short statements run in the event loop's own thread."""

    # What was asked last: its rows are fetched without naming it, and they may take longer than it did.
    _asked = ""
    # How long commits take, by those of late.
    _commit_seconds = COMMIT_SECONDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # How long statements take, by their last times: those of which it is worth knowing.
        self._seconds: dict[str, float] = {}

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        statement = args[0] if args else None
        if fn.__name__ == "commit":
            return await self._commit(fn)
        if statement == BEGIN:
            return await self._begin(fn, *args)
        if isinstance(statement, str):
            self._asked = statement
            if statement.startswith("SAVEPOINT"):
                self._goes_on()  # else it would begin a transaction of its own

        def timed() -> Any:
            start = time.perf_counter()
            result = fn(*args, **kwargs)
            self._took(time.perf_counter() - start, anew=isinstance(statement, str))
            return result

        if fn.__name__ == "executemany" or self._seconds.get(self._asked, 0.0) > LONG_SECONDS:
            return await super()._execute(timed)  # type: ignore[no-untyped-call]
        return timed()

    def _took(self, seconds: float, *, anew: bool) -> None:
        """Once is no rule: a busy machine lets anything wait for some time."""
        usual = self._seconds.get(self._asked, 0.0)
        usual += (seconds - usual if anew else seconds) / 4
        if usual > LONG_SECONDS / 10:
            self._seconds[self._asked] = usual
        elif self._seconds:
            self._seconds.pop(self._asked, None)

    async def ask(self, statement: str, parameters: Mapping[str, Any]) -> tuple[list[Any], int]:
        """The rows that a statement finds, and how many it changes. Raises what sqlite3 raises."""
        self._goes_on()
        found: tuple[list[Any], int] = await self._execute(self._rows, statement, parameters)
        return found

    def _rows(self, statement: str, parameters: Mapping[str, Any]) -> tuple[list[Any], int]:
        cursor = self._conn.execute(statement, parameters)
        return cursor.fetchall(), cursor.rowcount

    async def _begin(self, fn: Callable[..., Any], *args: Any) -> Any:
        """Take the write lock: at once where it is free, else a thread waits for it."""
        self._conn.execute("PRAGMA busy_timeout=0")
        try:
            return fn(*args)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
        finally:
            self._conn.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        return await super()._execute(fn, *args)  # type: ignore[no-untyped-call]

    def _goes_on(self) -> None:
        """Raises OperationalError where a full or failing disk has made SQLite undo the whole transaction."""
        if not self._conn.in_transaction:
            raise sqlite3.OperationalError("the transaction was undone by SQLite")

    async def _commit(self, fn: Callable[[], Any]) -> None:
        self._goes_on()  # else the driver would say nothing, and what is lost be taken for kept

        def timed() -> None:
            start = time.perf_counter()
            fn()
            self._commit_seconds += (time.perf_counter() - start - self._commit_seconds) / 4

        if self._commit_seconds < COMMIT_SECONDS:
            timed()
        else:
            await super()._execute(timed)  # type: ignore[no-untyped-call]


async def connect(path: str) -> Connection:
    """Open the file. Transactions begin when they are told to."""

    def open_file() -> sqlite3.Connection:
        return sqlite3.connect(path, isolation_level=None, check_same_thread=False)

    connection = Connection(open_file, iter_chunk_size=64)
    connection._thread.daemon = True  # an end without closing is no reason to hang
    await connection
    return connection


class _Known(NamedTuple):
    transaction: SessionTransaction | None
    connection: Connection | None


async def connection_of(session: AsyncSession) -> Connection | None:
    """The connection of the session's transaction, begun where it was not; None where that is no SQLite."""
    known: _Known | None = session.info.get(_CONNECTION)
    transaction = session.sync_session.get_transaction()
    if known is None or transaction is None or known.transaction is not transaction:
        raw = await (await session.connection()).get_raw_connection()
        connection = raw.driver_connection if isinstance(raw.driver_connection, Connection) else None
        known = session.info[_CONNECTION] = _Known(session.sync_session.get_transaction(), connection)
    return known.connection
