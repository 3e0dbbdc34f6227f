"""Readings of indicators, recorded by staff, and the facts that values are computed from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.accounts import Staff
from bot.db.base import Base, Session, active
from bot.db.notes import Note
from bot.db.surveys import Survey, SurveyAnswer, SurveyQuestion, SurveyState


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


_ROW = (
    Reading.on_date,
    Reading.value,
    Reading.numerator,
    Reading.denominator,
    Reading.comment,
    Reading.file,
)


async def latest_readings(session: Session, on: date) -> dict[str, list[ReadingRow]]:
    """The last reading of every indicator up to a day and the one before it, by key, the last first."""
    order = func.row_number().over(
        partition_by=Reading.indicator_key, order_by=(Reading.on_date.desc(), Reading.id.desc())
    )
    ranked = (
        select(Reading.indicator_key, *_ROW, order.label("place")).where(Reading.on_date <= on).subquery()
    )
    found: dict[str, list[ReadingRow]] = {}
    query = select(*list(ranked.c)[:-1]).where(ranked.c.place <= 2).order_by(ranked.c.place)
    for key, *row in await session.execute(query):
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


def _reached(since: datetime, until: datetime) -> ColumnElement[bool]:
    """Notes written from a moment on that reached somebody before another. Narrows a query over Note."""
    delivered = (Note.first_delivered_at >= since) & (Note.first_delivered_at < until)
    return delivered & (Note.created_at >= since)


async def delivered_notes(
    session: Session, on: date, since: datetime, until: datetime
) -> Sequence[TeacherNotes]:
    """The teaching staff of a day, and how many notes written from `since` had reached somebody by `until`.

    Reads only the index ix_notes_delivered of the notes.
    """
    counted = (
        select(Note.staff_id, func.count().label("notes"))
        .where(_reached(since, until))
        .group_by(Note.staff_id)
        .subquery()
    )
    query = (
        select(Staff.name, func.coalesce(counted.c.notes, 0), Staff.id, Staff.person_id)
        .outerjoin(counted, counted.c.staff_id == Staff.id)
        .where(Staff.teaching, active(Staff, on))
        .order_by(Staff.name)
    )
    return [TeacherNotes(*row) for row in await session.execute(query)]


async def satisfied(session: Session, since: datetime, until: datetime) -> tuple[int, int]:
    """Answers 4-5, and all, to the headline question of the last satisfaction survey closed in that time."""
    survey = (
        select(Survey.id)
        .where(
            Survey.template == "satisfaction",
            Survey.state == SurveyState.CLOSED,
            Survey.closed_at >= since,
            Survey.closed_at < until,
        )
        .order_by(Survey.closed_at.desc(), Survey.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(func.count(SurveyAnswer.score).filter(SurveyAnswer.score >= 4), func.count(SurveyAnswer.score))
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswer.question_id)
        .where(SurveyQuestion.survey_id == survey, SurveyQuestion.headline)
    )
    row = (await session.execute(query)).one()
    return row[0], row[1]
