"""What teachers declare each quarter that they use, and what was seen when their lessons were visited."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    and_,
    exists,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from bot.db.accounts import Staff
from bot.db.base import Base, Session, active, enum_column
from bot.programme.calendar import Quarter


class Practice(StrEnum):
    """What can be declared, in the order in which it is asked. The order stays: buttons count by it."""

    LESSON_STUDY = "lesson_study"
    COMMUNITY = "community"
    TECHNOLOGIES = "technologies"
    SFERUM = "sferum"
    MY_SCHOOL = "my_school"
    RESH = "resh"
    COK = "cok"
    EMD = "emd"
    ASSESSMENT = "assessment"
    MULTIMEDIA = "multimedia"


class Declaration(Base):
    """What somebody declared in a quarter (its first day), as it stood from a day to a day.

    A correction ends this one and is another: what was declared on a past day stays as it was then.
    """

    __tablename__ = "declarations"
    __table_args__ = (
        Index("ix_declarations_staff", "staff_id", "declared_on", "superseded_on"),
        Index(
            "uq_declarations_standing",
            "staff_id",
            "quarter",
            unique=True,
            sqlite_where=text("superseded_on IS NULL"),
            postgresql_where=text("superseded_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    quarter: Mapped[date]
    # The school's days: from the first on it holds, on the second another one does.
    declared_on: Mapped[date]
    superseded_on: Mapped[date | None]
    created_at: Mapped[datetime]


class DeclaredPractice(Base):
    """A practice of a declaration; a declaration without any says that nothing is used."""

    __tablename__ = "declared_practices"

    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), primary_key=True)
    practice: Mapped[Practice] = mapped_column(enum_column(Practice), primary_key=True)


class LessonVisit(Base):
    """A lesson that somebody visited: whose, in which class (as it was named then), when, their words on it.

    It counts from `logged_on` on, the school's day on which it was written down. A mistaken entry is
    withdrawn and stays on record.
    """

    __tablename__ = "lesson_visits"
    __table_args__ = (Index("ix_lesson_visits_staff", "staff_id", "on_date", "logged_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    class_name: Mapped[str] = mapped_column(String(10))
    on_date: Mapped[date]
    text: Mapped[str] = mapped_column(default="")
    visited_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    logged_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    created_at: Mapped[datetime]


class SeenPractice(Base):
    """A practice that was seen at a visit."""

    __tablename__ = "seen_practices"

    visit_id: Mapped[int] = mapped_column(ForeignKey("lesson_visits.id"), primary_key=True)
    practice: Mapped[Practice] = mapped_column(enum_column(Practice), primary_key=True)


# --- for the indicators ----------------------------------------------------------------------------------


def declared(practices: Collection[Practice], first: date, last: date) -> ColumnElement[bool]:
    """Staff who declared one of the practices between two days, as it stood on the last.

    Narrows a query over Staff. What is declared or corrected later leaves the answer as it is.
    """
    return exists().where(
        Declaration.staff_id == Staff.id,
        Declaration.declared_on.between(first, last),
        or_(Declaration.superseded_on.is_(None), Declaration.superseded_on > last),
        DeclaredPractice.declaration_id == Declaration.id,
        DeclaredPractice.practice.in_(practices),
    )


def seen(practices: Collection[Practice], first: date, last: date) -> ColumnElement[bool]:
    """Staff in whose lessons one of the practices was seen between two days, as known on the last.

    Narrows a query over Staff. What is written down or withdrawn later leaves the answer as it is.
    """
    return exists().where(
        LessonVisit.staff_id == Staff.id,
        LessonVisit.on_date >= first,
        LessonVisit.logged_on <= last,
        or_(LessonVisit.withdrawn_on.is_(None), LessonVisit.withdrawn_on > last),
        SeenPractice.visit_id == LessonVisit.id,
        SeenPractice.practice.in_(practices),
    )


# --- declarations ----------------------------------------------------------------------------------------


def teaching(on: date) -> ColumnElement[bool]:
    """The teaching staff of a day, who declare. Narrows a query over Staff."""
    return and_(Staff.teaching, active(Staff, on))


def has_declared(quarter: date) -> ColumnElement[bool]:
    """Staff who have declared in a quarter (its first day). Narrows a query over Staff."""
    return exists().where(
        Declaration.staff_id == Staff.id, Declaration.quarter == quarter, Declaration.superseded_on.is_(None)
    )


async def standing(session: Session, staff_id: int, until: date) -> Declaration | None:
    """Somebody's last declaration of the quarters up to one (its first day), as it stands."""
    query = select(Declaration).where(
        Declaration.staff_id == staff_id, Declaration.quarter <= until, Declaration.superseded_on.is_(None)
    )
    return await session.scalar(query.order_by(Declaration.quarter.desc()).limit(1))


async def practices_of(session: Session, declaration_id: int) -> set[Practice]:
    """What a declaration names."""
    query = select(DeclaredPractice.practice).where(DeclaredPractice.declaration_id == declaration_id)
    return set(await session.scalars(query))


@dataclass(frozen=True)
class StaffPractices:
    """One of the teaching staff, what they declared (None: nothing said yet), and what was seen."""

    id: int
    name: str
    declared: frozenset[Practice] | None
    seen: frozenset[Practice]


async def of_staff(session: Session, on: date, quarter: Quarter) -> list[StaffPractices]:
    """The teaching staff of a day, with what each declared in a quarter and what was seen at visits in it.

    Three queries, however many.
    """
    query = select(Staff.id, Staff.name).where(teaching(on)).order_by(Staff.name)
    staff = (await session.execute(query)).all()
    said: dict[int, set[Practice]] = {}
    rows = await session.execute(
        select(Declaration.staff_id, DeclaredPractice.practice)
        .outerjoin(DeclaredPractice, DeclaredPractice.declaration_id == Declaration.id)
        .where(Declaration.quarter == quarter.first, Declaration.superseded_on.is_(None))
    )
    for staff_id, practice in rows:
        said.setdefault(staff_id, set()).update([practice] if practice else [])
    shown: dict[int, set[Practice]] = {}
    rows = await session.execute(
        select(LessonVisit.staff_id, SeenPractice.practice)
        .join(SeenPractice, SeenPractice.visit_id == LessonVisit.id)
        .where(LessonVisit.on_date.between(quarter.first, quarter.last), LessonVisit.withdrawn_on.is_(None))
    )
    for staff_id, practice in rows:
        shown.setdefault(staff_id, set()).add(practice)
    return [
        StaffPractices(
            id_, name, frozenset(said[id_]) if id_ in said else None, frozenset(shown.get(id_, ()))
        )
        for id_, name in staff
    ]


async def silent(session: Session, on: date, quarter: date) -> list[int]:
    """The persons of the teaching staff of a day who have not declared in a quarter (its first day)."""
    query = select(Staff.person_id).where(teaching(on), Staff.person_id.is_not(None), ~has_declared(quarter))
    return [id_ for id_ in await session.scalars(query.order_by(Staff.id)) if id_ is not None]


# --- visits ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class VisitRow:
    """A visit, whose lesson it was, who visited ("" where they have left no name), what was seen."""

    visit: LessonVisit
    teacher: str
    teacher_person_id: int | None
    visitor: str
    practices: tuple[Practice, ...] = ()


async def visits(
    session: Session, where: ColumnElement[bool], offset: int = 0, limit: int = 1
) -> list[VisitRow]:
    """Visits that fulfil the condition, the latest first: two queries."""
    visitor = aliased(Staff)
    query: Select[*tuple[LessonVisit, str, int | None, str]] = (
        select(LessonVisit, Staff.name, Staff.person_id, func.coalesce(visitor.name, ""))
        .join(Staff, Staff.id == LessonVisit.staff_id)
        .outerjoin(visitor, visitor.person_id == LessonVisit.visited_by)
        .where(where)
        .order_by(LessonVisit.on_date.desc(), LessonVisit.id.desc())
        .offset(offset)
        .limit(limit)
    )
    rows = (await session.execute(query)).all()
    found: dict[int, list[Practice]] = {}
    ids = [row[0].id for row in rows]
    there = select(SeenPractice.visit_id, SeenPractice.practice).where(SeenPractice.visit_id.in_(ids))
    for visit_id, practice in await session.execute(there):
        found.setdefault(visit_id, []).append(practice)
    order: Sequence[Practice] = list(Practice)
    return [
        VisitRow(*row, tuple(practice for practice in order if practice in found.get(row[0].id, ())))
        for row in rows
    ]


async def count_visits(session: Session, where: ColumnElement[bool]) -> int:
    """Count the visits that fulfil the condition."""
    return await session.scalar(select(func.count()).select_from(LessonVisit).where(where)) or 0
