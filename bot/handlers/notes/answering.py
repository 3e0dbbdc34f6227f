"""/children, the buttons under a note, and the threads of guardian and teacher."""

from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, MessageReactionUpdated

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.errors import AppError
from bot.features.notes import answering
from bot.features.risk import routes
from bot.filters import AlbumGoesOn, Go, RoleIs, Says
from bot.texts import Texts
from bot.ui.files import file_of
from bot.ui.notes import NoteCopy, ThreadOpen, held_until
from bot.ui.notes import answering as ui
from bot.ui.risk.agreeing import own_line
from bot.ui.screen import Event, Replies, show, tell

router = Router()


class NoteAnswerSteps(StatesGroup):
    """Waiting for what is to be written in a thread."""

    words = State()


@router.message(Command("children"), RoleIs(Role.GUARDIAN))
@router.callback_query(Go("children"))
async def children(
    event: Event, session: Session, actor: Actor, t: Texts, settings: Settings, today: date
) -> Replies:
    """The guardian's children with what was written last, and their routes."""
    found = await answering.children(session, actor, today)
    own = await routes.own_routes(session, actor, today)
    lines = {each.sheet.pupil.id: own_line(t, each) for each in own}
    return show(event, ui.children(t, found, lines, settings.school.zone))


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
            thread_id = await answering.thread_of(session, actor, now, today, receipt_id)
            copy = await answering.own_copy(session, actor, today, receipt_id)
            await state.set_state(NoteAnswerSteps.words)
            await state.set_data({"thread": thread_id, "receipt": receipt_id})
            return tell(query, ui.ask_answer(t, copy.teacher))
        case "read":
            fresh = await answering.mark_read(session, actor, now, today, receipt_id)
            toast = t("note-read-thanks" if fresh else "note-read-already")
        case "call":
            fresh = await answering.ask_call(session, actor, now, today, settings, receipt_id)
            toast = t("note-call-thanks" if fresh else "note-call-already")
    read = await answering.open_copy(session, actor, today, receipt_id)
    with_files = callback_data.action == "open"
    return show(query, ui.own_copy(t, read, settings.school.zone, with_files=with_files), toast=toast)


@router.message_reaction()
async def react(
    event: MessageReactionUpdated, session: Session, actor: Actor, now: datetime, today: date
) -> Replies:
    """A reaction to a note says that it was read; to anything else it says nothing."""
    if event.new_reaction:
        await answering.mark_read_by_reaction(session, actor, now, today, event.message_id)
    return []


@router.callback_query(ThreadOpen.filter())
async def use_thread(
    query: CallbackQuery,
    callback_data: ThreadOpen,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    today: date,
) -> Replies:
    """Read a thread, or write in it."""
    found = await answering.open_thread(session, actor, today, callback_data.thread_id)
    if callback_data.action == "open":
        return tell(query, ui.exchange(t, found, settings.school.zone))
    if found.other_person is None:
        raise AppError("error-note-teacher-gone" if found.by_guardian else "error-note-guardian-gone")
    await state.set_state(NoteAnswerSteps.words)
    await state.set_data({"thread": callback_data.thread_id})
    asks = ui.ask_answer(t, found.sides.teacher) if found.by_guardian else ui.ask_reply(t, found)
    return tell(query, asks)


@router.message(Says(NoteAnswerSteps.words))
async def take_words(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Pass it on to the other side."""
    data = await state.get_data()
    file = file_of(message)
    album = message.media_group_id if file else None
    done = await answering.write(
        session,
        actor,
        now,
        today,
        settings,
        data["thread"],
        text=message.caption if file else message.text,
        files=[file] if file else (),
        receipt_id=data.get("receipt"),
        in_album=album is not None,
    )
    await state.clear()
    if album is not None:  # the other pictures are still to come: see go_on
        await _expect_more(message, state, done.answer_id)
    zone, by_guardian = settings.school.zone, done.exchange.by_guardian
    held = held_until(t, "note-held-teacher" if by_guardian else "note-held", done.goes_at, now, zone)
    if album is not None and (done.goes_at - now) <= answering.ALBUM:
        held = None
    if by_guardian:
        return show(message, ui.answered(t, done.exchange.sides.teacher, held))
    return show(message, ui.replied(t, held))


async def _expect_more(message: Message, state: FSMContext, answer_id: int) -> None:
    at = int(message.date.timestamp())
    await state.set_data({"album": message.media_group_id, "at": at, "answer": answer_id})


@router.message(AlbumGoesOn("answer"))
async def go_on(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    album: dict[str, Any],
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The next picture of an album, the first of which was passed on: it follows without a word."""
    file = file_of(message)
    if file is None:
        return []
    same = album["album"] == message.media_group_id
    done = await answering.add_to_album(
        session, actor, now, today, settings, album["answer"], file, same_album=same
    )
    if not same:
        await _expect_more(message, state, done)
    return []
