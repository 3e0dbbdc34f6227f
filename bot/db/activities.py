"""Occurrences of the programme's activities, who answers for them, reports, reminders, dates that move."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from bot.db.accounts import Staff
from bot.db.base import Base, Session, enum_column
from bot.db.outbox import File
from bot.db.prepared import Prepared


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
    # What calendars know it by, and how often its dates have changed.
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=lambda: str(uuid4()))
    sequence: Mapped[int] = mapped_column(default=0)


class Assignment(Base):
    """One responsible person's part of an occurrence.

    `responsible` is the name or position as the document has it, `named_id` who that is: they stay on record
    whoever has the part. `staff_id` has it: the one to whom the director gave this very part (`given_id`), or
    the whole activity (Handover), or else `named_id`; nobody once somebody has said that it is not theirs
    (`refused_id`). Without `staff_id` it stands in the director's status as unassigned.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        UniqueConstraint("occurrence_id", "responsible", "named_id"),
        Index("ix_assignments_staff", "staff_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrences.id"), index=True)
    responsible: Mapped[str] = mapped_column(String(200))
    named_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    given_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    refused_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    refused_at: Mapped[datetime | None]
    # Why it is not theirs, in their words.
    refusal: Mapped[str | None]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    state: Mapped[AssignmentState] = mapped_column(enum_column(AssignmentState), default=AssignmentState.OPEN)
    # The date that the director has agreed to, instead of the occurrence's; and how often it has changed.
    moved_to: Mapped[date | None]
    sequence: Mapped[int] = mapped_column(default=0)
    # "In progress" keeps reminders quiet until 3 days before.
    in_progress_at: Mapped[datetime | None]
    # The last step of the ladder that this person has been told (calendar.Step.name).
    last_step: Mapped[str | None] = mapped_column(String(20))
    # The last step after the due date that the directors have been told, and on which day.
    escalated_step: Mapped[str | None] = mapped_column(String(20))
    escalated_on: Mapped[date | None]


class Handover(Base):
    """The director's word that from an occurrence on somebody else has what the document gives another.

    `since` is that occurrence's nominal due date. `named_id` tells the holders of a position apart; None
    where the document gives a name. Of several the latest holds.
    """

    __tablename__ = "handovers"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_key: Mapped[str] = mapped_column(String(50))
    responsible: Mapped[str] = mapped_column(String(200))
    named_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    since: Mapped[date]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]


class DateRequest(Base):
    """Somebody asks for another date; `agreed` is what the director said.

    Decided without a yes or no: there was nothing to decide any more (it was reported, or is another's).
    """

    __tablename__ = "date_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    was_due: Mapped[date]
    wanted_on: Mapped[date]
    reason: Mapped[str]
    created_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    agreed: Mapped[bool | None]
    comment: Mapped[str | None]


class ActivityReport(Base):
    """What was done, in the responsible person's words; and what the director said to it."""

    __tablename__ = "activity_reports"
    __table_args__ = (Index("ix_activity_reports_created", "created_at", "staff_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str]
    # Evidence, as the outbox keeps files (kind, id, name).
    files: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]
    comment: Mapped[str | None]


# Parts that their people still have to do something about.
UNFINISHED = Assignment.state.in_((AssignmentState.OPEN, AssignmentState.RETURNED))
# Reports that the director has not answered.
UNDECIDED = ActivityReport.decided_at.is_(None)
# Requests for another date that nobody has answered.
UNANSWERED = DateRequest.decided_at.is_(None)
# Parts whose people have asked for another date and have no answer.
ASKED = exists().where(
    DateRequest.assignment_id == Assignment.id, DateRequest.staff_id == Assignment.staff_id, UNANSWERED
)
# When a part is due: the date agreed with the director, else the occurrence's.
DUE: ColumnElement[date] = func.coalesce(Assignment.moved_to, Occurrence.due_on)


@dataclass(frozen=True)
class Part:
    """One person's part of an occurrence, for a screen or a reminder.

    Without `staff_id` nobody has it; without `person_id` whoever has it has no account. `planned_on` is when
    the occurrence is due, `due_on` when this part of it is. `uid` is the occurrence's.
    """

    id: int
    occurrence_id: int
    activity_key: str
    nominal_due: date
    starts_on: date
    planned_on: date
    due_on: date
    responsible: str
    named_id: int | None
    named_name: str | None
    state: AssignmentState
    in_progress_at: datetime | None
    last_step: str | None
    escalated_step: str | None
    refused_id: int | None
    refusal: str | None
    uid: str
    occurrence_sequence: int
    sequence: int
    staff_id: int | None
    staff_name: str | None
    person_id: int | None

    @property
    def unfinished(self) -> bool:
        """Whether something is still to be done."""
        return self.state in (AssignmentState.OPEN, AssignmentState.RETURNED)

    @property
    def named(self) -> str:
        """Whose it is by the document: the name, or who holds the position, or the position."""
        return self.named_name or self.responsible

    @property
    def name(self) -> str:
        """Whose it is; the document's words where it is nobody's."""
        return self.staff_name or self.named

    @property
    def passed_on(self) -> bool:
        """Whether somebody else has it than whom the document names."""
        return self.staff_id is not None and self.staff_id != self.named_id


# Built once: a tick asks it again and again.
_NAMED = aliased(Staff)
_PARTS = (
    select(
        Assignment.id,
        Occurrence.id,
        Occurrence.activity_key,
        Occurrence.nominal_due,
        Occurrence.starts_on,
        Occurrence.due_on,
        DUE,
        Assignment.responsible,
        Assignment.named_id,
        _NAMED.name,
        Assignment.state,
        Assignment.in_progress_at,
        Assignment.last_step,
        Assignment.escalated_step,
        Assignment.refused_id,
        Assignment.refusal,
        Occurrence.uid,
        Occurrence.sequence,
        Assignment.sequence,
        Staff.id,
        Staff.name,
        Staff.person_id,
    )
    .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
    .outerjoin(Staff, Staff.id == Assignment.staff_id)
    .outerjoin(_NAMED, _NAMED.id == Assignment.named_id)
)


async def parts(
    session: Session, where: ColumnElement[bool], *, latest_first: bool = False, limit: int | None = None
) -> list[Part]:
    """Parts that fulfil a condition over Assignment and Occurrence, by due date."""
    query = _PARTS.where(where).order_by(DUE.desc() if latest_first else DUE.asc(), Assignment.id)
    rows: Sequence[Any] = (await session.execute(query.limit(limit))).all()
    return [Part(*row) for row in rows]


async def pages(session: Session, where: ColumnElement[bool], page: int) -> AsyncIterator[list[Part]]:
    """Parts that fulfil a condition over Assignment and Occurrence, by id, so many at a time.

    In between others have their turn: however many there are, they hold nobody up.
    """
    last, full = 0, True
    while full:
        query = _PARTS.where(where, Assignment.id > last).order_by(Assignment.id).limit(page)
        rows: Sequence[Any] = (await session.execute(query)).all()
        found = [Part(*row) for row in rows]
        if full := len(found) == page:
            last = found[-1].id
        yield found
        await asyncio.sleep(0)


def matters(today: date | BindParameter[date]) -> ColumnElement[bool]:
    """Occurrences that a director looks at: the next of each activity, late ones, reports that wait."""
    same = aliased(Occurrence)
    next_due = (
        select(func.min(same.due_on))
        .where(same.activity_key == Occurrence.activity_key, same.due_on >= today)
        .scalar_subquery()
    )
    of_it = aliased(Assignment)
    unaccepted = exists().where(
        of_it.occurrence_id == Occurrence.id,
        of_it.state != AssignmentState.ACCEPTED,
        or_(Occurrence.due_on < today, of_it.moved_to < today),
    )
    reported = exists().where(of_it.occurrence_id == Occurrence.id, of_it.state == AssignmentState.REPORTED)
    return or_(Occurrence.due_on == next_due, unaccepted, reported)


_NOBODYS = Prepared(
    _PARTS.where(matters(bindparam("today", type_=Date)), UNFINISHED, Staff.person_id.is_(None)).order_by(
        DUE, Assignment.id
    )
)


async def nobodys(session: Session, today: date) -> list[Part]:
    """The parts that reminders do not reach, now or next, by due date."""
    return [Part(*row) for row in await _NOBODYS.rows(session, today=today)]


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
    decided_at: datetime | None
    accepted: bool | None
    comment: str | None
    files: tuple[File, ...]


async def reports(session: Session, where: ColumnElement[bool], limit: int | None = None) -> list[Report]:
    """Reports that fulfil a condition over ActivityReport, Assignment and Occurrence, the latest first."""
    query = (
        select(
            ActivityReport.id,
            Assignment.id,
            Occurrence.id,
            Occurrence.activity_key,
            DUE,
            Staff.name,
            Staff.person_id,
            ActivityReport.text,
            ActivityReport.created_at,
            ActivityReport.decided_at,
            ActivityReport.accepted,
            ActivityReport.comment,
            ActivityReport.files,
        )
        .join(Assignment, Assignment.id == ActivityReport.assignment_id)
        .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
        .join(Staff, Staff.id == ActivityReport.staff_id)
        .where(where)
        .order_by(ActivityReport.id.desc())
        .limit(limit)
    )
    rows: Sequence[Any] = (await session.execute(query)).all()
    return [Report(*[*told, tuple(File(*file) for file in files)]) for *told, files in rows]


@dataclass(frozen=True)
class Wish:
    """A request for another date with what it is about."""

    id: int
    assignment_id: int
    activity_key: str
    was_due: date
    wanted_on: date
    reason: str
    name: str | None
    person_id: int | None
    decided_at: datetime | None
    agreed: bool | None
    comment: str | None


async def wishes(session: Session, where: ColumnElement[bool], limit: int | None = None) -> list[Wish]:
    """Requests for another date that fulfil a condition over DateRequest, the latest first."""
    query = (
        select(
            DateRequest.id,
            Assignment.id,
            Occurrence.activity_key,
            DateRequest.was_due,
            DateRequest.wanted_on,
            DateRequest.reason,
            Staff.name,
            Staff.person_id,
            DateRequest.decided_at,
            DateRequest.agreed,
            DateRequest.comment,
        )
        .join(Assignment, Assignment.id == DateRequest.assignment_id)
        .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
        .outerjoin(Staff, Staff.id == DateRequest.staff_id)
        .where(where)
        .order_by(DateRequest.id.desc())
        .limit(limit)
    )
    return [Wish(*row) for row in await session.execute(query)]


def reporting_staff(since: datetime, until: datetime) -> Select[int]:
    """The ids of the staff who handed in a report from a moment on and before another (1.3)."""
    return select(ActivityReport.staff_id).where(
        ActivityReport.created_at >= since, ActivityReport.created_at < until
    )
