"""/note, /notes, /class for the teacher; /children and the buttons under a note for the guardian."""

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.notes import NoteKind
from bot.features import notes, roster
from bot.features.outbox import clean_text
from bot.filters import Go, RoleIs, Says
from bot.texts import Texts
from bot.ui import notes as ui
from bot.ui.notes import (
    ClassHeard,
    NoteBack,
    NoteClass,
    NoteCopy,
    NoteDraft,
    NoteOpen,
    NotePick,
    NotePupil,
    NotesPage,
)
from bot.ui.screen import Event, Replies, alert, show, tell

router = Router()


class NoteSteps(StatesGroup):
    """What is being typed or looked over."""

    text = State()
    preview = State()
    answer = State()
    reply = State()


# --- the teacher writes ----------------------------------------------------------------------------------


@router.message(Command("note"), RoleIs(Role.TEACHER, Role.ADMIN))
@router.callback_query(Go("note"))
async def start(
    event: Event, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """Which class? Who has only one is asked for the pupil at once."""
    classes = await notes.classes(session, actor)
    await state.clear()
    if len(classes) == 1:
        return show(event, ui.pupils(t, *await roster.class_list(session, actor, classes[0].id, today)))
    return show(event, ui.classes(t, classes))


@router.callback_query(NoteClass.filter())
async def choose_pupil(
    query: CallbackQuery, callback_data: NoteClass, session: Session, actor: Actor, t: Texts, today: date
) -> Replies:
    """Which pupil?"""
    return show(query, ui.pupils(t, *await roster.class_list(session, actor, callback_data.class_id, today)))


@router.callback_query(NotePupil.filter())
async def choose_kind(
    query: CallbackQuery, callback_data: NotePupil, session: Session, actor: Actor, t: Texts, today: date
) -> Replies:
    """What kind of note? Or an invitation, where nobody would get it."""
    return show(query, ui.kinds(t, await notes.addressee(session, actor, today, callback_data.pupil_id)))


@router.callback_query(NotePick.filter())
async def ask_text(
    query: CallbackQuery,
    callback_data: NotePick,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """Wait for the text."""
    to = await notes.addressee(session, actor, today, callback_data.pupil_id)
    if not to.reached:  # an old button: they have left since
        return show(query, ui.kinds(t, to))
    await state.set_state(NoteSteps.text)
    await state.set_data({"pupil": to.pupil.id, "kind": callback_data.kind.value})
    return show(query, ui.ask_text(t, to.pupil.first_name, callback_data.kind))


@router.message(Says(NoteSteps.text))
@router.message(Says(NoteSteps.preview))
async def take_text(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """Show the note as the guardians will see it. Whoever types on at the preview corrects the text."""
    text = clean_text(message.text, notes.TEXT_MAX)
    data = await state.get_data()
    to = await notes.addressee(session, actor, today, data["pupil"])
    # The message with the text names the draft: the buttons under an earlier preview are none of this one.
    draft = message.message_id
    await state.set_state(NoteSteps.preview)
    await state.update_data(text=text, draft=draft)
    return show(message, ui.preview(t, to, NoteKind(data["kind"]), text, actor.name, draft))


@router.callback_query(NoteDraft.filter())
async def finish(
    query: CallbackQuery,
    callback_data: NoteDraft,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Send what was looked over, or take another text for it."""
    data = await state.get_data()
    if raw_state != NoteSteps.preview.state or data["draft"] != callback_data.draft:
        return alert(query, t("note-already-sent"))
    kind = NoteKind(data["kind"])
    if callback_data.action == "edit":
        to = await notes.addressee(session, actor, today, data["pupil"])
        await state.set_state(NoteSteps.text)
        return tell(query, ui.ask_text(t, to.pupil.first_name, kind))
    to, goes_at = await notes.send(
        session, actor, now, today, pupil_id=data["pupil"], kind=kind, text=data["text"], settings=settings
    )
    await state.clear()
    held = ui.held_until(t, "note-held", goes_at, now, settings.school.zone)
    return show(query, ui.sent(t, to, held))


# --- the teacher looks -----------------------------------------------------------------------------------


@router.message(Command("notes"), RoleIs(Role.TEACHER, Role.ADMIN))
@router.callback_query(Go("notes"))
async def newest(event: Event, session: Session, actor: Actor, t: Texts, settings: Settings) -> Replies:
    """The newest page of the teacher's notes."""
    return show(event, ui.page(t, await notes.sent(session, actor, 0), settings.school.zone))


@router.callback_query(NotesPage.filter())
async def turn_page(
    query: CallbackQuery,
    callback_data: NotesPage,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
) -> Replies:
    """Another page."""
    return show(query, ui.page(t, await notes.sent(session, actor, callback_data.page), settings.school.zone))


@router.callback_query(NoteOpen.filter())
async def open_note(
    query: CallbackQuery,
    callback_data: NoteOpen,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """One note and all that came back."""
    threads = await notes.look(session, actor, now, callback_data.note_id)
    return tell(query, ui.opened(t, threads, settings.school.zone))


@router.callback_query(NoteBack.filter())
async def ask_reply(
    query: CallbackQuery, callback_data: NoteBack, session: Session, actor: Actor, state: FSMContext, t: Texts
) -> Replies:
    """Wait for what the teacher writes back."""
    copy = await notes.to_reply(session, actor, callback_data.receipt_id)
    await state.set_state(NoteSteps.reply)
    await state.set_data({"receipt": copy.receipt.id})
    return tell(query, ui.ask_reply(t, copy))


@router.message(Says(NoteSteps.reply))
async def take_reply(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """Pass it on to the guardian."""
    receipt_id = (await state.get_data())["receipt"]
    goes_at = await notes.send_reply(session, actor, now, receipt_id, message.text, settings)
    await state.clear()
    return show(message, ui.replied(t, ui.held_until(t, "note-held", goes_at, now, settings.school.zone)))


@router.message(Command("class"), RoleIs(Role.TEACHER, Role.ADMIN))
@router.callback_query(Go("class"))
async def my_class(
    event: Event, session: Session, actor: Actor, t: Texts, now: datetime, today: date
) -> Replies:
    """Which class? Who has only one sees it at once."""
    classes = await roster.classes(session, actor)
    if len(classes) == 1:
        heard = await notes.last_heard(session, actor, today, classes[0].id)
        return show(event, ui.class_heard(t, *heard, now))
    return show(event, ui.class_choice(t, classes))


@router.callback_query(ClassHeard.filter())
async def show_class(
    query: CallbackQuery,
    callback_data: ClassHeard,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """Who is connected, and who has heard nothing for longest."""
    heard = await notes.last_heard(session, actor, today, callback_data.class_id)
    return show(query, ui.class_heard(t, *heard, now))


# --- the guardian ----------------------------------------------------------------------------------------


@router.message(Command("children"), RoleIs(Role.GUARDIAN))
@router.callback_query(Go("children"))
async def children(
    event: Event, session: Session, actor: Actor, t: Texts, settings: Settings, today: date
) -> Replies:
    """The guardian's children with what was written last."""
    return show(event, ui.children(t, await notes.children(session, actor, today), settings.school.zone))


@router.callback_query(NoteCopy.filter())
async def use_copy(
    query: CallbackQuery,
    callback_data: NoteCopy,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Open a note, mark it as read, answer it, ask for a call."""
    receipt_id = callback_data.receipt_id
    toast = None
    match callback_data.action:
        case "answer":
            copy = await notes.to_answer(session, actor, today, receipt_id)
            await state.set_state(NoteSteps.answer)
            await state.set_data({"receipt": receipt_id})
            return tell(query, ui.ask_answer(t, copy))
        case "read":
            fresh = await notes.mark_read(session, actor, now, today, receipt_id)
            toast = t("note-read-thanks" if fresh else "note-read-already")
        case "call":
            fresh = await notes.ask_call(session, actor, now, today, receipt_id, settings)
            toast = t("note-call-thanks" if fresh else "note-call-already")
    thread = await notes.open_copy(session, actor, today, receipt_id)
    return show(query, ui.own_copy(t, thread, settings.school.zone), toast=toast)


@router.message(Says(NoteSteps.answer))
async def take_answer(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Pass the answer on to the teacher."""
    receipt_id = (await state.get_data())["receipt"]
    copy, goes_at = await notes.send_answer(session, actor, now, today, receipt_id, message.text, settings)
    await state.clear()
    held = ui.held_until(t, "note-held-teacher", goes_at, now, settings.school.zone)
    return show(message, ui.answered(t, copy, held))
