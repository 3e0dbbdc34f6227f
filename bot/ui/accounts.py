"""Coming in, the menu, the staff: buttons and words."""

from collections.abc import Collection, Mapping, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.methods import DeleteMyCommands, SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.db.accounts import Role
from bot.texts import LANGUAGES, Html, Texts
from bot.ui.screen import GO, Row, Screen, button, go, keyboard, rows

STAFF = frozenset({Role.TEACHER, Role.RESPONSIBLE, Role.SPECIALIST, Role.ADMIN})
EVERYBODY = frozenset(Role)

# Places of the menu and commands of the same name, in the order of the menu, and for whom they are.
PLACES: Mapping[str, frozenset[Role]] = {
    "children": frozenset({Role.GUARDIAN}),
    "note": frozenset({Role.TEACHER, Role.SPECIALIST, Role.ADMIN}),
    "notes": frozenset({Role.TEACHER, Role.SPECIALIST, Role.ADMIN}),
    "class": frozenset({Role.TEACHER, Role.ADMIN}),
    "risk": frozenset({Role.TEACHER, Role.SPECIALIST, Role.ADMIN}),
    "tasks": frozenset({Role.RESPONSIBLE}),
    "declare": frozenset({Role.TEACHER, Role.ADMIN}),
    "documents": frozenset({Role.TEACHER, Role.ADMIN}),
    "feedback": frozenset({Role.GUARDIAN}),
    "tickets": STAFF,
    "findings": STAFF,
    "surveys": EVERYBODY,
    "events": EVERYBODY,
    "status": frozenset({Role.ADMIN}),
    "reading": frozenset({Role.ADMIN}),
    "report": frozenset({Role.ADMIN}),
    "activities": frozenset({Role.ADMIN}),
    "survey": frozenset({Role.ADMIN}),
    "event": frozenset({Role.ADMIN}),
    "invite": frozenset({Role.ADMIN}),
    "staff": frozenset({Role.ADMIN}),
    "roster": frozenset({Role.ADMIN}),
    "audit": frozenset({Role.ADMIN}),
}
# Places that have no button in the menu of those with these roles only: another place leads there.
BEHIND = {
    "event": frozenset({Role.ADMIN}),
    "declare": frozenset({Role.ADMIN}),
    "report": frozenset({Role.ADMIN}),
    "audit": frozenset({Role.ADMIN}),
}
# Places that have a button only while something waits there.
WHEN_WAITING = frozenset({"findings"})
# Commands that are in everybody's menu of commands, but not among the buttons.
COMMON = ("menu", "help", "cancel", "quiet", "language", "privacy")


class Join(CallbackData, prefix="join"):
    """Consent to the notice and acceptance of the invitation with this code ("" for a first admin)."""

    code: str


class Language(CallbackData, prefix="lang"):
    """The person's choice of language."""

    language: str


class Named(CallbackData, prefix="iam"):
    """The n-th of the names that the programme gives."""

    index: int


def places(roles: Collection[Role]) -> list[str]:
    """The places that somebody with these roles can go to."""
    return [place for place, allowed in PLACES.items() if not allowed.isdisjoint(roles)]


def set_commands(t: Texts, telegram_id: int, roles: Collection[Role]) -> SetMyCommands:
    """The call that gives a person the commands of their roles."""
    names = [*places(roles), *COMMON]
    return SetMyCommands(
        commands=[BotCommand(command=name, description=t(f"command-{name}")) for name in names],
        scope=BotCommandScopeChat(chat_id=telegram_id),
    )


def no_commands(telegram_id: int) -> DeleteMyCommands:
    """The call that takes a person's commands away."""
    return DeleteMyCommands(scope=BotCommandScopeChat(chat_id=telegram_id))


def menu(t: Texts, roles: Collection[Role], counts: Mapping[str, int]) -> Screen:
    """The buttons of a person's roles; `counts` says how much waits behind some of them."""
    buttons = []
    for place in places(roles):
        if PLACES[place].intersection(roles) <= BEHIND.get(place, frozenset()):
            continue
        waiting = counts.get(place)
        if place in WHEN_WAITING and not waiting:
            continue
        label = t(f"go-{place}")
        buttons.append(button(f"{label} ({waiting})" if waiting else label, GO + place))
    if not buttons:
        return Screen(t("menu-empty"))
    # Who has never typed a command finds here what others find among the commands.
    quiet = [go(t, "quiet")] if Role.GUARDIAN in roles else []
    return Screen(t("menu"), keyboard(*rows(buttons, 2), quiet))


def help_for(t: Texts, roles: Collection[Role]) -> Screen:
    """What the bot does for this person."""
    if not roles:
        return Screen(t("help-guest"))
    # A person with several roles reads the lines of each, the rarest first.
    order = (Role.ADMIN, Role.TEACHER, Role.RESPONSIBLE, Role.SPECIALIST)
    lines = [t(f"help-{role}") for role in order if role in roles]
    lines += [t("help-staff")] if lines else []
    lines += [t("help-guardian")] if Role.GUARDIAN in roles else []
    return Screen("\n\n".join([*lines, t("help-common")]), keyboard([go(t, "menu")]))


def welcome(
    t: Texts,
    *,
    code: str,
    staff_name: str | None,
    position: str | None,
    child: str | None,
    school_class: str | None,
    needs_consent: bool,
    school: str,
    words: tuple[str, str],
) -> list[Screen]:
    """Who invites, to what; the notice where it has not been agreed to; the consent with its button.

    `words`: the notice, and the consent, which is a message of its own.
    """
    if staff_name is not None:
        intro = t("welcome-staff", school=school, name=staff_name, position=position or "")
    else:
        intro = t("welcome-guardian", school=school, child=child or "", class_name=school_class or "")
    if needs_consent:
        return _consent(t, intro, code, words)
    yes = button(t("consent-join"), Join(code=code))
    return [Screen(intro, keyboard([yes], [go(t, "no-consent")]))]


def welcome_first_admin(t: Texts, school: str, words: tuple[str, str]) -> list[Screen]:
    """The same for an admin of the configuration."""
    return _consent(t, t("welcome-first-admin", school=school), "", words)


def _consent(t: Texts, intro: Html, code: str, words: tuple[str, str]) -> list[Screen]:
    notice, consent = words
    yes = button(t("consent-give"), Join(code=code))
    return [Screen(f"{intro}\n\n{notice}"), Screen(consent, keyboard([yes], [go(t, "no-consent")]))]


def languages(t: Texts) -> Screen:
    """The choice of language."""
    return Screen(
        t("language-ask"),
        keyboard([button(t(f"language-{name}"), Language(language=name)) for name in LANGUAGES]),
    )


def who_are_you(t: Texts, names: Sequence[str]) -> Screen:
    """The question to an admin of the configuration: the programme's names as buttons, or typing."""
    buttons: list[Row] = rows((button(name, Named(index=i)) for i, name in enumerate(names)), 2)
    return Screen(t("who-are-you"), keyboard(*buttons))
