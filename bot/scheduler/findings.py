"""What was heard and is not done yet."""

from bot.features import findings
from bot.scheduler import Context


async def tick(context: Context) -> None:
    """Remind of findings whose date comes."""
    async with context.database.write() as session:
        await findings.remind(session, context.settings, context.calendar, context.clock.now())
        await session.commit()
