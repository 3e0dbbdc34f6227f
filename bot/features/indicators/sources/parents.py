"""Direction 3, work with parents: what guardians took part in, agreed to, answered, and were told."""

from datetime import timedelta

from sqlalchemy import ColumnElement, or_, select

from bot.db import indicators as db
from bot.db.base import Session, active
from bot.db.events import Event, EventAttendance, EventClass, EventState
from bot.db.indicators import TeacherNotes
from bot.db.notes import Channel, Note, NoteReceipt
from bot.db.risk import routes
from bot.db.risk.routes import AnswerKind, RouteAnswer
from bot.db.roster import Guardian, Pupil, SchoolClass
from bot.features.indicators.sources.evidence import (
    EVENTS,
    GUARDIANS,
    ROUTES,
    Day,
    Evidence,
    Item,
    Share,
    Source,
    Why,
    share,
)
from bot.programme.calendar import level

FEEDBACK = "teacher_feedback"


def _guardians(day: Day) -> ColumnElement[bool]:
    """G: active guardians' places at pupils of the day, whoever has come or not."""
    return active(Guardian, day.on) & Guardian.pupil_id.in_(select(Pupil.id).where(active(Pupil, day.on)))


def _engaged(day: Day) -> ColumnElement[bool]:
    """3.1: came to an event, agreed to a route, or was consulted in person this school year.

    A note or a call that reached them is no engagement, nor is an answer to a survey.
    """
    first, since, until = day.school_year, day.since(day.school_year), day.until
    came = (
        select(EventAttendance.guardian_id)
        .join(Event, Event.id == EventAttendance.event_id)
        .where(Event.starts_at >= since, EventAttendance.marked_at < until)
    )
    agreed = select(RouteAnswer.guardian_id).where(
        RouteAnswer.answer == AnswerKind.AGREED,
        RouteAnswer.on_day.between(first, day.on),
        RouteAnswer.created_at < until,
    )
    met = (
        select(NoteReceipt.guardian_id)
        .join(Note, Note.id == NoteReceipt.note_id)
        .where(
            Note.channel == Channel.MEETING,
            Note.withdrawn_at.is_(None),
            Note.created_at >= since,
            Note.created_at < until,
        )
    )
    return or_(*(Guardian.id.in_(places) for places in (came, agreed, met)))


class ParentsSatisfied(Source):
    """3.2: the share of 4s and 5s. Too few answers are the same as none, and nobody is named, ever."""

    unfolds = False

    async def evidence(self, session: Session, day: Day) -> Evidence:
        """One query."""
        numbers = await db.satisfied(session, day.since(day.calendar_year), day.until)
        return share(*numbers) if numbers[1] >= day.settings.indicators.min_answers else Evidence(None)

    async def why(self, session: Session, day: Day) -> Why:
        """Nothing."""
        return Why()


def _in_force(day: Day) -> ColumnElement[bool]:
    return routes.in_force(day.on)


def _agreed(day: Day) -> ColumnElement[bool]:
    return routes.agreed(day.until)


async def delivered_notes(session: Session, day: Day) -> list[TeacherNotes]:
    """3.4: the teaching staff of the day with their notes of the last days that reached somebody by then."""
    first = day.on - timedelta(days=day.settings.indicators.feedback_days - 1)
    return list(await db.delivered_notes(session, day.on, day.since(first), day.until))


class TeacherFeedback(Source):
    """3.4: teaching staff who wrote enough notes that reached somebody, in the last days and by that day."""

    async def evidence(self, session: Session, day: Day) -> Evidence:
        """One query."""
        why = await self.why(session, day)
        return share(len(why.counted), len(why.counted) + len(why.missing))

    async def why(self, session: Session, day: Day) -> Why:
        """The teachers by their notes, whoever wrote most first."""
        teachers = sorted(await delivered_notes(session, day), key=lambda teacher: -teacher.notes)
        wanted = day.settings.indicators.feedback_notes
        items = [Item(each.staff_id, each.name, each.notes, outside=each.name) for each in teachers]
        return Why(
            [item for item in items if (item.number or 0) >= wanted],
            [item for item in items if (item.number or 0) < wanted],
        )


class ParentEvents(Source):
    """3.5: events for parents held this calendar year; the least of the numbers of the school's levels.

    An event for several levels counts for each of them. `parts` are the levels' numbers.
    """

    def _held(self, day: Day) -> ColumnElement[bool]:
        return (
            Event.for_parents
            & (Event.state == EventState.HELD)
            & (Event.starts_at >= day.since(day.calendar_year))
            & (Event.held_at < day.until)
        )

    async def evidence(self, session: Session, day: Day) -> Evidence:
        """One query."""
        query = (
            select(Event.id, SchoolClass.grade)
            .join(EventClass, EventClass.event_id == Event.id)
            .join(SchoolClass, SchoolClass.id == EventClass.class_id)
            .where(self._held(day))
        )
        held = {(level(grade), id_) for id_, grade in await session.execute(query)}
        numbers: dict[str, int] = {
            name: sum(of == name for of, _ in held) for name in day.settings.school.levels
        }
        return Evidence(min(numbers.values(), default=None), parts=numbers)

    async def why(self, session: Session, day: Day) -> Why:
        """The events."""
        rows = await session.execute(EVENTS.listing.where(self._held(day)))
        return Why([EVENTS.item(day, row) for row in rows])


SOURCES = {
    "parents_engaged": Share(GUARDIANS, _guardians, _engaged),
    "parents_satisfied": ParentsSatisfied(),
    "routes_agreed": Share(ROUTES, _in_force, _agreed),
    FEEDBACK: TeacherFeedback(),
    "parent_events": ParentEvents(),
}
