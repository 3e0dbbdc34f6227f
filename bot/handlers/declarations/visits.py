"""Visits to lessons: noting one down by a draft in the conversation, the list, taking one back."""

from datetime import date, datetime, timedelta
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.declarations import Practice
from bot.errors import AppError
from bot.features.accounts import require
from bot.features.declarations import visits
from bot.features.outbox import clean_text
from bot.filters import Says
from bot.texts import Texts
from bot.ui.declarations import VisitNew, VisitsAt
from bot.ui.declarations import visits as ui
from bot.ui.declarations.visits import DAYS, VisitCard, VisitDay, VisitSave, VisitTick
from bot.ui.moments import parse_past_day
from bot.ui.screen import Event, Replies, alert, show

router = Router()


class VisitSteps(StatesGroup):
    """What was seen, with a few words typed; which day it was."""

    seen = State()
    day = State()


@router.callback_query(VisitsAt.filter())
async def page(
    query: CallbackQuery, callback_data: VisitsAt, session: Session, actor: Actor, t: Texts, today: date
) -> Replies:
    """The visits: for a teacher those to their own lessons."""
    found = await visits.page(session, actor, callback_data.page)
    return show(query, ui.page(t, found, today, is_admin=actor.is_one_of(Role.ADMIN)))


@router.callback_query(VisitNew.filter())
async def start(
    query: CallbackQuery,
    callback_data: VisitNew,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """Whose lesson? In which class? Then what was seen."""
    staff_id, class_id = callback_data.staff_id, callback_data.class_id
    if not staff_id:
        return show(query, ui.ask_teacher(t, await visits.teachers(session, actor, today)))
    if not class_id:
        return show(query, ui.ask_class(t, staff_id, await visits.classes(session, actor, today, staff_id)))
    data = {
        "draft": query.message.message_id if query.message else 0,
        "staff": staff_id,
        "class": class_id,
        "day": today.isoformat(),
        "seen": [],
        "text": "",
    }
    return await _draft(query, session, actor, state, t, today, data)


@router.callback_query(VisitTick.filter())
async def tick(
    query: CallbackQuery,
    callback_data: VisitTick,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """It was seen, or it was not."""
    data = await _data(actor, state, callback_data.draft)
    if data is None:
        return alert(query, t("visit-gone"))
    data["seen"] = sorted({*data["seen"]} ^ {callback_data.practice.value})
    return await _draft(query, session, actor, state, t, today, data)


@router.message(Says(VisitSteps.seen))
async def type_words(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """A few words on the lesson, in the place of those before."""
    require(actor, Role.ADMIN)
    data = await state.get_data()
    data["text"] = clean_text(message.text, visits.TEXT_MAX)
    return await _draft(message, session, actor, state, t, today, data)


@router.callback_query(VisitDay.filter())
async def choose_day(
    query: CallbackQuery,
    callback_data: VisitDay,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """Another day: one of the last by a button, any other typed."""
    data = await _data(actor, state, callback_data.draft)
    if data is None or callback_data.back >= len(DAYS):
        return alert(query, t("visit-gone"))
    if callback_data.back < 0:
        await state.set_state(VisitSteps.day)
        return show(query, ui.ask_day(t, data["draft"]))
    day = today - timedelta(days=callback_data.back)
    data["day"] = visits.check_day(day, today).isoformat()
    return await _draft(query, session, actor, state, t, today, data)


@router.message(Says(VisitSteps.day))
async def type_day(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """A day in words: the last such day."""
    require(actor, Role.ADMIN)
    day = parse_past_day(message.text or "", today)
    if day is None:
        raise AppError("error-document-day")
    data = await state.get_data()
    data["day"] = visits.check_day(day, today).isoformat()
    return await _draft(message, session, actor, state, t, today, data)


@router.callback_query(VisitSave.filter())
async def save(
    query: CallbackQuery,
    callback_data: VisitSave,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Note it down."""
    data = await _data(actor, state, callback_data.draft)
    if data is None:
        return alert(query, t("visit-gone"))
    row = await visits.log(
        session,
        settings,
        actor,
        now,
        today,
        staff_id=data["staff"],
        class_id=data["class"],
        on_date=date.fromisoformat(data["day"]),
        practices=[Practice(each) for each in data["seen"]],
        text=data["text"],
    )
    await state.clear()
    return show(query, ui.logged(t, row))


@router.callback_query(VisitCard.filter())
async def card(
    query: CallbackQuery,
    callback_data: VisitCard,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """One visit; taken back where it was a mistake."""
    is_admin = actor.is_one_of(Role.ADMIN)
    if callback_data.action == "withdraw":
        await visits.withdraw(session, actor, now, today, callback_data.visit_id)
        found = await visits.page(session, actor, 0)
        return show(query, ui.page(t, found, today, is_admin=is_admin), toast=t("visit-withdrawn"))
    asking = callback_data.action == "ask"
    if asking:
        require(actor, Role.ADMIN)
    row = await visits.find(session, actor, callback_data.visit_id)
    return show(query, ui.card(t, row, today, is_admin=is_admin, asking=asking))


# --- the draft -------------------------------------------------------------------------------------------


async def _data(actor: Actor, state: FSMContext, draft: int) -> dict[str, Any] | None:
    """The draft in the conversation; None for the button of another one, or of one that is noted down."""
    require(actor, Role.ADMIN)
    steps = {step.state for step in VisitSteps.__all_states__}
    data = await state.get_data()
    return data if await state.get_state() in steps and data.get("draft") == draft else None


async def _draft(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
    data: dict[str, Any],
) -> Replies:
    """What was seen, as the draft has it."""
    teacher, school_class = await visits.lesson(session, actor, today, data["staff"], data["class"])
    await state.set_state(VisitSteps.seen)
    await state.set_data(data)
    day, seen = date.fromisoformat(data["day"]), {Practice(each) for each in data["seen"]}
    screen = ui.draft(t, data["draft"], teacher.name, school_class.name, day, seen, data["text"], today)
    return show(event, screen)
