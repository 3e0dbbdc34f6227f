"""The evening's digests."""

from bot.features import outbox
from bot.scheduler import Context


async def tick(context: Context) -> None:
    """Make a digest of what was held for each person until now."""
    async with context.database.write() as session:
        await outbox.gather_digests(session, context.clock.now())
        await session.commit()
