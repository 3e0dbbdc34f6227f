"""Learning routes, written and followed by the staff."""

from datetime import date, datetime, timedelta

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.errors import AppError, NotFoundError
from bot.features.risk import agreeing, progress, register, routes
from bot.filters import Says
from bot.programme.calendar import Calendar
from bot.texts import Texts
from bot.ui.files import file_of
from bot.ui.moments import parse_past_day, parse_span
from bot.ui.notes import held_until
from bot.ui.risk import routes as ui
from bot.ui.risk.routes import (
    RouteChampion,
    RouteCycle,
    RouteEdit,
    RouteOpen,
    RoutePaper,
    RouteTo,
    RouteWeek,
    RouteWords,
    RouteWrite,
)
from bot.ui.screen import Replies, Screen, show, tell

router = Router()


class RouteSteps(StatesGroup):
    """What is being typed or sent."""

    goal = State()
    measures = State()
    dates = State()
    file = State()
    paper = State()
    to_guardian = State()
    words = State()


# --- writing ---------------------------------------------------------------------------------------------


@router.callback_query(RouteWrite.filter())
async def write(
    query: CallbackQuery,
    callback_data: RouteWrite,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
    calendar: Calendar,
) -> Replies:
    """Begin a route with its goal, or a draft with what was sent last."""
    card = await register.card(session, actor, today, calendar, callback_data.pupil_id)
    pupil = card.row.listed.pupil
    if card.row.draft_id is not None or not callback_data.anew:
        draft = await routes.change(session, actor, now, today, pupil.id)
        return show(query, ui.draft(t, await routes.find(session, actor, today, draft.id)))
    await state.set_state(RouteSteps.goal)
    await state.set_data({"pupil": pupil.id})
    return tell(query, ui.ask_goal(t, pupil.name))


@router.message(Says(RouteSteps.goal))
async def take_goal(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """The goal of a new draft, or another one for a draft that there is."""
    data = await state.get_data()
    if "version" in data:
        await routes.set_goal(session, actor, now, today, data["version"], message.text)
        return await _draft(message, session, actor, state, t, today, data["version"])
    draft = await routes.start(session, actor, now, today, data["pupil"], message.text)
    if draft.measures:
        return await _draft(message, session, actor, state, t, today, draft.id)
    await state.set_state(RouteSteps.measures)
    await state.set_data({"version": draft.id})
    return show(message, ui.ask_measures(t, routes.MEASURES_MAX))


@router.message(Says(RouteSteps.measures))
async def take_measures(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """The measures, a line each."""
    version = (await state.get_data())["version"]
    await routes.set_measures(session, actor, now, today, version, message.text)
    return await _draft(message, session, actor, state, t, today, version)


async def _draft(
    event: Message | CallbackQuery,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
    version: int,
) -> Replies:
    await state.clear()
    return show(event, ui.draft(t, await routes.find(session, actor, today, version)))


@router.message(Says(RouteSteps.dates))
async def take_dates(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """From a day to a day, or the last day alone."""
    version = (await state.get_data())["version"]
    sheet = await routes.find(session, actor, today, version)
    span = parse_span(message.text or "", today)
    if span is None:
        raise AppError("error-route-span")
    first = span[0] or sheet.version.starts_on
    await routes.set_dates(session, actor, now, today, version, first, span[1])
    return await _draft(message, session, actor, state, t, today, version)


@router.message(Says(RouteSteps.file))
async def take_file(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """The file that goes with it."""
    version = (await state.get_data())["version"]
    sheet = await routes.find(session, actor, today, version)
    file = file_of(message)
    if file is None:
        return show(message, ui.ask_file(t, sheet))
    await routes.set_file(session, actor, now, today, version, file)
    return await _draft(message, session, actor, state, t, today, version)


@router.callback_query(RouteEdit.filter())
async def edit(
    query: CallbackQuery,
    callback_data: RouteEdit,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Look at a draft, change a part of it, send it, put it aside."""
    version = callback_data.version_id
    sheet = await routes.draft(session, actor, today, version)
    asking = {
        "goal": (RouteSteps.goal, ui.ask_goal(t, sheet.pupil.name)),
        "measures": (RouteSteps.measures, ui.ask_measures(t, routes.MEASURES_MAX)),
        "dates": (RouteSteps.dates, ui.ask_dates(t, sheet)),
        "file": (RouteSteps.file, ui.ask_file(t, sheet)),
    }
    if callback_data.what in asking:
        step, screen = asking[callback_data.what]
        await state.set_state(step)
        await state.set_data({"version": version})
        return show(query, screen)
    await state.clear()
    match callback_data.what:
        case "champion":
            staff = await routes.champions(session, actor, today, version)
            return show(query, ui.ask_champion(t, sheet, staff))
        case "send":
            return show(query, ui.send_ask(t, sheet))
        case "sure":
            to = await routes.send(session, actor, now, today, version, settings)
            return show(query, ui.sent(t, sheet, to))
        case "discard":
            await routes.discard(session, actor, now, today, version)
            return show(query, ui.discarded(t))
        case "nofile":
            await routes.set_file(session, actor, now, today, version, None)
    return await _draft(query, session, actor, state, t, today, version)


@router.callback_query(RouteChampion.filter())
async def choose_champion(
    query: CallbackQuery,
    callback_data: RouteChampion,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """Who answers for it."""
    version = callback_data.version_id
    await routes.set_champion(session, actor, now, today, version, callback_data.staff_id)
    return await _draft(query, session, actor, state, t, today, version)


# --- the staff look --------------------------------------------------------------------------------------


@router.callback_query(RouteOpen.filter())
async def open_route(
    query: CallbackQuery,
    callback_data: RouteOpen,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    today: date,
) -> Replies:
    """What was sent last, the answers, the weeks, the thread; or the file."""
    if callback_data.file:
        sheet = await routes.newest(session, actor, today, callback_data.pupil_id)
        if not sheet.version.file:
            raise NotFoundError
        return tell(query, ui.file_alone(t, sheet))
    return show(query, await _opened(session, actor, t, settings, today, callback_data.pupil_id))


async def _opened(
    session: Session, actor: Actor, t: Texts, settings: Settings, today: date, pupil_id: int
) -> Screen:
    return ui.opened(t, await routes.opened(session, actor, today, pupil_id), today, settings.school.zone)


@router.callback_query(RoutePaper.filter())
async def log_paper(
    query: CallbackQuery,
    callback_data: RoutePaper,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """A guardian agreed on paper: when?"""
    version, guardian = callback_data.version_id, callback_data.guardian_id
    sheet, place = await agreeing.to_log(session, actor, today, version, guardian)
    if callback_data.days_ago is None:
        await state.set_state(RouteSteps.paper)
        await state.set_data({"version": version, "guardian": guardian})
        return show(query, ui.ask_paper(t, sheet, place))
    if not 0 <= callback_data.days_ago <= 1:
        raise NotFoundError
    day = today - timedelta(days=callback_data.days_ago)
    await agreeing.log_paper(session, actor, now, today, version, guardian, day)
    await state.clear()
    toast = t("route-paper-logged")
    return show(query, await _opened(session, actor, t, settings, today, sheet.pupil.id), toast=toast)


@router.message(Says(RouteSteps.paper))
async def take_paper_day(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The day of the signature."""
    data = await state.get_data()
    version, guardian = data["version"], data["guardian"]
    sheet, _ = await agreeing.to_log(session, actor, today, version, guardian)
    day = parse_past_day(message.text or "", today)
    if day is None:
        raise AppError("error-past-day")
    await agreeing.log_paper(session, actor, now, today, version, guardian, day)
    await state.clear()
    return show(message, await _opened(session, actor, t, settings, today, sheet.pupil.id))


@router.callback_query(RouteTo.filter())
async def ask_to_guardian(
    query: CallbackQuery,
    callback_data: RouteTo,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """What shall the guardian be told?"""
    version, guardian = callback_data.version_id, callback_data.guardian_id
    sheet, place = await agreeing.to_write(session, actor, today, version, guardian)
    await state.set_state(RouteSteps.to_guardian)
    await state.set_data({"version": version, "guardian": guardian})
    return tell(query, ui.ask_to_guardian(t, sheet, place))


@router.message(Says(RouteSteps.to_guardian))
async def take_to_guardian(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Pass it on to the guardian."""
    data = await state.get_data()
    sheet, _ = await agreeing.to_write(session, actor, today, data["version"], data["guardian"])
    goes_at = await agreeing.write_to_guardian(
        session, actor, now, today, data["version"], data["guardian"], message.text, settings
    )
    await state.clear()
    return show(
        message, ui.written(t, sheet, held_until(t, "route-held", goes_at, now, settings.school.zone))
    )


# --- weeks and cycles ------------------------------------------------------------------------------------


@router.callback_query(RouteWeek.filter())
async def mark_week(
    query: CallbackQuery,
    callback_data: RouteWeek,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
    calendar: Calendar,
) -> Replies:
    """How did the week go?"""
    pupil = callback_data.pupil_id
    sheet = await routes.newest(session, actor, today, pupil)
    week = _week(callback_data.week) or progress.week_of(sheet, today, calendar)
    if callback_data.mark is None:
        return show(query, ui.ask_week(t, sheet, week))
    told = await progress.mark_week(session, actor, now, today, pupil, week, callback_data.mark)
    return show(query, ui.week_marked(t, sheet, told))


def _week(ordinal: int) -> date | None:
    """A week's Monday out of a button; None where it says none, or none that there is."""
    return date.fromordinal(ordinal) if 0 < ordinal <= date.max.toordinal() else None


@router.callback_query(RouteWords.filter())
async def ask_words(
    query: CallbackQuery,
    callback_data: RouteWords,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """Wait for words to a week's mark."""
    await routes.newest(session, actor, today, callback_data.pupil_id)
    await state.set_state(RouteSteps.words)
    await state.set_data({"pupil": callback_data.pupil_id, "week": callback_data.week})
    return tell(query, ui.ask_words(t))


@router.message(Says(RouteSteps.words))
async def take_words(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """Words to a week's mark."""
    data = await state.get_data()
    week = _week(data["week"]) or today
    sheet = await routes.newest(session, actor, today, data["pupil"])
    told = await progress.mark_week(session, actor, now, today, data["pupil"], week, None, message.text)
    await state.clear()
    return show(message, ui.week_marked(t, sheet, told))


@router.callback_query(RouteCycle.filter())
async def close_cycle(
    query: CallbackQuery,
    callback_data: RouteCycle,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """What did it come to? Does it go on?"""
    version = callback_data.version_id
    sheet = await progress.to_finish(session, actor, today, version)
    result, go_on = callback_data.result, callback_data.go_on
    if result is None:
        found = await routes.opened(session, actor, today, sheet.pupil.id)
        return show(query, ui.ask_cycle(t, sheet, found.progress))
    if go_on is None:
        return show(query, ui.ask_go_on(t, sheet, result))
    draft = await progress.finish(session, actor, now, today, version, result, settings, go_on=go_on)
    if draft is None:
        return show(query, ui.ended(t, sheet))
    return show(query, ui.draft(t, await routes.find(session, actor, today, draft.id)))
