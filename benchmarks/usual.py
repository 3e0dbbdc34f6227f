"""The usual stack: aiogram and SQLAlchemy, a session and a commit an update, answered within the handler.

Run as a process of its own: `python -m benchmarks.usual ADDRESS DATABASE-URL`. SQLite as it comes: what is
committed is as safe as the bot's, but in a rollback journal.
"""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from benchmarks.telegram import TOKEN


class Base(DeclarativeBase):
    """The declarative base."""


class Writer(Base):
    """Who writes."""

    __tablename__ = "writers"

    id: Mapped[int] = mapped_column(primary_key=True)


class Words(Base):
    """What they wrote."""

    __tablename__ = "words"

    id: Mapped[int] = mapped_column(primary_key=True)
    writer_id: Mapped[int]
    text: Mapped[str]


async def keep(message: Message, sessions: async_sessionmaker[AsyncSession]) -> None:
    """Who is it? Keep what they say, and answer."""
    async with sessions() as session:
        writer = await session.scalar(select(Writer).where(Writer.id == message.chat.id))
        if writer is None:
            session.add(Writer(id=message.chat.id))
        session.add(Words(writer_id=message.chat.id, text=message.text or ""))
        await session.commit()
        await message.answer(message.text or "")


async def main(address: str, url: str) -> None:
    """Answer until killed."""
    engine = create_async_engine(url, connect_args={"timeout": 60})
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    http = AiohttpSession()
    http.api = TelegramAPIServer.from_base(address)
    dispatcher = Dispatcher(sessions=async_sessionmaker(engine))
    dispatcher.message.register(keep)
    await dispatcher.start_polling(Bot(TOKEN, session=http), handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
