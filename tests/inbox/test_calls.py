"""What goes to Telegram and what comes back: an answer as JSON says what aiogram's form would have said."""

import asyncio
import json
from itertools import count
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import ClientDecodeError, TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
    WebAppInfo,
)
from aiohttp import FormData, JsonPayload, web

from benchmarks.telegram import listening
from bot.app import make_bot
from bot.calls import Calls
from bot.config import Settings
from tests.processes import PATIENCE

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
    said = Calls(None).build_form_data(BOT, call)
    assert isinstance(said, JsonPayload)
    assert telegram_reads(said) == telegram_reads(AiohttpSession().build_form_data(BOT, call))


@pytest.mark.parametrize("call", CALLS, ids=lambda call: type(call).__name__)
def test_of_an_answer_its_number_is_read(call: TelegramMethod[Any]) -> None:
    message = {"message_id": 7, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "да"}
    result = True if isinstance(call, AnswerCallbackQuery) else message
    read: Any = Calls(None).check_response(BOT, call, 200, json.dumps({"ok": True, "result": result})).result
    assert (read if read is True else read.message_id) == (True if result is True else 7)


def test_what_is_no_answer_is_not_taken_for_one() -> None:
    session, call = Calls(None), SendMessage(chat_id=5, text="да")
    for content in ("Bad Gateway", '{"ok": true, "result": {}}', '{"ok": true, "result": ["да"]}'):
        with pytest.raises(ClientDecodeError):
            session.check_response(BOT, call, 200, content)
    with pytest.raises(TelegramBadRequest) as refused:
        session.check_response(BOT, call, 400, '{"ok": false, "description": "chat not found"}')
    assert refused.value.method is call


async def test_a_file_goes_in_a_form() -> None:
    photo = SendPhoto(chat_id=5, photo=BufferedInputFile(b"png", "x.png"))
    sent = Calls(None).build_form_data(BOT, photo)
    assert isinstance(sent, FormData)
    assert sent.is_multipart


async def test_who_is_answered_waits_for_no_call_that_hangs() -> None:
    hang_no_more, a_hundred_hang = asyncio.Event(), asyncio.Event()
    arrived = count(1)

    async def send(request: web.Request) -> web.Response:
        if (await request.json())["chat_id"] == 1:
            if next(arrived) == 100:
                a_hundred_hang.set()
            await hang_no_more.wait()
        result = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}
        return web.json_response({"ok": True, "result": result})

    app = web.Application()
    app.router.add_post("/bot{token}/sendMessage", send)
    async with listening(app) as address:
        settings = Settings.model_validate({"telegram": {"token": "123456:ABC-DEF", "api_base": address}})
        bot = make_bot(settings)
        slow = [asyncio.create_task(bot.send_message(1, "да")) for _ in range(120)]
        try:
            async with asyncio.timeout(PATIENCE):
                await a_hundred_hang.wait()
                await bot.send_message(2, "да")
            assert not any(task.done() for task in slow)
        finally:
            hang_no_more.set()
            await asyncio.gather(*slow)
            await bot.session.close()


async def test_a_text_that_is_not_taken_is_tried_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float | None] = []

    async def note(_: Any, bot: Any, method: Any, timeout: float | None = None) -> None:
        asked.append(timeout)

    monkeypatch.setattr(AiohttpSession, "make_request", note)
    photo = SendPhoto(chat_id=5, photo=BufferedInputFile(b"png", "x.png"))
    calls: list[tuple[Any, int | None]] = [(CALLS[0], None), (CALLS[0], 40), (photo, None)]
    for call, timeout in calls:
        await BOT(call, request_timeout=timeout)
    assert asked == [15, 40, None]
