"""Putting a document in: kind, title, day; the rest, all of it optional, from the preview.

The draft lies in the conversation: what has been said, by field. Whatever is still missing is asked next.
"""

from datetime import date, datetime, timedelta
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from dateutil.relativedelta import relativedelta

from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.documents import DocumentKind
from bot.db.outbox import File
from bot.errors import AppError, NotFoundError
from bot.features import documents
from bot.features.documents import ENDING, FILES_MAX, OWN, Draft, shelves
from bot.filters import Says
from bot.programme.model import Programme
from bot.texts import Texts
from bot.ui.documents import DocNew
from bot.ui.documents import acts as ui_acts
from bot.ui.documents import adding as ui
from bot.ui.documents.adding import YEARS, DocDay, DocField, DocSave, DocStaff, DocUntil, Field
from bot.ui.files import file_of
from bot.ui.moments import parse_day, parse_past_day
from bot.ui.screen import Event, Replies, Screen, alert, show, tell

router = Router()


class NewDocument(StatesGroup):
    """What is asked; `preview` takes files as well."""

    title = State()
    day = State()
    whose = State()
    number = State()
    until = State()
    preview = State()


@router.callback_query(DocNew.filter())
async def start(
    query: CallbackQuery,
    callback_data: DocNew,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    today: date,
) -> Replies:
    """Which kind? Of a local act: which? Then its title."""
    kind = callback_data.kind
    if kind is None:
        # A teacher chooses between practice and training with the buttons before this one.
        documents.require_adding(actor, DocumentKind.AGREEMENT)
        return show(query, ui.ask_kind(t))
    documents.require_adding(actor, kind)
    data: dict[str, Any] = {"draft": query.message.message_id if query.message else 0, "kind": kind.value}
    if kind == DocumentKind.LOCAL_ACT:
        if not callback_data.act:
            return show(query, ui_acts(t, await shelves.acts(session, actor, today, programme)))
        act = documents.find_act(programme, callback_data.act)
        data |= {"act": act.key, "title": act.title}
    return await _next(query, session, actor, state, t, today, data)


async def mend(
    query: CallbackQuery,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
    document_id: int,
) -> Replies:
    """What was sent back, as a draft again."""
    document = await documents.returned(session, actor, document_id)
    data = {
        "draft": query.message.message_id if query.message else 0,
        "kind": document.kind.value,
        "title": document.title,
        "day": document.on_date.isoformat(),
        "number": document.number,
        "files": document.files,
        "mended": document.id,
    }
    return await _next(query, session, actor, state, t, today, data)


@router.message(Says(NewDocument.title))
async def take_title(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """The title typed."""
    data = await _typed(actor, state)
    data["title"] = documents.clean_title(message.text)
    return await _next(message, session, actor, state, t, today, data)


@router.callback_query(DocDay.filter())
async def press_day(
    query: CallbackQuery,
    callback_data: DocDay,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """Today or yesterday."""
    data = await _data(actor, state, callback_data.draft)
    if data is None or callback_data.back not in (0, 1):
        return alert(query, t("document-gone"))
    data["day"] = (today - timedelta(days=callback_data.back)).isoformat()
    return await _next(query, session, actor, state, t, today, data)


@router.message(Says(NewDocument.day))
async def type_day(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """The day typed: without a year the last such day."""
    data = await _typed(actor, state)
    day = parse_past_day(message.text or "", today)
    if day is None:
        raise AppError("error-document-day")
    data["day"] = documents.check_day(DocumentKind(data["kind"]), day, today).isoformat()
    return await _next(message, session, actor, state, t, today, data)


@router.callback_query(DocStaff.filter())
async def choose_owner(
    query: CallbackQuery,
    callback_data: DocStaff,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """Whose it is."""
    people = await documents.owners(session, actor, today)
    data = await _data(actor, state, callback_data.draft)
    if data is None:
        return alert(query, t("document-gone"))
    if callback_data.staff_id not in dict(people):
        raise NotFoundError
    data["staff"] = callback_data.staff_id
    return await _next(query, session, actor, state, t, today, data)


@router.callback_query(DocField.filter())
async def change(
    query: CallbackQuery,
    callback_data: DocField,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """Change or add something: it is asked for, or turned over at once."""
    data = await _data(actor, state, callback_data.draft)
    if data is None or callback_data.field not in _fields(actor, data):
        return alert(query, t("document-gone"))
    match callback_data.field:
        case "number" | "until" as field:
            await state.set_state(NewDocument.number if field == "number" else NewDocument.until)
            return show(query, ui.ask_number(t) if field == "number" else ui.ask_until(t, data["draft"]))
        case "subject":
            data["subject"] = not data.get("subject")
        case "files":
            del data["files"]
        case "title" | "day" as field:
            del data[field]
        case "whose":
            del data["staff"]
    return await _next(query, session, actor, state, t, today, data)


@router.message(Says(NewDocument.number))
async def take_number(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """The number typed."""
    data = await _typed(actor, state)
    data["number"] = documents.clean_number(message.text)
    return await _next(message, session, actor, state, t, today, data)


@router.callback_query(DocUntil.filter())
async def press_until(
    query: CallbackQuery,
    callback_data: DocUntil,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """So many years from its date, or without an end."""
    data = await _data(actor, state, callback_data.draft)
    if data is None or callback_data.years not in (0, *YEARS):
        return alert(query, t("document-gone"))
    data["until"] = None
    if callback_data.years:
        until = date.fromisoformat(data["day"]) + relativedelta(years=callback_data.years)
        data["until"] = documents.check_end(until, today).isoformat()
    return await _next(query, session, actor, state, t, today, data)


@router.message(Says(NewDocument.until))
async def type_until(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """Until the day typed: without a year the next such day."""
    data = await _typed(actor, state)
    day = parse_day(message.text or "", today)
    if day is None:
        raise AppError("error-day")
    data["until"] = documents.check_end(day, today).isoformat()
    return await _next(message, session, actor, state, t, today, data)


@router.message(Says(NewDocument.preview))
async def take_file(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """A file, or one of an album: the first of it is answered, the others are taken silently."""
    data = await _typed(actor, state)
    file, album = file_of(message), message.media_group_id
    if file is None:
        raise AppError("error-document-file")
    goes_on = album is not None and album == data.get("album")
    files = data.get("files", [])
    if len(files) == FILES_MAX:
        if goes_on and data.get("over"):
            return []
        await state.update_data(over=True, album=album)
        return tell(message, Screen(t("error-document-files", limit=FILES_MAX)))
    data |= {"files": [*files, file], "album": album, "over": False}
    if goes_on:
        await state.set_data(data)
        return []
    return await _next(message, session, actor, state, t, today, data)


@router.callback_query(DocSave.filter())
async def save(
    query: CallbackQuery,
    callback_data: DocSave,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    now: datetime,
    today: date,
) -> Replies:
    """Put it in."""
    data = await _data(actor, state, callback_data.draft)
    if data is None or _missing(actor, data):
        return alert(query, t("document-gone"))
    row = await documents.put_in(session, actor, now, today, programme, _draft(data), data.get("mended"))
    await state.clear()
    return show(query, ui.saved(t, row.document, waits=row.document.confirmed_on is None))


# --- the draft -------------------------------------------------------------------------------------------


async def _typed(actor: Actor, state: FSMContext) -> dict[str, Any]:
    data = await state.get_data()
    documents.require_adding(actor, DocumentKind(data["kind"]))
    return data


async def _data(actor: Actor, state: FSMContext, draft: int) -> dict[str, Any] | None:
    """The draft in the conversation; None for the button of another one, or of one that is saved."""
    documents.require_adding(actor, DocumentKind.PRACTICE)
    steps = {step.state for step in NewDocument.__all_states__}
    data = await state.get_data()
    if await state.get_state() not in steps or data.get("draft") != draft:
        return None
    documents.require_adding(actor, DocumentKind(data["kind"]))
    return data


def _missing(actor: Actor, data: dict[str, Any]) -> State | None:
    """What has to be asked still."""
    if "title" not in data:
        return NewDocument.title
    if "day" not in data:
        return NewDocument.day
    asks_whose = DocumentKind(data["kind"]) in OWN and actor.is_one_of(Role.ADMIN)
    return NewDocument.whose if asks_whose and "staff" not in data else None


def _fields(actor: Actor, data: dict[str, Any]) -> list[Field]:
    """What can be changed from the preview."""
    kind = DocumentKind(data["kind"])
    fields: list[Field] = ["number"]
    if kind in ENDING:
        fields.append("until")
    if kind == DocumentKind.EXTRACURRICULAR:
        fields.append("subject")
    fields += ["title", "day"]
    if kind in OWN and actor.is_one_of(Role.ADMIN):
        fields.append("whose")
    if data.get("files"):
        fields.append("files")
    return fields


def _draft(data: dict[str, Any]) -> Draft:
    kind, day = DocumentKind(data["kind"]), date.fromisoformat(data["day"])
    until = date.fromisoformat(data["until"]) if data.get("until") else None
    return Draft(
        kind,
        data["title"],
        day,
        data.get("number", ""),
        documents.end_of(kind, day, until),
        tuple(File(*file) for file in data.get("files", ())),
        data.get("staff"),
        data.get("act", ""),
        bool(data.get("subject")),
    )


async def _next(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
    data: dict[str, Any],
) -> Replies:
    """Ask for what is missing still; then the preview."""
    step, kind = _missing(actor, data), DocumentKind(data["kind"])
    await state.set_state(step or NewDocument.preview)
    await state.set_data(data)
    if step == NewDocument.title:
        return show(event, ui.ask_title(t, kind))
    if step == NewDocument.day:
        return show(event, ui.ask_day(t, kind, data["draft"]))
    people = dict(await documents.owners(session, actor, today)) if actor.is_one_of(Role.ADMIN) else {}
    if step == NewDocument.whose:
        return show(event, ui.ask_whose(t, kind, list(people.items()), data["draft"]))
    screen = ui.preview(
        t,
        _draft(data),
        people.get(data.get("staff", 0), ""),
        _fields(actor, data),
        data["draft"],
        today,
        album=isinstance(event, Message) and event.media_group_id is not None,
        waits=not actor.is_one_of(Role.ADMIN),
    )
    return show(event, screen)
