"""Learning routes before the guardians: looked at, agreed to, talked about."""

from datetime import date, datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.db.risk.routes import AnswerKind
from bot.features.risk import agreeing, routes
from bot.features.risk.agreeing import OldVersionError
from bot.features.risk.routes import OwnRoute
from bot.filters import Says
from bot.texts import Texts
from bot.ui.notes import held_until
from bot.ui.risk import agreeing as ui
from bot.ui.risk.agreeing import RouteOwn
from bot.ui.screen import Replies, Screen, show, tell

router = Router()


class AgreeSteps(StatesGroup):
    """What a guardian is typing."""

    discuss = State()
    reason = State()


ANSWERS = {"agree": AnswerKind.AGREED, "discuss": AnswerKind.DISCUSS, "refuse": AnswerKind.REFUSED}


@router.callback_query(RouteOwn.filter())
async def use_own(
    query: CallbackQuery,
    callback_data: RouteOwn,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Open one's child's route, agree to it, ask to talk about it, refuse it, write about it.

    Under an earlier version: nothing is stored, and the present one is shown.
    """
    version, action = callback_data.version_id, callback_data.action
    if action == "write":
        own = await routes.own_route(session, actor, today, version)
        return await _ask(query, state, AgreeSteps.discuss, version, ui.ask_discuss(t, own))
    if action == "open":
        own = await routes.own_route(session, actor, today, version)
        await routes.mark_seen(session, now, own)
        return tell(query, await _own(session, t, settings, own, with_file=True))
    try:
        own = await agreeing.to_answer(session, actor, today, version)
    except OldVersionError:
        own = await routes.own_route(session, actor, today, version)
        await routes.mark_seen(session, now, own)
        return tell(query, await _own(session, t, settings, own, old=True, with_file=True))
    if action == "refuse":
        return await _ask(query, state, AgreeSteps.reason, version, ui.ask_reason(t, own))
    own, fresh = await agreeing.say(session, actor, now, today, version, ANSWERS[action], settings)
    if action == "discuss":
        return await _ask(query, state, AgreeSteps.discuss, version, ui.ask_discuss(t, own))
    toast = t("route-agreed-thanks" if fresh else "route-agreed-already")
    return show(query, await _own(session, t, settings, own), toast=toast)


async def _ask(query: CallbackQuery, state: FSMContext, step: State, version: int, screen: Screen) -> Replies:
    await state.set_state(step)
    await state.set_data({"version": version})
    return tell(query, screen)


async def _own(
    session: Session,
    t: Texts,
    settings: Settings,
    own: OwnRoute,
    *,
    old: bool = False,
    with_file: bool = False,
) -> Screen:
    thread = await agreeing.own_thread(session, own)
    return ui.own_route(t, own, thread, settings.school.zone, old=old, with_file=with_file)


@router.message(Says(AgreeSteps.discuss))
async def take_message(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Pass it on to whoever answers for the route."""
    version = (await state.get_data())["version"]
    own, goes_at = await agreeing.write_to_school(session, actor, now, today, version, message.text, settings)
    await state.clear()
    later = held_until(t, "route-held-school", goes_at or now, now, settings.school.zone)
    return show(message, ui.passed_on(t, own, later))


@router.message(Says(AgreeSteps.reason))
async def take_reason(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Why the guardian does not agree."""
    version = (await state.get_data())["version"]
    try:
        own, _ = await agreeing.say(
            session, actor, now, today, version, AnswerKind.REFUSED, settings, message.text
        )
    except OldVersionError:  # it was changed while they were typing
        own = await routes.own_route(session, actor, today, version)
        await state.clear()
        return show(message, await _own(session, t, settings, own, old=True))
    await state.clear()
    return show(message, ui.passed_on(t, own, None))
