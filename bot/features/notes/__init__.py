"""Progress notes: a teacher writes, guardians read, answer and ask for a call."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete

from bot.db import notes as db
from bot.db.access import Actor, own_receipts, taught_threads
from bot.db.base import Session
from bot.db.notes import NoteReceipt, NoteThread, ReceiptState, talk
from bot.db.outbox import File, MessageState, OutboxMessage
from bot.errors import AppError
from bot.features.outbox import clean_text

# With the lines around it a note stays under Telegram's 4096 (UTF-16 units).
TEXT_MAX = 3000
# A thread is shown below its note: long ones lose their beginning on the screen, never in the database.
ANSWER_MAX = 1000
FILES_MAX = 10


def words_of(text: str | None, files: Sequence[File], limit: int) -> str:
    """What is said beside the files; without files there must be words.

    Raises AppError for what is neither (a sticker, a place), or too long.
    """
    if not (text or "").strip():
        if not files:
            raise AppError("error-note-content")
        return ""
    return clean_text(text, limit)


async def mark_delivered(session: Session, receipt_id: int, at: datetime, state: MessageState) -> None:
    """What became of a guardian's copy: the outbox tells."""
    if state == MessageState.SENT:
        await db.set_delivered(session, receipt_id, at)
    else:
        blocked = state == MessageState.UNREACHABLE
        obstacle = ReceiptState.UNREACHABLE if blocked else ReceiptState.FAILED
        await db.set_obstacle(session, receipt_id, obstacle)


async def mark_reply_delivered(session: Session, answer_id: int, at: datetime, state: MessageState) -> None:
    """What became of what a teacher wrote in a thread: the outbox tells."""
    if state == MessageState.SENT:
        await talk.set_delivered(session, answer_id, at)


async def unread(session: Session, actor: Actor, today: date) -> int:
    """How many notes have reached the guardian and are not read."""
    waiting = NoteReceipt.delivered_at.is_not(None) & NoteReceipt.read_at.is_(None)
    return await db.count_receipts(session, own_receipts(actor, today) & waiting)


async def unanswered(session: Session, actor: Actor) -> int:
    """In how many of the teacher's threads a guardian has written since they last looked."""
    return await talk.count_threads(session, taught_threads(actor) & NoteThread.waits)


async def erase_person(session: Session, person_id: int) -> None:
    """Erase what a guardian wrote, also on its way to the teacher; that they wrote stays.

    To be called while the person still holds their guardian's places.
    """
    answers = await talk.blank_answers(session, person_id)
    await session.execute(
        delete(OutboxMessage).where(
            OutboxMessage.kind == "note-answer", OutboxMessage.subject_id.in_(answers)
        )
    )
