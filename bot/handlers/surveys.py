"""/survey for the admin who asks; /surveys and the buttons under a question for those who answer."""

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.surveys import QuestionKind
from bot.errors import NotFoundError
from bot.features import surveys
from bot.features.accounts import require
from bot.features.surveys import Sheet
from bot.filters import Go, RoleIs, Says
from bot.texts import Texts, texts
from bot.ui import surveys as ui
from bot.ui.screen import Event, Replies, Screen, go, keyboard, show
from bot.ui.surveys import SurveyAt, SurveyCard, SurveyCreate, SurveyPress, SurveySend, SurveyStart

router = Router()


class SurveySteps(StatesGroup):
    """Waiting for an answer in words."""

    words = State()


# --- the admin -------------------------------------------------------------------------------------------


@router.message(Command("survey"), RoleIs(Role.ADMIN))
@router.callback_query(Go("survey"))
async def overview(
    event: Event, session: Session, actor: Actor, state: FSMContext, t: Texts, settings: Settings
) -> Replies:
    """Every survey, and the ready template."""
    found = await surveys.all_surveys(session, actor)
    await state.clear()
    return show(event, ui.overview(t, found, settings.school.zone))


@router.callback_query(SurveyCreate.filter())
async def create(
    query: CallbackQuery,
    callback_data: SurveyCreate,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Show what will be asked; then open it."""
    require(actor, Role.ADMIN)
    # The school's language, whatever the admin's: it is what everybody reads and what stays on record.
    title, questions = ui.satisfaction(texts("ru"))
    if callback_data.days == 0:
        return show(query, ui.preview(t, title, questions, surveys.DAYS))
    row = await surveys.open_survey(
        session, actor, now, today, settings, title=title, questions=questions, days=callback_data.days
    )
    return show(query, ui.card(t, row, settings.school.zone), toast=t("survey-opened"))


@router.callback_query(SurveyCard.filter())
async def card(
    query: CallbackQuery,
    callback_data: SurveyCard,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
) -> Replies:
    """Watch a survey, close it, see what came out."""
    survey_id = callback_data.survey_id
    match callback_data.action:
        case "ask":
            return show(query, ui.close_ask(t, await surveys.find(session, actor, survey_id)))
        case "close":
            await surveys.close(session, actor, now, survey_id)
        case "results":
            pass
        case _:
            found = await surveys.find(session, actor, survey_id)
            return show(query, ui.card(t, found, settings.school.zone))
    results = await surveys.results(session, actor, settings, survey_id)
    return show(query, ui.results(t, results, settings.indicators.min_answers))


# --- whoever is asked ------------------------------------------------------------------------------------


@router.message(Command("surveys"), RoleIs(*Role))
@router.callback_query(Go("surveys"))
async def mine(
    event: Event, session: Session, actor: Actor, state: FSMContext, t: Texts, now: datetime
) -> Replies:
    """The surveys that wait for the person."""
    if actor.person_id is None:
        raise NotFoundError
    await state.clear()
    return show(event, ui.mine(t, await surveys.open_surveys(session, actor, now)))


@router.callback_query(SurveyStart.filter())
async def start(
    query: CallbackQuery,
    callback_data: SurveyStart,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
) -> Replies:
    """The first question without an answer."""
    sheet = await surveys.sheet(session, actor, now, callback_data.survey_id)
    return await _ask(query, state, t, sheet, sheet.next)


@router.callback_query(SurveyAt.filter())
async def step(
    query: CallbackQuery,
    callback_data: SurveyAt,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
) -> Replies:
    """A question again."""
    sheet = await surveys.sheet(session, actor, now, callback_data.survey_id)
    return await _ask(query, state, t, sheet, max(0, callback_data.at))


@router.callback_query(SurveyPress.filter())
async def press(
    query: CallbackQuery,
    callback_data: SurveyPress,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
) -> Replies:
    """An answer; then the next question."""
    value = None if callback_data.score == -1 else callback_data.score
    sheet = await surveys.take_answer(session, actor, now, callback_data.survey_id, callback_data.at, value)
    return await _ask(query, state, t, sheet, callback_data.at + 1)


@router.message(Says(SurveySteps.words))
async def words(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, now: datetime
) -> Replies:
    """An answer in words; then the next question."""
    data = await state.get_data()
    sheet = await surveys.take_answer(session, actor, now, data["survey"], data["at"], message.text or "")
    return await _ask(message, state, t, sheet, data["at"] + 1)


async def _ask(event: Event, state: FSMContext, t: Texts, sheet: Sheet, at: int) -> Replies:
    await state.clear()
    if at < len(sheet.questions) and sheet.questions[at].kind == QuestionKind.TEXT:
        await state.set_state(SurveySteps.words)
        await state.set_data({"survey": sheet.survey.id, "at": at})
    return show(event, ui.question(t, sheet, at))


@router.callback_query(SurveySend.filter())
async def send(
    query: CallbackQuery,
    callback_data: SurveySend,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
) -> Replies:
    """Hand the answers in."""
    await surveys.send_off(session, actor, now, callback_data.survey_id)
    await state.clear()
    return show(query, Screen(t("surveys-thanks"), keyboard([go(t, "menu")])))
