"""Occurrences topped up, and reminders of them."""

from bot.features import activities
from bot.features.activities import reminding
from bot.scheduler import Context


async def tick(context: Context) -> None:
    """Generate what is to come, give it to those responsible, and put what is due into the outbox."""
    now = context.clock.now()
    today = now.astimezone(context.settings.school.zone).date()
    programme, calendar, settings = context.programme, context.calendar, context.settings
    async with context.database.write() as session:
        await activities.top_up(session, programme, calendar, now, today)
        await reminding.remind(session, programme, calendar, settings, now)
        await reminding.escalate(session, programme, calendar, settings, now)
        await reminding.digest(session, programme, calendar, settings, now)
        await session.commit()
