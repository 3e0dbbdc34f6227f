"""The conversation that is committed with an update's effects."""

from aiogram.fsm.storage.base import StorageKey

from bot.conversations import SessionStorage
from bot.db.base import Database

KEY = StorageKey(bot_id=42, chat_id=7, user_id=7)


async def test_what_is_set_after_a_rollback_is_stored(database: Database) -> None:
    async with database.write() as session:
        storage = SessionStorage(session)
        await storage.set_state(KEY, "Steps:first")
        await session.rollback()
        storage.undo()
        assert await storage.get_state(KEY) is None
        await storage.set_state(KEY, "Steps:second")
        await session.commit()
    async with database.read() as session:
        assert await SessionStorage(session).get_state(KEY) == "Steps:second"
