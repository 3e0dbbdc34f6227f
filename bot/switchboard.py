"""An update goes to the handlers that can mean it.

aiogram asks every handler in turn, which costs more than all else that is done for a press: there are some
three hundred. Here the first filter of a handler says under what it is looked up; those of any other filter
are asked about everything, in their place in the order.
"""

from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.filters import Go, Says

COMMAND = "/"


class Switchboard(Router):
    """The router above all others. ValueError for one with filters or middlewares of its own."""

    def __init__(self, *routers: Router) -> None:
        super().__init__()
        self.include_routers(*routers)
        self._tables: dict[str, dict[str | None, TelegramEventObserver]] = {}
        for name in self.observers:
            below = [router.observers[name] for router in self.chain_tail]
            if any(each.middleware or each.outer_middleware or each._handler.filters for each in below):
                raise ValueError(f"a router has filters or middlewares of its own for {name}")
            handlers = [handler for each in below for handler in each.handlers]
            keys = {_key_of(handler) for handler in handlers} | {None}
            self._tables[name] = {key: self._table(name, handlers, key) for key in keys}

    def _table(self, name: str, handlers: list[HandlerObject], key: str | None) -> TelegramEventObserver:
        table = TelegramEventObserver(self, name)
        table.handlers = [handler for handler in handlers if _key_of(handler) in (key, None)]
        return table

    async def propagate_event(self, update_type: str, event: TelegramObject, **kwargs: Any) -> Any:  # noqa: D102
        tables = self._tables.get(update_type)
        if tables is None:
            return UNHANDLED
        table = tables.get(_looked_up(event, kwargs.get("raw_state"))) or tables[None]
        return await table.trigger(event, **kwargs | {"event_router": self})


def _key_of(handler: HandlerObject) -> str | None:
    first = handler.filters[0].callback if handler.filters else None
    if isinstance(first, CallbackQueryFilter):
        return first.callback_data.__prefix__
    if isinstance(first, Go):
        return _prefix(first.data)
    if isinstance(first, Says):
        return first.step
    return COMMAND if isinstance(first, Command) else None


def _looked_up(event: TelegramObject, raw_state: str | None) -> str | None:
    if isinstance(event, CallbackQuery):
        return _prefix(event.data or "")
    if isinstance(event, Message):
        return COMMAND if (event.text or "").startswith("/") else raw_state
    return None


def _prefix(data: str) -> str:
    return data.partition(":")[0]
