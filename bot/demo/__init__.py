"""The demonstration: the same bot against a local Telegram, with an invented school to play with."""

from collections.abc import Sequence
from datetime import time
from pathlib import Path

from pydantic import SecretStr

from bot.app import run
from bot.clock import FileClock
from bot.config import Settings, with_key
from bot.db.base import Database
from bot.db.migrate import migrate
from bot.demo.school import DIRECTOR, Player, found, players
from bot.programme.model import Programme
from sandbox.server import Sandbox

DATABASE, CLOCK = Path("data/sandbox.db"), Path("data/sandbox.clock")
TOKEN = "1:SANDBOX"  # noqa: S105 - the local Telegram knows no other


def forget() -> None:
    """Start over: the demonstration's database and clock go, and nothing else."""
    for suffix in ("", "-wal", "-shm"):
        DATABASE.with_name(DATABASE.name + suffix).unlink(missing_ok=True)
    DATABASE.with_suffix(".key").unlink(missing_ok=True)
    CLOCK.unlink(missing_ok=True)


def prepare(settings: Settings) -> Settings:
    """The settings for the demonstration, its database migrated.

    Raises MigrationError where the database cannot be used, ConfigError where the key beside it cannot.
    """
    changes = {
        "telegram": {"token": SecretStr(TOKEN), "proxy": "", "mode": "polling"},
        "school": {"admins": (DIRECTOR,)},
        # Whoever tries it in the evening wants to see messages arrive: no quiet hours.
        "delivery": {"quiet_from": time(0), "quiet_to": time(0)},
        "backup": {"keep": 0},
        "database": {"url": f"sqlite+aiosqlite:///{DATABASE}"},
        "redis": {"url": ""},
    }
    sections = {name: getattr(settings, name).model_copy(update=change) for name, change in changes.items()}
    settings = settings.model_copy(update=sections)
    database = Database(settings.database.url)
    migrate(database.url)
    return with_key(settings, database.key_file)


async def serve(settings: Settings, programme: Programme, port: int, *, empty: bool) -> None:
    """Start the local Telegram and run the bot against it until SIGTERM or SIGINT.

    Raises OSError where the port is taken.
    """
    sandbox = Sandbox(token=TOKEN, clock_file=CLOCK)
    address = await sandbox.start("127.0.0.1", port)
    database = Database(settings.database.url)
    clock = FileClock(CLOCK)
    telegram = settings.telegram.model_copy(update={"api_base": address.rstrip("/")})
    try:
        if not empty:
            await found(database, settings, programme, clock.now())
        people = await players(database)
        for player in people:
            names = {"first_name": player.name, "last_name": f"({player.what})"}
            sandbox.world.add_user(id=player.telegram_id, started=True, **names)
        if not people:
            sandbox.world.add_user(id=DIRECTOR, first_name="Директор")
        print(_words(address, people), flush=True)
        await run(settings.model_copy(update={"telegram": telegram}), programme, clock, database, 1)
    finally:
        await database.close()
        await sandbox.stop()


def _words(address: str, people: Sequence[Player]) -> str:
    shown = [f"  {player.name}, {player.what}" for player in people[:9]]
    who = ["Choose somebody there and write /menu:", *shown] if people else [
        "The school is empty: choose «Директор» there and write /start."
    ]  # fmt: skip
    if len(people) > len(shown):
        who.append(f"  and {len(people) - len(shown)} more parents")
    return "\n".join(
        [
            "",
            f"sandbox: {address}",
            "Open this address in a browser: it is a local Telegram, nothing leaves this computer.",
            *who,
            f"The school lies in {DATABASE}; `python -m bot sandbox --fresh` starts over. Ctrl+C ends.",
            "",
        ]
    )
