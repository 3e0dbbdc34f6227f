"""/notes and /class: what became of the notes, who has not read, which families hear nothing."""

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
from bot.errors import AppError
from bot.features import roster
from bot.features.notes import following, writing
from bot.filters import Go, RoleIs, Says
from bot.texts import Texts
from bot.ui.notes import ClassHeard, NoteOpen, NotesPage, NoteThreads, NoteUnread
from bot.ui.notes import following as ui
from bot.ui.screen import Event, Replies, Screen, go, keyboard, show, tell

router = Router()


class NoteChangeSteps(StatesGroup):
    """Waiting for a note's other words."""

    text = State()


@router.message(Command("notes"), RoleIs(*writing.WRITERS))
@router.callback_query(Go("notes"))
async def newest(
    event: Event, session: Session, actor: Actor, t: Texts, settings: Settings, now: datetime
) -> Replies:
    """The newest page of the teacher's notes."""
    return show(event, ui.page(t, await following.sent(session, actor, now, 0), settings.school.zone))


@router.callback_query(NotesPage.filter())
async def turn_page(
    query: CallbackQuery,
    callback_data: NotesPage,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """Another page."""
    found = await following.sent(session, actor, now, callback_data.page)
    return show(query, ui.page(t, found, settings.school.zone))


@router.callback_query(NoteOpen.filter())
async def open_note(
    query: CallbackQuery,
    callback_data: NoteOpen,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """One note with every copy; take it back after the question, or give it other words."""
    id_ = callback_data.note_id
    match callback_data.action:
        case "ask":
            return show(query, ui.take_back_ask(t, await writing.to_take_back(session, actor, now, id_)))
        case "back":
            note = await writing.take_back(session, actor, now, settings, id_)
            return show(query, ui.taken_back(t, note))
        case "edit":
            note = await writing.to_change(session, actor, now, id_)
            await state.set_state(NoteChangeSteps.text)
            await state.set_data({"note": id_})
            return tell(query, ui.ask_change(t, note))
        case "files":
            return tell(query, ui.files(t, await following.look(session, actor, id_)))
    copies = await following.look(session, actor, id_)
    try:
        changeable = bool(await writing.to_take_back(session, actor, now, id_))
    except AppError:
        changeable = False
    return show(query, ui.opened(t, copies, now, settings.school.zone, changeable=changeable))


@router.message(Says(NoteChangeSteps.text))
async def take_change(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """Other words for a note that is out."""
    id_ = (await state.get_data())["note"]
    await writing.change(session, actor, now, settings, id_, message.text)
    await state.clear()
    return show(message, Screen(t("note-changed"), keyboard([go(t, "notes")], [go(t, "menu")])))


@router.callback_query(NoteUnread.filter())
async def unread(
    query: CallbackQuery,
    callback_data: NoteUnread,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """Who has not read for two days; remind them, or ask them to call."""
    toast = None
    if callback_data.action == "all":
        toast = t("notes-reminded-all", count=await following.remind_all(session, actor, now, settings))
    elif callback_data.action != "list":
        call = callback_data.action == "call"
        await following.remind(session, actor, now, settings, callback_data.receipt_id, call=call)
        toast = t("notes-called" if call else "notes-reminded")
    found = await following.unread(session, actor, now)
    return show(query, ui.unread(t, found, settings.school.zone), toast=toast)


@router.callback_query(NoteThreads.filter())
async def threads(query: CallbackQuery, session: Session, actor: Actor, t: Texts) -> Replies:
    """What guardians and the teacher have written to each other."""
    return show(query, ui.threads(t, await following.own_threads_of(session, actor)))


@router.message(Command("class"), RoleIs(Role.TEACHER, Role.ADMIN))
@router.callback_query(Go("class"))
async def my_class(
    event: Event, session: Session, actor: Actor, t: Texts, settings: Settings, now: datetime, today: date
) -> Replies:
    """Which class? Who has only one sees it at once."""
    classes = await roster.classes(session, actor)
    if len(classes) == 1:
        return show(event, await _class(session, actor, t, settings, now, today, classes[0].id))
    return show(event, ui.class_choice(t, classes))


@router.callback_query(ClassHeard.filter())
async def show_class(
    query: CallbackQuery,
    callback_data: ClassHeard,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Who is connected, who has heard nothing for longest, which families are silent."""
    return show(query, await _class(session, actor, t, settings, now, today, callback_data.class_id))


async def _class(
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
    class_id: int,
) -> Screen:
    heard = await following.last_heard(session, actor, now, today, settings, class_id)
    return ui.class_heard(t, heard, today, settings.school.zone, settings.indicators.feedback_days)
