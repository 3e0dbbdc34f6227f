"""/invite: a code, a link and a QR picture for a member of staff or a guardian."""

import asyncio
from datetime import date, datetime

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.methods import SendPhoto
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.errors import NotFoundError
from bot.features import accounts, roster
from bot.features.accounts import Position
from bot.filters import Go, RoleIs, Says
from bot.programme.model import Programme
from bot.reports.slips import qr_code
from bot.texts import Texts, texts
from bot.ui import invite as ui
from bot.ui.invite import (
    GuardianAdd,
    GuardianClass,
    GuardianPlace,
    InviteClass,
    InviteDone,
    InviteName,
    InvitePosition,
    InviteWho,
)
from bot.ui.screen import Event, Replies, Reply, show

router = Router()


class InviteSteps(StatesGroup):
    """Inviting a member of staff: name, position, classes."""

    name = State()
    position = State()
    classes = State()


@router.message(Command("invite"), RoleIs(Role.ADMIN))
@router.callback_query(Go("invite"))
async def start(event: Event, actor: Actor, state: FSMContext, t: Texts) -> Replies:
    """Staff or guardians?"""
    accounts.require(actor, Role.ADMIN)
    await state.clear()
    return show(event, ui.who(t))


@router.callback_query(InviteWho.filter())
async def who(
    query: CallbackQuery,
    callback_data: InviteWho,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
    now: datetime,
    today: date,
) -> Replies:
    """Ask for the name of the member of staff, or the class of the guardians."""
    accounts.require(actor, Role.ADMIN)
    if not callback_data.staff:
        return show(query, ui.guardian_classes(t, await roster.classes(session, actor)))
    staff = await accounts.staff_list(session, actor, now, today)
    await state.set_state(InviteSteps.name)
    taken = {row.name for row in staff}
    free = {i: name for i, name in enumerate(programme.people) if name not in taken}
    return show(query, ui.names(t, free))


@router.callback_query(InviteName.filter())
async def name_by_button(
    query: CallbackQuery,
    callback_data: InviteName,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    programme: Programme,
) -> Replies:
    """One of the programme's names."""
    if not 0 <= callback_data.index < len(programme.people):
        raise NotFoundError
    return await _name(query, programme.people[callback_data.index], actor, state, t)


@router.message(Says(InviteSteps.name))
async def name_by_typing(message: Message, actor: Actor, state: FSMContext, t: Texts) -> Replies:
    """A typed name."""
    return await _name(message, message.text or "", actor, state, t)


async def _name(event: Event, name: str, actor: Actor, state: FSMContext, t: Texts) -> Replies:
    accounts.require(actor, Role.ADMIN)
    name = accounts.clean_name(name)
    await state.set_state(InviteSteps.position)
    await state.set_data({"name": name, "taught": [], "led": []})
    return show(event, ui.positions(t, name))


@router.callback_query(InvitePosition.filter())
async def position(
    query: CallbackQuery,
    callback_data: InvitePosition,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
) -> Replies:
    """Ask for the classes."""
    accounts.require(actor, Role.ADMIN)
    data = await state.get_data()
    if "taught" not in data:
        return show(query, ui.who(t))
    await state.update_data(position=callback_data.position)
    await state.set_state(InviteSteps.classes)
    classes = await roster.classes(session, actor)
    return show(query, ui.staff_classes(t, data["name"], classes, (), ()))


@router.callback_query(InviteClass.filter())
async def toggle_class(
    query: CallbackQuery,
    callback_data: InviteClass,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
) -> Replies:
    """Teaches, leads, neither: the next of the three."""
    accounts.require(actor, Role.ADMIN)
    data = await state.get_data()
    if not {"position", "taught"} <= data.keys():
        return show(query, ui.who(t))
    taught, led = set(data["taught"]), set(data["led"])
    class_id = callback_data.class_id
    if class_id in led:
        led.discard(class_id)
        taught.discard(class_id)
    elif class_id in taught:
        led.add(class_id)
    else:
        taught.add(class_id)
    await state.update_data(taught=sorted(taught), led=sorted(led))
    classes = await roster.classes(session, actor)
    return show(query, ui.staff_classes(t, data["name"], classes, taught, led))


@router.callback_query(InviteDone.filter())
async def finish(
    query: CallbackQuery,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    bot: Bot,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Put them on the staff and show the code."""
    accounts.require(actor, Role.ADMIN)
    data = await state.get_data()
    if not {"position", "taught"} <= data.keys():
        return show(query, ui.who(t))
    days = settings.invitations.valid_days
    chosen = Position(data["position"])
    _, code = await accounts.invite_staff(
        session,
        actor,
        now,
        today,
        name=data["name"],
        title=texts("ru")(f"position-{chosen}"),
        position=chosen,
        classes=data["taught"],
        led=data["led"],
        valid_days=days,
    )
    await state.clear()
    link = await deep_link(bot, code)
    return [query.answer(), await picture(query, link, ui.staff_ready(t, data["name"], link, days))]


@router.callback_query(GuardianClass.filter())
async def guardian_places(
    query: CallbackQuery,
    callback_data: GuardianClass,
    session: Session,
    actor: Actor,
    t: Texts,
    today: date,
) -> Replies:
    """The open places of a class."""
    school_class, pupils = await roster.class_list(session, actor, callback_data.class_id, today)
    return show(query, ui.guardian_places(t, school_class, pupils))


@router.callback_query(GuardianPlace.filter())
async def guardian_place(
    query: CallbackQuery,
    callback_data: GuardianPlace,
    session: Session,
    actor: Actor,
    t: Texts,
    bot: Bot,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """A code for a place."""
    return await _guardian_code(
        query, callback_data.guardian_id, session, actor, t, bot, settings, now, today
    )


@router.callback_query(GuardianAdd.filter())
async def guardian_add(
    query: CallbackQuery,
    callback_data: GuardianAdd,
    session: Session,
    actor: Actor,
    t: Texts,
    bot: Bot,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """A new place at a pupil who has none, and its code."""
    relation = texts("ru")("relation-guardian")
    place = await roster.add_guardian(session, actor, now, today, callback_data.pupil_id, relation)
    return await _guardian_code(query, place, session, actor, t, bot, settings, now, today)


async def _guardian_code(
    query: CallbackQuery,
    guardian_id: int,
    session: Session,
    actor: Actor,
    t: Texts,
    bot: Bot,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    days = settings.invitations.valid_days
    place, pupil, code = await accounts.invite_guardian(session, actor, now, today, guardian_id, days)
    link = await deep_link(bot, code)
    words = ui.guardian_ready(t, pupil.name, place.name or place.relation, link, days)
    return [query.answer(), await picture(query, link, words)]


async def deep_link(bot: Bot, code: str) -> str:
    """The link that opens the bot with an invitation. `bot.me()` is cached since the start."""
    return f"https://t.me/{(await bot.me()).username}?start={code}"


async def picture(query: CallbackQuery, link: str, caption: str) -> Reply:
    """The QR code of a link with words under it."""
    png = await asyncio.to_thread(qr_code, link)
    return SendPhoto(
        chat_id=query.from_user.id, photo=BufferedInputFile(png, "invitation.png"), caption=caption
    )
