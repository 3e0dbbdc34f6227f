"""Documents: the shelves, one document, what is told of them."""

from collections.abc import Sequence
from datetime import date
from html import escape, unescape
from typing import Any, Literal

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.db.documents import Document, DocumentKind, DocumentRow
from bot.db.outbox import File
from bot.features.documents import Draft, Standing
from bot.features.documents.shelves import Act, Home, Page, Shelf
from bot.texts import Html, Texts
from bot.ui.screen import GO, Row, Screen, button, go, keyboard, rows, shorten, turns

Action = Literal["open", "see", "files", "confirm", "return", "withdraw", "ended", "mend"]

LINES = 10
SIGNS = {
    Standing.WAITING: "⏳",
    Standing.RETURNED: "↩️",
    Standing.IN_FORCE: "✅",
    Standing.RUN_OUT: "⌛",
    Standing.WITHDRAWN: "✖",
}


class DocList(CallbackData, prefix="dl"):
    """A page (from 0) of a shelf."""

    shelf: Shelf
    page: int


class DocActs(CallbackData, prefix="da"):
    """The local acts that the programme wants."""


class DocCard(CallbackData, prefix="dc"):
    """One document. `see` shows it below a message; `ended` is: in force no more from today on."""

    document_id: int
    action: Action


class DocNew(CallbackData, prefix="dn"):
    """Put in a document: of which kind (None: to be asked), and which of the local acts."""

    kind: DocumentKind | None = None
    act: str = ""


# --- the shelves -----------------------------------------------------------------------------------------


def home(t: Texts, found: Home, *, is_admin: bool, is_teacher: bool) -> Screen:
    """What there is: for an admin all by kind, what waits first; for a teacher the bank and their own."""
    bank = found.counts.in_force.get(DocumentKind.PRACTICE, 0)
    own = _shelf(t, Shelf.MINE, found.returned, "↩️ " if found.returned else "")
    if not is_admin:
        return Screen(
            t("documents-teacher", practices=bank),
            keyboard(
                [_shelf(t, Shelf.BANK, bank)],
                [own],
                [button(t("document-add-practice"), DocNew(kind=DocumentKind.PRACTICE))],
                [button(t("document-add-training"), DocNew(kind=DocumentKind.TRAINING))],
                [go(t, "menu")],
            ),
        )
    counts = found.counts
    waiting = [_shelf(t, Shelf.WAITING, counts.waiting, "⏳ ")] if counts.waiting else []
    expiring = [_shelf(t, Shelf.EXPIRING, counts.expiring, "⌛ ")] if counts.expiring else []
    kinds = [
        _shelf(t, Shelf(kind.value), counts.in_force.get(kind, 0))
        for kind in DocumentKind
        if kind != DocumentKind.LOCAL_ACT
    ]
    acts = button(t("documents-acts", there=found.acts, wanted=found.acts_wanted), DocActs())
    return Screen(
        t("documents-admin"),
        keyboard(
            waiting,
            expiring,
            *rows(kinds, 2),
            [acts],
            [own] if is_teacher else [],
            [button(t("document-add"), DocNew())],
            [button(t("documents-declared"), GO + "declare"), go(t, "menu")],
        ),
    )


def _shelf(t: Texts, shelf: Shelf, count: int, sign: str = "") -> InlineKeyboardButton:
    label = f"{sign}{t(f'document-shelf-{shelf}')}"
    return button(f"{label} ({count})" if count else label, DocList(shelf=shelf, page=0))


def _back(t: Texts) -> Row:
    return [button(t("documents-back"), GO + "documents"), go(t, "menu")]


def page(t: Texts, found: Page, standings: Sequence[Standing], today: date) -> Screen:
    """A page of documents, a button each."""
    name = t(f"document-shelf-{found.shelf}")
    signed = found.shelf not in (Shelf.BANK, Shelf.EXPIRING, Shelf.WAITING)
    buttons = [
        [
            button(
                unescape(_line(t, row, SIGNS[how] if signed else "", today)),
                DocCard(document_id=row.document.id, action="open"),
            )
        ]
        for row, how in zip(found.rows, standings, strict=True)
    ]
    turn = turns(found.number, found.of, lambda number: DocList(shelf=found.shelf, page=number))
    kind = next((kind for kind in DocumentKind if kind.value == found.shelf.value), None)
    add = [button(t("document-add"), DocNew(kind=kind))] if kind and kind != DocumentKind.LOCAL_ACT else []
    lines = [t("documents-shelf", name=name)]
    if not found.rows:
        lines.append(t("documents-none"))
    elif signed:
        lines.append(t("documents-legend"))
    elif found.shelf == Shelf.BANK:
        lines.append(t("documents-bank"))
    return Screen("\n\n".join(lines), keyboard(*buttons, turn, add, _back(t)))


def _line(t: Texts, row: DocumentRow, sign: str, today: date) -> str:
    document = row.document
    day = document.valid_until if sign == "" and document.valid_until else document.on_date
    pieces = [f"{day:%d.%m.%y}", shorten(document.title, 40), row.owner]
    return " ".join(filter(None, (sign, " · ".join(filter(None, pieces)))))


def acts(t: Texts, found: Sequence[Act]) -> Screen:
    """The local acts that the programme wants: what is there, what is missing."""
    lines = [t("documents-acts-title"), ""]
    buttons: list[Row] = []
    for number, act in enumerate(found, 1):
        there = act.document
        line = "document-act-there" if there else "document-act-missing"
        lines.append(t(line, number=number, title=act.title))
        data: CallbackData = (
            DocCard(document_id=there.id, action="open")
            if there
            else DocNew(kind=DocumentKind.LOCAL_ACT, act=act.key)
        )
        label = shorten(act.title, 40)
        buttons.append([button(f"✅ {number}. {label}" if there else f"➕ {number}. {label}", data)])
    all_ = button(t("document-act-all"), DocList(shelf=Shelf.LOCAL_ACT, page=0))
    return Screen("\n".join(lines), keyboard(*buttons, [all_], _back(t)))


# --- one document ----------------------------------------------------------------------------------------


def facts(t: Texts, document: Document | Draft, owner: str, today: date) -> list[Html]:
    """What a document says of itself, a line each."""
    lines = [t(f"document-kind-{document.kind}"), t("document-title", title=document.title)]
    if document.number:
        lines.append(t("document-number", number=document.number))
    lines.append(t("document-day", day=t.day(document.on_date, today)))
    if document.valid_until:
        lines.append(t("document-until", day=t.day(document.valid_until, today)))
    if owner:
        lines.append(t(f"document-whose-{document.kind}", name=owner))
    if document.supports_subject:
        lines.append(t("document-supports"))
    return lines


def card(
    t: Texts,
    row: DocumentRow,
    how: Standing,
    today: date,
    *,
    is_admin: bool,
    is_own: bool,
    withdrawable: bool,
) -> Screen:
    """One document: what it says, how it stands, what can be done with it."""
    document, id_ = row.document, row.document.id
    day = document.withdrawn_on if how == Standing.WITHDRAWN else document.confirmed_on
    state = t(f"document-state-{how}", day=t.day(day, today) if day else "")
    lines = [*facts(t, document, row.owner, today), Html(""), Html(f"{SIGNS[how]} {state}")]
    if how == Standing.IN_FORCE and document.withdrawn_on:
        lines.append(t("document-ends", day=t.day(document.withdrawn_on, today)))
    if how == Standing.RETURNED and document.comment:
        lines.append(t("document-comment", text=document.comment))
    files = [_act(t, "files", id_, count=len(document.files))] if document.files else []
    decide = [_act(t, "confirm", id_), _act(t, "return", id_)]
    mend = [_act(t, "mend", id_)] if is_own and how == Standing.RETURNED else []
    take_back: Action = "withdraw" if how == Standing.IN_FORCE else "ended"
    end = [_act(t, take_back, id_)] if withdrawable else []
    return Screen(
        "\n".join(lines),
        keyboard(files, decide if is_admin and how == Standing.WAITING else [], mend, end, _back(t)),
    )


def _act(t: Texts, action: Action, id_: int, **arguments: int) -> InlineKeyboardButton:
    return button(t(f"document-{action}", **arguments), DocCard(document_id=id_, action=action))


def files(t: Texts, document: Document) -> Screen:
    """The files of a document, and the way back to it."""
    back = button(t("document-back"), DocCard(document_id=document.id, action="open"))
    sent = tuple(File(*file) for file in document.files)
    return Screen(t("document-title", title=document.title), keyboard([back]), files=sent)


def ask_word(t: Texts, row: DocumentRow, limit: int) -> Screen:
    """What should be different?"""
    return Screen(
        t("document-ask-word", title=row.document.title, name=row.owner, limit=limit),
        keyboard([go(t, "cancel")]),
    )


def ask_end(t: Texts, row: DocumentRow) -> Screen:
    """From which day is it in force no more?"""
    ended = button(t("document-ended-today"), DocCard(document_id=row.document.id, action="ended"))
    return Screen(t("document-ask-end", title=row.document.title), keyboard([ended], [go(t, "cancel")]))


# --- messages --------------------------------------------------------------------------------------------


def _open(t: Texts, said: dict[str, Any]) -> Row:
    label = t("document-open", title=shorten(said["title"], 40))
    return [button(unescape(label), DocCard(document_id=said["id"], action="see"))]


def message_accepted(t: Texts, arguments: dict[str, Any]) -> Screen:
    """An author is told that it is accepted."""
    words = t(f"document-accepted-{arguments['kind']}", title=arguments["title"])
    return Screen(words, keyboard(_open(t, arguments)))


def message_returned(t: Texts, arguments: dict[str, Any]) -> Screen:
    """An author is told what should be different."""
    words = t("document-returned", title=arguments["title"], text=arguments["comment"])
    mend = button(t("document-mend"), DocCard(document_id=arguments["id"], action="mend"))
    return Screen(words, keyboard([mend], _open(t, arguments)))


def message_expiry(t: Texts, arguments: dict[str, Any]) -> Screen:
    """What runs out soon."""
    items = arguments["items"]
    lines = [t("document-expiry-title"), Html("")]
    for item in items[:LINES]:
        line = t(
            "document-expiry-line",
            kind=t(f"document-kind-{item['kind']}"),
            title=item["title"],
            day=t.day(date.fromisoformat(item["until"])),
        )
        lines.append(Html(f"{line} ({escape(item['whose'], quote=False)})") if item["whose"] else line)
    if len(items) > LINES:
        lines.append(t("document-expiry-more", count=len(items) - LINES))
    return Screen("\n".join(lines), keyboard(*(_open(t, item) for item in items[:LINES])))
