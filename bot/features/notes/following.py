"""The teacher looks: what became of the notes, who has not read, which families hear nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement

from bot.config import Settings
from bot.db import notes as db
from bot.db.access import Actor, own_notes, taught_threads
from bot.db.accounts import Topic
from bot.db.base import Session
from bot.db.notes import Channel, Copy, Note, NoteReceipt, NoteThread, heard, talk
from bot.db.notes.talk import Sides
from bot.db.roster import Pupil, PupilRow, SchoolClass
from bot.errors import AppError, NotFoundError
from bot.features import audit, roster
from bot.features.accounts import leads, require
from bot.features.notes.writing import WRITERS
from bot.features.outbox import Message, post

PAGE = 5
# After so long without a sign a guardian is named among those who have not read.
UNREAD_AFTER = timedelta(days=2)
UNREAD_SINCE = timedelta(days=30)
UNREAD_SHOWN = 20
THREADS_SHOWN = 20


@dataclass(frozen=True)
class Page:
    """A page (from 0) of a teacher's notes, newest first, each with its guardians' copies.

    `unread`: how many guardians have not read for long; `waiting`: how many threads wait for the teacher.
    """

    number: int
    of: int
    notes: tuple[tuple[Note, tuple[Copy, ...]], ...]
    unread: int = 0
    waiting: int = 0


async def sent(session: Session, actor: Actor, now: datetime, page: int) -> Page:
    """The actor's own notes. A page that does not exist gives the nearest that does."""
    require(actor, *WRITERS)
    mine = own_notes(actor)
    pages = -(-await db.count_notes(session, mine) // PAGE)
    number = max(0, min(page, pages - 1))
    notes = await db.page_of_notes(session, mine, number * PAGE, PAGE)
    copies = await db.copies(session, NoteReceipt.note_id.in_([note.id for note in notes]))
    return Page(
        number,
        pages,
        tuple((note, tuple(copy for copy in copies if copy.note is note)) for note in notes),
        await db.count_receipts(session, mine & _unread(now)),
        await talk.count_threads(session, taught_threads(actor) & NoteThread.waits),
    )


async def look(session: Session, actor: Actor, note_id: int) -> list[Copy]:
    """A note of the actor's with every copy."""
    copies = await db.copies(session, own_notes(actor) & (Note.id == note_id))
    if not copies:
        raise NotFoundError
    return copies


async def own_threads_of(session: Session, actor: Actor) -> list[Sides]:
    """What guardians and the actor have written to each other, what waits first."""
    require(actor, *WRITERS)
    return await talk.threads(session, taught_threads(actor), THREADS_SHOWN)


# --- who has not read ------------------------------------------------------------------------------------


def _unread(now: datetime) -> ColumnElement[bool]:
    """Copies that came long enough ago and not too long, and that nobody has acknowledged."""
    return (
        (NoteReceipt.delivered_at < now - UNREAD_AFTER)
        & (NoteReceipt.delivered_at > now - UNREAD_SINCE)
        & NoteReceipt.read_at.is_(None)
        & Note.withdrawn_at.is_(None)
        & (Note.channel == Channel.BOT)
    )


async def unread(session: Session, actor: Actor, now: datetime) -> list[Copy]:
    """Copies of the actor's notes that came more than two days ago and that nobody has acknowledged."""
    require(actor, *WRITERS)
    return await db.copies(session, own_notes(actor) & _unread(now), UNREAD_SHOWN)


async def remind(
    session: Session, actor: Actor, now: datetime, settings: Settings, receipt_id: int, *, call: bool
) -> None:
    """Remind a guardian of a note that they have not read, or ask them to call: each once for each copy.

    Raises AppError where that has been done, or the guardian cannot be reached.
    """
    copies = await db.copies(session, own_notes(actor) & (NoteReceipt.id == receipt_id))
    if not copies:
        raise NotFoundError
    copy = copies[0]
    if copy.guardian_person is None:
        raise AppError("error-note-guardian-gone")
    if copy.receipt.call_me_at is not None or (copy.receipt.reminded_at is not None and not call):
        raise AppError("error-note-reminded")
    if copy.note.withdrawn_at is not None:
        raise AppError("error-note-withdrawn-already")
    await _remind(session, actor, now, settings, copies, call=call)


async def remind_all(session: Session, actor: Actor, now: datetime, settings: Settings) -> int:
    """Remind all who have not read and were not reminded yet; how many people. Constant queries."""
    fresh = [copy for copy in await unread(session, actor, now) if copy.may_remind]
    return await _remind(session, actor, now, settings, fresh, call=False)


async def _remind(
    session: Session, actor: Actor, now: datetime, settings: Settings, copies: Sequence[Copy], *, call: bool
) -> int:
    """Note all copies as reminded; each person gets one message, of the first of theirs (the newest note).

    How many people that are. The others of theirs are counted, not named: the message goes when the access
    to the first one's child does.
    """
    kind = "note-call-me" if call else "note-reminder"
    theirs: dict[int, list[Copy]] = {}
    for copy in copies:
        assert copy.guardian_person is not None  # noqa: S101 - whoever calls has looked
        receipt = copy.receipt
        if call:
            receipt.call_me_at = now
        else:
            receipt.reminded_at = now
        theirs.setdefault(copy.guardian_person, []).append(copy)
        audit.record(session, actor, now, "note.reminded", f"receipt:{receipt.id}", call=call)
    messages = [
        Message(
            person_id,
            kind,
            {
                "receipt": first.receipt.id,
                "child": first.child,
                "teacher": first.teacher,
                "kind": first.note.kind.value,
                "date": first.note.created_at.astimezone(settings.school.zone).date().isoformat(),
                "count": 1 + len(others),
            },
            key=f"{kind}:{first.receipt.id}",
            topic=Topic.NOTES,
            guardian_id=first.receipt.guardian_id,
        )
        for person_id, (first, *others) in theirs.items()
    ]
    await post(session, settings, now, messages)
    return len(messages)


# --- the class -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Heard:
    """A pupil, when the parents last heard anything (None: never), and whether the family is silent.

    Silent: in the days of the communication indicator nothing has reached anybody, or nothing that did was
    acknowledged.
    """

    pupil: PupilRow
    at: datetime | None
    silent: bool

    @property
    def reachable(self) -> bool:
        """Whether a message would reach anybody."""
        return any(place.connected and place.reachable for place in self.pupil.guardians)


@dataclass(frozen=True)
class ClassList:
    """A class of the actor's, who has heard nothing for longest first; whether the actor leads it."""

    school_class: SchoolClass
    pupils: Sequence[Heard]
    leads: bool

    @property
    def silent(self) -> list[Heard]:
        """The silent families that the bot can reach."""
        return [each for each in self.pupils if each.silent and each.reachable]


async def last_heard(
    session: Session, actor: Actor, now: datetime, today: date, settings: Settings, class_id: int
) -> ClassList:
    """A class of the actor's: who has heard nothing for longest comes first.

    Raises NotFoundError for somebody else's class as for none.
    """
    school_class, pupils = await roster.class_list(session, actor, class_id, today)
    known = await heard.last_heard(session, Pupil.class_id == class_id)
    since = now - timedelta(days=settings.indicators.feedback_days)
    found = [_heard(pupil, known.get(pupil.id), since) for pupil in pupils]
    # Never comes before any moment; sorting is stable, so equals stay in the order of their names.
    ordered = sorted(found, key=lambda each: each.at.timestamp() if each.at else 0)
    return ClassList(school_class, ordered, await leads(session, actor, class_id))


def _heard(pupil: PupilRow, last: heard.LastHeard | None, since: datetime) -> Heard:
    at = last.delivered_at if last else None
    read = last.read_at if last else None
    return Heard(pupil, at, at is None or at < since or read is None or read < since)
