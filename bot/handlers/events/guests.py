"""/events: what is to come, signing up, the calendar file."""

import asyncio
import re
from datetime import date, datetime, timedelta

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
from bot.db.events import EventState
from bot.errors import AppError, NotFoundError
from bot.features import events
from bot.filters import Go, RoleIs, Says
from bot.reports.calendar import Entry, calendar_file
from bot.texts import Texts
from bot.ui import events as ui
from bot.ui.events import EventCalendar, EventMore, EventOpen, EventSign, EventsPage
from bot.ui.screen import Event, Replies, Screen, show

router = Router()

# How long before the start the phone itself reminds.
ALARM = timedelta(hours=2)


class GuestSteps(StatesGroup):
    """Waiting for a number of people."""

    people = State()


@router.message(Command("events"), RoleIs(*Role))
@router.callback_query(Go("events"))
async def coming(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """What is to come."""
    found = await events.coming_for(session, actor, now, today)
    await state.clear()
    admin = actor.is_one_of(Role.ADMIN)
    return show(event, ui.coming(t, found, now, settings.school.zone, admin=admin))


@router.callback_query(EventsPage.filter())
async def turn_page(
    query: CallbackQuery,
    callback_data: EventsPage,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Another page."""
    found = await events.coming_for(session, actor, now, today, callback_data.page)
    admin = actor.is_one_of(Role.ADMIN)
    return show(query, ui.coming(t, found, now, settings.school.zone, admin=admin))


@router.callback_query(EventOpen.filter())
async def open_event(
    query: CallbackQuery,
    callback_data: EventOpen,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """One event, with its picture."""
    card = await events.look(session, actor, today, callback_data.event_id)
    await state.clear()
    screen = _card(t, card, actor, settings, now)
    return show(query, screen._replace(files=ui.photos(events.arguments(card, settings))))


@router.callback_query(EventSign.filter())
async def sign(
    query: CallbackQuery,
    callback_data: EventSign,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Sign up, change it, or say no."""
    people = callback_data.people
    card = await events.sign_up(session, actor, now, today, settings, callback_data.event_id, people)
    if raw_state == GuestSteps.people.state:
        await state.clear()
    return show(query, _card(t, card, actor, settings, now), toast=_thanks(t, people))


@router.callback_query(EventMore.filter())
async def ask_people(
    query: CallbackQuery,
    callback_data: EventMore,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """With how many?"""
    card = await events.look(session, actor, today, callback_data.event_id)
    if not card.open_at(now):
        cancelled = card.event.state == EventState.CANCELLED
        raise AppError("error-event-cancelled" if cancelled else "error-event-started")
    await state.set_state(GuestSteps.people)
    await state.set_data({"event": card.event.id})
    return show(query, ui.how_many(t, card.event.id))


@router.message(Says(GuestSteps.people))
async def take_people(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The number typed."""
    event_id = (await state.get_data())["event"]
    await events.look(session, actor, today, event_id)
    typed = (message.text or "").strip()
    # Zero is no number to type: "I cannot come" has a button of its own.
    people = int(typed) if re.fullmatch(r"\d{1,4}", typed) else 0
    if people == 0:
        raise AppError("error-event-people", max=events.PEOPLE_MAX)
    card = await events.sign_up(session, actor, now, today, settings, event_id, people)
    await state.clear()
    return show(message, _card(t, card, actor, settings, now))


@router.callback_query(EventCalendar.filter())
async def calendar(
    query: CallbackQuery,
    callback_data: EventCalendar,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The event as a file for the phone's calendar; called off, one that takes it out again."""
    event = (await events.look(session, actor, today, callback_data.event_id)).event
    if event.state == EventState.DRAFT:
        raise NotFoundError
    gone = event.state == EventState.CANCELLED
    entry = Entry(
        uid=event.uid,
        title=event.title,
        starts=event.starts_at,
        ends=event.ends_at,
        place=event.place,
        description=event.description,
        sequence=event.sequence,
        cancelled=gone,
        reminds=ALARM,
    )
    await session.commit()  # the file is made in a thread: the write lock is given back first
    content = await asyncio.to_thread(calendar_file, [entry], now, settings.school.zone)
    return [
        query.answer(),
        SendDocument(
            chat_id=query.from_user.id,
            document=BufferedInputFile(content, f"event-{event.id}.ics"),
            caption=t("event-calendar-hint-gone" if gone else "event-calendar-hint"),
        ),
    ]


def _card(t: Texts, card: events.Card, actor: Actor, settings: Settings, now: datetime) -> Screen:
    said = events.arguments(card, settings)
    return ui.guest_card(t, card, said, now, admin=actor.is_one_of(Role.ADMIN))


def _thanks(t: Texts, people: int) -> str:
    return t("event-toast-come", people=people) if people else t("event-toast-not")
