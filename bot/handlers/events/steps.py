"""Step by step: what it is called, when, until when, where. Preparing and moving go the same way.

The conversation's data hold what has been said; `event` names the event that is changed (none: a new one),
`moving` that it is announced already.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.errors import AppError
from bot.features import events
from bot.features.accounts import require
from bot.features.events import announcing, planning
from bot.filters import Says
from bot.texts import Texts
from bot.ui.events import planning as ui
from bot.ui.events.planning import EventDay, EventLength, EventMove, EventNew, EventPlace, EventTime
from bot.ui.moments import parse_day, parse_moment, parse_time
from bot.ui.screen import Event, Replies, alert, show

router = Router()


class StepByStep(StatesGroup):
    """What is asked."""

    title = State()
    day = State()
    time = State()
    length = State()
    place = State()
    move = State()


@router.callback_query(EventNew.filter())
async def ask_title(query: CallbackQuery, actor: Actor, state: FSMContext, t: Texts) -> Replies:
    """What is it called?"""
    require(actor, Role.ADMIN)
    await state.set_state(StepByStep.title)
    await state.set_data({})
    return show(query, ui.ask_title(t))


@router.message(Says(StepByStep.title))
async def take_title(message: Message, actor: Actor, state: FSMContext, t: Texts, today: date) -> Replies:
    """Then: when?"""
    require(actor, Role.ADMIN)
    title = planning.clean_title(message.text)
    return await ask_when(message, state, t, today, {"title": title})


async def ask_when(event: Event, state: FSMContext, t: Texts, today: date, data: dict[str, Any]) -> Replies:
    """On which day? From here both a new event and one that there is go on."""
    await state.set_state(StepByStep.day)
    await state.set_data(data)
    return show(event, ui.ask_day(t, today))


@router.callback_query(EventDay.filter())
async def press_day(
    query: CallbackQuery,
    callback_data: EventDay,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    today: date,
) -> Replies:
    """The day pressed; then: at what time?"""
    require(actor, Role.ADMIN)
    if raw_state not in (StepByStep.day.state, StepByStep.time.state):
        return alert(query, t("old-button"))
    return await _take_day(query, state, t, date.fromordinal(callback_data.day), today)


@router.message(Says(StepByStep.day))
async def type_day(
    message: Message,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The day typed, with the time perhaps."""
    require(actor, Role.ADMIN)
    text = message.text or ""
    moment = parse_moment(text, now.astimezone(settings.school.zone))
    if moment is not None:
        return await _take_start(message, state, t, moment, now)
    day = parse_day(text, today)
    if day is None:
        raise AppError("error-moment")
    return await _take_day(message, state, t, day, today)


async def _take_day(event: Event, state: FSMContext, t: Texts, day: date, today: date) -> Replies:
    if day < today:
        raise AppError("error-event-past")
    if day > today + planning.FAR:
        raise AppError("error-event-far")
    await state.set_state(StepByStep.time)
    await state.update_data(day=day.isoformat())
    return show(event, ui.ask_time(t, day))


@router.callback_query(EventTime.filter())
async def press_time(
    query: CallbackQuery,
    callback_data: EventTime,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """The time pressed; then: until when?"""
    require(actor, Role.ADMIN)
    minute = callback_data.minute
    if raw_state != StepByStep.time.state or not 0 <= minute < 24 * 60:
        return alert(query, t("old-button"))
    return await _take_time(query, state, t, time(minute // 60, minute % 60), settings, now)


@router.message(Says(StepByStep.time))
async def type_time(
    message: Message, actor: Actor, state: FSMContext, t: Texts, settings: Settings, now: datetime
) -> Replies:
    """The time typed; or day and time, after all."""
    require(actor, Role.ADMIN)
    at = parse_time(message.text or "")
    if at is not None:
        return await _take_time(message, state, t, at, settings, now)
    moment = parse_moment(message.text or "", now.astimezone(settings.school.zone))
    if moment is None:
        raise AppError("error-moment")
    return await _take_start(message, state, t, moment, now)


async def _take_time(
    event: Event, state: FSMContext, t: Texts, at: time, settings: Settings, now: datetime
) -> Replies:
    day = date.fromisoformat((await state.get_data())["day"])
    return await _take_start(event, state, t, datetime.combine(day, at, settings.school.zone), now)


async def _take_start(event: Event, state: FSMContext, t: Texts, starts: datetime, now: datetime) -> Replies:
    planning.check_start(starts, now)
    await state.set_state(StepByStep.length)
    await state.update_data(starts=starts.isoformat())
    return show(event, ui.ask_length(t, starts))


@router.callback_query(EventLength.filter())
async def press_length(
    query: CallbackQuery,
    callback_data: EventLength,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The length pressed; then: where?"""
    require(actor, Role.ADMIN)
    if raw_state != StepByStep.length.state:
        return alert(query, t("old-button"))
    starts = datetime.fromisoformat((await state.get_data())["starts"])
    ends = starts + timedelta(minutes=callback_data.minutes)
    return await _take_end(query, session, actor, state, t, settings, now, today, starts, ends)


@router.message(Says(StepByStep.length))
async def type_end(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The end typed: a time of the same day, or day and time."""
    require(actor, Role.ADMIN)
    starts = datetime.fromisoformat((await state.get_data())["starts"])
    at = parse_time(message.text or "")
    ends = datetime.combine(starts.date(), at, settings.school.zone) if at else None
    ends = ends or parse_moment(message.text or "", now.astimezone(settings.school.zone))
    if ends is None:
        raise AppError("error-moment")
    return await _take_end(message, session, actor, state, t, settings, now, today, starts, ends)


async def _take_end(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
    starts: datetime,
    ends: datetime,
) -> Replies:
    planning.check_end(starts, ends)
    data = await state.get_data()
    if "event" in data and not data.get("moving"):
        await planning.set_times(session, actor, now, data["event"], starts, ends)
        await state.clear()
        found = await planning.find(session, actor, today, data["event"])
        return show(event, ui.draft(t, found, events.arguments(found, settings)))
    places = list(await planning.recent_places(session, actor))
    if data.get("moving"):
        here = (await announcing.may_move(session, actor, today, data["event"])).event.place
        places = [here, *(place for place in places if place != here)]
    await state.set_state(StepByStep.place)
    await state.update_data(ends=ends.isoformat(), places=places)
    return show(event, ui.ask_move_place(t, places) if data.get("moving") else ui.ask_place(t, places))


@router.callback_query(EventPlace.filter())
async def press_place(
    query: CallbackQuery,
    callback_data: EventPlace,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """One of the places offered."""
    require(actor, Role.ADMIN)
    data = await state.get_data()
    if raw_state != StepByStep.place.state or not 0 <= callback_data.index < len(data["places"]):
        return alert(query, t("old-button"))
    place = data["places"][callback_data.index]
    return await _take_place(query, session, actor, state, t, now, today, place)


@router.message(Says(StepByStep.place))
async def type_place(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """The place typed."""
    require(actor, Role.ADMIN)
    place = planning.clean_place(message.text)
    return await _take_place(message, session, actor, state, t, now, today, place)


async def _take_place(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
    place: str,
) -> Replies:
    """A new event is a draft from now on: for whom? A moved one: are you sure?"""
    data = await state.get_data()
    starts, ends = datetime.fromisoformat(data["starts"]), datetime.fromisoformat(data["ends"])
    if data.get("moving"):
        found = await announcing.may_move(session, actor, today, data["event"])
        await state.set_state(StepByStep.move)
        await state.update_data(place=place)
        return show(event, ui.move_ask(t, found, starts, ends, place))
    event_id = await planning.create(
        session, actor, now, title=data["title"], starts_at=starts, ends_at=ends, place=place
    )
    await state.clear()
    return show(event, ui.classes(t, await planning.choice(session, actor, today, event_id)))


@router.callback_query(EventMove.filter())
async def move(
    query: CallbackQuery,
    callback_data: EventMove,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Move it as asked, and tell everybody."""
    require(actor, Role.ADMIN)
    data = await state.get_data()
    event_id = callback_data.event_id
    if raw_state != StepByStep.move.state or data["event"] != event_id:
        return alert(query, t("old-button"))
    told = await announcing.move(
        session,
        actor,
        now,
        today,
        settings,
        event_id,
        sequence=callback_data.sequence,
        starts_at=datetime.fromisoformat(data["starts"]),
        ends_at=datetime.fromisoformat(data["ends"]),
        place=data["place"],
    )
    await state.clear()
    return show(query, ui.moved(t, event_id, told))
