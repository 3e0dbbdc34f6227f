"""Which classes a member of staff teaches and leads, as they change."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from bot.db.access import Actor
from bot.db.accounts import Role, Staff, StaffRole
from bot.db.base import Session, active
from bot.db.roster import SchoolClass, Teaching
from bot.errors import NotFoundError
from bot.features import audit
from bot.features.accounts import require


async def classes_of(
    session: Session, actor: Actor, today: date, staff_id: int
) -> tuple[Staff, Sequence[Teaching]]:
    """A member of staff and the classes that they teach. For an admin."""
    require(actor, Role.ADMIN)
    staff = await session.scalar(select(Staff).where(Staff.id == staff_id, active(Staff, today)))
    if staff is None:
        raise NotFoundError
    return staff, (await session.scalars(select(Teaching).where(Teaching.staff_id == staff_id))).all()


async def turn_class(
    session: Session, actor: Actor, now: datetime, today: date, staff_id: int, class_id: int
) -> None:
    """Does not teach a class, teaches it, leads it: the next of the three. For an admin.

    Who teaches a class is a teacher, whatever else they are; who has none any more stays one.
    """
    staff, places = await classes_of(session, actor, today, staff_id)
    if await session.get(SchoolClass, class_id) is None:
        raise NotFoundError
    place = next((place for place in places if place.class_id == class_id), None)
    was = "none" if place is None else "leads" if place.leads else "teaches"
    if place is None:
        session.add(Teaching(staff_id=staff_id, class_id=class_id, leads=False))
        if await session.get(StaffRole, (staff_id, Role.TEACHER)) is None:
            session.add(StaffRole(staff_id=staff_id, role=Role.TEACHER))
            audit.record(session, actor, now, "staff.role", f"staff:{staff_id}", roles=[Role.TEACHER])
        staff.teaching, to = True, "teaches"
    elif not place.leads:
        place.leads, to = True, "leads"
    else:
        await session.delete(place)
        to = "none"
    await session.flush()
    audit.record(session, actor, now, "staff.class", f"staff:{staff_id}", class_id=class_id, was=was, to=to)
