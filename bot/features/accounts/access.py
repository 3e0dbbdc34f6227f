"""A guardian's access to one child, ended by the school."""

from datetime import date, datetime

from bot.config import Settings
from bot.db import outbox
from bot.db.access import Actor
from bot.db.accounts import Invitation, withdraw_invitations
from bot.db.base import Session
from bot.db.outbox import OutboxMessage
from bot.db.roster import Guardian, Pupil
from bot.errors import AppError
from bot.features import audit
from bot.features.accounts import led_place, vacate
from bot.features.outbox import Message, post


async def withdraw_invitation(
    session: Session, actor: Actor, now: datetime, today: date, guardian_id: int
) -> Pupil:
    """Make the codes given to a guardian's place stop working. For an admin or who leads the class."""
    _, pupil = await led_place(session, actor, guardian_id, today)
    await withdraw_invitations(session, now, Invitation.guardian_id == guardian_id)
    audit.record(session, actor, now, "invitation.withdrawn", f"guardian:{guardian_id}")
    return pupil


async def withdraw_access(
    session: Session, actor: Actor, settings: Settings, now: datetime, today: date, guardian_id: int
) -> tuple[Guardian, Pupil]:
    """Take a guardian's access to a child away; the place that is left, and the pupil.

    What waits for them about the child is withdrawn, they are told, and what they wrote stays theirs. The
    place stays in the list, closed: nobody is invited to it until it is opened again. For an admin or who
    leads the class. Raises AppError where nobody has come to this place.
    """
    place, pupil = await led_place(session, actor, guardian_id, today)
    if place.person_id is None:
        raise AppError("error-nobody-came")
    fresh = await vacate(session, today, place)
    assert fresh is not None  # noqa: S101 - led_place finds places of today only
    fresh.closed_on = today
    await session.flush()
    await outbox.withdraw(session, now, OutboxMessage.guardian_id == place.id)
    told = Message(
        place.person_id,
        "access-closed",
        {"child": pupil.first_name},
        key=f"access-closed:{place.id}",
    )
    await post(session, settings, now, [told])
    audit.record(session, actor, now, "access.withdrawn", f"guardian:{place.id}", place=fresh.id)
    return fresh, pupil


async def open_again(session: Session, actor: Actor, now: datetime, today: date, guardian_id: int) -> Pupil:
    """A closed place can be invited to again. For an admin or who leads the class."""
    place, pupil = await led_place(session, actor, guardian_id, today)
    if place.closed_on is None:
        raise AppError("error-place-open")
    place.closed_on = None
    audit.record(session, actor, now, "access.opened", f"guardian:{place.id}")
    return pupil
