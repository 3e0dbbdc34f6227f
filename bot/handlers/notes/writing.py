"""/note: composing a note; templates; contacts by other channels."""

from datetime import date, datetime, time, timedelta
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.notes import Channel, NoteKind
from bot.db.outbox import File
from bot.errors import AppError
from bot.features import roster
from bot.features.notes import FILES_MAX, TEXT_MAX, following, writing
from bot.features.notes.writing import Draft
from bot.features.outbox import clean_text
from bot.filters import Go, RoleIs, Says
from bot.texts import Texts
from bot.ui.files import file_of
from bot.ui.moments import parse_moment
from bot.ui.notes import (
    ContactBy,
    ContactPupil,
    ContactSave,
    NoteChosen,
    NoteClass,
    NoteDraft,
    NoteLater,
    NoteMany,
    NotePick,
    NotePupil,
    NoteTemplates,
    NoteToggle,
)
from bot.ui.notes import writing as ui
from bot.ui.screen import Event, Replies, Screen, alert, show, tell

router = Router()


class NoteSteps(StatesGroup):
    """Composing: choosing pupils, words and files, the preview, another time; noting down a contact."""

    choosing = State()
    text = State()
    preview = State()
    later = State()
    contact = State()


def _load(data: dict[str, Any]) -> Draft:
    at = datetime.fromisoformat(data["at"]) if data.get("at") else None
    files = tuple(File(*file) for file in data.get("files", ()))
    urgent = data.get("urgent", False)
    return Draft(tuple(data["pupils"]), NoteKind(data["kind"]), data.get("text", ""), files, urgent, at)


# --- whom ------------------------------------------------------------------------------------------------


@router.message(Command("note"), RoleIs(*writing.WRITERS))
@router.callback_query(Go("note"))
async def start(
    event: Event, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """Which class? Who has only one is asked for the pupil at once; a specialist has the register."""
    classes = await writing.classes(session, actor)
    await state.clear()
    if not classes and actor.is_one_of(Role.SPECIALIST):
        return show(event, ui.register_pupils(t, await writing.pupils_outside_classes(session, actor, today)))
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
    to = await writing.addressees(session, actor, today, [callback_data.pupil_id])
    return show(query, ui.kinds(t, to))


@router.callback_query(NoteMany.filter())
async def choose_many(
    query: CallbackQuery,
    callback_data: NoteMany,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Several pupils: a press each; or the whole class, or its silent families, at once."""
    class_id = callback_data.class_id
    school_class, pupils = await roster.class_list(session, actor, class_id, today)
    chosen = [pupil.id for pupil in pupils] if callback_data.choose == "all" else []
    if callback_data.choose == "silent":
        _, heard = await following.last_heard(session, actor, now, today, settings, class_id)
        chosen = [each.pupil.id for each in heard if each.silent and each.pupil.reached]
    await state.set_state(NoteSteps.choosing)
    await state.set_data({"pupils": chosen})
    if callback_data.choose == "all" and chosen:
        to = await writing.addressees(session, actor, today, chosen)
        return show(query, ui.kinds(t, to, len(chosen)))
    return show(query, ui.choose(t, school_class, pupils, chosen))


@router.callback_query(NoteToggle.filter())
async def toggle(
    query: CallbackQuery,
    callback_data: NoteToggle,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    today: date,
) -> Replies:
    """One more, or one less."""
    school_class, pupils = await roster.class_list(session, actor, callback_data.class_id, today)
    before = (await state.get_data()).get("pupils", []) if raw_state == NoteSteps.choosing.state else []
    chosen = set(before) ^ {callback_data.pupil_id}
    # The order of the class; somebody of another class that was looked at before is not among them.
    kept = [pupil.id for pupil in pupils if pupil.id in chosen]
    await state.set_state(NoteSteps.choosing)
    await state.set_data({"pupils": kept})
    return show(query, ui.choose(t, school_class, pupils, kept))


@router.callback_query(NoteChosen.filter())
async def chosen(
    query: CallbackQuery,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    today: date,
) -> Replies:
    """What kind of note, for those chosen?"""
    pupils = (await state.get_data()).get("pupils", []) if raw_state == NoteSteps.choosing.state else []
    if not pupils:
        return alert(query, t("old-button"))
    to = await writing.addressees(session, actor, today, pupils)
    return show(query, ui.kinds(t, to, len(pupils)))


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
        pupils = (await state.get_data()).get("pupils", []) if raw_state == NoteSteps.choosing.state else []
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

    Whoever writes on at the preview corrects the words, whoever sends another file adds it. The pictures of
    an album come one by one: only the first of them is answered.
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
    words = message.caption if file else message.text
    text = clean_text(words, TEXT_MAX) if words or not file else data.get("text", "")
    goes_on = album is not None and album == data.get("album")
    # The message with the words names the draft: the buttons under an earlier preview are none of this one.
    number = data["draft"] if goes_on else message.message_id
    await state.set_state(NoteSteps.preview)
    await state.update_data(text=text, files=files, album=album, draft=number)
    if goes_on and not message.caption:
        return []
    return tell(message, await _preview(session, actor, state, t, settings, today))


class AlbumFullError(AppError):
    """There are as many files as a note takes; what was sent before is kept."""

    keeps_writes = True

    def __init__(self, limit: int) -> None:
        super().__init__("error-files-max", max=limit)


async def _preview(
    session: Session, actor: Actor, state: FSMContext, t: Texts, settings: Settings, today: date
) -> Screen:
    await state.set_state(NoteSteps.preview)
    data = await state.get_data()
    draft = _load(data)
    to = await writing.addressees(session, actor, today, draft.pupils)
    kept = data.get("kept", False)
    return ui.preview(t, to, draft, actor.name, data["draft"], settings.school.zone, kept=kept)


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
    steps = {NoteSteps.preview.state, NoteSteps.later.state}
    if raw_state not in steps or data.get("draft") != callback_data.draft:
        return alert(query, t("note-already-sent"))
    draft = _load(data)
    toast = None
    match callback_data.action:
        case "send":
            done = await writing.send(session, actor, now, today, settings, draft)
            await state.clear()
            return show(query, ui.sent(t, done, draft, now, settings.school.zone))
        case "edit":
            to = await writing.addressees(session, actor, today, draft.pupils)
            await state.set_state(NoteSteps.text)
            await state.update_data(files=[])
            templates = await writing.templates(session, actor, draft.kind)
            many = len(draft.pupils) if len(draft.pupils) > 1 else 0
            return tell(query, ui.ask_text(t, to, many, draft.kind, templates))
        case "later":
            await state.set_state(NoteSteps.later)
            return show(query, ui.later(t, callback_data.draft, now.astimezone(settings.school.zone)))
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


# --- contacts --------------------------------------------------------------------------------------------


@router.callback_query(ContactPupil.filter())
async def contact_about(
    query: CallbackQuery, callback_data: ContactPupil, session: Session, actor: Actor, t: Texts, today: date
) -> Replies:
    """About whom, by which channel, with whom?"""
    if not callback_data.pupil_id:
        found = await roster.class_list(session, actor, callback_data.class_id, today)
        return show(query, ui.contact_pupils(t, *found))
    to = await writing.addressees(session, actor, today, [callback_data.pupil_id])
    return show(query, ui.contact_channels(t, to.pupils[0]))


@router.callback_query(ContactBy.filter())
async def contact_by(
    query: CallbackQuery,
    callback_data: ContactBy,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """Wait for what it was about."""
    to = await writing.addressees(session, actor, today, [callback_data.pupil_id])
    await state.set_state(NoteSteps.contact)
    await state.set_data(
        {
            "pupil": callback_data.pupil_id,
            "channel": callback_data.channel.value,
            "guardian": callback_data.guardian_id or None,
        }
    )
    return show(query, ui.contact_words(t, to.pupils[0]))


@router.message(Says(NoteSteps.contact))
async def contact_words(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, now: datetime, today: date
) -> Replies:
    """Save it with the words typed."""
    words = clean_text(message.text, TEXT_MAX)
    return show(message, await _save_contact(session, actor, state, t, now, today, words))


@router.callback_query(ContactSave.filter())
async def contact_without_words(
    query: CallbackQuery,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """Save it as it is."""
    if raw_state != NoteSteps.contact.state:
        return alert(query, t("old-button"))
    return show(query, await _save_contact(session, actor, state, t, now, today, None))


async def _save_contact(
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
    words: str | None,
) -> Screen:
    data = await state.get_data()
    channel = Channel(data["channel"])
    pupil = await writing.log_contact(
        session,
        actor,
        now,
        today,
        pupil_id=data["pupil"],
        channel=channel,
        guardian_id=data["guardian"],
        text=words,
    )
    await state.clear()
    return ui.contact_saved(t, pupil, channel)
