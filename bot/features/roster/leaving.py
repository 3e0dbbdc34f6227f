"""A pupil who leaves the school: their guardians' access ends, and they are told kindly."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from bot.config import Settings
from bot.db import outbox
from bot.db import roster as db
from bot.db.access import Actor, guards_somebody_on
from bot.db.accounts import Role, Staff
from bot.db.base import Session, active
from bot.db.outbox import OutboxMessage
from bot.db.roster import Guardian, Pupil, PupilRow, SchoolClass
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require, require_lead
from bot.features.outbox import Message, post

FAREWELL = "child-left"


async def card(session: Session, actor: Actor, today: date, pupil_id: int) -> tuple[SchoolClass, PupilRow]:
    """A pupil of today with the guardians' places, for an admin or who leads the class."""
    rows = await db.class_list(
        session, (Pupil.id == pupil_id) & active(Pupil, today), active(Guardian, today)
    )
    if not rows:
        raise NotFoundError
    pupil = await session.get_one(Pupil, pupil_id)
    await require_lead(session, actor, pupil.class_id)
    return await session.get_one(SchoolClass, pupil.class_id), rows[0]


async def mark_left(
    session: Session,
    actor: Actor,
    settings: Settings,
    now: datetime,
    today: date,
    pupil_id: int,
    last_day: date,
) -> Pupil:
    """The pupil's last day at school was `last_day`, today at the latest. For an admin.

    What waits for the guardians about the child is withdrawn at once. Those with nobody else here are told
    next morning: until then it can be undone. Raises AppError for a day that is none of theirs.
    """
    pupil = await _pupil(session, actor, pupil_id)
    if pupil.active_to is not None:
        raise AppError("error-left-already")
    if not pupil.active_from <= last_day <= today:
        raise AppError("error-left-day")
    await leave(session, settings, now, today, [pupil_id], last_day)
    await session.refresh(pupil)
    audit.record(session, actor, now, "pupil.left", f"pupil:{pupil_id}", last_day=last_day)
    return pupil


async def leave(
    session: Session,
    settings: Settings,
    now: datetime,
    today: date,
    pupils: Collection[int],
    last_day: date,
) -> None:
    """The pupils' last day was `last_day`: a constant number of queries, however many they are.

    Whoever calls it asks whether this may be, and audits it.
    """
    ended = update(Pupil).where(Pupil.id.in_(pupils)).values(active_to=last_day, left_marked_at=now)
    await session.execute(ended.execution_options(synchronize_session=False))
    places = select(Guardian.id).where(Guardian.pupil_id.in_(pupils))
    await outbox.withdraw(session, now, OutboxMessage.guardian_id.in_(places))
    tomorrow = today + timedelta(days=1)
    alone = (
        select(Guardian, Pupil.first_name)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .where(
            Guardian.pupil_id.in_(pupils),
            active(Guardian, last_day),
            Guardian.person_id.is_not(None),
            ~guards_somebody_on(Guardian.person_id, tomorrow),
            Guardian.person_id.not_in(
                select(Staff.person_id).where(Staff.person_id.is_not(None), active(Staff, today))
            ),
        )
    )
    morning = datetime.combine(tomorrow, settings.delivery.quiet_to, settings.school.zone)
    await post(
        session,
        settings,
        now,
        [
            Message(
                place.person_id,
                FAREWELL,
                {"child": child, "days": settings.privacy.account_days},
                key=f"{FAREWELL}:{place.id}:{now:%Y%m%d%H%M%S}",
                not_before=morning,
                guardian_id=place.id,
            )
            for place, child in await session.execute(alone)
            if place.person_id is not None
        ],
    )


async def undo_left(
    session: Session, actor: Actor, settings: Settings, now: datetime, today: date, pupil_id: int
) -> Pupil:
    """The pupil has not left after all; on the day on which it was marked.

    Raises AppError later.
    """
    pupil = await _pupil(session, actor, pupil_id)
    marked = pupil.left_marked_at
    if marked is None or marked.astimezone(settings.school.zone).date() != today:
        raise AppError("error-left-undo")
    places = OutboxMessage.guardian_id.in_(select(Guardian.id).where(Guardian.pupil_id == pupil_id))
    await outbox.withdraw(session, now, places & (OutboxMessage.kind == FAREWELL))
    await outbox.put_back(session, marked, places)
    was, pupil.active_to, pupil.left_marked_at = pupil.active_to, None, None
    audit.record(session, actor, now, "pupil.left.undone", f"pupil:{pupil_id}", was=was)
    return pupil


async def _pupil(session: Session, actor: Actor, pupil_id: int) -> Pupil:
    require(actor, Role.ADMIN)
    pupil = await session.get(Pupil, pupil_id)
    if pupil is None:
        raise NotFoundError
    return pupil
