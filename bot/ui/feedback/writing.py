"""Letters to the school: what the guardian reads who writes them."""

from collections.abc import Sequence
from html import unescape
from typing import Literal
from zoneinfo import ZoneInfo

from bot.db.feedback import About, Addressee, Ticket, Topic
from bot.features.feedback import Page, Thread
from bot.texts import Html, Texts
from bot.ui.feedback import (
    FeedbackQuote,
    FeedbackSign,
    FeedbackTo,
    FeedbackTopic,
    Letter,
    Letters,
    entry_line,
    files_button,
    state_of,
    title_of,
)
from bot.ui.screen import Row, Screen, button, fit_latest, go, keyboard, rows, turns


def start(t: Texts) -> Screen:
    """What would you like to write?"""
    topics = rows((button(t(f"ticket-pick-{topic}"), FeedbackTopic(topic=topic)) for topic in Topic), 2)
    mine = button(t("feedback-letters"), Letters(page=0))
    return Screen(t("feedback-start"), keyboard(*topics, [mine], [go(t, "menu")]))


def ask_about(t: Texts) -> Screen:
    """What is the praise for?"""
    buttons = rows(
        button(t(f"ticket-about-{about}"), FeedbackTopic(topic=Topic.PRAISE, about=about)) for about in About
    )
    return Screen(t("feedback-about"), keyboard(*buttons, [go(t, "cancel")]))


def ask_words(t: Texts, topic: Topic) -> Screen:
    """What is it?"""
    return Screen(t("feedback-write", topic=t(f"ticket-topic-{topic}")), keyboard([go(t, "cancel")]))


def whom(t: Texts, draft: int, found: Sequence[Addressee], files: int) -> Screen:
    """Who should read it?"""
    buttons = [
        button(unescape(_addressee(t, each)), FeedbackTo(draft=draft, staff_id=each.staff_id))
        for each in found[:90]
    ] or [button(t("feedback-administration"), FeedbackTo(draft=draft, staff_id=0))]
    return Screen(t("feedback-whom", files=files), keyboard(*rows(buttons), [go(t, "cancel")]))


def _addressee(t: Texts, to: Addressee) -> Html:
    if to.children:
        return t("feedback-class-teacher", name=to.name, children=", ".join(to.children))
    return t("feedback-colleague", name=to.name, position=to.position)


def sign(t: Texts, draft: int, to: Addressee | None, files: int) -> Screen:
    """By name or without? Said with what being nameless does, and what may give the author away."""
    name = to.name if to else t("feedback-administration")
    lines = [t("feedback-sign", name=name)]
    if to and to.children:
        lines.append(t("feedback-sign-class"))
    if files:
        lines.append(t("feedback-sign-files"))
    named = button(t("feedback-named"), FeedbackSign(draft=draft, named=True))
    nameless = button(t("feedback-nameless"), FeedbackSign(draft=draft, named=False))
    return Screen("\n\n".join(lines), keyboard([named], [nameless], [go(t, "cancel")]))


def ask_quote(t: Texts, draft: int, *, named: bool) -> Screen:
    """May we quote you?"""
    yes = button(t("feedback-quote-yes"), FeedbackQuote(draft=draft, yes=True))
    no = button(t("feedback-quote-no"), FeedbackQuote(draft=draft, yes=False))
    text = t("feedback-quote", named="yes" if named else "no")
    return Screen(text, keyboard([yes, no], [go(t, "cancel")]))


def sent(t: Texts, ticket: Ticket, to: str | None, *, told: bool) -> Screen:
    """It is on its way, under this number."""
    name = to or t("feedback-administration")
    kind = "praise" if ticket.topic == Topic.PRAISE else "other"
    lines = [t("feedback-sent", number=str(ticket.number), name=name, kind=kind)]
    if not told:
        lines.append(t("feedback-held"))
    open_ = button(t("feedback-open"), Letter(number=ticket.number, action="open"))
    return Screen("\n\n".join(lines), keyboard([open_], [go(t, "menu")]))


def letters(t: Texts, found: Page) -> Screen:
    """The guardian's own letters."""
    if not found.rows:
        return Screen(t("feedback-letters-none"), keyboard([go(t, "feedback")], [go(t, "menu")]))
    buttons = rows(
        button(
            unescape(
                t(
                    "feedback-letters-item",
                    number=str(row.ticket.number),
                    topic=t(f"ticket-topic-{row.ticket.topic}"),
                    state=t(f"ticket-state-{state_of(row.ticket)}"),
                )
            ),
            Letter(number=row.ticket.number, action="open"),
        )
        for row in found.rows
    )
    paging = turns(found.number, found.of, lambda page: Letters(page=page))
    return Screen(
        t("feedback-letters-title"), keyboard(*buttons, paging, [go(t, "feedback")], [go(t, "menu")])
    )


def letter(t: Texts, found: Thread, zone: ZoneInfo) -> Screen:
    """A letter of the guardian's own, and what they can do with it."""
    ticket = found.row.ticket
    number = ticket.number
    head = [
        title_of(t, ticket),
        t("ticket-to", name=found.row.staff_name or t("feedback-administration")),
        t("ticket-state", state=t(f"ticket-state-{state_of(ticket)}")),
    ]
    if ticket.anonymous:
        head.append(t("feedback-letter-nameless"))
    buttons: list[Row] = []
    if found.open:
        buttons.append([button(t("feedback-write-on"), Letter(number=number, action="write"))])
    if ticket.closed_on is None:
        buttons[-1].append(button(t("ticket-close"), Letter(number=number, action="close")))
    if ticket.topic == Topic.PRAISE:
        action: Literal["quote", "unquote"] = "unquote" if ticket.quotable else "quote"
        turn = t("feedback-quote-less" if ticket.quotable else "feedback-quote-more")
        head.append(t("ticket-quotable" if ticket.quotable else "ticket-not-quotable"))
        buttons.append([button(turn, Letter(number=number, action=action))])
    buttons.append(files_button(t, found, Letter(number=number, action="files")))
    lines = [entry_line(t, entry, name, zone, own=True) for entry, name in found.entries]
    text = fit_latest("\n".join(head), lines, t("ticket-cut"))
    back = button(t("feedback-letters"), Letters(page=0))
    return Screen(text, keyboard(*buttons, [back], [go(t, "menu")]), protect=True)


def ask_more(t: Texts, number: int) -> Screen:
    """What shall be added?"""
    return Screen(t("feedback-ask-more", number=str(number)), keyboard([go(t, "cancel")]))


def written_on(t: Texts, number: int, *, told: bool) -> Screen:
    """It has been added."""
    text = t("feedback-added", number=str(number))
    return Screen(
        text if told else f"{text}\n\n{t('feedback-held')}",
        keyboard([button(t("feedback-open"), Letter(number=number, action="open"))], [go(t, "menu")]),
    )
