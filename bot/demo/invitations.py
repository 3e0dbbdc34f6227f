"""Invitations: printed ones of one class, so that its list shows all three states; and a stranger's slip."""

from datetime import date, datetime

from sqlalchemy import select

from bot.config import Settings
from bot.db.access import Actor, load_actor
from bot.db.base import Database, Session
from bot.db.roster import Guardian, Pupil, SchoolClass
from bot.features import accounts
from bot.features.accounts import printing


async def printed(session: Session, director: Actor, settings: Settings, now: datetime, today: date) -> None:
    """The director prints slips for the class of the first guardian who has not come."""
    waiting = (
        select(Pupil.class_id)
        .join(Guardian, Guardian.pupil_id == Pupil.id)
        .where(Guardian.person_id.is_(None))
        .order_by(Pupil.class_id)
        .limit(1)
    )
    class_id = await session.scalar(waiting)
    if class_id is None:
        return
    places = await printing.prepare(session, director, today, class_id)
    # One slip got lost on the way: that family is not invited.
    await printing.issue(session, director, now, places[1:], class_id, settings.invitations.valid_days)


async def slip(
    database: Database, settings: Settings, now: datetime, director: int
) -> tuple[str, str] | None:
    """A fresh code for the last guardian who has not come, and whose guardian that is.

    Codes are kept as hashes: who starts the demonstration again gets another. None where everybody has come.
    """
    today = now.astimezone(settings.school.zone).date()
    free = (
        select(Guardian.id, Pupil.first_name, SchoolClass)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .where(Guardian.person_id.is_(None), Guardian.closed_on.is_(None))
        .order_by(Guardian.id.desc())
        .limit(1)
    )
    async with database.write() as session:
        actor = await load_actor(session, director, today, settings.school.admins)
        found = (await session.execute(free)).one_or_none()
        if actor is None or found is None:
            return None
        place, child, school_class = found
        _, _, code = await accounts.invite_guardian(
            session, actor, now, today, place, settings.invitations.valid_days
        )
        await session.commit()
    return code, f"{child}, {school_class.name}"
