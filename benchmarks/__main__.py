"""`python -m benchmarks` (make bench): every figure that the README gives, measured on this machine.

Milliseconds differ from machine to machine; compare the ratios within one run.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from bot.clock import Clock
from bot.config import Settings
from bot.db.access import load_actor
from bot.db.base import Database
from bot.db.migrate import migrate
from bot.demo.school import DIRECTOR, found
from bot.features import indicators
from bot.programme.load import load
from bot.texts import texts
from bot.ui import indicators as ui

ROUNDS = 50
PUPILS = 1000


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """The median of many rounds, in milliseconds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        await work()
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)


async def status(folder: Path) -> tuple[float, float]:
    """/status on the demonstration school without network, and one empty transaction beside it."""
    settings = Settings.model_validate({"school": {"admins": [DIRECTOR]}})
    programme, now, t = load(), Clock().now(), texts("ru")
    database = Database(f"sqlite+aiosqlite:///{folder / 'demo.db'}")
    migrate(database.url)
    await found(database, settings, programme, now)
    today = now.astimezone(settings.school.zone).date()

    async def ask() -> None:
        async with database.read() as session:
            actor = await load_actor(session, DIRECTOR, today, (DIRECTOR,))
            assert actor is not None  # noqa: S101 - the demonstration has a director
            standings = await indicators.status(session, actor, programme, today, settings)
        ui.status(t, programme, standings, today.year)

    async def nothing() -> None:
        async with database.read() as session:
            await load_actor(session, DIRECTOR, today, (DIRECTOR,))

    try:
        return await timed(ask), await timed(nothing)
    finally:
        await database.close()


def import_roster(folder: Path) -> tuple[float, float]:
    """The whole command for 1,000 pupils with two guardians each, in seconds; and the command for none."""
    letters = "абвгдежзиклмнопрстуфхцчшэюя"

    def word(number: int) -> str:
        return "".join(letters[(number // 27**place + place) % 27] for place in range(5)).capitalize()

    lines = ["класс;фамилия;имя;отчество;родитель 1;кем приходится 1;родитель 2;кем приходится 2"]
    lines += [
        f"{n % 11 + 1}А;{word(n)};{word(n + 7)};{word(n + 9)};"
        f"{word(n)} {word(n + 1)};мать;{word(n)} {word(n + 2)};отец"
        for n in range(PUPILS)
    ]
    (folder / "roster.csv").write_text("\n".join(lines), encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}

    def command(*arguments: str) -> float:
        start = time.perf_counter()
        subprocess.run(  # noqa: S603 - our own
            [sys.executable, "-m", "bot", *arguments],
            cwd=folder,
            env=env,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return time.perf_counter() - start

    return command("import-roster", "roster.csv"), command("check")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ask, nothing = asyncio.run(status(folder))
        print(
            f"/status, demonstration school, no network: {ask:.1f} ms "
            f"({ask / nothing:.1f} x loading the actor)"
        )
        took, check = import_roster(folder)
        print(f"import-roster, {PUPILS} pupils, whole process: {took:.1f} s ({took / check:.1f} x `check`)")


if __name__ == "__main__":
    main()
