"""Contacts that went not by the bot: a call, a letter on paper, a meeting."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update

from bot.db import notes as db
from bot.db.access import Actor, own_notes
from bot.db.base import Session
from bot.db.notes import Channel, Copy, Note, NoteKind, NoteReceipt, NoteThread
from bot.db.roster import PupilRow
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.notes import TEXT_MAX
from bot.features.notes.writing import addressees
from bot.features.outbox import clean_text

TALKS = (Channel.PHONE, Channel.MEETING)


@dataclass(frozen=True)
class Contact:
    """A contact that was noted down, and about whom."""

    note: Note
    pupil: PupilRow


async def asked_call(session: Session, actor: Actor, receipt_id: int) -> Copy:
    """The copy of a note of the actor's under which a guardian asks to be called.

    Raises AppError where they have talked since.
    """
    copies = await db.copies(session, own_notes(actor) & (NoteReceipt.id == receipt_id))
    if not copies or copies[0].receipt.call_asked_at is None:
        raise NotFoundError
    if copies[0].receipt.talked_at is not None:
        raise AppError("note-talked-already")
    return copies[0]


async def log(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    *,
    pupil_id: int,
    channel: Channel,
    guardian_id: int | None,
    text: str | None,
) -> Contact:
    """Note down that guardians heard by phone, on paper or in person: it counts as a note that was read.

    `guardian_id` says who of them (None: all). Who had asked for a call has had it, by phone or in person.
    Raises AppError for a pupil without any guardian's place.
    """
    to = await addressees(session, actor, today, [pupil_id])
    if actor.staff_id is None:
        raise AppError("error-note-nameless")
    pupil = to.pupils[0]
    places = [place for place in pupil.guardians if guardian_id in (None, place.id)]
    if channel == Channel.BOT or (pupil.guardians and not places):
        raise NotFoundError
    if not places:
        raise AppError("error-contact-nobody", child=pupil.first_name)
    note = Note(
        staff_id=actor.staff_id,
        channel=channel,
        kind=NoteKind.INFORMATION,
        text=clean_text(text, TEXT_MAX) if text else "",
        files=[],
        created_at=now,
        goes_at=now,
        first_delivered_at=now,
    )
    session.add(note)
    await session.flush()
    ids = [place.id for place in places]
    session.add_all(
        NoteReceipt(note_id=note.id, pupil_id=pupil_id, guardian_id=id_, delivered_at=now, read_at=now)
        for id_ in ids
    )
    if channel in TALKS:
        open_ = NoteReceipt.guardian_id.in_(ids) & NoteReceipt.talked_at.is_(None)
        await db.set_talked(session, actor.staff_id, open_, now)
        threads = (NoteThread.staff_id == actor.staff_id) & NoteThread.guardian_id.in_(ids)
        await session.execute(update(NoteThread).where(threads).values(waits=False))
    audit.record(
        session, actor, now, "contact.logged", f"note:{note.id}", pupil=pupil_id, channel=channel.value
    )
    return Contact(note, pupil)
