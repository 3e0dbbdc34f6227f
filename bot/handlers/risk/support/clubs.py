"""Clubs: the list, a new one, who goes there."""

from datetime import date, datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.db.access import Actor
from bot.db.base import Session
from bot.errors import NotFoundError
from bot.features.accounts import require
from bot.features.risk import support
from bot.features.risk.register import STAFF
from bot.features.risk.support import clubs
from bot.filters import Says
from bot.texts import Texts
from bot.ui.risk.support import clubs as ui
from bot.ui.risk.support.clubs import ClubCard, ClubClass, ClubMember, ClubNew, ClubsAt
from bot.ui.screen import Replies, show

router = Router()


class ClubSteps(StatesGroup):
    """What is typed: the partner's name, the club's name."""

    organisation = State()
    name = State()


@router.callback_query(ClubsAt.filter())
async def overview(query: CallbackQuery, session: Session, actor: Actor, t: Texts, today: date) -> Replies:
    """Every club."""
    return show(query, ui.overview(t, await clubs.overview(session, actor, today)))


@router.callback_query(ClubNew.filter())
async def start(
    query: CallbackQuery, callback_data: ClubNew, actor: Actor, state: FSMContext, t: Texts
) -> Replies:
    """Whose is it? Then its name."""
    require(actor, *STAFF)
    match callback_data.provider:
        case "partner":
            await state.clear()
            await state.set_state(ClubSteps.organisation)
            return show(query, ui.ask_organisation(t))
        case "school":
            await state.clear()
            await state.set_state(ClubSteps.name)
            return show(query, ui.ask_name(t))
    return show(query, ui.ask_provider(t))


@router.message(Says(ClubSteps.organisation))
async def type_organisation(message: Message, actor: Actor, state: FSMContext, t: Texts) -> Replies:
    """The partner's name; then the club's."""
    require(actor, *STAFF)
    await state.update_data(organisation=clubs.clean_name(message.text))
    await state.set_state(ClubSteps.name)
    return show(message, ui.ask_name(t))


@router.message(Says(ClubSteps.name))
async def type_name(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """The club's name: there it is."""
    require(actor, *STAFF)
    organisation = (await state.get_data()).get("organisation", "")
    club = await clubs.create(session, actor, now, today, message.text or "", organisation)
    await state.clear()
    return show(message, ui.card(t, await clubs.opened(session, actor, today, club.id), today))


@router.callback_query(ClubCard.filter())
async def card(
    query: CallbackQuery,
    callback_data: ClubCard,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """One club; closed after the question."""
    club_id = callback_data.club_id
    if callback_data.action == "close":
        await clubs.close(session, actor, now, today, club_id)
        await session.flush()
        found = await clubs.overview(session, actor, today)
        return show(query, ui.overview(t, found), toast=t("club-closed"))
    opened = await clubs.opened(session, actor, today, club_id)
    if callback_data.action == "ask":
        if not opened.closable:
            raise NotFoundError
        return show(query, ui.close_ask(t, opened))
    return show(query, ui.card(t, opened, today))


@router.callback_query(ClubClass.filter())
async def choose(
    query: CallbackQuery,
    callback_data: ClubClass,
    session: Session,
    actor: Actor,
    t: Texts,
    today: date,
) -> Replies:
    """From which class? Who has only one is asked for the pupils at once."""
    opened = await clubs.opened(session, actor, today, callback_data.club_id)
    class_id = callback_data.class_id
    if not class_id:
        found = await support.classes(session, actor, today)
        if len(found) != 1:
            return show(query, ui.choose_class(t, opened.club, found))
        class_id = found[0].school_class.id
    pupils = await support.candidates(session, actor, today, class_id)
    return show(query, ui.choose_pupils(t, opened.club, pupils, {pupil.id for pupil, *_ in opened.members}))


@router.callback_query(ClubMember.filter())
async def set_member(
    query: CallbackQuery,
    callback_data: ClubMember,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """The pupil goes there from today on, or no longer does."""
    club_id, goes = callback_data.club_id, callback_data.goes
    pupil = await clubs.set_member(session, actor, now, today, club_id, callback_data.pupil_id, goes=goes)
    opened = await clubs.opened(session, actor, today, club_id)
    pupils = await support.candidates(session, actor, today, pupil.class_id)
    members = {member.id for member, *_ in opened.members}
    toast = t("club-joined" if goes else "club-left", name=pupil.first_name)
    return show(query, ui.choose_pupils(t, opened.club, pupils, members), toast=toast)
