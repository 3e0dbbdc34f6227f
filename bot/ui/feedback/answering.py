"""Letters to the school: what those read who answer them."""

from collections.abc import Mapping, Sequence
from html import unescape
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from bot.db.feedback import Addressee, TicketEntry, Topic
from bot.features.feedback import Page, Thread, Waited
from bot.texts import Texts
from bot.ui.feedback import (
    VIEWS,
    TicketCard,
    TicketPass,
    Tickets,
    View,
    author_of,
    entry_line,
    files_button,
    state_of,
    title_of,
    waited,
)
from bot.ui.findings import heard_button
from bot.ui.screen import Row, Screen, button, fit_latest, go, keyboard, rows, shorten, turns

QUOTE_MAX = 400


def tickets(
    t: Texts, view: View, found: Page, waits: Mapping[int, Waited | None], quotes: Mapping[int, TicketEntry]
) -> Screen:
    """A page of letters to the school: the longest waiting first; of praise the words."""
    lines = [t(f"tickets-{view}")]
    buttons: list[InlineKeyboardButton] = []
    if not found.rows:
        lines.append(t("tickets-none"))
    for row in found.rows:
        ticket = row.ticket
        wait = waits.get(ticket.number)
        item = {
            "number": str(ticket.number),
            "topic": t(f"ticket-topic-{ticket.topic}"),
            "name": row.staff_name or t("feedback-administration"),
        }
        state = t("ticket-waits", time=waited(t, wait)) if wait else t(f"ticket-state-{state_of(ticket)}")
        if view == "praise" and ticket.number in quotes:
            quote = shorten(" ".join(quotes[ticket.number].text.split()), QUOTE_MAX)
            lines.append(t("tickets-quote", number=str(ticket.number), text=quote))
        else:
            lines.append(t("tickets-item", **item, state=state))
        label = unescape(t("tickets-button", number=item["number"], topic=item["topic"]))
        buttons.append(button(label, TicketCard(number=ticket.number, action="open")))
    others = [button(t(f"tickets-go-{each}"), Tickets(view=each, page=0)) for each in VIEWS if each != view]
    paging = turns(found.number, found.of, lambda page: Tickets(view=view, page=page))
    return Screen(
        "\n\n".join(lines), keyboard(*rows(buttons, 2), paging, others, [go(t, "menu")]), protect=True
    )


def card(t: Texts, found: Thread, wait: Waited | None, zone: ZoneInfo, *, admin: bool) -> Screen:
    """A letter to the school in full, and what can be done with it."""
    ticket = found.row.ticket
    number = ticket.number
    head = [
        title_of(t, ticket),
        t("ticket-from", author=author_of(t, ticket.anonymous, found.places)),
        t("ticket-to", name=found.row.staff_name or t("feedback-administration")),
    ]
    if wait:
        head.append(t("ticket-waits-long", time=waited(t, wait)))
    else:
        head.append(t("ticket-state", state=t(f"ticket-state-{state_of(ticket)}")))
    if ticket.topic == Topic.PRAISE:
        head.append(t("ticket-quotable" if ticket.quotable else "ticket-not-quotable"))
    buttons: list[Row] = []
    gone = ticket.person_id is None and ticket.mark is None
    if found.open and not gone:
        buttons.append([button(t("ticket-answer"), TicketCard(number=number, action="answer"))])
    if ticket.closed_on is None:
        buttons.append([button(t("ticket-close"), TicketCard(number=number, action="close"))])
        if admin:
            buttons[-1].append(button(t("ticket-pass"), TicketCard(number=number, action="pass")))
    if admin:
        buttons.append(heard_button(t, ticket=number))
    buttons.append(files_button(t, found, TicketCard(number=number, action="files")))
    lines = [entry_line(t, entry, name, zone, own=False) for entry, name in found.entries]
    text = fit_latest("\n".join(head), lines, t("ticket-cut"))
    return Screen(text, keyboard(*buttons, [go(t, "tickets")], [go(t, "menu")]), protect=True)


def ask_answer(t: Texts, number: int) -> Screen:
    """What shall be answered?"""
    return Screen(t("ticket-ask-answer", number=str(number)), keyboard([go(t, "cancel")]))


def answered(t: Texts, number: int, *, told: bool) -> Screen:
    """The author gets it."""
    text = t("ticket-answered", number=str(number))
    return Screen(
        text if told else f"{text}\n\n{t('ticket-held')}",
        keyboard(
            [button(t("ticket-close"), TicketCard(number=number, action="close"))],
            [go(t, "tickets"), go(t, "menu")],
        ),
    )


def ask_pass(t: Texts, number: int, found: Sequence[Addressee]) -> Screen:
    """To whom?"""
    buttons = rows(
        (button(each.name, TicketPass(number=number, staff_id=each.staff_id)) for each in found[:90]), 2
    )
    back = button(t("ticket-back"), TicketCard(number=number, action="open"))
    return Screen(t("ticket-ask-pass", number=str(number)), keyboard(*buttons, [back]))
