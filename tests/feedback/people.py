"""What people do with letters, in as few words as they take."""

from typing import Any

from sqlalchemy import select

from bot.config import Settings
from bot.db.base import Database
from bot.db.feedback import Ticket
from bot.features.feedback import telling
from tests.chat import Chat
from tests.fixtures import StoppedClock

TEACHER = "Берг А.И."
DIRECTOR = "Динер Н.М."


def photo(number: int, **more: Any) -> dict[str, Any]:
    """A photo as Telegram sends it: the content of a message."""
    return {
        "photo": [{"file_id": f"photo-{number}", "file_unique_id": f"u{number}", "width": 90, "height": 90}],
        **more,
    }


def voice(name: str = "voice-1", size: int = 2000) -> dict[str, Any]:
    return {"voice": {"file_id": name, "file_unique_id": name, "duration": 3, "file_size": size}}


def sticker() -> dict[str, Any]:
    return {
        "sticker": {
            "file_id": "s1",
            "file_unique_id": "s1",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
    }


async def begins(chat: Chat, topic: str = "Вопрос", about: str | None = None) -> None:
    """Choose what to write; then the words are waited for."""
    await chat.says("/feedback")
    await chat.presses(topic)
    if about:
        await chat.presses(about)


async def writes(
    chat: Chat,
    words: str = "Когда собрание?",
    *,
    topic: str = "Вопрос",
    about: str | None = None,
    to: str = TEACHER,
    named: bool = True,
    quote: str | None = None,
) -> int:
    """A whole letter; its number."""
    await begins(chat, topic, about)
    await chat.says(words)
    await chat.presses(to)
    await chat.presses("От своего имени" if named else "Без имени")
    if quote:
        await chat.presses(quote)
    assert "отправлено" in chat.last.text, chat.last.text
    return int(chat.last.text.partition("<b>")[2].partition("</b>")[0])


async def tick(database: Database, settings: Settings, clock: StoppedClock) -> None:
    """Tell what could not be told at once."""
    async with database.write() as session:
        await telling.tell(session, settings, clock.now())
        await session.commit()


async def ticket(database: Database, number: int) -> Ticket:
    async with database.read() as session:
        return (await session.scalars(select(Ticket).where(Ticket.number == number))).one()
