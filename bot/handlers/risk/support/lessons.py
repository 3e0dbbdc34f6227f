"""Extra lessons: the list, logging one by a draft in the conversation, taking one back."""

from datetime import date, datetime, timedelta
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.errors import AppError, NotFoundError
from bot.features.accounts import require
from bot.features.risk import support
from bot.features.risk.register import STAFF
from bot.features.risk.support import lessons
from bot.filters import Says
from bot.texts import Texts
from bot.ui.moments import parse_past_day
from bot.ui.risk.support import lessons as ui
from bot.ui.risk.support.lessons import (
    LessonCard,
    LessonClass,
    LessonDay,
    LessonNew,
    LessonsAt,
    LessonSave,
    LessonSubject,
    LessonTick,
)
from bot.ui.screen import Event, Replies, alert, show

router = Router()

# What LessonClass names besides classes.
GROUP, CLASSES = 0, -1


class LessonSteps(StatesGroup):
    """What is asked: the subject, who was there, which day it was."""

    subject = State()
    group = State()
    day = State()


@router.callback_query(LessonsAt.filter())
async def page(
    query: CallbackQuery, callback_data: LessonsAt, session: Session, actor: Actor, t: Texts, today: date
) -> Replies:
    """The lessons, and how to log one."""
    return show(query, ui.page(t, await lessons.page(session, actor, callback_data.page), today))


@router.callback_query(LessonNew.filter())
async def start(
    query: CallbackQuery,
    callback_data: LessonNew,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """The usual group at once, all of it present; or a new lesson, beginning with its subject."""
    draft = query.message.message_id if query.message else 0
    data: dict[str, Any] = {"draft": draft, "day": today.isoformat(), "group": [], "here": []}
    if callback_data.again:
        subject, group = await lessons.again(session, actor, today, callback_data.again)
        ids = [pupil.id for pupil in group]
        data |= {"subject": subject, "group": ids, "here": ids, "view": GROUP}
        await _keep(state, LessonSteps.group, data)
        return await _draft(query, session, actor, state, t, today)
    data["subjects"] = await lessons.subjects(session, actor)
    await _keep(state, LessonSteps.subject, data)
    return show(query, ui.subjects(t, data["subjects"], draft))


@router.callback_query(LessonSubject.filter())
async def choose_subject(
    query: CallbackQuery,
    callback_data: LessonSubject,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """One of the subjects offered; then who was there."""
    data = await _data(actor, state, callback_data.draft)
    if data is None or not 0 <= callback_data.at < len(data.get("subjects", ())):
        return alert(query, t("lesson-gone"))
    data["subject"] = data["subjects"][callback_data.at]
    return await _choose_class(query, session, actor, state, t, today, data)


@router.message(Says(LessonSteps.subject))
async def type_subject(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """A subject in words; then who was there."""
    require(actor, *STAFF)
    data = await state.get_data()
    data["subject"] = lessons.clean_subject(message.text)
    return await _choose_class(message, session, actor, state, t, today, data)


@router.callback_query(LessonClass.filter())
async def choose_class(
    query: CallbackQuery,
    callback_data: LessonClass,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """The pupils of another class."""
    data = await _data(actor, state, callback_data.draft)
    if data is None or "subject" not in data:
        return alert(query, t("lesson-gone"))
    if callback_data.class_id == CLASSES:
        found = await support.classes(session, actor, today)
        return show(query, ui.draft_classes(t, found, data["draft"]))
    data["view"] = callback_data.class_id
    await _keep(state, LessonSteps.group, data)
    return await _draft(query, session, actor, state, t, today)


@router.callback_query(LessonTick.filter())
async def tick(
    query: CallbackQuery,
    callback_data: LessonTick,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """Somebody was there, or was not."""
    data = await _data(actor, state, callback_data.draft)
    if data is None or "subject" not in data:
        return alert(query, t("lesson-gone"))
    pupil_id = callback_data.pupil_id
    if not await lessons.chosen(session, actor, today, [pupil_id]):
        raise NotFoundError
    if pupil_id in data["here"]:
        data["here"].remove(pupil_id)
    else:
        data["here"].append(pupil_id)
    await _keep(state, LessonSteps.group, data)
    return await _draft(query, session, actor, state, t, today)


@router.callback_query(LessonDay.filter())
async def choose_day(
    query: CallbackQuery,
    callback_data: LessonDay,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """Another day: one of the last by a button, any other typed."""
    data = await _data(actor, state, callback_data.draft)
    if data is None or "subject" not in data:
        return alert(query, t("lesson-gone"))
    if callback_data.back < 0:
        await _keep(state, LessonSteps.day, data)
        return show(query, ui.ask_day(t, data["draft"], today))
    return await _set_day(query, session, actor, state, t, today, today - timedelta(days=callback_data.back))


@router.message(Says(LessonSteps.day))
async def type_day(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """A day in words: the last such day, because lessons are behind us."""
    require(actor, *STAFF)
    day = parse_past_day(message.text or "", today)
    if day is None:
        raise AppError("error-lesson-day")
    return await _set_day(message, session, actor, state, t, today, day)


@router.callback_query(LessonSave.filter())
async def save(
    query: CallbackQuery,
    callback_data: LessonSave,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """Log what is drafted."""
    data = await _data(actor, state, callback_data.draft)
    if data is None or "subject" not in data:
        return alert(query, t("lesson-gone"))
    here = set(data["here"])
    row = await lessons.log(
        session,
        actor,
        now,
        today,
        subject=data["subject"],
        on_date=date.fromisoformat(data["day"]),
        group={id_: id_ in here for id_ in {*data["group"], *here}},
    )
    await state.clear()
    return show(query, ui.logged(t, row, today))


@router.callback_query(LessonCard.filter())
async def card(
    query: CallbackQuery,
    callback_data: LessonCard,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """One lesson: who was there; taken back where it was a mistake."""
    lesson_id, zone = callback_data.lesson_id, settings.school.zone
    if callback_data.action == "withdraw":
        await lessons.withdraw(session, actor, now, today, zone, lesson_id)
        return show(query, ui.withdrawn(t))
    found = await lessons.opened(session, actor, today, zone, lesson_id)
    if callback_data.action == "ask":
        return show(query, ui.withdraw_ask(t, found))
    return show(query, ui.card(t, found, today))


# --- the draft -------------------------------------------------------------------------------------------


async def _keep(state: FSMContext, step: State, data: dict[str, Any]) -> None:
    await state.set_state(step)
    await state.set_data(data)


async def _data(actor: Actor, state: FSMContext, draft: int) -> dict[str, Any] | None:
    """The draft in the conversation; None for the button of another one, or of one that is logged."""
    require(actor, *STAFF)
    steps = {step.state for step in LessonSteps.__all_states__}
    data = await state.get_data()
    return data if await state.get_state() in steps and data.get("draft") == draft else None


async def _choose_class(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
    data: dict[str, Any],
) -> Replies:
    found = await support.classes(session, actor, today)
    data["view"] = found[0].school_class.id if len(found) == 1 else CLASSES
    await _keep(state, LessonSteps.group, data)
    if len(found) == 1:
        return await _draft(event, session, actor, state, t, today)
    return show(event, ui.draft_classes(t, found, data["draft"]))


async def _set_day(
    event: Event, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date, day: date
) -> Replies:
    lessons.check_day(day, today)
    data = await state.get_data()
    data["day"] = day.isoformat()
    await _keep(state, LessonSteps.group, data)
    return await _draft(event, session, actor, state, t, today)


async def _draft(
    event: Event, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """Who was there, as the draft has it: the pupils of the class in view, or the group."""
    data = await state.get_data()
    if data["view"] > 0:
        shown = await support.candidates(session, actor, today, data["view"])
    else:
        shown = await lessons.chosen(session, actor, today, {*data["group"], *data["here"]})
    screen = ui.attendance(
        t,
        draft=data["draft"],
        subject=data["subject"],
        day=date.fromisoformat(data["day"]),
        today=today,
        shown=shown,
        group=data["group"],
        here=data["here"],
        more=data["view"] <= 0 or len(await support.classes(session, actor, today)) > 1,
    )
    return show(event, screen)
