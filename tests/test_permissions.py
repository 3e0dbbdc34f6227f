"""Role x action: who gets which command, and what forged buttons do (nothing)."""

from collections.abc import Collection
from contextlib import suppress
from enum import Enum
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any, get_args

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.db.base import Database
from bot.db.inbox import Conversation
from bot.ui.screen import GO
from tests.chat import Telegram, name_of, the_dispatcher
from tests.databases import everything
from tests.rights import BESIDE, Case
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PSYCHOLOGIST, STRANGER, School

EVERYBODY = {STRANGER, MASHA_MOTHER, BERG, PSYCHOLOGIST, DIRECTOR}
# The table of commands: who is answered. Nobody here is responsible for an activity, so /tasks is nobody's.
COMMANDS = {
    "start": EVERYBODY,
    "menu": EVERYBODY,
    "help": EVERYBODY,
    "cancel": EVERYBODY,
    "language": EVERYBODY,
    "privacy": EVERYBODY,
    "quiet": EVERYBODY,
    "children": {MASHA_MOTHER},
    "feedback": {MASHA_MOTHER},
    "tickets": EVERYBODY - {STRANGER, MASHA_MOTHER},
    "surveys": EVERYBODY - {STRANGER},
    "events": EVERYBODY - {STRANGER},
    "event": {DIRECTOR},
    "note": {BERG, PSYCHOLOGIST, DIRECTOR},
    "notes": {BERG, PSYCHOLOGIST, DIRECTOR},
    "class": {BERG, DIRECTOR},
    "risk": {BERG, PSYCHOLOGIST, DIRECTOR},
    "tasks": set[int](),
    "documents": {BERG, DIRECTOR},
    "declare": {BERG, DIRECTOR},
    "status": {DIRECTOR},
    "reading": {DIRECTOR},
    "report": {DIRECTOR},
    "survey": {DIRECTOR},
    "activities": {DIRECTOR},
    "invite": {DIRECTOR},
    "staff": {DIRECTOR},
    "roster": {DIRECTOR},
}
REFUSED = ("Не понял вас", "Такого нет, или это не ваше")


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_command_answers_those_whom_it_is_for(
    telegram: Telegram, school: School, command: str
) -> None:
    for who in EVERYBODY:
        chat = telegram.chat(who)
        await chat.says(f"/{command}")
        answered = not any(words in chat.last.text for words in REFUSED)
        assert answered == (who in COMMANDS[command]), f"/{command} to {who}: {chat.last.text}"


@pytest.mark.parametrize("who", sorted(EVERYBODY))
async def test_the_menu_offers_what_answers(telegram: Telegram, school: School, who: int) -> None:
    """Every button of the menu leads somewhere, and nothing that is yet to come is offered."""
    chat = telegram.chat(who)
    menu = await chat.says("/menu")
    assert menu
    for data in [menu.data(label) for label in menu.buttons]:
        assert who in COMMANDS[data.removeprefix(GO)]
        await chat.forges(data, on=menu)
        said = [chat.last.text, *telegram.wire.toasts.get(who, [])]
        assert not any(words in text for words in REFUSED for text in said), data


# So many presses of each kind of button: the cases of each noun try its handlers one by one.
EACH = pytest.mark.parametrize("each", [2, pytest.param(40, marks=pytest.mark.soak)])


def forged(each: int, apart: Collection[str] = ()) -> list[str]:
    """Callback data of each place and of each kind of button, with ids and values that may exist."""
    buttons = [kind for kind in kinds() if kind.__prefix__ not in apart]
    return [*(GO + place for place in COMMANDS), *(data for kind in buttons for data in some(kind, each))]


def some(kind: type[CallbackData], each: int) -> list[str]:
    values: list[list[Any]] = []
    for name, field in kind.model_fields.items():
        annotation = field.annotation
        options = [a for a in get_args(annotation) if a is not type(None)] or [annotation]
        first = options[0]
        if first is bool:
            values.append([True, False])
        elif first is int:
            values.append([1, 2, 10**30])
        elif isinstance(first, type) and issubclass(first, Enum):
            values.append(list(first))
        elif isinstance(first, str):  # Literal
            values.append(options)
        else:
            values.append(["", "x"])
        assert values, name
    packed = []
    for row in product(*values):
        with suppress(ValueError):  # more than Telegram lets a button carry
            packed.append(kind(**dict(zip(kind.model_fields, row, strict=True))).pack())
    return packed[:: max(1, len(packed) // each)][:each]


def kinds(base: type[CallbackData] = CallbackData) -> list[type[CallbackData]]:
    return sorted(
        (kind for kind in base.__subclasses__() if kind.__module__.startswith("bot.")),
        key=lambda kind: kind.__prefix__,
    )


@EACH
@pytest.mark.parametrize("who", [STRANGER, PSYCHOLOGIST], ids=["stranger", "psychologist"])
async def test_a_forged_button_changes_nothing(
    telegram: Telegram, school: School, database: Database, who: int, each: int
) -> None:
    """Somebody without any right to it sends the data of every button that there is."""
    # What everybody may do with themselves; a specialist keeps the risk register and makes mentoring pairs.
    own = {"lang", "leave", "qh", "rkk", "xpn"}
    chat = telegram.chat(who)
    before = await everything(database, *BESIDE)
    buttons = forged(each, own)
    for data in buttons:
        await chat.forges(data)
        said = [m.text for m in chat.messages[-1:]] + telegram.wire.toasts.get(who, [])[-1:]
        assert not any("сломалось у нас" in words for words in said), (data, said)
    assert await everything(database, *BESIDE) == before
    assert len(buttons) > 40


@EACH
async def test_a_guest_leaves_no_trace(
    telegram: Telegram, school: School, database: Database, each: int
) -> None:
    """Before consent nothing is kept, not even the step of a conversation."""
    chat = telegram.chat(STRANGER)
    for command in COMMANDS:
        await chat.says(f"/{command}")
    for data in forged(each):
        await chat.forges(data)
    async with database.read() as session:
        assert await session.get(Conversation, STRANGER) is None


@EACH
async def test_a_forged_button_leads_into_no_flow(
    telegram: Telegram, school: School, database: Database, each: int
) -> None:
    """Nobody is asked for what they may not do: the conversation of somebody without rights does not move."""
    # One's own hours; a specialist keeps the register, founds clubs and makes pairs.
    own = {"qht", "rka", "rkp", "xkn", "xpn"}
    chat = telegram.chat(PSYCHOLOGIST)
    led = set()
    for data in forged(each, {"leave"}):  # whoever has left is a guest, to whom nothing is open
        await chat.forges(data)
        async with database.write() as session:
            conversation = await session.get(Conversation, PSYCHOLOGIST)
            if conversation and conversation.state:
                led.add(data.partition(":")[0])
                conversation.state = None
                await session.commit()
    assert led == own


# Neither a button nor words, or whatever words there are: their own tests try these.
WITHOUT_A_CASE = {
    "accounts.fallback.edited",
    "accounts.fallback.membership",
    "accounts.privacy.ask_again",
    "notes.answering.react",
}


def cases() -> list[Case]:
    """The cases of every noun."""
    modules = sorted(Path(__file__).parent.glob("*/test_permissions.py"))
    return [
        case for path in modules for case in import_module(f"tests.{path.parent.name}.test_permissions").CASES
    ]


def test_every_handler_has_a_case() -> None:
    """A handler that nobody has tried as everybody fails here, each way into it by itself."""
    ways = {"message": "says", "callback_query": "press"}
    tried = {(case.handler, case.way) for case in cases()}
    there_are = {
        (name_of(handler), ways.get(event, event))
        for router in the_dispatcher().chain_tail
        for event, observer in router.observers.items()
        for handler in observer.handlers
        if event != "update" and name_of(handler) not in WITHOUT_A_CASE
    }
    assert there_are <= tried
