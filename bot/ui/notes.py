"""Progress notes: buttons and words, for the teacher and for the guardian."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from html import escape, unescape
from typing import Any, Literal
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.db.notes import Copy, NoteAnswer, NoteKind
from bot.db.roster import GuardianRow, PupilRow, SchoolClass
from bot.features.notes import Addressee, Child, Heard, Page, Thread
from bot.texts import Html, Texts
from bot.ui.invite import GuardianAdd, GuardianClass, GuardianPlace
from bot.ui.screen import Row, Screen, button, go, keyboard, rows, shorten

# Telegram's limit is 4096 UTF-16 units; the rest is for what frames a thread.
THREAD_MAX = 3900


class NoteClass(CallbackData, prefix="nc"):
    """Write about somebody in this class."""

    class_id: int


class NotePupil(CallbackData, prefix="np"):
    """Write about this pupil."""

    pupil_id: int


class NotePick(CallbackData, prefix="nk"):
    """Write a note of this kind about this pupil."""

    pupil_id: int
    kind: NoteKind


class NoteDraft(CallbackData, prefix="nd"):
    """What to do with the draft that is being previewed; an older one's buttons do nothing."""

    draft: int
    action: Literal["send", "edit"]


class NotesPage(CallbackData, prefix="nl"):
    """A page of the teacher's notes, from 0."""

    page: int


class NoteOpen(CallbackData, prefix="no"):
    """One of the teacher's notes."""

    note_id: int


class NoteBack(CallbackData, prefix="nb"):
    """The teacher writes back to the guardian of this copy."""

    receipt_id: int


class NoteCopy(CallbackData, prefix="nr"):
    """What the guardian does with a copy."""

    receipt_id: int
    action: Literal["open", "read", "answer", "call"]


class ClassHeard(CallbackData, prefix="nh"):
    """Who has heard nothing for longest in this class."""

    class_id: int


# --- writing ---------------------------------------------------------------------------------------------


def classes(t: Texts, found: Sequence[SchoolClass]) -> Screen:
    """Which class?"""
    if not found:
        return Screen(t("note-no-classes"), keyboard([go(t, "menu")]))
    buttons = rows((button(c.name, NoteClass(class_id=c.id)) for c in found), 4)
    return Screen(t("note-which-class"), keyboard(*buttons, [go(t, "cancel")]))


def pupils(t: Texts, school_class: SchoolClass, found: Sequence[PupilRow]) -> Screen:
    """Which pupil? Those whom no note would reach are marked."""
    if not found:
        return Screen(t("note-no-pupils", class_name=school_class.name), keyboard([go(t, "menu")]))
    buttons = []
    for pupil in found:
        name = f"{pupil.surname} {pupil.first_name}"
        reached = any(guardian.connected for guardian in pupil.guardians)
        label = name if reached else unescape(t("note-pupil-alone", name=name))
        buttons.append(button(label, NotePupil(pupil_id=pupil.id)))
    text = t("note-which-pupil", class_name=school_class.name)
    if any(not any(g.connected for g in pupil.guardians) for pupil in found):
        text = Html(f"{text}\n\n{t('note-pupil-alone-legend')}")
    # Telegram shows at most 100 buttons.
    return Screen(text, keyboard(*rows(buttons[:98], 2), [go(t, "cancel")]))


def kinds(t: Texts, to: Addressee) -> Screen:
    """What kind of note? Where nobody would get it: how to invite somebody."""
    if not to.reached:
        invite = _invitations(t, to)
        words = t("note-alone" if invite else "note-alone-ask", child=to.pupil.first_name)
        back = button(t("note-other-pupil"), NoteClass(class_id=to.class_id))
        return Screen(words, keyboard(*invite, [back], [go(t, "menu")]))
    buttons = [
        [button(t(f"note-pick-{kind}"), NotePick(pupil_id=to.pupil.id, kind=kind))] for kind in NoteKind
    ]
    return Screen(t("note-which-kind", child=to.pupil.first_name), keyboard(*buttons, [go(t, "cancel")]))


def _invitations(t: Texts, to: Addressee) -> list[Row]:
    """A button for everybody who has not come, for those who may invite."""
    if not to.may_invite:
        return []
    if not to.pupil.guardians:
        return [[button(t("note-invite-somebody"), GuardianAdd(pupil_id=to.pupil.id))]]
    return [
        [button(unescape(t("note-invite", name=_who(place))), GuardianPlace(guardian_id=place.id))]
        for place in to.pupil.guardians
        if not place.connected
    ]


def _who(place: GuardianRow) -> str:
    return f"{place.relation}, {place.name}" if place.name else place.relation


def ask_text(t: Texts, child: str, kind: NoteKind) -> Screen:
    """Write the text."""
    return Screen(t(f"note-ask-{kind}", child=child), keyboard([go(t, "cancel")]))


def preview(t: Texts, to: Addressee, kind: NoteKind, text: str, teacher: str, draft: int) -> Screen:
    """The note as the guardians will see it, who they are, and whether to send it."""
    body = _note(t, to.pupil.first_name, kind, teacher, text)
    buttons = [
        [button(t("note-send"), NoteDraft(draft=draft, action="send"))],
        [button(t("note-edit"), NoteDraft(draft=draft, action="edit"))],
        [go(t, "cancel")],
    ]
    return Screen(f"{t('note-preview')}\n\n{body}\n\n{_recipients(t, to)}", keyboard(*buttons))


def _recipients(t: Texts, to: Addressee) -> str:
    places = to.pupil.guardians
    names = {
        key: ", ".join(shorten(_who(place), 120) for place in places if place.connected == connected)
        for key, connected in ((t("note-recipients"), True), (t("note-recipients-absent"), False))
    }
    return "\n".join(f"{key} {escape(value, quote=False)}" for key, value in names.items() if value)


def sent(t: Texts, to: Addressee, held: Html | None) -> Screen:
    """The note is on its way: to whom, when, and who could be invited."""
    text = "\n\n".join(filter(None, (t("note-sent", child=to.pupil.first_name), held, _recipients(t, to))))
    return Screen(text, keyboard(*_invitations(t, to), [go(t, "note"), go(t, "notes")], [go(t, "menu")]))


def held_until(t: Texts, key: str, goes_at: datetime, now: datetime, zone: ZoneInfo) -> Html | None:
    """When quiet hours let a message out (school time), in the words of `key`; None: at once."""
    if goes_at <= now:
        return None
    at = goes_at.astimezone(zone)
    later = at.date() > now.astimezone(zone).date()
    return t(key, day="tomorrow" if later else "today", time=f"{at:%H:%M}")


# --- what was written ------------------------------------------------------------------------------------


def page(t: Texts, found: Page, zone: ZoneInfo) -> Screen:
    """A page of the teacher's notes: what, and how far each guardian's copy has come."""
    if not found.notes:
        return Screen(t("notes-empty"), keyboard([go(t, "note")], [go(t, "menu")]))
    blocks, buttons = [], []
    for note, copies in found.notes:
        names = ", ".join(dict.fromkeys(copy.child for copy in copies))
        day = f"{note.created_at.astimezone(zone):%d.%m}"
        head = t("notes-item", date=day, kind=t(f"note-sign-{note.kind}"), children=names)
        blocks.append("\n".join([head, t("notes-words", text=shorten(note.text, 80)), *_states(t, copies)]))
        buttons.append(button(f"{day} · {names}: {shorten(note.text, 20)}", NoteOpen(note_id=note.id)))
    title = t("notes-title", page=found.number + 1, pages=found.of)
    turns = []
    if found.number > 0:
        turns.append(button(t("notes-newer"), NotesPage(page=found.number - 1)))
    if found.number + 1 < found.of:
        turns.append(button(t("notes-older"), NotesPage(page=found.number + 1)))
    return Screen("\n\n".join([title, *blocks]), keyboard(*rows(buttons), turns, [go(t, "menu")]))


def _states(t: Texts, copies: Iterable[Copy]) -> list[str]:
    return [
        t(
            "notes-state",
            who=shorten(copy.guardian or copy.relation, 100),
            state=t(f"note-state-{copy.receipt.state}"),
        )
        for copy in copies
    ]


def opened(t: Texts, threads: Sequence[Thread], zone: ZoneInfo) -> Screen:
    """One of the teacher's notes with all that came back."""
    copies = [thread.copy for thread in threads]
    first = copies[0]
    day = f"{first.note.created_at.astimezone(zone):%d.%m.%Y}"
    head = "\n".join(
        [
            t("notes-item", date=day, kind=t(f"note-sign-{first.note.kind}"), children=first.child),
            escape(first.note.text, quote=False),
            "",
            *_states(t, copies),
        ]
    )
    said = sorted(
        ((answer, thread.copy.relation) for thread in threads for answer in thread.answers),
        key=lambda each: each[0].id,
    )
    lines = [_said(t, a, relation if a.by_guardian else t("note-you"), zone) for a, relation in said]
    buttons = [
        button(unescape(t("note-write-to", who=copy.relation)), NoteBack(receipt_id=copy.receipt.id))
        for copy in copies
        if copy.guardian_person is not None
        and (copy.receipt.answered_at is not None or copy.receipt.call_asked_at is not None)
    ]
    return Screen(_fit(t, head, lines), keyboard(*rows(buttons), [go(t, "notes")], [go(t, "menu")]))


def _said(t: Texts, answer: NoteAnswer, who: str, zone: ZoneInfo) -> str:
    at = f"{answer.created_at.astimezone(zone):%d.%m %H:%M}"
    if not answer.text:
        return t("note-said-erased", at=at, who=who)
    return f"{t('note-said', at=at, who=who)} {escape(answer.text, quote=False)}"


def _fit(t: Texts, head: str, lines: Sequence[str]) -> str:
    """The head and as many of the latest lines as Telegram takes in one message."""
    room = THREAD_MAX - _units(head)
    kept: list[str] = []
    for line in reversed(lines):
        room -= _units(line) + 2
        if room < 0:
            kept.append(t("note-thread-cut"))
            break
        kept.append(line)
    return "\n\n".join([head, *reversed(kept)])


def _units(html: str) -> int:
    return len(unescape(html).encode("utf-16-le")) // 2


def class_choice(t: Texts, found: Sequence[SchoolClass]) -> Screen:
    """The list of which class?"""
    if not found:
        return Screen(t("note-no-classes"), keyboard([go(t, "menu")]))
    buttons = rows((button(c.name, ClassHeard(class_id=c.id)) for c in found), 4)
    return Screen(t("class-which"), keyboard(*buttons, [go(t, "menu")]))


def class_heard(t: Texts, school_class: SchoolClass, found: Sequence[Heard], now: datetime) -> Screen:
    """Who is connected, and who has heard nothing for longest."""
    if not found:
        return Screen(t("note-no-pupils", class_name=school_class.name), keyboard([go(t, "menu")]))
    lines = []
    for each in found:
        places = each.pupil.guardians
        came = sum(place.connected for place in places)
        if not came:
            heard = t("class-alone")
        elif each.at is None:
            heard = t("class-never")
        else:
            heard = t("class-days", days=(now - each.at) // timedelta(days=1))
        name = f"{each.pupil.surname} {each.pupil.first_name}"
        lines.append(t("class-line", name=name, came=came, of=len(places), heard=heard))
    text = "\n".join([t("class-title", class_name=school_class.name), "", *lines])
    write = button(t("class-write"), NoteClass(class_id=school_class.id))
    invite = button(t("class-invite"), GuardianClass(class_id=school_class.id))
    return Screen(text, keyboard([write], [invite], [go(t, "menu")]))


def ask_reply(t: Texts, copy: Copy) -> Screen:
    """What shall the guardian be told?"""
    text = t("note-ask-reply", child=copy.child, relation=copy.relation)
    return Screen(text, keyboard([go(t, "cancel")]))


def replied(t: Texts, held: Html | None) -> Screen:
    """The guardian will be told."""
    text = "\n\n".join(filter(None, (t("note-replied"), held)))
    return Screen(text, keyboard([go(t, "notes")], [go(t, "menu")]))


# --- the guardian's side ---------------------------------------------------------------------------------


def _note(t: Texts, child: str, kind: NoteKind | str, teacher: str, text: str) -> Html:
    sign = t(f"note-sign-{kind}")
    head = t("note-message", sign=sign, child=child, kind=t(f"note-kind-{kind}"), teacher=teacher)
    return _with(head, text)


def _with(head: str, text: str) -> Html:
    """Our words, and under them what a person wrote: Fluent refuses arguments over 2500 characters."""
    return Html(f"{head}\n\n{escape(text, quote=False)}")


def _actions(t: Texts, receipt_id: int, *, read: bool = False, called: bool = False) -> list[Row]:
    """The buttons under a note, without what is done already."""
    actions: list[Literal["read", "answer", "call"]] = ["answer"]
    if not read:
        actions.insert(0, "read")
    if not called:
        actions.append("call")
    return rows(
        [button(t(f"note-action-{each}"), NoteCopy(receipt_id=receipt_id, action=each)) for each in actions],
        2,
    )


def message(t: Texts, arguments: dict[str, Any]) -> Screen:
    """The note as it reaches a guardian."""
    a = arguments
    body = _note(t, a["child"], a["kind"], a["teacher"], a["text"])
    return Screen(body, keyboard(*_actions(t, a["receipt"])), protect=True)


def digest(t: Texts, arguments: dict[str, Any]) -> tuple[Html, InlineKeyboardButton]:
    """The note's line in the evening's digest, and the button that opens it."""
    a = arguments
    names = {"child": a["child"], "teacher": a["teacher"]}
    line = t("note-digest", sign=t(f"note-sign-{a['kind']}"), kind=t(f"note-kind-{a['kind']}"), **names)
    label = unescape(t("note-digest-open", **names))
    return line, button(label, NoteCopy(receipt_id=a["receipt"], action="open"))


def message_reply(t: Texts, arguments: dict[str, Any]) -> Screen:
    """What a teacher wrote back, as it reaches a guardian."""
    a = arguments
    text = _with(t("note-message-reply", child=a["child"], teacher=a["teacher"]), a["text"])
    open_ = button(t("note-thread"), NoteCopy(receipt_id=a["receipt"], action="open"))
    answer = button(t("note-action-answer"), NoteCopy(receipt_id=a["receipt"], action="answer"))
    return Screen(text, keyboard([answer, open_]), protect=True)


def message_answer(t: Texts, arguments: dict[str, Any]) -> Screen:
    """What a guardian answered, as it reaches the teacher."""
    a = arguments
    who = {"child": a["child"], "class_name": a["class_name"], "relation": a["relation"]}
    return Screen(
        _with(t("note-message-answer", **who), a["text"]), keyboard(*_to_teacher(t, a)), protect=True
    )


def message_call(t: Texts, arguments: dict[str, Any]) -> Screen:
    """That a guardian asks for a call, as it reaches the teacher."""
    a = arguments
    who = {"child": a["child"], "class_name": a["class_name"], "relation": a["relation"]}
    return Screen(t("note-message-call", **who), keyboard(*_to_teacher(t, a)), protect=True)


def _to_teacher(t: Texts, arguments: dict[str, Any]) -> list[Row]:
    reply = button(t("note-reply"), NoteBack(receipt_id=arguments["receipt"]))
    return [[reply, button(t("note-thread"), NoteOpen(note_id=arguments["note"]))]]


def children(t: Texts, found: Sequence[Child], zone: ZoneInfo) -> Screen:
    """The guardian's children, each with the latest notes."""
    blocks, buttons = [], []
    for child in found:
        blocks.append(t("children-child", child=child.first_name, class_name=child.class_name))
        if not child.latest:
            blocks.append(t("children-nothing"))
        for copy in child.latest:
            note = copy.note
            sign, day = t(f"note-sign-{note.kind}"), f"{note.created_at.astimezone(zone):%d.%m}"
            text = shorten(note.text, 100)
            blocks.append(t("children-note", sign=sign, date=day, teacher=copy.teacher, text=text))
            label = f"{sign} {day} · {child.first_name}: {shorten(note.text, 20)}"
            buttons.append(button(label, NoteCopy(receipt_id=copy.receipt.id, action="open")))
    text = "\n\n".join(blocks) if blocks else t("children-none")
    return Screen(text, keyboard(*rows(buttons), [go(t, "menu")]), protect=True)


def own_copy(t: Texts, thread: Thread, zone: ZoneInfo) -> Screen:
    """A guardian's copy in full, what was written about it, and what is left to do."""
    copy = thread.copy
    receipt, note = copy.receipt, copy.note
    head = _note(t, copy.child, note.kind, copy.teacher, note.text)
    lines = [_said(t, a, t("note-you") if a.by_guardian else copy.teacher, zone) for a in thread.answers]
    actions: list[Row] = []
    if copy.teacher_person is not None:
        called = receipt.call_asked_at is not None
        actions = _actions(t, receipt.id, read=receipt.read_at is not None, called=called)
    return Screen(_fit(t, head, lines), keyboard(*actions, [go(t, "children")]), protect=True)


def ask_answer(t: Texts, copy: Copy) -> Screen:
    """What shall the teacher be told?"""
    return Screen(t("note-ask-answer", teacher=copy.teacher), keyboard([go(t, "cancel")]))


def answered(t: Texts, copy: Copy, held: Html | None) -> Screen:
    """The teacher will be told."""
    text = "\n\n".join(filter(None, (t("note-answered", teacher=copy.teacher), held)))
    return Screen(text, keyboard([go(t, "children")], [go(t, "menu")]))
