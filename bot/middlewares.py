"""What every handler is given by parameter name, and what happens when it fails."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.types import InlineKeyboardMarkup, TelegramObject, Update
from sqlalchemy.exc import DBAPIError

from bot.config import Settings
from bot.conversations import Storage
from bot.db.access import Actor, load_actor
from bot.db.base import Session, is_out_of_bounds
from bot.db.together import flush
from bot.errors import AppError, where
from bot.features.outbox import come_back
from bot.texts import LANGUAGES, texts
from bot.ui.screen import Replies, Screen, alert, go, keyboard, show, tell

log = structlog.get_logger()


@dataclass(frozen=True)
class Failure:
    """A handler raised what nobody expected; the person is told the id that stands in the log."""

    error_id: str
    replies: Replies


class Context(BaseMiddleware):
    """Gives handlers `actor`, `t` (texts), `state`; turns what a handler raises into replies.

    `session`, `storage` and `now` come from the intake, the rest from the dispatcher's workflow data.
    """

    async def __call__(  # noqa: D102
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        session: Session = data["session"]
        storage: Storage = data["storage"]
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
            await come_back(session, actor.person_id, now)
        key = StorageKey(bot_id=bot.id, chat_id=user.id, user_id=user.id)
        state = FSMContext(storage, key)
        data |= {"actor": actor, "t": texts(actor.language), "today": today, "state": state}
        data["raw_state"] = await state.get_state()

        async def undo() -> None:
            await session.rollback()
            storage.undo()

        try:
            result = await handler(event, data)
            await flush(session)  # what it breaks is its own mistake
            return result
        except AppError as error:
            if not error.keeps_writes:
                await undo()
            return _say(event, data["t"](error.key, **error.arguments))
        except Exception as error:
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                raise  # the server is gone, not the update wrong: it is handled when there is one again
            await undo()
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
