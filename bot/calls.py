"""Calls of the Bot API: as JSON where an answer goes out, which costs a third of a form."""

from base64 import b64encode
from typing import Any

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, TelegramMethod
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup
from aiohttp import FormData, JsonPayload
from pydantic import BaseModel

# They answer nearly every update, and no file goes with them.
ANSWERS = (SendMessage, EditMessageText, AnswerCallbackQuery)


class Calls(AiohttpSession):
    """aiogram's session; only the bodies of answers are others."""

    def build_form_data(  # type: ignore[override]
        self, bot: Bot, method: TelegramMethod[Any]
    ) -> FormData | JsonPayload:
        """The body of a call."""
        if not isinstance(method, ANSWERS):
            return super().build_form_data(bot, method)
        return JsonPayload(plain(method, bot))


def plain(value: Any, bot: Bot | None = None) -> Any:
    """A call of the Bot API, or a part of one, as plain data; what `bot` says where nothing else is said.

    Not model_dump(): it stumbles over aiogram's Default, or, told to leave out what is unset, over the
    constants by which Telegram's unions are told apart.
    """
    if isinstance(value, InlineKeyboardMarkup):  # knows neither, and is the largest part of most answers
        return value.model_dump(exclude_none=True)
    if isinstance(value, BaseModel):
        fields = {}
        for name, field in vars(value).items():
            if isinstance(field, Default):
                field = bot and bot.default[field.name]
            if field is not None:
                fields[name] = plain(field, bot)
        return fields
    if isinstance(value, BufferedInputFile):
        return {"file": value.filename, "base64": b64encode(value.data).decode()}
    return [plain(item, bot) for item in value] if isinstance(value, list | tuple) else value
