"""Guardians' letters to the school: numbered tickets that both sides write on until they are closed.

An anonymous author can be answered and stands nowhere: docs/decisions/0011 says how, and what remains.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, update

from bot.config import Settings
from bot.db import feedback as db
from bot.db.base import Session
from bot.db.feedback import EntryKind, Place, Ticket, TicketEntry, TicketRow
from bot.db.outbox import File, OutboxMessage
from bot.errors import AppError
from bot.features.outbox import clean_text
from bot.programme.calendar import Calendar

# With the lines around it an entry stays under Telegram's 4096 (UTF-16 units).
TEXT_MAX = 3000
FILES_MAX = 10
# For so long after closing either side can write on, which opens the ticket again.
REOPEN = timedelta(days=14)
PAGE = 8
# What is put into the outbox with somebody's words.
LETTER, ANSWER = "ticket", "ticket-answer"


@dataclass(frozen=True)
class Thread:
    """A ticket with all that happened in it, each step with the name of the member of staff.

    `places` are the author's at their children; empty where the author is anonymous or has left.
    """

    row: TicketRow
    entries: Sequence[tuple[TicketEntry, str | None]]
    places: Sequence[Place] = ()
    # Whether somebody can still write in it.
    open: bool = True


@dataclass(frozen=True)
class Page:
    """A page (from 0) of tickets."""

    number: int
    of: int
    rows: Sequence[TicketRow]


async def page_of(session: Session, where: ColumnElement[bool], page: int) -> Page:
    """A page of the tickets that fulfil the condition; one that does not exist gives the nearest."""
    pages = -(-await db.count(session, where) // PAGE)
    number = max(0, min(page, pages - 1))
    return Page(number, pages, await db.tickets(session, where, number * PAGE, PAGE))


async def thread(session: Session, ticket: Ticket, today: date) -> Thread:
    """A ticket with all that happened in it."""
    (row,) = await db.tickets(session, Ticket.number == ticket.number)
    places: Sequence[Place] = ()
    if ticket.person_id is not None:
        places = (await db.places(session, [ticket.person_id], today)).get(ticket.person_id, [])
    return Thread(row, await db.entries(session, [ticket.number]), places, _can_write(ticket, today))


# --- who wrote an anonymous letter -----------------------------------------------------------------------


def mark(settings: Settings, number: int, person_id: int) -> str:
    """What an anonymous ticket keeps of its author: of no use without the key, and different in every ticket.

    With the key everybody's mark can be made and compared: that is how the bot finds the way back.
    """
    return _sign(settings, f"{number}:{person_id}")


def handle(settings: Settings, number: int) -> str:
    """What the author's conversation keeps of the ticket they are writing in: leads to it with the key."""
    return _sign(settings, f"handle:{number}")


def _sign(settings: Settings, words: str) -> str:
    key = settings.feedback.key.get_secret_value()
    if not key:
        raise RuntimeError("feedback.key is missing")
    return hmac.digest(key.encode(), words.encode(), "sha256").hex()


async def written_by(session: Session, settings: Settings, person_id: int) -> ColumnElement[bool]:
    """The person's own tickets, the anonymous ones too. Narrows a query over Ticket."""
    found = [
        ticket.number
        for ticket in await db.marked(session)
        if ticket.mark == mark(settings, ticket.number, person_id)
    ]
    return or_(Ticket.person_id == person_id, Ticket.number.in_(found))


# --- writing ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Content:
    """What somebody wrote or sent: words, files, or both."""

    text: str = ""
    files: tuple[File, ...] = ()

    def checked(self) -> "Content":
        """The same, fit to be kept. Raises AppError for nothing at all, too many words or files."""
        if len(self.files) > FILES_MAX:
            raise AppError("error-ticket-files", limit=FILES_MAX)
        text = clean_text(self.text, TEXT_MAX) if self.text.strip() or not self.files else ""
        return Content(text, self.files)


def _can_write(ticket: Ticket, today: date) -> bool:
    return ticket.closed_on is None or today - ticket.closed_on <= REOPEN


async def add_entry(
    session: Session,
    ticket: Ticket,
    now: datetime,
    today: date,
    kind: EntryKind,
    *,
    by_author: bool,
    staff_id: int | None = None,
    content: Content | None = None,
) -> TicketEntry:
    """Note a step; words open a ticket again that has been closed a short time ago.

    Raises AppError for words in one that was closed too long ago.
    """
    if kind == EntryKind.WORDS:
        if not _can_write(ticket, today):
            raise AppError("error-ticket-closed")
        ticket.closed_on = None
    content = content.checked() if content else Content()
    before = await db.entries(session, [ticket.number])
    entry = TicketEntry(
        number=ticket.number,
        position=len(before),
        kind=kind,
        by_author=by_author,
        staff_id=staff_id,
        text=content.text,
        # A file's name may tell who sent it.
        files=[File(f.kind, f.file_id, "" if ticket.anonymous else f.name) for f in content.files],
        on=today,
        at=None if ticket.anonymous else now,
        told=False,
    )
    session.add(entry)
    ticket.changed_on = today
    await session.flush()
    return entry


def begin_waiting(ticket: Ticket, now: datetime, today: date) -> None:
    """The author waits for an answer, from now on unless they wait already."""
    if ticket.waiting_on is None:
        ticket.waiting_on = today
        ticket.waiting_since = None if ticket.anonymous else now
        ticket.escalated_on = None


def end_waiting(ticket: Ticket) -> None:
    """The author waits no longer."""
    ticket.waiting_on = ticket.waiting_since = ticket.escalated_on = None


async def close_ticket(
    session: Session, ticket: Ticket, now: datetime, today: date, *, by_author: bool, staff_id: int | None
) -> bool:
    """End a ticket; False where it has been ended already."""
    if ticket.closed_on is not None:
        return False
    await add_entry(session, ticket, now, today, EntryKind.CLOSED, by_author=by_author, staff_id=staff_id)
    ticket.closed_on = today
    end_waiting(ticket)
    return True


@dataclass(frozen=True)
class Waited:
    """How long an author has waited: whole working days; within the first day hours, where they are known."""

    days: int
    hours: int | None = None
    # Whether it began today (else, with no days, on days off).
    today: bool = False


def waited(ticket: Ticket, now: datetime, settings: Settings, calendar: Calendar) -> Waited | None:
    """How long the author has waited for an answer, in school time; None where they wait for none."""
    if ticket.waiting_on is None:
        return None
    today = now.astimezone(settings.school.zone).date()
    days = calendar.working_days_between(ticket.waiting_on, today)
    since = ticket.waiting_since
    hours = (now - since) // timedelta(hours=1) if since and ticket.waiting_on == today else None
    return Waited(days, hours, ticket.waiting_on == today)


# --- leaving, and growing old ---------------------------------------------------------------------------


async def erase(session: Session, own: ColumnElement[bool]) -> None:
    """Erase what somebody wrote in their tickets (a condition over Ticket), also what is on its way.

    That there was a ticket stays. It ends on the day of its latest entry: today would tell who has left.
    """
    numbers = [row.ticket.number for row in await db.tickets(session, own)]
    words = TicketEntry.number.in_(numbers), TicketEntry.by_author.is_(True)
    await session.execute(update(TicketEntry).where(*words).values(text="", files=[]))
    await session.execute(update(TicketEntry).where(TicketEntry.number.in_(numbers)).values(told=True))
    await session.execute(
        update(Ticket)
        .where(Ticket.number.in_(numbers))
        .values(
            person_id=None,
            mark=None,
            quotable=None,
            closed_on=func.coalesce(Ticket.closed_on, Ticket.changed_on),
            waiting_on=None,
            waiting_since=None,
            escalated_on=None,
        )
    )
    await session.execute(
        delete(OutboxMessage).where(
            OutboxMessage.kind.in_((LETTER, ANSWER)), OutboxMessage.subject_id.in_(numbers)
        )
    )


async def expire(session: Session, before: datetime) -> int:
    """Blank what was written before a moment, the files too; how many entries it were."""
    return await db.blank_entries(session, before.date())
