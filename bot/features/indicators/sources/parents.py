"""Direction 3, work with parents: what guardians took part in, agreed to, answered, and were told."""

from sqlalchemy import distinct, func, or_, select

from bot.db.base import Session, active
from bot.db.events import Event, EventAttendance, EventClass, EventState
from bot.db.indicators import (
    CALENDAR_YEAR_SINCE,
    DELIVERED,
    NOTES_WANTED,
    ON,
    SCHOOL_YEAR,
    SCHOOL_YEAR_SINCE,
    UNTIL,
    delivered_notes,
)
from bot.db.notes import Channel, Note, NoteReceipt
from bot.db.risk import routes
from bot.db.risk.routes import AnswerKind, RouteAnswer
from bot.db.roster import Guardian, Pupil, SchoolClass
from bot.db.surveys import Survey, SurveyAnswer, SurveyQuestion, SurveyState
from bot.features.indicators.sources.evidence import (
    EVENTS,
    GUARDIANS,
    ROUTES,
    Counted,
    Day,
    Evidence,
    Item,
    Share,
    Why,
    numbers,
    share,
)
from bot.features.surveys import SATISFACTION
from bot.programme.calendar import LEVELS

FEEDBACK = "teacher_feedback"

# G: active guardians' places at pupils of the day, whoever has come or not.
_GUARDIANS = active(Guardian, ON) & Guardian.pupil_id.in_(select(Pupil.id).where(active(Pupil, ON)))

# 3.1: came to an event, agreed to a route, or was consulted in person this school year. A note or a call that
# reached them is no engagement, nor is an answer to a survey.
_CAME = (
    select(EventAttendance.guardian_id)
    .join(Event, Event.id == EventAttendance.event_id)
    .where(Event.starts_at >= SCHOOL_YEAR_SINCE, EventAttendance.marked_at < UNTIL)
)
_AGREED = select(RouteAnswer.guardian_id).where(
    RouteAnswer.answer == AnswerKind.AGREED,
    RouteAnswer.on_day.between(SCHOOL_YEAR, ON),
    RouteAnswer.created_at < UNTIL,
)
_MET = (
    select(NoteReceipt.guardian_id)
    .join(Note, Note.id == NoteReceipt.note_id)
    .where(
        Note.channel == Channel.MEETING,
        Note.withdrawn_at.is_(None),
        Note.created_at >= SCHOOL_YEAR_SINCE,
        Note.created_at < UNTIL,
    )
)
_ENGAGED = or_(*(Guardian.id.in_(places) for places in (_CAME, _AGREED, _MET)))

# The last satisfaction survey closed this calendar year.
_SURVEY = (
    select(Survey.id)
    .where(
        Survey.template == SATISFACTION,
        Survey.state == SurveyState.CLOSED,
        Survey.closed_at >= CALENDAR_YEAR_SINCE,
        Survey.closed_at < UNTIL,
    )
    .order_by(Survey.closed_at.desc(), Survey.id.desc())
    .limit(1)
    .scalar_subquery()
)


class ParentsSatisfied(Counted):
    """3.2: the share of 4s and 5s of the answers to the headline question.

    Too few answers are the same as none, and nobody is named, ever.
    """

    unfolds = False
    counting = (
        numbers(func.count(SurveyAnswer.score), func.count().filter(SurveyAnswer.score >= 4))
        .select_from(SurveyAnswer)
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswer.question_id)
        .where(SurveyQuestion.survey_id == _SURVEY, SurveyQuestion.headline)
    )

    def made_of(self, day: Day, first: int, second: int, third: None) -> Evidence:
        """Of all, those who are satisfied."""
        return share(second, first) if first >= day.settings.indicators.min_answers else Evidence(None)

    async def why(self, session: Session, day: Day) -> Why:
        """Nothing."""
        return Why()


_TEACHERS = DELIVERED.subquery()


class TeacherFeedback(Counted):
    """3.4: teaching staff who wrote enough notes that reached somebody, in the last days and by that day."""

    counting = numbers(func.count(), func.count().filter(_TEACHERS.c.notes >= NOTES_WANTED)).select_from(
        _TEACHERS
    )

    def made_of(self, day: Day, first: int, second: int, third: None) -> Evidence:
        """Of all, those with enough."""
        return share(second, first)

    async def why(self, session: Session, day: Day) -> Why:
        """The teachers by their notes, whoever wrote most first."""
        teachers = sorted(await delivered_notes(session, day.values), key=lambda teacher: -teacher.notes)
        wanted = day.settings.indicators.feedback_notes
        items = [Item(each.staff_id, each.name, each.notes, outside=each.name) for each in teachers]
        return Why(
            [item for item in items if (item.number or 0) >= wanted],
            [item for item in items if (item.number or 0) < wanted],
        )


_HELD = (
    Event.for_parents
    & (Event.state == EventState.HELD)
    & (Event.starts_at >= CALENDAR_YEAR_SINCE)
    & (Event.held_at < UNTIL)
)


class ParentEvents(Counted):
    """3.5: events for parents held this calendar year; the least of the numbers of the school's levels.

    An event for several levels counts for each of them. `parts` are the levels' numbers.
    """

    counting = (
        numbers(
            *(
                func.count(distinct(Event.id)).filter(SchoolClass.grade.between(grades[0], grades[-1]))
                for grades in LEVELS.values()
            )
        )
        .select_from(Event)
        .join(EventClass, EventClass.event_id == Event.id)
        .join(SchoolClass, SchoolClass.id == EventClass.class_id)
        .where(_HELD)
    )

    def made_of(self, day: Day, first: int, second: int, third: int) -> Evidence:
        """The events of each level."""
        held = dict(zip(LEVELS, (first, second, third), strict=True))
        parts: dict[str, int] = {level: held[level] for level in day.settings.school.levels}
        return Evidence(min(parts.values(), default=None), parts=parts)

    async def why(self, session: Session, day: Day) -> Why:
        """The events."""
        rows = await session.execute(EVENTS.listing.where(_HELD), day.values)
        return Why([EVENTS.item(day, row) for row in rows])


SOURCES = {
    "parents_engaged": Share(GUARDIANS, _GUARDIANS, _ENGAGED),
    "parents_satisfied": ParentsSatisfied(),
    "routes_agreed": Share(ROUTES, routes.in_force(ON), routes.agreed(UNTIL)),
    FEEDBACK: TeacherFeedback(),
    "parent_events": ParentEvents(),
}
