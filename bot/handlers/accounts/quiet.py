"""/quiet: quiet hours, and how messages of each topic come."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.errors import AppError
from bot.features.accounts import quiet
from bot.filters import Go, Says
from bot.texts import Texts
from bot.ui import quiet as ui
from bot.ui.moments import parse_hours
from bot.ui.quiet import HOURS, QuietHours, QuietTopic, QuietTyped
from bot.ui.screen import Event, Replies, Screen, show

router = Router()


class QuietSteps(StatesGroup):
    """Typing quiet hours of one's own."""

    hours = State()


@router.message(Command("quiet"))
@router.callback_query(Go("quiet"))
async def open_quiet(
    event: Event, session: Session, actor: Actor, state: FSMContext, t: Texts, settings: Settings
) -> Replies:
    """What holds now, and what can be chosen."""
    if actor.person_id is None:
        return show(event, Screen(t("start-guest", school=settings.school.name)))
    await state.clear()
    holds = await quiet.look(session, actor, settings)
    return show(event, ui.quiet(t, holds, settings.delivery.digest_at))


@router.callback_query(QuietHours.filter())
async def choose_hours(
    query: CallbackQuery,
    callback_data: QuietHours,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """Hours by a button."""
    holds = await quiet.set_hours(session, actor, now, settings, HOURS[callback_data.ready])
    return show(query, ui.quiet(t, holds, settings.delivery.digest_at), toast=t("quiet-saved"))


@router.callback_query(QuietTyped.filter())
async def ask_hours(
    query: CallbackQuery, session: Session, actor: Actor, state: FSMContext, t: Texts, settings: Settings
) -> Replies:
    """Ask for hours of one's own."""
    await quiet.look(session, actor, settings)  # refuses a guest
    await state.clear()
    await state.set_state(QuietSteps.hours)
    return show(query, ui.ask(t))


@router.message(Says(QuietSteps.hours))
async def type_hours(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """Hours as typed."""
    hours = parse_hours(message.text or "")
    if hours is None:
        raise AppError("error-hours")
    holds = await quiet.set_hours(session, actor, now, settings, hours)
    await state.clear()
    return show(message, ui.quiet(t, holds, settings.delivery.digest_at))


@router.callback_query(QuietTopic.filter())
async def choose_manner(
    query: CallbackQuery,
    callback_data: QuietTopic,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """How messages of a topic come."""
    topic, manner = callback_data.topic, callback_data.manner
    holds = await quiet.set_manner(session, actor, now, settings, topic, manner)
    return show(query, ui.quiet(t, holds, settings.delivery.digest_at), toast=t("quiet-saved"))
