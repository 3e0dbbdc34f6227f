"""The school's roster: the places that a guardian holds, the classes that a teacher teaches."""

from datetime import date, datetime

from sqlalchemy import select

from bot.db.accounts import Person, Staff
from bot.db.base import Session
from bot.db.roster import Guardian, Pupil, SchoolClass, Teaching
from bot.features.accounts import vacate
from bot.features.privacy.registry import Kept, Query, Table


def _guardians(me: Person) -> Query:
    return (
        select(
            Guardian.name.label("name"),
            Guardian.relation.label("relation"),
            Pupil.first_name.label("child"),
            Guardian.active_from.label("from"),
            Guardian.active_to.label("to"),
        )
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .where(Guardian.person_id == me.id)
        .order_by(Guardian.id)
    )


async def _leave_places(session: Session, me: Person, now: datetime, today: date) -> None:
    """What was said to a guardian stays with their place, nameless; a new place waits for somebody."""
    mine = select(Guardian).where(Guardian.person_id == me.id)
    for place in (await session.scalars(mine)).all():
        await vacate(session, today, place)
        place.name, place.person_id = "", None


def _children(me: Person) -> Query:
    mine = Guardian.person_id == me.id, Guardian.active_to.is_(None)
    return (
        select(
            Pupil.surname.label("surname"),
            Pupil.first_name.label("first_name"),
            Pupil.patronymic.label("patronymic"),
            SchoolClass.grade.label("grade"),
            SchoolClass.letter.label("letter"),
            Pupil.active_from.label("from"),
            Pupil.active_to.label("to"),
        )
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .where(Pupil.id.in_(select(Guardian.pupil_id).where(*mine)))
        .order_by(Pupil.id)
    )


def _teaching(me: Person) -> Query:
    return (
        select(
            SchoolClass.grade.label("grade"),
            SchoolClass.letter.label("letter"),
            Teaching.leads.label("leads"),
        )
        .join(SchoolClass, SchoolClass.id == Teaching.class_id)
        .join(Staff, Staff.id == Teaching.staff_id)
        .where(Staff.person_id == me.id)
        .order_by(SchoolClass.grade, SchoolClass.letter)
    )


TABLES = {
    "classes": Table("classes, not people", kept="classes, not people"),
    "guardians": Table(_guardians, erase=_leave_places, kept=Kept.ROSTER),
    "pupils": Table(_children, kept=Kept.ROSTER),
    "teaching": Table(_teaching, kept=Kept.STAFF),
    "year_turns": Table("school years, not people", kept="school years, not people"),
}
