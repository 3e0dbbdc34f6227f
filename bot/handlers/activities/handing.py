"""Whose it is: "not mine", what nobody is reminded of, giving it to somebody else."""

from datetime import date, datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.errors import NotFoundError
from bot.features import accounts, activities
from bot.features.activities import reassigning, reporting
from bot.filters import Says
from bot.handlers.activities import ActivitySteps
from bot.programme.model import Programme
from bot.texts import Texts
from bot.ui.activities import ActivityNobody, PartGive, PartPick, PartTo, doing
from bot.ui.activities import directing as ui
from bot.ui.screen import Replies, show, tell

router = Router()


@router.message(Says(ActivitySteps.refusal))
async def decline(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """It is not theirs, for the reason typed."""
    id_ = (await state.get_data())["assignment"]
    part = await reassigning.decline(session, actor, now, today, programme, settings, id_, message.text)
    await state.clear()
    return show(message, doing.declined(t, programme, part, admin=actor.is_one_of(Role.ADMIN)))


@router.callback_query(ActivityNobody.filter())
async def show_nobodys(
    query: CallbackQuery, session: Session, actor: Actor, t: Texts, programme: Programme, today: date
) -> Replies:
    """What nobody is reminded of."""
    found = await activities.nobodys(session, actor, today)
    return show(query, ui.nobodys(t, programme, found, today))


@router.callback_query(PartPick.filter())
async def pick_part(
    query: CallbackQuery,
    callback_data: PartPick,
    session: Session,
    actor: Actor,
    t: Texts,
    programme: Programme,
    today: date,
) -> Replies:
    """Whose part of an occurrence?"""
    stage = await reporting.stage(session, actor, today, callback_data.occurrence_id)
    return show(query, ui.parts(t, programme, stage, callback_data.page, today))


@router.callback_query(PartGive.filter())
async def pick_staff(
    query: CallbackQuery,
    callback_data: PartGive,
    session: Session,
    actor: Actor,
    t: Texts,
    programme: Programme,
    now: datetime,
    today: date,
) -> Replies:
    """To whom?"""
    staff = await accounts.staff_list(session, actor, now, today)
    part = (await reporting.task(session, actor, callback_data.assignment_id)).part
    if not part.unfinished:
        return tell(query, doing.reported_already(t))
    return show(query, ui.give(t, programme, part, staff, callback_data.page))


@router.callback_query(PartTo.filter())
async def give(
    query: CallbackQuery,
    callback_data: PartTo,
    session: Session,
    actor: Actor,
    t: Texts,
    programme: Programme,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Only this time, or from now on? Then it is theirs."""
    staff = await accounts.staff_list(session, actor, now, today)
    to = next((row for row in staff if row.id == callback_data.staff_id), None)
    found = await reporting.task(session, actor, callback_data.assignment_id)
    if to is None:
        raise NotFoundError
    if callback_data.scope == "ask":
        return show(query, ui.give_when(t, programme, found.part, to))
    onward = callback_data.scope == "on"
    id_ = found.part.id
    await reassigning.give(session, actor, now, today, programme, settings, id_, to.id, onward=onward)
    found = await reporting.task(session, actor, id_)
    own = found.part.staff_id == actor.staff_id
    screen = doing.task(t, programme, found, today, settings.school.zone, own=own, admin=True)
    return show(query, screen, toast=t("activity-given", name=to.name))
