"""Surveys opened and closed when it is time, newcomers asked, and reminders."""

from bot.features.surveys import running
from bot.scheduler import Context


async def tick(context: Context) -> None:
    """Close what has run out, open what is due, ask who has come since, remind who has not answered."""
    now = context.clock.now()
    async with context.database.write() as session:
        await running.close_due(session, now, context.settings)
        await running.open_due(session, now, context.settings)
        await running.ask_newcomers(session, now, context.settings)
        await running.remind(session, now, context.settings)
        await session.commit()
