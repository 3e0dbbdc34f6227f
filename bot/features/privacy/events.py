"""Events: what one was invited to and answered, what one came to, and what one made."""

from datetime import date, datetime

from sqlalchemy import or_, select

from bot.db.accounts import Person, Staff
from bot.db.base import Session
from bot.db.events import Event, EventAttendance, EventGuest
from bot.db.roster import Guardian
from bot.features import events
from bot.features.privacy.registry import Kept, Query, Table


def _invited(me: Person) -> Query:
    return (
        select(
            Event.title.label("event"),
            Event.starts_at.label("when"),
            EventGuest.people.label("people"),
            EventGuest.answered_at.label("answered"),
        )
        .join(Event, Event.id == EventGuest.event_id)
        .where(EventGuest.person_id == me.id)
        .order_by(Event.starts_at, Event.id)
    )


def _came(me: Person) -> Query:
    mine = or_(
        EventAttendance.guardian_id.in_(select(Guardian.id).where(Guardian.person_id == me.id)),
        EventAttendance.staff_id.in_(select(Staff.id).where(Staff.person_id == me.id)),
    )
    return (
        select(Event.title.label("event"), Event.starts_at.label("when"))
        .select_from(EventAttendance)
        .join(Event, Event.id == EventAttendance.event_id)
        .where(mine)
        .order_by(Event.starts_at, Event.id)
    )


def _made(me: Person) -> Query:
    return (
        select(Event.title.label("event"), Event.created_at.label("created"))
        .where(Event.created_by == me.id)
        .order_by(Event.id)
    )


async def _erase(session: Session, me: Person, now: datetime, today: date) -> None:
    await events.erase_person(session, me.id)


TABLES = {
    "event_guests": Table(_invited, erase=_erase),
    # That a family came is counted by its place in the roster, which leads to nobody then.
    "event_attendance": Table(_came, kept=Kept.PROGRAMME),
    "event_classes": Table("whom an event was for", kept="whom an event was for"),
    "events": Table(_made, kept=Kept.PROGRAMME),
}
