"""/tickets: who should read a letter answers it."""

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.features.accounts import require
from bot.features.feedback import answering, waited
from bot.filters import Go, RoleIs, Says
from bot.handlers.feedback.collecting import FeedbackSteps, collect, content_of, too_many
from bot.programme.calendar import Calendar
from bot.texts import Texts
from bot.ui.feedback import TicketCard, TicketPass, Tickets, TicketSend, View, collecting, files_of
from bot.ui.feedback import answering as ui
from bot.ui.screen import Event, Replies, Screen, alert, show, tell

router = Router()


@router.message(Command("tickets"), RoleIs(*answering.STAFF))
@router.callback_query(Go("tickets"))
async def newest(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    calendar: Calendar,
    now: datetime,
) -> Replies:
    """The letters that are open, the longest waiting first."""
    screen = await _page(session, actor, t, settings, calendar, now, "open", 0)
    await state.clear()
    return show(event, screen)


@router.callback_query(Tickets.filter())
async def turn_page(
    query: CallbackQuery,
    callback_data: Tickets,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    calendar: Calendar,
    now: datetime,
) -> Replies:
    """Another page, or other letters."""
    view, page = callback_data.view, callback_data.page
    return show(query, await _page(session, actor, t, settings, calendar, now, view, page))


async def _page(
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    calendar: Calendar,
    now: datetime,
    view: View,
    page: int,
) -> Screen:
    found = await answering.tickets(session, actor, view, page)
    waits = {row.ticket.number: waited(row.ticket, now, settings, calendar) for row in found.rows}
    quotes = await answering.quotes(session, found.rows) if view == "praise" else {}
    return ui.tickets(t, view, found, waits, quotes)


@router.callback_query(TicketCard.filter())
async def use_ticket(
    query: CallbackQuery,
    callback_data: TicketCard,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    calendar: Calendar,
    now: datetime,
    today: date,
) -> Replies:
    """Open a letter, answer it, close it, pass it on, see its files."""
    number = callback_data.number
    toast = None
    match callback_data.action:
        case "answer":
            await answering.to_answer(session, actor, today, number)
            await state.set_state(FeedbackSteps.answer)
            await state.set_data({"ticket": number})
            return tell(query, ui.ask_answer(t, number))
        case "files":
            found = await answering.look(session, actor, today, number)
            return tell(query, files_of(t, found, TicketCard(number=number, action="open")))
        case "pass":
            return show(
                query, ui.ask_pass(t, number, await answering.colleagues(session, actor, today, number))
            )
        case "close":
            await answering.close(session, settings, actor, now, today, number)
            toast = t("ticket-closed")
    return show(query, await _card(session, actor, t, settings, calendar, now, today, number), toast=toast)


async def _card(
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    calendar: Calendar,
    now: datetime,
    today: date,
    number: int,
) -> Screen:
    found = await answering.look(session, actor, today, number)
    wait = waited(found.row.ticket, now, settings, calendar)
    return ui.card(t, found, wait, settings.school.zone, admin=actor.is_one_of(Role.ADMIN))


@router.message(Says(FeedbackSteps.answer))
async def take_answer(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Answer: at once, or, where an album is coming, when all of it is here."""
    number = (await state.get_data())["ticket"]
    await answering.to_answer(session, actor, today, number)
    collected = await collect(message, state)
    if collected.silent:
        return []
    if collected.full:
        return too_many(message, t)
    if message.media_group_id or len(collected.content.files) > 1:
        return show(message, collecting(t, TicketSend(draft=collected.draft)))
    told = await answering.send_answer(session, settings, actor, now, today, number, collected.content)
    await state.clear()
    return show(message, ui.answered(t, number, told=told))


@router.callback_query(TicketSend.filter())
async def send_collected(
    query: CallbackQuery,
    callback_data: TicketSend,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The album is complete: on it goes."""
    require(actor, *answering.STAFF)
    data = await state.get_data()
    if raw_state != FeedbackSteps.answer.state or data.get("draft") != callback_data.draft:
        return alert(query, t("feedback-already-sent"))
    number = data["ticket"]
    told = await answering.send_answer(session, settings, actor, now, today, number, content_of(data))
    await state.clear()
    return show(query, ui.answered(t, number, told=told))


@router.callback_query(TicketPass.filter())
async def pass_on(
    query: CallbackQuery,
    callback_data: TicketPass,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    calendar: Calendar,
    now: datetime,
    today: date,
) -> Replies:
    """Give the letter to another member of staff."""
    number = callback_data.number
    to = await answering.pass_on(session, settings, actor, now, today, number, callback_data.staff_id)
    screen = await _card(session, actor, t, settings, calendar, now, today, number)
    return show(query, screen, toast=t("ticket-passed", name=to.name))
