"""/activities: all of them, for the director."""

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.features import activities
from bot.features.activities import reporting
from bot.filters import Go, RoleIs, Says
from bot.handlers.activities import ActivitySteps
from bot.programme.model import Programme
from bot.texts import Texts
from bot.ui.activities import ActivityAccept, ActivityOpen, ActivityReports, ReportDo
from bot.ui.activities import directing as ui
from bot.ui.screen import Event, Replies, show, tell

router = Router()


@router.message(Command("activities"), RoleIs(Role.ADMIN))
@router.callback_query(Go("activities"))
async def show_activities(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    today: date,
) -> Replies:
    """All activities in one message."""
    found = await reporting.overview(session, actor, programme, today)
    absent = await activities.unassigned(session, today)
    waiting = await reporting.waiting(session, actor)
    await state.clear()
    return show(event, ui.overview(t, programme, found, absent, waiting.reports, waiting.requests, today))


@router.callback_query(ActivityOpen.filter())
async def show_activity(
    query: CallbackQuery,
    callback_data: ActivityOpen,
    session: Session,
    actor: Actor,
    t: Texts,
    programme: Programme,
    today: date,
) -> Replies:
    """One activity unfolded."""
    found = await reporting.card(session, actor, programme, today, callback_data.key)
    return show(query, ui.card(t, programme, found, today))


@router.callback_query(ActivityReports.filter())
async def show_reports(
    query: CallbackQuery, session: Session, actor: Actor, t: Texts, programme: Programme
) -> Replies:
    """The reports that wait."""
    return show(query, ui.reports(t, programme, await reporting.waiting_reports(session, actor)))


@router.callback_query(ReportDo.filter())
async def do_report(
    query: CallbackQuery,
    callback_data: ReportDo,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    settings: Settings,
    now: datetime,
) -> Replies:
    """Read a report, accept it, or ask what should be added."""
    id_ = callback_data.report_id
    found = await reporting.find_report(session, actor, id_)
    if callback_data.action == "return" and found.accepted is None:
        await state.set_state(ActivitySteps.comment)
        await state.set_data({"report": id_})
        return tell(query, ui.ask_comment(t, found, reporting.COMMENT_MAX))
    toast = None
    if callback_data.action != "open":
        if found.accepted is None:
            found = await reporting.accept(session, actor, now, programme, settings, id_)
        else:  # a second press, or another director was quicker: what was said stands below
            toast = t("error-report-decided")
    opened = callback_data.action == "open"
    return show(query, ui.report(t, programme, found, opened=opened), toast=toast)


@router.message(Says(ActivitySteps.comment))
async def take_comment(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    settings: Settings,
    now: datetime,
) -> Replies:
    """Return the report with the words typed."""
    found = await reporting.find_report(session, actor, (await state.get_data())["report"])
    if found.accepted is None:
        found = await reporting.send_back(session, actor, now, programme, settings, found.id, message.text)
    await state.clear()
    return show(message, ui.report(t, programme, found))


@router.callback_query(ActivityAccept.filter())
async def accept_all(
    query: CallbackQuery,
    callback_data: ActivityAccept,
    session: Session,
    actor: Actor,
    t: Texts,
    programme: Programme,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Accept all reports of an occurrence, or close it as it is after the question."""
    id_, close = callback_data.occurrence_id, callback_data.action == "close"
    if callback_data.action == "ask":
        return show(query, ui.close_ask(t, programme, await reporting.stage(session, actor, today, id_)))
    key = await reporting.accept_all(session, actor, now, programme, settings, id_, as_it_is=close)
    found = await reporting.card(session, actor, programme, today, key)
    toast = t("activity-closed" if close else "activity-accepted-all")
    return show(query, ui.card(t, programme, found, today), toast=toast)
