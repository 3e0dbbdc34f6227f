"""Readings of indicators, recorded by staff, and the facts that values are computed from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, Integer, Select, String, bindparam, func, select, union_all
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.accounts import Staff
from bot.db.base import Base, Session, UtcDateTime, active, bare
from bot.db.notes import Note
from bot.db.prepared import Prepared
from bot.db.risk.marks import HOLDS, Mark, SubjectMarks
from bot.db.roster import Pupil


class Reading(Base):
    """One recorded value. Never changed or deleted: a later one (by date, then by id) supersedes it.

    A share carries numerator and denominator where they are known; `value` is per cent, a count,
    points (decrease) or 1/0 (yearly, presence).
    """

    __tablename__ = "readings"
    __table_args__ = (Index("ix_readings_latest", "indicator_key", "on_date", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_key: Mapped[str] = mapped_column(String(50))
    on_date: Mapped[date]
    value: Mapped[float]
    numerator: Mapped[float | None]
    denominator: Mapped[float | None]
    comment: Mapped[str] = mapped_column(default="")
    # A File of the outbox as a list; empty: none.
    file: Mapped[list[Any]] = mapped_column(default=list)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]


@dataclass(frozen=True)
class ReadingRow:
    """A reading to look at."""

    on_date: date
    value: float
    numerator: float | None = None
    denominator: float | None = None
    comment: str = ""
    file: Sequence[Any] = ()


# What a question about indicators may ask: the day and what lies around it, in the school's days and as
# moments. Such questions are built once and asked with the values of a day (features/indicators/sources).
# Any: what takes a day or a moment makes a condition of these just as well.
ON: Any = bindparam("on", type_=Date)
UNTIL: Any = bindparam("until", type_=UtcDateTime)
SCHOOL_YEAR: Any = bindparam("school_year", type_=Date)
SCHOOL_YEAR_SINCE: Any = bindparam("school_year_since", type_=UtcDateTime)
LAST_YEAR: Any = bindparam("last_year", type_=Date)
LAST_YEAR_END: Any = bindparam("last_year_end", type_=Date)
CALENDAR_YEAR: Any = bindparam("calendar_year", type_=Date)
CALENDAR_YEAR_SINCE: Any = bindparam("calendar_year_since", type_=UtcDateTime)
LESSONS_FROM: Any = bindparam("lessons_from", type_=Date)
NOTES_SINCE: Any = bindparam("notes_since", type_=UtcDateTime)
NOTES_WANTED: Any = bindparam("notes_wanted", type_=Integer)
# Each key between two semicolons: a list of parameters would be another statement for each length of it.
LOCAL_ACTS: Any = bindparam("local_acts", type_=String)

_READINGS = bare(Reading)


def _last(place: int) -> Select[Any]:
    """The ids of the last reading of each indicator (0), or of the one before it (1)."""
    keys, reading = select(_READINGS.c.indicator_key).distinct().subquery(), _READINGS.alias().c
    ids = select(reading.id).where(reading.indicator_key == keys.c.indicator_key, reading.on_date <= ON)
    latest = ids.order_by(reading.on_date.desc(), reading.id.desc()).offset(place).limit(1)
    return select(latest.scalar_subquery()).select_from(keys)


_NUMBERS = [_READINGS.c[name] for name in ("on_date", "value", "numerator", "denominator")]
_LATEST = Prepared(
    select(_READINGS.c.indicator_key, *_NUMBERS)
    .where(_READINGS.c.id.in_(union_all(_last(0), _last(1))))
    .order_by(_READINGS.c.on_date.desc(), _READINGS.c.id.desc())
)
_ROW = (*_NUMBERS, _READINGS.c.comment, _READINGS.c.file)


async def latest_readings(session: Session, on: date) -> dict[str, list[ReadingRow]]:
    """The last reading of every indicator up to a day and the one before it, by key, the last first.

    Their numbers alone.
    """
    found: dict[str, list[ReadingRow]] = {}
    for key, *row in await _LATEST.rows(session, on=on):
        found.setdefault(key, []).append(ReadingRow(*row))
    return found


async def history(session: Session, key: str) -> list[ReadingRow]:
    """All readings of an indicator, the last first."""
    query = select(*_ROW).where(Reading.indicator_key == key)
    rows = await session.execute(query.order_by(Reading.on_date.desc(), Reading.id.desc()))
    return [ReadingRow(*row) for row in rows]


async def all_readings(session: Session, on: date) -> dict[str, list[ReadingRow]]:
    """Every reading up to a day, by key of the indicator, the last first: one query."""
    query = select(Reading.indicator_key, *_ROW).where(Reading.on_date <= on)
    found: dict[str, list[ReadingRow]] = {}
    for key, *row in await session.execute(query.order_by(Reading.on_date.desc(), Reading.id.desc())):
        found.setdefault(key, []).append(ReadingRow(*row))
    return found


class ExpectedResult(Base):
    """A director's word whether an expected result of the programme has come. Never changed or deleted:

    of a result the latest holds.
    """

    __tablename__ = "expected_results"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(index=True)
    reached: Mapped[bool]
    comment: Mapped[str]
    said_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    said_at: Mapped[datetime]


@dataclass(frozen=True)
class Word:
    """A director's word about an expected result, and who that was ("" for one who is not on the staff)."""

    number: int
    reached: bool
    comment: str
    at: datetime
    by: str


async def last_words(session: Session, until: datetime | None = None) -> dict[int, Word]:
    """The latest word about each expected result (said before a moment), by its number."""
    latest = select(func.max(ExpectedResult.id)).group_by(ExpectedResult.number)
    if until is not None:
        latest = latest.where(ExpectedResult.said_at < until)
    name = select(func.min(Staff.name)).where(Staff.person_id == ExpectedResult.said_by).scalar_subquery()
    query = select(
        ExpectedResult.number,
        ExpectedResult.reached,
        ExpectedResult.comment,
        ExpectedResult.said_at,
        func.coalesce(name, ""),
    ).where(ExpectedResult.id.in_(latest))
    return {row[0]: Word(*row) for row in await session.execute(query)}


@dataclass(frozen=True)
class TeacherNotes:
    """A teacher and the notes of theirs that reached somebody; `person_id` is None without an account."""

    name: str
    notes: int
    staff_id: int = 0
    person_id: int | None = None


_NOTES = (
    select(Note.staff_id, func.count().label("notes"))
    .where(
        Note.first_delivered_at >= NOTES_SINCE,
        Note.first_delivered_at < UNTIL,
        Note.created_at >= NOTES_SINCE,
    )
    .group_by(Note.staff_id)
    .subquery()
)
# The teaching staff of a day and their notes; of the notes it reads only the index ix_notes_delivered.
DELIVERED = (
    select(Staff.name, func.coalesce(_NOTES.c.notes, 0).label("notes"), Staff.id, Staff.person_id)
    .outerjoin(_NOTES, _NOTES.c.staff_id == Staff.id)
    .where(Staff.teaching, active(Staff, ON))
)


async def delivered_notes(session: Session, values: Mapping[str, Any]) -> list[TeacherNotes]:
    """3.4: the teaching staff of a day with their notes of the last days that reached somebody by then."""
    rows = await session.execute(DELIVERED.order_by(Staff.name), values)
    return [TeacherNotes(*row) for row in rows]


_THIS_YEAR = Mark.on_date >= SCHOOL_YEAR
_ASSESSED = Prepared(
    select(
        _THIS_YEAR,
        Mark.pupil_id,
        Mark.subject,
        func.sum(Mark.current),
        func.count(Mark.current),
        func.sum(Mark.external),
        func.count(Mark.external),
    )
    .join(Pupil, Pupil.id == Mark.pupil_id)
    .where(
        HOLDS,
        Mark.on_date.between(LAST_YEAR, ON),
        # Who has not left by the day, or by the end of last year.
        Pupil.active_to.is_(None)
        | (Pupil.active_to >= ON)
        | (Pupil.active_to >= LAST_YEAR_END) & (Mark.on_date < SCHOOL_YEAR),
    )
    .group_by(_THIS_YEAR, Mark.pupil_id, Mark.subject)
    .having((func.count(Mark.current) > 0) & (func.count(Mark.external) > 0))
    .order_by(Mark.pupil_id, Mark.subject)
)


async def assessed(
    session: Session, values: Mapping[str, Any]
) -> tuple[list[SubjectMarks], list[SubjectMarks]]:
    """The subjects in which pupils have both kinds of marks, last school year's and this one's, by pupil."""
    years: tuple[list[SubjectMarks], list[SubjectMarks]] = [], []
    for this_year, *row in await _ASSESSED.rows(session, **values):
        years[this_year].append(SubjectMarks(*row))
    return years
