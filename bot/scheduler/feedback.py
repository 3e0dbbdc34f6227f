"""Letters to the school: told when the other side is awake, and to the administration when they wait."""

from bot.features.feedback import telling
from bot.scheduler import Context


async def tick(context: Context) -> None:
    """Tell what could not be told at once, and what has waited too long for an answer."""
    now = context.clock.now()
    async with context.database.write() as session:
        await telling.tell(session, context.settings, now)
        await telling.escalate(session, context.settings, context.calendar, now)
        await session.commit()
