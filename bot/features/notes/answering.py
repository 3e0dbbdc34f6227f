"""The guardian reads; guardian and teacher write to each other in their thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from bot.config import Settings
from bot.db import notes as db
from bot.db.access import Actor, own_children, own_receipts, own_threads
from bot.db.accounts import Role
from bot.db.base import Session, active
from bot.db.notes import Channel, Copy, Note, NoteAnswer, NoteReceipt, NoteThread, talk
from bot.db.notes.talk import NOTES, Shown, Sides, Writer
from bot.db.outbox import File, MessageState, OutboxMessage
from bot.db.roster import Guardian, Pupil, SchoolClass
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.notes import ANSWER_MAX, FILES_MAX, words_of
from bot.features.outbox import Message, post

LATEST = 3
PAGE = 8
THREADS = 5
SHOWN = 30
# Who has written within this time is offered what a guardian writes out of the blue.
LATELY = timedelta(days=60)
OFFERED = 3
# The pictures of an album arrive one by one: so long its message waits for the others.
ALBUM = timedelta(seconds=3)


@dataclass(frozen=True)
class Child:
    """A child of the guardian's: the latest notes about them, and the threads with their teachers.

    `earlier`: there are more notes than those.
    """

    guardian_id: int
    pupil_id: int
    first_name: str
    class_name: str
    latest: tuple[Copy, ...]
    earlier: bool
    threads: tuple[Sides, ...]


async def children(session: Session, actor: Actor, today: date) -> list[Child]:
    """The actor's own children, each with the latest notes and threads: three queries."""
    require(actor, Role.GUARDIAN)
    query = (
        select(Guardian.id, Pupil.id, Pupil.first_name, SchoolClass)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .where(own_children(actor, today), active(Pupil, today))
        .order_by(Pupil.id)
    )
    rows = (await session.execute(query)).all()
    copies = await db.copies(session, db.latest(_seen(actor, today), LATEST + 1))
    threads = await talk.threads(session, NoteThread.guardian_id.in_([row[0] for row in rows]))
    about = {row[0]: tuple(copy for copy in copies if copy.receipt.guardian_id == row[0]) for row in rows}
    return [
        Child(
            place,
            pupil_id,
            name,
            school_class.name,
            about[place][:LATEST],
            len(about[place]) > LATEST,
            tuple(each for each in threads if each.thread.guardian_id == place)[:THREADS],
        )
        for place, pupil_id, name, school_class in rows
    ]


def _seen(actor: Actor, today: date) -> ColumnElement[bool]:
    # A contact that was taken back is one that there never was.
    no_contact = select(Note.id).where(Note.channel != Channel.BOT, Note.withdrawn_at.is_not(None))
    return own_receipts(actor, today) & NoteReceipt.note_id.not_in(no_contact)


@dataclass(frozen=True)
class Page:
    """A page (from 0) of all the notes about a child of the guardian's, newest first."""

    guardian_id: int
    number: int
    of: int
    copies: tuple[Copy, ...]


async def earlier(session: Session, actor: Actor, today: date, guardian_id: int, page: int) -> Page:
    """The notes about the actor's own child. A page that does not exist gives the nearest that does."""
    about = _seen(actor, today) & (NoteReceipt.guardian_id == guardian_id)
    pages = -(-await db.count_receipts(session, about) // PAGE)
    if not pages:
        raise NotFoundError
    number = max(0, min(page, pages - 1))
    return Page(guardian_id, number, pages, tuple(await db.copies(session, about, PAGE, number * PAGE)))


# --- a copy ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Read:
    """A guardian's copy of a note and what was written about it, oldest first."""

    copy: Copy
    answers: tuple[NoteAnswer, ...]


async def own_copy(session: Session, actor: Actor, today: date, receipt_id: int) -> Copy:
    """The actor's copy of a note about their own child."""
    copies = await db.copies(session, own_receipts(actor, today) & (NoteReceipt.id == receipt_id))
    if not copies:
        raise NotFoundError
    return copies[0]


async def open_copy(session: Session, actor: Actor, today: date, receipt_id: int) -> Read:
    """The actor's copy of a note, with the answers to it."""
    copy = await own_copy(session, actor, today, receipt_id)
    own = select(NoteThread.id).where(
        NoteThread.guardian_id == copy.receipt.guardian_id, NoteThread.staff_id == copy.note.staff_id
    )
    about_it = NoteAnswer.thread_id.in_(own) & (NoteAnswer.receipt_id == receipt_id)
    return Read(copy, tuple(await talk.answers(session, about_it, SHOWN)))


async def mark_read(session: Session, actor: Actor, now: datetime, today: date, receipt_id: int) -> bool:
    """The guardian has read the note; False where that is known already.

    Raises AppError for one that was taken back.
    """
    copy = await own_copy(session, actor, today, receipt_id)
    if copy.note.withdrawn_at is not None:
        raise AppError("error-note-was-withdrawn")
    if copy.receipt.read_at is not None:
        return False
    copy.receipt.read_at = now
    return True


async def mark_read_by_reaction(
    session: Session, actor: Actor, now: datetime, today: date, message_id: int
) -> bool:
    """The guardian has reacted to the message with that number: whether it was a note of theirs."""
    shown = await talk.shown_in(session, actor.telegram_id, message_id, NOTES)
    if shown is None or shown.receipt_id is None:
        return False
    try:
        await mark_read(session, actor, now, today, shown.receipt_id)
    except AppError:
        return False
    return True


async def ask_call(
    session: Session, actor: Actor, now: datetime, today: date, settings: Settings, receipt_id: int
) -> bool:
    """The guardian asks to be called, which counts as read; False where they wait for a call already.

    Raises AppError where the teacher has left.
    """
    copy = await own_copy(session, actor, today, receipt_id)
    if copy.teacher_person is None:
        raise AppError("error-note-teacher-gone")
    if copy.receipt.call_asked_at is not None and copy.receipt.talked_at is None:
        return False
    copy.receipt.read_at = copy.receipt.read_at or now
    copy.receipt.call_asked_at, copy.receipt.talked_at = now, None
    thread = await talk.thread_between(session, copy.note.staff_id, copy.receipt.guardian_id, now)
    thread.waits, thread.last_at = True, now
    request = NoteAnswer(
        thread_id=thread.id,
        receipt_id=receipt_id,
        by_guardian=True,
        text="",
        files=[],
        call=True,
        created_at=now,
    )
    session.add(request)
    await session.flush()
    arguments = {
        "thread": thread.id,
        "receipt": receipt_id,
        "child": copy.child,
        "class_name": copy.school_class.name,
        "relation": copy.relation,
    }
    call = Message(
        copy.teacher_person, "note-call", arguments, f"note-call:{request.id}", subject_id=receipt_id
    )
    await post(session, settings, now, [call])
    audit.record(session, actor, now, "note.call_asked", f"receipt:{receipt_id}")
    return True


# --- a thread --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Exchange:
    """A thread unfolded: the notes and all that was written, to be told in the order of time.

    `by_guardian`: which of the two sides the actor is on.
    """

    sides: Sides
    notes: Sequence[Copy]
    answers: Sequence[NoteAnswer]
    by_guardian: bool
    # The copy under which the guardian waits for a call.
    call: int | None = None

    @property
    def other_person(self) -> int | None:
        """Who gets what the actor writes; None where they have left."""
        return self.sides.teacher_person if self.by_guardian else self.sides.guardian_person


async def open_thread(session: Session, actor: Actor, today: date, thread_id: int) -> Exchange:
    """A thread of the actor's; what waited in it for the teacher counts as looked at."""
    found = await talk.threads(session, own_threads(actor, today) & (NoteThread.id == thread_id))
    if not found:
        raise NotFoundError
    sides = found[0]
    thread = sides.thread
    # A teacher who is this child's parent, too, reads as the parent.
    mine = own_children(actor, today) & (Guardian.id == thread.guardian_id)
    by_guardian = await session.scalar(select(Guardian.id).where(mine)) is not None
    if not by_guardian:
        thread.waits = False
    from_teacher = NoteReceipt.note_id.in_(select(Note.id).where(Note.staff_id == thread.staff_id))
    theirs = (NoteReceipt.guardian_id == thread.guardian_id) & from_teacher
    notes = await db.copies(session, theirs, LATEST)
    waits = theirs & NoteReceipt.call_asked_at.is_not(None) & NoteReceipt.talked_at.is_(None)
    call = await session.scalar(select(NoteReceipt.id).where(waits).order_by(NoteReceipt.id.desc()).limit(1))
    answers = await talk.answers(session, NoteAnswer.thread_id == thread_id, SHOWN)
    return Exchange(sides, notes, answers, by_guardian, call)


async def thread_of(session: Session, actor: Actor, now: datetime, today: date, receipt_id: int) -> int:
    """The thread that an answer of the guardian's to this copy belongs to.

    Raises AppError where the teacher has left, or has taken the note back.
    """
    copy = await own_copy(session, actor, today, receipt_id)
    if copy.teacher_person is None:
        raise AppError("error-note-teacher-gone")
    if copy.note.withdrawn_at is not None:
        raise AppError("error-note-was-withdrawn")
    return (await talk.thread_between(session, copy.note.staff_id, copy.receipt.guardian_id, now)).id


async def addressed(
    session: Session, actor: Actor, now: datetime, today: date, shown: Shown
) -> tuple[int, int | None]:
    """The thread, and the copy, that a Telegram reply to a message of ours belongs to.

    Raises AppError where a copy cannot be answered (any more).
    """
    if shown.receipt_id is None:
        assert shown.thread_id is not None  # noqa: S101 - one of the two
        return shown.thread_id, None
    return await thread_of(session, actor, now, today, shown.receipt_id), shown.receipt_id


async def writers(session: Session, actor: Actor, now: datetime, today: date) -> list[Writer]:
    """The teachers who have written to the guardian of late: for whom their words may be."""
    return await talk.writers(session, _lately(actor, now, today), OFFERED)


def _lately(actor: Actor, now: datetime, today: date) -> ColumnElement[bool]:
    return own_receipts(actor, today) & (NoteReceipt.delivered_at >= now - LATELY)


async def thread_with(
    session: Session, actor: Actor, now: datetime, today: date, staff_id: int, guardian_id: int
) -> int:
    """The thread of the guardian, at one of their children, with a teacher who has written of late.

    Raises NotFoundError for any other teacher.
    """
    pair = (Note.staff_id == staff_id) & (NoteReceipt.guardian_id == guardian_id)
    if not await talk.writers(session, _lately(actor, now, today) & pair, 1):
        raise NotFoundError
    return (await talk.thread_between(session, staff_id, guardian_id, now)).id


class Written(NamedTuple):
    """What was written, to whom, and when it goes out."""

    answer_id: int
    exchange: Exchange
    goes_at: datetime


async def write(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    settings: Settings,
    thread_id: int,
    *,
    text: str | None,
    files: Sequence[File] = (),
    receipt_id: int | None = None,
    in_album: bool = False,
) -> Written:
    """Write in a thread of the actor's; a guardian's answer to a copy (`receipt_id`) counts it as read.

    `in_album`: more pictures of the same album may follow. Raises AppError where the other side has left.
    """
    exchange = await open_thread(session, actor, today, thread_id)
    sides, thread = exchange.sides, exchange.sides.thread
    if exchange.other_person is None:
        gone = "error-note-teacher-gone" if exchange.by_guardian else "error-note-guardian-gone"
        raise AppError(gone)
    answer = NoteAnswer(
        thread_id=thread_id,
        receipt_id=receipt_id,
        by_guardian=exchange.by_guardian,
        text=words_of(text, files, ANSWER_MAX),
        files=[list(file) for file in files],
        created_at=now,
    )
    session.add(answer)
    await session.flush()
    thread.last_at = now
    if exchange.by_guardian:
        thread.waits = True
        if receipt_id is not None:
            receipt = (await own_copy(session, actor, today, receipt_id)).receipt
            receipt.read_at, receipt.answered_at = receipt.read_at or now, now
    message = Message(
        exchange.other_person,
        "note-answer" if exchange.by_guardian else "note-reply",
        {
            "thread": thread_id,
            "child": sides.child,
            "class_name": sides.school_class.name,
            "relation": sides.relation,
            "teacher": sides.teacher,
            "text": answer.text,
            "files": answer.files,
        },
        key=f"note-answer:{answer.id}",
        subject_id=answer.id,
        not_before=now + ALBUM if in_album else None,
        # What a teacher writes goes with the guardian's access to the child.
        guardian_id=None if exchange.by_guardian else thread.guardian_id,
    )
    (posted,) = await post(session, settings, now, [message])
    answer.outbox_id = posted.id
    action = "note.answered" if exchange.by_guardian else "note.replied"
    audit.record(session, actor, now, action, f"thread:{thread_id}")
    return Written(answer.id, exchange, posted.goes_at or now)


async def add_to_album(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    settings: Settings,
    answer_id: int,
    file: File,
    *,
    same_album: bool,
) -> int:
    """One more picture of an album that the actor has begun to send; the id of what it became part of.

    Where the message of the first has gone out meanwhile, or a second album begins, it follows by itself.
    """
    answer = await session.get(NoteAnswer, answer_id)
    if answer is None:
        raise NotFoundError
    message = await session.get(OutboxMessage, answer.outbox_id) if answer.outbox_id else None
    waits = message is not None and message.state == MessageState.WAITING and message.not_before > now
    if not same_album or not waits or len(answer.files) >= FILES_MAX:
        done = await write(
            session,
            actor,
            now,
            today,
            settings,
            answer.thread_id,
            text=None,
            files=[file],
            in_album=True,
        )
        return done.answer_id
    assert message is not None  # noqa: S101 - it waits
    answer.files = [*answer.files, list(file)]
    message.arguments = {**message.arguments, "files": answer.files}
    return answer_id
