"""/findings: what was heard, who does something about it, and what has changed."""

from datetime import date, datetime, timedelta
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.errors import NotFoundError
from bot.features import findings
from bot.features.accounts import require
from bot.features.feedback.answering import STAFF
from bot.features.findings import Heard
from bot.filters import Go, RoleIs, Says
from bot.texts import Texts
from bot.ui import findings as ui
from bot.ui.findings import FindingCard, FindingDue, Findings, FindingSave, FindingStart, FindingWho
from bot.ui.moments import parse_day
from bot.ui.screen import Event, Replies, alert, show, tell

router = Router()


class FindingSteps(StatesGroup):
    """A finding: what was heard, who, by when, a look at it; what has changed."""

    text = State()
    who = State()
    due = State()
    preview = State()
    change = State()


@router.message(Command("findings"), RoleIs(*STAFF))
@router.callback_query(Go("findings"))
async def listing(
    event: Event, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """One's own findings; all for an admin."""
    found = await findings.findings(session, actor)
    await state.clear()
    return show(event, ui.findings(t, found, 0, today))


@router.callback_query(Findings.filter())
async def turn_page(
    query: CallbackQuery, callback_data: Findings, session: Session, actor: Actor, t: Texts, today: date
) -> Replies:
    """Another page."""
    found = await findings.findings(session, actor)
    return show(query, ui.findings(t, found, callback_data.page, today))


@router.callback_query(FindingStart.filter())
async def start(
    query: CallbackQuery,
    callback_data: FindingStart,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """What was heard?"""
    await findings.check_heard(session, actor, today, callback_data.heard)
    await state.set_state(FindingSteps.text)
    await state.set_data({"survey": callback_data.survey_id, "ticket": callback_data.ticket})
    return tell(query, ui.ask_text(t, findings.TEXT_MAX))


@router.message(Says(FindingSteps.text))
async def type_text(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """Who does something about it?"""
    staff = await findings.colleagues(session, actor, today)
    await state.update_data(text=findings.clean(message.text))
    await state.set_state(FindingSteps.who)
    return show(message, ui.ask_who(t, staff))


@router.callback_query(FindingWho.filter())
async def choose_who(
    query: CallbackQuery,
    callback_data: FindingWho,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    today: date,
) -> Replies:
    """By when?"""
    staff = await findings.colleagues(session, actor, today)
    name = next((each.name for each in staff if each.staff_id == callback_data.staff_id), None)
    if name is None:
        raise NotFoundError
    if raw_state not in {step.state for step in (FindingSteps.who, FindingSteps.due, FindingSteps.preview)}:
        return alert(query, t("old-button"))
    await state.update_data(staff=callback_data.staff_id, name=name)
    await state.set_state(FindingSteps.due)
    return show(query, ui.ask_due(t))


@router.callback_query(FindingDue.filter())
async def choose_due(
    query: CallbackQuery,
    callback_data: FindingDue,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    today: date,
) -> Replies:
    """A look at all of it."""
    require(actor, Role.ADMIN)
    if raw_state not in {FindingSteps.due.state, FindingSteps.preview.state}:
        return alert(query, t("old-button"))
    return await _preview(query, state, t, today, today + timedelta(days=callback_data.days))


@router.message(Says(FindingSteps.due))
async def type_due(message: Message, actor: Actor, state: FSMContext, t: Texts, today: date) -> Replies:
    """A day that is typed."""
    require(actor, Role.ADMIN)
    return await _preview(message, state, t, today, parse_day(message.text or "", today))


async def _preview(event: Event, state: FSMContext, t: Texts, today: date, day: date | None) -> Replies:
    due_on = findings.check_due(day, today)
    data = await state.update_data(due=due_on.isoformat())
    await state.set_state(FindingSteps.preview)
    return show(event, ui.preview(t, data["text"], data["name"], due_on, today))


@router.callback_query(FindingSave.filter())
async def save(
    query: CallbackQuery,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Give it to who is to do it."""
    require(actor, Role.ADMIN)
    if raw_state != FindingSteps.preview.state:
        return alert(query, t("old-button"))
    data: dict[str, Any] = await state.get_data()
    heard = Heard(data["survey"] or None, data["ticket"] or None)
    due_on = date.fromisoformat(data["due"])
    row = await findings.add(session, actor, settings, now, today, heard, data["text"], data["staff"], due_on)
    await state.clear()
    return show(query, ui.card(t, row, today, admin=True))


@router.callback_query(FindingCard.filter())
async def use_card(
    query: CallbackQuery,
    callback_data: FindingCard,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """One finding: look, say what has changed, tell those who were asked."""
    finding_id = callback_data.finding_id
    toast = None
    match callback_data.action:
        case "finish":
            row = await findings.to_finish(session, actor, finding_id)
            await state.set_state(FindingSteps.change)
            await state.set_data({"finding": finding_id})
            return tell(query, ui.ask_change(t, row, findings.CHANGE_MAX))
        case "tell":
            number = await findings.tell(session, actor, settings, now, today, finding_id)
            toast = t("finding-told", number=number)
    row = await findings.find(session, actor, finding_id)
    return show(query, ui.card(t, row, today, admin=actor.is_one_of(Role.ADMIN)), toast=toast)


@router.message(Says(FindingSteps.change))
async def type_change(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """What has changed."""
    finding_id = (await state.get_data())["finding"]
    row = await findings.finish(session, actor, settings, now, today, finding_id, message.text)
    await state.clear()
    return show(message, ui.card(t, row, today, admin=actor.is_one_of(Role.ADMIN)))
