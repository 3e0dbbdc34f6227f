"""The demonstration: the same bot against a local Telegram, with an invented school to play with."""

import asyncio
import os
import sys
import webbrowser
from collections.abc import Sequence
from datetime import time
from importlib.resources import as_file, files
from pathlib import Path

from pydantic import SecretStr

from bot.app import run
from bot.clock import FileClock
from bot.config import Settings, with_key
from bot.db.base import Database
from bot.db.migrate import migrate
from bot.demo import invitations
from bot.demo.school import DIRECTOR, Player, found, players
from bot.programme.model import Programme
from bot.texts import texts
from bot.ui.accounts import set_commands
from bot.ui.slips_words import link
from sandbox import USERNAME
from sandbox.server import Sandbox
from sandbox.world import World

DATABASE, CLOCK = Path("data/sandbox.db"), Path("data/sandbox.clock")
# The id of somebody who has not come yet; of the next one, when they have.
STRANGER = 900
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
    with as_file(files("bot.demo") / "tour.toml") as tour:
        zone = str(settings.school.zone)
        sandbox = Sandbox(token=TOKEN, clock_file=CLOCK, zone=zone, tour=None if empty else tour)
    address = await sandbox.start("127.0.0.1", port)
    database = Database(settings.database.url)
    clock = FileClock(CLOCK)
    telegram = settings.telegram.model_copy(update={"api_base": address.rstrip("/")})
    try:
        if not empty:
            await found(database, settings, programme, clock.now())
        people = await players(database, settings, clock.now())
        slip = await invitations.slip(database, settings, clock.now(), DIRECTOR) if people else None
        _give_phones(sandbox.world, people, slip)
        print(_words(address, people), flush=True)
        _show(address)
        await run(settings.model_copy(update={"telegram": telegram}), programme, clock, database, 1)
    finally:
        await database.close()
        await sandbox.stop()


def _give_phones(world: World, people: Sequence[Player], slip: tuple[str, str] | None) -> None:
    """Everybody of the school, and a stranger with a slip of paper, are people of the local Telegram."""
    for player in people:
        place = {"group": player.group, "about": player.what}
        world.add_user(id=player.telegram_id, first_name=player.name, started=True, **place)
        # As if they had come in here: the menu of commands is Telegram's to remember.
        menu = set_commands(texts("ru"), player.telegram_id, player.roles)
        scope = (f"chat:{player.telegram_id}", "")
        world.commands[scope] = [command.model_dump() for command in menu.commands]
    if not people:
        world.add_user(id=DIRECTOR, first_name="Директор", group="director", about="Школа ещё пуста")
    if slip:
        code, child = slip
        world.add_user(
            id=max(STRANGER, *(player.telegram_id + 1 for player in people)),
            first_name="Гость",
            group="stranger",
            about=f"Получил листок: {child}",
            slip=link(USERNAME, code),
        )


def _words(address: str, people: Sequence[Player]) -> str:
    who = (
        f"{len(people)} people are there, each with a phone; «Экскурсия» leads through what a role can do."
        if people
        else "The school is empty: press «Начать» on the director's phone."
    )
    return "\n".join(
        [
            "",
            f"sandbox: {address}",
            "Open this address in a browser: it is a local Telegram, nothing leaves this computer.",
            who,
            f"The school lies in {DATABASE}; `python -m bot sandbox --fresh` starts over. Ctrl+C ends.",
            "",
        ]
    )


def _show(address: str) -> None:
    """Open the page where somebody sits in front of this computer; without waiting for the browser."""
    window = os.name == "nt" or sys.platform == "darwin" or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    if window and sys.stdout.isatty():
        asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)
