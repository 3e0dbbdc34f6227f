"""Direction 1, the staff's skill: shares of the teaching staff of the day (T)."""

from sqlalchemy import ColumnElement, exists, or_, select

from bot.db import activities
from bot.db.accounts import Staff
from bot.db.base import active
from bot.db.declarations import Practice, declared, seen
from bot.db.documents import Document, DocumentKind, in_force
from bot.db.events import Event, EventState
from bot.db.notes import Note
from bot.db.risk import register, routes, support
from bot.features.indicators.sources.evidence import STAFF, Condition, Day, Share


def teaching(day: Day) -> ColumnElement[bool]:
    """T: the teaching staff active on the day. Narrows a query over Staff."""
    return Staff.teaching & active(Staff, day.on)


def preventive(day: Day) -> ColumnElement[bool]:
    """1.3: at least one preventive deed this school year. Narrows a query over Staff."""
    first, last, since, until = day.school_year, day.on, day.since(day.school_year), day.until
    wrote = exists().where(
        Note.staff_id == Staff.id, Note.first_delivered_at >= since, Note.first_delivered_at < until
    )
    ran = select(Event.organiser_id).where(
        Event.state == EventState.HELD, Event.starts_at >= since, Event.held_at < until
    )
    deeds = (
        support.taught(first, last, until),
        support.mentored(first, last),
        activities.reporting_staff(since, until),
        register.putting_on(first, last),
        routes.writing(first, last),
        ran,
    )
    return or_(wrote, *(Staff.id.in_(staff) for staff in deeds))


def _has(kind: DocumentKind) -> Condition:
    """A document of that kind of theirs is in force: a training for three years from its date."""
    return lambda day: exists().where(Document.staff_id == Staff.id, Document.kind == kind, in_force(day.on))


def declaring(*practices: Practice) -> Share:
    """The teaching staff who declared one of the practices this school year; beside it, in whose lessons one
    was seen.
    """
    return Share(
        STAFF,
        teaching,
        lambda day: declared(practices, day.school_year, day.on),
        beside=lambda day: seen(practices, day.school_year, day.on),
    )


SOURCES = {
    "staff_trained": Share(STAFF, teaching, _has(DocumentKind.TRAINING)),
    "staff_communities": declaring(Practice.LESSON_STUDY, Practice.COMMUNITY),
    "staff_prevention": Share(STAFF, teaching, preventive),
    "staff_practices": Share(STAFF, teaching, _has(DocumentKind.PRACTICE)),
    "staff_technologies": declaring(Practice.TECHNOLOGIES),
    "staff_digital": declaring(Practice.SFERUM, Practice.MY_SCHOOL, Practice.RESH, Practice.COK),
    "staff_emd": declaring(Practice.EMD),
    "staff_assessment": declaring(Practice.ASSESSMENT),
}
