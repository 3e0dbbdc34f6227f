"""SQLite without a thread for every step.

aiosqlite hands each step of a statement (a cursor, the statement, its rows, the end) to a thread: four
changes of thread, which cost many times what SQLite itself takes. Here only what waits for the disk or for
another process is handed over, and what has been seen to take long; the rest is done at once.
"""

import sqlite3
import time
from collections.abc import Callable
from typing import Any

import aiosqlite

# Longer than this and a statement would hold up everybody else.
LONG_SECONDS = 0.01
# They wait: for the disk, for many rows.
WAITING = frozenset({"commit", "executemany"})


class Connection(aiosqlite.Connection):
    """A connection whose short statements run in the event loop's own thread."""

    # What begins a transaction that writes waits for other processes.
    _long: frozenset[str] = frozenset({"BEGIN IMMEDIATE"})

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        statement = args[0] if args else None
        if fn.__name__ in WAITING or statement in self._long:
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        start = time.perf_counter()
        result = fn(*args, **kwargs)
        if isinstance(statement, str) and time.perf_counter() - start > LONG_SECONDS:
            self._long |= {statement}
        return result


async def connect(path: str) -> Connection:
    """Open the file. Transactions begin when they are told to."""

    def open_file() -> sqlite3.Connection:
        return sqlite3.connect(path, isolation_level=None, check_same_thread=False)

    connection = Connection(open_file, iter_chunk_size=64)
    connection._thread.daemon = True  # an end without closing is no reason to hang
    await connection
    return connection
