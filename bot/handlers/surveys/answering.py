"""/surveys and the buttons under a question, for those who are asked."""

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
from bot.features.surveys import answering, paper, results
from bot.features.surveys.answering import Sheet
from bot.filters import Go, RoleIs, Says
from bot.texts import Texts
from bot.ui.screen import Event, Replies, show, tell
from bot.ui.surveys import answering as ui
from bot.ui.surveys import form as form_ui
from bot.ui.surveys.answering import SurveyAt, SurveyChoose, SurveyPress, SurveySend, SurveyStart
from bot.ui.surveys.form import DONE, LEFT_OUT

router = Router()


class SurveySteps(StatesGroup):
    """Waiting for an answer: in words, or by a button."""

    words = State()
    press = State()


@router.message(Command("surveys"), RoleIs(*Role))
@router.callback_query(Go("surveys"))
async def mine(
    event: Event, session: Session, actor: Actor, state: FSMContext, t: Texts, now: datetime
) -> Replies:
    """The surveys that wait for the person, what came of earlier ones, and for staff the sheets to enter."""
    if actor.person_id is None:
        raise NotFoundError
    found = await answering.open_surveys(session, actor, now)
    outcomes = await results.outcomes(session, actor)
    rounds = await paper.rounds(session, actor, now)
    await state.clear()
    return show(event, ui.mine(t, found, outcomes, rounds))


@router.callback_query(SurveyStart.filter())
async def start(
    query: CallbackQuery,
    callback_data: SurveyStart,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """The first question without an answer."""
    sheet = await answering.sheet(session, actor, now, today, callback_data.survey_id)
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
    today: date,
) -> Replies:
    """A question again."""
    sheet = await answering.sheet(session, actor, now, today, callback_data.survey_id)
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
    today: date,
) -> Replies:
    """An answer; then the next question."""
    survey_id, at, score = callback_data.survey_id, callback_data.at, callback_data.score
    if score == DONE:
        sheet = await answering.done_choosing(session, actor, now, today, survey_id, at)
    else:
        value = None if score == LEFT_OUT else score
        sheet = await answering.take_answer(session, actor, now, today, survey_id, at, value)
    return await _ask(query, state, t, sheet, at + 1)


@router.callback_query(SurveyChoose.filter())
async def choose(
    query: CallbackQuery,
    callback_data: SurveyChoose,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """An option of several; the question stays."""
    survey_id, at = callback_data.survey_id, callback_data.at
    sheet = await answering.choose(
        session, actor, now, today, survey_id, at, callback_data.score, on=callback_data.on
    )
    return await _ask(query, state, t, sheet, at)


@router.message(Says(SurveySteps.words))
async def words(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """An answer in words; then the next question."""
    data = await state.get_data()
    sheet = await answering.take_answer(
        session, actor, now, today, data["survey"], data["at"], message.text or ""
    )
    return await _ask(message, state, t, sheet, data["at"] + 1)


@router.message(Says(SurveySteps.press))
async def typed(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """Something written where a button is asked for: what stands on one of the buttons counts."""
    data = await state.get_data()
    sheet = await answering.sheet(session, actor, now, today, data["survey"])
    at = data["at"]
    score = form_ui.typed(t, sheet.questions[at], message.text or "")
    if score is None:
        return tell(message, form_ui.press_a_button(t, ui.form(t, sheet), at))
    sheet = await answering.take_answer(session, actor, now, today, data["survey"], at, score)
    return await _ask(message, state, t, sheet, at + 1)


async def _ask(event: Event, state: FSMContext, t: Texts, sheet: Sheet, at: int) -> Replies:
    await state.clear()
    if at < len(sheet.questions):
        in_words = sheet.questions[at].kind == QuestionKind.TEXT
        await state.set_state(SurveySteps.words if in_words else SurveySteps.press)
        await state.set_data({"survey": sheet.survey.id, "at": at})
    return show(event, form_ui.question(t, ui.form(t, sheet), at))


@router.callback_query(SurveySend.filter())
async def send(
    query: CallbackQuery,
    callback_data: SurveySend,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Hand the answers in."""
    survey = await answering.send_off(session, actor, now, today, settings, callback_data.survey_id)
    await state.clear()
    return show(query, ui.thanks(t, survey))
