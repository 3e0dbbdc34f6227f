"""Calls of the Bot API: answers, which nearly every update has, go out as JSON and are read with little."""

from base64 import b64encode
from http import HTTPStatus
from typing import Any, cast

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, MessageId
from aiohttp import FormData, JsonPayload
from pydantic import BaseModel

# They answer nearly every update, and no file goes with them.
ANSWERS = (SendMessage, EditMessageText, AnswerCallbackQuery)


class Answered:
    """What is read of the message that an answer became: its number, all that anybody asks for."""

    __returning__ = MessageId | bool


class Calls(AiohttpSession):
    """aiogram's session; what answers has a body and a patience of its own.

    Any number of calls is on its way at once: the pace is Delivery's, and with a hundred that Telegram lets
    hang nobody would be answered.
    """

    # Texts are short: what has not been taken after so long will not be.
    answer_seconds = 15

    def __init__(self, proxy: str | None) -> None:
        super().__init__(proxy)
        self._connector_init["limit"] = 0

    async def make_request(  # noqa: D102
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's
    ) -> TelegramType:
        if timeout is None and isinstance(method, ANSWERS):
            timeout = self.answer_seconds
        return await super().make_request(bot, method, timeout)

    def check_response(  # noqa: D102
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        if status_code == HTTPStatus.OK and isinstance(method, ANSWERS):
            method = cast(TelegramMethod[TelegramType], Answered)
        return super().check_response(bot, method, status_code, content)

    def build_form_data(  # type: ignore[override]  # all that asks for it takes any body
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
