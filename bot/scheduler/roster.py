"""The turn of the school year."""

from bot.features.roster import turning
from bot.scheduler import Context


async def tick(context: Context) -> None:
    """On 1 September, or as soon after it as the bot is there: classes move up."""
    async with context.database.write() as session:
        await turning.turn(session, context.settings, context.clock.now())
        await session.commit()
