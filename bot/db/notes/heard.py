"""When the parents last heard anything, and when they last acknowledged something."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all

from bot.db.base import Session
from bot.db.notes import Note, NoteAnswer, NoteReceipt, NoteThread
from bot.db.outbox import MessageState, OutboxMessage
from bot.db.risk.routes import RouteAnswer, RouteCopy, RouteMessage
from bot.db.roster import Guardian, Pupil


@dataclass(frozen=True)
class LastHeard:
    """When the guardians of a pupil last heard from the school, and when one of them last acknowledged it."""

    delivered_at: datetime | None
    read_at: datetime | None


async def last_heard(session: Session, pupils: ColumnElement[bool]) -> dict[int, LastHeard]:
    """When the guardians of pupils (a condition over Pupil) last heard something; not the others: one query.

    They hear by a note or a contact, a teacher's words in a thread, a learning route, the school's words
    about it. They acknowledge by reading a note, and by answering any of these.
    """
    places = select(Guardian.id).join(Pupil, Pupil.id == Guardian.pupil_id).where(pupils)

    def moments(place: Any, at: Any, *where: ColumnElement[bool], acknowledged: bool) -> Select[Any]:
        columns = place.label("place"), at.label("at"), literal(acknowledged).label("acknowledged")
        return select(*columns).where(at.is_not(None), place.in_(places), *where)

    note, thread, copy = NoteReceipt.guardian_id, NoteThread.guardian_id, RouteCopy.guardian_id
    answer, message = RouteAnswer.guardian_id, RouteMessage.guardian_id
    valid = NoteReceipt.note_id.in_(select(Note.id).where(Note.withdrawn_at.is_(None)))
    in_thread = NoteAnswer.thread_id == NoteThread.id
    brought = (
        (OutboxMessage.kind == "route-reply")
        & (OutboxMessage.subject_id == RouteMessage.id)
        & (OutboxMessage.guardian_id == RouteMessage.guardian_id)
        & (OutboxMessage.state == MessageState.SENT)
    )
    on_paper, theirs = RouteAnswer.logged_by.is_not(None), RouteMessage.staff_id.is_(None)
    times = union_all(
        moments(note, NoteReceipt.delivered_at, valid, acknowledged=False),
        moments(note, NoteReceipt.read_at, valid, acknowledged=True),
        moments(thread, NoteAnswer.delivered_at, in_thread, acknowledged=False),
        moments(thread, NoteAnswer.created_at, in_thread & NoteAnswer.by_guardian, acknowledged=True),
        moments(copy, RouteCopy.delivered_at, acknowledged=False),
        moments(answer, RouteAnswer.created_at, on_paper, acknowledged=False),
        moments(answer, RouteAnswer.created_at, acknowledged=True),
        moments(message, OutboxMessage.finished_at, brought, acknowledged=False),
        moments(message, RouteMessage.created_at, theirs, acknowledged=True),
    ).subquery()
    heard = func.max(times.c.at).filter(~times.c.acknowledged)
    read = func.max(times.c.at).filter(times.c.acknowledged)
    query = (
        select(Guardian.pupil_id, heard, read)
        .join(times, times.c.place == Guardian.id)
        .group_by(Guardian.pupil_id)
    )
    return {row[0]: LastHeard(row[1], row[2]) for row in await session.execute(query)}
