"""Ticks: they come at once and again, whatever the clock says and whatever one of them does."""

import asyncio

import pytest

from bot.scheduler import Context, build, finish
from tests.fixtures import StoppedClock
from tests.processes import PATIENCE


@pytest.mark.parametrize("days", [-400, 0, 400])
async def test_a_moved_clock_neither_stalls_nor_stops_them(
    context: Context, clock: StoppedClock, days: int
) -> None:
    """A clock in the past once made it count every missed second, one in the future made it wait."""
    clock.move(days=days)
    came = asyncio.Event()

    async def tick(context: Context) -> None:
        came.set()

    scheduler = build(context, {"it": tick}, 1)
    scheduler.start()
    try:
        async with asyncio.timeout(PATIENCE):
            await came.wait()
    finally:
        scheduler.shutdown(wait=False)


async def test_one_that_fails_comes_round_again_and_the_others_too(
    context: Context,
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

    scheduler = build(context, {"fails": fails, "works": works}, 0.05)
    scheduler.start()
    try:
        async with asyncio.timeout(PATIENCE):
            await done.wait()
    finally:
        scheduler.shutdown(wait=False)
    assert "works" in calls


async def test_at_the_end_what_runs_is_finished_and_nothing_begun(context: Context) -> None:
    """A tick that was cancelled in the middle of a transaction once left a traceback in the log."""
    begun, may_end = asyncio.Event(), asyncio.Event()
    said: list[str] = []

    async def tick(context: Context) -> None:
        said.append("begun")
        begun.set()
        await may_end.wait()
        said.append("ended")

    scheduler = build(context, {"it": tick}, 0.05)
    scheduler.start()
    async with asyncio.timeout(PATIENCE):
        await begun.wait()
        finishing = asyncio.create_task(finish(scheduler, context))
        await asyncio.wait({finishing}, timeout=0.2)
        assert not finishing.done()
        may_end.set()
        await finishing
    assert said == ["begun", "ended"]
    scheduler.shutdown(wait=False)
