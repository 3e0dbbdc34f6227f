"""What the outbox brings about notes, to guardians and to teachers."""

from datetime import date
from html import unescape
from typing import Any

from aiogram.types import InlineKeyboardButton

from bot.texts import Html, Texts
from bot.ui.notes import CallDone, NoteCopy, ThreadOpen, actions, files_of, kin, note, with_words
from bot.ui.screen import Row, Screen, button, go, keyboard


def to_guardian(t: Texts, arguments: dict[str, Any]) -> Screen:
    """The note as it reaches a guardian."""
    a = arguments
    body = note(t, a["child"], a["kind"], a["teacher"], a["text"], urgent=a["urgent"], edited=a["edited"])
    return Screen(body, keyboard(*actions(t, a["receipt"])), protect=True, files=files_of(a["files"]))


def digest(t: Texts, arguments: dict[str, Any]) -> tuple[Html, InlineKeyboardButton]:
    """The note's line in the evening's digest, and the button that opens it."""
    a = arguments
    names = {"child": a["child"], "teacher": a["teacher"]}
    line = t("note-digest", sign=t(f"note-sign-{a['kind']}"), kind=t(f"note-kind-{a['kind']}"), **names)
    return line, _open(t, a)


def _open(t: Texts, a: dict[str, Any]) -> InlineKeyboardButton:
    label = unescape(t("note-digest-open", child=a["child"], teacher=a["teacher"]))
    return button(label, NoteCopy(receipt_id=a["receipt"], action="open"))


def withdrawn(t: Texts, arguments: dict[str, Any]) -> Screen:
    """What stands where a note stood that was taken back."""
    words = t("note-message-withdrawn", child=arguments["child"], teacher=arguments["teacher"])
    return Screen(words, protect=True)


def reminder(t: Texts, arguments: dict[str, Any]) -> Screen:
    """A note has not been read, or several."""
    beyond = [go(t, "children", beside=True)] if arguments["count"] > 1 else []
    return Screen(_reminder(t, arguments), keyboard([_open(t, arguments)], beyond), protect=True)


def _reminder(t: Texts, a: dict[str, Any]) -> Html:
    line, _ = digest(t, a)
    day = t.day(date.fromisoformat(a["date"]))
    return t("note-message-reminder", count=a["count"], date=day, note=line)


def call_me(t: Texts, arguments: dict[str, Any]) -> Screen:
    """The teacher asks for a call."""
    a = arguments
    words = t("note-message-call-me", child=a["child"], teacher=a["teacher"])
    return Screen(words, keyboard([_open(t, a)]), protect=True)


def digest_reminder(t: Texts, arguments: dict[str, Any]) -> tuple[Html, InlineKeyboardButton]:
    """The same in the evening's digest."""
    return _reminder(t, arguments), _open(t, arguments)


def digest_call_me(t: Texts, arguments: dict[str, Any]) -> tuple[Html, InlineKeyboardButton]:
    """The same in the evening's digest."""
    a = arguments
    return t("note-message-call-me", child=a["child"], teacher=a["teacher"]), _open(t, a)


def reply(t: Texts, arguments: dict[str, Any]) -> Screen:
    """What a teacher wrote, as it reaches a guardian."""
    a = arguments
    text = with_words(t("note-message-reply", child=a["child"], teacher=a["teacher"]), a["text"])
    return Screen(text, keyboard(_thread(t, a)), protect=True, files=files_of(a["files"]))


def answer(t: Texts, arguments: dict[str, Any]) -> Screen:
    """What a guardian wrote, as it reaches the teacher."""
    a = arguments
    head = t(
        "note-message-answer", child=a["child"], class_name=a["class_name"], relation=kin(t, a["relation"])
    )
    return Screen(
        with_words(head, a["text"]), keyboard(_thread(t, a)), protect=True, files=files_of(a["files"])
    )


def call(t: Texts, arguments: dict[str, Any]) -> Screen:
    """That a guardian asks for a call, as it reaches the teacher."""
    a = arguments
    words = t(
        "note-message-call", child=a["child"], class_name=a["class_name"], relation=kin(t, a["relation"])
    )
    called = [button(t("note-talked"), CallDone(receipt_id=a["receipt"]))]
    return Screen(words, keyboard(called, _thread(t, a)), protect=True)


def _thread(t: Texts, a: dict[str, Any]) -> Row:
    return [
        button(t("note-reply"), ThreadOpen(thread_id=a["thread"], action="write")),
        button(t("note-thread"), ThreadOpen(thread_id=a["thread"], action="open")),
    ]
