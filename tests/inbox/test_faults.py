"""A database that fails at any statement: each update is handled once, in order, and answered once."""

import asyncio
import random
import sqlite3
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import SendMessage
from aiogram.types import Update
from sqlalchemy import insert, select

from bot import intake
from bot.config import Settings
from bot.db import sqlite
from bot.db.base import Database
from bot.db.inbox import Conversation, InboxUpdate, UpdateState
from bot.middlewares import Context
from tests.chat import Telegram
from tests.databases import only_sqlite
from tests.processes import PATIENCE
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, School

CHATS = (DIRECTOR, BERG, MASHA_MOTHER, PETYA_MOTHER)
UPDATES = 20
# What may fail of the driver's: to give a transaction up, or a connection, does not.
CALLS = {"execute", "executemany", "fetchall", "_rows", "commit"}
KINDS = ("statement", "mapped", "savepoint", "early", "fails", "breaks a rule")


class Faults:
    """Of the driver's calls some fail: by themselves, with the whole transaction, or after all was done."""

    def __init__(self, chance: random.Random, monkeypatch: pytest.MonkeyPatch) -> None:
        self.on, self.came = True, 0
        execute = sqlite.Connection._execute

        async def failing(connection: sqlite.Connection, call: Any, *rest: Any, **more: Any) -> Any:
            if not self.on or call.__name__ not in CALLS or chance.random() > 0.1:
                return await execute(connection, call, *rest, **more)
            self.came += 1
            how = chance.choice(("undone", "done" if call.__name__ == "commit" else "alone"))
            if how == "done":
                await execute(connection, call, *rest, **more)
            elif how == "undone" and connection._conn.in_transaction:
                connection._conn.execute("ROLLBACK")
            raise sqlite3.OperationalError

        monkeypatch.setattr(sqlite.Connection, "_execute", failing)


class Handling:
    """Instead of the dispatcher: each update writes a row, and a line into its conversation."""

    def __init__(self, settings: Settings, chance: random.Random) -> None:
        self._settings, self._chance, self._context = settings, chance, Context()
        self.kinds: dict[int, str] = {}

    async def feed_update(self, bot: Bot, update: Update, **data: Any) -> Any:
        assert update.message
        data |= {"bot": bot, "settings": self._settings, "event_from_user": update.message.from_user}
        return await self._context(self._handle, update, data)

    async def _handle(self, update: Any, data: dict[str, Any]) -> Any:
        session, state = data["session"], data["state"]
        kind = self.kinds.setdefault(update.update_id, self._chance.choice(KINDS))
        row = Conversation(chat_id=-update.update_id, data={})
        if kind == "early":
            await session.commit()
        if kind in ("statement", "early"):
            await session.execute(insert(Conversation).values(chat_id=-update.update_id, data={}))
        elif kind == "savepoint":
            async with session.begin_nested():
                session.add(row)
        else:
            session.add(row)
        if kind == "breaks a rule":
            session.add(Conversation(chat_id=DIRECTOR, data={}))
            session.add(Conversation(chat_id=DIRECTOR, data={}))
        await asyncio.sleep(0)
        said = (await state.get_data()).get("said", [])
        await state.set_data({"said": [*said, update.update_id]})
        if kind == "fails":
            await session.flush()
            raise KeyError
        return SendMessage(chat_id=update.message.chat.id, text=str(update.update_id))


async def sends(telegram: Telegram, chat_id: int, numbers: range) -> None:
    """Telegram sends the updates of a chat, each until it is taken."""
    for number in numbers:
        update = {"update_id": number, "message": telegram.chat(chat_id)._message("да")}
        while True:
            try:
                await telegram.intake.take([update])
                break
            except Exception:  # noqa: BLE001 - Telegram sends it again
                await asyncio.sleep(0.001)


async def unfinished(database: Database) -> bool:
    async with database.read() as session:
        return await session.scalar(select(InboxUpdate).where(InboxUpdate.chat_id.is_not(None))) is not None


@only_sqlite  # a server's connections are cut in test_replicas.py
@pytest.mark.parametrize("seed", range(30))
async def test_each_is_handled_once_in_order_and_answered_once(
    telegram: Telegram,
    school: School,
    database: Database,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(intake, "PAUSE_MAX", 0.02)
    handling, faults = Handling(settings, chance), Faults(chance, monkeypatch)
    monkeypatch.setattr(telegram.intake, "_dispatcher", SimpleNamespace(feed_update=handling.feed_update))
    looking = asyncio.create_task(telegram.intake.keep_up(0.01))
    numbers = {chat: range(100 * n, 100 * n + UPDATES) for n, chat in enumerate(CHATS, 10)}
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(sends(telegram, chat, mine) for chat, mine in numbers.items()))
        faults.on = False
        while await unfinished(database):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    looking.cancel()
    await telegram.intake.idle()
    async with database.read() as session:
        states = {row.update_id: row.state for row in await session.scalars(select(InboxUpdate))}
        kept = {row.chat_id: row.data for row in await session.scalars(select(Conversation))}
    done = {number for number, state in states.items() if state is UpdateState.DONE}
    assert faults.came and {-number for number in kept if number < 0} == done
    assert not done & {number for number, kind in handling.kinds.items() if kind in KINDS[-2:]}
    for chat, mine in numbers.items():
        assert kept.get(chat, {"said": []})["said"] == [number for number in mine if number in done]
        seen = Counter(each.text for each in telegram.chat(chat).messages)
        assert seen.total() == UPDATES and all(seen[str(number)] == 1 for number in mine if number in done)
