"""Ticks: they come at once and again, whatever the clock says and whatever one of them does."""

import asyncio

import pytest

from bot.config import Settings
from bot.db.base import Database
from bot.programme.calendar import Calendar
from bot.scheduler import Context, build
from tests.chat import the_programme
from tests.conftest import StoppedClock


@pytest.mark.parametrize("days", [-400, 0, 400])
async def test_a_moved_clock_neither_stalls_nor_stops_them(
    database: Database, clock: StoppedClock, settings: Settings, days: int
) -> None:
    """A clock in the past once made it count every missed second, one in the future made it wait."""
    clock.move(days=days)
    came = asyncio.Event()

    async def tick(context: Context) -> None:
        came.set()

    context = Context(database, clock, settings, the_programme(), Calendar(vacations=()), lambda: None)
    scheduler = build(context, {"it": tick}, 1)
    scheduler.start()
    try:
        async with asyncio.timeout(5):
            await came.wait()
    finally:
        scheduler.shutdown(wait=False)


async def test_one_that_fails_comes_round_again_and_the_others_too(
    database: Database, clock: StoppedClock, settings: Settings
) -> None:
    calls: list[str] = []
    done = asyncio.Event()

    async def fails(context: Context) -> None:
        calls.append("fails")
        if calls.count("fails") == 2:
            done.set()
        raise RuntimeError

    async def works(context: Context) -> None:
        calls.append("works")

    context = Context(database, clock, settings, the_programme(), Calendar(vacations=()), lambda: None)
    scheduler = build(context, {"fails": fails, "works": works}, 0.05)
    scheduler.start()
    try:
        async with asyncio.timeout(5):
            await done.wait()
    finally:
        scheduler.shutdown(wait=False)
    assert "works" in calls
