"""Who came: for the organiser of an event and for admins, once it has begun."""

import re
from datetime import date, datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.db.access import Actor
from bot.db.base import Session
from bot.errors import AppError
from bot.features.events import attendance
from bot.filters import Says
from bot.texts import Texts
from bot.ui.events import EventBoard
from bot.ui.events import attendance as ui
from bot.ui.events.attendance import EventAll, EventHeld, EventList, EventMark
from bot.ui.screen import Replies, show

router = Router()


class AttendanceSteps(StatesGroup):
    """Waiting for how many came in all."""

    headcount = State()


@router.callback_query(EventBoard.filter())
async def board(
    query: CallbackQuery,
    callback_data: EventBoard,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """How many have been marked, and the ways to mark."""
    found = await attendance.board(session, actor, now, today, callback_data.event_id)
    await state.clear()
    return show(query, ui.board(t, found))


@router.callback_query(EventList.filter())
async def people(
    query: CallbackQuery,
    callback_data: EventList,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """A page of those who may have come."""
    event_id, group, page = callback_data.event_id, callback_data.group, callback_data.page
    found = await attendance.people(session, actor, now, today, event_id, group, page)
    return show(query, ui.people(t, found))


@router.callback_query(EventMark.filter())
async def mark(
    query: CallbackQuery,
    callback_data: EventMark,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """Somebody came, or did not."""
    event_id, group = callback_data.event_id, callback_data.group
    await attendance.mark(
        session,
        actor,
        now,
        today,
        event_id,
        callback_data.who,
        callback_data.id,
        came=callback_data.came,
    )
    found = await attendance.people(session, actor, now, today, event_id, group, callback_data.page)
    return show(query, ui.people(t, found))


@router.callback_query(EventAll.filter())
async def all_came(
    query: CallbackQuery,
    callback_data: EventAll,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """Everybody who signed up came."""
    await attendance.mark_signed(session, actor, now, today, callback_data.event_id)
    found = await attendance.board(session, actor, now, today, callback_data.event_id)
    return show(query, ui.board(t, found), toast=t("event-all-came-toast"))


@router.callback_query(EventHeld.filter())
async def held(
    query: CallbackQuery,
    callback_data: EventHeld,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """It took place: ask how many came, or note it."""
    event_id, number = callback_data.event_id, callback_data.people
    if number == 0:
        found = await attendance.board(session, actor, now, today, event_id)
        await state.set_state(AttendanceSteps.headcount)
        await state.set_data({"event": event_id})
        return show(query, ui.ask_headcount(t, found))
    await attendance.confirm(session, actor, now, event_id, number)
    await state.clear()
    return show(query, ui.held(t, event_id, number))


@router.message(Says(AttendanceSteps.headcount))
async def take_headcount(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, now: datetime, today: date
) -> Replies:
    """The number typed."""
    event_id = (await state.get_data())["event"]
    await attendance.board(session, actor, now, today, event_id)
    typed = (message.text or "").strip()
    if not re.fullmatch(r"\d{1,5}", typed):
        raise AppError("error-event-headcount", max=attendance.HEADCOUNT_MAX)
    await attendance.confirm(session, actor, now, event_id, int(typed))
    await state.clear()
    return show(message, ui.held(t, event_id, int(typed)))
