"""What every handler is given by parameter name, and what happens when it fails."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from aiogram.types import InlineKeyboardMarkup, TelegramObject, Update

from bot.config import Settings
from bot.db.access import Actor, load_actor
from bot.db.base import Session, is_out_of_bounds
from bot.db.inbox import Conversation
from bot.db.outbox import set_reachable
from bot.errors import AppError, where
from bot.texts import LANGUAGES, texts
from bot.ui.screen import Replies, Screen, alert, go, keyboard, show, tell

log = structlog.get_logger()


@dataclass(frozen=True)
class Failure:
    """A handler raised what nobody expected; the person is told the id that stands in the log."""

    error_id: str
    replies: Replies


class SessionStorage(BaseStorage):
    """Conversation state in the session of the update, so that it commits with the update's effects."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # Held, because the session itself forgets what nobody holds, and would ask anew each time.
        self._found: Conversation | None = None

    async def _find(self, key: StorageKey) -> Conversation | None:
        if self._found is None:
            self._found = await self._session.get(Conversation, key.chat_id)
        return self._found

    async def _row(self, key: StorageKey) -> Conversation:
        row = await self._find(key)
        if row is None:
            self._found = row = Conversation(chat_id=key.chat_id, state=None, data={})
            self._session.add(row)
        return row

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:  # noqa: D102
        (await self._row(key)).state = state if isinstance(state, str) or state is None else state.state

    async def get_state(self, key: StorageKey) -> str | None:  # noqa: D102
        row = await self._find(key)
        return row.state if row else None

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:  # noqa: D102
        (await self._row(key)).data = dict(data)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:  # noqa: D102
        # What a handler changes inside it must not change what is there: the session would see no difference.
        row = await self._find(key)
        return deepcopy(row.data) if row else {}

    async def close(self) -> None:  # noqa: D102
        pass


class Context(BaseMiddleware):
    """Gives handlers `actor`, `t` (texts), `state`; turns what a handler raises into replies.

    `session` and `now` come from the intake, `settings` and the rest from the dispatcher's workflow data.
    """

    async def __call__(  # noqa: D102
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        session: Session = data["session"]
        settings: Settings = data["settings"]
        now: datetime = data["now"]
        bot: Bot = data["bot"]
        user = data.get("event_from_user")
        if not isinstance(event, Update) or user is None:
            return None
        today = now.astimezone(settings.school.zone).date()
        actor = await load_actor(session, user.id, today, settings.school.admins)
        if actor is None:
            language = user.language_code if user.language_code in LANGUAGES else "ru"
            actor = Actor(user.id, language=language or "ru")
        if actor.person_id and not actor.reachable and event.my_chat_member is None:
            await set_reachable(session, actor.person_id, since=None)
        key = StorageKey(bot_id=bot.id, chat_id=user.id, user_id=user.id)
        state = FSMContext(SessionStorage(session), key)
        data |= {"actor": actor, "t": texts(actor.language), "today": today, "state": state}
        data["raw_state"] = await state.get_state()
        try:
            return await handler(event, data)
        except AppError as error:
            if not error.keeps_writes:
                await session.rollback()
            return _say(event, data["t"](error.key, **error.arguments))
        except Exception as error:  # noqa: BLE001 - the last line: the person is told, the log has the rest
            await session.rollback()
            if is_out_of_bounds(error):
                return _say(event, data["t"]("error-not-found"))
            error_id = secrets.token_hex(4)
            # The traceback without its message: messages of the database quote values.
            log.error("update failed", error_id=error_id, update_id=event.update_id, error=where(error))
            words = data["t"]("error-internal", id=error_id)
            again = keyboard([go(data["t"], "menu")])
            return Failure(error_id, _say(event, words, again))


def _say(event: Update, words: str, again: InlineKeyboardMarkup | None = None) -> Replies:
    if event.callback_query:
        if again is None and len(words) <= 200:
            return alert(event.callback_query, words)
        return tell(event.callback_query, Screen(words, again))
    return show(event.message, Screen(words, again)) if event.message else []
