"""Surveys closed when their time is over, and reminders of them."""

from bot.features import surveys
from bot.scheduler import Context


async def tick(context: Context) -> None:
    """Close what has run out and remind those who have not answered."""
    now = context.clock.now()
    async with context.database.write() as session:
        await surveys.close_due(session, now, context.settings)
        await surveys.remind(session, now, context.settings)
        await session.commit()
