"""`run`, `sandbox` and `check`: what the configuration says, and the bot with it."""

import argparse
import asyncio
import gc
from typing import TYPE_CHECKING

import structlog

from bot import config
from bot.cli import private
from bot.cli.common import DONE, FAILED, USAGE, bring_up, say, the_clock, the_programme, the_texts
from bot.clock import Clock, FileClock
from bot.errors import StartError, where

if TYPE_CHECKING:
    from bot.config import Settings


def _several(settings: "Settings") -> list[str]:
    """What several processes would not agree on."""
    shared = settings.telegram.mode == "webhook" and not settings.database.url.startswith("sqlite")
    if not shared or settings.feedback.key.get_secret_value():
        return []
    return [
        "feedback.key is empty: each machine makes its own, and who writes an anonymous letter by way of one "
        "gets no answer by way of another; with several, write the same key everywhere"
    ]


def _old_sqlite(settings: "Settings") -> list[str]:
    import sqlite3

    from bot.db.base import SQLITE_SOUND

    if not settings.database.url.startswith("sqlite") or sqlite3.sqlite_version_info >= SQLITE_SOUND:
        return []
    sound = ".".join(map(str, SQLITE_SOUND))
    return [
        f"SQLite {sqlite3.sqlite_version} of this Python can, rarely, damage its file (mended in {sound}): "
        "keep copies of the database"
    ]


def run(options: argparse.Namespace, settings: "Settings") -> int:
    """Start the bot."""
    if not settings.telegram.token.get_secret_value():
        return say(
            USAGE,
            f"{options.config}, telegram.token: is missing; take it from @BotFather, "
            "or try `school-bot sandbox`",
        )
    return _serve(options, settings, the_clock())


def _serve(options: argparse.Namespace, settings: "Settings", clock: Clock) -> int:
    programme = the_programme(settings)
    from bot import log
    from bot.db.base import Database

    log.configure(settings, verbose=options.verbose)
    database = Database(settings.database.url)
    bring_up(database.url)
    settings = config.with_key(settings, database.key_file)
    for warning in private.exposed(options.config, settings):
        structlog.get_logger().warning(warning)
    # Importing aiogram makes a million objects that stay: the collector need not look at them, now or later.
    gc.disable()
    from bot.app import run

    gc.freeze()
    gc.enable()

    async def serve() -> None:
        try:
            await run(settings, programme, clock, database, 1 if isinstance(clock, FileClock) else 20)
        finally:
            await database.close()

    try:
        asyncio.run(serve())
    except StartError as error:
        return say(USAGE, f"{options.config}, {error}")
    except Exception as error:  # noqa: BLE001 - a traceback's last line may quote what people wrote
        structlog.get_logger().error("stopped by an error", error=where(error))
        return FAILED
    return DONE


def sandbox(options: argparse.Namespace, settings: "Settings") -> int:
    """The bot with a local Telegram and a demonstration school."""
    programme = the_programme(settings)
    print("Starting, this takes a few seconds...", flush=True)
    from bot import demo, log
    from bot.db.migrate import MigrationError

    log.configure(settings, verbose=options.verbose)
    if options.fresh:
        demo.forget()
    try:
        settings = demo.prepare(settings)
        asyncio.run(demo.serve(settings, programme, options.port, empty=options.empty))
    except MigrationError as error:
        return say(FAILED, f"{demo.DATABASE}: {error}; --fresh starts over")
    except config.ConfigError as error:
        return say(FAILED, *error.problems)
    except StartError as error:
        return say(USAGE, f"{options.config}, {error}")
    except OSError as error:
        return say(FAILED, f"--port {options.port}: {error.strerror}; give another")
    return DONE


def check(options: argparse.Namespace, settings: "Settings") -> int:
    """Say what is odd in the configuration and the programme file."""
    programme = the_programme(settings)
    from bot.programme.load import warnings
    from bot.ui.programme_words import oddity

    odd = [oddity(the_texts(), each) for each in warnings(programme)]
    exposed = private.exposed(options.config, settings)
    for warning in [*odd, *_several(settings), *_old_sqlite(settings), *exposed]:
        print(f"warning: {warning}")
    print(
        f"{programme.school.name}: {len(programme.indicators)} indicators, "
        f"{len(programme.activities)} activities, {len(settings.school.admins)} admins; "
        "configuration and programme are valid"
    )
    return DONE
