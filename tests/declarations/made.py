"""Declarations and visits made by the features, for tests that begin there."""

from datetime import date

from bot.db.declarations import Practice
from bot.features import declarations
from bot.features.declarations import visits
from tests.chat import Telegram
from tests.school import DIRECTOR, School


async def declare(telegram: Telegram, school: School, who: int, *practices: Practice) -> None:
    """Somebody declares today."""
    now = telegram.clock.now()
    async with telegram.database.write() as session:
        actor = await School.actor(session, who, now)
        await declarations.declare(session, actor, now, now.date(), practices)
        await session.commit()


async def visit(
    telegram: Telegram,
    school: School,
    whose: int,
    *practices: Practice,
    text: str = "",
    on_date: date | None = None,
    class_name: str = "9Б",
    who: int = DIRECTOR,
) -> int:
    """A visit that an admin has noted down: its id."""
    now = telegram.clock.now()
    async with telegram.database.write() as session:
        row = await visits.log(
            session,
            telegram.dispatcher["settings"],
            await School.actor(session, who, now),
            now,
            now.date(),
            staff_id=school.staff[whose],
            class_id=school.classes[class_name],
            on_date=on_date or now.date(),
            practices=practices,
            text=text,
        )
        await session.commit()
    return row.visit.id
