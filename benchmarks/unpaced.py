"""The bot without Telegram's pace and without the limit for who floods: they would be what is measured.

Run as a process of its own: `python -m benchmarks.unpaced ADDRESS DATABASE-URL [ADMIN]`.
"""

import asyncio
import sys

from benchmarks.telegram import TOKEN
from bot import log
from bot.app import run
from bot.clock import Clock
from bot.config import Settings
from bot.db.base import Database
from bot.programme.load import load


async def main(address: str, url: str, *admins: str) -> None:
    """Run until killed."""
    settings = Settings.model_validate(
        {
            "telegram": {"token": TOKEN, "api_base": address},
            "school": {"admins": admins},
            "feedback": {"key": "b" * 32},
            "backup": {"keep": 0},
            "limits": {"burst": 1_000_000},
        }
    )
    pace = {"per_second": 100_000, "per_chat_per_second": 100_000}
    delivery = settings.delivery.model_copy(update=pace)
    settings = settings.model_copy(
        update={"delivery": delivery, "log": settings.log.model_copy(update={"level": "warning"})}
    )
    log.configure(settings)
    await run(settings, load(), Clock(), Database(url))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
