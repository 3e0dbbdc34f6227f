"""Progress notes: what buttons carry, and the words that several screens share."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from html import escape, unescape
from typing import Literal
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.db.notes import Channel, Copy, Note, NoteAnswer, NoteKind, ReceiptState
from bot.db.notes.talk import Shown
from bot.db.outbox import File
from bot.db.roster import GuardianRow
from bot.texts import Html, Texts, texts
from bot.ui.screen import Row, button, rows, shorten


class NoteClass(CallbackData, prefix="nc"):
    """Write about somebody in this class."""

    class_id: int


class NotePupil(CallbackData, prefix="np"):
    """Write about this pupil."""

    pupil_id: int


class NoteMany(CallbackData, prefix="nm"):
    """Write about several of a class: none of them chosen yet, all, or the silent families."""

    class_id: int
    choose: Literal["none", "all", "silent"]


class NoteToggle(CallbackData, prefix="nx"):
    """One pupil more, or less, of those chosen."""

    class_id: int
    pupil_id: int


class NoteChosen(CallbackData, prefix="nq"):
    """Those chosen are all."""


class NotePick(CallbackData, prefix="nk"):
    """Write a note of this kind about this pupil; 0: about those chosen."""

    pupil_id: int
    kind: NoteKind


class NoteDraft(CallbackData, prefix="nd"):
    """What to do with the draft that is being previewed; an older one's buttons do nothing."""

    draft: int
    action: Literal["send", "edit", "files", "urgent", "later", "keep"]


class NoteLater(CallbackData, prefix="nw"):
    """When the draft is to go: a day from today on and an hour; -1: at once after all."""

    draft: int
    days: int
    hour: int


class NoteTemplates(CallbackData, prefix="nt"):
    """The teacher's own templates: use one, ask before deleting it, delete it; 0: all of them."""

    template_id: int
    action: Literal["list", "use", "ask", "delete"]


class NotesPage(CallbackData, prefix="nl"):
    """A page of the teacher's notes, from 0."""

    page: int


class NoteOpen(CallbackData, prefix="no"):
    """One of the teacher's notes: look at it, take it back, give it another text."""

    note_id: int
    action: Literal["look", "files", "ask", "back", "edit"] = "look"


class NoteUnread(CallbackData, prefix="nu"):
    """A guardian who has not read: 0 lists them, or stands for all; remind, or ask them to call."""

    receipt_id: int
    action: Literal["list", "remind", "all", "call"]


class NoteThreads(CallbackData, prefix="ns"):
    """The teacher's threads."""


class ThreadOpen(CallbackData, prefix="nth"):
    """A thread: read it, or write in it."""

    thread_id: int
    action: Literal["open", "write"]


class NoteCopy(CallbackData, prefix="nr"):
    """What the guardian does with a copy."""

    receipt_id: int
    action: Literal["open", "read", "answer", "call"]


class NotesAbout(CallbackData, prefix="ne"):
    """A page (from 0) of all the notes about a guardian's child."""

    guardian_id: int
    page: int = 0


class PassOn(CallbackData, prefix="npo"):
    """Pass on what the guardian wrote out of the blue, to a teacher of their child; 0: to the school."""

    draft: int
    staff_id: int
    guardian_id: int


class ClassHeard(CallbackData, prefix="nh"):
    """Who has heard nothing for longest in this class."""

    class_id: int


class ContactPupil(CallbackData, prefix="ncp"):
    """Note down a contact about a pupil; 0: about whom of the class?"""

    class_id: int
    pupil_id: int


class ContactBy(CallbackData, prefix="ncb"):
    """The contact's channel, and the guardian's place (0: all of them)."""

    pupil_id: int
    channel: Channel
    guardian_id: int


class CallDone(CallbackData, prefix="ncd"):
    """The teacher has called, as the guardian asked under this copy."""

    receipt_id: int


class ContactSave(CallbackData, prefix="ncs"):
    """Save the contact without words."""


# --- words -----------------------------------------------------------------------------------------------


# Of whom there is a word that one says at home.
KIN = ("mother", "father", "grandmother", "grandfather")


def kin(t: Texts, relation: str) -> str:
    """A guardian's relation in a sentence: of the closest as one says it at home, else as it was written."""
    # Schools write Russian, whatever language the reader has.
    written = (each for each in KIN if texts("ru")(f"kin-written-{each}") == relation.strip().lower())
    home = next(written, None)
    return str(t(f"kin-{home}")) if home else relation


def who(t: Texts, place: GuardianRow) -> str:
    """A guardian's place in a list."""
    relation = kin(t, place.relation)
    return f"{relation} ({place.name})" if place.name else relation


def note(
    t: Texts,
    child: str,
    kind: NoteKind | str,
    teacher: str,
    text: str,
    *,
    urgent: bool = False,
    edited: bool = False,
) -> Html:
    """A note as guardians see it."""
    sign = t(f"note-sign-{kind}")
    head = t("note-message", sign=sign, child=child, kind=t(f"note-kind-{kind}"), teacher=teacher)
    marks = [t(key) for key, holds in (("note-urgent", urgent), ("note-edited", edited)) if holds]
    return with_words(Html("\n".join([head, *marks])), text)


def with_words(head: Html, text: str) -> Html:
    """Our words, and under them what a person wrote: Fluent refuses arguments over 2500 characters."""
    return Html(f"{head}\n\n{escape(text, quote=False)}") if text else head


def actions(t: Texts, receipt_id: int, *, read: bool = False, called: bool = False) -> list[Row]:
    """The buttons under a note, without what is done already."""
    left: list[Literal["read", "answer", "call"]] = ["answer"]
    if not read:
        left.insert(0, "read")
    if not called:
        left.append("call")
    return rows(
        [button(t(f"note-action-{each}"), NoteCopy(receipt_id=receipt_id, action=each)) for each in left], 2
    )


def leads_to(markup: InlineKeyboardMarkup | None) -> Shown | None:
    """The one note, or the one thread, that the buttons under a message of ours are about."""
    found = set()
    for row in markup.inline_keyboard if markup else ():
        for data in (each.callback_data or "" for each in row):
            # A button of an earlier version may be written otherwise: then it says nothing.
            with suppress(TypeError, ValueError):
                if data.startswith(f"{NoteCopy.__prefix__}:"):
                    found.add(Shown(NoteCopy.unpack(data).receipt_id, None))
                elif data.startswith(f"{ThreadOpen.__prefix__}:"):
                    found.add(Shown(None, ThreadOpen.unpack(data).thread_id))
    return found.pop() if len(found) == 1 else None


def files_of(rows_: Iterable[Sequence[str]]) -> tuple[File, ...]:
    """Files as they are kept in JSON."""
    return tuple(File(*row) for row in rows_)


def states(t: Texts, copies: Sequence[Copy], zone: ZoneInfo) -> list[Html]:
    """How far each guardian's copy has come; where it is about several, whose guardian."""
    several = len({copy.receipt.pupil_id for copy in copies}) > 1
    lines = []
    for copy in copies:
        name = shorten(copy.guardian or kin(t, copy.relation), 100)
        key = "notes-state-of" if several else "notes-state"
        child = {"child": copy.child} if several else {}
        lines.append(t(key, who=name, state=_state(t, copy, zone), **child))
    return lines


def _state(t: Texts, copy: Copy, zone: ZoneInfo) -> str:
    if copy.note.channel != Channel.BOT:
        return t(f"contact-done-{copy.note.channel}")
    state: str = t(f"note-state-{copy.state}")
    if copy.receipt.answered_at and copy.state in (ReceiptState.CALL, ReceiptState.TALKED):
        state = f"{t('note-state-answered')}, {state}"  # a call asked for does not hide the answer
    talked = copy.receipt.talked_at
    return f"{state} {talked.astimezone(zone):%d.%m}" if talked else state


def sign_of(t: Texts, note: Note) -> str:
    """The sign of a note's kind, or of a contact."""
    return t(f"note-sign-{note.kind}") if note.channel == Channel.BOT else t("contact-sign")


def briefly(t: Texts, note: Note, length: int) -> str:
    """What a note says in a list: its words, or what there is instead."""
    if note.text:
        return shorten(note.text, length)
    if note.channel != Channel.BOT:
        return unescape(t(f"contact-done-{note.channel}"))
    return unescape(t("note-files", count=len(note.files)) if note.files else t("note-text-erased"))


def take_back_button(t: Texts, note: Note) -> InlineKeyboardButton:
    """The way to taking a note, or a contact, back."""
    key = "note-take-back" if note.channel == Channel.BOT else "contact-take-back"
    return button(t(key), NoteOpen(note_id=note.id, action="ask"))


def said(t: Texts, answer: NoteAnswer, name: str, zone: ZoneInfo) -> str:
    """What somebody wrote, and when."""
    at = f"{answer.created_at.astimezone(zone):%d.%m %H:%M}"
    if answer.call:
        return t("note-said-call", at=at, who=name)
    if not answer.text and not answer.files:
        return t("note-said-erased", at=at, who=name)
    files = t("note-files", count=len(answer.files)) if answer.files else ""
    words = " ".join(filter(None, (files, escape(answer.text, quote=False))))
    return f"{t('note-said', at=at, who=name)} {words}"


def held_until(t: Texts, key: str, goes_at: datetime, now: datetime, zone: ZoneInfo) -> Html | None:
    """When quiet hours let a message out (school time), in the words of `key`; None: at once."""
    if goes_at <= now:
        return None
    at = goes_at.astimezone(zone)
    later = (at.date() - now.astimezone(zone).date()).days
    day = {0: "today", 1: "tomorrow"}.get(later, "later")
    return t(key, day=day, date=t.weekday(at.date()), time=f"{at:%H:%M}")
