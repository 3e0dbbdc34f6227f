"""Whether the bot is well: /healthz, for Docker, a proxy, a monitor and `school-bot health`."""

import asyncio

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot.db.base import Database
from bot.watch import Watch

# Longer than a question to Telegram that is answered by nothing new (30 s), repeated after a pause.
SILENT_SECONDS = 120
# A copy of a large database takes minutes.
RUNNING_SECONDS = 900
DATABASE_SECONDS = 5

WATCH, DATABASE = web.AppKey("watch", Watch), web.AppKey("database", Database)


def application(watch: Watch, database: Database) -> web.Application:
    """/healthz: 200 and "ok", or 503 and what is wrong, a line each, without anybody's data."""
    made = web.Application()
    made[WATCH], made[DATABASE] = watch, database
    made.router.add_get("/healthz", _healthz)
    return made


async def _healthz(request: web.Request) -> web.Response:
    wrong = [*silent(request.app[WATCH]), *await _database(request.app[DATABASE])]
    return web.Response(text="\n".join([*(wrong or ["ok"]), ""]), status=503 if wrong else 200)


def silent(watch: Watch) -> list[str]:
    """What is expected to live and gives no sign, a line each."""
    now = watch.now()
    found = [
        f"{part}: no sign of life for {now - at:.0f} s"
        for part, at in watch.alive.items()
        if now - at > SILENT_SECONDS
    ]
    for name, tick in watch.ticks.items():
        if tick.running_since is not None and now - tick.running_since > RUNNING_SECONDS:
            found.append(f"tick {name}: has been running for {now - tick.running_since:.0f} s")
        elif tick.running_since is None and now - tick.ended_at > SILENT_SECONDS:
            found.append(f"tick {name}: has not come round for {now - tick.ended_at:.0f} s")
    return found


async def _database(database: Database) -> list[str]:
    try:
        async with asyncio.timeout(DATABASE_SECONDS), database.read() as session:
            await session.execute(select(1))
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        return [f"database: does not answer ({type(error).__name__})"]
    return []
