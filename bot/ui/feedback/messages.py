"""Letters to the school: what is sent to the other side."""

from html import escape
from typing import Any

from aiogram.types import InlineKeyboardButton

from bot.db.feedback import Place
from bot.db.outbox import File
from bot.texts import Html, Texts
from bot.ui.feedback import (
    Letter,
    TicketCard,
    author_of,
)
from bot.ui.screen import Screen, button, go, keyboard, rows

LATE_MAX = 20


def _with(head: str, text: str) -> str:
    """Our words, and under them what a person wrote: Fluent refuses arguments over 2500 characters."""
    return f"{head}\n\n{escape(text, quote=False)}" if text else head


def _sent_files(arguments: dict[str, Any]) -> tuple[File, ...]:
    return tuple(File(*file) for file in arguments["files"])


def message(t: Texts, arguments: dict[str, Any]) -> Screen:
    """What a guardian wrote, as it reaches who should read it."""
    a = arguments
    number = a["number"]
    key = "ticket-message" if a["first"] else "ticket-message-more"
    topic = t(f"ticket-topic-{a['topic']}")
    if a["about"]:
        about = t(f"ticket-about-{a['about']}")
        topic = Html(f"{topic} ({about})")
    places = [Place(*place) for place in a["author"]]
    head = t(key, number=str(number), topic=topic, author=author_of(t, a["anonymous"], places))
    answer = button(t("ticket-answer"), TicketCard(number=number, action="answer"))
    open_ = button(t("ticket-thread"), TicketCard(number=number, action="open"))
    return Screen(_with(head, a["text"]), keyboard([answer, open_]), protect=True, files=_sent_files(a))


def message_answer(t: Texts, arguments: dict[str, Any]) -> Screen:
    """What the school answered, as it reaches the author."""
    a = arguments
    number = a["number"]
    name = a["name"] or t("feedback-administration")
    write = button(t("feedback-write-on"), Letter(number=number, action="write"))
    close = button(t("ticket-close"), Letter(number=number, action="close"))
    open_ = button(t("ticket-thread"), Letter(number=number, action="open"))
    head = t("ticket-message-answer", number=str(number), name=name)
    return Screen(
        _with(head, a["text"]), keyboard([write, close], [open_]), protect=True, files=_sent_files(a)
    )


def message_closed(t: Texts, arguments: dict[str, Any]) -> Screen:
    """The school has closed the ticket."""
    return _to_author(t, t("ticket-message-closed", number=str(arguments["number"])), arguments)


def message_passed(t: Texts, arguments: dict[str, Any]) -> Screen:
    """The ticket has been given to somebody else."""
    words = t("ticket-message-passed", number=str(arguments["number"]), name=arguments["name"] or "")
    return _to_author(t, words, arguments)


def _to_author(t: Texts, words: Html, arguments: dict[str, Any]) -> Screen:
    number = arguments["number"]
    write = button(t("feedback-write-on"), Letter(number=number, action="write"))
    return Screen(words, keyboard([write, button(t("ticket-thread"), Letter(number=number, action="open"))]))


def digest_closed(t: Texts, arguments: dict[str, Any]) -> tuple[Html, InlineKeyboardButton]:
    """The line in the evening's digest, and the button that opens the letter."""
    return t("ticket-digest-closed", number=str(arguments["number"])), _opens(t, arguments)


def digest_passed(t: Texts, arguments: dict[str, Any]) -> tuple[Html, InlineKeyboardButton]:
    """The line in the evening's digest, and the button that opens the letter."""
    line = t("ticket-digest-passed", number=str(arguments["number"]), name=arguments["name"] or "")
    return line, _opens(t, arguments)


def _opens(t: Texts, arguments: dict[str, Any]) -> InlineKeyboardButton:
    number = arguments["number"]
    return button(t("ticket-digest-open", number=str(number)), Letter(number=number, action="open"))


def message_closed_by_author(t: Texts, arguments: dict[str, Any]) -> Screen:
    """The author has closed the ticket."""
    return _to_staff(t, t("ticket-message-closed-by-author", number=str(arguments["number"])), arguments)


def message_given(t: Texts, arguments: dict[str, Any]) -> Screen:
    """An admin has given somebody a letter to answer."""
    a = arguments
    topic = t(f"ticket-topic-{a['topic']}")
    by = a["by"] or t("feedback-administration")
    return _to_staff(t, t("ticket-message-given", number=str(a["number"]), topic=topic, by=by), a)


def _to_staff(t: Texts, words: Html, arguments: dict[str, Any]) -> Screen:
    open_ = button(t("ticket-thread"), TicketCard(number=arguments["number"], action="open"))
    return Screen(words, keyboard([open_], [go(t, "tickets")]))


def message_late(t: Texts, arguments: dict[str, Any]) -> Screen:
    """Letters that nobody has answered for too long."""
    items = arguments["items"]
    lines = [t("tickets-late")]
    lines += [
        t(
            "tickets-late-item",
            number=str(item["number"]),
            topic=t(f"ticket-topic-{item['topic']}"),
            name=item["name"] or t("feedback-administration"),
            time=t("ticket-waited-days", days=item["days"]),
        )
        for item in items[:LATE_MAX]
    ]
    if len(items) > LATE_MAX:
        lines.append(t("tickets-late-more", count=len(items) - LATE_MAX))
    buttons = [
        button(
            t("ticket-digest-open", number=str(item["number"])),
            TicketCard(number=item["number"], action="open"),
        )
        for item in items[:LATE_MAX]
    ]
    return Screen("\n".join(lines), keyboard(*rows(buttons, 2), [go(t, "tickets")]))
