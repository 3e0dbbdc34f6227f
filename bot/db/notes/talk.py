"""The threads of guardians and teachers: queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select, update

from bot.db.accounts import Person, Staff
from bot.db.base import Session
from bot.db.notes import Channel, Note, NoteAnswer, NoteReceipt, NoteThread
from bot.db.outbox import MessageState, OutboxMessage
from bot.db.roster import Guardian, Pupil, SchoolClass


@dataclass(frozen=True)
class Sides:
    """A thread with both its sides. The child by first name only; people are None without an account."""

    thread: NoteThread
    child: str
    school_class: SchoolClass
    teacher: str
    teacher_person: int | None
    guardian: str
    relation: str
    guardian_person: int | None


async def threads(session: Session, where: ColumnElement[bool], limit: int | None = None) -> list[Sides]:
    """Threads that fulfil the condition: those that wait first, then the latest. One query."""
    query = (
        select(
            NoteThread,
            Pupil.first_name,
            SchoolClass,
            Staff.name,
            Staff.person_id,
            Guardian.name,
            Guardian.relation,
            Guardian.person_id,
        )
        .join(Guardian, Guardian.id == NoteThread.guardian_id)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .join(Staff, Staff.id == NoteThread.staff_id)
        .where(where)
        .order_by(NoteThread.waits.desc(), NoteThread.last_at.desc(), NoteThread.id)
        .limit(limit)
    )
    return [Sides(*row) for row in await session.execute(query)]


async def thread_between(session: Session, staff_id: int, guardian_id: int, at: datetime) -> NoteThread:
    """The thread of a teacher and a guardian's place, begun where there is none yet."""
    pair = NoteThread.staff_id == staff_id, NoteThread.guardian_id == guardian_id
    thread = await session.scalar(select(NoteThread).where(*pair))
    if thread is None:
        thread = NoteThread(staff_id=staff_id, guardian_id=guardian_id, last_at=at, waits=False)
        session.add(thread)
        await session.flush()
    return thread


async def count_threads(session: Session, where: ColumnElement[bool]) -> int:
    """How many threads fulfil the condition."""
    return await session.scalar(select(func.count()).select_from(NoteThread).where(where)) or 0


async def answers(session: Session, where: ColumnElement[bool], limit: int) -> list[NoteAnswer]:
    """The latest of what was written back and forth that fulfils the condition, oldest first."""
    query = select(NoteAnswer).where(where).order_by(NoteAnswer.id.desc()).limit(limit)
    return list(await session.scalars(query))[::-1]


# Messages that are a note; and those that are about one, or belong to a thread.
NOTES = ("note", "note-changed")
TALK = (*NOTES, "note-reminder", "note-call-me", "note-reply", "note-answer", "note-call")


class Shown(NamedTuple):
    """What a message of ours is about: a guardian's copy of a note, or a thread."""

    receipt_id: int | None
    thread_id: int | None


async def shown_in(
    session: Session, telegram_id: int, message_id: int, kinds: Collection[str] = TALK
) -> Shown | None:
    """What the message with that number in a person's chat, or with files that number, is about."""
    query = (
        select(OutboxMessage.arguments, OutboxMessage.message_id, OutboxMessage.media)
        .join(Person, Person.id == OutboxMessage.person_id)
        # The words come right after the files: the first message from this number on.
        .where(Person.telegram_id == telegram_id, OutboxMessage.message_id >= message_id)
        .where(OutboxMessage.state == MessageState.SENT, OutboxMessage.kind.in_(kinds))
        .order_by(OutboxMessage.message_id)
        .limit(1)
    )
    row = (await session.execute(query)).first()
    if row is None or message_id not in {row.message_id, *(each for call in row.media for each in call)}:
        return None
    thread_id = row.arguments.get("thread")
    return Shown(None if thread_id else row.arguments["receipt"], thread_id)


@dataclass(frozen=True)
class Writer:
    """A teacher who has written to a guardian's place. The child by first name only."""

    staff_id: int
    guardian_id: int
    teacher: str
    child: str


async def writers(session: Session, where: ColumnElement[bool], limit: int) -> list[Writer]:
    """Who wrote the notes (a condition over NoteReceipt and Note) that came to guardians, the latest first.

    Without those who have no account any more.
    """
    query = (
        select(Note.staff_id, NoteReceipt.guardian_id, Staff.name, Pupil.first_name)
        .join(Note, Note.id == NoteReceipt.note_id)
        .join(Staff, Staff.id == Note.staff_id)
        .join(Pupil, Pupil.id == NoteReceipt.pupil_id)
        .where(where, Staff.person_id.is_not(None), NoteReceipt.delivered_at.is_not(None))
        .where(Note.channel == Channel.BOT, Note.withdrawn_at.is_(None))
        .group_by(Note.staff_id, NoteReceipt.guardian_id, Staff.name, Pupil.first_name)
        .order_by(func.max(NoteReceipt.delivered_at).desc(), Note.staff_id, NoteReceipt.guardian_id)
        .limit(limit)
    )
    return [Writer(*row) for row in await session.execute(query)]


async def blank_answers(session: Session, person_id: int) -> list[int]:
    """Erase what a guardian wrote; returns the ids of the answers, which stay."""
    places = select(Guardian.id).where(Guardian.person_id == person_id)
    own = select(NoteThread.id).where(NoteThread.guardian_id.in_(places))
    theirs = NoteAnswer.thread_id.in_(own) & NoteAnswer.by_guardian
    ids = list(await session.scalars(select(NoteAnswer.id).where(theirs)))
    await session.execute(
        update(NoteAnswer)
        .where(NoteAnswer.id.in_(ids))
        .values(text="", files=[])
        .execution_options(synchronize_session=False)
    )
    return ids


async def set_delivered(session: Session, answer_id: int, at: datetime) -> None:
    """What a teacher wrote in a thread has reached the guardian."""
    await session.execute(update(NoteAnswer).where(NoteAnswer.id == answer_id).values(delivered_at=at))
