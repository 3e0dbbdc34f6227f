"""Progress notes: those about one's children, those that one wrote, and what was answered."""

from datetime import date, datetime

from sqlalchemy import and_, delete, or_, select

from bot.db.accounts import Person, Staff
from bot.db.base import Session
from bot.db.notes import Note, NoteAnswer, NoteReceipt, NoteTemplate, NoteThread
from bot.db.roster import Guardian, Pupil
from bot.features import notes
from bot.features.privacy.registry import Kept, Query, Table, expire_texts


def _written(me: Person) -> Query:
    return (
        select(Note.created_at.label("when"), Note.kind.label("kind"), Note.text.label("text"))
        .join(Staff, Staff.id == Note.staff_id)
        .where(Staff.person_id == me.id)
        .order_by(Note.id)
    )


def _received(me: Person) -> Query:
    return (
        select(
            Note.created_at.label("when"),
            Pupil.first_name.label("child"),
            Staff.name.label("teacher"),
            Note.kind.label("kind"),
            Note.text.label("text"),
            NoteReceipt.delivered_at.label("delivered"),
            NoteReceipt.read_at.label("read"),
            NoteReceipt.answered_at.label("answered"),
            NoteReceipt.call_asked_at.label("call_asked"),
        )
        .join(Note, Note.id == NoteReceipt.note_id)
        .join(Staff, Staff.id == Note.staff_id)
        .join(Pupil, Pupil.id == NoteReceipt.pupil_id)
        .join(Guardian, Guardian.id == NoteReceipt.guardian_id)
        .where(Guardian.person_id == me.id)
        .order_by(NoteReceipt.id)
    )


def _answered(me: Person) -> Query:
    """What was said about one's children by either side, and what one said as a teacher."""
    return (
        select(
            NoteAnswer.created_at.label("when"),
            Pupil.first_name.label("child"),
            NoteAnswer.by_guardian.label("by_guardian"),
            NoteAnswer.text.label("text"),
        )
        .join(NoteThread, NoteThread.id == NoteAnswer.thread_id)
        .join(Staff, Staff.id == NoteThread.staff_id)
        .join(Guardian, Guardian.id == NoteThread.guardian_id)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .where(
            or_(
                Guardian.person_id == me.id, and_(Staff.person_id == me.id, NoteAnswer.by_guardian.is_(False))
            )
        )
        .order_by(NoteAnswer.id)
    )


async def _erase(session: Session, me: Person, now: datetime, today: date) -> None:
    await notes.erase_person(session, me.id)


def _templates(me: Person) -> Query:
    return (
        select(NoteTemplate.kind.label("kind"), NoteTemplate.text.label("text"))
        .join(Staff, Staff.id == NoteTemplate.staff_id)
        .where(Staff.person_id == me.id)
        .order_by(NoteTemplate.id)
    )


async def _erase_templates(session: Session, me: Person, now: datetime, today: date) -> None:
    own = select(Staff.id).where(Staff.person_id == me.id)
    await session.execute(delete(NoteTemplate).where(NoteTemplate.staff_id.in_(own)))


TABLES = {
    "note_templates": Table(_templates, erase=_erase_templates, words={"kind": "note-kind"}),
    "note_threads": Table("who writes to whom stands with what they wrote", kept="that there was contact"),
    "note_answers": Table(
        _answered,
        erase=_erase,
        kept=Kept.CONTACTS,
        expire=expire_texts(NoteAnswer.created_at, NoteAnswer.text, NoteAnswer.files),
    ),
    "note_receipts": Table(_received, kept=Kept.CONTACTS, words={"kind": "note-kind"}),
    "notes": Table(
        _written,
        kept=Kept.NOTES,
        expire=expire_texts(Note.created_at, Note.text, Note.files),
        words={"kind": "note-kind"},
    ),
}
