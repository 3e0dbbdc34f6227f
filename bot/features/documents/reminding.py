"""Documents that run out: told 30 and 7 days before, once each."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from bot.config import Settings
from bot.db import accounts
from bot.db import documents as db
from bot.db.base import Session
from bot.db.documents import Document, DocumentKind, DocumentRow, runs_out
from bot.features.outbox import Message, may_remind, post
from bot.programme.calendar import Calendar

# Days before the last one.
STEPS = (30, 7)


async def remind(session: Session, calendar: Calendar, settings: Settings, now: datetime) -> None:
    """Tell the admins what runs out, and of a training whoever has it: one message a person a day.

    The step and the message are written together, so nobody hears of a step twice; one that was missed is
    found on the next working day, as long as the document is in force. What is put in later on the same day
    comes with the next one's message.
    """
    if not may_remind(now, settings.reminders.at, settings, calendar):
        return
    today = now.astimezone(settings.school.zone).date()
    if await db.reminded(session, today):
        return
    due: list[tuple[DocumentRow, int]] = []
    ends = runs_out(today, today + timedelta(days=max(STEPS)))
    for row in await db.documents(session, ends, (Document.valid_until, Document.id)):
        assert row.document.valid_until is not None  # noqa: S101 - so the query
        step = min(days for days in STEPS if days >= (row.document.valid_until - today).days)
        if row.document.reminded_days is None or step < row.document.reminded_days:
            due.append((row, step))
    directors = {director.person_id for director in await accounts.directors(session, today)}
    told: dict[int, list[DocumentRow]] = {}
    for row, _ in due:
        own = {row.person_id} if row.document.kind == DocumentKind.TRAINING and row.person_id else set()
        for person_id in sorted(directors | own):
            told.setdefault(person_id, []).append(row)
    if not told:
        return
    for step in STEPS:
        ids = [row.document.id for row, reached in due if reached == step]
        await session.execute(
            update(Document).where(Document.id.in_(ids)).values(reminded_days=step, reminded_on=today)
        )
    messages = [
        Message(
            person_id,
            "document-expiry",
            {"items": [_item(row, person_id) for row in rows]},
            key=f"document-expiry:{person_id}:{today}",
        )
        for person_id, rows in told.items()
    ]
    await post(session, settings, now, messages)


def _item(row: DocumentRow, person_id: int) -> dict[str, Any]:
    """A document in plain values; `whose` is "" where it is the reader's own or nobody's."""
    document = row.document
    return {
        "id": document.id,
        "kind": document.kind,
        "title": document.title,
        "until": document.valid_until.isoformat() if document.valid_until else "",
        "whose": "" if row.person_id == person_id else row.owner,
    }
