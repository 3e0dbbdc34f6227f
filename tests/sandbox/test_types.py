"""aiogram's own Bot against the sandbox: what it is answered fits the types that it expects."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot, methods
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputPollOption,
    LinkPreviewOptions,
    MenuButtonCommands,
    Message,
    ReactionTypeEmoji,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from pydantic import BaseModel

from sandbox import schema
from sandbox.files import sample
from sandbox.methods import METHODS
from tests.sandbox.conftest import TOKEN, Sides

BUTTONS = [
    InlineKeyboardButton(text="A", callback_data="a"),
    InlineKeyboardButton(text="B", url="https://x.ru"),
]
MARKUP = InlineKeyboardMarkup(inline_keyboard=[BUTTONS])


@pytest.fixture
async def bot(sides: Sides) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sides.base.rstrip("/")))
    async with Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML")) as bot:
        yield bot


def unknown(value: Any) -> list[str]:
    """Every field that the types of the answer do not have."""
    if isinstance(value, list):
        return [one for item in value for one in unknown(item)]
    if not isinstance(value, BaseModel):
        return []
    inside = [one for name in type(value).model_fields for one in unknown(getattr(value, name))]
    return [*(value.model_extra or {}), *inside]


def picture() -> BufferedInputFile:
    return BufferedInputFile(sample("photo").content, "a.png")


async def test_everything_a_bot_does(bot: Bot, sides: Sides) -> None:
    """All methods of the sandbox once; aiogram parses each answer, which fails for a missing field."""
    told: list[Any] = [await bot.get_me(), await bot.get_chat(7)]
    theirs = await sides.person("users/7/send", text="hello")
    text = await bot.send_message(
        7,
        "<b>bold</b> <a href='https://x.ru'>link</a>",
        reply_markup=MARKUP,
        protect_content=True,
        reply_parameters=ReplyParameters(message_id=theirs["message_id"]),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    assert text.html_text == '<b>bold</b> <a href="https://x.ru/">link</a>'
    assert text.has_protected_content and text.reply_to_message and text.reply_markup
    assert text.reply_markup.model_dump() == MARKUP.model_dump()
    told += [text, await bot.send_message(7, "x", reply_markup=ReplyKeyboardRemove())]
    photo = await bot.send_photo(7, picture(), caption="<i>c</i>")
    told += [photo, await bot.edit_message_caption(chat_id=7, message_id=photo.message_id, caption="d")]
    other = InputMediaPhoto(media=picture())
    told += [await bot.edit_message_media(other, chat_id=7, message_id=photo.message_id)]
    file = BufferedInputFile(b"content", "a.bin")
    document = await bot.send_document(7, file)
    told += [document, await bot.send_voice(7, file), await bot.send_video(7, file)]
    told += [await bot.send_audio(7, file)]
    told += await bot.send_media_group(
        7, [InputMediaPhoto(media=picture(), caption=str(i)) for i in range(2)]
    )
    told += [await bot.copy_message(7, 7, photo.message_id)]
    assert document.document
    downloaded = await bot.download(document.document.file_id)
    assert downloaded and downloaded.read() == b"content"
    poll = await bot.send_poll(7, "?", ["a", InputPollOption(text="b")], is_anonymous=False)
    told += [poll, await bot.stop_poll(7, poll.message_id)]
    edited = await bot.edit_message_text("new", chat_id=7, message_id=text.message_id, reply_markup=MARKUP)
    assert isinstance(edited, Message)
    told += [edited, await bot.edit_message_reply_markup(chat_id=7, message_id=text.message_id)]
    assert await bot.set_message_reaction(7, theirs["message_id"], [ReactionTypeEmoji(emoji="👍")])
    assert await bot.send_chat_action(7, "typing")
    commands, scope = [BotCommand(command="help", description="h")], BotCommandScopeChat(chat_id=7)
    assert await bot.set_my_commands(commands, scope, "ru")
    assert [one.command for one in await bot.get_my_commands(scope, "ru")] == ["help"]
    assert await bot.delete_my_commands(scope, "ru")
    assert await bot.set_my_name("N") and await bot.set_my_description("D")
    assert await bot.set_my_short_description("S")
    told += [await bot.get_my_name(), await bot.get_my_description(), await bot.get_my_short_description()]
    assert await bot.set_chat_menu_button(7, MenuButtonCommands())
    told += [await bot.get_chat_menu_button(7)]
    assert await bot.delete_message(7, edited.message_id) and await bot.delete_messages(7, [photo.message_id])
    assert await bot.set_webhook("https://127.0.0.1:1/", secret_token="s")
    told += [await bot.get_webhook_info()]
    assert await bot.delete_webhook(drop_pending_updates=True)
    called = {call["method"].lower() for call in await sides.look("calls")}
    assert METHODS.keys() - called == {"getupdates", "answercallbackquery"}
    assert unknown(told) == []


async def test_every_update(bot: Bot, sides: Sides) -> None:
    await bot.get_updates(allowed_updates=["message", "edited_message", "callback_query", "my_chat_member",
                                           "poll", "poll_answer", "message_reaction"])  # fmt: skip
    for kind in ("photo", "document", "voice", "video", "audio", "sticker"):
        await sides.person("users/7/send", **{kind: True})
    await sides.person("users/7/send", media_group=[{"photo": True}, {"photo": True, "caption": "c"}])
    await sides.person("users/7/send", contact={"phone_number": "+7", "first_name": "A"}, forward=True)
    await sides.person("users/7/send", location={"latitude": 55, "longitude": 73.4})
    text = await sides.person("users/7/send", text="/start x")
    await sides.person("users/7/send", text="y", edit_of=text["message_id"])
    sent = await bot.send_message(7, "x", reply_markup=MARKUP)
    await sides.person("users/7/react", message_id=sent.message_id, emoji="🔥")
    for how in ({}, {"inaccessible": True}):
        await sides.person("users/7/press", message_id=sent.message_id, data="a", wait=0, **how)
    poll = await bot.send_poll(7, "?", ["a", "b"], is_anonymous=False)
    await sides.person("users/7/vote", message_id=poll.message_id, options=[0])
    await sides.person("users/7/block", blocked=True)
    updates = await bot.get_updates()
    kinds = [update.event_type for update in updates]
    assert kinds == ["message"] * 11 + [
        "edited_message", "message_reaction", "callback_query", "callback_query", "poll", "poll_answer",
        "my_chat_member",
    ]  # fmt: skip
    assert unknown(updates) == []
    query = updates[13].callback_query
    assert query and await bot.answer_callback_query(query.id, text="ok")


async def test_errors_as_aiogram_tells_them_apart(bot: Bot, sides: Sides) -> None:
    await sides.person("faults", kind="429", retry_after=3)
    with pytest.raises(TelegramRetryAfter) as retry:
        await bot.get_me()
    assert retry.value.retry_after == 3
    await sides.person("users/7/block", blocked=True)
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(7, "x")


def test_every_method_of_ours_is_aiograms() -> None:
    assert all(schema.parameters(method) is not None for method in METHODS)
    assert len(METHODS) > 30 and methods.SendMessage.__api_method__.lower() in METHODS
