"""Turns at one write session: to each a session of their own, to the disk one commit."""

import asyncio
import resource
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSessionTransaction

from bot.db import together
from bot.db.base import Database, Session
from bot.db.inbox import Conversation
from bot.db.together import Together, Turns
from tests.databases import only_sqlite
from tests.processes import PATIENCE

Work = Callable[[Session], Awaitable[None]]


@contextmanager
def commits(database: Database) -> Iterator[list[None]]:
    """A list that grows with every commit of the writer."""
    seen: list[None] = []
    engine = database._writer.sync_engine

    def on_commit(_: object) -> None:
        seen.append(None)

    event.listen(engine, "commit", on_commit)
    try:
        yield seen
    finally:
        event.remove(engine, "commit", on_commit)


async def write(session: Session, chat_id: int) -> None:
    await session.execute(insert(Conversation).values(chat_id=chat_id, data={}))


def writes(chat_id: int) -> Work:
    async def work(session: Session) -> None:
        await write(session, chat_id)

    return work


async def all_at_once(turns: Turns, *works: Work) -> list[BaseException | None]:
    """Everybody wants a turn at once: what each raised."""

    async def take(work: Work) -> None:
        async with turns() as session:
            await work(session)

    return await asyncio.gather(*(take(work) for work in works), return_exceptions=True)


async def written(database: Database) -> set[int]:
    async with database.read() as session:
        return set(await session.scalars(select(Conversation.chat_id)))


def full_disk(connection: Any) -> None:
    connection.rollback()  # both databases do, where they cannot commit
    raise OSError


async def test_all_who_wait_share_a_commit(database: Database) -> None:
    with commits(database) as seen:
        assert await all_at_once(database.turns(), *map(writes, range(1, 9))) == [None] * 8
    assert (len(seen), await written(database)) == (1, set(range(1, 9)))


async def test_the_first_does_not_wait_for_ever(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "PARTY_MAX", 3)
    with commits(database) as seen:
        await all_at_once(database.turns(), *map(writes, range(1, 9)))
    assert (len(seen), await written(database)) == (3, set(range(1, 9)))


async def test_what_one_raises_undoes_what_they_did_alone(database: Database) -> None:
    async def fails(session: Session) -> None:
        await write(session, 2)
        raise KeyError

    async def breaks_a_rule(session: Session) -> None:
        await write(session, 4)
        await write(session, 4)

    first, second, third, fourth = await all_at_once(
        database.turns(), writes(1), fails, writes(3), breaks_a_rule
    )
    assert (first, third) == (None, None)
    assert isinstance(second, KeyError) and isinstance(fourth, IntegrityError)
    assert await written(database) == {1, 3}


async def test_objects_that_break_a_rule_only_when_the_turn_ends(database: Database) -> None:
    async def adds(session: Session) -> None:
        session.add(Conversation(chat_id=1, data={}))

    first, second, third = await all_at_once(database.turns(), adds, adds, writes(3))
    assert (first, third) == (None, None) and isinstance(second, IntegrityError)
    assert await written(database) == {1, 3}


async def test_undone_in_the_middle_of_a_turn(database: Database) -> None:
    async def undoes(session: Session) -> None:
        await write(session, 2)
        await session.rollback()
        await write(session, 3)

    assert await all_at_once(database.turns(), writes(1), undoes, writes(4)) == [None] * 3
    assert await written(database) == {1, 3, 4}


async def test_undone_twice_in_a_turn(database: Database) -> None:
    async def undoes_twice(session: Session) -> None:
        for chat_id in (2, 3):
            await write(session, chat_id)
            await session.rollback()
        raise KeyError

    first, second, third = await all_at_once(database.turns(), writes(1), undoes_twice, writes(4))
    assert (first, third) == (None, None) and isinstance(second, KeyError)
    assert await written(database) == {1, 4}


async def test_nobody_finds_what_another_has_loaded(database: Database) -> None:
    loaded: list[Conversation] = []

    async def loads(session: Session) -> None:
        loaded.append(await session.get_one(Conversation, 1))

    await all_at_once(database.turns(), writes(1), loads, loads)
    assert loaded[0] is not loaded[1]


async def test_who_commits_early_keeps_nobody_waiting(database: Database) -> None:
    turns, others_done = database.turns(), asyncio.Event()

    async def is_slow(session: Session) -> None:
        await write(session, 2)
        await session.commit()
        await others_done.wait()  # with the write lock held it would be for ever
        await write(session, 3)

    slow = asyncio.create_task(all_at_once(turns, writes(1), is_slow))
    await all_at_once(turns, writes(4))
    assert await written(database) == {1, 2, 4}
    others_done.set()
    assert await slow == [None, None]
    assert await written(database) == {1, 2, 3, 4}


async def test_who_commits_early_and_fails_later(database: Database) -> None:
    async def fails(session: Session) -> None:
        await session.commit()
        await write(session, 2)
        raise KeyError

    turns = database.turns()
    first, second = await all_at_once(turns, writes(1), fails)
    assert first is None and isinstance(second, KeyError)
    assert await all_at_once(turns, writes(3)) == [None]
    assert await written(database) == {1, 3}


@pytest.mark.parametrize("early", [False, True])
async def test_a_commit_that_fails_fails_for_all(
    database: Database, monkeypatch: pytest.MonkeyPatch, *, early: bool
) -> None:
    async def commits_early(session: Session) -> None:
        await write(session, 2)
        await session.commit()

    turns = database.turns()
    with monkeypatch.context() as patch:
        patch.setattr(database._writer.dialect, "do_commit", full_disk)
        told = await all_at_once(turns, writes(1), commits_early if early else writes(2), writes(3))
        assert None not in told
    assert await written(database) == set()
    assert await all_at_once(turns, writes(4)) == [None]
    assert await written(database) == {4}


async def test_who_goes_on_alone_and_cannot_commit_keeps_nothing_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fills_the_disk(session: Session) -> None:
        await session.commit()
        await write(session, 1)
        monkeypatch.setattr(database._writer.dialect, "do_commit", full_disk)

    turns = database.turns()
    assert await all_at_once(turns, fills_the_disk) != [None]
    assert database._writer.pool.checkedout() == 0  # type: ignore[attr-defined]
    monkeypatch.undo()
    assert await all_at_once(turns, writes(2)) == [None]
    assert await written(database) == {2}


async def test_who_cannot_begin_leaves_the_turn_to_others(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = database.turns()
    with monkeypatch.context() as patch:
        patch.setattr(together._Shared, "begin_turn", lambda *_: 1 / 0)
        told = await all_at_once(turns, writes(1), writes(2))
        assert [type(each) for each in told] == [ZeroDivisionError] * 2
    assert await all_at_once(turns, writes(3)) == [None]
    assert await written(database) == {3}


async def test_undone_with_all_savepoints_that_were_set_meanwhile(database: Database) -> None:
    async def fails(session: Session) -> None:
        session.add(Conversation(chat_id=2, data={}))
        await session.flush()
        await session.begin_nested()
        await write(session, 3)
        raise KeyError

    first, second, third = await all_at_once(database.turns(), writes(1), fails, writes(4))
    assert (first, third) == (None, None) and isinstance(second, KeyError)
    assert await written(database) == {1, 4}


@pytest.mark.parametrize("early", [False, True])
async def test_what_cannot_be_undone_is_not_committed_by_others(
    database: Database, monkeypatch: pytest.MonkeyPatch, *, early: bool
) -> None:
    async def cannot_be_undone(session: Session) -> None:
        if early:
            await session.commit()
        await write(session, 2)
        monkeypatch.setattr(together._Shared, "rollback", lambda _: 1 / 0)
        raise KeyError

    turns = database.turns()
    first, second, third = await all_at_once(turns, writes(1), cannot_be_undone, writes(3))
    assert isinstance(first, RuntimeError) != early and isinstance(second, ZeroDivisionError)
    assert third is None
    assert await written(database) == ({1, 3} if early else {3})


async def test_who_is_cancelled_undoes_what_they_did_alone(database: Database) -> None:
    turns, works = database.turns(), asyncio.Event()

    async def hangs(session: Session) -> None:
        await write(session, 2)
        works.set()
        await asyncio.Event().wait()

    tasks = [asyncio.create_task(all_at_once(turns, work)) for work in (writes(1), hangs, writes(3))]
    await works.wait()
    tasks[1].cancel()
    async with asyncio.timeout(PATIENCE):
        first, second, third = await asyncio.gather(*tasks, return_exceptions=True)
    assert first == third == [None] and isinstance(second, asyncio.CancelledError)
    assert await written(database) == {1, 3}


async def test_who_is_cancelled_when_their_turn_comes_leaves_the_commit_undone_for_nobody(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was before them has seen them wait, and left it to them."""
    turns, release = database.turns(), asyncio.Lock.release
    first, second = (asyncio.create_task(all_at_once(turns, writes(number))) for number in (1, 2))

    def release_and_cancel(lock: asyncio.Lock) -> None:
        release(lock)
        second.cancel()

    monkeypatch.setattr(asyncio.Lock, "release", release_and_cancel)
    async with asyncio.timeout(PATIENCE):
        assert await first == [None]
    with pytest.raises(asyncio.CancelledError):
        await second
    assert await written(database) == {1}


async def test_who_is_cancelled_as_they_commit_keeps_nobody_waiting(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = database.turns()
    tasks = [asyncio.create_task(all_at_once(turns, writes(number))) for number in (1, 2, 3)]

    async def cancelled(_: object) -> None:
        tasks[-1].cancel()
        await asyncio.sleep(0)

    with monkeypatch.context() as patch:
        patch.setattr(AsyncSessionTransaction, "commit", cancelled)
        async with asyncio.timeout(PATIENCE):
            *others, last = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(last, asyncio.CancelledError)
    assert [type(error) for told in others for error in told] == [RuntimeError] * 2  # type: ignore[union-attr]
    assert await all_at_once(turns, writes(4)) == [None]
    assert await written(database) == {4}


async def test_nobody_is_cancelled_with_who_writes_for_them() -> None:
    writing = asyncio.Event()

    async def hangs_with_two(numbers: list[int]) -> None:
        await asyncio.sleep(0)
        if len(numbers) == 2:
            writing.set()
            await asyncio.Event().wait()

    together = Together(hangs_with_two)
    _, writes_for_both, waits = tasks = [asyncio.create_task(together(number)) for number in (1, 2, 3)]
    await writing.wait()
    writes_for_both.cancel()
    async with asyncio.timeout(PATIENCE):
        await asyncio.wait(tasks)
    assert writes_for_both.cancelled() and isinstance(waits.exception(), RuntimeError)


@contextmanager
def room_for(database: Database, more: int) -> Iterator[None]:
    """A disk that takes so many bytes more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    log = Path(f"{database.url.database}-wal")
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + more, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@only_sqlite  # a statement that fails for want of room undoes all of the transaction there
async def test_a_disk_that_is_full_in_the_middle_fails_for_all_until_then(database: Database) -> None:
    async def fills_the_disk(session: Session) -> None:
        session.add_all(Conversation(chat_id=n, data={"": "x" * 3000}) for n in range(1000, 3000))
        with room_for(database, 200_000):
            await session.flush()

    async def is_excused(session: Session) -> None:
        try:
            await fills_the_disk(session)
        except SQLAlchemyError:
            await session.rollback()
            await write(session, 2)

    async def begins(session: Session) -> None:
        await asyncio.sleep(0)  # until the others wait
        await write(session, 1)

    turns = database.turns()
    await all_at_once(turns, writes(0))
    for number, fills in enumerate((fills_the_disk, is_excused), 3):
        *told, after = await all_at_once(turns, begins, fills, writes(number))
        assert None not in told and after is None
    assert await written(database) == {0, 3, 4}
