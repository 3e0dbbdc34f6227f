"""Another date for one's part, asked for and decided; all dates as a file for the calendar."""

import asyncio
from datetime import date, datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.errors import AppError
from bot.features.activities import calendar as dates
from bot.features.activities import moving, reporting
from bot.filters import Says
from bot.handlers.activities import ActivitySteps
from bot.programme.calendar import Calendar
from bot.programme.model import Programme
from bot.reports.calendar import Entry, calendar_file
from bot.texts import Texts
from bot.ui.activities import ActivityCalendar, DateDo, DateRequests, TaskDay, directing, doing, title_of
from bot.ui.moments import parse_day
from bot.ui.screen import Event, Replies, alert, show, tell

router = Router()


# --- asking ----------------------------------------------------------------------------------------------


@router.callback_query(TaskDay.filter())
async def pick_day(
    query: CallbackQuery,
    callback_data: TaskDay,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    calendar: Calendar,
    today: date,
) -> Replies:
    """One of the days offered."""
    id_ = callback_data.assignment_id
    return await _day(query, callback_data.day, id_, session, actor, state, t, programme, calendar, today)


@router.message(Says(ActivitySteps.day))
async def type_day(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    calendar: Calendar,
    today: date,
) -> Replies:
    """A day typed."""
    id_ = (await state.get_data())["assignment"]
    return await _day(message, message.text or "", id_, session, actor, state, t, programme, calendar, today)


async def _day(
    event: Event,
    text: str,
    assignment_id: int,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    calendar: Calendar,
    today: date,
) -> Replies:
    part = await moving.may_ask(session, actor, assignment_id)
    day = parse_day(text, today)
    if day is None:
        raise AppError("error-day")
    moving.check_day(part, calendar, today, day)
    await state.set_state(ActivitySteps.reason)
    await state.set_data({"assignment": assignment_id, "day": day.isoformat()})
    return show(event, doing.ask_reason(t, programme, part, day, reporting.COMMENT_MAX))


@router.message(Says(ActivitySteps.reason))
async def type_reason(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    calendar: Calendar,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The reason typed: the directors are asked; an admin's word moves the date."""
    data = await state.get_data()
    id_, day = data["assignment"], date.fromisoformat(data["day"])
    asked = await moving.ask(
        session, actor, now, today, programme, calendar, settings, id_, day, message.text
    )
    await state.clear()
    own = asked.part.staff_id == actor.staff_id
    return show(message, doing.asked(t, programme, asked.part, day, moved=asked.moved, own=own))


# --- deciding --------------------------------------------------------------------------------------------


@router.callback_query(DateRequests.filter())
async def show_requests(
    query: CallbackQuery, session: Session, actor: Actor, t: Texts, programme: Programme
) -> Replies:
    """The requests that wait."""
    return show(query, directing.requests(t, programme, await moving.requests(session, actor)))


@router.callback_query(DateDo.filter())
async def decide(
    query: CallbackQuery,
    callback_data: DateDo,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Look at a request, agree, or ask why not."""
    id_, toast = callback_data.request_id, None
    found = await moving.find_request(session, actor, id_)
    if callback_data.action != "open" and found.decided_at is not None:
        toast = t("error-date-decided")  # a second press, or another director was quicker
    elif callback_data.action == "refuse":
        await state.set_state(ActivitySteps.no_date)
        await state.set_data({"request": id_})
        return tell(query, directing.ask_refusal(t, found, reporting.COMMENT_MAX))
    elif callback_data.action == "agree":
        found = await moving.decide(session, actor, now, today, programme, settings, id_, agreed=True)
    return show(query, directing.request(t, programme, found), toast=toast)


@router.message(Says(ActivitySteps.no_date))
async def type_refusal(
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
    """Refuse with the words typed."""
    id_ = (await state.get_data())["request"]
    found = await moving.find_request(session, actor, id_)
    if found.decided_at is None:
        found = await moving.decide(
            session, actor, now, today, programme, settings, id_, agreed=False, comment=message.text
        )
    await state.clear()
    return show(message, directing.request(t, programme, found))


# --- the calendar ----------------------------------------------------------------------------------------


@router.callback_query(ActivityCalendar.filter())
async def calendar(
    query: CallbackQuery,
    callback_data: ActivityCalendar,
    session: Session,
    actor: Actor,
    t: Texts,
    programme: Programme,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """One's own dates, or everybody's, as a file for the phone's calendar."""
    find = dates.own if callback_data.whose == "own" else dates.everybodys
    found = await find(session, actor, today)
    if not found:
        return alert(query, t("activity-calendar-none"))
    entries = [
        Entry(
            uid=day.uid,
            title=title_of(t, programme, day.activity_key),
            starts=day.due_on,
            ends=day.due_on,
            description=", ".join(day.names),
            sequence=day.sequence,
            cancelled=day.cancelled,
        )
        for day in found
    ]
    await session.commit()  # the file is made in a thread: the write lock is given back first
    content = await asyncio.to_thread(calendar_file, entries, now, settings.school.zone)
    return [
        query.answer(),
        SendDocument(
            chat_id=query.from_user.id,
            document=BufferedInputFile(content, "activities.ics"),
            caption=t("activity-calendar-hint"),
        ),
    ]
