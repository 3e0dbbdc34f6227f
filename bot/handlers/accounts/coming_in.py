"""/start: invitations, consent, the first admin."""

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.config import Settings
from bot.db.access import Actor, load_actor
from bot.db.base import Session
from bot.features import accounts, activities
from bot.filters import Go, PastesInvitation, Says
from bot.handlers.accounts.menu import main_menu
from bot.handlers.accounts.privacy import documents
from bot.programme.calendar import Calendar
from bot.programme.model import Programme
from bot.texts import Texts, texts
from bot.ui import accounts as ui
from bot.ui.accounts import Join, Named
from bot.ui.screen import Event, Replies, Screen, show, tell

router = Router()
# For those who have agreed to the notice as it is now (and for guests).
inside = Router()


class ComingInSteps(StatesGroup):
    """The steps of coming in."""

    introduce = State()


@router.message(CommandStart(deep_link=True))
@inside.message(PastesInvitation())
async def open_invitation(
    message: Message,
    command: CommandObject,
    session: Session,
    actor: Actor,
    t: Texts,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """Show what an invitation is for; nothing is stored yet."""
    code = (command.args or "").strip()
    welcome = await accounts.look(session, actor.telegram_id, code, now, today)
    screens = ui.welcome(
        t,
        code=code,
        staff_name=welcome.staff_name,
        position=welcome.position,
        child=welcome.child,
        school_class=welcome.school_class,
        needs_consent=welcome.needs_consent,
        school=settings.school.name,
        words=documents(t, settings),
    )
    return [reply for screen in screens for reply in show(message, screen)]


@inside.message(CommandStart())
async def start(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    calendar: Calendar,
    settings: Settings,
    now: datetime,
    today: date,
) -> Replies:
    """The menu; for a guest the way in."""
    school = settings.school.name
    if actor.person_id is None:
        if actor.telegram_id in settings.school.admins:
            screens = ui.welcome_first_admin(t, school, documents(t, settings))
            return [reply for screen in screens for reply in show(message, screen)]
        return show(message, Screen(t("start-guest", school=school)))
    await state.clear()
    # Roles may have changed since: the commands that Telegram shows follow.
    commands = ui.set_commands(t, actor.telegram_id, actor.roles)
    return [*show(message, await main_menu(session, actor, t, calendar, now, today)), commands]


@router.callback_query(Join.filter())
async def join(
    query: CallbackQuery,
    callback_data: Join,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    calendar: Calendar,
    settings: Settings,
    programme: Programme,
    now: datetime,
    today: date,
) -> Replies:
    """Consent has been given: let the person in."""
    admins = settings.school.admins
    if callback_data.code:
        await accounts.accept(session, actor.telegram_id, actor.language, callback_data.code, now, today)
    else:
        await accounts.accept_first_admin(session, actor.telegram_id, actor.language, now, admins)
    # What the programme asks of them is theirs from now on.
    await activities.assign(session, programme, now, today)
    person = await load_actor(session, actor.telegram_id, today, admins)
    assert person is not None  # noqa: S101 - accepted just now
    commands = ui.set_commands(t, person.telegram_id, person.roles)
    if not callback_data.code and person.staff_id is None:
        await state.set_state(ComingInSteps.introduce)
        return [*show(query, ui.who_are_you(t, programme.people)), commands]
    return [
        *show(query, Screen(t("joined"))),
        commands,
        *tell_menu(query, await main_menu(session, person, t, calendar, now, today)),
    ]


def tell_menu(query: CallbackQuery, menu: Screen) -> Replies:
    """The menu as a message below, the press itself being answered already."""
    return tell(query, menu)[1:]


@router.callback_query(Go("no-consent"))
async def refuse(query: CallbackQuery, actor: Actor, t: Texts) -> Replies:
    """No consent: nothing was stored, nothing is. Who has given it on another message is told the way out."""
    given = actor.person_id is not None
    return show(query, Screen(t("consent-given-already" if given else "consent-refused")))


@inside.callback_query(Named.filter())
async def introduce_by_button(
    query: CallbackQuery,
    callback_data: Named,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    calendar: Calendar,
    settings: Settings,
    programme: Programme,
    now: datetime,
    today: date,
) -> Replies:
    """The admin picked one of the programme's names."""
    name = programme.people[callback_data.index] if 0 <= callback_data.index < len(programme.people) else ""
    return await _introduce(query, name, session, actor, state, t, calendar, settings, programme, now, today)


@inside.message(Says(ComingInSteps.introduce))
async def introduce_by_typing(
    message: Message,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    calendar: Calendar,
    settings: Settings,
    programme: Programme,
    now: datetime,
    today: date,
) -> Replies:
    """The admin typed their name."""
    return await _introduce(
        message, message.text or "", session, actor, state, t, calendar, settings, programme, now, today
    )


async def _introduce(
    event: Event,
    name: str,
    session: Session,
    actor: Actor,
    state: FSMContext,
    t: Texts,
    calendar: Calendar,
    settings: Settings,
    programme: Programme,
    now: datetime,
    today: date,
) -> Replies:
    title = texts("ru")("position-admin")
    await accounts.introduce(session, actor, now, today, name=name, title=title)
    await activities.assign(session, programme, now, today)
    person = await load_actor(session, actor.telegram_id, today, settings.school.admins) or actor
    await state.clear()
    menu = await main_menu(session, person, t, calendar, now, today)
    screen = Screen(f"{t('introduced', name=name)}\n\n{menu.text}", menu.keyboard)
    return [*show(event, screen), ui.set_commands(t, person.telegram_id, person.roles)]
