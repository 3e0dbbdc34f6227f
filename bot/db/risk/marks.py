"""Marks, current and external, and what they propose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, and_, case, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Session
from bot.db.roster import Pupil, SchoolClass

# Marks are kept in whole hundredths, so that a half is exactly a half: 4,25 is 425.
SCALE = 100


class Mark(Base):
    """A pupil's marks in a subject on a day: current, external (ВПР, ОГЭ), or both.

    Never changed: a correction supersedes it, and what was believed before stays on record.
    """

    __tablename__ = "marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"))
    subject: Mapped[str] = mapped_column(String(100))
    on_date: Mapped[date]
    current: Mapped[int | None]
    external: Mapped[int | None]
    recorded_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]


# One row holds of a pupil, a subject and a day.
HOLDS: ColumnElement[bool] = Mark.superseded_at.is_(None)
Index(
    "uq_marks_holding",
    Mark.pupil_id,
    Mark.subject,
    Mark.on_date,
    unique=True,
    sqlite_where=HOLDS,
    postgresql_where=HOLDS,
)
Index("ix_marks_on_date", Mark.on_date, Mark.pupil_id)


class MarksDecision(Base):
    """What somebody decided about a pupil whom marks had proposed, and for which facts."""

    __tablename__ = "marks_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime]
    # Put on the register; else not needed.
    registers: Mapped[bool]
    # [kind, subject, period, step] each, as features/risk/marks/rules.py makes them.
    facts: Mapped[list[Any]]


@dataclass(frozen=True)
class SubjectMarks:
    """A pupil's marks in a subject, in hundredths."""

    pupil_id: int
    subject: str
    current_sum: int
    current_count: int
    external_sum: int
    external_count: int


@dataclass(frozen=True)
class Quarter(SubjectMarks):
    """Those of a quarter of a school year.

    `lowest` is the lowest current mark; 0 where there is none.
    """

    quarter: int
    lowest: int


async def quarters(
    session: Session, pupils: ColumnElement[bool], first: date, until: date, starts: Sequence[date]
) -> list[Quarter]:
    """Marks from `first` to `until` of pupils that fulfil a condition over Pupil, counted by quarter.

    `starts`: the first days of the quarters, in order. One query, whose result does not grow with the marks.
    """
    number = case(
        *((Mark.on_date >= start, n) for n, start in reversed(list(enumerate(starts, 1)))), else_=1
    ).label("quarter")
    query = (
        select(
            Mark.pupil_id,
            Mark.subject,
            func.coalesce(func.sum(Mark.current), 0),
            func.count(Mark.current),
            func.coalesce(func.sum(Mark.external), 0),
            func.count(Mark.external),
            number,
            func.coalesce(func.min(Mark.current), 0),
        )
        .join(Pupil, Pupil.id == Mark.pupil_id)
        .where(HOLDS, Mark.on_date.between(first, until), pupils)
        .group_by(Mark.pupil_id, Mark.subject, number)
        .order_by(Mark.pupil_id, Mark.subject, number)
    )
    return [Quarter(*row) for row in await session.execute(query)]


async def holding(
    session: Session, pupils: ColumnElement[bool], first: date, last: date
) -> dict[tuple[int, str, date], Mark]:
    """The marks that hold, of those days and of pupils that fulfil a condition over Pupil."""
    query = (
        select(Mark)
        .join(Pupil, Pupil.id == Mark.pupil_id)
        .where(and_(HOLDS, Mark.on_date.between(first, last), pupils))
    )
    return {(mark.pupil_id, mark.subject, mark.on_date): mark for mark in await session.scalars(query)}


async def subjects(session: Session) -> Sequence[str]:
    """How the subjects of all marks are written."""
    return (await session.scalars(select(Mark.subject).distinct().order_by(Mark.subject))).all()


async def decided(session: Session, pupils: ColumnElement[bool]) -> dict[int, list[list[Any]]]:
    """The facts already decided about, by pupil (a condition over Pupil)."""
    query = (
        select(MarksDecision.pupil_id, MarksDecision.facts)
        .join(Pupil, Pupil.id == MarksDecision.pupil_id)
        .where(pupils)
    )
    found: dict[int, list[list[Any]]] = {}
    for pupil_id, facts in await session.execute(query):
        found.setdefault(pupil_id, []).extend(facts)
    return found


async def pupils_by_id(session: Session, pupils: ColumnElement[bool]) -> dict[int, tuple[Pupil, SchoolClass]]:
    """Pupils that fulfil the condition with their classes, in the order of a class list."""
    query = (
        select(Pupil, SchoolClass)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .where(pupils)
        .order_by(SchoolClass.grade, SchoolClass.letter, Pupil.surname, Pupil.first_name, Pupil.id)
    )
    return {pupil.id: (pupil, school_class) for pupil, school_class in await session.execute(query)}
