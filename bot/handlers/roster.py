"""/roster: classes, and class lists from a file."""

from datetime import date, datetime

from aiogram import Bot, Router
from aiogram.exceptions import AiogramError
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from aiohttp import ClientError

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.errors import AppError
from bot.features import roster
from bot.features.accounts import require, require_lead
from bot.features.roster import importing, turning
from bot.features.roster.importing import class_name
from bot.features.roster.reading import SIZE_MAX, Problem, TableError
from bot.features.roster.table import COLUMNS, Row, read_table
from bot.filters import Go, RoleIs, Says
from bot.reports import aside
from bot.texts import Texts
from bot.ui import roster as ui
from bot.ui import roster_words as words
from bot.ui.roster import RosterClass, RosterLoad, YearAsk
from bot.ui.screen import Event, Replies, Screen, alert, go, keyboard, show

router = Router()


class RosterSteps(StatesGroup):
    """Waiting for a file; waiting for the word to load it."""

    file = State()
    confirm = State()


@router.message(Command("roster"), RoleIs(Role.ADMIN))
@router.callback_query(Go("roster"))
async def overview(
    event: Event, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """Every class in numbers; from now on a file is taken for a class list."""
    counts = await roster.counts(session, actor, today)
    await state.clear()
    await state.set_state(RosterSteps.file)
    columns = (column.names[0 if t.language == "ru" else -1] for column in COLUMNS.values())
    return show(event, ui.classes(t, counts, ", ".join(columns)))


@router.callback_query(YearAsk.filter())
async def year(
    query: CallbackQuery, session: Session, actor: Actor, t: Texts, settings: Settings, today: date
) -> Replies:
    """What the next 1 September will change."""
    return show(query, ui.year(t, await turning.dry_run(session, actor, today, settings)))


@router.callback_query(RosterClass.filter())
async def school_class(
    query: CallbackQuery,
    callback_data: RosterClass,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """One class, with who has come; for an admin or who leads it."""
    await require_lead(session, actor, callback_data.class_id)
    found, pupils = await roster.class_list(session, actor, callback_data.class_id, today)
    return show(query, ui.school_class(t, found, pupils, now, today))


@router.message(Says(RosterSteps.file))
@router.message(Says(RosterSteps.confirm))
async def take_file(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, bot: Bot, today: date
) -> Replies:
    """Show what the file would change. Of the file only its number at Telegram is kept."""
    require(actor, Role.ADMIN)
    document = message.document
    if document is None:
        raise AppError("error-roster-file")
    if (document.file_size or 0) > SIZE_MAX:
        return show(message, ui.problems(t, [Problem("table-file-big", (("limit", SIZE_MAX // 2**20),))]))
    await session.commit()  # the download may take a while: the write lock is given back
    name = document.file_name or ""
    try:
        rows = await _fetch(bot, document.file_id, name)
        plan = await importing.plan(session, today, rows)
    except TableError as error:
        return show(message, ui.problems(t, error.problems))
    await state.set_state(RosterSteps.confirm)
    await state.set_data({"file": document.file_id, "name": name, "message": message.message_id})
    lines = words.plan(t, plan, [class_name(row) for _, row, _ in plan.moved])
    load = RosterLoad(message_id=message.message_id)
    return show(message, ui.plan(t, lines, load, is_empty=plan.is_empty))


@router.callback_query(RosterLoad.filter())
async def load(
    query: CallbackQuery,
    callback_data: RosterLoad,
    session: Session,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    t: Texts,
    bot: Bot,
    now: datetime,
    today: date,
) -> Replies:
    """Load it: read anew, because the school may have changed since."""
    require(actor, Role.ADMIN)
    data = await state.get_data()
    if raw_state != RosterSteps.confirm.state or data["message"] != callback_data.message_id:
        return alert(query, t("roster-gone"))
    await session.commit()
    try:
        rows = await _fetch(bot, data["file"], data["name"])
        plan = await importing.apply(session, actor, now, today, rows)
    except TableError as error:
        return show(query, ui.problems(t, error.problems))
    await state.clear()
    lines = words.plan(t, plan, [class_name(row) for _, row, _ in plan.moved])
    text = "\n".join([t("roster-done"), "", *lines])
    return show(query, Screen(text, keyboard([go(t, "invite")], [go(t, "menu")])))


async def _fetch(bot: Bot, file_id: str, name: str) -> list[Row]:
    return await aside(read_table, await download(bot, file_id), name)


async def download(bot: Bot, file_id: str) -> bytes:
    """The content of a file that somebody sent. It may take a while: give the write lock back before.

    Raises AppError where Telegram does not give it.
    """
    try:
        file = await bot.download(file_id)
    except (AiogramError, ClientError, TimeoutError):  # aiogram passes on what breaks a download as it is
        raise AppError("error-roster-download") from None
    if file is None:
        raise AppError("error-roster-download")
    return file.read()
