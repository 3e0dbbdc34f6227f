"""Progress notes, their receipts, and what guardians and teachers write to each other about them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.accounts import Staff
from bot.db.base import Base, Session, bare, enum_column
from bot.db.outbox import MessageState, OutboxMessage
from bot.db.roster import Guardian, Pupil, SchoolClass


class NoteKind(StrEnum):
    """What a note is."""

    SUCCESS = "success"
    CONCERN = "concern"
    INFORMATION = "information"


class Channel(StrEnum):
    """How the guardians heard: by the bot, or by a contact that the teacher has noted down."""

    BOT = "bot"
    PHONE = "phone"
    PAPER = "paper"
    MEETING = "meeting"


class ReceiptState(StrEnum):
    """How far a guardian's copy has come, the furthest first; the later ones say why it has not come."""

    TALKED = "talked"
    CALL = "call"
    ANSWERED = "answered"
    READ = "read"
    DELIVERED = "delivered"
    UNREACHABLE = "unreachable"
    FAILED = "failed"
    OFF = "off"
    CLOSED = "closed"
    WAITING = "waiting"
    ABSENT = "absent"


class Note(Base):
    """What a teacher wrote about one or several pupils, or a contact by another channel."""

    __tablename__ = "notes"
    # The communication indicator (3.4) reads only the first; that of guardians who take part (3.1) finds
    # meetings by the second.
    __table_args__ = (
        Index("ix_notes_delivered", "first_delivered_at", "created_at", "staff_id"),
        Index("ix_notes_channel", "channel", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    channel: Mapped[Channel] = mapped_column(enum_column(Channel), default=Channel.BOT)
    kind: Mapped[NoteKind] = mapped_column(enum_column(NoteKind))
    text: Mapped[str]
    files: Mapped[list[Any]] = mapped_column(default=list)
    urgent: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    # When the first copies may go out: later than written in quiet hours, or as the teacher chose.
    goes_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    # When the first copy reached a guardian; None again of a note that was taken back.
    first_delivered_at: Mapped[datetime | None]


class NoteReceipt(Base):
    """One guardian's copy of a note about one pupil, and what became of it."""

    __tablename__ = "note_receipts"
    __table_args__ = (UniqueConstraint("note_id", "pupil_id", "guardian_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardians.id"), index=True)
    # None: there is no message, or it is forgotten.
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", ondelete="SET NULL"), index=True)
    # Why there is no message, or it has not come: a state from UNREACHABLE on.
    obstacle: Mapped[ReceiptState | None] = mapped_column(enum_column(ReceiptState))
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    call_asked_at: Mapped[datetime | None]
    # When the teacher noted down that they have talked, as the guardian had asked.
    talked_at: Mapped[datetime | None]
    # The guardian's latest answer.
    answered_at: Mapped[datetime | None]
    # When the teacher had the guardian reminded, and when they asked the guardian to call.
    reminded_at: Mapped[datetime | None]
    call_me_at: Mapped[datetime | None]

    def came_before(self, at: datetime | None) -> bool:
        """Whether it was with its guardian before a moment."""
        return at is not None and self.delivered_at is not None and self.delivered_at <= at

    @property
    def state(self) -> ReceiptState:
        """How far this copy has come."""
        reached = {
            ReceiptState.TALKED: self.talked_at,
            ReceiptState.CALL: self.call_asked_at,
            ReceiptState.ANSWERED: self.answered_at,
            ReceiptState.READ: self.read_at,
            ReceiptState.DELIVERED: self.delivered_at,
        }
        furthest = next((state for state, mark in reached.items() if mark is not None), None)
        return furthest or self.obstacle or ReceiptState.WAITING


class NoteThread(Base):
    """What one guardian (at one pupil) and one teacher write to each other."""

    __tablename__ = "note_threads"
    __table_args__ = (UniqueConstraint("staff_id", "guardian_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardians.id"), index=True)
    last_at: Mapped[datetime]
    # The guardian wrote or asked for a call, and the teacher has not looked since.
    waits: Mapped[bool] = mapped_column(default=False)


class NoteAnswer(Base):
    """What a guardian or the teacher wrote in their thread, or that the guardian asked for a call.

    Erased: no text, no files.
    """

    __tablename__ = "note_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("note_threads.id"), index=True)
    # The copy that it answers.
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("note_receipts.id"))
    by_guardian: Mapped[bool]
    text: Mapped[str]
    files: Mapped[list[Any]]
    # That the guardian asks to be called, without words.
    call: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    # The message that takes it to the other side, and when it came there.
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", ondelete="SET NULL"))
    delivered_at: Mapped[datetime | None]


class NoteTemplate(Base):
    """A teacher's own words for notes of a kind, to be used again."""

    __tablename__ = "note_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[NoteKind] = mapped_column(enum_column(NoteKind))
    text: Mapped[str] = mapped_column(String(3000))


async def add_receipts(session: Session, rows: Sequence[dict[str, Any]]) -> dict[int, int]:
    """Add receipts of one note: one statement. Their ids by guardian's place."""
    if not rows:
        return {}
    added = insert(bare(NoteReceipt)).returning(NoteReceipt.guardian_id, NoteReceipt.id)
    return {row.guardian_id: row.id for row in await session.execute(added, rows)}


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
    # What became of the message that was to bring it; None without one.
    message: MessageState | None = None

    @property
    def state(self) -> ReceiptState:
        """How far this copy has come; withdrawn with its guardian's access it never will."""
        state = self.receipt.state
        closed = state == ReceiptState.WAITING and self.message == MessageState.WITHDRAWN
        return ReceiptState.CLOSED if closed else state

    @property
    def may_remind(self) -> bool:
        """Whether the guardian can be reminded of the note: neither that nor a request to call was sent."""
        receipt = self.receipt
        return receipt.reminded_at is None and receipt.call_me_at is None and self.guardian_person is not None


async def copies(
    session: Session, where: ColumnElement[bool], limit: int | None = None, offset: int = 0
) -> list[Copy]:
    """Receipts that fulfil the condition, of the newest note first: one query."""
    columns: Sequence[Any] = (
        NoteReceipt,
        Note,
        Pupil.first_name,
        SchoolClass,
        Staff.name,
        Staff.person_id,
        Guardian.name,
        Guardian.relation,
        Guardian.person_id,
        OutboxMessage.state,
    )
    query = (
        select(*columns)
        .join(Note, Note.id == NoteReceipt.note_id)
        .outerjoin(OutboxMessage, OutboxMessage.id == NoteReceipt.outbox_id)
        .join(Pupil, Pupil.id == NoteReceipt.pupil_id)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .join(Staff, Staff.id == Note.staff_id)
        .join(Guardian, Guardian.id == NoteReceipt.guardian_id)
        .where(where)
        .order_by(Note.id.desc(), NoteReceipt.id)
        .limit(limit)
        .offset(offset)
    )
    return [Copy(*row) for row in await session.execute(query)]


async def templates(session: Session, where: ColumnElement[bool]) -> Sequence[NoteTemplate]:
    """Templates that fulfil the condition, the oldest first."""
    return (await session.scalars(select(NoteTemplate).where(where).order_by(NoteTemplate.id))).all()


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


async def set_delivered(session: Session, receipt_id: int, at: datetime) -> None:
    """A copy has reached its guardian; the first that does marks the note."""
    await session.execute(
        update(NoteReceipt)
        .where(NoteReceipt.id == receipt_id, NoteReceipt.delivered_at.is_(None))
        .values(delivered_at=at, obstacle=None)
    )
    note_id = select(NoteReceipt.note_id).where(NoteReceipt.id == receipt_id).scalar_subquery()
    await session.execute(
        update(Note)
        .where(Note.id == note_id, Note.first_delivered_at.is_(None), Note.withdrawn_at.is_(None))
        .values(first_delivered_at=at)
        .execution_options(synchronize_session=False)
    )


async def set_talked(
    session: Session, staff_id: int | None, where: ColumnElement[bool], at: datetime | None
) -> None:
    """Guardians and a teacher have talked, as was asked under copies of their notes; None: not yet."""
    own = NoteReceipt.note_id.in_(select(Note.id).where(Note.staff_id == staff_id))
    asked = NoteReceipt.call_asked_at.is_not(None)
    await session.execute(update(NoteReceipt).where(where, own, asked).values(talked_at=at))


async def set_obstacle(session: Session, receipt_id: int, obstacle: ReceiptState) -> None:
    """A copy could not be brought to its guardian."""
    await session.execute(update(NoteReceipt).where(NoteReceipt.id == receipt_id).values(obstacle=obstacle))


async def set_unread(session: Session, receipt_ids: Collection[int]) -> None:
    """What their guardians have read of these copies counts no more."""
    await session.execute(update(NoteReceipt).where(NoteReceipt.id.in_(receipt_ids)).values(read_at=None))


@dataclass(frozen=True)
class Sent:
    """A copy that has a message: the message's row, and the receipt with whom it is about."""

    message: OutboxMessage
    receipt_id: int
    child: str


async def messages(session: Session, note_id: int) -> list[Sent]:
    """The messages of a note's copies: one query."""
    query = (
        select(OutboxMessage, NoteReceipt.id, Pupil.first_name)
        .join(NoteReceipt, NoteReceipt.outbox_id == OutboxMessage.id)
        .join(Pupil, Pupil.id == NoteReceipt.pupil_id)
        .where(NoteReceipt.note_id == note_id)
        .order_by(NoteReceipt.id)
    )
    return [Sent(*row) for row in await session.execute(query)]
