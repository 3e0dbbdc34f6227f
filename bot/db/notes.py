"""Progress notes, their receipts, and what guardians answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, and_, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.accounts import Staff
from bot.db.base import Base, Session, enum_column
from bot.db.roster import Guardian, Pupil, SchoolClass


class NoteKind(StrEnum):
    """What a note is."""

    SUCCESS = "success"
    CONCERN = "concern"
    INFORMATION = "information"


class ReceiptState(StrEnum):
    """How far a guardian's copy has come, the furthest first."""

    CALL = "call"
    ANSWERED = "answered"
    READ = "read"
    DELIVERED = "delivered"
    UNREACHABLE = "unreachable"
    WAITING = "waiting"
    ABSENT = "absent"


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
    # The guardian's latest answer.
    answered_at: Mapped[datetime | None]
    # When the teacher last looked at what came back.
    seen_at: Mapped[datetime | None]

    @property
    def state(self) -> ReceiptState:
        """How far this copy has come."""
        reached = {
            ReceiptState.CALL: self.call_asked_at,
            ReceiptState.ANSWERED: self.answered_at,
            ReceiptState.READ: self.read_at,
            ReceiptState.DELIVERED: self.delivered_at,
            ReceiptState.UNREACHABLE: self.unreachable_at,
            ReceiptState.WAITING: self.outbox_id,
        }
        return next((state for state, mark in reached.items() if mark is not None), ReceiptState.ABSENT)


class NoteAnswer(Base):
    """What a guardian answered to a note, or the teacher to the guardian. Erased: an empty text."""

    __tablename__ = "note_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("note_receipts.id"), index=True)
    by_guardian: Mapped[bool]
    text: Mapped[str]
    created_at: Mapped[datetime]


# The guardian answered or asked for a call since the teacher last looked. Narrows a query over NoteReceipt.
UNSEEN: ColumnElement[bool] = or_(
    and_(
        NoteReceipt.seen_at.is_(None),
        or_(NoteReceipt.answered_at.is_not(None), NoteReceipt.call_asked_at.is_not(None)),
    ),
    NoteReceipt.answered_at > NoteReceipt.seen_at,
    NoteReceipt.call_asked_at > NoteReceipt.seen_at,
)


@dataclass(frozen=True)
class Copy:
    """A receipt with all that is said about it. The child by first name only."""

    receipt: NoteReceipt
    note: Note
    child: str
    school_class: SchoolClass
    # The people are None where they have no account (any more).
    teacher: str
    teacher_person: int | None
    guardian: str
    relation: str
    guardian_person: int | None


async def copies(session: Session, where: ColumnElement[bool]) -> list[Copy]:
    """Receipts that fulfil the condition, of the newest note first: one query."""
    query = (
        select(
            NoteReceipt,
            Note,
            Pupil.first_name,
            SchoolClass,
            Staff.name,
            Staff.person_id,
            Guardian.name,
            Guardian.relation,
            Guardian.person_id,
        )
        .join(Note, Note.id == NoteReceipt.note_id)
        .join(Pupil, Pupil.id == NoteReceipt.pupil_id)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .join(Staff, Staff.id == Note.staff_id)
        .join(Guardian, Guardian.id == NoteReceipt.guardian_id)
        .where(where)
        .order_by(Note.id.desc(), NoteReceipt.id)
    )
    return [Copy(*row) for row in await session.execute(query)]


async def count_notes(session: Session, where: ColumnElement[bool]) -> int:
    """How many notes fulfil the condition."""
    return await session.scalar(select(func.count()).select_from(Note).where(where)) or 0


async def page_of_notes(
    session: Session, where: ColumnElement[bool], offset: int, limit: int
) -> Sequence[Note]:
    """A page of the notes that fulfil the condition, newest first."""
    query = select(Note).where(where).order_by(Note.id.desc()).offset(offset).limit(limit)
    return (await session.scalars(query)).all()


async def count_receipts(session: Session, where: ColumnElement[bool]) -> int:
    """How many receipts fulfil the condition."""
    query = select(func.count()).select_from(NoteReceipt).join(Note, Note.id == NoteReceipt.note_id)
    return await session.scalar(query.where(where)) or 0


def latest(where: ColumnElement[bool], each: int) -> ColumnElement[bool]:
    """The latest receipts for each guardian's place among those that fulfil the condition."""
    rank = func.row_number().over(partition_by=NoteReceipt.guardian_id, order_by=NoteReceipt.note_id.desc())
    ranked = select(NoteReceipt.id, rank.label("rank")).where(where).subquery()
    return NoteReceipt.id.in_(select(ranked.c.id).where(ranked.c.rank <= each))


async def answers(session: Session, receipts: Sequence[int]) -> Sequence[NoteAnswer]:
    """What was written back and forth about these receipts, oldest first."""
    query = select(NoteAnswer).where(NoteAnswer.receipt_id.in_(receipts)).order_by(NoteAnswer.id)
    return (await session.scalars(query)).all()


async def last_class(session: Session, staff_id: int) -> int | None:
    """The class of the pupil whom a member of staff wrote about last."""
    query = (
        select(Pupil.class_id)
        .join(NoteReceipt, NoteReceipt.pupil_id == Pupil.id)
        .join(Note, Note.id == NoteReceipt.note_id)
        .where(Note.staff_id == staff_id)
        .order_by(Note.id.desc())
        .limit(1)
    )
    return await session.scalar(query)


async def last_heard(session: Session, pupils: ColumnElement[bool]) -> dict[int, datetime]:
    """When a note about a pupil (a condition over Pupil) last reached a guardian; not the others."""
    query = (
        select(NoteReceipt.pupil_id, func.max(NoteReceipt.delivered_at))
        .join(Pupil, Pupil.id == NoteReceipt.pupil_id)
        .where(pupils, NoteReceipt.delivered_at.is_not(None))
        .group_by(NoteReceipt.pupil_id)
    )
    return {pupil_id: at for pupil_id, at in await session.execute(query) if at}


async def set_delivered(session: Session, receipt_id: int, at: datetime) -> None:
    """A copy has reached its guardian; the first that does marks the note."""
    await session.execute(
        update(NoteReceipt)
        .where(NoteReceipt.id == receipt_id, NoteReceipt.delivered_at.is_(None))
        .values(delivered_at=at)
    )
    note_id = select(NoteReceipt.note_id).where(NoteReceipt.id == receipt_id).scalar_subquery()
    await session.execute(
        update(Note)
        .where(Note.id == note_id, Note.first_delivered_at.is_(None))
        .values(first_delivered_at=at)
        .execution_options(synchronize_session=False)
    )


async def set_unreachable(session: Session, receipt_id: int, at: datetime) -> None:
    """A copy could not be brought to its guardian."""
    await session.execute(update(NoteReceipt).where(NoteReceipt.id == receipt_id).values(unreachable_at=at))


async def set_seen(session: Session, note_id: int, at: datetime) -> None:
    """The teacher has looked at what came back to a note."""
    await session.execute(update(NoteReceipt).where(NoteReceipt.note_id == note_id).values(seen_at=at))


async def blank_answers(session: Session, person_id: int) -> list[int]:
    """Erase the words that a guardian wrote; returns the ids of the answers, which stay."""
    places = select(Guardian.id).where(Guardian.person_id == person_id)
    receipts = select(NoteReceipt.id).where(NoteReceipt.guardian_id.in_(places))
    theirs = (NoteAnswer.receipt_id.in_(receipts)) & NoteAnswer.by_guardian
    ids = list(await session.scalars(select(NoteAnswer.id).where(theirs)))
    await session.execute(
        update(NoteAnswer)
        .where(NoteAnswer.id.in_(ids))
        .values(text="")
        .execution_options(synchronize_session=False)
    )
    return ids
