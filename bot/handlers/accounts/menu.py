"""The menu, help, language, privacy, and leaving a flow."""

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.features import accounts, events, notes, privacy
from bot.features.activities import reporting
from bot.features.feedback import answering
from bot.features.notes.writing import WRITERS
from bot.features.risk import register
from bot.features.surveys import answering as surveys
from bot.filters import Go
from bot.texts import Texts, texts
from bot.ui import accounts as ui
from bot.ui.accounts import STAFF, Language, Leave
from bot.ui.screen import Event, Replies, Screen, go, keyboard, show

router = Router()


async def main_menu(session: Session, actor: Actor, t: Texts, now: datetime, today: date) -> Screen:
    """The buttons of the actor's roles with what waits behind them."""
    counts = {"surveys": await surveys.open_for(session, actor, now)}
    counts["events"] = await events.unanswered(session, actor, now, today)
    if actor.is_one_of(Role.GUARDIAN):
        counts["children"] = await notes.unread(session, actor, today)
    if actor.is_one_of(*WRITERS):
        counts["notes"] = await notes.unanswered(session, actor)
    if actor.is_one_of(*STAFF):
        counts["tickets"] = await answering.waiting(session, actor)
    if actor.is_one_of(*register.STAFF):
        counts["risk"] = await register.waiting(session, actor, today)
    if actor.is_one_of(Role.RESPONSIBLE):
        counts["tasks"] = await reporting.tasks_waiting(session, actor, today)
    if actor.is_one_of(Role.ADMIN):
        counts["activities"] = await reporting.reports_waiting(session, actor)
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
    now: datetime,
    today: date,
) -> Replies:
    """Leave whatever is going on and show the menu."""
    if actor.person_id is None:
        return show(event, Screen(t("start-guest", school=settings.school.name)))
    await state.clear()
    replies = show(event, await main_menu(session, actor, t, now, today))
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
    menu = await main_menu(session, actor, t, now, today)
    return show(event, Screen(f"{said}\n\n{menu.text}", menu.keyboard))


@router.message(Command("help"))
async def show_help(event: Event, actor: Actor, t: Texts) -> Replies:
    """What the bot does for this person."""
    return show(event, ui.help_for(t, actor.roles))


@router.message(Command("language"))
async def ask_language(event: Event, actor: Actor, t: Texts) -> Replies:
    """Offer the languages; a guest's cannot be remembered."""
    if actor.person_id is None:
        return show(event, Screen(t("language-guest")))
    return show(event, ui.languages(t))


@router.callback_query(Language.filter())
async def set_language(
    query: CallbackQuery, callback_data: Language, session: Session, actor: Actor
) -> Replies:
    """Remember the choice and give the commands in that language."""
    t = texts(callback_data.language)
    await accounts.set_language(session, actor, t.language)
    return [
        *show(query, Screen(t("language-set"), keyboard([go(t, "menu")]))),
        ui.set_commands(t, actor.telegram_id, actor.roles),
    ]


@router.message(Command("privacy"))
async def show_privacy(event: Event, actor: Actor, t: Texts, settings: Settings) -> Replies:
    """The notice, and the way out for whoever is in."""
    if actor.person_id is None:
        return show(event, Screen(t("notice", school=settings.school.name)))
    return show(event, ui.privacy(t, settings.school.name))


@router.callback_query(Leave.filter())
async def leave(
    query: CallbackQuery,
    callback_data: Leave,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Withdraw consent and erase, after the question."""
    if not callback_data.sure:
        return show(query, ui.leave_ask(t))
    await state.clear()
    await privacy.erase(session, actor, now, today, settings)
    return [*show(query, Screen(t("privacy-left"))), ui.no_commands(actor.telegram_id)]
