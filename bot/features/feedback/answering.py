"""The school's side: what waits, answering, passing on, closing."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement

from bot.config import Settings
from bot.db import feedback as db
from bot.db.access import Actor, sees_ticket
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.feedback import OPEN, QUOTABLE, WAITING, Addressee, EntryKind, Ticket, TicketEntry, TicketRow
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.feedback import (
    Content,
    Page,
    Thread,
    add_entry,
    close_ticket,
    end_waiting,
    page_of,
    thread,
)
from bot.features.feedback.telling import tell
from bot.features.outbox import Message, post

STAFF = (Role.TEACHER, Role.RESPONSIBLE, Role.SPECIALIST, Role.ADMIN)
VIEWS: dict[str, ColumnElement[bool]] = {"open": OPEN, "closed": ~OPEN, "praise": QUOTABLE}


async def tickets(session: Session, actor: Actor, view: str, page: int) -> Page:
    """Letters to the actor, all for an admin: those open, those closed, or praise that may be quoted."""
    require(actor, *STAFF)
    return await page_of(session, sees_ticket(actor) & VIEWS[view], page)


async def waiting(session: Session, actor: Actor) -> int:
    """How many letters that the actor may answer wait for an answer."""
    return await db.count(session, sees_ticket(actor) & WAITING)


async def quotes(session: Session, rows: Sequence[TicketRow]) -> dict[int, TicketEntry]:
    """What was written first in each of these tickets, by number."""
    entries = await db.entries(session, [row.ticket.number for row in rows])
    return {entry.number: entry for entry, _ in entries if entry.position == 0}


async def _find(session: Session, actor: Actor, number: int) -> Ticket:
    require(actor, *STAFF)
    ticket = await db.find_ticket(session, sees_ticket(actor) & (Ticket.number == number))
    if ticket is None:
        raise NotFoundError
    return ticket


async def look(session: Session, actor: Actor, today: date, number: int) -> Thread:
    """A letter to the actor with all that happened in it.

    Raises NotFoundError for a letter to somebody else as for none.
    """
    return await thread(session, await _find(session, actor, number), today)


async def to_answer(session: Session, actor: Actor, today: date, number: int) -> Thread:
    """A letter that the actor may answer now.

    Raises AppError where it was closed too long ago, or its author has left; for an admin of the
    configuration who has not said their name yet.
    """
    ticket = await _find(session, actor, number)
    if ticket.person_id is None and ticket.mark is None:
        raise AppError("error-ticket-author-gone")
    if actor.staff_id is None:
        raise AppError("error-ticket-nameless")
    found = await thread(session, ticket, today)
    if not found.open:
        raise AppError("error-ticket-closed")
    return found


async def send_answer(
    session: Session,
    settings: Settings,
    actor: Actor,
    now: datetime,
    today: date,
    number: int,
    content: Content,
) -> bool:
    """Answer a letter: its author waits no longer; whether they have been told already.

    Raises what `to_answer` does.
    """
    ticket = (await to_answer(session, actor, today, number)).row.ticket
    entry = await add_entry(
        session,
        ticket,
        now,
        today,
        EntryKind.WORDS,
        by_author=False,
        staff_id=actor.staff_id,
        content=content,
    )
    end_waiting(ticket)
    audit.record(session, actor, now, "ticket.answered", f"ticket:{number}")
    await tell(session, settings, now)
    return entry.told


async def close(
    session: Session, settings: Settings, actor: Actor, now: datetime, today: date, number: int
) -> None:
    """End a ticket; an ended one stays as it is."""
    ticket = await _find(session, actor, number)
    if await close_ticket(session, ticket, now, today, by_author=False, staff_id=actor.staff_id):
        audit.record(session, actor, now, "ticket.closed", f"ticket:{number}")
        await tell(session, settings, now)


async def colleagues(session: Session, actor: Actor, today: date, number: int) -> Sequence[Addressee]:
    """To whom an admin can pass a letter on."""
    require(actor, Role.ADMIN)
    ticket = await _find(session, actor, number)
    found = await db.colleagues(session, today, admins_only=False)
    return [each for each in found if each.staff_id != ticket.staff_id]


async def pass_on(
    session: Session, settings: Settings, actor: Actor, now: datetime, today: date, number: int, staff_id: int
) -> Addressee:
    """An admin gives a letter to another member of staff, who is told at once; so is the author.

    Raises NotFoundError for somebody who is not on the staff with an account, or has it already.
    """
    found = await colleagues(session, actor, today, number)
    to = next((each for each in found if each.staff_id == staff_id), None)
    if to is None:
        raise NotFoundError
    ticket = await _find(session, actor, number)
    was, ticket.staff_id = ticket.staff_id, staff_id
    entry = await add_entry(session, ticket, now, today, EntryKind.PASSED, by_author=False, staff_id=staff_id)
    audit.record(session, actor, now, "ticket.passed_on", f"ticket:{number}", was=was, to=staff_id)
    person_id = await db.person_of_staff(session, staff_id)
    if person_id is not None and person_id != actor.person_id:
        arguments = {"number": number, "topic": ticket.topic.value, "by": actor.name}
        key = f"ticket-given:{number}:{entry.position}"
        await post(session, settings, now, [Message(person_id, "ticket-given", arguments, key)])
    await tell(session, settings, now)
    return to
