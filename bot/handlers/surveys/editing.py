"""/survey: writing a survey question by question, opening it, watching it, closing it."""

from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db import outbox
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.surveys import QuestionKind, SurveyRow, SurveyState
from bot.errors import AppError
from bot.features import surveys
from bot.features.accounts import require
from bot.features.outbox.announcing import Kind as AnnouncementKind
from bot.features.surveys import editing, results, running
from bot.filters import Go, RoleIs, Says
from bot.texts import Texts, texts
from bot.ui.moments import parse_day, parse_moment
from bot.ui.outbox import progress
from bot.ui.screen import Event, Replies, Screen, show, tell
from bot.ui.surveys import SurveyCard
from bot.ui.surveys import editing as ui
from bot.ui.surveys import form as form_ui
from bot.ui.surveys import results as results_ui
from bot.ui.surveys.editing import (
    QuestionDo,
    QuestionMove,
    SurveyAdd,
    SurveyClass,
    SurveyDays,
    SurveyEdit,
    SurveyLevel,
    SurveyLook,
    SurveyNew,
    SurveyTo,
)

router = Router()


class EditSteps(StatesGroup):
    """What is being typed of a draft."""

    new = State()
    title = State()
    question = State()
    options = State()
    opening = State()
    closing = State()


# --- the list, and a survey ------------------------------------------------------------------------------


@router.message(Command("survey"), RoleIs(Role.ADMIN))
@router.callback_query(Go("survey"))
async def overview(
    event: Event, session: Session, actor: Actor, state: FSMContext, t: Texts, settings: Settings
) -> Replies:
    """Every survey."""
    found = await surveys.all_surveys(session, actor)
    await state.clear()
    return show(event, ui.overview(t, found, settings.school.zone))


@router.callback_query(Go("survey_new"))
async def choose_template(query: CallbackQuery, actor: Actor, state: FSMContext, t: Texts) -> Replies:
    """What to begin from?"""
    require(actor, Role.ADMIN)
    await state.clear()
    return show(query, ui.templates(t))


@router.callback_query(SurveyNew.filter())
async def create(
    query: CallbackQuery,
    callback_data: SurveyNew,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """A draft from a ready survey; for an empty one its title first."""
    require(actor, Role.ADMIN)
    if callback_data.template == "empty":
        await state.set_state(EditSteps.new)
        return show(query, ui.ask(t, "survey-ask-title", None, limit=editing.TITLE_MAX))
    # The school's language, whatever the admin's: it is what everybody reads and what stays on record.
    title, role, questions = ui.template(texts("ru"), callback_data.template)
    survey = await editing.create(
        session,
        actor,
        now,
        title=title,
        questions=questions,
        template=callback_data.template,
        role=role,
    )
    return show(query, await _draft(session, actor, t, today, survey.id))


@router.message(Says(EditSteps.new))
async def take_new(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """The title of an empty survey."""
    survey = await editing.create(session, actor, now, title=message.text or "")
    await state.clear()
    return show(message, await _draft(session, actor, t, today, survey.id))


@router.callback_query(SurveyCard.filter())
async def card(
    query: CallbackQuery,
    callback_data: SurveyCard,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """A survey: go on writing, watch, close, throw away."""
    survey_id = callback_data.survey_id
    row = await surveys.find(session, actor, survey_id)
    await state.clear()
    match callback_data.action:
        case "ask":
            return show(query, ui.close_ask(t, row))
        case "close":
            await running.close(session, actor, now, settings, survey_id)
            found = await results.results(session, actor, settings, survey_id)
            return show(query, results_ui.results(t, found, settings.indicators.min_answers, 0))
        case "unplan":
            row = await running.unplan(session, actor, now, survey_id)
        case "drop-ask":
            return show(query, ui.drop_ask(t, row.survey))
        case "drop":
            await editing.remove(session, actor, now, survey_id)
            left = await surveys.all_surveys(session, actor)
            return show(query, ui.overview(t, left, settings.school.zone), toast=t("survey-removed"))
    if row.survey.state == SurveyState.DRAFT:
        return show(query, await _draft(session, actor, t, today, survey_id))
    return show(query, await _watch(session, t, settings, now, row))


async def _watch(session: Session, t: Texts, settings: Settings, now: datetime, row: SurveyRow) -> Screen:
    published = row.survey.published_at is not None
    kind = AnnouncementKind.OUTCOME if published else AnnouncementKind.SURVEY
    spread = await outbox.spread(session, now, kind, row.survey.id)
    return ui.watch(t, row, settings.school.zone, progress(t, kind, row.survey.id, spread))


async def _draft(session: Session, actor: Actor, t: Texts, today: date, survey_id: int) -> Screen:
    found = await editing.draft(session, actor, today, survey_id)
    return ui.card(t, found, await editing.all_classes(session))


# --- parts of a draft ------------------------------------------------------------------------------------


@router.callback_query(SurveyEdit.filter())
async def edit(
    query: CallbackQuery,
    callback_data: SurveyEdit,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Change a part of a draft, or go where that is done."""
    survey_id = callback_data.survey_id
    found = await editing.draft(session, actor, today, survey_id)
    await state.clear()
    match callback_data.part:
        case "title":
            await _wait(state, EditSteps.title, survey=survey_id)
            return show(query, ui.ask(t, "survey-ask-title", survey_id, limit=editing.TITLE_MAX))
        case "kinds":
            return show(query, ui.kinds(t, found.survey))
        case "audience":
            return show(query, await _audience(session, actor, t, settings, today, survey_id))
        case "anonymous" | "named":
            anonymous = callback_data.part == "anonymous"
            await editing.set_anonymous(session, actor, now, survey_id, anonymous=anonymous)
            return show(query, await _draft(session, actor, t, today, survey_id))
        case "opening":
            await _wait(state, EditSteps.opening, survey=survey_id)
            return show(query, ui.ask(t, "survey-ask-opening", survey_id))
        case "closing":
            await _wait(state, EditSteps.closing, survey=survey_id)
            return show(query, ui.ask(t, "survey-ask-closing", survey_id))
        case "now":
            await editing.set_opening(session, actor, now, survey_id, None)
        case "launch":
            row = await running.launch(session, actor, now, today, settings, survey_id)
            toast = "survey-opened" if row.survey.state == SurveyState.OPEN else "survey-planned"
            return show(query, await _watch(session, t, settings, now, row), toast=t(toast))
    return show(query, await _when(session, actor, t, settings, today, survey_id))


async def _wait(state: FSMContext, step: State, **data: Any) -> None:
    await state.set_state(step)
    await state.set_data(data)


@router.message(Says(EditSteps.title))
async def take_title(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """Another title."""
    survey_id = (await state.get_data())["survey"]
    await editing.rename(session, actor, now, survey_id, message.text or "")
    await state.clear()
    return show(message, await _draft(session, actor, t, today, survey_id))


@router.callback_query(SurveyLook.filter())
async def look(
    query: CallbackQuery,
    callback_data: SurveyLook,
    session: Session,
    actor: Actor,
    t: Texts,
    today: date,
) -> Replies:
    """A draft as those who answer will see it."""
    found = await editing.draft(session, actor, today, callback_data.survey_id)
    return show(query, form_ui.question(t, ui.preview(t, found), max(0, callback_data.at)))


# --- questions -------------------------------------------------------------------------------------------


@router.callback_query(SurveyAdd.filter())
async def add_question(
    query: CallbackQuery,
    callback_data: SurveyAdd,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    today: date,
) -> Replies:
    """Wait for the words of a new question."""
    survey_id = callback_data.survey_id
    await editing.draft(session, actor, today, survey_id)
    await _wait(state, EditSteps.question, survey=survey_id, kind=callback_data.kind.value)
    return show(query, ui.ask(t, "survey-ask-question", survey_id, limit=editing.QUESTION_MAX))


@router.message(Says(EditSteps.question))
async def take_question(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """The words of a question, new or old; a new choice needs its options, too."""
    data = await state.get_data()
    if "question" in data:
        question = await editing.reword(session, actor, now, data["question"], message.text or "")
        await state.clear()
        return show(message, await _question(session, actor, t, today, question.id))
    text = editing.clean_question(actor, message.text or "")
    kind = QuestionKind(data["kind"])
    if kind in editing.CHOICES:
        await _wait(state, EditSteps.options, **data, text=text)
        return tell(message, _ask_options(t, data["survey"]))
    question = await editing.add_question(session, actor, now, data["survey"], kind, text)
    await state.clear()
    return show(message, await _question(session, actor, t, today, question.id))


def _ask_options(t: Texts, survey_id: int) -> Screen:
    return ui.ask(t, "survey-ask-options", survey_id, limit=editing.OPTIONS_MAX, length=editing.OPTION_MAX)


@router.message(Says(EditSteps.options))
async def take_options(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """The options of a question, one a line."""
    require(actor, Role.ADMIN)
    data = await state.get_data()
    options = editing.read_options(message.text or "")
    if "question" in data:
        question = await editing.set_options(session, actor, now, data["question"], options)
    else:
        kind = QuestionKind(data["kind"])
        question = await editing.add_question(
            session, actor, now, data["survey"], kind, data["text"], options
        )
    await state.clear()
    return show(message, await _question(session, actor, t, today, question.id))


@router.callback_query(QuestionDo.filter())
async def do_question(
    query: CallbackQuery,
    callback_data: QuestionDo,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """A question of a draft: look, other words, other options, the headline, away with it."""
    question_id = callback_data.question_id
    survey, _ = await editing.find_question(session, actor, question_id)
    await state.clear()
    match callback_data.action:
        case "text":
            await _wait(state, EditSteps.question, question=question_id)
            return show(query, ui.ask(t, "survey-ask-question", survey.id, limit=editing.QUESTION_MAX))
        case "options":
            await _wait(state, EditSteps.options, question=question_id)
            return show(query, _ask_options(t, survey.id))
        case "head" | "plain":
            on = callback_data.action == "head"
            await editing.set_headline(session, actor, now, question_id, on=on)
        case "drop":
            await editing.drop_question(session, actor, now, question_id)
            return show(query, await _draft(session, actor, t, today, survey.id))
    return show(query, await _question(session, actor, t, today, question_id))


@router.callback_query(QuestionMove.filter())
async def move_question(
    query: CallbackQuery,
    callback_data: QuestionMove,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """A question of a draft goes up or down."""
    question = await editing.move(session, actor, now, callback_data.question_id, callback_data.to)
    return show(query, await _question(session, actor, t, today, question.id))


async def _question(session: Session, actor: Actor, t: Texts, today: date, question_id: int) -> Screen:
    survey, question = await editing.find_question(session, actor, question_id)
    found = await editing.draft(session, actor, today, survey.id)
    return ui.question_card(t, question, len(found.questions))


# --- whom to ask -----------------------------------------------------------------------------------------


@router.callback_query(SurveyTo.filter())
async def choose_audience(
    query: CallbackQuery,
    callback_data: SurveyTo,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Guardians, staff, or teachers."""
    await editing.set_audience(session, actor, now, callback_data.survey_id, callback_data.role)
    return show(query, await _audience(session, actor, t, settings, today, callback_data.survey_id))


@router.callback_query(SurveyLevel.filter())
async def choose_level(
    query: CallbackQuery,
    callback_data: SurveyLevel,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The guardians of a level."""
    survey_id = callback_data.survey_id
    await editing.narrow(session, actor, now, survey_id, level=callback_data.level, on=callback_data.on)
    return show(query, await _audience(session, actor, t, settings, today, survey_id))


@router.callback_query(SurveyClass.filter())
async def choose_class(
    query: CallbackQuery,
    callback_data: SurveyClass,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The guardians of a class."""
    survey_id = callback_data.survey_id
    await editing.narrow(session, actor, now, survey_id, class_id=callback_data.class_id, on=callback_data.on)
    return show(query, await _audience(session, actor, t, settings, today, survey_id))


async def _audience(
    session: Session, actor: Actor, t: Texts, settings: Settings, today: date, survey_id: int
) -> Screen:
    found = await editing.draft(session, actor, today, survey_id)
    return ui.audience(t, found, await editing.all_classes(session), settings.school.levels)


# --- when ------------------------------------------------------------------------------------------------


@router.callback_query(SurveyDays.filter())
async def choose_days(
    query: CallbackQuery,
    callback_data: SurveyDays,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Open for so many days."""
    survey_id = callback_data.survey_id
    await editing.set_days(session, actor, now, settings, survey_id, callback_data.days)
    return show(query, await _when(session, actor, t, settings, today, survey_id))


@router.message(Says(EditSteps.opening))
async def take_opening(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The moment of its opening."""
    survey_id = (await state.get_data())["survey"]
    require(actor, Role.ADMIN)
    moment = parse_moment(message.text or "", now.astimezone(settings.school.zone))
    if moment is None:
        raise AppError("error-moment")
    await editing.set_opening(session, actor, now, survey_id, moment)
    await state.clear()
    return show(message, await _when(session, actor, t, settings, today, survey_id))


@router.message(Says(EditSteps.closing))
async def take_closing(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Its last day."""
    survey_id = (await state.get_data())["survey"]
    require(actor, Role.ADMIN)
    day = parse_day(message.text or "", today)
    if day is None:
        raise AppError("error-day")
    await editing.set_last_day(session, actor, now, settings, survey_id, day)
    await state.clear()
    return show(message, await _when(session, actor, t, settings, today, survey_id))


async def _when(
    session: Session, actor: Actor, t: Texts, settings: Settings, today: date, survey_id: int
) -> Screen:
    found = await editing.draft(session, actor, today, survey_id)
    classes = await editing.all_classes(session)
    return ui.when(t, found, classes, settings.school.zone, editing.DAYS, settings.indicators.min_answers)
