"""Who changed what, when. Rows are added and never changed: the database refuses (migrations/frozen.py)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.accounts import Staff
from bot.db.base import Base, Session


class AuditEntry(Base):
    """One change: by whom (None: the bot itself), what, to what, with the values."""

    __tablename__ = "audit"
    # The latest first, of all, of a person, of some actions, of one subject.
    __table_args__ = (
        Index("ix_audit_person_id", "person_id", "at"),
        Index("ix_audit_action", "action", "at"),
        Index("ix_audit_subject", "subject", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    action: Mapped[str] = mapped_column(String(50))
    subject: Mapped[str] = mapped_column(String(100))
    details: Mapped[dict[str, Any]]


async def page(session: Session, where: ColumnElement[bool], number: int, size: int) -> Sequence[AuditEntry]:
    """A page (from 0) of the entries that fulfil the condition, the latest first."""
    latest = select(AuditEntry).where(where).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    return (await session.scalars(latest.limit(size).offset(number * size))).all()


async def count(session: Session, where: ColumnElement[bool]) -> int:
    """How many entries fulfil the condition."""
    return await session.scalar(select(func.count()).select_from(AuditEntry).where(where)) or 0


# What makes a person one of the staff; the subject is "staff:3".
BECAME_STAFF = ("invitation.accepted", "staff.introduced")


async def posts(session: Session, people: Collection[int]) -> dict[int, int]:
    """The post (staff id) that each of these people has or had: who has left has none in the table."""
    became = AuditEntry.action.in_(BECAME_STAFF) & AuditEntry.subject.startswith("staff:")
    of_them = AuditEntry.person_id.in_(people)
    told = await session.execute(select(AuditEntry.person_id, AuditEntry.subject).where(of_them, became))
    has = await session.execute(select(Staff.person_id, Staff.id).where(Staff.person_id.in_(people)))
    found = {person: int(subject.removeprefix("staff:")) for person, subject in told if person}
    return found | {person: id_ for person, id_ in has if person}
