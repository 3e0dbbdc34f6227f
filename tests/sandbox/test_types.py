"""aiogram's own Bot against the sandbox: what it is answered is complete by the types that it expects."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
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

from bot.updates import ALLOWED_UPDATES
from sandbox import schema
from sandbox.files import sample
from sandbox.methods import METHODS
from sandbox.people import acting
from tests.sandbox.called import methods_called
from tests.sandbox.conftest import TOKEN, Sides

BUTTONS = [
    InlineKeyboardButton(text="A", callback_data="a"),
    InlineKeyboardButton(text="B", url="https://x.ru"),
]
MARKUP = InlineKeyboardMarkup(inline_keyboard=[BUTTONS])


class Strict(AiohttpSession):
    """Checks each answer as it comes, before aiogram makes the best of it. Knows what was answered."""

    def __init__(self, base: str) -> None:
        super().__init__(api=TelegramAPIServer.from_base(base.rstrip("/")))
        self.answered: set[str] = set()

    def check_response(self, bot: Bot, method: Any, status_code: int, content: str) -> Any:
        body = json.loads(content)
        if body["ok"]:
            schema.fit(body["result"], method.__returning__, method.__api_method__)
            self.answered.add(method.__api_method__)
        return super().check_response(bot, method, status_code, content)


@pytest.fixture
async def session(sides: Sides) -> Strict:
    return Strict(sides.base)


@pytest.fixture
async def bot(session: Strict) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML")) as bot:
        yield bot


def picture() -> BufferedInputFile:
    return BufferedInputFile(sample("photo").content, "a.png")


async def test_everything_a_bot_does(bot: Bot, session: Strict, sides: Sides) -> None:
    """All methods of the sandbox once, the bot's among them; each answer has whatever its type requires."""
    await bot.get_me()
    await bot.get_chat(7)
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
    await bot.send_message(7, "x", reply_markup=ReplyKeyboardRemove())
    photo = await bot.send_photo(7, picture(), caption="<i>c</i>")
    await bot.edit_message_caption(chat_id=7, message_id=photo.message_id, caption="d")
    await bot.edit_message_media(InputMediaPhoto(media=picture()), chat_id=7, message_id=photo.message_id)
    file = BufferedInputFile(b"content", "a.bin")
    document = await bot.send_document(7, file)
    for send in (bot.send_voice, bot.send_video, bot.send_audio, bot.send_video_note):
        await send(7, file)
    await bot.send_media_group(7, [InputMediaPhoto(media=picture(), caption=str(i)) for i in range(2)])
    await bot.copy_message(7, 7, photo.message_id)
    assert document.document
    downloaded = await bot.download(document.document.file_id)
    assert downloaded and downloaded.read() == b"content"
    poll = await bot.send_poll(7, "?", ["a", InputPollOption(text="b")], is_anonymous=False)
    await bot.stop_poll(7, poll.message_id)
    edited = await bot.edit_message_text("new", chat_id=7, message_id=text.message_id, reply_markup=MARKUP)
    assert isinstance(edited, Message)
    await bot.edit_message_reply_markup(chat_id=7, message_id=text.message_id)
    assert await bot.set_message_reaction(7, theirs["message_id"], [ReactionTypeEmoji(emoji="👍")])
    assert await bot.send_chat_action(7, "typing")
    commands, scope = [BotCommand(command="help", description="h")], BotCommandScopeChat(chat_id=7)
    assert await bot.set_my_commands(commands, scope, "ru")
    assert [one.command for one in await bot.get_my_commands(scope, "ru")] == ["help"]
    assert await bot.delete_my_commands(scope, "ru")
    assert await bot.set_my_name("N") and await bot.set_my_description("D")
    assert await bot.set_my_short_description("S")
    await bot.get_my_name(), await bot.get_my_description(), await bot.get_my_short_description()
    assert await bot.set_chat_menu_button(7, MenuButtonCommands())
    await bot.get_chat_menu_button(7)
    await sides.person("users/7/press", message_id=poll.message_id, data="x", forge=True, wait=0)
    (*_, update) = await bot.get_updates()
    assert update.callback_query and await bot.answer_callback_query(update.callback_query.id, text="ok")
    assert await bot.delete_message(7, edited.message_id) and await bot.delete_messages(7, [photo.message_id])
    assert await bot.set_webhook("https://127.0.0.1:1/", secret_token="s")
    assert (await bot.get_webhook_info()).ip_address
    assert await bot.delete_webhook(drop_pending_updates=True)
    ours = methods_called()
    assert ours.keys() <= session.answered, {name: ours[name] for name in ours.keys() - session.answered}
    assert {name.lower() for name in session.answered} == METHODS.keys()


def test_a_call_that_the_bot_begins_to_make_is_found(tmp_path: Path) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "new.py").write_text(
        "import aiogram.methods\nfrom aiogram.methods import SendDice as Dice\n"
        "class Mine(aiogram.methods.TelegramMethod[bool]):\n    __api_method__ = 'mine'\n"
        "async def f(message, query, bot):\n    await message.reply_poll('?', [])\n    query.answer()\n"
        "    await bot.send_gift()\n    aiogram.methods.GetChat(chat_id=7)\n    await self._bot.me()\n",
        encoding="utf-8",
    )
    (tmp_path / "bot" / "other.py").write_text("session.delete(row)\n", encoding="utf-8")
    found = methods_called(tmp_path / "bot")
    assert found.pop("sendGift") == {"bot/new.py:8"}
    expected = {"sendDice", "mine", "sendPoll", "answerCallbackQuery", "sendMessage", "getChat", "getMe"}
    assert found.keys() == expected


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"date": 1, "chat": {"id": 7, "type": "private"}}, 'm: field "message_id" is required'),
        ({"message_id": 1, "date": 1, "chat": {"id": 7}}, 'm.chat: field "type" is required'),
        (
            {"message_id": 1, "date": "1", "chat": {"id": 7, "type": "private"}},
            "m.date must be of type Integer",
        ),
        (
            {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private", "x": 1}},
            "m.chat has an unknown field",
        ),
    ],
)
def test_an_incomplete_answer_is_noticed(answer: dict[str, Any], problem: str) -> None:
    with pytest.raises(schema.Wrong) as wrong:
        schema.fit(answer, Message, "m")
    assert str(wrong.value).startswith(problem)


async def test_every_update(bot: Bot, sides: Sides) -> None:
    """Whatever people can do arrives complete; the bot asks for no kind that they cannot make."""
    await bot.get_updates(allowed_updates=[*ALLOWED_UPDATES, "poll", "poll_answer"])
    for kind in acting.FILES:
        await sides.person("users/7/send", **{kind: True})
    await sides.person("users/7/send", media_group=[{"photo": True}, {"photo": True, "caption": "c"}])
    await sides.person("users/7/send", contact={"phone_number": "+7", "first_name": "A"}, forward=True)
    await sides.person("users/7/send", location={"latitude": 55, "longitude": 73.4})
    first = await sides.person("users/7/start", code="x")
    text = await sides.person("users/7/send", text="a", reply_to=first["message_id"])
    await sides.person("users/7/send", text="b", reply_to=text["message_id"])
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
    assert kinds == ["message"] * (len(acting.FILES) + 7) + [
        "edited_message", "message_reaction", "callback_query", "callback_query", "poll", "poll_answer",
        "my_chat_member",
    ]  # fmt: skip
    assert {*ALLOWED_UPDATES} <= {*kinds}
    # A reply shows what it replies to, and not what that replied to.
    (*_, reply) = (u.message for u in updates if u.message)
    assert reply and reply.reply_to_message and reply.reply_to_message.reply_to_message is None
    query = next(u.callback_query for u in updates if u.callback_query)
    assert await bot.answer_callback_query(query.id, text="ok")


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
