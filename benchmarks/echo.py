"""What everything is compared with: aiogram alone, which answers each update with what it said.

Run as a process of its own: `python -m benchmarks.echo ADDRESS`.
"""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

from benchmarks.telegram import TOKEN


async def echo(message: Message) -> None:
    """Words for words."""
    await message.answer(message.text or "")


async def press(query: CallbackQuery) -> None:
    """A press: the toast, and the message edited."""
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.edit_text(query.data or "")


async def main(address: str) -> None:
    """Answer until killed."""
    session = AiohttpSession()
    session.api = TelegramAPIServer.from_base(address)
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    dispatcher.callback_query.register(press)
    await dispatcher.start_polling(Bot(TOKEN, session=session), handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
