"""Questions to those who answer for learning routes."""

from bot.features.risk import progress
from bot.scheduler import Context


async def tick(context: Context) -> None:
    """Ask how the week went, and what came of a cycle that is over."""
    async with context.database.write() as session:
        await progress.ask(session, context.settings, context.calendar, context.clock.now())
        await session.commit()
