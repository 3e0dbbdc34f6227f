"""Documents: reminders before one runs out."""

from bot.features.documents import reminding
from bot.scheduler import Context


async def tick(context: Context) -> None:
    """Tell of documents that run out soon."""
    async with context.database.write() as session:
        await reminding.remind(session, context.calendar, context.settings, context.clock.now())
        await session.commit()
