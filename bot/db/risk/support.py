"""What supports pupils: extra lessons, clubs, mentoring pairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, String, func, select, text
from sqlalchemy.orm import Mapped, aliased, mapped_column

from bot.db.accounts import Staff
from bot.db.base import Base, Dated, Session, active, enum_column
from bot.db.roster import Pupil, SchoolClass


class ExtraLesson(Base):
    """An extra lesson that was held. Never changed: a mistaken entry is taken back and stays on record."""

    __tablename__ = "extra_lessons"
    __table_args__ = (Index("ix_extra_lessons_on_date", "on_date", "withdrawn_at", "staff_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    subject: Mapped[str] = mapped_column(String(100))
    on_date: Mapped[date]
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class LessonPupil(Base):
    """A pupil of an extra lesson's group, who came or did not."""

    __tablename__ = "lesson_pupils"
    __table_args__ = (Index("ix_lesson_pupils_pupil", "pupil_id", "lesson_id", "attended"),)

    lesson_id: Mapped[int] = mapped_column(ForeignKey("extra_lessons.id"), primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), primary_key=True)
    attended: Mapped[bool]


class Provider(StrEnum):
    """Who gives a club: the school, or a partner of its network."""

    SCHOOL = "school"
    PARTNER = "partner"


class Club(Dated, Base):
    """Additional education: a club of the school, or of a partner such as a music school."""

    __tablename__ = "clubs"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    provider: Mapped[Provider] = mapped_column(enum_column(Provider))
    # The partner's name; "" for the school.
    organisation: Mapped[str] = mapped_column(String(100))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]


class ClubPupil(Dated, Base):
    """A pupil goes to a club from a day to a day."""

    __tablename__ = "club_pupils"
    __table_args__ = (
        Index("ix_club_pupils_active", "active_from", "active_to", "pupil_id"),
        Index(
            "uq_club_pupils_open",
            "club_id",
            "pupil_id",
            unique=True,
            sqlite_where=text("active_to IS NULL"),
            postgresql_where=text("active_to IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    club_id: Mapped[int] = mapped_column(ForeignKey("clubs.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)


class PairKind(StrEnum):
    """Who mentors: a teacher, or another pupil."""

    TEACHER = "teacher"
    PEER = "peer"


class MentoringPair(Dated, Base):
    """Somebody mentors a pupil from a day to a day.

    teacher: `staff_id` mentors. peer: `mentor_id` does, with the help of `staff_id` where there is one.
    """

    __tablename__ = "mentoring_pairs"
    __table_args__ = (Index("ix_mentoring_pairs_active", "kind", "active_from", "active_to"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PairKind] = mapped_column(enum_column(PairKind))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("pupils.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    # How it ended, in the words of who ended it.
    outcome: Mapped[str] = mapped_column(default="")


# --- pupils to choose from -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Candidate:
    """A pupil to choose, and whether they are on the risk register."""

    id: int
    name: str
    class_id: int
    registered: bool


async def candidates(
    session: Session, pupils: ColumnElement[bool], registered: Select[int]
) -> list[Candidate]:
    """Pupils that fulfil the condition, those on the register first: one query."""
    on_register = Pupil.id.in_(registered)
    query = (
        select(Pupil, on_register)
        .where(pupils)
        .order_by(on_register.desc(), Pupil.surname, Pupil.first_name, Pupil.id)
    )
    return [Candidate(p.id, p.name, p.class_id, bool(on)) for p, on in await session.execute(query)]


@dataclass(frozen=True)
class ClassCount:
    """A class to choose from, and how many of its pupils are on the register."""

    school_class: SchoolClass
    registered: int


async def classes(session: Session, pupils: ColumnElement[bool], registered: Select[int]) -> list[ClassCount]:
    """The classes of the pupils that fulfil the condition, in the order of a school."""
    on_register = func.count(Pupil.id).filter(Pupil.id.in_(registered))
    query = (
        select(SchoolClass, on_register)
        .join(Pupil, Pupil.class_id == SchoolClass.id)
        .where(pupils)
        .group_by(SchoolClass.id)
        .order_by(SchoolClass.grade, SchoolClass.letter)
    )
    return [ClassCount(*row) for row in await session.execute(query)]


# --- extra lessons ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LessonRow:
    """An extra lesson in a list: who held it, how many were there of how many."""

    lesson: ExtraLesson
    teacher: str
    attended: int
    group: int


async def lessons(session: Session, where: ColumnElement[bool], offset: int, limit: int) -> list[LessonRow]:
    """Lessons that fulfil the condition, the latest first: one query."""
    query = (
        select(
            ExtraLesson,
            Staff.name,
            func.count(LessonPupil.pupil_id).filter(LessonPupil.attended),
            func.count(LessonPupil.pupil_id),
        )
        .join(Staff, Staff.id == ExtraLesson.staff_id)
        .outerjoin(LessonPupil, LessonPupil.lesson_id == ExtraLesson.id)
        .where(where)
        .group_by(ExtraLesson.id, Staff.name)
        .order_by(ExtraLesson.on_date.desc(), ExtraLesson.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [LessonRow(*row) for row in await session.execute(query)]


async def count_lessons(session: Session, where: ColumnElement[bool]) -> int:
    """How many lessons fulfil the condition."""
    return await session.scalar(select(func.count()).select_from(ExtraLesson).where(where)) or 0


async def group(session: Session, lesson_id: int) -> Sequence[tuple[Pupil, bool]]:
    """The group of a lesson by name, and who of them came."""
    query = (
        select(Pupil, LessonPupil.attended)
        .join(LessonPupil, LessonPupil.pupil_id == Pupil.id)
        .where(LessonPupil.lesson_id == lesson_id)
        .order_by(Pupil.surname, Pupil.first_name, Pupil.id)
    )
    return [(pupil, attended) for pupil, attended in await session.execute(query)]


async def own_subjects(session: Session, staff_id: int, limit: int) -> Sequence[str]:
    """The subjects of somebody's lessons, the latest first."""
    query = (
        select(ExtraLesson.subject)
        .where(ExtraLesson.staff_id == staff_id, ExtraLesson.withdrawn_at.is_(None))
        .group_by(ExtraLesson.subject)
        .order_by(func.max(ExtraLesson.id).desc())
        .limit(limit)
    )
    return (await session.scalars(query)).all()


# --- clubs -----------------------------------------------------------------------------------------------


async def clubs(session: Session, where: ColumnElement[bool], on: date) -> list[tuple[Club, int]]:
    """Clubs that fulfil the condition, each with the number of its pupils on the day."""
    query = (
        select(Club, func.count(Pupil.id))
        .outerjoin(ClubPupil, (ClubPupil.club_id == Club.id) & active(ClubPupil, on))
        .outerjoin(Pupil, (Pupil.id == ClubPupil.pupil_id) & active(Pupil, on))
        .where(where)
        .group_by(Club.id)
        .order_by(Club.name, Club.id)
    )
    return [(club, count) for club, count in await session.execute(query)]


async def members(
    session: Session, club_id: int, pupils: ColumnElement[bool], on: date
) -> list[tuple[Pupil, SchoolClass, date]]:
    """Who of the pupils that fulfil the condition goes to a club on the day, and since when."""
    query = (
        select(Pupil, SchoolClass, ClubPupil.active_from)
        .join(ClubPupil, ClubPupil.pupil_id == Pupil.id)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .where(ClubPupil.club_id == club_id, active(ClubPupil, on), pupils)
        .order_by(SchoolClass.grade, SchoolClass.letter, Pupil.surname, Pupil.first_name, Pupil.id)
    )
    return [(pupil, school_class, since) for pupil, school_class, since in await session.execute(query)]


# --- mentoring pairs -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """A mentoring pair with its names; `mentor` for a peer, `teacher` who mentors or assists."""

    row: MentoringPair
    pupil: Pupil
    school_class: SchoolClass
    mentor: Pupil | None
    mentor_class: SchoolClass | None
    teacher: str | None


async def pairs(session: Session, where: ColumnElement[bool]) -> list[Pair]:
    """Pairs that fulfil the condition over MentoringPair and Pupil (who is mentored), by name: one query."""
    mentor, mentor_class = aliased(Pupil), aliased(SchoolClass)
    query = (
        select(MentoringPair, Pupil, SchoolClass, mentor, mentor_class, Staff.name)
        .join(Pupil, Pupil.id == MentoringPair.pupil_id)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .outerjoin(mentor, mentor.id == MentoringPair.mentor_id)
        .outerjoin(mentor_class, mentor_class.id == mentor.class_id)
        .outerjoin(Staff, Staff.id == MentoringPair.staff_id)
        .where(where)
        .order_by(MentoringPair.kind.desc(), Pupil.surname, Pupil.first_name, MentoringPair.id)
    )
    return [Pair(*row) for row in await session.execute(query)]


# --- what the indicators ask -----------------------------------------------------------------------------


def _held(first: date, last: date, until: datetime) -> ColumnElement[bool]:
    """Extra lessons of a span of days as they stood on record at a moment. Over ExtraLesson."""
    on_record = (ExtraLesson.created_at < until) & (
        ExtraLesson.withdrawn_at.is_(None) | (ExtraLesson.withdrawn_at >= until)
    )
    return on_record & ExtraLesson.on_date.between(first, last)


def attended(first: date, last: date, until: datetime) -> Select[int]:
    """The ids of the pupils who attended an extra lesson in a span of days, as known at a moment (2.3)."""
    return (
        select(LessonPupil.pupil_id)
        .join(ExtraLesson, ExtraLesson.id == LessonPupil.lesson_id)
        .where(LessonPupil.attended, _held(first, last, until))
    )


def enrolled(on: date) -> Select[int]:
    """The ids of the pupils who go to a club on the day, of the school or a partner (2.4)."""
    return (
        select(ClubPupil.pupil_id)
        .join(Club, Club.id == ClubPupil.club_id)
        .where(active(ClubPupil, on), active(Club, on))
    )


def pairs_on(kind: PairKind, on: date) -> Select[int]:
    """The ids of the pairs of a kind that were active on the day, nobody of whom had left (2.5, 2.6)."""
    here = select(Pupil.id).where(active(Pupil, on))
    leads = {
        PairKind.TEACHER: MentoringPair.staff_id.in_(select(Staff.id).where(active(Staff, on))),
        PairKind.PEER: MentoringPair.mentor_id.in_(here),
    }
    return select(MentoringPair.id).where(
        MentoringPair.kind == kind, active(MentoringPair, on), MentoringPair.pupil_id.in_(here), leads[kind]
    )


def taught(first: date, last: date, until: datetime) -> Select[int]:
    """The ids of the staff who held an extra lesson in a span of days, as known at a moment (1.3)."""
    return select(ExtraLesson.staff_id).where(_held(first, last, until))


def mentored(first: date, last: date) -> Select[int | None]:
    """The ids of the staff who led a pair teacher–pupil on any day of a span (1.3)."""
    return select(MentoringPair.staff_id).where(
        MentoringPair.kind == PairKind.TEACHER,
        MentoringPair.active_from <= last,
        MentoringPair.active_to.is_(None) | (MentoringPair.active_to >= first),
        # Begun and ended on one day was a mistake.
        MentoringPair.active_to.is_(None) | (MentoringPair.active_to >= MentoringPair.active_from),
    )
