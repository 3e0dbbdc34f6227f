"""Nightly: what has grown older than the configuration allows goes."""

from bot.features.privacy import retention
from bot.scheduler import Context


async def tick(context: Context) -> None:
    """Make tonight's round where it is still to be made; what is too much for one goes with the next tick."""
    now = context.clock.now()
    today = now.astimezone(context.settings.school.zone).date()
    async with context.database.read() as session:
        if not await retention.is_due(session, context.settings, now):
            return
    async with context.database.write() as session:
        # Asked again: another process may have made it meanwhile.
        if not await retention.is_due(session, context.settings, now):
            return
        erased = await retention.apply(session, context.settings, now, today)
        await session.commit()
    if context.forget:
        for chat_id in erased:
            await context.forget(chat_id)
