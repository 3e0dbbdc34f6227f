"""Declaring what one uses; for an admin: who has declared."""

from collections.abc import Collection
from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.declarations import Practice
from bot.features import declarations
from bot.features.declarations import visits
from bot.filters import Go, RoleIs
from bot.texts import Texts
from bot.ui import declarations as ui
from bot.ui.declarations import DeclareForm, DeclareSave, DeclareTick, DeclareWho
from bot.ui.screen import Event, Replies, show

router = Router()


@router.message(Command("declare"), RoleIs(Role.ADMIN, Role.TEACHER))
@router.callback_query(Go("declare"))
async def home(
    event: Event, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """Who has declared, for an admin; else one's own declaration."""
    if not actor.is_one_of(Role.ADMIN):
        replies = await _form(event, session, actor, t, today)
        await state.clear()
        return replies
    found = await declarations.overview(session, actor, today)
    await state.clear()
    return show(event, ui.overview(t, found, teaches=await declarations.teaches(session, actor, today)))


@router.callback_query(DeclareForm.filter())
async def form(query: CallbackQuery, session: Session, actor: Actor, t: Texts, today: date) -> Replies:
    """One's own declaration."""
    return await _form(query, session, actor, t, today)


@router.callback_query(DeclareTick.filter())
async def tick(
    query: CallbackQuery,
    callback_data: DeclareTick,
    session: Session,
    actor: Actor,
    t: Texts,
    today: date,
) -> Replies:
    """Something is used, or is not: nothing is kept before it is declared."""
    ticked = ui.practices_in(callback_data.mask) ^ {callback_data.practice}
    declarations.present(today, callback_data.quarter)
    return await _form(query, session, actor, t, today, ticked)


async def _form(
    event: Event,
    session: Session,
    actor: Actor,
    t: Texts,
    today: date,
    ticked: Collection[Practice] | None = None,
) -> Replies:
    """The form as it is ticked, or as it was declared."""
    found = await declarations.form(session, actor, today)
    count = await visits.count(session, actor)
    ticks = found.practices if ticked is None else ticked
    return show(event, ui.form(t, found, ticks, count, is_admin=actor.is_one_of(Role.ADMIN)))


@router.callback_query(DeclareSave.filter())
async def save(
    query: CallbackQuery,
    callback_data: DeclareSave,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """Declare what is ticked."""
    practices = ui.practices_in(callback_data.mask)
    declarations.present(today, callback_data.quarter)
    await declarations.declare(session, actor, now, today, practices)
    return show(query, ui.saved(t, practices, is_admin=actor.is_one_of(Role.ADMIN)))


@router.callback_query(DeclareWho.filter())
async def who(
    query: CallbackQuery, callback_data: DeclareWho, session: Session, actor: Actor, t: Texts, today: date
) -> Replies:
    """Who declared a practice; who has declared nothing yet."""
    found = await declarations.overview(session, actor, today)
    return show(query, ui.who(t, found, callback_data.practice))
