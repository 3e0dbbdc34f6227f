"""Telling the other side what happened in a ticket, and the administration what has waited too long."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from bot.config import Settings
from bot.db import accounts
from bot.db import feedback as db
from bot.db.base import Session
from bot.db.feedback import WAITING, EntryKind, Place, Ticket, TicketEntry, Untold
from bot.features.feedback import ANSWER, LETTER, mark
from bot.features.outbox import Message, may_remind, post
from bot.programme.calendar import Calendar


async def tell(session: Session, settings: Settings, now: datetime) -> None:
    """Tell of every step that the other side does not know of yet; who sleeps is told by a later call.

    Words go as fleeting messages, and all that concerns an anonymous author: the outbox keeps none of it.
    A letter to the whole administration counts as told when the first of them has it.
    """
    today = now.astimezone(settings.school.zone).date()
    steps = await db.untold(session, today)
    if not steps:
        return
    administration = await accounts.administration(session, settings.school.admins, today)
    to_anonymous = any(step.ticket.anonymous and not step.entry.by_author for step in steps)
    everybody = await db.person_ids(session) if to_anonymous else ()
    named = {step.ticket.person_id for step in steps if step.ticket.person_id}
    places = await db.places(session, named, today)
    messages: list[tuple[TicketEntry, Message]] = []
    for step in steps:
        if step.entry.by_author:
            people: Sequence[int] = [step.reader] if step.reader else administration
        else:
            author = _author(settings, step.ticket, everybody)
            people = [author] if author else []
            step.entry.told = author is None  # they have left
        known = places.get(step.ticket.person_id or 0, [])
        messages += [(step.entry, _message(step, person_id, known)) for person_id in people]
    posted = await post(session, settings, now, [message for _, message in messages])
    for (entry, _), result in zip(messages, posted, strict=True):
        if result.id is not None or result.off:
            entry.told = True
    await session.flush()


def _author(settings: Settings, ticket: Ticket, everybody: Sequence[int]) -> int | None:
    if ticket.person_id is not None or ticket.mark is None:
        return ticket.person_id
    return next((id_ for id_ in everybody if mark(settings, ticket.number, id_) == ticket.mark), None)


def _message(step: Untold, person_id: int, places: Sequence[Place]) -> Message:
    entry, ticket = step.entry, step.ticket
    arguments: dict[str, Any] = {"number": ticket.number}
    match entry.kind:
        case EntryKind.WORDS:
            kind = LETTER if entry.by_author else ANSWER
            arguments |= {"text": entry.text, "files": entry.files, "name": step.name}
            if entry.by_author:
                arguments |= {
                    "first": entry.position == 0,
                    "topic": ticket.topic.value,
                    "about": ticket.about and ticket.about.value,
                    "anonymous": ticket.anonymous,
                    "author": [[p.name, p.relation, p.child, p.class_name] for p in places],
                }
        case EntryKind.CLOSED:
            kind = "ticket-closed-by-author" if entry.by_author else "ticket-closed"
        case EntryKind.PASSED:
            kind = "ticket-passed"
            arguments["name"] = step.name
    fleeting = ticket.anonymous or entry.kind == EntryKind.WORDS
    return Message(
        person_id,
        kind,
        arguments,
        key=f"{kind}:{ticket.number}:{entry.position}:{person_id}",
        # An answer to one's own letter always comes; only what is not urgent can be put off.
        topic=None if fleeting or entry.by_author else accounts.Topic.FEEDBACK,
        subject_id=ticket.number,
        fleeting=fleeting,
    )


async def escalate(session: Session, settings: Settings, calendar: Calendar, now: datetime) -> None:
    """Tell the administration what has waited `escalate_after` working days: of each silence once."""
    if not may_remind(now, settings.reminders.at, settings, calendar):
        return
    today = now.astimezone(settings.school.zone).date()
    limit = settings.feedback.escalate_after
    old_enough = Ticket.waiting_on <= today - timedelta(days=limit)
    rows = await db.tickets(session, WAITING & Ticket.escalated_on.is_(None) & old_enough)
    waits = {
        row.ticket.number: calendar.working_days_between(row.ticket.waiting_on, today)
        for row in rows
        if row.ticket.waiting_on
    }
    late = [row for row in rows if waits[row.ticket.number] >= limit]
    people = await accounts.administration(session, settings.school.admins, today)
    if not late or not people:
        return
    arguments = {
        "items": [
            {
                "number": row.ticket.number,
                "topic": row.ticket.topic.value,
                "name": row.staff_name,
                "days": waits[row.ticket.number],
            }
            for row in late
        ]
    }
    messages = [
        Message(person_id, "ticket-late", arguments, f"ticket-late:{person_id}:{today}")
        for person_id in people
    ]
    posted = await post(session, settings, now, messages)
    if any(message.id is not None for message in posted):
        numbers = [row.ticket.number for row in late]
        claimed = update(Ticket).where(Ticket.number.in_(numbers)).values(escalated_on=today)
        await session.execute(claimed)
