"""Classes, pupils and guardians: who may see which, and new places for guardians."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.db import roster as db
from bot.db.access import Actor, sees_class
from bot.db.accounts import Role
from bot.db.base import Session, active
from bot.db.roster import ClassCount, Guardian, Pupil, PupilRow, SchoolClass
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require, require_lead

GUARDIANS_MAX = 4


async def classes(session: Session, actor: Actor) -> Sequence[SchoolClass]:
    """The classes that the actor teaches or leads; all for an admin."""
    require(actor, Role.TEACHER, Role.ADMIN)
    return await db.classes(session, sees_class(actor))


async def class_list(
    session: Session, actor: Actor, class_id: int, today: date
) -> tuple[SchoolClass, list[PupilRow]]:
    """A class of the actor's and its pupils of today with their guardians' places.

    Raises NotFoundError for somebody else's class as for none.
    """
    require(actor, Role.TEACHER, Role.ADMIN)
    found = await db.classes(session, sees_class(actor) & (SchoolClass.id == class_id))
    if not found:
        raise NotFoundError
    pupils = (Pupil.class_id == class_id) & active(Pupil, today)
    return found[0], await db.class_list(session, pupils, active(Guardian, today))


async def counts(session: Session, actor: Actor, today: date) -> list[ClassCount]:
    """Every class in numbers, for an admin."""
    require(actor, Role.ADMIN)
    return await db.class_counts(session, today)


async def add_guardian(
    session: Session, actor: Actor, now: datetime, today: date, pupil_id: int, relation: str
) -> int:
    """A further guardian's place at a pupil, to be invited to. For an admin or who leads the class."""
    pupil = await session.get(Pupil, pupil_id)
    if pupil is None:
        raise NotFoundError
    await require_lead(session, actor, pupil.class_id)
    rows = await db.class_list(session, Pupil.id == pupil_id, active(Guardian, today))
    if len(rows[0].guardians) >= GUARDIANS_MAX:
        raise AppError("error-guardians-max", max=GUARDIANS_MAX)
    place = Guardian(pupil_id=pupil_id, name="", relation=relation, active_from=today)
    session.add(place)
    await session.flush()
    audit.record(session, actor, now, "guardian.added", f"guardian:{place.id}", pupil=pupil_id)
    return place.id
