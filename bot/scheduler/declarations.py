"""Declarations: asked for at the beginning of each quarter."""

from bot.features.declarations import asking
from bot.scheduler import Context


async def tick(context: Context) -> None:
    """Ask whoever is due."""
    async with context.database.write() as session:
        await asking.ask(session, context.calendar, context.settings, context.clock.now())
        await session.commit()
