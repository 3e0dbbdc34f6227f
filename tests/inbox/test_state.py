"""The conversation that is committed with an update's effects."""

from functools import partial

from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import select

from bot.conversations import Storage
from bot.db import inbox
from bot.db.base import Database
from bot.db.inbox import Stand

CHAT = 7
KEY = StorageKey(bot_id=42, chat_id=CHAT, user_id=CHAT)


async def test_what_is_set_after_a_rollback_is_put_away(database: Database) -> None:
    async with database.write() as session:
        storage = Storage(partial(inbox.conversation, session))
        await storage.set_state(KEY, "Steps:first")
        await session.rollback()
        storage.undo()
        assert (await storage.get_state(KEY), storage.change) == (None, None)
        await storage.set_state(KEY, "Steps:second")
        assert storage.change
        await inbox.put_away(session, *storage.change)
        await session.commit()
    async with database.read() as session:
        assert await inbox.conversation(session, CHAT) == Stand("Steps:second")


async def test_a_conversation_goes_on_and_ends_without_a_trace(database: Database) -> None:
    async with database.write() as session:
        for stand in (Stand("Steps:first", {"words": ["да"]}), Stand("Steps:second", {}), Stand()):
            await inbox.put_away(session, CHAT, stand)
            assert await inbox.conversation(session, CHAT) == stand
        assert not (await session.scalars(select(inbox.Conversation))).all()
