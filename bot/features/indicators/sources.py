"""Values computed from what people did in the bot, and what they are made of."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from bot.config import Settings
from bot.db import indicators as db
from bot.db.base import Session
from bot.db.indicators import TeacherNotes
from bot.programme.calendar import school_year

FEEDBACK = "teacher_feedback"


@dataclass(frozen=True)
class Evidence:
    """What a computed share is made of: the numbers, and who was counted and who is missing."""

    numerator: int
    denominator: int
    counted: Sequence[TeacherNotes] = ()
    missing: Sequence[TeacherNotes] = ()

    @property
    def value(self) -> float | None:
        """Per cent; None of an empty denominator."""
        return 100 * self.numerator / self.denominator if self.denominator else None


Source = Callable[[Session, date, Settings], Awaitable[Evidence]]


def _midnight(day: date, settings: Settings) -> datetime:
    return datetime.combine(day, time(), settings.school.zone)


def _feedback_span(on: date, settings: Settings) -> tuple[datetime, datetime]:
    """The days that 3.4 looks at on that day: from the first moment to the one after the last."""
    since = _midnight(on - timedelta(days=settings.indicators.feedback_days - 1), settings)
    return since, _midnight(on + timedelta(days=1), settings)


async def _teacher_feedback(session: Session, on: date, settings: Settings) -> Evidence:
    """3.4: teaching staff who wrote enough notes that reached somebody, in the last days and by that day."""
    rules = settings.indicators
    teachers = await db.delivered_notes(session, on, *_feedback_span(on, settings))
    counted = [teacher for teacher in teachers if teacher.notes >= rules.feedback_notes]
    missing = [teacher for teacher in teachers if teacher.notes < rules.feedback_notes]
    return Evidence(len(counted), len(teachers), counted, missing)


async def _parents_satisfied(session: Session, on: date, settings: Settings) -> Evidence:
    """3.2: the share of 4s and 5s. Too few answers are the same as none: nothing of them is shown."""
    since = _midnight(date(on.year, 1, 1), settings)
    until = _midnight(on + timedelta(days=1), settings)
    numerator, denominator = await db.satisfied(session, since, until)
    if denominator < settings.indicators.min_answers:
        return Evidence(0, 0)
    return Evidence(numerator, denominator)


# By key of the indicator. A source counts only what had happened by the end of the day, in one query.
SOURCES: Mapping[str, Source] = {
    FEEDBACK: _teacher_feedback,
    "parents_satisfied": _parents_satisfied,
}


@dataclass(frozen=True)
class Month:
    """A computed share as it was at the end of a month, or of `on` where the month is not over."""

    on: date
    evidence: Evidence


async def feedback_by_month(session: Session, today: date, settings: Settings) -> list[Month]:
    """3.4 at the end of each month of this school year, and today: one query."""
    first = school_year(today)[0]
    ends = []
    while first <= today:
        following = first + relativedelta(months=1)
        ends.append(min(following - timedelta(days=1), today))
        first = following
    rows = await db.delivered_in_spans(session, [_feedback_span(on, settings) for on in ends])
    wanted = settings.indicators.feedback_notes
    months = []
    for place, on in enumerate(ends):
        notes = [row.notes[place] for row in rows if row.was_active(on)]
        months.append(Month(on, Evidence(sum(number >= wanted for number in notes), len(notes))))
    return months
