"""Mentoring pairs: the list, making one step by step, ending one with a word."""

from datetime import date, datetime
from typing import Any, Literal

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.db.access import Actor
from bot.db.base import Session
from bot.db.risk.support import Candidate, PairKind
from bot.features.accounts import require
from bot.features.risk import register, support
from bot.features.risk.register import STAFF
from bot.features.risk.support import pairs
from bot.filters import Says
from bot.texts import Texts, texts
from bot.ui.risk.support import pairs as ui
from bot.ui.risk.support.pairs import (
    PairCard,
    PairClass,
    PairEnd,
    PairNew,
    PairPupil,
    PairsAt,
    PairTeacher,
)
from bot.ui.screen import Event, Replies, alert, show

router = Router()


class PairSteps(StatesGroup):
    """What is asked: who is mentored, which pupil mentors, which teacher; how it went."""

    pupil = State()
    mentor = State()
    teacher = State()
    word = State()


@router.callback_query(PairsAt.filter())
async def overview(query: CallbackQuery, session: Session, actor: Actor, t: Texts, today: date) -> Replies:
    """Every pair that the actor sees."""
    return show(query, ui.overview(t, await pairs.overview(session, actor, today)))


@router.callback_query(PairNew.filter())
async def start(
    query: CallbackQuery,
    callback_data: PairNew,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """Who is mentored?"""
    register.staff_id(actor)
    draft = query.message.message_id if query.message else 0
    await state.set_state(PairSteps.pupil)
    await state.set_data({"draft": draft, "kind": callback_data.kind.value})
    return show(query, ui.ask_class(t, await support.classes(session, actor, today), draft, "pupil"))


@router.callback_query(PairClass.filter())
async def choose_class(
    query: CallbackQuery,
    callback_data: PairClass,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """The pupils of a class; or which class?"""
    data = await _data(actor, state, callback_data.draft)
    if data is None:
        return alert(query, t("pair-gone"))
    step = _step(data)
    if not callback_data.class_id:
        found = await support.classes(session, actor, today)
        return show(query, ui.ask_class(t, found, data["draft"], step))
    pupils = await support.candidates(session, actor, today, callback_data.class_id)
    others = [pupil for pupil in pupils if pupil.id != data.get("pupil")]
    return show(query, ui.ask_pupil(t, others, data["draft"], step))


@router.message(Says(PairSteps.pupil))
@router.message(Says(PairSteps.mentor))
async def type_name(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """A pupil by surname: for a specialist, who has no classes of their own."""
    require(actor, *STAFF)
    data = await state.get_data()
    found = await register.find_candidates(session, actor, today, message.text)
    chosen = [Candidate(c.pupil.id, c.pupil.name, c.pupil.class_id, c.registered) for c in found]
    return show(message, ui.ask_pupil(t, chosen, data["draft"], _step(data)))


@router.callback_query(PairPupil.filter())
async def choose_pupil(
    query: CallbackQuery,
    callback_data: PairPupil,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """Who is mentored, then who mentors; then the teacher."""
    data = await _data(actor, state, callback_data.draft)
    if data is None:
        return alert(query, t("pair-gone"))
    kind = PairKind(data["kind"])
    found = await register.candidate(session, actor, today, callback_data.pupil_id)
    if _step(data) == "pupil":
        data["pupil"] = found.pupil.id
        if kind == PairKind.PEER:
            await _keep(state, PairSteps.mentor, data)
            classes = await support.classes(session, actor, today)
            return show(query, ui.ask_class(t, classes, data["draft"], "mentor"))
    else:
        data["mentor"] = found.pupil.id
    await _keep(state, PairSteps.teacher, data)
    staff = await pairs.teachers(session, actor, today, kind)
    if kind == PairKind.TEACHER and len(staff) == 1:
        return await _make(query, session, actor, state, t, now, today, staff[0][0])
    return show(query, ui.ask_teacher(t, staff, data["draft"], kind))


@router.callback_query(PairTeacher.filter())
async def choose_teacher(
    query: CallbackQuery,
    callback_data: PairTeacher,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """The teacher: there the pair is."""
    data = await _data(actor, state, callback_data.draft)
    if data is None or "pupil" not in data:
        return alert(query, t("pair-gone"))
    return await _make(query, session, actor, state, t, now, today, callback_data.staff_id or None)


async def _make(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
    teacher_id: int | None,
) -> Replies:
    data = await state.get_data()
    pair = await pairs.start(
        session,
        actor,
        now,
        today,
        PairKind(data["kind"]),
        pupil_id=data["pupil"],
        mentor_id=data.get("mentor"),
        teacher_id=teacher_id,
    )
    await state.clear()
    return show(event, ui.card(t, pair, today, endable=True))


@router.callback_query(PairCard.filter())
async def card(
    query: CallbackQuery,
    callback_data: PairCard,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """One pair; or how it went, before it ends."""
    found = await pairs.opened(session, actor, today, callback_data.pair_id)
    if callback_data.action == "end" and found.endable:
        await state.set_state(PairSteps.word)
        await state.set_data({"pair": found.pair.row.id})
        return show(query, ui.ask_word(t, found))
    return show(query, ui.card(t, found.pair, today, endable=found.endable))


@router.callback_query(PairEnd.filter())
async def end(
    query: CallbackQuery,
    callback_data: PairEnd,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """The pair ends with a ready word, kept in the school's language."""
    word = texts("ru")(f"pair-word-{callback_data.word}")
    pair = await pairs.end(session, actor, now, today, callback_data.pair_id, word)
    await state.clear()
    return show(query, ui.ended(t, pair))


@router.message(Says(PairSteps.word))
async def type_word(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """The pair ends with a word of one's own."""
    pair_id = (await state.get_data())["pair"]
    pair = await pairs.end(session, actor, now, today, pair_id, message.text)
    await state.clear()
    return show(message, ui.ended(t, pair))


# --- the draft -------------------------------------------------------------------------------------------


async def _keep(state: FSMContext, step: State, data: dict[str, Any]) -> None:
    await state.set_state(step)
    await state.set_data(data)


async def _data(actor: Actor, state: FSMContext, draft: int) -> dict[str, Any] | None:
    """The draft in the conversation; None for the button of another one, or of one that is made."""
    require(actor, *STAFF)
    steps = {step.state for step in (PairSteps.pupil, PairSteps.mentor, PairSteps.teacher)}
    data = await state.get_data()
    return data if await state.get_state() in steps and data.get("draft") == draft else None


def _step(data: dict[str, Any]) -> Literal["pupil", "mentor"]:
    return "mentor" if "pupil" in data and data["kind"] == PairKind.PEER else "pupil"
