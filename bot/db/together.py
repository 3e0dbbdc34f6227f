"""Writes that share a commit: a commit waits for the disk, longer than most of what it keeps."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, AsyncSessionTransaction, async_sessionmaker
from sqlalchemy.orm import Session

from bot.db.sqlite import connection_of

# So many turns share a commit at most: the first of them waits for the last.
PARTY_MAX = 20

T = TypeVar("T")


class Together(Generic[T]):
    """Writes in groups: whoever has the turn writes for all who wait for it: one commit, however many."""

    def __init__(self, write: Callable[[list[T]], Awaitable[None]]) -> None:
        self._write = write
        self._turn = asyncio.Lock()
        self._group = _Group[T]()

    async def __call__(self, *items: T) -> None:
        """Have them written. Raises what the writing of their group raised."""
        group = self._group
        group.items.extend(items)
        async with self._turn:
            if group is self._group:
                self._group = _Group()
                try:
                    await self._write(group.items)
                except BaseException as error:
                    group.error = _to_others(error)
                    raise
        if group.error:
            raise group.error


@dataclass
class _Group(Generic[T]):
    items: list[T] = field(default_factory=list)
    error: Exception | None = None


def _to_others(error: BaseException) -> Exception:
    """What they are told for whom somebody writes: who is cancelled is that one, not they."""
    return error if isinstance(error, Exception) else RuntimeError("whoever wrote for all was cancelled")


class Turns:
    """A write session that all who wait use in turn, and one commit for all of them.

    A commit waits for the disk, longer than most use cases take. To each it is a session of their own:
    `rollback` and what they raise undo what they did alone. Whoever commits before their turn ends, to do
    something slow without the write lock, commits for those before them and goes on by themselves.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._write = async_sessionmaker(engine, class_=_Shared, expire_on_commit=False)
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._party: _Party | None = None

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[AsyncSession]:
        """A turn: what is done in it is committed when the block has been left.

        Raises what the commit raises: then nothing of it is there.
        """
        self._waiting += 1
        try:
            await self._turn.acquire()
        finally:
            self._waiting -= 1
            if self._party and not self._waiting and not self._turn.locked():
                await self._finish(self._party)  # cancelled: whoever was before left the commit to this one
        party = self._party = self._party or _Party(self._write())
        session = party.session
        try:
            if party.transaction is None:
                party.transaction = await session.begin()
            await session.begin_turn(partial(self._leave, party))
            try:
                yield session
                await session.end_turn()
            except BaseException:
                party.sound = False  # what cannot be undone alone is undone with all the rest
                await session.rollback()
                await session.end_turn()
                party.sound = True
                raise
        finally:
            session.sync_session.in_turn = False
            if self._party is party:
                session.expunge_all()
                party.had_turns += 1
                try:
                    if not self._waiting or party.had_turns == PARTY_MAX or not party.sound:
                        await self._finish(party)
                finally:
                    self._turn.release()
            else:
                async with session:
                    if party.sound:
                        await session.commit()
        await asyncio.shield(party.committed)

    def _leave(self, party: "_Party") -> None:
        self._party = None
        party.committed.set_result(None)
        self._turn.release()

    async def _finish(self, party: "_Party") -> None:
        self._party = None
        try:
            async with party.session:
                if not party.sound:
                    raise RuntimeError("what one has done could not be undone")
                if party.transaction:
                    await party.transaction.commit()
        except BaseException as error:
            party.committed.set_exception(_to_others(error))
            party.committed.exception()  # nobody may be there to hear of it
            if not isinstance(error, Exception):
                raise
        else:
            party.committed.set_result(None)


async def flush(session: AsyncSession) -> None:
    """Write what the session holds; where that is nothing, at no cost. Raises what the database raises."""
    if not session.sync_session._is_clean():
        await session.flush()


class _Undoable(Session):
    """A session of which a turn, while it lasts, is undone alone."""

    in_turn = False


@event.listens_for(_Undoable, "before_flush")
def _savepoint_before_writing(session: _Undoable, *_: Any) -> None:
    # What SQLAlchemy fails to write it undoes back to its own last savepoint. Most turns give it nothing to
    # write, and a savepoint of SQLAlchemy's costs more than they do.
    if session.in_turn and not session.in_nested_transaction():
        session.begin_nested()


class _Shared(AsyncSession):
    """What a turn gives: rolled back to where the turn began, and left by a commit."""

    sync_session_class = _Undoable
    sync_session: _Undoable
    _leave: Callable[[], None]

    async def begin_turn(self, leave: Callable[[], None]) -> None:
        await self._say("SAVEPOINT turn")
        self._leave, self.sync_session.in_turn = leave, True

    async def end_turn(self) -> None:
        await flush(self)
        if self.sync_session.in_turn:
            if savepoint := self.get_nested_transaction():
                await savepoint.commit()
            await self._say("RELEASE SAVEPOINT turn")

    async def commit(self) -> None:
        await flush(self)
        await super().commit()
        if self.sync_session.in_turn:
            self.sync_session.in_turn = False
            self._leave()

    async def rollback(self) -> None:
        if not self.sync_session.in_turn:
            await super().rollback()
            return
        while savepoint := self.get_nested_transaction():
            await savepoint.rollback()
        await self._say("ROLLBACK TO SAVEPOINT turn")
        self.expunge_all()

    async def _say(self, statement: str) -> None:
        if connection := await connection_of(self):
            await connection.ask(statement, {})
        else:
            await (await self.connection()).exec_driver_sql(statement)


class _Party:
    def __init__(self, session: _Shared) -> None:
        self.session = session
        self.transaction: AsyncSessionTransaction | None = None
        self.had_turns = 0
        self.sound = True
        self.committed = asyncio.get_running_loop().create_future()
