"""Occurrences of the programme's activities, who answers for them, reports and reminders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    and_,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from bot.db.accounts import Person, Role, Staff, StaffRole
from bot.db.base import Base, Session, active, enum_column


class AssignmentState(StrEnum):
    """Where one person's part of an occurrence stands."""

    OPEN = "open"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Occurrence(Base):
    """One time that an activity is due. `nominal_due` (before holidays move it) is its identity."""

    __tablename__ = "occurrences"
    __table_args__ = (UniqueConstraint("activity_key", "nominal_due"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_key: Mapped[str] = mapped_column(String(50))
    nominal_due: Mapped[date]
    starts_on: Mapped[date]
    due_on: Mapped[date] = mapped_column(index=True)


class Assignment(Base):
    """One responsible person's part of an occurrence.

    `responsible` is the name or position as the document has it; `staff_id` is None as long as nobody
    by that name has an account: then it stands in the director's status as unassigned.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        UniqueConstraint("occurrence_id", "responsible", "staff_id"),
        Index("ix_assignments_staff", "staff_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrences.id"), index=True)
    responsible: Mapped[str] = mapped_column(String(200))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    state: Mapped[AssignmentState] = mapped_column(enum_column(AssignmentState), default=AssignmentState.OPEN)
    # "In progress" keeps reminders quiet until 3 days before.
    in_progress_at: Mapped[datetime | None]
    # The last step of the ladder that this person has been told (calendar.Step.name).
    last_step: Mapped[str | None] = mapped_column(String(20))
    # When the directors were told that this part is late: once.
    escalated_on: Mapped[date | None]


class ActivityReport(Base):
    """What was done, in the responsible person's words; and what the director said to it."""

    __tablename__ = "activity_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str]
    created_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]
    comment: Mapped[str | None]


# Parts that their people still have to do something about.
UNFINISHED = Assignment.state.in_((AssignmentState.OPEN, AssignmentState.RETURNED))
# Reports that the director has not answered.
UNDECIDED = ActivityReport.decided_at.is_(None)


@dataclass(frozen=True)
class Part:
    """One person's part of an occurrence, for a screen or a reminder.

    Without `staff_id` nobody has it; without `person_id` whoever has it has no account.
    """

    id: int
    occurrence_id: int
    activity_key: str
    starts_on: date
    due_on: date
    responsible: str
    state: AssignmentState
    in_progress_at: datetime | None
    last_step: str | None
    staff_id: int | None
    staff_name: str | None
    person_id: int | None

    @property
    def unfinished(self) -> bool:
        """Whether something is still to be done."""
        return self.state in (AssignmentState.OPEN, AssignmentState.RETURNED)

    @property
    def name(self) -> str:
        """Whose it is; the document's words where it is nobody's."""
        return self.staff_name or self.responsible


async def parts(
    session: Session, where: ColumnElement[bool], *, latest_first: bool = False, limit: int | None = None
) -> list[Part]:
    """Parts that fulfil a condition over Assignment and Occurrence, by due date."""
    due = Occurrence.due_on.desc() if latest_first else Occurrence.due_on.asc()
    query = (
        select(
            Assignment.id,
            Occurrence.id,
            Occurrence.activity_key,
            Occurrence.starts_on,
            Occurrence.due_on,
            Assignment.responsible,
            Assignment.state,
            Assignment.in_progress_at,
            Assignment.last_step,
            Staff.id,
            Staff.name,
            Staff.person_id,
        )
        .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
        .outerjoin(Staff, Staff.id == Assignment.staff_id)
        .where(where)
        .order_by(due, Assignment.id)
        .limit(limit)
    )
    rows: Sequence[Any] = (await session.execute(query)).all()
    return [Part(*row) for row in rows]


def matters(today: date) -> ColumnElement[bool]:
    """Occurrences that a director looks at: the next of each activity, late ones, reports that wait."""
    same = aliased(Occurrence)
    next_due = (
        select(func.min(same.due_on))
        .where(same.activity_key == Occurrence.activity_key, same.due_on >= today)
        .scalar_subquery()
    )
    of_it = aliased(Assignment)
    unaccepted = exists().where(of_it.occurrence_id == Occurrence.id, of_it.state != AssignmentState.ACCEPTED)
    reported = exists().where(of_it.occurrence_id == Occurrence.id, of_it.state == AssignmentState.REPORTED)
    return or_(Occurrence.due_on == next_due, and_(Occurrence.due_on < today, unaccepted), reported)


def live(today: date) -> ColumnElement[bool]:
    """Occurrences that somebody may still have to do something about."""
    of_it = aliased(Assignment)
    unfinished = exists().where(
        of_it.occurrence_id == Occurrence.id,
        of_it.state.in_((AssignmentState.OPEN, AssignmentState.RETURNED)),
    )
    return or_(Occurrence.due_on >= today, unfinished)


@dataclass(frozen=True)
class Report:
    """A report with what it is about. `accepted` is None until somebody has decided."""

    id: int
    assignment_id: int
    occurrence_id: int
    activity_key: str
    due_on: date
    staff_name: str
    person_id: int | None
    text: str
    created_at: datetime
    accepted: bool | None
    comment: str | None


async def reports(session: Session, where: ColumnElement[bool], limit: int | None = None) -> list[Report]:
    """Reports that fulfil a condition over ActivityReport, Assignment and Occurrence, the latest first."""
    query = (
        select(
            ActivityReport.id,
            Assignment.id,
            Occurrence.id,
            Occurrence.activity_key,
            Occurrence.due_on,
            Staff.name,
            Staff.person_id,
            ActivityReport.text,
            ActivityReport.created_at,
            ActivityReport.accepted,
            ActivityReport.comment,
        )
        .join(Assignment, Assignment.id == ActivityReport.assignment_id)
        .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
        .join(Staff, Staff.id == ActivityReport.staff_id)
        .where(where)
        .order_by(ActivityReport.id.desc())
        .limit(limit)
    )
    return [Report(*row) for row in await session.execute(query)]


@dataclass(frozen=True)
class Director:
    """An admin on the staff who can be written to."""

    staff_id: int
    person_id: int


async def directors(session: Session, today: date) -> list[Director]:
    """Who hears of reports and of what is late: admins on the staff with an account."""
    query = (
        select(Staff.id, Person.id)
        .join(Person, Person.id == Staff.person_id)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(active(Staff, today), StaffRole.role == Role.ADMIN)
        .order_by(Staff.id)
    )
    return [Director(*row) for row in await session.execute(query)]


def reporting_staff(since: datetime, until: datetime) -> Select[int]:
    """The ids of the staff who handed in a report from a moment on and before another (1.3)."""
    return select(ActivityReport.staff_id).where(
        ActivityReport.created_at >= since, ActivityReport.created_at < until
    )
