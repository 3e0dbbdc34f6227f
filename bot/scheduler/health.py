"""The bot looks at itself."""

import asyncio

import structlog

from bot.db import inbox, outbox
from bot.features import health
from bot.scheduler import Context

log = structlog.get_logger()


async def tick(context: Context) -> None:
    """Leave a sign of life, and tell the administration what is wrong."""
    watch, settings, now = context.watch, context.settings, context.clock.now()
    space = await asyncio.to_thread(health.room, settings)
    async with context.database.write() as session:
        await health.beat(session, watch, now)
        came, goes = await inbox.depth(session), await outbox.depth(session, now)
        wrong = health.troubles(watch, came, goes, space, now)
        told = await health.tell(session, settings, now, wrong)
        await session.commit()
    watch.free_bytes, watch.troubles = space.free, {trouble.name: trouble.line for trouble in wrong}
    for name in told.begun:
        log.error("trouble", line=watch.troubles[name])
    for name in told.over:
        log.info("trouble is over", name=name)
