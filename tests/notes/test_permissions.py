"""Notes: of one's own classes, of one's own children, and what one wrote oneself."""

from collections.abc import Callable
from typing import Any, Literal

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.db.base import Database
from bot.db.notes import Channel, NoteKind
from bot.handlers.notes.answering import NoteAnswerSteps
from bot.handlers.notes.following import NoteChangeSteps
from bot.handlers.notes.picking import NoteSteps
from bot.ui.notes import (
    CallDone,
    ClassHeard,
    ContactBy,
    ContactPupil,
    ContactSave,
    NoteChosen,
    NoteClass,
    NoteCopy,
    NoteDraft,
    NoteLater,
    NoteMany,
    NoteOpen,
    NotePick,
    NotePupil,
    NotesAbout,
    NotesPage,
    NoteTemplates,
    NoteThreads,
    NoteToggle,
    NoteUnread,
    PassOn,
    ThreadOpen,
)
from tests.chat import Telegram
from tests.notes.people import compose, photo, send
from tests.rights import EVERYBODY, GUARDIANS, STAFF, Case, check
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, STARK, School

# Маша is in 5А, which Берг leads; an admin writes about everybody.
MASHAS = {BERG, DIRECTOR}
WRITERS = STAFF


async def sent(telegram: Telegram, school: School) -> None:
    """A note of Берг's about Маша has come to her mother, who answered."""
    await send(telegram)
    await telegram.deliver()
    mother = telegram.chat(MASHA_MOTHER)
    await mother.presses("Ответить")
    await mother.says("Спасибо")


async def kept(telegram: Telegram, school: School) -> None:
    """A template of Берг's."""
    teacher = telegram.chat(BERG)
    await compose(teacher)
    await teacher.presses("В мои шаблоны")
    await teacher.presses("Отменить")


async def asked(telegram: Telegram, school: School) -> None:
    """Маша's mother asks Берг for a call."""
    await sent(telegram, school)
    await telegram.chat(MASHA_MOTHER).forges(NoteCopy(receipt_id=1, action="call").pack())


def class_5a(school: School) -> dict[str, Any]:
    return {"class": school.classes["5А"], "pupils": []}


def of_masha(school: School) -> dict[str, Any]:
    return {
        "pupils": [school.pupils["Маша"]],
        "kind": "success",
        "text": "Молодец",
        "draft": 1,
        "many": False,
    }


def contact(school: School) -> dict[str, Any]:
    return {"pupil": school.pupils["Маша"], "channel": "phone", "guardian": None}


def copy(action: Literal["open", "read", "answer", "call"]) -> Callable[[School], NoteCopy]:
    return lambda _: NoteCopy(receipt_id=1, action=action)


def note(action: Literal["look", "files", "ask", "edit", "back"]) -> Callable[[School], NoteOpen]:
    return lambda _: NoteOpen(note_id=1, action=action)


def thread(action: Literal["open", "write"]) -> Callable[[School], ThreadOpen]:
    return lambda _: ThreadOpen(thread_id=1, action=action)


def unread(action: Literal["list", "remind", "all", "call"]) -> Callable[[School], NoteUnread]:
    return lambda _: NoteUnread(receipt_id=1, action=action)


def under(data: CallbackData) -> dict[str, Any]:
    """A message of ours with a button, as a reply to it carries it."""
    markup = {"inline_keyboard": [[{"text": "…", "callback_data": data.pack()}]]}
    chat = {"id": 1, "type": "private"}
    return {"message_id": 10**6, "date": 1, "chat": chat, "text": "…", "reply_markup": markup}


COPY: tuple[Literal["open", "read", "answer", "call"], ...] = ("open", "read", "answer", "call")
NOTE: tuple[Literal["look", "files", "ask", "edit", "back"], ...] = ("look", "files", "ask", "edit", "back")

CASES = [
    Case("notes.picking.start", WRITERS, says="/note"),
    Case("notes.picking.start", WRITERS, press=lambda _: "go:note"),
    Case("notes.picking.choose_pupil", MASHAS, press=lambda s: NoteClass(class_id=s.classes["5А"])),
    Case("notes.picking.choose_kind", MASHAS, press=lambda s: NotePupil(pupil_id=s.pupils["Маша"])),
    Case(
        "notes.picking.choose_many", MASHAS, press=lambda s: NoteMany(class_id=s.classes["5А"], choose="all")
    ),
    Case(
        "notes.picking.toggle",
        MASHAS,
        press=lambda s: NoteToggle(class_id=s.classes["5А"], pupil_id=s.pupils["Маша"]),
    ),
    Case(
        "notes.picking.chosen",
        MASHAS,
        press=lambda _: NoteChosen(),
        step=NoteSteps.choosing,
        data=lambda s: {"pupils": [s.pupils["Маша"]]},
    ),
    Case(
        "notes.writing.ask_text",
        MASHAS,
        press=lambda s: NotePick(pupil_id=s.pupils["Маша"], kind=NoteKind.SUCCESS),
    ),
    Case("notes.writing.take_words", MASHAS, says="Молодец", step=NoteSteps.text, data=of_masha),
    Case(
        "notes.writing.finish",
        MASHAS,
        press=lambda _: NoteDraft(draft=1, action="urgent"),
        step=NoteSteps.preview,
        data=of_masha,
    ),
    Case(
        "notes.writing.later_by_button",
        MASHAS,
        press=lambda _: NoteLater(draft=1, days=1, hour=9),
        step=NoteSteps.later,
        data=of_masha,
    ),
    Case("notes.writing.later_by_typing", MASHAS, says="завтра в 9", step=NoteSteps.later, data=of_masha),
    Case("notes.writing.use_templates", WRITERS, press=lambda _: NoteTemplates(template_id=0, action="list")),
    Case(
        "notes.writing.use_templates",
        {BERG},
        press=lambda _: NoteTemplates(template_id=1, action="ask"),
        prepare=kept,
    ),
    Case(
        "notes.writing.use_templates",
        {BERG},
        press=lambda _: NoteTemplates(template_id=1, action="delete"),
        prepare=kept,
    ),
    Case(
        "notes.contacts.contact_about",
        MASHAS,
        press=lambda s: ContactPupil(class_id=s.classes["5А"], pupil_id=s.pupils["Маша"]),
    ),
    Case(
        "notes.contacts.contact_about",
        MASHAS,
        press=lambda s: ContactPupil(class_id=s.classes["5А"], pupil_id=0),
    ),
    Case(
        "notes.contacts.contact_by",
        MASHAS,
        press=lambda s: ContactBy(pupil_id=s.pupils["Маша"], channel=Channel.PHONE, guardian_id=0),
    ),
    Case("notes.contacts.contact_words", MASHAS, says="Поговорили", step=NoteSteps.contact, data=contact),
    Case(
        "notes.contacts.contact_without_words",
        MASHAS,
        press=lambda _: ContactSave(),
        step=NoteSteps.contact,
        data=contact,
    ),
    Case("notes.contacts.call_done", {BERG}, press=lambda _: CallDone(receipt_id=1), prepare=asked),
    Case("notes.picking.class_by_typing", WRITERS, says="5Б", step=NoteSteps.school_class),
    Case("notes.picking.pupil_by_typing", MASHAS, says="Маша", step=NoteSteps.pupil, data=class_5a),
    Case("notes.picking.kind_by_typing", MASHAS, says="Молодец", step=NoteSteps.kind, data=of_masha),
    Case("notes.picking.toggle_by_typing", MASHAS, says="Маша", step=NoteSteps.choosing, data=class_5a),
    Case("notes.following.newest", WRITERS, says="/notes"),
    Case("notes.following.newest", WRITERS, press=lambda _: "go:notes"),
    Case("notes.following.turn_page", WRITERS, press=lambda _: NotesPage(page=1)),
    *(Case("notes.following.open_note", {BERG}, press=note(action), prepare=sent) for action in NOTE),
    Case(
        "notes.following.take_change",
        {BERG},
        says="Другое",
        step=NoteChangeSteps.text,
        data=lambda _: {"note": 1},
        prepare=sent,
    ),
    Case("notes.following.unread", WRITERS, press=unread("list")),
    Case("notes.following.unread", {BERG}, press=unread("remind"), prepare=sent),
    Case("notes.following.unread", {BERG}, press=unread("call"), prepare=sent),
    Case("notes.following.unread", WRITERS, press=unread("all"), prepare=sent),
    Case("notes.following.threads", WRITERS, press=lambda _: NoteThreads()),
    Case("notes.following.my_class", {BERG, STARK, DIRECTOR}, says="/class"),
    Case("notes.following.my_class", {BERG, STARK, DIRECTOR}, press=lambda _: "go:class"),
    Case("notes.following.show_class", MASHAS, press=lambda s: ClassHeard(class_id=s.classes["5А"])),
    Case("notes.answering.children", GUARDIANS, says="/children"),
    Case("notes.answering.children", GUARDIANS, press=lambda _: "go:children"),
    Case(
        "notes.answering.earlier",
        {MASHA_MOTHER},
        press=lambda s: NotesAbout(guardian_id=s.guardians["Маша/мать"]),
        prepare=sent,
    ),
    *(Case("notes.answering.use_copy", {MASHA_MOTHER}, press=copy(action), prepare=sent) for action in COPY),
    Case("notes.answering.use_thread", {MASHA_MOTHER, BERG}, press=thread("open"), prepare=sent),
    # A further picture of an album: only in one's own chat can it go on, and the thread must be one's own.
    Case(
        "notes.answering.go_on",
        {MASHA_MOTHER, BERG},
        data=lambda _: {"album": "a", "at": 2**31, "answer": 1},
        content={"media_group_id": "b", **photo("p")},
        prepare=sent,
        silent=True,
    ),
    Case("notes.answering.use_thread", {MASHA_MOTHER, BERG}, press=thread("write"), prepare=sent),
    Case(
        "notes.answering.take_reply",
        {MASHA_MOTHER},
        says="Спасибо",
        content={"reply_to_message": under(NoteCopy(receipt_id=1, action="read"))},
        prepare=sent,
    ),
    Case(
        "notes.answering.take_reply",
        {MASHA_MOTHER, BERG},
        says="Спасибо",
        content={"reply_to_message": under(ThreadOpen(thread_id=1, action="write"))},
        prepare=sent,
    ),
    Case(
        "notes.answering.pass_on",
        {MASHA_MOTHER},
        press=lambda s: PassOn(draft=1, staff_id=s.staff[BERG], guardian_id=s.guardians["Маша/мать"]),
        data=lambda _: {"unclaimed": 1, "text": "Болеем", "files": []},
        prepare=sent,
    ),
    # Everybody's own words, in their own chat; who may pass them on, and to whom, is asked at the press.
    Case(
        "accounts.fallback.collect_album",
        EVERYBODY,
        data=lambda _: {"pictures": True, "unclaimed": 1, "files": [], "album": "a", "at": 2**31},
        content={"media_group_id": "a", **photo("p")},
        silent=True,
    ),
    Case(
        "notes.answering.take_words",
        {MASHA_MOTHER, BERG},
        says="Ещё слово",
        step=NoteAnswerSteps.words,
        data=lambda _: {"thread": 1},
        prepare=sent,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)
