"""/report: the report for the district as a file, and the expected results that stand in it."""

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.errors import AppError
from bot.features.accounts import require
from bot.features.indicators import reporting, results
from bot.features.indicators.reporting import Period
from bot.filters import Go, RoleIs, Says
from bot.programme.model import Programme
from bot.reports import aside, document, workbook
from bot.texts import Texts, texts
from bot.ui import report_words as words
from bot.ui.indicators import reporting as ui
from bot.ui.indicators.reporting import (
    ReportAsk,
    ReportFile,
    ReportOf,
    ResultBare,
    ResultCard,
    Results,
    ResultSay,
    days_of,
)
from bot.ui.moments import parse_past_day
from bot.ui.screen import Event, Replies, show

router = Router()


class ReportSteps(StatesGroup):
    """A day that is typed, and the comment to an expected result."""

    on = State()
    first = State()
    comment = State()


@router.message(Command("report"), RoleIs(Role.ADMIN))
@router.callback_query(Go("report"))
async def start(event: Event, actor: Actor, state: FSMContext, t: Texts, today: date) -> Replies:
    """What the report would tell of, as of today."""
    require(actor, Role.ADMIN)
    await state.clear()
    return show(event, ui.home(t, reporting.period(today), today, reporting.ends(today)))


@router.callback_query(ReportOf.filter())
async def choose(
    query: CallbackQuery, callback_data: ReportOf, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """The same of other days."""
    require(actor, Role.ADMIN)
    asked = reporting.period(today, *days_of(callback_data))
    await state.clear()
    return show(query, ui.home(t, asked, today, reporting.ends(today)))


@router.callback_query(ReportAsk.filter())
async def ask(
    query: CallbackQuery, callback_data: ReportAsk, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """Ask for a day."""
    require(actor, Role.ADMIN)
    asked = reporting.period(today, *days_of(callback_data))
    await state.set_state(ReportSteps.on if callback_data.which == "on" else ReportSteps.first)
    await state.set_data({"on": asked.on.isoformat(), "first": asked.first.isoformat()})
    return show(query, ui.ask(t, callback_data.which, asked, today))


@router.message(Says(ReportSteps.on))
async def type_on(message: Message, actor: Actor, state: FSMContext, t: Texts, today: date) -> Replies:
    """The day that the report is of; its period begins with that day's school year."""
    require(actor, Role.ADMIN)
    return await _chosen(message, state, t, today, reporting.period(today, _day(message, today)))


@router.message(Says(ReportSteps.first))
async def type_first(message: Message, actor: Actor, state: FSMContext, t: Texts, today: date) -> Replies:
    """The first day of the period."""
    require(actor, Role.ADMIN)
    on = date.fromisoformat((await state.get_data())["on"])
    return await _chosen(message, state, t, today, reporting.period(today, on, _day(message, today)))


def _day(message: Message, today: date) -> date:
    day = parse_past_day(message.text or "", today)
    if day is None:
        raise AppError("error-past-day")
    return day


async def _chosen(message: Message, state: FSMContext, t: Texts, today: date, asked: Period) -> Replies:
    await state.clear()
    return show(message, ui.home(t, asked, today, reporting.ends(today)))


@router.callback_query(ReportFile.filter())
async def make(
    query: CallbackQuery,
    callback_data: ReportFile,
    session: Session,
    actor: Actor,
    t: Texts,
    programme: Programme,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The file, in the school's language whoever asks: it goes to the district."""
    require(actor, Role.ADMIN)
    asked = reporting.period(today, *days_of(callback_data))
    found = await reporting.report(session, actor, now, today, programme, settings, asked)
    # Writing the file takes seconds: the write lock is given back first.
    await session.commit()
    ru = texts("ru")
    if callback_data.kind == "xlsx":
        sheets = [workbook.Sheet(*sheet) for sheet in words.sheets(ru, found)]
        made = await aside(workbook.workbook, sheets)
    else:
        made = await aside(document.document, document.Paper(**words.paper(ru, found)))
    file = BufferedInputFile(made, words.file_name(found, callback_data.kind))
    caption = ui.caption(t, found)
    return [query.answer(), SendDocument(chat_id=query.from_user.id, document=file, caption=caption)]


# --- expected results ------------------------------------------------------------------------------------


@router.callback_query(Results.filter())
async def show_results(
    query: CallbackQuery,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """All expected results with how they stand."""
    found = await results.checklist(session, actor, programme, today, settings)
    await state.clear()
    return show(query, ui.results(t, found))


@router.callback_query(ResultCard.filter())
async def show_result(
    query: CallbackQuery,
    callback_data: ResultCard,
    session: Session,
    actor: Actor,
    t: Texts,
    programme: Programme,
    settings: Settings,
    today: date,
) -> Replies:
    """One of them."""
    found = await results.checked(session, actor, programme, today, settings, callback_data.number)
    return show(query, ui.result(t, found, settings.school.zone))


@router.callback_query(ResultSay.filter())
async def ask_comment(
    query: CallbackQuery,
    callback_data: ResultSay,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
) -> Replies:
    """Whether it has come is said; what shows it?"""
    require(actor, Role.ADMIN)
    asked = results.to_tick(programme, callback_data.number)
    await state.set_state(ReportSteps.comment)
    await state.set_data({"number": callback_data.number, "reached": callback_data.reached})
    return show(query, ui.ask_comment(t, asked, reached=callback_data.reached))


@router.message(Says(ReportSteps.comment))
async def type_comment(
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
    """Record it with the comment."""
    data = await state.get_data()
    number, reached, comment = data["number"], data["reached"], message.text
    await results.say(session, actor, now, programme, number, reached=reached, comment=comment)
    await state.clear()
    found = await results.checked(session, actor, programme, today, settings, number)
    return show(message, ui.result(t, found, settings.school.zone))


@router.callback_query(ResultBare.filter())
async def say_bare(
    query: CallbackQuery,
    callback_data: ResultBare,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Record it without one."""
    number, reached = callback_data.number, callback_data.reached
    await results.say(session, actor, now, programme, number, reached=reached, comment="")
    await state.clear()
    found = await results.checked(session, actor, programme, today, settings, number)
    return show(query, ui.result(t, found, settings.school.zone), toast=t("result-saved"))
