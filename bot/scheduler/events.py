"""Events: reminders on the eve, and the question who came."""

from bot.features.events import reminding
from bot.scheduler import Context


async def tick(context: Context) -> None:
    """Remind who signed up, and ask the organisers of what is over."""
    now = context.clock.now()
    async with context.database.write() as session:
        await reminding.remind(session, now, context.settings)
        await reminding.ask_who_came(session, now, context.settings)
        await session.commit()
