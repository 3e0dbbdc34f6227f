"""Whom marks propose, what a person decides about it, and marks from a file."""

from datetime import date, datetime
from functools import partial

from aiogram import Bot, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.errors import AppError
from bot.features.accounts import require
from bot.features.risk import marks
from bot.features.risk.marks import importing
from bot.features.risk.marks.table import COLUMNS, Row, read_table
from bot.features.roster.reading import SIZE_MAX, Problem, TableError
from bot.filters import Says
from bot.handlers.roster import download
from bot.reports import aside
from bot.texts import Texts, texts
from bot.ui import roster as roster_ui
from bot.ui.risk import marks as ui
from bot.ui.risk import marks_words as words
from bot.ui.risk.marks import MarksAt, MarksDecide, MarksFile, MarksLoad
from bot.ui.screen import Replies, alert, show

router = Router()


class MarksSteps(StatesGroup):
    """Waiting for a file; waiting for the word to load it."""

    file = State()
    confirm = State()


@router.callback_query(MarksAt.filter())
async def proposal(
    query: CallbackQuery, callback_data: MarksAt, session: Session, actor: Actor, t: Texts, today: date
) -> Replies:
    """One pupil whom marks propose."""
    found = await marks.proposals(session, actor, today)
    return show(query, ui.proposals(t, found, callback_data.at, loads=actor.is_one_of(Role.ADMIN)))


@router.callback_query(MarksDecide.filter())
async def decide(
    query: CallbackQuery,
    callback_data: MarksDecide,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """Put the pupil on the register or leave it; then the next proposal."""
    registers = callback_data.registers
    pupil_id, facts = callback_data.pupil_id, callback_data.facts
    # The reason stands on the register in the school's language, whatever the actor's.
    word = partial(ui.reason, texts("ru"))
    await marks.decide(session, actor, now, today, pupil_id, facts, registers=registers, word=word)
    found = await marks.proposals(session, actor, today)
    toast = t("marks-registered" if registers else "marks-dismissed")
    return show(query, ui.proposals(t, found, 0, loads=actor.is_one_of(Role.ADMIN)), toast=toast)


# --- marks from a file -----------------------------------------------------------------------------------


@router.callback_query(MarksFile.filter())
async def ask_file(query: CallbackQuery, actor: Actor, state: FSMContext, t: Texts) -> Replies:
    """From now on a file is taken for marks."""
    require(actor, Role.ADMIN)
    await state.clear()
    await state.set_state(MarksSteps.file)
    columns = (column.names[0 if t.language == "ru" else -1] for column in COLUMNS.values())
    return show(query, ui.ask_file(t, ", ".join(columns)))


@router.message(Says(MarksSteps.file))
@router.message(Says(MarksSteps.confirm))
async def take_file(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, bot: Bot, today: date
) -> Replies:
    """Show what the file would change. Of the file only its number at Telegram is kept."""
    require(actor, Role.ADMIN)
    document = message.document
    if document is None:
        raise AppError("error-marks-file")
    if (document.file_size or 0) > SIZE_MAX:
        problem = Problem("table-file-big", (("limit", SIZE_MAX // 2**20),))
        return show(message, roster_ui.problems(t, [problem]))
    await session.commit()  # the download may take a while: the write lock is given back
    name = document.file_name or ""
    try:
        rows = await _fetch(bot, document.file_id, name, today)
        plan = await importing.plan(session, today, rows)
    except TableError as error:
        return show(message, roster_ui.problems(t, error.problems))
    await state.set_state(MarksSteps.confirm)
    await state.set_data({"file": document.file_id, "name": name, "message": message.message_id})
    load = MarksLoad(message_id=message.message_id)
    return show(message, roster_ui.plan(t, words.plan(t, plan), load, is_empty=plan.is_empty))


@router.callback_query(MarksLoad.filter())
async def load(
    query: CallbackQuery,
    callback_data: MarksLoad,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    bot: Bot,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Load it: read anew, because the school may have changed since."""
    require(actor, Role.ADMIN)
    data = await state.get_data()
    if raw_state != MarksSteps.confirm.state or data["message"] != callback_data.message_id:
        return alert(query, t("roster-gone"))
    await session.commit()
    try:
        rows = await _fetch(bot, data["file"], data["name"], today)
        plan = await importing.apply(session, actor, now, today, rows, settings)
    except TableError as error:
        return show(query, roster_ui.problems(t, error.problems))
    await state.clear()
    return show(query, ui.loaded(t, words.plan(t, plan)))


async def _fetch(bot: Bot, file_id: str, name: str, today: date) -> list[Row]:
    return await aside(read_table, await download(bot, file_id), name, today)
