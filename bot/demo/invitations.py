"""Invitations that have been printed for one class: so that its list shows all three states."""

from datetime import date, datetime

from sqlalchemy import select

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.db.roster import Guardian, Pupil
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
