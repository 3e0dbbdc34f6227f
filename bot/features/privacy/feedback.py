"""Letters to the school, those by name: to an anonymous one no table leads (see features/feedback)."""

from datetime import date, datetime

from sqlalchemy import func, or_, select

from bot.db.accounts import Person, Staff
from bot.db.base import Session
from bot.db.feedback import Ticket, TicketEntry
from bot.features import feedback
from bot.features.privacy.registry import Kept, Query, Table


def _tickets(me: Person) -> Query:
    """Those that one wrote by name.

    Letters without a name are left out on purpose: a file that holds both would be the very link that is
    kept nowhere. Their author finds them under /feedback.
    """
    return (
        select(
            Ticket.number.label("number"),
            Ticket.topic.label("topic"),
            Ticket.about.label("about"),
            Ticket.quotable.label("may_be_quoted"),
            Ticket.opened_on.label("when"),
            Ticket.closed_on.label("closed"),
        )
        .where(Ticket.person_id == me.id)
        .order_by(Ticket.opened_on, Ticket.number)
    )


def _entries(me: Person) -> Query:
    """What was written in one's own letters by either side, and what one wrote as staff."""
    return (
        select(
            TicketEntry.number.label("number"),
            TicketEntry.on.label("when"),
            TicketEntry.kind.label("kind"),
            TicketEntry.by_author.label("by_guardian"),
            TicketEntry.text.label("text"),
            func.json_array_length(TicketEntry.files).label("files"),
        )
        .join(Ticket, Ticket.number == TicketEntry.number)
        .outerjoin(Staff, Staff.id == TicketEntry.staff_id)
        .where(or_(Ticket.person_id == me.id, Staff.person_id == me.id))
        .order_by(TicketEntry.number, TicketEntry.position)
    )


async def _erase(session: Session, me: Person, now: datetime, today: date) -> None:
    await feedback.erase(session, Ticket.person_id == me.id)


TABLES = {
    "ticket_entries": Table(
        _entries,
        erase=_erase,
        kept=Kept.CONTACTS,
        expire=feedback.expire,
        words={"kind": "privacy-ticket-kind"},
    ),
    # Cleared together with what was written in them.
    "tickets": Table(_tickets, kept=Kept.CONTACTS, words={"topic": "ticket-topic", "about": "ticket-about"}),
}
