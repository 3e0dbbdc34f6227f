"""Direction 1, the staff's skill: shares of the teaching staff of the day (T)."""

from sqlalchemy import exists, func, or_, select

from bot.db import activities
from bot.db.accounts import Staff
from bot.db.base import active
from bot.db.declarations import Practice, declared, seen
from bot.db.documents import Document, DocumentKind, in_force
from bot.db.events import Event, EventState
from bot.db.indicators import ON, SCHOOL_YEAR, SCHOOL_YEAR_SINCE, UNTIL
from bot.db.notes import Note
from bot.db.risk import register, routes, support
from bot.features.indicators.sources.evidence import STAFF, Share

# T: the teaching staff active on the day.
TEACHING = Staff.teaching & active(Staff, ON)

# 1.3: at least one preventive deed this school year.
_WROTE = exists().where(
    Note.staff_id == Staff.id, Note.first_delivered_at >= SCHOOL_YEAR_SINCE, Note.first_delivered_at < UNTIL
)
_RAN = select(Event.organiser_id).where(
    Event.state == EventState.HELD, Event.starts_at >= SCHOOL_YEAR_SINCE, Event.held_at < UNTIL
)
_DEEDS = (
    support.taught(SCHOOL_YEAR, ON, UNTIL),
    support.mentored(SCHOOL_YEAR, ON),
    activities.reporting_staff(SCHOOL_YEAR_SINCE, UNTIL),
    register.putting_on(SCHOOL_YEAR, ON),
    routes.writing(SCHOOL_YEAR, ON),
    _RAN,
)
_PREVENTING = or_(_WROTE, *(Staff.id.in_(staff) for staff in _DEEDS))


def _having(kind: DocumentKind) -> Share:
    """The teaching staff of whom such a document is in force: a training for three years from its date."""
    return Share(
        STAFF, TEACHING, exists().where(Document.staff_id == Staff.id, Document.kind == kind, in_force(ON))
    )


def declaring(*practices: Practice) -> Share:
    """The teaching staff who declared one of the practices this school year; beside it, in whose lessons one
    was seen.
    """
    there = func.count().filter(seen(practices, SCHOOL_YEAR, ON))
    return Share(STAFF, TEACHING, declared(practices, SCHOOL_YEAR, ON), beside=there)


SOURCES = {
    "staff_trained": _having(DocumentKind.TRAINING),
    "staff_communities": declaring(Practice.LESSON_STUDY, Practice.COMMUNITY),
    "staff_prevention": Share(STAFF, TEACHING, _PREVENTING),
    "staff_practices": _having(DocumentKind.PRACTICE),
    "staff_technologies": declaring(Practice.TECHNOLOGIES),
    "staff_digital": declaring(Practice.SFERUM, Practice.MY_SCHOOL, Practice.RESH, Practice.COK),
    "staff_emd": declaring(Practice.EMD),
    "staff_assessment": declaring(Practice.ASSESSMENT),
}
