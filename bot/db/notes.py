"""Progress notes, their receipts, and what guardians answered."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, enum_column


class NoteKind(StrEnum):
    """What a note is."""

    SUCCESS = "success"
    CONCERN = "concern"
    INFORMATION = "information"


class Note(Base):
    """What a teacher wrote about one or several pupils."""

    __tablename__ = "notes"
    # The communication indicator (3.4) reads only this index.
    __table_args__ = (Index("ix_notes_delivered", "first_delivered_at", "created_at", "staff_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[NoteKind] = mapped_column(enum_column(NoteKind))
    text: Mapped[str]
    created_at: Mapped[datetime]
    # When the first copy reached a guardian.
    first_delivered_at: Mapped[datetime | None]


class NoteReceipt(Base):
    """One guardian's copy of a note about one pupil, and what became of it."""

    __tablename__ = "note_receipts"
    __table_args__ = (UniqueConstraint("note_id", "pupil_id", "guardian_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardians.id"), index=True)
    # None: nobody has come on this guardian's invitation yet.
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", ondelete="SET NULL"))
    delivered_at: Mapped[datetime | None]
    unreachable_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    call_asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]


class NoteAnswer(Base):
    """What a guardian answered to a note, or the teacher to the guardian."""

    __tablename__ = "note_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("note_receipts.id"), index=True)
    by_guardian: Mapped[bool]
    text: Mapped[str]
    created_at: Mapped[datetime]
