"""Classes, pupils, their guardians, and who teaches whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    String,
    UniqueConstraint,
    distinct,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.accounts import OPEN, Invitation, Person
from bot.db.base import Base, Dated, Session, active


class SchoolClass(Base):
    """A class by its name, such as 5А; its pupils of next year are others (features/roster/turning.py)."""

    __tablename__ = "classes"
    __table_args__ = (UniqueConstraint("grade", "letter"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    grade: Mapped[int]
    letter: Mapped[str] = mapped_column(String(5))

    @property
    def name(self) -> str:
        """As people say it: 5А."""
        return f"{self.grade}{self.letter}"


class Pupil(Dated, Base):
    """A pupil, from the day they came to the day they left."""

    __tablename__ = "pupils"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id"), index=True)
    surname: Mapped[str] = mapped_column(String(100))
    first_name: Mapped[str] = mapped_column(String(100))
    patronymic: Mapped[str] = mapped_column(String(100))
    # The day on which they last changed to another class; None: never since they came.
    moved_on: Mapped[date | None]
    # When it was marked that they leave: what was withdrawn then can be put back on the same day.
    left_marked_at: Mapped[datetime | None]

    @property
    def name(self) -> str:
        """Surname and first name."""
        return f"{self.surname} {self.first_name}"


class Guardian(Dated, Base):
    """One guardian's place at one pupil, taken (`person_id`) or waiting for somebody to come.

    Two children of one mother are two places; once she has come, both carry her person.
    """

    __tablename__ = "guardians"

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    relation: Mapped[str] = mapped_column(String(50))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    # When the school ended the access of who had this place: nobody is invited to it until it is opened.
    closed_on: Mapped[date | None]


def welcome(on: date) -> ColumnElement[bool]:
    """The guardians' places of a day, but for those that the school has closed. Over Guardian."""
    return active(Guardian, on) & Guardian.closed_on.is_(None)


class Teaching(Base):
    """A member of staff teaches a class, or leads it (классный руководитель)."""

    __tablename__ = "teaching"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id"), primary_key=True)
    leads: Mapped[bool] = mapped_column(default=False)


class YearTurn(Base):
    """That a school year has begun and its classes have moved up: once for each first day."""

    __tablename__ = "year_turns"

    first: Mapped[date] = mapped_column(primary_key=True)
    turned_at: Mapped[datetime]


@dataclass(frozen=True)
class GuardianRow:
    """A guardian's place in a class list."""

    id: int
    name: str
    relation: str
    connected: bool
    reachable: bool
    # The school ended the access of who had it.
    closed: bool = False
    # Until when an invitation to this place, neither used nor withdrawn, can be used; it may have passed.
    invited_until: datetime | None = None

    @property
    def stopped(self) -> bool:
        """Whether who has come has closed the bot since: no message comes through to them."""
        return self.connected and not self.reachable


@dataclass(frozen=True)
class PupilRow:
    """A pupil in a class list, with the guardians' places."""

    id: int
    surname: str
    first_name: str
    guardians: tuple[GuardianRow, ...]

    @property
    def name(self) -> str:
        """Surname and first name."""
        return f"{self.surname} {self.first_name}"

    @property
    def reached(self) -> bool:
        """Whether any guardian has come, so that somebody would get a message about the pupil."""
        return any(place.connected for place in self.guardians)

    @property
    def stopped(self) -> bool:
        """Whether all the guardians who have come have closed the bot since."""
        return self.reached and all(place.stopped for place in self.guardians if place.connected)


async def classes(session: Session, where: ColumnElement[bool]) -> Sequence[SchoolClass]:
    """Classes that fulfil the condition, in the order of a school."""
    query = select(SchoolClass).where(where).order_by(SchoolClass.grade, SchoolClass.letter)
    return (await session.scalars(query)).all()


async def class_list(
    session: Session, pupils: ColumnElement[bool], guardians: ColumnElement[bool]
) -> list[PupilRow]:
    """Pupils that fulfil the condition, by name, with the guardians that fulfil theirs: one query."""
    invited = (
        select(func.max(Invitation.expires_at))
        .where(Invitation.guardian_id == Guardian.id, OPEN)
        .correlate(Guardian)
        .scalar_subquery()
    )
    query = (
        select(
            Pupil.id,
            Pupil.surname,
            Pupil.first_name,
            Guardian.id,
            Guardian.name,
            Guardian.relation,
            Guardian.person_id.is_not(None),
            Person.unreachable_since.is_(None),
            Guardian.closed_on.is_not(None),
            invited,
        )
        .outerjoin(Guardian, (Guardian.pupil_id == Pupil.id) & guardians)
        .outerjoin(Person, Person.id == Guardian.person_id)
        .where(pupils)
        .order_by(Pupil.surname, Pupil.first_name, Pupil.id, Guardian.id)
    )
    rows = (await session.execute(query)).all()
    return [
        PupilRow(
            id_,
            surname,
            first_name,
            tuple(GuardianRow(*list(row)[3:]) for row in group if row[3] is not None),
        )
        for (id_, surname, first_name), group in groupby(rows, key=lambda row: (row[0], row[1], row[2]))
    ]


@dataclass(frozen=True)
class ClassCount:
    """A class in numbers: pupils, guardians' places, and places whose guardian has come."""

    id: int
    grade: int
    letter: str
    pupils: int
    guardians: int
    connected: int


async def class_counts(session: Session, today: date) -> list[ClassCount]:
    """Every class in numbers."""
    query = (
        select(
            SchoolClass.id,
            SchoolClass.grade,
            SchoolClass.letter,
            func.count(distinct(Pupil.id)),
            func.count(distinct(Guardian.id)),
            func.count(distinct(Guardian.id)).filter(Guardian.person_id.is_not(None)),
        )
        .outerjoin(Pupil, (Pupil.class_id == SchoolClass.id) & active(Pupil, today))
        .outerjoin(Guardian, (Guardian.pupil_id == Pupil.id) & welcome(today))
        .group_by(SchoolClass.id)
        .order_by(SchoolClass.grade, SchoolClass.letter)
    )
    return [ClassCount(*row) for row in await session.execute(query)]
