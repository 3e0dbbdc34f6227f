"""The switchboard leads where aiogram's own way through the handlers leads."""

from typing import Any

import pytest
from aiogram import Bot, Router
from aiogram.filters import Command, Filter
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Chat, Message, User
from hypothesis import given
from hypothesis import strategies as st

from bot.filters import Go, Says
from bot.switchboard import Switchboard
from tests.fixtures import NOON

SOMEBODY = User(id=7, is_bot=False, first_name="Somebody")


class Pick(CallbackData, prefix="pick"):
    id: int


class Steps(StatesGroup):
    text = State()
    other = State()


class IsLong(Filter):
    async def __call__(self, event: Message | CallbackQuery) -> bool:
        words = event.text or event.caption if isinstance(event, Message) else event.data
        return len(words or "") > 12


def handler(name: str) -> Any:
    async def handle(event: Any) -> str:
        return name

    return handle


# What a router may register: (is it for messages, its filters).
REGISTERED: list[tuple[bool, list[Filter]]] = [
    (True, [Command("menu")]),
    (True, [Command("note", "menu")]),
    (True, [Says(Steps.text)]),
    (True, [Says(Steps.other), IsLong()]),
    (True, [IsLong()]),
    (True, []),
    (False, [Go("menu")]),
    (False, [Go("cancel")]),
    (False, [Pick.filter()]),
    (False, [Pick.filter(), IsLong()]),
    (False, [IsLong()]),
    (False, []),
]
ORDERS = st.lists(st.lists(st.sampled_from(range(len(REGISTERED))), max_size=4), min_size=1, max_size=5)
WORDS = st.sampled_from(["/menu", "/note", "/none of these", "menu", "", "a long enough text", "go:menu"])
DATA = st.sampled_from(["go:menu", "go:cancel", "go:else", "pick:1", "pick:x", "pick:123456789012", "no:1"])


def routers(order: list[list[int]]) -> list[Router]:
    made = []
    for number, ways in enumerate(order):
        router = Router()
        for way in ways:
            is_message, filters = REGISTERED[way]
            observer = router.message if is_message else router.callback_query
            observer.register(handler(f"{number}.{way}"), *filters)
        made.append(router)
    return made


@given(ORDERS, WORDS, DATA, st.sampled_from([None, Steps.text.state, Steps.other.state, "of-another-flow"]))
async def test_the_same_handler_as_one_after_the_other(
    order: list[list[int]], words: str, data: str, step: str | None
) -> None:
    bot = Bot("42:TEST")
    one_by_one = Router()
    one_by_one.include_routers(*routers(order))
    switchboard = Switchboard(*routers(order))
    message = Message(
        message_id=1, date=NOON, chat=Chat(id=7, type="private"), from_user=SOMEBODY, text=words
    )
    press = CallbackQuery(id="1", from_user=SOMEBODY, chat_instance="1", data=data)
    photo = message.model_copy(update={"text": None, "caption": words})
    events = (
        ("message", message),
        ("message", photo),
        ("callback_query", press),
        ("edited_message", message),
    )
    for kind, event in events:
        slow = await one_by_one.propagate_event(kind, event, bot=bot, raw_state=step)
        assert await switchboard.propagate_event(kind, event, bot=bot, raw_state=step) == slow


def test_no_router_decides_for_its_handlers() -> None:
    """A filter or a middleware of a router would be passed over."""
    router = Router()
    router.message.filter(Command("menu"))
    with pytest.raises(ValueError, match="of its own"):
        Switchboard(router)
