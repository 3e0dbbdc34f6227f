"""Occurrences of the programme's activities, who answers for them, reports and reminders."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, enum_column


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
