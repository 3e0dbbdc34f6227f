"""Putting a document in: kind, title, day, and the rest from the preview."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.db.documents import Document, DocumentKind
from bot.features.documents import Draft
from bot.texts import Html, Texts
from bot.ui.documents import DocNew, facts
from bot.ui.screen import Screen, button, go, keyboard, rows

Field = Literal["title", "number", "day", "until", "whose", "subject", "files"]
# How long a document can be in force with one press: so many years from its date.
YEARS = (1, 3, 5)
# Telegram takes a hundred buttons.
PEOPLE = 98


class DocDay(CallbackData, prefix="dd"):
    """It is of so many days ago."""

    draft: int
    back: int


class DocField(CallbackData, prefix="df"):
    """Change something of the preview; `subject` turns over, `files` takes all away."""

    draft: int
    field: Field


class DocUntil(CallbackData, prefix="du"):
    """It is in force for so many years from its date; 0: without an end."""

    draft: int
    years: int


class DocStaff(CallbackData, prefix="ds"):
    """Whose it is."""

    draft: int
    staff_id: int


class DocSave(CallbackData, prefix="dv"):
    """Save what is in the preview."""

    draft: int


def ask_kind(t: Texts) -> Screen:
    """Which kind of document?"""
    kinds = [button(t(f"document-kind-{kind}"), DocNew(kind=kind)) for kind in DocumentKind]
    return Screen(t("document-ask-kind"), keyboard(*rows(kinds), [go(t, "cancel")]))


def ask_title(t: Texts, kind: DocumentKind) -> Screen:
    """What is it called?"""
    return Screen(t(f"document-ask-title-{kind}"), keyboard([go(t, "cancel")]))


def ask_day(t: Texts, kind: DocumentKind, draft: int) -> Screen:
    """Of which day is it?"""
    days = [
        button(t("document-today"), DocDay(draft=draft, back=0)),
        button(t("document-yesterday"), DocDay(draft=draft, back=1)),
    ]
    return Screen(
        t("document-ask-day-training" if kind == DocumentKind.TRAINING else "document-ask-day"),
        keyboard(days, [go(t, "cancel")]),
    )


def ask_number(t: Texts) -> Screen:
    """Which number does it have?"""
    return Screen(t("document-ask-number"), keyboard([go(t, "cancel")]))


def ask_until(t: Texts, draft: int) -> Screen:
    """How long is it in force?"""
    choices = [
        button(t("document-years", years=years), DocUntil(draft=draft, years=years)) for years in YEARS
    ]
    none = button(t("document-no-end"), DocUntil(draft=draft, years=0))
    return Screen(t("document-ask-until"), keyboard(choices, [none], [go(t, "cancel")]))


def ask_whose(t: Texts, kind: DocumentKind, staff: Sequence[tuple[int, str]], draft: int) -> Screen:
    """Whose is it?"""
    people = [button(name, DocStaff(draft=draft, staff_id=id_)) for id_, name in staff]
    return Screen(t(f"document-ask-whose-{kind}"), keyboard(*rows(people[:PEOPLE], 2), [go(t, "cancel")]))


def preview(
    t: Texts,
    document: Draft,
    owner: str,
    fields: Sequence[Field],
    draft: int,
    today: date,
    *,
    album: bool,
    waits: bool,
) -> Screen:
    """What is going to be saved; `album`: its files are still coming; `waits`: an admin will look at it."""
    lines = facts(t, document, owner, today)
    if album:
        lines.append(t("document-album"))
    elif document.files:
        lines.append(t("document-has-files", count=len(document.files)))
    lines += [Html(""), t("document-check-waits" if waits else "document-check")]
    change = [_change(t, field, document, draft) for field in fields]
    save = button(t("document-save-waits" if waits else "document-save"), DocSave(draft=draft))
    return Screen("\n".join(lines), keyboard([save], *rows(change, 2), [go(t, "cancel")]))


def _change(t: Texts, field: Field, document: Draft, draft: int) -> InlineKeyboardButton:
    key = f"document-field-{field}"
    if field == "subject":
        key = "document-subject-yes" if document.supports_subject else "document-subject-no"
    return button(t(key), DocField(draft=draft, field=field))


def saved(t: Texts, document: Document, *, waits: bool) -> Screen:
    """It is in."""
    again = button(t("document-add-another"), DocNew(kind=document.kind))
    words = t("document-saved-waits" if waits else "document-saved", title=document.title)
    return Screen(words, keyboard([again], [go(t, "documents"), go(t, "menu")]))
