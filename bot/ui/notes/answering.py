"""The guardian's side, and the threads of guardian and teacher."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape, unescape
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.db.notes import Channel, Copy, Note
from bot.db.notes.talk import Writer
from bot.features.notes.answering import Child, Exchange, Page, Read
from bot.texts import Html, Texts
from bot.ui.notes import (
    CallDone,
    NoteCopy,
    NotesAbout,
    PassOn,
    ThreadOpen,
    actions,
    briefly,
    files_of,
    kin,
    note,
    said,
    sign_of,
    with_words,
)
from bot.ui.screen import GO, Row, Screen, button, fit_latest, go, keyboard, rows, shorten, turns


def children(
    t: Texts,
    found: Sequence[Child],
    routes: Mapping[int, tuple[Html, InlineKeyboardButton]],
    zone: ZoneInfo,
) -> Screen:
    """The guardian's children: the latest notes, what was written back and forth, the route.

    `routes`: by pupil, a line and the button that opens it.
    """
    blocks, buttons = [], []
    for child in found:
        blocks.append(t("children-child", child=child.first_name, class_name=child.class_name))
        if route := routes.get(child.pupil_id):
            line, opens = route
            blocks.append(line)
            buttons.append(opens)
        if not child.latest:
            blocks.append(t("children-nothing"))
        for copy in child.latest:
            line, opens = _listed(t, copy, zone)
            blocks.append(line)
            buttons.append(opens)
        if child.earlier:
            label = unescape(t("children-earlier", child=child.first_name))
            buttons.append(button(label, NotesAbout(guardian_id=child.guardian_id)))
        buttons += [
            button(
                unescape(t("children-thread", child=child.first_name, teacher=each.teacher)),
                ThreadOpen(thread_id=each.thread.id, action="open"),
            )
            for each in child.threads
        ]
    text = "\n\n".join(blocks) if blocks else t("children-none")
    return Screen(text, keyboard(*rows(buttons), [go(t, "feedback")], [go(t, "menu")]), protect=True)


def _listed(t: Texts, copy: Copy, zone: ZoneInfo) -> tuple[Html, InlineKeyboardButton]:
    """A note in a list, and the button that opens it."""
    row = copy.note
    sign, day = sign_of(t, row), f"{row.created_at.astimezone(zone):%d.%m}"
    text = t("children-withdrawn") if row.withdrawn_at is not None else briefly(t, row, 100)
    line = t("children-note", sign=sign, date=day, teacher=copy.teacher, text=text)
    label = f"{sign} {day} · {copy.child}: {shorten(str(text), 24)}"
    return line, button(label, NoteCopy(receipt_id=copy.receipt.id, action="open"))


def earlier(t: Texts, found: Page, zone: ZoneInfo) -> Screen:
    """A page of all the notes about a child."""
    listed = [_listed(t, copy, zone) for copy in found.copies]
    head = t("children-all", child=found.copies[0].child)
    turn = turns(found.number, found.of, lambda n: NotesAbout(guardian_id=found.guardian_id, page=n))
    return Screen(
        "\n\n".join([head, *(line for line, _ in listed)]),
        keyboard(*rows([opens for _, opens in listed]), turn, [go(t, "children")], [go(t, "menu")]),
        protect=True,
    )


def own_copy(t: Texts, read: Read, zone: ZoneInfo, *, with_files: bool) -> Screen:
    """A guardian's copy in full, what was written about it, and what is left to do."""
    copy = read.copy
    receipt, row = copy.receipt, copy.note
    if row.withdrawn_at is not None:
        return Screen(
            t("note-message-withdrawn", child=copy.child, teacher=copy.teacher),
            keyboard([go(t, "children", beside=True)]),
            protect=True,
        )
    edited = receipt.came_before(row.edited_at)
    if row.channel == Channel.BOT:
        head = note(t, copy.child, row.kind, copy.teacher, row.text, urgent=row.urgent, edited=edited)
    else:
        at, what = f"{row.created_at.astimezone(zone):%d.%m}", t(f"contact-done-{row.channel}")
        told = t("contact-told", child=copy.child, what=what, date=at, teacher=copy.teacher)
        head = with_words(told, row.text)
    lines = [said(t, a, t("note-you") if a.by_guardian else copy.teacher, zone) for a in read.answers]
    buttons: list[Row] = []
    if copy.teacher_person is not None:
        called = receipt.call_asked_at is not None and receipt.talked_at is None
        buttons = actions(t, receipt.id, read=receipt.read_at is not None, called=called)
    return Screen(
        fit_latest(head, lines, t("note-thread-cut")),
        keyboard(*buttons, [go(t, "children", beside=True)]),
        protect=True,
        files=files_of(row.files) if with_files else (),
    )


def ask_answer(t: Texts, teacher: str) -> Screen:
    """What shall the teacher be told?"""
    return Screen(t("note-ask-answer", teacher=teacher), keyboard([go(t, "cancel")]))


def offer(t: Texts, draft: int, found: Sequence[Writer], menu: InlineKeyboardMarkup) -> Screen:
    """Whom are these words for? Besides the menu: the teachers who have written, and the school."""
    to = [
        button(
            unescape(t("note-pass-on", teacher=each.teacher, child=each.child)),
            PassOn(draft=draft, staff_id=each.staff_id, guardian_id=each.guardian_id),
        )
        for each in found
    ]
    school = button(t("go-feedback"), PassOn(draft=draft, staff_id=0, guardian_id=0))
    # The letter to the school stands above, with the words in it.
    rest = [[each for each in row if each.callback_data != f"{GO}feedback"] for row in menu.inline_keyboard]
    return Screen(t("note-pass-on-ask"), keyboard(*rows(to), [school], *rest), protect=True)


def answered(t: Texts, teacher: str, held: Html | None) -> Screen:
    """The teacher will be told."""
    text = "\n\n".join(filter(None, (t("note-answered", teacher=teacher), held)))
    return Screen(text, keyboard([go(t, "children")], [go(t, "menu")]))


def exchange(t: Texts, found: Exchange, zone: ZoneInfo) -> Screen:
    """A thread: the latest notes and all that was written, in the order of time."""
    sides = found.sides
    other = sides.teacher if found.by_guardian else kin(t, sides.relation)
    head = t("thread-title", child=sides.child, class_name=sides.school_class.name, who=other)
    told: list[tuple[datetime, str]] = [
        (copy.note.created_at, _told(t, copy.note, zone))
        for copy in found.notes
        if copy.note.withdrawn_at is None
    ]
    for answer in found.answers:
        mine = answer.by_guardian == found.by_guardian
        told.append((answer.created_at, said(t, answer, t("note-you") if mine else other, zone)))
    lines = [line for _, line in sorted(told, key=lambda each: each[0])]
    write = [button(t("note-reply"), ThreadOpen(thread_id=sides.thread.id, action="write"))]
    back = go(t, "children" if found.by_guardian else "notes")
    called = (
        []
        if found.by_guardian or not found.call
        else [button(t("note-talked"), CallDone(receipt_id=found.call))]
    )
    buttons = [called, write if found.other_person is not None else [], [back], [go(t, "menu")]]
    return Screen(fit_latest(head, lines, t("note-thread-cut")), keyboard(*buttons), protect=True)


def _told(t: Texts, row: Note, zone: ZoneInfo) -> str:
    at = f"{row.created_at.astimezone(zone):%d.%m %H:%M}"
    if row.channel == Channel.BOT:
        return t("thread-note", at=at, sign=t(f"note-sign-{row.kind}"), text=briefly(t, row, 300))
    what = t("thread-contact", at=at, what=t(f"contact-done-{row.channel}"))
    return f"{what}: {escape(shorten(row.text, 300), quote=False)}" if row.text else what


def ask_reply(t: Texts, found: Exchange) -> Screen:
    """What shall the guardian be told?"""
    text = t("note-ask-reply", child=found.sides.child, relation=kin(t, found.sides.relation))
    return Screen(text, keyboard([go(t, "cancel")]))


def replied(t: Texts, held: Html | None) -> Screen:
    """The guardian will be told."""
    text = "\n\n".join(filter(None, (t("note-replied"), held)))
    return Screen(text, keyboard([go(t, "notes")], [go(t, "menu")]))
