"""/audit: who changed what, when."""

from datetime import date

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
from bot.features.accounts import require
from bot.features.audit import looking
from bot.filters import Go, RoleIs, Says
from bot.programme.model import Programme
from bot.texts import Texts
from bot.ui import audit as ui
from bot.ui.audit import Audit, Wording
from bot.ui.moments import parse_past_span
from bot.ui.screen import Event, Replies, Screen, show

router = Router()


class AuditSteps(StatesGroup):
    """A period that is typed; what else is looked for stands in the conversation."""

    span = State()


@router.message(Command("audit"), RoleIs(Role.ADMIN))
@router.callback_query(Go("audit"))
async def latest(
    event: Event,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    programme: Programme,
    today: date,
) -> Replies:
    """All of it, the latest first."""
    words = Wording(t, programme, settings.school.zone, today)
    screen = await _listed(session, actor, words, Audit())
    await state.clear()
    return show(event, screen)


@router.callback_query(Audit.filter())
async def look(
    query: CallbackQuery,
    callback_data: Audit,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    programme: Programme,
    today: date,
) -> Replies:
    """A page, a filter, or one entry."""
    require(actor, Role.ADMIN)
    await state.clear()
    words, asked = Wording(t, programme, settings.school.zone, today), callback_data
    if asked.entry:
        return show(query, ui.card(words, await looking.look(session, actor, asked.entry), asked))
    match asked.ask:
        case "g":
            return show(query, ui.ask_group(t, asked))
        case "w":
            return show(query, ui.ask_who(t, await looking.people(session, actor), asked))
        case "p":
            return show(query, ui.ask_period(t, today, asked))
        case "s":
            await state.set_state(AuditSteps.span)
            await state.set_data({"asked": asked.but().pack()})
            return show(query, ui.ask_span(t))
    return show(query, await _listed(session, actor, words, asked))


@router.message(Says(AuditSteps.span))
async def type_span(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    programme: Programme,
    today: date,
) -> Replies:
    """From a day to a day, as it was typed."""
    require(actor, Role.ADMIN)
    days = parse_past_span(message.text or "", today)
    if days is None:
        raise AppError("error-audit-span")
    asked = Audit.unpack((await state.get_data())["asked"]).but(span=ui.span(*days))
    words = Wording(t, programme, settings.school.zone, today)
    screen = await _listed(session, actor, words, asked)
    await state.clear()
    return show(message, screen)


async def _listed(session: Session, actor: Actor, words: Wording, asked: Audit) -> Screen:
    try:
        wanted = asked.wanted
    except ValueError:  # a button that nobody has made
        raise NotFoundError from None
    return ui.listed(words, await looking.listed(session, actor, words.zone, wanted, asked.page), asked)
