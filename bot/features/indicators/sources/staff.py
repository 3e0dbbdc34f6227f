"""Direction 1, the staff's skill: shares of the teaching staff of the day (T)."""

from sqlalchemy import ColumnElement, exists, or_, select

from bot.db import activities
from bot.db.accounts import Staff
from bot.db.base import active
from bot.db.events import Event, EventState
from bot.db.notes import Note
from bot.db.risk import register, routes, support
from bot.features.indicators.sources.evidence import STAFF, Day, Share


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


SOURCES = {"staff_prevention": Share(STAFF, teaching, preventive)}
