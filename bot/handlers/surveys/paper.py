"""The paper round: printing coded sheets, and entering them by their codes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.db.surveys import QuestionKind, SurveyQuestion
from bot.errors import AppError
from bot.features.surveys import answering, paper
from bot.features.surveys.keeping import clean_answer
from bot.filters import Says
from bot.reports import aside, sheets
from bot.texts import Texts, texts
from bot.ui.screen import Event, Replies, show, tell
from bot.ui.surveys import form as form_ui
from bot.ui.surveys import paper as ui
from bot.ui.surveys.form import DONE, LEFT_OUT, Form
from bot.ui.surveys.paper import PaperAt, PaperChoose, PaperDo, PaperPress, PaperPrint, PaperSend

router = Router()


class PaperSteps(StatesGroup):
    """Entering a sheet: its code, then its answers, some of them in words."""

    code = State()
    answers = State()


@router.callback_query(PaperDo.filter())
async def begin(
    query: CallbackQuery,
    callback_data: PaperDo,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
) -> Replies:
    """Offer to print, or wait for a code."""
    if callback_data.action == "offer":
        survey, classes = await paper.to_print(session, actor, callback_data.survey_id)
        await state.clear()
        return show(query, ui.offer(t, survey, classes))
    survey = await paper.to_enter(session, actor, now, callback_data.survey_id)
    await state.set_state(PaperSteps.code)
    await state.set_data({"survey": survey.id})
    return show(query, ui.ask_code(t, survey))


@router.callback_query(PaperPrint.filter())
async def print_out(
    query: CallbackQuery,
    callback_data: PaperPrint,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """A PDF with a sheet for each family."""
    survey_id = callback_data.survey_id
    made = await paper.print_sheets(
        session,
        actor,
        now,
        today,
        survey_id,
        class_id=callback_data.class_id or None,
        offline_only=callback_data.offline,
    )
    survey, _ = await paper.to_print(session, actor, survey_id)
    questions = await paper.questions(session, actor, survey_id)
    # The codes are kept before they are on paper; and drawing takes a while.
    await session.commit()
    # The school's language: whose the other one is has the bot.
    ru = texts("ru")
    layout = sheets.Layout(*ui.layout(ru, survey, questions, settings.school.name, settings.school.zone))
    addressed = [sheets.Addressed(*ui.address(ru, each)) for each in made]
    pdf = await aside(sheets.survey_sheets, layout, addressed)
    file = BufferedInputFile(pdf, f"survey-{survey_id}-sheets.pdf")
    words = t("paper-printed", number=len(made))
    return [query.answer(words), SendDocument(chat_id=query.from_user.id, document=file, caption=words)]


@router.message(Says(PaperSteps.code))
async def take_code(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """The code of a sheet; then its first question."""
    survey_id = (await state.get_data())["survey"]
    found = await paper.open_sheet(session, actor, now, today, survey_id, message.text or "")
    data = {"survey": survey_id, "code": found.code, "draft": message.message_id, "at": 0, "answers": {}}
    await state.set_state(PaperSteps.answers)
    return await _ask(message, session, actor, state, t, data, 0)


@router.callback_query(PaperAt.filter())
async def step(
    query: CallbackQuery,
    callback_data: PaperAt,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
) -> Replies:
    """A question of the sheet again."""
    data = await _sheet(actor, state, raw_state, callback_data.draft)
    return await _ask(query, session, actor, state, t, data, max(0, callback_data.at))


@router.callback_query(PaperPress.filter())
async def press(
    query: CallbackQuery,
    callback_data: PaperPress,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
) -> Replies:
    """What is ticked on the sheet, or nothing; then the next question."""
    data = await _sheet(actor, state, raw_state, callback_data.draft)
    at, score = callback_data.at, callback_data.score
    value: Any = None if score == LEFT_OUT else score
    if score == DONE:
        value = data["answers"].get(str(at)) or []
    return await _note(query, session, actor, state, t, data, at, value)


@router.callback_query(PaperChoose.filter())
async def choose(
    query: CallbackQuery,
    callback_data: PaperChoose,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
) -> Replies:
    """One of several ticks on the sheet; the question stays."""
    data = await _sheet(actor, state, raw_state, callback_data.draft)
    at = callback_data.at
    given = data["answers"].get(str(at))
    chosen = answering.chosen_with(
        given if isinstance(given, list) else None, callback_data.score, on=callback_data.on
    )
    return await _note(query, session, actor, state, t, data, at, chosen, stay=True)


@router.message(Says(PaperSteps.answers))
async def typed(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
) -> Replies:
    """Words of the sheet, or what stands on one of the buttons."""
    data = await state.get_data()
    data = await _sheet(actor, state, raw_state, data["draft"])
    at = data["at"]
    questions = await paper.questions(session, actor, data["survey"])
    value: Any = None
    if at < len(questions):
        value = message.text or ""
        if questions[at].kind != QuestionKind.TEXT:
            value = form_ui.typed(t, questions[at], value)
    if value is None:
        return tell(message, form_ui.press_a_button(t, _form(t, questions, data), at))
    return await _note(message, session, actor, state, t, data, at, value)


@router.callback_query(PaperSend.filter())
async def send(
    query: CallbackQuery,
    callback_data: PaperSend,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Count the sheet."""
    data = await _sheet(actor, state, raw_state, callback_data.draft)
    answers = {int(at): value for at, value in data["answers"].items()}
    survey = await paper.enter_sheet(
        session, actor, now, today, settings, data["survey"], data["code"], answers
    )
    await state.clear()
    return show(query, ui.entered(t, survey.id))


async def _sheet(actor: Actor, state: FSMContext, raw_state: str | None, draft: int) -> dict[str, Any]:
    """The sheet in hand; AppError where the button belongs to another one."""
    paper.require_staff(actor)
    data = await state.get_data()
    if raw_state != PaperSteps.answers.state or data["draft"] != draft:
        raise AppError("old-button")
    return data


async def _note(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    data: dict[str, Any],
    at: int,
    value: Any,
    *,
    stay: bool = False,
) -> Replies:
    questions = await paper.questions(session, actor, data["survey"])
    if not 0 <= at < len(questions):
        raise AppError("old-button")
    kept = None if value is None else clean_answer(questions[at], value)
    data = {**data, "answers": {**data["answers"], str(at): kept}}
    return await _ask(event, session, actor, state, t, data, at if stay else at + 1)


async def _ask(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    data: dict[str, Any],
    at: int,
) -> Replies:
    questions = await paper.questions(session, actor, data["survey"])
    await state.set_data({**data, "at": min(at, len(questions))})
    return show(event, form_ui.question(t, _form(t, questions, data), at))


def _form(t: Texts, questions: Sequence[SurveyQuestion], data: dict[str, Any]) -> Form:
    answers = {int(at): value for at, value in data["answers"].items()}
    return ui.form(t, questions, answers, data["draft"])
