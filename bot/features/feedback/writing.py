"""The guardian's side: writing to the school, writing on, closing."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from bot.config import Settings
from bot.db import feedback as db
from bot.db.access import OWN_CHILDREN, Actor
from bot.db.accounts import Role, Staff
from bot.db.base import Session
from bot.db.feedback import About, Addressee, EntryKind, Ticket, Topic
from bot.db.prepared import Prepared
from bot.db.roster import Guardian, Pupil, Teaching
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.feedback import (
    Content,
    Page,
    Thread,
    add_entry,
    begin_waiting,
    close_ticket,
    handle,
    mark,
    page_of,
    thread,
    written_by,
)
from bot.features.feedback.telling import tell


async def addressees(session: Session, actor: Actor, today: date) -> Sequence[Addressee]:
    """Whom the guardian can write to: who leads their children's classes, then the school's admins.

    Empty where nobody of them has come: then letters wait for the administration.
    """
    require(actor, Role.GUARDIAN)
    assert actor.person_id is not None  # noqa: S101 - a guardian is a person
    teachers = await _class_teachers(session, actor.person_id, today)
    known = {each.staff_id for each in teachers}
    admins = await db.colleagues(session, today, admins_only=True)
    return [*teachers, *(each for each in admins if each.staff_id not in known)]


_CLASS_TEACHERS = Prepared(
    select(Staff.id, Staff.name, Staff.position, Pupil.first_name)
    .join(Teaching, (Teaching.staff_id == Staff.id) & Teaching.leads.is_(True))
    .join(Pupil, Pupil.class_id == Teaching.class_id)
    .join(Guardian, Guardian.pupil_id == Pupil.id)
    .where(OWN_CHILDREN, db.HAS_COME)
    .order_by(Pupil.id, Staff.id)
)


async def _class_teachers(session: Session, person_id: int, today: date) -> list[Addressee]:
    """Who leads the classes of a guardian's own children and has come."""
    children: dict[tuple[int, str, str], list[str]] = {}
    for id_, name, position, child in await _CLASS_TEACHERS.rows(session, person_id=person_id, today=today):
        children.setdefault((id_, name, position), []).append(child)
    return [Addressee(*staff, tuple(names)) for staff, names in children.items()]


async def send(
    session: Session,
    settings: Settings,
    actor: Actor,
    now: datetime,
    today: date,
    *,
    topic: Topic,
    about: About | None,
    staff_id: int | None,
    named: bool,
    quotable: bool | None,
    content: Content,
) -> tuple[Ticket, bool]:
    """Open a ticket and tell who should read it; `staff_id` None: the administration.

    Also whether they have been told already: in quiet hours that waits.

    A praise waits for no answer. Raises AppError where the addressee has left meanwhile.
    """
    found = await addressees(session, actor, today)
    if staff_id is not None and staff_id not in {each.staff_id for each in found}:
        raise AppError("error-ticket-addressee")
    assert actor.person_id is not None  # noqa: S101 - a guardian is a person
    praise = topic == Topic.PRAISE
    number = await _new_number(session)
    ticket = Ticket(
        number=number,
        topic=topic,
        about=about if praise else None,
        quotable=quotable if praise else None,
        anonymous=not named,
        person_id=actor.person_id if named else None,
        mark=None if named else mark(settings, number, actor.person_id),
        staff_id=staff_id,
        opened_on=today,
        changed_on=today,
    )
    session.add(ticket)
    await session.flush()
    entry = await add_entry(session, ticket, now, today, EntryKind.WORDS, by_author=True, content=content)
    if not praise:
        begin_waiting(ticket, now, today)
    _record(session, actor, now, "ticket.opened", ticket, topic=topic.value)
    await tell(session, settings, now)
    return ticket, entry.told


async def _new_number(session: Session) -> int:
    """A free number, short and at random: its size tells nothing of when it was given."""
    end = 10_000
    while True:
        number = 1000 + secrets.randbelow(end - 1000)
        if await session.get(Ticket, number) is None:
            return number
        end *= 2


def _record(
    session: Session, actor: Actor, now: datetime, action: str, ticket: Ticket, **details: str | bool
) -> None:
    # Of an anonymous author's deeds there is no entry at all: its place and moment would tell too much.
    if not ticket.anonymous:
        audit.record(session, actor, now, action, f"ticket:{ticket.number}", **details)


async def letters(session: Session, settings: Settings, actor: Actor, page: int) -> Page:
    """The guardian's own letters."""
    require(actor, Role.GUARDIAN)
    return await page_of(session, await written_by(session, settings, actor.person_id or 0), page)


async def own(session: Session, settings: Settings, actor: Actor, number: int) -> Ticket:
    """The guardian's own ticket.

    Raises NotFoundError for somebody else's as for none.
    """
    require(actor, Role.GUARDIAN)
    ticket = await db.find_ticket(session, Ticket.number == number)
    if ticket is None or actor.person_id is None:
        raise NotFoundError
    if ticket.person_id != actor.person_id and ticket.mark != mark(settings, number, actor.person_id):
        raise NotFoundError
    return ticket


async def by_handle(session: Session, settings: Settings, actor: Actor, handle_: str) -> Ticket:
    """The guardian's own ticket by what their conversation keeps of it."""
    require(actor, Role.GUARDIAN)
    mine = await written_by(session, settings, actor.person_id or 0)
    for row in await db.tickets(session, mine):
        if handle(settings, row.ticket.number) == handle_:
            return row.ticket
    raise NotFoundError


async def read(session: Session, settings: Settings, actor: Actor, today: date, number: int) -> Thread:
    """The guardian's own ticket with all that happened in it."""
    return await thread(session, await own(session, settings, actor, number), today)


async def write_on(
    session: Session,
    settings: Settings,
    actor: Actor,
    now: datetime,
    today: date,
    number: int,
    content: Content,
) -> bool:
    """The author adds something, and waits for an answer; whether the school has been told already.

    Raises AppError where the ticket was closed too long ago.
    """
    ticket = await own(session, settings, actor, number)
    entry = await add_entry(session, ticket, now, today, EntryKind.WORDS, by_author=True, content=content)
    begin_waiting(ticket, now, today)
    _record(session, actor, now, "ticket.written_on", ticket)
    await tell(session, settings, now)
    return entry.told


async def close(
    session: Session, settings: Settings, actor: Actor, now: datetime, today: date, number: int
) -> None:
    """The author ends the ticket; an ended one stays as it is."""
    ticket = await own(session, settings, actor, number)
    if await close_ticket(session, ticket, now, today, by_author=True, staff_id=None):
        _record(session, actor, now, "ticket.closed", ticket)
        await tell(session, settings, now)


async def set_quotable(
    session: Session, settings: Settings, actor: Actor, now: datetime, number: int, *, quotable: bool
) -> None:
    """Give leave to quote one's praise, or take it back."""
    ticket = await own(session, settings, actor, number)
    if ticket.topic != Topic.PRAISE:
        raise NotFoundError
    if ticket.quotable != quotable:
        ticket.quotable = quotable
        _record(session, actor, now, "ticket.quotable", ticket, was=not quotable, to=quotable)
