"""Several processes on one PostgreSQL: each update handled once, in order; one leads, then another."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import URL

from bot.config import Settings
from bot.db.base import Database
from bot.db.inbox import InboxUpdate
from bot.db.locks import Locks
from bot.ui.screen import Reply
from tests.chat import Telegram
from tests.databases import POSTGRES, ask
from tests.fixtures import StoppedClock
from tests.processes import PATIENCE
from tests.school import DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, School

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not POSTGRES, reason="SQLite has one process; SCHOOLBOT_TEST_POSTGRES=1 has a server"),
]
LEADERS = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 7410002 AND granted"


@pytest.fixture
async def replicas(
    settings: Settings, database: Database, clock: StoppedClock, school: School
) -> AsyncIterator[list[Telegram]]:
    """Three processes, as far as one can be three: each with connections of its own, one Telegram."""
    made: list[Telegram] = []
    locks = []
    for _ in range(3):
        own = Database(database.url.render_as_string(hide_password=False))
        locks.append(Locks(own))
        wire = made[0].wire if made else None
        made.append(Telegram(settings, own, clock, wire, alone=locks[-1].chat, shared=True))
    yield made
    for each, lock in zip(made, locks, strict=True):
        await lock.close()
        await each.database.close()


async def unfinished(database: Database) -> list[int]:
    async with database.read() as session:
        query = select(InboxUpdate.update_id).where(InboxUpdate.chat_id.is_not(None))
        return list(await session.scalars(query))


async def test_one_chat_by_way_of_all_keeps_its_order(
    replicas: list[Telegram], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each update by way of another process, of which one is slow: all are answered in order, and once."""
    first = replicas[0]
    send = first.intake._send

    async def slow(reply: Reply) -> None:
        for _ in range(20):
            await unfinished(database)
        await send(reply)

    monkeypatch.setattr(first.intake, "_send", slow)
    mother, other = first.chat(MASHA_MOTHER), first.chat(PETYA_MOTHER)
    for number in range(12):
        words = ["/menu", "/help", "/language"][number % 3]
        for chat, update_id in ((mother, 700 + number), (other, 800 + number)):
            update = {"update_id": update_id, "message": chat._message(words)}
            # Telegram waits for the 200 before it sends the next of a chat; some it sends twice.
            await replicas[number % 3].intake.take([update])
            await replicas[(number + 1) % 3].intake.take([update])
    for each in replicas:
        await each.intake.idle()
    for chat in (mother, other):
        kinds = ["Чем помочь?" in m.text or "Русский" in " ".join(m.buttons) for m in chat.messages]
        assert kinds == [True, False, True] * 4
    assert await unfinished(database) == []


async def test_what_a_killed_one_left_is_taken_up_by_another(
    replicas: list[Telegram], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead, alive, _ = replicas
    mother, other = alive.chat(MASHA_MOTHER), alive.chat(PETYA_MOTHER)

    # One dies with an update in the inbox, and with another handled and not answered.
    async def silent(_: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(dead.intake, "_send", silent)
    monkeypatch.setattr(dead.intake, "_alone", lambda _: contextlib.nullcontext())
    await dead.intake.take([{"update_id": 700, "message": mother._message("/menu")}])
    async with asyncio.timeout(PATIENCE):
        while await handled(database) != [700]:
            pass  # asked of the server: the others have their turn meanwhile
    monkeypatch.setattr(dead.intake, "_enqueue", lambda *_: None)
    await dead.intake.take([{"update_id": 701, "message": other._message("/menu")}])
    await dead.intake.take([{"update_id": 702, "message": other._message("/help")}])

    looking = asyncio.create_task(alive.intake.keep_up(0.05))
    async with asyncio.timeout(PATIENCE):
        while await unfinished(database):
            pass
    looking.cancel()
    assert [m.text for m in mother.messages] == ["Чем помочь?"]
    menu, help_ = other.messages
    assert menu.text == "Чем помочь?" != help_.text
    for worker in dead.intake._workers:
        worker.cancel()


async def handled(database: Database) -> list[int]:
    async with database.read() as session:
        query = select(InboxUpdate.update_id).where(InboxUpdate.replies.is_not(None))
        return list(await session.scalars(query))


async def test_a_server_that_goes_away_in_the_middle_loses_nothing(
    replicas: list[Telegram], database: Database, address_of: Callable[[str], URL]
) -> None:
    """Every connection is cut while a menu is asked for: the update waits, and is handled again."""
    one, *_ = replicas
    chat = one.chat(DIRECTOR)
    await one.intake.take([{"update_id": 700, "message": chat._message("/menu")}])
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"
    await asyncio.to_thread(ask, address_of("postgres"), cut.format(database.url.database))
    looking = asyncio.create_task(one.intake.keep_up(0.05))
    async with asyncio.timeout(PATIENCE):
        while await unfinished(database) or not chat.messages:
            pass
    looking.cancel()
    assert {m.text for m in chat.messages} == {"Чем помочь?"}


async def test_one_leads_and_another_after_it(database: Database, address_of: Callable[[str], URL]) -> None:
    first, second = Locks(database), Locks(database)
    await first.lead()
    following = asyncio.create_task(second.lead())
    lost = asyncio.create_task(first.until_lost())
    done, _ = await asyncio.wait({following, lost}, timeout=1.5)
    assert not done
    ((pid,),) = await asyncio.to_thread(ask, database.url, LEADERS)
    async with asyncio.timeout(PATIENCE):
        await asyncio.to_thread(ask, address_of("postgres"), f"SELECT pg_terminate_backend({pid})")
        await asyncio.gather(following, lost)
    assert len(await asyncio.to_thread(ask, database.url, LEADERS)) == 1
    # Who leads no more contends again.
    again = asyncio.create_task(first.lead())
    await second.close()
    async with asyncio.timeout(PATIENCE):
        await again
    await first.close()
