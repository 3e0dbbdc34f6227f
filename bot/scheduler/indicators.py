"""What an indicator that is behind asks people for."""

from bot.features.indicators import nudging
from bot.scheduler import Context


async def tick(context: Context) -> None:
    """Nudge whoever is due, once a week at the most."""
    async with context.database.write() as session:
        await nudging.nudge(
            session, context.programme, context.calendar, context.settings, context.clock.now()
        )
        await session.commit()
