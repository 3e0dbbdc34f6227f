"""Replies kept until they are out: what comes back is what was put away."""

import json

import pytest
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMyCommands,
    EditMessageText,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SetMyCommands,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
)

from bot.rest import dump_reply, load_reply
from bot.ui.screen import Reply

KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="x:1")]])


@pytest.mark.parametrize(
    "reply",
    [
        SendMessage(chat_id=5, text="<b>слова</b>", reply_markup=KEYBOARD, protect_content=True),
        EditMessageText(chat_id=5, message_id=7, text="слова", reply_markup=KEYBOARD),
        AnswerCallbackQuery(callback_query_id="1", text="!", show_alert=True),
        SetMyCommands(
            commands=[BotCommand(command="menu", description="Меню")], scope=BotCommandScopeChat(chat_id=5)
        ),
        DeleteMyCommands(scope=BotCommandScopeChat(chat_id=5)),
        SendPhoto(chat_id=5, photo=BufferedInputFile(b"picture", "x.png"), caption="слова"),
        SendMediaGroup(chat_id=5, media=[InputMediaPhoto(media=BufferedInputFile(b"picture", "x.png"))]),
    ],
    ids=lambda reply: type(reply).__name__,
)
def test_a_reply_comes_back_as_it_was(reply: Reply) -> None:
    stored = json.loads(json.dumps(dump_reply(reply)))
    assert dump_reply(load_reply(stored)) == dump_reply(reply)
    assert load_reply(stored).__class__ is reply.__class__
