"""/staff: who works here, who has come, fresh codes, leaving."""

from datetime import date, datetime

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.errors import NotFoundError
from bot.features import accounts, roster
from bot.features.accounts import teaching
from bot.filters import Go, RoleIs
from bot.handlers.accounts.invite import deep_link, picture
from bot.texts import Texts
from bot.ui import invite as ui
from bot.ui.invite import StaffCard, StaffClass
from bot.ui.screen import Event, Replies, Screen, show

router = Router()


@router.message(Command("staff"), RoleIs(Role.ADMIN))
@router.callback_query(Go("staff"))
async def staff_list(
    event: Event, session: Session, actor: Actor, t: Texts, now: datetime, today: date
) -> Replies:
    """Everybody on the staff."""
    return show(event, ui.staff_list(t, await accounts.staff_list(session, actor, now, today)))


@router.callback_query(StaffCard.filter())
async def staff_card(
    query: CallbackQuery,
    callback_data: StaffCard,
    session: Session,
    actor: Actor,
    t: Texts,
    bot: Bot,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """One member of staff: look, invite again, withdraw the code, end."""
    staff = await accounts.staff_list(session, actor, now, today)
    staff_id = callback_data.staff_id
    row = next((row for row in staff if row.id == staff_id), None)
    if row is None:
        raise NotFoundError
    match callback_data.action:
        case "invite":
            days = settings.invitations.valid_days
            code = await accounts.invite_again(session, actor, now, staff_id, days)
            link = await deep_link(bot, code)
            return [query.answer(), await picture(query, link, ui.staff_ready(t, row.name, link, days))]
        case "withdraw":
            await accounts.withdraw_staff_invitation(session, actor, now, staff_id)
            staff = await accounts.staff_list(session, actor, now, today)
            return show(query, ui.staff_list(t, staff), toast=t("staff-withdrawn"))
        case "classes":
            return show(query, await _classes(session, actor, t, today, staff_id))
        case "dismiss":
            return show(query, ui.dismiss_ask(t, row))
        case "dismissed":
            await accounts.dismiss(session, actor, now, today, staff_id)
            staff = await accounts.staff_list(session, actor, now, today)
            return show(query, ui.staff_list(t, staff), toast=t("staff-dismissed", name=row.name))
        case _:
            return show(query, ui.staff_card(t, row, own=staff_id == actor.staff_id))


@router.callback_query(StaffClass.filter())
async def turn_class(
    query: CallbackQuery,
    callback_data: StaffClass,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """A class that they teach, lead, or have no more."""
    staff_id = callback_data.staff_id
    await teaching.turn_class(session, actor, now, today, staff_id, callback_data.class_id)
    return show(query, await _classes(session, actor, t, today, staff_id))


async def _classes(session: Session, actor: Actor, t: Texts, today: date, staff_id: int) -> Screen:
    staff, places = await teaching.classes_of(session, actor, today, staff_id)
    taught = {place.class_id for place in places}
    led = {place.class_id for place in places if place.leads}
    return ui.teaching(t, staff, await roster.classes(session, actor), taught, led)
