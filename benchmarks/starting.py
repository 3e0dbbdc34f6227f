"""From the command to the first getUpdates; the memory of a bot at rest, before and after heavy work."""

import asyncio
import time
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.telegram import Crowd, polling, press
from bot.demo.school import DIRECTOR
from bot.ui.indicators import StatusView, View
from bot.ui.indicators.reporting import ReportFile

ROUNDS, HEAVY = 5, 12
# For what is done once after the start.
SETTLING_SECONDS = 3


class Start(NamedTuple):
    """Seconds to the first getUpdates; megabytes at rest, and after pictures and reports."""

    seconds: float
    megabytes: float
    afterwards: float


def heavy(person: int, number: int) -> dict[str, Any]:
    """The picture of /status, the workbook and the document, in turn."""
    days = {"on": "2026-11-26", "first": "2026-09-01"}
    asked = StatusView(view=View.PICTURE), ReportFile(kind="xlsx", **days), ReportFile(kind="docx", **days)
    return press(person, number, asked[number % 3].pack())


async def start(module: str, *arguments: str) -> Start:
    """Start a bot once."""
    begun = time.perf_counter()
    crowd = Crowd([DIRECTOR], heavy, HEAVY)
    async with polling(crowd, module, *arguments) as process:
        took = time.perf_counter() - begun
        await asyncio.sleep(SETTLING_SECONDS)
        idle = memory(process)
        crowd.begin()
        await asyncio.wait_for(crowd.done.wait(), 120)
        await asyncio.sleep(SETTLING_SECONDS)
        return Start(took, idle, memory(process))


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
        bot.append(await start("benchmarks.unpaced", url, str(DIRECTOR)))
    return middle(echo), middle(bot)


def middle(rounds: list[Start]) -> Start:
    """The median of each figure."""
    return Start(*(median(figures) for figures in zip(*rounds, strict=True)))
