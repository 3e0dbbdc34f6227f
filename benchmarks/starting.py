"""From the command to the first getUpdates, and the memory of a bot that has nothing to do."""

import asyncio
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.telegram import Crowd, polling
from benchmarks.updates import words

ROUNDS = 5
# For what is done once after the start.
SETTLING_SECONDS = 3


class Start(NamedTuple):
    """Seconds to the first getUpdates, megabytes afterwards."""

    seconds: float
    megabytes: float


async def start(module: str, *arguments: str) -> Start:
    """Start a bot once."""
    begun = time.perf_counter()
    async with polling(Crowd([], words, 0), module, *arguments) as process:
        took = time.perf_counter() - begun
        await asyncio.sleep(SETTLING_SECONDS)
        return Start(took, memory(process))


def memory(process: int | str, what: str = "VmRSS") -> float:
    """Megabytes that a process has in memory; "VmHWM": has had at the most."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    (kilobytes,) = (line.split()[1] for line in status.splitlines() if line.startswith(what))
    return int(kilobytes) / 1024


async def compare(url: str) -> tuple[Start, Start]:
    """The medians of aiogram alone and of the bot, started in turn."""
    echo, bot = [], []
    for _ in range(ROUNDS):
        echo.append(await start("benchmarks.echo"))
        bot.append(await start("benchmarks.unpaced", url))
    return middle(echo), middle(bot)


def middle(rounds: list[Start]) -> Start:
    """The median of each figure."""
    return Start(*(median(figures) for figures in zip(*rounds, strict=True)))
