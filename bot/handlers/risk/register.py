"""/risk: the register, its reviews, who is put on it and taken off."""

import re
from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.db.risk.register import Absences, Behaviour, Outcome
from bot.features.outbox import clean_line, clean_text
from bot.features.risk import register, routes, rules
from bot.features.risk.register import Candidate, Overview
from bot.features.risk.rules import Signals
from bot.filters import Go, RoleIs, Says
from bot.programme.calendar import Calendar
from bot.texts import Texts
from bot.ui.risk import register as ui
from bot.ui.risk.register import (
    SUBJECTS,
    RiskAdd,
    RiskClass,
    RiskConfirm,
    RiskDraft,
    RiskMark,
    RiskOff,
    RiskOffSure,
    RiskOpen,
    RiskPage,
    RiskPick,
)
from bot.ui.screen import Event, Replies, Screen, alert, show

router = Router()
_PERCENT = re.compile(r"([-+−–]?\d{1,9}(?:[.,]\d+)?)\s*%?")


class RiskSteps(StatesGroup):
    """What is being typed."""

    name = State()
    signals = State()
    subjects = State()
    outcome = State()


# --- the list --------------------------------------------------------------------------------------------


@router.message(Command("risk"), RoleIs(*register.STAFF))
@router.callback_query(Go("risk"))
async def show_register(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
    calendar: Calendar,
) -> Replies:
    """The register with what waits about each pupil."""
    found = await register.overview(session, actor, today, calendar)
    await state.clear()
    return show(event, _overview(t, found, 0))


@router.callback_query(RiskPage.filter())
async def turn_page(
    query: CallbackQuery,
    callback_data: RiskPage,
    session: Session,
    actor: Actor,
    t: Texts,
    today: date,
    calendar: Calendar,
) -> Replies:
    """Another page."""
    found = await register.overview(session, actor, today, calendar)
    return show(query, _overview(t, found, callback_data.page))


def _overview(t: Texts, found: Overview, page: int) -> Screen:
    signals = [rules.signals_of(row.listed.review) for row in found.rows]
    return ui.overview(t, found, [(each, rules.weigh(each)) for each in signals], page)


@router.callback_query(RiskOpen.filter())
async def open_card(
    query: CallbackQuery,
    callback_data: RiskOpen,
    session: Session,
    actor: Actor,
    t: Texts,
    today: date,
    calendar: Calendar,
) -> Replies:
    """One pupil on the register."""
    found = await register.card(session, actor, today, calendar, callback_data.pupil_id)
    signals = rules.signals_of(found.row.listed.review)
    earlier = [rules.weigh(rules.signals_of(review)) for review, _ in found.reviews[1:]]
    return show(query, ui.card(t, found, (signals, rules.weigh(signals)), earlier, today))


# --- whom ------------------------------------------------------------------------------------------------


@router.callback_query(RiskAdd.filter())
async def choose(
    query: CallbackQuery, session: Session, actor: Actor, state: FSMContext, t: Texts
) -> Replies:
    """Whom? By the class, or by the name as it is typed."""
    classes = await register.classes(session, actor)
    await state.clear()
    await state.set_state(RiskSteps.name)
    return show(query, ui.choose(t, classes))


@router.callback_query(RiskClass.filter())
async def choose_pupil(
    query: CallbackQuery, callback_data: RiskClass, session: Session, actor: Actor, t: Texts, today: date
) -> Replies:
    """Which pupil of the class?"""
    found = await register.class_candidates(session, actor, today, callback_data.class_id)
    return show(query, ui.candidates(t, found))


@router.message(Says(RiskSteps.name))
async def find_pupil(message: Message, session: Session, actor: Actor, t: Texts, today: date) -> Replies:
    """Which pupil of that name?"""
    return show(
        message, ui.candidates(t, await register.find_candidates(session, actor, today, message.text))
    )


# --- the signals -----------------------------------------------------------------------------------------


@router.callback_query(RiskPick.filter())
async def begin(
    query: CallbackQuery,
    callback_data: RiskPick,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
    calendar: Calendar,
) -> Replies:
    """Mark the signals; a review begins with what was marked last."""
    who = await register.candidate(session, actor, today, callback_data.pupil_id)
    signals = Signals()
    if who.registered:
        found = await register.card(session, actor, today, calendar, who.pupil.id)
        signals = rules.signals_of(found.row.listed.review)
    await state.set_state(RiskSteps.signals)
    await state.set_data({"pupil": who.pupil.id, **_stored(signals)})
    return show(query, _signs(t, who, signals))


def _stored(signals: Signals) -> dict[str, Any]:
    return {**vars(signals), "failing": list(signals.failing)}


def _signals(data: dict[str, Any]) -> Signals:
    return Signals(
        absences=Absences(data["absences"]) if data["absences"] else None,
        percent=data["percent"],
        behaviour=Behaviour(data["behaviour"]) if data["behaviour"] else None,
        marks_seen=data["marks_seen"],
        failing=tuple(data["failing"]),
        text=data["text"],
    )


def _signs(t: Texts, who: Candidate, signals: Signals) -> Screen:
    return ui.signs(t, who, signals, rules.weigh(signals))


async def _draft(state: FSMContext, raw_state: str | None, pupil_id: int) -> dict[str, Any] | None:
    """The open draft of this pupil's signals; None under an old button."""
    data = await state.get_data()
    steps = (RiskSteps.signals.state, RiskSteps.subjects.state)
    return data if raw_state in steps and data.get("pupil") == pupil_id else None


@router.callback_query(RiskMark.filter())
async def mark(
    query: CallbackQuery,
    callback_data: RiskMark,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    today: date,
) -> Replies:
    """Mark a signal, or take the mark back."""
    who = await register.candidate(session, actor, today, callback_data.pupil_id)
    data = await _draft(state, raw_state, who.pupil.id)
    if data is None:
        return alert(query, t("risk-draft-gone"))
    value, failing = callback_data.value, list(data["failing"])
    match callback_data.what:
        case "absences" if value in tuple(Absences):
            data["absences"] = None if data["absences"] == value else value
            data["percent"] = None
        case "behaviour" if value in tuple(Behaviour):
            data["behaviour"] = None if data["behaviour"] == value else value
        case "marks":
            data["marks_seen"] = not (data["marks_seen"] and not failing)
            data["failing"] = []
        case "subject" if value in SUBJECTS:
            failing = [name for name in failing if name != value] + [value] * (value not in failing)
            data["failing"] = failing
            data["marks_seen"] = bool(failing)
        case "words":
            data["text"] = ""
    await state.set_data(data)
    if callback_data.what in ("subject", "subjects"):
        await state.set_state(RiskSteps.subjects)
        return show(query, ui.choose_subjects(t, who, data["failing"]))
    await state.set_state(RiskSteps.signals)
    return show(query, _signs(t, who, _signals(data)))


@router.message(Says(RiskSteps.signals))
async def type_signal(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """A number is the share of lessons missed, words are added to what was noticed before."""
    data = await state.get_data()
    who = await register.candidate(session, actor, today, data["pupil"])
    text = clean_text(message.text, register.TEXT_MAX)
    percent = _PERCENT.fullmatch(text)
    if percent:
        typed = percent[1].replace("−", "-").replace("–", "-").replace(",", ".")
        data["percent"] = rules.check_percent(float(typed))
        data["absences"] = rules.absences_of(data["percent"]).value
    else:
        data["text"] = register.observed(data["text"], text)
    await state.set_data(data)
    return show(message, _signs(t, who, _signals(data)))


@router.message(Says(RiskSteps.subjects))
async def type_subject(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """A course that no button offers."""
    data = await state.get_data()
    who = await register.candidate(session, actor, today, data["pupil"])
    name = clean_line(message.text, register.SUBJECT_MAX)
    if name not in data["failing"] and len(data["failing"]) < register.FAILING_MAX:
        data["failing"] = [*data["failing"], name]
    data["marks_seen"] = True
    await state.set_data(data)
    return show(message, ui.choose_subjects(t, who, data["failing"]))


@router.callback_query(RiskDraft.filter())
async def finish(
    query: CallbackQuery,
    callback_data: RiskDraft,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    now: datetime,
    today: date,
    calendar: Calendar,
) -> Replies:
    """Look the draft over, change it, or store it."""
    who = await register.candidate(session, actor, today, callback_data.pupil_id)
    data = await _draft(state, raw_state, who.pupil.id)
    if data is None:
        return alert(query, t("risk-draft-gone"))
    signals = _signals(data)
    if callback_data.action == "edit":
        return show(query, _signs(t, who, signals))
    if callback_data.action == "look":
        if signals.empty:
            return alert(query, t("error-risk-no-reason"))
        return show(query, ui.preview(t, who, signals, rules.weigh(signals)))
    if who.registered:
        await register.review(session, actor, now, today, who.pupil.id, signals)
    else:
        await register.put_on(session, actor, now, today, who.pupil.id, signals)
    await state.clear()
    card = await register.card(session, actor, today, calendar, who.pupil.id)
    due_on = card.row.listed.review.due_on
    return show(query, ui.saved(t, who, due_on, today, route=card.row.due.route))


# --- taking off, confirming ------------------------------------------------------------------------------


@router.callback_query(RiskOff.filter())
async def ask_outcome(
    query: CallbackQuery,
    callback_data: RiskOff,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
    calendar: Calendar,
) -> Replies:
    """With what outcome? Then the question whether that is right, which takes words too."""
    card = await register.card(session, actor, today, calendar, callback_data.pupil_id)
    if callback_data.outcome is None:
        return show(query, ui.off_ask(t, card))
    await state.set_state(RiskSteps.outcome)
    await state.set_data(
        {"pupil": callback_data.pupil_id, "outcome": callback_data.outcome.value, "words": ""}
    )
    return show(query, ui.off_preview(t, card, callback_data.outcome, ""))


@router.message(Says(RiskSteps.outcome))
async def type_outcome(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
    calendar: Calendar,
) -> Replies:
    """Words to the outcome."""
    data = await state.get_data()
    card = await register.card(session, actor, today, calendar, data["pupil"])
    words = clean_text(message.text, register.TEXT_MAX)
    await state.set_data({**data, "words": words})
    return show(message, ui.off_preview(t, card, Outcome(data["outcome"]), words))


@router.callback_query(RiskOffSure.filter())
async def take_off(
    query: CallbackQuery,
    callback_data: RiskOffSure,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
    calendar: Calendar,
) -> Replies:
    """Off the register; a route that runs ends with it."""
    card = await register.card(session, actor, today, calendar, callback_data.pupil_id)
    data = await state.get_data()
    if raw_state != RiskSteps.outcome.state or data["pupil"] != callback_data.pupil_id:
        return alert(query, t("risk-draft-gone"))
    pupil = card.row.listed.pupil
    outcome, words = Outcome(data["outcome"]), data["words"]
    entry = await register.take_off(session, actor, now, today, pupil.id, outcome, words)
    await routes.end(session, actor, now, today, pupil.id, settings)
    await state.clear()
    return show(query, ui.taken_off(t, pupil.name, entry))


@router.callback_query(RiskConfirm.filter())
async def confirm(
    query: CallbackQuery,
    callback_data: RiskConfirm,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
    calendar: Calendar,
) -> Replies:
    """The keeper confirms the register for the school year, after the question."""
    found = await register.confirmable(session, actor, today, calendar)
    if found.confirmed is None and not callback_data.sure:
        return show(query, ui.confirm_ask(t, found))
    toast = t("risk-confirm-already")
    if found.confirmed is None:
        await register.confirm(session, actor, now, today)
        found = await register.confirmable(session, actor, today, calendar)
        toast = t("risk-confirm-done")
    return show(query, _overview(t, found, 0), toast=toast)
