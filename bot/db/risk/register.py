"""The risk register: who is on it and why, reviews, and its confirmation for a school year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, func, select, text
from sqlalchemy.orm import Mapped, aliased, mapped_column

from bot.db.accounts import Staff
from bot.db.base import Base, Dated, Session, active, enum_column
from bot.db.roster import Pupil, SchoolClass


class Absences(StrEnum):
    """Which share of the lessons a pupil missed: under 5 %, from 5 %, from 10 % on."""

    FEW = "few"
    SOME = "some"
    MANY = "many"


class Behaviour(StrEnum):
    """What there was to remark about a pupil's behaviour."""

    CALM = "calm"
    REMARKS = "remarks"
    SERIOUS = "serious"


class Outcome(StrEnum):
    """Why a pupil was taken off the register."""

    REACHED = "reached"
    MOVED = "moved"
    OTHER = "other"


class RiskEntry(Dated, Base):
    """A pupil is on the register from a day to a day; what they are on it for stands in the reviews.

    Taking off ends the entry the day before: on that day the pupil is on the register no more.
    """

    __tablename__ = "risk_entries"
    __table_args__ = (
        Index("ix_risk_entries_active", "active_from", "active_to", "pupil_id"),
        Index(
            "uq_risk_entries_open",
            "pupil_id",
            unique=True,
            sqlite_where=text("active_to IS NULL"),
            postgresql_where=text("active_to IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    outcome: Mapped[Outcome | None] = mapped_column(enum_column(Outcome))
    outcome_text: Mapped[str] = mapped_column(default="")
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]


class RiskReview(Base):
    """The signals of a pupil on the register as somebody saw them on a day; the first puts the pupil on it.

    None and an empty list: nothing was said about it.
    """

    __tablename__ = "risk_reviews"
    __table_args__ = (Index("ix_risk_reviews_entry", "entry_id", "on_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("risk_entries.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    on_day: Mapped[date]
    created_at: Mapped[datetime]
    absences: Mapped[Absences | None] = mapped_column(enum_column(Absences))
    # The exact share of lessons missed, where somebody knew it.
    percent: Mapped[int | None]
    behaviour: Mapped[Behaviour | None] = mapped_column(enum_column(Behaviour))
    # Whether anybody looked at the marks at all; the courses that fail.
    marks_seen: Mapped[bool]
    failing: Mapped[list[Any]]
    text: Mapped[str]
    # The next review.
    due_on: Mapped[date]


class RiskConfirmation(Base):
    """The keeper of the register confirmed it as a whole (programme: renewed every year)."""

    __tablename__ = "risk_confirmations"

    id: Mapped[int] = mapped_column(primary_key=True)
    on_day: Mapped[date] = mapped_column(index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    # How many pupils were on it.
    entries: Mapped[int]


def registered(on: date) -> Select[int]:
    """The ids of the pupils on the register on a day: R of the indicators."""
    here = active(RiskEntry, on) & active(Pupil, on)
    return select(RiskEntry.pupil_id).join(Pupil, Pupil.id == RiskEntry.pupil_id).where(here)


def putting_on(first: date, last: date) -> Select[int]:
    """The ids of the staff who put a pupil on the register in a span of days (1.3)."""
    return select(RiskEntry.staff_id).where(
        RiskEntry.active_from.between(first, last),
        # Put on and taken off on one day was a mistake.
        RiskEntry.active_to.is_(None) | (RiskEntry.active_to >= RiskEntry.active_from),
    )


@dataclass(frozen=True)
class Listed:
    """An entry with its pupil and the latest review."""

    entry: RiskEntry
    pupil: Pupil
    school_class: SchoolClass
    review: RiskReview
    reviewer: str


# Built once: every menu of a member of staff asks it.
_OTHER = aliased(RiskReview)
_LATEST = select(func.max(_OTHER.id)).where(_OTHER.entry_id == RiskEntry.id).correlate(RiskEntry)
_LISTED = (
    select(RiskEntry, Pupil, SchoolClass, RiskReview, Staff.name)
    .join(Pupil, Pupil.id == RiskEntry.pupil_id)
    .join(SchoolClass, SchoolClass.id == Pupil.class_id)
    .join(RiskReview, RiskReview.id == _LATEST.scalar_subquery())
    .join(Staff, Staff.id == RiskReview.staff_id)
    .order_by(SchoolClass.grade, SchoolClass.letter, Pupil.surname, Pupil.first_name, Pupil.id)
)


async def listed(session: Session, where: ColumnElement[bool]) -> list[Listed]:
    """Entries that fulfil the condition (over RiskEntry and Pupil) with their latest review: one query."""
    return [Listed(*row) for row in await session.execute(_LISTED.where(where))]


async def reviews(session: Session, entry_id: int) -> Sequence[tuple[RiskReview, str]]:
    """All reviews of an entry with the names of who made them, newest first."""
    query = (
        select(RiskReview, Staff.name)
        .join(Staff, Staff.id == RiskReview.staff_id)
        .where(RiskReview.entry_id == entry_id)
        .order_by(RiskReview.id.desc())
    )
    return [(row[0], row[1]) for row in await session.execute(query)]


async def last_confirmation(session: Session, first: date, last: date) -> RiskConfirmation | None:
    """The latest confirmation of a span of days."""
    query = select(RiskConfirmation).where(RiskConfirmation.on_day.between(first, last))
    return await session.scalar(query.order_by(RiskConfirmation.id.desc()).limit(1))
