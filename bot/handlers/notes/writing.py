"""/note: the words of a note, the preview, sending; templates."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.db.notes import NoteKind
from bot.db.outbox import File
from bot.errors import AppError
from bot.features.notes import FILES_MAX, TEXT_MAX, surnames, words_of, writing
from bot.features.notes.writing import Draft
from bot.filters import Says
from bot.handlers.notes.picking import NoteSteps, chosen_so_far
from bot.texts import Texts
from bot.ui.files import captioned, file_of
from bot.ui.moments import parse_moment
from bot.ui.notes import (
    NoteDraft,
    NoteLater,
    NotePick,
    NoteTemplates,
)
from bot.ui.notes import writing as ui
from bot.ui.screen import Replies, Screen, alert, show, tell

router = Router()


def _load(data: dict[str, Any]) -> Draft:
    at = datetime.fromisoformat(data["at"]) if data.get("at") else None
    files = tuple(File(*file) for file in data.get("files", ()))
    urgent = data.get("urgent", False)
    return Draft(tuple(data["pupils"]), NoteKind(data["kind"]), data.get("text", ""), files, urgent, at)


# --- what ------------------------------------------------------------------------------------------------


@router.callback_query(NotePick.filter())
async def ask_text(
    query: CallbackQuery,
    callback_data: NotePick,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    today: date,
) -> Replies:
    """Wait for the words."""
    pupils = [callback_data.pupil_id]
    if not callback_data.pupil_id:
        pupils = await chosen_so_far(state, raw_state)
        if not pupils:
            return alert(query, t("old-button"))
    to = await writing.addressees(session, actor, today, pupils)
    many = 0 if callback_data.pupil_id else len(pupils)
    if not to.reached:  # an old button: they have left since
        return show(query, ui.kinds(t, to, many))
    templates = await writing.templates(session, actor, callback_data.kind)
    await state.set_state(NoteSteps.text)
    await state.set_data({"pupils": pupils, "kind": callback_data.kind.value})
    return show(query, ui.ask_text(t, to, many, callback_data.kind, templates))


@router.message(Says(NoteSteps.text))
@router.message(Says(NoteSteps.preview))
async def take_words(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    today: date,
) -> Replies:
    """Show the note as the guardians will see it.

    Whoever writes on at the preview corrects the words, whoever sends another file adds it and its caption.
    The pictures of an album come one by one: only the first of them is answered.
    """
    data = await state.get_data()
    file = file_of(message)
    files = data.get("files", [])
    album = message.media_group_id
    if file is not None:
        if len(files) >= FILES_MAX:
            if album and album == data.get("album") and data.get("full"):
                return []  # the rest of an album that was too large: said once
            await state.update_data(full=True, album=album)
            raise AlbumFullError(FILES_MAX)
        files = [*files, list(file)]
    before = data.get("text", "")
    words = captioned(before, message.caption) if file else message.text
    text = words_of(words, [file] if file else [], TEXT_MAX)
    goes_on = album is not None and album == data.get("album")
    # The message with the words names the draft: the buttons under an earlier preview are none of this one.
    number = data["draft"] if goes_on else message.message_id
    await state.set_state(NoteSteps.preview)
    await state.update_data(text=text, files=files, album=album, draft=number)
    if goes_on and text == before:
        return []
    return tell(message, await _preview(session, actor, state, t, settings, today))


class AlbumFullError(AppError):
    """There are as many files as a note takes; what was sent before is kept."""

    keeps_writes = True

    def __init__(self, limit: int) -> None:
        super().__init__("error-files-max", max=limit)


async def _ask_again(
    session: Session, actor: Actor, state: FSMContext, t: Texts, today: date, draft: Draft, number: int
) -> Screen:
    """Wait for other words; the files stay."""
    to = await writing.addressees(session, actor, today, draft.pupils)
    await state.set_state(NoteSteps.text)
    templates = await writing.templates(session, actor, draft.kind)
    many = len(draft.pupils) if len(draft.pupils) > 1 else 0
    return ui.ask_text(t, to, many, draft.kind, templates, files=len(draft.files), draft=number)


async def _preview(
    session: Session, actor: Actor, state: FSMContext, t: Texts, settings: Settings, today: date
) -> Screen:
    await state.set_state(NoteSteps.preview)
    data = await state.get_data()
    draft = _load(data)
    to = await writing.addressees(session, actor, today, draft.pupils)
    kept, album = data.get("kept", False), bool(data.get("album"))
    zone = settings.school.zone
    found = await surnames.found_in(session, actor, today, draft.text)
    return ui.preview(t, to, draft, actor.name, data["draft"], zone, found, kept=kept, album=album)


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
    """Send what was looked over, or change something about it."""
    data = await state.get_data()
    number, action = callback_data.draft, callback_data.action
    if action == "send" and data.get("sent") == number:  # pressed twice
        return [query.answer(t("note-sent-already"))]
    steps = {NoteSteps.preview.state, NoteSteps.later.state}
    if action == "files":
        steps.add(NoteSteps.text.state)
    if raw_state not in steps or data.get("draft") != number:
        return alert(query, t("note-already-sent"))
    draft = _load(data)
    toast = None
    match action:
        case "send":
            done = await writing.send(session, actor, now, today, settings, draft)
            await state.clear()
            await state.set_data({"sent": number})
            return show(query, ui.sent(t, done, draft, now, settings.school.zone))
        case "edit":
            return tell(query, await _ask_again(session, actor, state, t, today, draft, number))
        case "files":
            await state.update_data(files=[], album=None)
            if raw_state == NoteSteps.text.state or not draft.text:
                bare = replace(draft, files=())
                return show(query, await _ask_again(session, actor, state, t, today, bare, number))
        case "later":
            await state.set_state(NoteSteps.later)
            return show(query, ui.later(t, number, now.astimezone(settings.school.zone)))
        case "urgent":
            await state.update_data(urgent=not draft.urgent)
        case "keep":
            fresh = await writing.save_template(session, actor, now, draft.kind, draft.text)
            await state.update_data(kept=True)
            toast = t("note-kept" if fresh else "note-kept-already")
    return show(query, await _preview(session, actor, state, t, settings, today), toast=toast)


@router.callback_query(NoteLater.filter())
async def later_by_button(
    query: CallbackQuery,
    callback_data: NoteLater,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Later, at one of the times offered; or at once after all."""
    data = await state.get_data()
    if raw_state != NoteSteps.later.state or data.get("draft") != callback_data.draft:
        return alert(query, t("old-button"))
    at = None
    if callback_data.days >= 0:
        day = today + timedelta(days=min(callback_data.days, 60))
        at = datetime.combine(day, time(callback_data.hour % 24), settings.school.zone)
        if at <= now:
            return alert(query, t("note-later-past"))
    await state.update_data(at=at.isoformat() if at else None)
    return show(query, await _preview(session, actor, state, t, settings, today))


@router.message(Says(NoteSteps.later))
async def later_by_typing(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Later, at a typed time."""
    at = parse_moment(message.text or "", now.astimezone(settings.school.zone))
    if at is None:
        raise AppError("error-moment")
    if not now < at <= now + writing.LATER_MAX:
        raise AppError("error-note-when", days=writing.LATER_MAX.days)
    await state.update_data(at=at.isoformat())
    return tell(message, await _preview(session, actor, state, t, settings, today))


# --- templates -------------------------------------------------------------------------------------------


@router.callback_query(NoteTemplates.filter())
async def use_templates(
    query: CallbackQuery,
    callback_data: NoteTemplates,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The teacher's own templates: list, use, delete after the question."""
    id_ = callback_data.template_id
    match callback_data.action:
        case "use":
            template = await writing.template(session, actor, id_)
            if raw_state != NoteSteps.text.state:
                return alert(query, t("old-button"))
            number = query.message.message_id if query.message else 0
            await state.update_data(text=template.text, draft=number, kept=True, album=None)
            return tell(query, await _preview(session, actor, state, t, settings, today))
        case "ask":
            return show(query, ui.template_ask(t, await writing.template(session, actor, id_)))
        case "delete":
            await writing.delete_template(session, actor, now, id_)
    return show(query, ui.templates(t, await writing.templates(session, actor)))
