"""The menu, help, and leaving a flow."""

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.features import declarations, events, findings, notes
from bot.features.activities import reporting
from bot.features.documents import shelves
from bot.features.feedback import answering
from bot.features.notes.writing import WRITERS
from bot.features.risk import register
from bot.features.surveys import answering as surveys
from bot.filters import Go
from bot.programme.calendar import Calendar
from bot.texts import Texts
from bot.ui import accounts as ui
from bot.ui.accounts import STAFF
from bot.ui.screen import Event, Replies, Screen, show

router = Router()


async def main_menu(
    session: Session, actor: Actor, t: Texts, calendar: Calendar, now: datetime, today: date
) -> Screen:
    """The buttons of the actor's roles with what waits behind them."""
    counts = {"surveys": await surveys.open_for(session, actor, now)}
    counts["events"] = await events.unanswered(session, actor, now, today)
    if actor.is_one_of(Role.GUARDIAN):
        counts["children"] = await notes.unread(session, actor, today)
    if actor.is_one_of(*WRITERS):
        counts["notes"] = await notes.unanswered(session, actor)
    if actor.is_one_of(*STAFF):
        counts["tickets"] = await answering.waiting(session, actor)
        counts["findings"] = await findings.waiting(session, actor)
    if actor.is_one_of(*register.STAFF):
        counts["risk"] = await register.waiting(session, actor, today, calendar)
    if actor.is_one_of(Role.TEACHER):
        counts["declare"] = int(await declarations.missing(session, actor, today))
    if actor.is_one_of(Role.ADMIN, Role.TEACHER):
        counts["documents"] = await shelves.to_do(session, actor)
    if actor.is_one_of(Role.RESPONSIBLE):
        counts["tasks"] = await reporting.tasks_waiting(session, actor, today)
    if actor.is_one_of(Role.ADMIN):
        counts["activities"] = sum(await reporting.waiting(session, actor))
    return ui.menu(t, actor.roles, counts)


@router.message(Command("menu"))
@router.callback_query(Go("menu"))
async def open_menu(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    calendar: Calendar,
    now: datetime,
    today: date,
) -> Replies:
    """Leave whatever is going on and show the menu."""
    if actor.person_id is None:
        return show(event, Screen(t("start-guest", school=settings.school.name)))
    await state.clear()
    replies = show(event, await main_menu(session, actor, t, calendar, now, today))
    if isinstance(event, Message):
        # Roles may have changed since: the commands that Telegram shows follow.
        replies.append(ui.set_commands(t, actor.telegram_id, actor.roles))
    return replies


@router.message(Command("cancel"))
@router.callback_query(Go("cancel"))
async def cancel(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    calendar: Calendar,
    now: datetime,
    today: date,
) -> Replies:
    """Leave the current flow."""
    # Under a button there was something to leave, though the first steps of a flow keep no state.
    nothing = "cancelled-nothing" if isinstance(event, Message) else "cancelled-step"
    said = t("cancelled" if raw_state else nothing)
    if actor.person_id is None:
        return show(event, Screen(said))
    await state.clear()
    menu = await main_menu(session, actor, t, calendar, now, today)
    return show(event, Screen(f"{said}\n\n{menu.text}", menu.keyboard))


@router.message(Command("help"))
async def show_help(event: Event, actor: Actor, t: Texts) -> Replies:
    """What the bot does for this person."""
    return show(event, ui.help_for(t, actor.roles))
