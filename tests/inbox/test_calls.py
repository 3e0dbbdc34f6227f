"""What goes to Telegram: an answer as JSON says what aiogram's form would have said."""

import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
    WebAppInfo,
)
from aiohttp import FormData, JsonPayload

from bot.app import make_bot
from bot.calls import Calls
from bot.config import Settings

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Да", callback_data="x:1")],
        [InlineKeyboardButton(text="→", web_app=WebAppInfo(url="https://example.org"))],
    ]
)
BOT = make_bot(Settings.model_validate({"telegram": {"token": "123456:ABC-DEF"}}))

# Fields that are texts.
TEXTS = {"text", "parse_mode", "callback_query_id"}

CALLS = [
    SendMessage(
        chat_id=5, text="<b>Ёлка</b> & «слова»\n+ 100 %", reply_markup=KEYBOARD, protect_content=True
    ),
    SendMessage(chat_id=-5, text="да", reply_parameters=ReplyParameters(message_id=7)),
    SendMessage(
        chat_id=5,
        text="да",
        parse_mode=None,
        link_preview_options=LinkPreviewOptions(url="https://example.org"),
    ),
    EditMessageText(chat_id=5, message_id=7, text="слова", reply_markup=KEYBOARD),
    AnswerCallbackQuery(callback_query_id="1", text="!", show_alert=True),
    AnswerCallbackQuery(callback_query_id="1"),
]


def telegram_reads(body: FormData | JsonPayload) -> dict[str, Any]:
    """What Telegram takes a body for: in a form all that is no text is JSON."""
    if isinstance(body, JsonPayload):
        return dict(json.loads(body.decode()))
    fields = {name: values[0] for name, values in parse_qs(body().decode()).items()}
    return {name: field if name in TEXTS else json.loads(field) for name, field in fields.items()}


@pytest.mark.parametrize("call", CALLS, ids=lambda call: type(call).__name__)
async def test_an_answer_says_what_it_would_say_in_a_form(call: TelegramMethod[Any]) -> None:
    said = Calls().build_form_data(BOT, call)
    assert isinstance(said, JsonPayload)
    assert telegram_reads(said) == telegram_reads(AiohttpSession().build_form_data(BOT, call))


async def test_a_file_goes_in_a_form() -> None:
    photo = SendPhoto(chat_id=5, photo=BufferedInputFile(b"png", "x.png"))
    sent = Calls().build_form_data(BOT, photo)
    assert isinstance(sent, FormData)
    assert sent.is_multipart
