"""Letters to the school: the data of buttons, and what both sides read."""

from collections.abc import Sequence
from html import escape
from typing import Literal
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from bot.db.feedback import About, EntryKind, Place, Ticket, TicketEntry, Topic
from bot.db.outbox import File
from bot.features.feedback import Thread, Waited
from bot.texts import Html, Texts
from bot.ui.screen import Row, Screen, button, go, keyboard

View = Literal["open", "closed", "praise"]
VIEWS: tuple[View, ...] = ("open", "closed", "praise")


class FeedbackTopic(CallbackData, prefix="ft"):
    """Write a letter of this kind; a praise about this."""

    topic: Topic
    about: About | None = None


class FeedbackTo(CallbackData, prefix="fw"):
    """To whom the draft goes (0: the administration); an older draft's buttons do nothing."""

    draft: int
    staff_id: int


class FeedbackSign(CallbackData, prefix="fn"):
    """The draft is sent by name, or without."""

    draft: int
    named: bool


class FeedbackQuote(CallbackData, prefix="fq"):
    """The praise may be quoted, or not."""

    draft: int
    yes: bool


class FeedbackSend(CallbackData, prefix="fd"):
    """Send what the author has collected for a letter of theirs."""

    draft: int


class TicketSend(CallbackData, prefix="ts"):
    """The same, of who answers."""

    draft: int


class Letters(CallbackData, prefix="fl"):
    """A page of the guardian's own letters, from 0."""

    page: int


class Letter(CallbackData, prefix="fo"):
    """What the guardian does with a letter of theirs."""

    number: int
    action: Literal["open", "write", "close", "files", "quote", "unquote"]


class Tickets(CallbackData, prefix="tl"):
    """A page of the letters to the school, from 0."""

    view: View
    page: int


class TicketCard(CallbackData, prefix="tc"):
    """What a member of staff does with a letter."""

    number: int
    action: Literal["open", "answer", "close", "pass", "files"]


class TicketPass(CallbackData, prefix="tp"):
    """Give the letter to this member of staff."""

    number: int
    staff_id: int


def state_of(ticket: Ticket) -> str:
    """Where a ticket stands: the end of its text's name."""
    if ticket.closed_on is not None:
        return "closed"
    return "waiting" if ticket.waiting_on is not None else "open"


def title_of(t: Texts, ticket: Ticket) -> Html:
    """A ticket's number and what it is."""
    title = t("ticket-title", number=str(ticket.number), topic=t(f"ticket-topic-{ticket.topic}"))
    return Html(f"{title} ({t(f'ticket-about-{ticket.about}')})") if ticket.about else title


def files_button(t: Texts, found: Thread, data: CallbackData) -> Row:
    """The row with the button that sends a ticket's files; empty where there are none."""
    number = sum(len(entry.files) for entry, _ in found.entries)
    return [button(t("ticket-files", count=number), data)] if number else []


def entry_line(t: Texts, entry: TicketEntry, name: str | None, zone: ZoneInfo, *, own: bool) -> str:
    """A step of a ticket in one line; `own`: as its author reads it."""
    at = f"{entry.at.astimezone(zone):%d.%m %H:%M}" if entry.at else f"{entry.on:%d.%m}"
    who = (
        t("ticket-you" if own else "ticket-author")
        if entry.by_author
        else name or t("feedback-administration")
    )
    match entry.kind:
        case EntryKind.CLOSED:
            return t("ticket-was-closed", at=at, who=who)
        case EntryKind.PASSED:
            return t("ticket-was-passed", at=at, name=name or "")
    words = escape(entry.text, quote=False)
    files = t("ticket-attached", count=len(entry.files)) if entry.files else ""
    said = " ".join(filter(None, (words, files))) or t("ticket-erased")
    return f"{t('ticket-said', at=at, who=who)} {said}"


def files_of(t: Texts, found: Thread, back: CallbackData) -> Screen:
    """All files of a ticket, in order; then the way back."""
    ticket = found.row.ticket
    files = tuple(File(*file) for entry, _ in found.entries for file in entry.files)
    opens = button(t("feedback-open"), back)
    text = t("ticket-files-of", number=str(ticket.number))
    return Screen(text, keyboard([opens], [go(t, "menu")]), protect=True, files=files)


def author_of(t: Texts, anonymous: bool, places: Sequence[Place]) -> Html:
    """Who wrote: the name and the children; or that nobody is told."""
    if anonymous:
        return t("ticket-author-nameless")
    if not places:
        return t("ticket-author-gone")
    children = "; ".join(f"{p.child}, {p.class_name}, {p.relation}" for p in places)
    return t("ticket-author-named", name=places[0].name, children=children)


def waited(t: Texts, wait: Waited) -> Html:
    """How long somebody has waited, in words."""
    if wait.days:
        return t("ticket-waited-days", days=wait.days)
    if wait.hours:
        return t("ticket-waited-hours", hours=wait.hours)
    if wait.hours is None:
        return t("ticket-waited-today" if wait.today else "ticket-waited-off")
    return t("ticket-waited-now")


def collecting(t: Texts, send_it: CallbackData) -> Screen:
    """The first of an album has come: the others follow, then it is sent."""
    send = button(t("feedback-send"), send_it)
    return Screen(t("feedback-collecting"), keyboard([send], [go(t, "cancel")]))
