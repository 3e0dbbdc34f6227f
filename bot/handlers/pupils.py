"""A pupil's card: guardians' places, access ended, invitations withdrawn, a pupil who leaves."""

from datetime import date, datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.errors import AppError
from bot.features import accounts
from bot.features.accounts import access
from bot.features.roster import leaving
from bot.filters import Says
from bot.texts import Texts
from bot.ui import pupils as ui
from bot.ui.moments import parse_past_day
from bot.ui.pupils import PlaceAct, PupilLeft
from bot.ui.roster import PupilCard
from bot.ui.screen import Event, Replies, show

router = Router()


class LeavingSteps(StatesGroup):
    """Waiting for a pupil's last day."""

    day = State()


async def _card(
    event: Event,
    session: Session,
    actor: Actor,
    t: Texts,
    now: datetime,
    today: date,
    pupil_id: int,
    toast: str | None = None,
) -> Replies:
    found, pupil = await leaving.card(session, actor, today, pupil_id)
    is_admin = actor.is_one_of(Role.ADMIN)
    return show(event, ui.card(t, found, pupil, now, today, is_admin=is_admin), toast=toast)


@router.callback_query(PupilCard.filter())
async def card(
    query: CallbackQuery,
    callback_data: PupilCard,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    now: datetime,
    today: date,
) -> Replies:
    """One pupil, with the guardians' places."""
    replies = await _card(query, session, actor, t, now, today, callback_data.pupil_id)
    await state.clear()
    return replies


@router.callback_query(PlaceAct.filter())
async def act(
    query: CallbackQuery,
    callback_data: PlaceAct,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """End a guardian's access or let them be invited again (after a question); withdraw an invitation."""
    guardian_id = callback_data.guardian_id
    match callback_data.action:
        case "closed":
            _, pupil = await access.withdraw_access(session, actor, settings, now, today, guardian_id)
            toast = t("place-closed")
        case "withdraw":
            pupil = await access.withdraw_invitation(session, actor, now, today, guardian_id)
            toast = t("place-withdrawn")
        case "opened":
            pupil = await access.open_again(session, actor, now, today, guardian_id)
            toast = t("place-opened")
        case action:
            place, pupil = await accounts.led_place(session, actor, guardian_id, today)
            ask = ui.open_ask if action == "open" else ui.close_ask
            return show(query, ask(t, pupil, place.name or place.relation, guardian_id))
    return await _card(query, session, actor, t, now, today, pupil.id, toast)


@router.callback_query(PupilLeft.filter())
async def left(
    query: CallbackQuery,
    callback_data: PupilLeft,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """When did the pupil leave; really; done; undone."""
    accounts.require(actor, Role.ADMIN)
    pupil_id = callback_data.pupil_id
    if callback_data.day == "undo":
        await leaving.undo_left(session, actor, settings, now, today, pupil_id)
        return await _card(query, session, actor, t, now, today, pupil_id, t("left-undone"))
    if callback_data.sure:
        day = _day(callback_data.day)
        gone = await leaving.mark_left(session, actor, settings, now, today, pupil_id, day)
        await state.clear()
        return show(query, ui.left_done(t, gone, day, today))
    _, pupil = await leaving.card(session, actor, today, pupil_id)
    if callback_data.day:
        return show(query, ui.left_ask(t, pupil, _day(callback_data.day), today))
    await state.set_state(LeavingSteps.day)
    await state.set_data({"pupil": pupil_id})
    return show(query, ui.left_when(t, pupil, today))


@router.message(Says(LeavingSteps.day))
async def left_on(
    message: Message, session: Session, actor: Actor, state: FSMContext, t: Texts, today: date
) -> Replies:
    """The last day, typed."""
    accounts.require(actor, Role.ADMIN)
    _, pupil = await leaving.card(session, actor, today, (await state.get_data())["pupil"])
    day = parse_past_day(message.text or "", today)
    if day is None:
        raise AppError("error-past-day")
    if day > today:
        raise AppError("error-left-day")
    return show(message, ui.left_ask(t, pupil, day, today))


def _day(iso: str) -> date:
    try:
        return date.fromisoformat(iso)
    except ValueError:  # forged
        raise AppError("error-left-day") from None
