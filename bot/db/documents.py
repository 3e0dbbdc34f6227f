"""Documents: agreements, minutes, programmes, practices, trainings, local acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, and_, case, exists, func, or_, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from bot.db.accounts import Staff
from bot.db.base import Base, Session, active, enum_column


class DocumentKind(StrEnum):
    """What a document is, in the order in which kinds are offered."""

    AGREEMENT = "agreement"
    MINUTES = "minutes"
    EXTRACURRICULAR = "extracurricular"
    LITERACY = "literacy"
    PRACTICE = "practice"
    TRAINING = "training"
    LOCAL_ACT = "local_act"


class Document(Base):
    """A document, as it was put in; never deleted.

    It counts from `confirmed_on` on, to the end of `valid_until`, and no more from `withdrawn_on` on (see
    `in_force`). What is confirmed is not changed again but for an end that is set: one that is to be
    different is withdrawn, and another put in. Days are the school's.
    """

    __tablename__ = "documents"
    __table_args__ = (Index("ix_documents_kind", "kind", "confirmed_on", "staff_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DocumentKind] = mapped_column(enum_column(DocumentKind))
    title: Mapped[str] = mapped_column(String(200))
    # As it stands on the paper; "" for one without.
    number: Mapped[str] = mapped_column(String(50))
    on_date: Mapped[date]
    # The last day on which it is in force; None: without an end.
    valid_until: Mapped[date | None]
    files: Mapped[list[Any]]
    # Whose practice or training it is; None for the other kinds.
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    # Which of the programme's local acts it is; "" for the other kinds.
    act_key: Mapped[str] = mapped_column(String(50))
    # Whether an extracurricular programme supports a subject.
    supports_subject: Mapped[bool]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    confirmed_on: Mapped[date | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # Sent back to its author, with what should be different.
    returned_at: Mapped[datetime | None]
    comment: Mapped[str] = mapped_column(default="")
    withdrawn_on: Mapped[date | None]
    # The last reminder that it runs out: so many days before, and the day on which it was given.
    reminded_days: Mapped[int | None]
    reminded_on: Mapped[date | None]


def in_force(on: date) -> ColumnElement[bool]:
    """Documents in force on a day. Narrows a query over Document.

    Confirming and withdrawing are noted with their own days, never earlier ones: whatever comes in later
    leaves the answer for a past day as it is.
    """
    return and_(
        Document.confirmed_on <= on,
        Document.on_date <= on,
        or_(Document.valid_until.is_(None), Document.valid_until >= on),
        or_(Document.withdrawn_on.is_(None), Document.withdrawn_on > on),
    )


# Put in by its author, not taken back, and no admin has said anything yet.
WAITING = and_(
    Document.confirmed_on.is_(None), Document.returned_at.is_(None), Document.withdrawn_on.is_(None)
)
# Sent back, and the author has neither mended nor taken it back.
RETURNED = and_(
    Document.confirmed_on.is_(None), Document.returned_at.is_not(None), Document.withdrawn_on.is_(None)
)


@dataclass(frozen=True)
class DocumentRow:
    """A document, and whose it is ("" where it is nobody's own)."""

    document: Document
    owner: str
    # The owner's person, where they have an account.
    person_id: int | None


async def documents(
    session: Session, where: ColumnElement[bool], order: Sequence[Any], offset: int = 0, limit: int = 100
) -> list[DocumentRow]:
    """Documents that fulfil the condition."""
    query = (
        select(Document, func.coalesce(Staff.name, ""), Staff.person_id)
        .outerjoin(Staff, Staff.id == Document.staff_id)
        .where(where)
        .order_by(*order)
        .offset(offset)
        .limit(limit)
    )
    return [DocumentRow(*row) for row in await session.execute(query)]


async def count(session: Session, where: ColumnElement[bool]) -> int:
    """Count the documents that fulfil the condition."""
    return await session.scalar(select(func.count()).select_from(Document).where(where)) or 0


@dataclass(frozen=True)
class Counts:
    """How many documents stand how on a day; those in force by kind."""

    in_force: dict[DocumentKind, int]
    waiting: int
    expiring: int


async def counts(session: Session, on: date, until: date) -> Counts:
    """Documents by kind and standing on a day; `expiring` run out by the end of another: one query."""
    query = select(
        Document.kind,
        func.count(case((in_force(on), 1))),
        func.count(case((WAITING, 1))),
        func.count(case((runs_out(on, until), 1))),
    ).group_by(Document.kind)
    rows = (await session.execute(query)).all()
    return Counts({row[0]: row[1] for row in rows}, sum(row[2] for row in rows), sum(row[3] for row in rows))


def runs_out(on: date, until: date) -> ColumnElement[bool]:
    """Documents in force on a day that run out by the end of another. Narrows a query over Document.

    Without those for which an end is set, trainings that have been done anew, and what is of staff who left.
    """
    newer = aliased(Document)
    renewed = exists().where(
        newer.kind == DocumentKind.TRAINING,
        newer.staff_id == Document.staff_id,
        newer.confirmed_on.is_not(None),
        newer.withdrawn_on.is_(None),
        newer.valid_until > Document.valid_until,
    )
    here = exists().where(Staff.id == Document.staff_id, active(Staff, on)).correlate(Document)
    return and_(
        in_force(on),
        Document.valid_until <= until,
        Document.withdrawn_on.is_(None),
        or_(Document.kind != DocumentKind.TRAINING, ~renewed),
        or_(Document.staff_id.is_(None), here),
    )


async def acts_in_force(session: Session, on: date) -> dict[str, Document]:
    """The local acts in force on a day, by the programme's keys; of several the latest."""
    query = select(Document).where(in_force(on), Document.kind == DocumentKind.LOCAL_ACT)
    found = await session.scalars(query.order_by(Document.on_date, Document.id))
    return {document.act_key: document for document in found}


async def reminded(session: Session, on: date) -> bool:
    """Whether anybody has been reminded of documents on a day."""
    return bool(await session.scalar(select(exists().where(Document.reminded_on == on))))
