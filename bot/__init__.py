"""A school's Telegram bot: its programme against school failure, carried out in a chat."""

from bot import aiogram_lazily

__version__ = "0.1.0"

aiogram_lazily.when_imported()
