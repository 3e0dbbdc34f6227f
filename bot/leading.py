"""What one process of all does: the ticks, the outbox, asking Telegram, taking up what others have left."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramAPIError, TelegramUnauthorizedError

from bot.config import Settings
from bot.db.locks import Locks
from bot.delivery import Delivery
from bot.intake import Intake
from bot.scheduler import Context, Tick, build, finish
from bot.updates import ALLOWED_UPDATES
from bot.watch import Watch

log = structlog.get_logger()

# So long a process that ends, or leads no more, finishes what it has in hand.
DRAIN_SECONDS = 8
# At once, from Telegram, for all processes together.
CONNECTIONS = 40
# How often Telegram is asked how delivering goes.
LOOK_SECONDS = 60.0


async def lead(
    locks: Locks,
    delivery: Delivery,
    intake: Intake,
    context: Context,
    ticks: Mapping[str, Tick],
    tick_seconds: float,
    ask: Callable[[], Coroutine[Any, Any, None]],
) -> None:
    """Do it whenever this process leads, until cancelled; then finish what is in hand.

    `ask` has Telegram give us updates. What it raises ends all.
    """
    watch = context.watch
    while True:
        watch.rest("Telegram", "inbox", "intake", "delivery")
        await locks.lead()
        log.info("leading")
        watch.sign("Telegram")  # from now on it is expected to answer
        watch.expect(*ticks)
        scheduler = build(context, ticks, tick_seconds)
        scheduler.start()
        sending = delivery.start()
        try:
            await _first_of(locks.until_lost(), intake.keep_up(), ask())
        finally:
            delivery.stop()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.gather(finish(scheduler, context), sending), DRAIN_SECONDS)
            scheduler.shutdown(wait=False)
            watch.expect()
        log.warning("leading no more")


async def hook(bot: Bot, settings: Settings, watch: Watch) -> None:
    """Tell Telegram where to deliver, as often as it takes; then see every minute how that goes."""
    pause, set_up, known = 1.0, False, None
    while True:
        try:
            if not set_up:
                set_up = await bot.set_webhook(
                    settings.webhook.url,
                    secret_token=settings.webhook.secret.get_secret_value(),
                    allowed_updates=ALLOWED_UPDATES,
                    max_connections=CONNECTIONS,
                )
                log.info("webhook set")
            found = await bot.get_webhook_info()
        except TelegramUnauthorizedError:
            raise
        except AiogramError as error:
            reason = error.message[:300] if isinstance(error, TelegramAPIError) else type(error).__name__
            log.error("webhook not set" if not set_up else "webhook not asked for", reason=reason)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LOOK_SECONDS)
            continue
        watch.sign("Telegram")
        if found.last_error_date and found.last_error_date != known:
            known = found.last_error_date
            log.warning("Telegram could not deliver", reason=found.last_error_message, at=str(known))
        # Somebody else has taken it away, or given it to another: a second bot with this token.
        pause, set_up = 1.0, found.url == settings.webhook.url
        await asyncio.sleep(LOOK_SECONDS)


async def _first_of(*works: Awaitable[None]) -> None:
    """Until one of them ends; the others are cancelled. Raises what that one raises."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
