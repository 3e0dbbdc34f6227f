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
from bot.db.feedback import Topic
from bot.db.notes.talk import Shown
from bot.errors import AppError
from bot.features.accounts import require
from bot.features.feedback import writing as feedback
from bot.features.notes import answering
from bot.features.risk import routes
from bot.filters import AlbumGoesOn, AnswersNote, Go, RoleIs, Says
from bot.handlers.feedback.collecting import FeedbackSteps, content_of
from bot.texts import Texts
from bot.ui.feedback.writing import whom
from bot.ui.files import file_of
from bot.ui.notes import NoteCopy, NotesAbout, PassOn, ThreadOpen, held_until
from bot.ui.notes import answering as ui
from bot.ui.risk.agreeing import own_line
from bot.ui.screen import Event, Replies, Screen, alert, show, tell

router = Router()
# Before whatever the person is in the middle of: a reply says by itself whom it is for.
replies = Router()


class NoteAnswerSteps(StatesGroup):
    """Waiting for what is to be written in a thread."""

    words = State()


@router.message(Command("children"), RoleIs(Role.GUARDIAN))
@router.callback_query(Go("children"))
async def children(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    today: date,
) -> Replies:
    """The guardian's children with what was written last, and their routes; an answer begun is left."""
    found = await answering.children(session, actor, today)
    await state.clear()
    own = await routes.own_routes(session, actor, today)
    lines = {each.sheet.pupil.id: own_line(t, each) for each in own}
    return show(event, ui.children(t, found, lines, settings.school.zone))


@router.callback_query(NotesAbout.filter())
async def earlier(
    query: CallbackQuery,
    callback_data: NotesAbout,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    today: date,
) -> Replies:
    """All the notes about one child, a page at a time."""
    found = await answering.earlier(session, actor, today, callback_data.guardian_id, callback_data.page)
    return show(query, ui.earlier(t, found, settings.school.zone))


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
    to = data["thread"], data.get("receipt")
    file = file_of(message)
    album = message.media_group_id if file else None
    done = await _write(message, session, actor, settings, now, today, to, in_album=album is not None)
    await state.clear()
    if album is not None:  # the other pictures are still to come: see go_on
        await _expect_more(message, state, done.answer_id)
    return show(message, _written(t, done, settings, now, in_album=album is not None))


@replies.message(AnswersNote())
async def take_reply(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
    shown: Shown,
) -> Replies:
    """A Telegram reply to a note, or to what was written about one, goes into its thread.

    Whatever else the person is in the middle of goes on.
    """
    to = await answering.addressed(session, actor, now, today, shown)
    idle = raw_state in {None, NoteAnswerSteps.words.state}
    in_album = idle and message.media_group_id is not None
    done = await _write(message, session, actor, settings, now, today, to, in_album=in_album)
    if idle:
        await state.clear()
    if in_album:
        await _expect_more(message, state, done.answer_id)
    return show(message, _written(t, done, settings, now, in_album=in_album))


async def _write(
    message: Message,
    session: Session,
    actor: Actor,
    settings: Settings,
    now: datetime,
    today: date,
    to: tuple[int, int | None],
    *,
    in_album: bool,
) -> answering.Written:
    """Write in a thread (and to a copy) what a message says."""
    file = file_of(message)
    thread_id, receipt_id = to
    return await answering.write(
        session,
        actor,
        now,
        today,
        settings,
        thread_id,
        text=message.caption if file else message.text,
        files=[file] if file else (),
        receipt_id=receipt_id,
        in_album=in_album,
    )


def _written(
    t: Texts, done: answering.Written, settings: Settings, now: datetime, *, in_album: bool = False
) -> Screen:
    by_guardian = done.exchange.by_guardian
    words = "note-held-teacher" if by_guardian else "note-held"
    held = held_until(t, words, done.goes_at, now, settings.school.zone)
    if in_album and (done.goes_at - now) <= answering.ALBUM:
        held = None
    return ui.answered(t, done.exchange.sides.teacher, held) if by_guardian else ui.replied(t, held)


async def _expect_more(message: Message, state: FSMContext, answer_id: int) -> None:
    at = int(message.date.timestamp())
    await state.set_data({"album": message.media_group_id, "at": at, "answer": answer_id})


@router.callback_query(PassOn.filter())
async def pass_on(
    query: CallbackQuery,
    callback_data: PassOn,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """What the guardian wrote out of the blue goes to a teacher, or becomes a letter to the school."""
    require(actor, Role.GUARDIAN)
    data = await state.get_data()
    draft = callback_data.draft
    if data.get("passed") == draft:
        return [query.answer(t("note-passed-already"))]
    if data.get("unclaimed") != draft:
        return alert(query, t("old-button"))
    content = content_of(data)
    if not callback_data.staff_id:
        found = await feedback.addressees(session, actor, today)
        await state.set_state(FeedbackSteps.words)
        await state.set_data({**data, "draft": draft, "topic": Topic.QUESTION.value, "about": None})
        return show(query, whom(t, draft, found, len(content.files)))
    place = callback_data.guardian_id
    thread_id = await answering.thread_with(session, actor, now, today, callback_data.staff_id, place)
    done = await answering.write(
        session, actor, now, today, settings, thread_id, text=content.text, files=content.files
    )
    await state.set_data({"passed": draft})
    return show(query, _written(t, done, settings, now))


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
