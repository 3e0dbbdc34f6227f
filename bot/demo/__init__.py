"""The demonstration: the same bot against a local Telegram, with an invented school to play with."""

from pathlib import Path

from pydantic import SecretStr

from bot.app import run
from bot.clock import FileClock
from bot.config import Settings
from bot.db.base import Database
from bot.db.migrate import migrate
from bot.demo.school import DIRECTOR, Player, found, players
from bot.programme.model import Programme
from sandbox.server import Sandbox

FOLDER = Path("data")
TOKEN = "1:SANDBOX"  # noqa: S105 - the local Telegram knows no other


async def serve(settings: Settings, programme: Programme, *, port: int, fresh: bool, empty: bool) -> None:
    """Start the local Telegram and run the bot against it until SIGTERM or SIGINT.

    Raises OSError where the port is taken, MigrationError where the database cannot be used.
    """
    FOLDER.mkdir(exist_ok=True)
    path, clock_file = FOLDER / "sandbox.db", FOLDER / "sandbox.clock"
    if fresh:
        for file in (path, path.with_name("sandbox.db-wal"), path.with_name("sandbox.db-shm"), clock_file):
            file.unlink(missing_ok=True)
    sandbox = Sandbox(token=TOKEN, clock_file=clock_file)
    address = await sandbox.start("127.0.0.1", port)
    try:
        database = Database(f"sqlite+aiosqlite:///{path}")
        settings = settings.model_copy(
            update={
                "telegram": settings.telegram.model_copy(
                    update={"token": SecretStr(TOKEN), "api_base": address.rstrip("/"), "proxy": ""}
                ),
                "school": settings.school.model_copy(update={"admins": (DIRECTOR,)}),
            }
        )
        migrate(database.url)
        clock = FileClock(clock_file)
        try:
            if not empty:
                await found(database, settings, programme, clock.now())
            people = await players(database)
            for player in people:
                sandbox.world.add_user(id=player.telegram_id, first_name=player.name, started=True)
            print(_words(address, people, path))
            await run(settings, programme, clock, database, tick_seconds=1)
        finally:
            await database.close()
    finally:
        await sandbox.stop()
