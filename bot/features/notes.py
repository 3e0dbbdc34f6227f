"""Progress notes: a teacher writes, guardians read, answer and ask for a call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select

from bot.config import Settings
from bot.db import notes as db
from bot.db.access import Actor, own_children, own_notes, own_receipts, teaches_pupil
from bot.db.accounts import Role, Topic
from bot.db.base import Session, active
from bot.db.notes import Copy, Note, NoteAnswer, NoteKind, NoteReceipt
from bot.db.outbox import MessageState, OutboxMessage
from bot.db.roster import Guardian, Pupil, PupilRow, SchoolClass, Teaching, class_list
from bot.errors import AppError, NotFoundError
from bot.features import audit, roster
from bot.features.accounts import require
from bot.features.outbox import Message, clean_text, post

# With the lines around it a note stays under Telegram's 4096 (UTF-16 units).
TEXT_MAX = 3000
# A thread is shown below its note: long ones lose their beginning on the screen, never in the database.
ANSWER_MAX = 1000
PAGE = 5
LATEST = 3


# --- the teacher writes ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Addressee:
    """Whom a note is about, whom it will reach, and whether the writer may invite the others."""

    pupil: PupilRow
    class_id: int
    may_invite: bool

    @property
    def reached(self) -> bool:
        """Whether anybody will get a note about this pupil."""
        return any(guardian.connected for guardian in self.pupil.guardians)


async def classes(session: Session, actor: Actor) -> Sequence[SchoolClass]:
    """The classes that the actor may write about, the one of their last note first.

    Raises AppError for an admin of the configuration who has not said their name yet.
    """
    found = await roster.classes(session, actor)
    if actor.staff_id is None:
        raise AppError("error-note-nameless")
    last = await db.last_class(session, actor.staff_id)
    return sorted(found, key=lambda school_class: school_class.id != last)


async def addressee(session: Session, actor: Actor, today: date, pupil_id: int) -> Addressee:
    """A pupil whom the actor may write about.

    Raises NotFoundError for somebody else's pupil as for none.
    """
    require(actor, Role.TEACHER, Role.ADMIN)
    allowed = teaches_pupil(actor, today) & (Pupil.id == pupil_id)
    rows = await class_list(session, allowed, active(Guardian, today))
    if not rows:
        raise NotFoundError
    pupil = await session.get_one(Pupil, pupil_id)
    teaching = await session.get(Teaching, (actor.staff_id or 0, pupil.class_id))
    leads = teaching is not None and teaching.leads
    return Addressee(rows[0], pupil.class_id, leads or actor.is_one_of(Role.ADMIN))


async def send(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    *,
    pupil_id: int,
    kind: NoteKind,
    text: str,
    settings: Settings,
    urgent: bool = False,
) -> tuple[Addressee, datetime]:
    """Write a note about a pupil to every guardian; those who have not come get a receipt without a message.

    Raises AppError where the pupil is no longer in the actor's classes, or nobody would get the note.
    """
    try:
        to = await addressee(session, actor, today, pupil_id)
    except NotFoundError:
        raise AppError("error-note-pupil-gone") from None
    if actor.staff_id is None:
        raise AppError("error-note-nameless")
    if not to.reached:
        raise AppError("error-note-nobody", child=to.pupil.first_name)
    note = Note(staff_id=actor.staff_id, kind=kind, text=clean_text(text, TEXT_MAX), created_at=now)
    session.add(note)
    await session.flush()
    places = await session.scalars(
        select(Guardian).where(Guardian.pupil_id == pupil_id, active(Guardian, today)).order_by(Guardian.id)
    )
    receipts = {
        place: NoteReceipt(note_id=note.id, pupil_id=pupil_id, guardian_id=place.id) for place in places
    }
    session.add_all(receipts.values())
    await session.flush()
    reached = {place: receipt for place, receipt in receipts.items() if place.person_id is not None}
    posted = await post(
        session,
        settings,
        now,
        [
            Message(
                place.person_id,
                "note",
                {
                    "receipt": receipt.id,
                    "kind": kind.value,
                    "child": to.pupil.first_name,
                    "teacher": actor.name,
                    "text": note.text,
                },
                key=f"note:{receipt.id}",
                topic=Topic.NOTES,
                urgent=urgent,
                subject_id=receipt.id,
                guardian_id=place.id,
            )
            for place, receipt in reached.items()
            if place.person_id is not None
        ],
    )
    for receipt, message in zip(reached.values(), posted, strict=True):
        receipt.outbox_id = message.id
    audit.record(session, actor, now, "note.sent", f"note:{note.id}", pupil=pupil_id, kind=kind.value)
    return to, min((message.goes_at for message in posted if message.goes_at), default=now)


async def mark_delivered(session: Session, receipt_id: int, at: datetime, state: MessageState) -> None:
    """What became of a guardian's copy: the outbox tells."""
    if state == MessageState.SENT:
        await db.set_delivered(session, receipt_id, at)
    else:
        await db.set_unreachable(session, receipt_id, at)


# --- the teacher looks -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """A page (from 0) of a teacher's notes, newest first, each with its guardians' copies."""

    number: int
    of: int
    notes: tuple[tuple[Note, tuple[Copy, ...]], ...]


async def sent(session: Session, actor: Actor, page: int) -> Page:
    """The actor's own notes. A page that does not exist gives the nearest that does."""
    require(actor, Role.TEACHER, Role.ADMIN)
    mine = own_notes(actor)
    pages = -(-await db.count_notes(session, mine) // PAGE)
    number = max(0, min(page, pages - 1))
    notes = await db.page_of_notes(session, mine, number * PAGE, PAGE)
    copies = await db.copies(session, NoteReceipt.note_id.in_([note.id for note in notes]))
    return Page(number, pages, tuple((note, tuple(c for c in copies if c.note is note)) for note in notes))


@dataclass(frozen=True)
class Thread:
    """A guardian's copy of a note and what was written back and forth about it, oldest first."""

    copy: Copy
    answers: tuple[NoteAnswer, ...]


async def _threads(session: Session, copies: Sequence[Copy]) -> list[Thread]:
    answers = await db.answers(session, [copy.receipt.id for copy in copies])
    return [Thread(copy, tuple(a for a in answers if a.receipt_id == copy.receipt.id)) for copy in copies]


async def look(session: Session, actor: Actor, now: datetime, note_id: int) -> list[Thread]:
    """A note of the actor's with all that came back; it counts as looked at from now on."""
    copies = await db.copies(session, own_notes(actor) & (Note.id == note_id))
    if not copies:
        raise NotFoundError
    await db.set_seen(session, note_id, now)
    return await _threads(session, copies)


async def to_reply(session: Session, actor: Actor, receipt_id: int) -> Copy:
    """The copy about which the actor, who wrote the note, may write back to the guardian.

    Raises AppError where the guardian has left.
    """
    copies = await db.copies(session, own_notes(actor) & (NoteReceipt.id == receipt_id))
    if not copies:
        raise NotFoundError
    if copies[0].guardian_person is None:
        raise AppError("error-note-guardian-gone")
    return copies[0]


async def send_reply(
    session: Session, actor: Actor, now: datetime, receipt_id: int, text: str | None, settings: Settings
) -> datetime:
    """The teacher writes back to a guardian; the moment when it goes out."""
    copy = await to_reply(session, actor, receipt_id)
    assert copy.guardian_person is not None  # noqa: S101 - to_reply has looked
    answer = await _write(session, now, copy, text, by_guardian=False)
    copy.receipt.seen_at = now
    message = Message(
        copy.guardian_person,
        "note-reply",
        {"receipt": receipt_id, "child": copy.child, "teacher": copy.teacher, "text": answer.text},
        key=f"note-reply:{answer.id}",
        subject_id=answer.id,
    )
    (posted,) = await post(session, settings, now, [message])
    audit.record(session, actor, now, "note.replied", f"receipt:{receipt_id}")
    return posted.goes_at or now


async def _write(
    session: Session, now: datetime, copy: Copy, text: str | None, *, by_guardian: bool
) -> NoteAnswer:
    answer = NoteAnswer(
        receipt_id=copy.receipt.id,
        by_guardian=by_guardian,
        text=clean_text(text, ANSWER_MAX),
        created_at=now,
    )
    session.add(answer)
    await session.flush()
    return answer


@dataclass(frozen=True)
class Heard:
    """A pupil, and the moment when the parents last got a note (None: never)."""

    pupil: PupilRow
    at: datetime | None


async def last_heard(
    session: Session, actor: Actor, today: date, class_id: int
) -> tuple[SchoolClass, list[Heard]]:
    """A class of the actor's: who has heard nothing for longest comes first.

    Raises NotFoundError for somebody else's class as for none.
    """
    school_class, pupils = await roster.class_list(session, actor, class_id, today)
    heard = await db.last_heard(session, Pupil.class_id == class_id)
    found = [Heard(pupil, heard.get(pupil.id)) for pupil in pupils]
    # Never comes before any moment; sorting is stable, so equals stay in the order of their names.
    return school_class, sorted(found, key=lambda each: each.at.timestamp() if each.at else 0)


# --- the guardian reads and answers ----------------------------------------------------------------------


@dataclass(frozen=True)
class Child:
    """A child of the guardian's and the latest notes about them, newest first."""

    first_name: str
    class_name: str
    latest: tuple[Copy, ...]


async def children(session: Session, actor: Actor, today: date) -> list[Child]:
    """The actor's own children, each with the latest notes."""
    require(actor, Role.GUARDIAN)
    query = (
        select(Guardian.id, Pupil.first_name, SchoolClass)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .where(own_children(actor, today), active(Pupil, today))
        .order_by(Pupil.id)
    )
    rows = (await session.execute(query)).all()
    copies = await db.copies(session, db.latest(own_receipts(actor, today), LATEST))
    return [
        Child(name, school_class.name, tuple(c for c in copies if c.receipt.guardian_id == place))
        for place, name, school_class in rows
    ]


async def _own(session: Session, actor: Actor, today: date, receipt_id: int) -> Copy:
    copies = await db.copies(session, own_receipts(actor, today) & (NoteReceipt.id == receipt_id))
    if not copies:
        raise NotFoundError
    return copies[0]


async def open_copy(session: Session, actor: Actor, today: date, receipt_id: int) -> Thread:
    """The actor's copy of a note about their own child."""
    return (await _threads(session, [await _own(session, actor, today, receipt_id)]))[0]


async def mark_read(session: Session, actor: Actor, now: datetime, today: date, receipt_id: int) -> bool:
    """The guardian has read the note; False where that is known already."""
    receipt = (await _own(session, actor, today, receipt_id)).receipt
    if receipt.read_at is not None:
        return False
    receipt.read_at = now
    return True


async def to_answer(session: Session, actor: Actor, today: date, receipt_id: int) -> Copy:
    """The actor's copy, the teacher of which can be written to.

    Raises AppError where the teacher has left.
    """
    copy = await _own(session, actor, today, receipt_id)
    if copy.teacher_person is None:
        raise AppError("error-note-teacher-gone")
    return copy


async def send_answer(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    receipt_id: int,
    text: str | None,
    settings: Settings,
) -> tuple[Copy, datetime]:
    """The guardian answers the note, which counts as read; and the moment when the teacher gets it."""
    copy = await to_answer(session, actor, today, receipt_id)
    written = await _write(session, now, copy, text, by_guardian=True)
    copy.receipt.read_at = copy.receipt.read_at or now
    copy.receipt.answered_at = now
    key = f"note-answer:{written.id}"
    goes_at = await _tell_teacher(
        session, settings, now, copy, "note-answer", key, written.id, text=written.text
    )
    audit.record(session, actor, now, "note.answered", f"receipt:{receipt_id}")
    return copy, goes_at


async def ask_call(
    session: Session, actor: Actor, now: datetime, today: date, receipt_id: int, settings: Settings
) -> bool:
    """The guardian asks to be called, which counts as read; False where they have asked already."""
    copy = await to_answer(session, actor, today, receipt_id)
    if copy.receipt.call_asked_at is not None:
        return False
    copy.receipt.read_at = copy.receipt.read_at or now
    copy.receipt.call_asked_at = now
    key = f"note-call:{receipt_id}"
    await _tell_teacher(session, settings, now, copy, "note-call", key, receipt_id)
    audit.record(session, actor, now, "note.call_asked", f"receipt:{receipt_id}")
    return True


async def _tell_teacher(
    session: Session,
    settings: Settings,
    now: datetime,
    copy: Copy,
    kind: str,
    key: str,
    subject_id: int,
    **words: str,
) -> datetime:
    assert copy.teacher_person is not None  # noqa: S101 - to_answer has looked
    arguments = {
        "receipt": copy.receipt.id,
        "note": copy.note.id,
        "child": copy.child,
        "class_name": copy.school_class.name,
        "relation": copy.relation,
        **words,
    }
    message = Message(copy.teacher_person, kind, arguments, key, subject_id=subject_id)
    (posted,) = await post(session, settings, now, [message])
    return posted.goes_at or now


# --- what waits, and leaving -----------------------------------------------------------------------------


async def unread(session: Session, actor: Actor, today: date) -> int:
    """How many notes have reached the guardian and are not read."""
    waiting = NoteReceipt.delivered_at.is_not(None) & NoteReceipt.read_at.is_(None)
    return await db.count_receipts(session, own_receipts(actor, today) & waiting)


async def unanswered(session: Session, actor: Actor) -> int:
    """About how many copies of the teacher's notes something came back that they have not looked at."""
    return await db.count_receipts(session, own_notes(actor) & db.UNSEEN)


async def erase_person(session: Session, person_id: int) -> None:
    """Erase the words that a guardian wrote, also on their way to the teacher; that they wrote stays.

    To be called while the person still holds their guardian's places.
    """
    answers = await db.blank_answers(session, person_id)
    await session.execute(
        delete(OutboxMessage).where(
            OutboxMessage.kind == "note-answer", OutboxMessage.subject_id.in_(answers)
        )
    )
