"""A school's Telegram bot: its programme against school failure, carried out in a chat."""

__version__ = "0.1.0"
