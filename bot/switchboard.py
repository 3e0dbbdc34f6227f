"""An update goes to the handlers that can mean it.

aiogram asks every handler in turn, which costs more than all else that is done for a press: there are some
three hundred. Here the first filter of a handler says under what it is looked up; those of any other filter
are asked about everything, in their place in the order.
"""

from typing import Any

from aiogram import Router
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
            handlers = [(_key_of(handler), handler) for each in below for handler in each.handlers]
            tables = {key: TelegramEventObserver(self, name) for key in (None, *(key for key, _ in handlers))}
            for key, handler in handlers:
                for table in tables.values() if key is None else (tables[key],):
                    table.handlers.append(handler)
            self._tables[name] = tables

    async def propagate_event(self, update_type: str, event: TelegramObject, **kwargs: Any) -> Any:  # noqa: D102
        if isinstance(event, Message) and (event.caption or "").startswith(COMMAND):
            # A command for some handlers, the content of a step for others: rare, so one after the other.
            return await super().propagate_event(update_type, event, **kwargs)
        tables = self._tables[update_type]
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
        return COMMAND if (event.text or "").startswith(COMMAND) else raw_state
    return None


def _prefix(data: str) -> str:
    return data.partition(":")[0]
