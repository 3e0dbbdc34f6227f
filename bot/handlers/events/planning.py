"""/event: all events, a draft and what can be changed, announcing, calling off."""

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db import outbox
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.errors import AppError
from bot.features import events
from bot.features.accounts import require
from bot.features.events import announcing, planning
from bot.features.outbox.announcing import Kind as AnnouncementKind
from bot.filters import Go, RoleIs, Says
from bot.handlers.events.steps import ask_when
from bot.texts import Html, Texts
from bot.ui.events import EventCard
from bot.ui.events import planning as ui
from bot.ui.events.planning import (
    EventClassSet,
    EventDo,
    EventEdit,
    EventFlagSet,
    EventGroupSet,
    EventPlans,
    EventStaff,
    EventStaffPage,
)
from bot.ui.files import file_of
from bot.ui.screen import Event, Replies, Screen, alert, go, keyboard, show

router = Router()


class PlanSteps(StatesGroup):
    """What is being typed or sent for an event that there is."""

    words = State()
    photo = State()
    album = State()
    reason = State()


@router.message(Command("event"), RoleIs(Role.ADMIN))
@router.callback_query(Go("event"))
async def overview(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """All events."""
    found = await planning.overview(session, actor, now)
    await state.clear()
    return show(event, ui.overview(t, found, now, settings.school.zone))


@router.callback_query(EventPlans.filter())
async def turn_page(
    query: CallbackQuery,
    callback_data: EventPlans,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """Another page."""
    found = await planning.overview(session, actor, now, callback_data.page)
    return show(query, ui.overview(t, found, now, settings.school.zone))


@router.callback_query(EventCard.filter())
async def open_card(
    query: CallbackQuery,
    callback_data: EventCard,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """One event: the draft, or how it stands."""
    screen = await _card(session, actor, t, settings, now, today, callback_data.event_id)
    await state.clear()
    return show(query, screen)


# --- changing --------------------------------------------------------------------------------------------


@router.callback_query(EventEdit.filter())
async def edit(
    query: CallbackQuery,
    callback_data: EventEdit,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Ask for one thing of an event, or take it away."""
    event_id = callback_data.event_id
    found = await planning.find(session, actor, today, event_id)
    if callback_data.field == "flags":
        return show(query, ui.flags(t, found))
    planning.check_draft(found.event)
    match callback_data.field:
        case "title" | "place" | "description" as field:
            await state.set_state(PlanSteps.words)
            await state.set_data({"event": event_id, "field": field})
            return show(query, ui.ask_words(t, field, event_id))
        case "photo":
            await state.set_state(PlanSteps.photo)
            await state.set_data({"event": event_id})
            return show(query, ui.ask_words(t, "photo", event_id))
        case "times":
            return await ask_when(query, state, t, today, {"event": event_id})
        case "classes":
            return show(query, ui.classes(t, await planning.choice(session, actor, today, event_id)))
        case "organiser":
            staff = await planning.staff(session, actor, today)
            return show(query, ui.organisers(t, event_id, staff, found.event.organiser_id, 0))
        case "no_description":
            await planning.clear_description(session, actor, now, event_id)
        case "no_photo":
            await planning.set_photo(session, actor, now, event_id, None)
    return show(query, await _card(session, actor, t, settings, now, today, event_id))


@router.message(Says(PlanSteps.words))
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
    """Title, place or description."""
    require(actor, Role.ADMIN)
    data = await state.get_data()
    await planning.set_words(session, actor, now, data["event"], data["field"], message.text)
    await state.clear()
    return show(message, await _card(session, actor, t, settings, now, today, data["event"]))


@router.message(Says(PlanSteps.photo))
async def take_photo(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The picture; of an album the first."""
    require(actor, Role.ADMIN)
    event_id = (await state.get_data())["event"]
    photo = file_of(message)
    if photo is None:
        raise AppError("error-event-photo")
    await planning.set_photo(session, actor, now, event_id, photo)
    note = None
    if message.media_group_id:
        await state.set_state(PlanSteps.album)
        await state.set_data({"event": event_id, "album": message.media_group_id})
        note = t("event-album")
    else:
        await state.clear()
    return show(message, await _card(session, actor, t, settings, now, today, event_id, note, picture=True))


@router.message(Says(PlanSteps.album))
async def rest_of_album(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The other pictures of an album are passed over; whatever else comes is answered with the draft."""
    require(actor, Role.ADMIN)
    data = await state.get_data()
    if message.media_group_id == data["album"]:
        return []
    await state.clear()
    return show(message, await _card(session, actor, t, settings, now, today, data["event"]))


@router.callback_query(EventClassSet.filter())
async def set_class(
    query: CallbackQuery,
    callback_data: EventClassSet,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """For a class, or not."""
    event_id, class_id = callback_data.event_id, callback_data.class_id
    await planning.set_class(session, actor, now, event_id, class_id, on=callback_data.on)
    return show(query, ui.classes(t, await planning.choice(session, actor, today, event_id)))


@router.callback_query(EventGroupSet.filter())
async def set_group(
    query: CallbackQuery,
    callback_data: EventGroupSet,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """For a level or the whole school, or not."""
    event_id, group = callback_data.event_id, callback_data.group
    await planning.set_group(session, actor, now, event_id, group, on=callback_data.on)
    return show(query, ui.classes(t, await planning.choice(session, actor, today, event_id)))


@router.callback_query(EventFlagSet.filter())
async def set_flag(
    query: CallbackQuery,
    callback_data: EventFlagSet,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """A flag, or not."""
    event_id, flag = callback_data.event_id, callback_data.flag
    await planning.set_flag(session, actor, now, event_id, flag, on=callback_data.on)
    if flag in planning.AUDIENCE_FLAGS:
        return show(query, ui.classes(t, await planning.choice(session, actor, today, event_id)))
    return show(query, ui.flags(t, await planning.find(session, actor, today, event_id)))


@router.callback_query(EventStaffPage.filter())
async def turn_staff(
    query: CallbackQuery,
    callback_data: EventStaffPage,
    session: Session,
    actor: Actor,
    t: Texts,
    today: date,
) -> Replies:
    """Another page of the staff."""
    found = await planning.find(session, actor, today, callback_data.event_id)
    staff = await planning.staff(session, actor, today)
    chosen = found.event.organiser_id
    return show(query, ui.organisers(t, found.event.id, staff, chosen, callback_data.page))


@router.callback_query(EventStaff.filter())
async def set_organiser(
    query: CallbackQuery,
    callback_data: EventStaff,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Who runs it."""
    event_id = callback_data.event_id
    await planning.set_organiser(session, actor, now, today, event_id, callback_data.staff_id)
    return show(query, await _card(session, actor, t, settings, now, today, event_id))


# --- announcing, throwing away, calling off --------------------------------------------------------------


@router.callback_query(EventDo.filter())
async def do(
    query: CallbackQuery,
    callback_data: EventDo,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Announce it, throw a draft away, or begin to move it or to call it off."""
    event_id = callback_data.event_id
    found = await planning.find(session, actor, today, event_id)
    data = await state.get_data()
    await state.clear()
    match callback_data.action:
        case "publish":
            invited = await announcing.publish(session, actor, now, today, settings, event_id)
            return show(query, ui.published(t, found, invited))
        case "drop":
            planning.check_draft(found.event)
            return show(query, ui.drop_ask(t, found))
        case "drop_sure":
            await planning.drop(session, actor, now, event_id)
            return show(query, Screen(t("event-dropped"), keyboard([go(t, "event")], [go(t, "menu")])))
        case "move":
            await announcing.may_move(session, actor, today, event_id)
            return await ask_when(query, state, t, today, {"event": event_id, "moving": True})
        case "cancel":
            planning.check_published(found.event)
            await state.set_state(PlanSteps.reason)
            await state.set_data({"event": event_id})
            return show(query, ui.ask_reason(t, found, now))
        case "cancel_sure":
            if data.get("event") != event_id or "reason" not in data:
                return alert(query, t("old-button"))
            told = await announcing.cancel(session, actor, now, today, settings, event_id, data["reason"])
            return show(query, ui.cancelled(t, event_id, told))


@router.message(Says(PlanSteps.reason))
async def take_reason(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """Why it is called off; asked once more, for everybody who signed up will be told."""
    require(actor, Role.ADMIN)
    found = await planning.find(session, actor, today, (await state.get_data())["event"])
    planning.check_published(found.event)
    reason = announcing.clean_reason(message.text)
    await state.update_data(reason=reason)
    return show(message, ui.cancel_ask(t, found, reason, now))


async def _card(
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
    event_id: int,
    note: Html | None = None,
    *,
    picture: bool = False,
) -> Screen:
    found = await planning.find(session, actor, today, event_id)
    said = events.arguments(found, settings)
    if picture:
        return ui.draft(t, found, said, note, picture=True)
    spread = await outbox.spread(session, now, AnnouncementKind.EVENT, event_id)
    return ui.card(t, found, said, now, spread)
