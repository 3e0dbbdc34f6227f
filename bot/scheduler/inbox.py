"""Forget handled updates and old attempts with wrong codes; tell of many."""

from datetime import timedelta

from bot.db import inbox
from bot.features import accounts
from bot.scheduler import Context

# Telegram repeats an update for at most 24 hours.
KEEP = timedelta(days=2)


async def tick(context: Context) -> None:
    """Delete what is no longer needed to recognise a repetition; say where codes are being guessed."""
    now = context.clock.now()
    today = now.astimezone(context.settings.school.zone).date()
    async with context.database.write() as session:
        await inbox.delete_handled(session, now - KEEP)
        await accounts.forget_wrong_codes(session, now)
        await accounts.tell_of_guessing(session, context.settings, now, today)
        await session.commit()
