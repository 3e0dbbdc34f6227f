"""What tests of notes do again and again."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from bot.db.base import Base
from tests.chat import Chat, Telegram
from tests.school import BERG


async def compose(chat: Chat, pupil: str = "Маша", school_class: str = "5А", text: str = "Молодец!") -> None:
    """As far as the preview."""
    await chat.says("/note")
    if school_class in chat.last.buttons:
        await chat.presses(school_class)
    await chat.presses(pupil)
    await chat.presses("Похвалить")
    await chat.says(text)


async def send(telegram: Telegram, who: int = BERG, **note: str) -> Chat:
    """A note on its way."""
    chat = telegram.chat(who)
    await compose(chat, **note)
    await chat.presses("Отправить")
    return chat


async def count(telegram: Telegram, table: type[Base]) -> int:
    """How many rows there are."""
    async with telegram.database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def rows(telegram: Telegram, table: type[Any]) -> Sequence[Any]:
    """All rows."""
    async with telegram.database.read() as session:
        return (await session.scalars(select(table).order_by(table.id))).all()


async def change(telegram: Telegram, statement: Any) -> None:
    """Change the database past the bot."""
    async with telegram.database.write() as session:
        await session.execute(statement)
        await session.commit()


def photo(name: str, size: int = 1000) -> dict[str, Any]:
    """A photo as a message carries it."""
    sizes = {"width": 90, "height": 90}
    return {
        "photo": [
            {"file_id": f"small-{name}", "file_unique_id": "s", "file_size": 10, **sizes},
            {"file_id": name, "file_unique_id": name, "file_size": size, **sizes},
        ]
    }
