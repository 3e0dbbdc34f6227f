"""Ticks: each asks the database what is due. Rows are the schedule, APScheduler only wakes us."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from structlog.contextvars import bound_contextvars

from bot.clock import Clock
from bot.config import Settings
from bot.db.base import Database
from bot.errors import where
from bot.programme.calendar import Calendar
from bot.programme.model import Programme
from bot.watch import Watch

log = structlog.get_logger()


@dataclass(frozen=True)
class Context:
    """What a tick works with. `wake` tells delivery that something may lie in the outbox.

    `forget` clears what Redis, where it is used, keeps of a chat.
    """

    database: Database
    clock: Clock
    settings: Settings
    programme: Programme
    calendar: Calendar
    wake: Callable[[], None]
    watch: Watch
    forget: Callable[[int], Awaitable[None]] | None = None
    # The ticks that are running: for `finish`.
    running: set["asyncio.Task[Any]"] = field(default_factory=set)


Tick = Callable[[Context], Awaitable[None]]


def build(context: Context, ticks: Mapping[str, Tick], seconds: float) -> AsyncIOScheduler:
    """A scheduler that calls every tick at once and then every so many seconds, one call at a time."""
    scheduler = AsyncIOScheduler(
        timezone=context.settings.school.zone,
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    for name, tick in ticks.items():
        scheduler.add_job(
            run_tick,
            "interval",
            seconds=seconds,
            args=(name, tick, context),
            id=name,
            replace_existing=True,
            # The scheduler lives in real time, however far the context's clock is moved.
            next_run_time=Clock().now(),
        )
    return scheduler


async def finish(scheduler: AsyncIOScheduler, context: Context) -> None:
    """Begin no tick any more and wait for those that are running: the scheduler itself would cancel them."""
    scheduler.pause()
    while context.running:
        await asyncio.wait(context.running)


async def run_tick(name: str, tick: Tick, context: Context) -> None:
    """Call a tick; one that fails is logged and comes round again."""
    task = asyncio.current_task()
    assert task  # noqa: S101 - a coroutine runs in a task
    context.running.add(task)
    task.add_done_callback(context.running.discard)
    context.watch.tick_begun(name)
    failed = True
    with bound_contextvars(tick=name):
        try:
            await tick(context)
            failed = False
        except Exception as error:  # noqa: BLE001 - without its message, which may quote somebody's words
            log.error("tick failed", error=where(error))
        else:
            log.debug("tick done")
            context.wake()
        finally:
            context.watch.tick_ended(name, failed=failed)
