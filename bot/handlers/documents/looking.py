"""The shelves; one document with what can be done with it."""

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
from bot.errors import AppError, NotFoundError
from bot.features import documents
from bot.features.accounts import require
from bot.features.documents import Standing, shelves
from bot.filters import Go, RoleIs, Says
from bot.handlers.documents.adding import mend
from bot.programme.model import Programme
from bot.texts import Texts
from bot.ui import documents as ui
from bot.ui.documents import DocActs, DocCard, DocList
from bot.ui.moments import parse_day
from bot.ui.screen import Event, Replies, Screen, show, tell

router = Router()


class DocumentSteps(StatesGroup):
    """What an admin is asked about a document: what should be different; from when it is in force no more."""

    word = State()
    end = State()


@router.message(Command("documents"), RoleIs(Role.ADMIN, Role.TEACHER))
@router.callback_query(Go("documents"))
async def home(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    today: date,
) -> Replies:
    """What there is."""
    found = await shelves.home(session, actor, today, programme)
    await state.clear()
    is_admin, is_teacher = actor.is_one_of(Role.ADMIN), actor.is_one_of(Role.TEACHER)
    return show(event, ui.home(t, found, is_admin=is_admin, is_teacher=is_teacher))


@router.callback_query(DocList.filter())
async def shelf(
    query: CallbackQuery, callback_data: DocList, session: Session, actor: Actor, t: Texts, today: date
) -> Replies:
    """A page of documents."""
    found = await shelves.listed(session, actor, today, callback_data.shelf, callback_data.page)
    standings = [documents.standing(row.document, today) for row in found.rows]
    return show(query, ui.page(t, found, standings, today))


@router.callback_query(DocActs.filter())
async def acts(
    query: CallbackQuery, session: Session, actor: Actor, t: Texts, programme: Programme, today: date
) -> Replies:
    """The local acts: which are there, which are missing."""
    return show(query, ui.acts(t, await shelves.acts(session, actor, today, programme)))


async def _card(session: Session, actor: Actor, t: Texts, today: date, document_id: int) -> Screen:
    row = await documents.find(session, actor, today, document_id)
    how = documents.standing(row.document, today)
    open_ = how not in (Standing.RUN_OUT, Standing.WITHDRAWN)
    return ui.card(
        t,
        row,
        how,
        today,
        is_admin=actor.is_one_of(Role.ADMIN),
        is_own=row.document.staff_id is not None and row.document.staff_id == actor.staff_id,
        withdrawable=open_ and documents.may_withdraw(actor, row.document),
    )


@router.callback_query(DocCard.filter())
async def card(
    query: CallbackQuery,
    callback_data: DocCard,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """One document: look, confirm, send back, end it, put it right."""
    id_, toast = callback_data.document_id, None
    match callback_data.action:
        case "confirm":
            await documents.confirm(session, settings, actor, now, today, id_)
            toast = t("document-confirmed")
        case "ended":
            await documents.withdraw(session, actor, now, today, id_, today)
            await state.clear()
            toast = t("document-withdrawn")
        case "return" | "withdraw" as action:
            require(actor, Role.ADMIN)
            row = await documents.find(session, actor, today, id_)
            await state.set_state(DocumentSteps.word if action == "return" else DocumentSteps.end)
            await state.set_data({"document": id_})
            ask = ui.ask_word(t, row, documents.WORD_MAX) if action == "return" else ui.ask_end(t, row)
            return tell(query, ask)
        case "mend":
            return await mend(query, session, actor, state, t, today, id_)
        case "files":
            row = await documents.find(session, actor, today, id_)
            if not row.document.files:
                raise NotFoundError
            return tell(query, ui.files(t, row.document))
    screen = await _card(session, actor, t, today, id_)
    return tell(query, screen) if callback_data.action == "see" else show(query, screen, toast=toast)


@router.message(Says(DocumentSteps.word))
async def take_word(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Send it back with the words typed."""
    require(actor, Role.ADMIN)
    id_ = (await state.get_data())["document"]
    await documents.send_back(session, settings, actor, now, id_, message.text)
    await state.clear()
    return show(message, await _card(session, actor, t, today, id_))


@router.message(Says(DocumentSteps.end))
async def take_end(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, now: datetime, today: date
) -> Replies:
    """It is in force no more from the day typed."""
    require(actor, Role.ADMIN)
    day = parse_day(message.text or "", today)
    if day is None:
        raise AppError("error-day")
    id_ = (await state.get_data())["document"]
    await documents.withdraw(session, actor, now, today, id_, day)
    await state.clear()
    return show(message, await _card(session, actor, t, today, id_))
