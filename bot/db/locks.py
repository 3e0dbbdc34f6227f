"""What one process of several has for itself while it lives.

Several processes share one PostgreSQL: one of them leads (the ticks, the outbox), and a chat is in the hands
of one at a time. Both are advisory locks of a connection, gone with it however the process ends.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any

import structlog
from sqlalchemy import NullPool, TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.db.base import Database, is_sqlite
from bot.errors import StartError

log = structlog.get_logger()

# Any numbers of ours, others than WRITE_LOCK's.
LEAD = text("SELECT pg_try_advisory_lock(7410002)")
TAKE = text("SELECT pg_try_advisory_lock(7410003, hashint8(:chat_id))")
GIVE_BACK = text("SELECT pg_advisory_unlock(7410003, hashint8(:chat_id))")
STILL_THERE = text("SELECT true")

# A leader that is killed is followed within a second; one that cannot reach the database stops within four.
LOOK_SECONDS = 1.0
ANSWER_SECONDS = 3.0
# How often a chat is asked for that another process has in hand.
CHAT_SECONDS = 0.05
# A machine that loses its power says no goodbye: the server is to notice that within some four seconds.
KEEPALIVE = {"tcp_keepalives_idle": "2", "tcp_keepalives_interval": "1", "tcp_keepalives_count": "2"}


class Locks:
    """The locks of this process, on a connection of their own. On SQLite there is one process: it leads.

    Raises StartError where another process has the SQLite file.
    """

    def __init__(self, database: Database) -> None:
        self.shared = not is_sqlite(database.url)
        self._file = None if self.shared else _only_process(Path(str(database.url.database)))
        self._url = database.url
        self._connection: AsyncConnection | None = None
        self._leading_by: AsyncConnection | None = None
        self._asking = asyncio.Lock()

    async def lead(self) -> None:
        """Wait until this process leads, however long another one does."""
        troubled = False
        while self.shared:
            try:
                if await self._ask(LEAD):
                    self._leading_by = self._connection
                    return
                troubled = False
            except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
                if not troubled:
                    log.warning("no connection to the database", error=type(error).__name__)
                troubled = True
            await asyncio.sleep(LOOK_SECONDS)

    async def until_lost(self) -> None:
        """Wait until this process, which leads, leads no more: the connection is gone."""
        if not self.shared:
            await asyncio.Event().wait()
        with contextlib.suppress(Exception):
            while self._connection is self._leading_by:
                await asyncio.sleep(LOOK_SECONDS)
                await self._ask(STILL_THERE)

    @asynccontextmanager
    async def chat(self, chat_id: int) -> AsyncIterator[None]:
        """Have a chat to oneself, waiting for whoever has it. Raises what the database raises."""
        while not await self._ask(TAKE, chat_id=chat_id):  # noqa: ASYNC110 - another process tells nobody
            await asyncio.sleep(CHAT_SECONDS)
        taken_by = self._connection
        try:
            yield
        finally:
            if taken_by is self._connection:
                await self._ask(GIVE_BACK, chat_id=chat_id)

    async def close(self) -> None:
        """Give everything back."""
        if self._file:
            self._file.close()
        if self._connection:
            with contextlib.suppress(Exception):
                await self._connection.close()

    async def _ask(self, query: TextClause, **values: Any) -> Any:
        async with self._asking:
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    if self._connection is None:
                        self._connection = await self._connect()
                    return await self._connection.scalar(query, values)
            except BaseException:
                # Whether a lock is held is not known now: without the connection none is.
                await self._drop()
                raise

    async def _connect(self) -> AsyncConnection:
        engine = create_async_engine(
            self._url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            connect_args={"server_settings": KEEPALIVE},
        )
        return await engine.connect()

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            with contextlib.suppress(Exception):
                driver = (await connection.get_raw_connection()).driver_connection
                driver.terminate()  # type: ignore[union-attr] # a server that does not answer is not waited for
                await connection.invalidate()
                await connection.close()


def _only_process(path: Path) -> IO[str] | None:
    """A file beside the database that is locked while this process lives: two would send everything twice.

    Not the database itself: to close a second handle on it would give SQLite's own locks away.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    file = path.with_name(f"{path.name}.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise StartError(
            f"database.url: another process of the bot runs on {path}; end it, or use PostgreSQL for several"
        ) from None
    return file
