"""What the bot side takes and refuses, in Telegram's words."""

import io
import json
from typing import Any

import aiohttp
import pytest

from sandbox.files import sample
from tests.sandbox.conftest import TOKEN, Sides, keyboard


def button(**fields: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[fields]]}


CHAT = {"chat_id": 7}
TEXT = {"chat_id": 7, "text": "x"}
STRICT = "(Telegram ignores it, the sandbox does not)"
PHOTO, DOCUMENT = {"type": "photo", "media": "x"}, {"type": "document", "media": "x"}
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", CHAT, "message text is empty"),
    ("sendMessage", {**CHAT, "text": ""}, "message text is empty"),
    ("sendMessage", {**CHAT, "text": " \n "}, "text must be non-empty"),
    ("sendMessage", {**CHAT, "text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ("sendMessage", {**CHAT, "text": "ж" * 4097}, "message is too long"),
    ("sendMessage", {**CHAT, "text": "😀" * 2049}, "message is too long"),
    ("sendMessage", {**TEXT, "parse_mode": "XML"}, "unsupported parse_mode"),
    ("sendMessage", {**CHAT, "text": 5}, "text must be of type String"),
    ("sendMessage", {**TEXT, "protect_content": "maybe"}, "protect_content must be of type Boolean"),
    ("sendMessage", {**TEXT, "chat_id": 8}, "chat not found"),
    ("sendMessage", {**TEXT, "chat_id": "@nobody"}, "chat not found"),
    ("sendMessage", {**TEXT, "colour": "red"}, f'unknown parameter "colour" {STRICT}'),
    ("sendMessage", {**TEXT, "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ("sendMessage", {**TEXT, "reply_markup": keyboard("ж" * 33)}, "BUTTON_DATA_INVALID"),
    ("sendMessage", {**TEXT, "reply_markup": button(text="x", callback_data="")}, "BUTTON_DATA_INVALID"),
    (
        "sendMessage",
        {**TEXT, "reply_markup": button(text="x")},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        {**TEXT, "reply_markup": button(text="", callback_data="x")},
        "can't parse inline keyboard button: Button text must be non-empty",
    ),
    (
        "sendMessage",
        {**TEXT, "reply_markup": button(callback_data="x")},
        'reply_markup.inline_keyboard[0][0]: field "text" is required',
    ),
    (
        "sendMessage",
        {**TEXT, "reply_markup": button(text="x", callback_data="x", colour="red")},
        f'reply_markup.inline_keyboard[0][0] has an unknown field "colour" {STRICT}',
    ),
    ("sendMessage", {**TEXT, "reply_markup": "no"}, "reply_markup must be an Object"),
    ("sendMessage", {**TEXT, "reply_markup": keyboard(*map(str, range(101)))}, "reply markup is too long"),
    ("sendPhoto", CHAT, "there is no photo in the request"),
    ("sendPhoto", {**CHAT, "photo": "nonsense"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {**CHAT, "photo": "x", "caption": "ж" * 1025}, "message caption is too long"),
    ("sendPhoto", {**CHAT, "photo": "http://x.ru/a.png"}, "failed to get HTTP URL content"),
    ("sendMediaGroup", {**CHAT, "media": []}, "too few messages to send as an album"),
    ("sendMediaGroup", {**CHAT, "media": [PHOTO] * 11}, "too many messages to send as an album"),
    (
        "sendMediaGroup",
        {**CHAT, "media": [PHOTO, DOCUMENT]},
        "media of different types can't be mixed in an album",
    ),
    ("sendPoll", {**CHAT, "question": "?", "options": ["1"]}, "poll must have at least 2 option"),
    ("sendPoll", {**CHAT, "question": "?", "options": ["1"] * 13}, "poll can't have more than 12 options"),
    (
        "sendPoll",
        {**CHAT, "question": "?", "options": ["1", "x" * 101]},
        "poll options length must not exceed 100",
    ),
    ("sendChatAction", {**CHAT, "action": "dance"}, "wrong parameter action in request"),
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ("editMessageText", {**TEXT, "message_id": 99}, "message to edit not found"),
    ("deleteMessage", {**CHAT, "message_id": 99}, "message to delete not found"),
    ("copyMessage", {**CHAT, "from_chat_id": 7, "message_id": 99}, "message to copy not found"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "99"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("setMyCommands", {"commands": [{"command": "Help", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "help"}]}, 'commands[0]: field "description" is required'),
    ("getFile", {"file_id": "nonsense"}, "wrong file identifier/HTTP URL specified"),
    ("deleteMessages", {**CHAT, "message_ids": []}, "message identifiers are not specified"),
    ("deleteMessages", {**CHAT, "message_ids": [1] * 101}, "too many message identifiers specified"),
    ("sendVideoNote", CHAT, "there is no video note in the request"),
    ("setWebhook", {"url": "ftp://x"}, "invalid webhook URL specified"),
    ("setWebhook", {"url": "https://x", "secret_token": "x" * 257}, "secret token is too long"),
    ("setWebhook", {"url": "https://x", "secret_token": "ж"}, "secret token contains unallowed characters"),
]


@pytest.mark.parametrize(("method", "params", "reason"), REFUSED)
async def test_refused(sides: Sides, method: str, params: dict[str, Any], reason: str) -> None:
    assert await sides.refusal(method, **params) == f"Bad Request: {reason}"
    assert (await sides.look("users/7/messages"))["messages"] == []


@pytest.mark.parametrize("text", ["x" * 4096, "<b>" + "x" * 4096 + "</b>", "😀" * 2048, " x "])
async def test_lengths_count_after_parsing(sides: Sides, text: str) -> None:
    sent = await sides.result("sendMessage", chat_id=7, text=text, parse_mode="HTML")
    assert sent["text"] == text.removeprefix("<b>").removesuffix("</b>").strip()


async def test_an_unknown_method_and_a_wrong_token(sides: Sides) -> None:
    assert await sides.call("dance") == {"ok": False, "error_code": 404, "description": "Not Found"}
    async with sides.http.post(f"{sides.base}bot42:WRONG/getMe") as response:
        assert response.status == 401
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_every_way_to_give_parameters(sides: Sides) -> None:
    address = f"{sides.base}bot{TOKEN}/sendMessage"
    flat = {"chat_id": "7", "text": "x", "reply_markup": json.dumps(keyboard("a"))}
    for answer in (
        sides.http.get(address, params=flat),
        sides.http.post(address, data=flat),
        sides.http.post(address, data=aiohttp.FormData(flat, default_to_multipart=True)),
        sides.http.post(address, json={**flat, "reply_markup": keyboard("a")}),
        sides.http.post(address.replace("sendMessage", "SENDMESSAGE"), json=flat),
    ):
        async with answer as response:
            body = await response.json()
            assert body["ok"], body
            assert body["result"]["reply_markup"] == keyboard("a")
    async with sides.http.post(address, data=b"{", headers={"Content-Type": "application/json"}) as response:
        assert response.status == 400


async def upload(sides: Sides, method: str, **parts: Any) -> dict[str, Any]:
    form = aiohttp.FormData()
    for name, value in parts.items():
        if isinstance(value, bytes):
            form.add_field(name, io.BytesIO(value), filename=name)
        else:
            form.add_field(name, value)
    async with sides.http.post(f"{sides.base}bot{TOKEN}/{method}", data=form) as response:
        body: dict[str, Any] = await response.json()
        return body


async def test_files_go_up_and_down(sides: Sides) -> None:
    sent = (await upload(sides, "sendDocument", chat_id="7", document=b"content", caption="c"))["result"]
    document = sent["document"]
    assert (document["file_size"], sent["caption"]) == (7, "c")
    file = await sides.result("getFile", file_id=document["file_id"])
    async with sides.http.get(f"{sides.base}file/bot{TOKEN}/{file['file_path']}") as response:
        assert await response.read() == b"content"
    async with sides.http.get(f"{sides.base}sandbox/files/{document['file_id']}") as response:
        assert await response.read() == b"content"
    again = await sides.result("sendDocument", chat_id=7, document=document["file_id"])
    assert again["document"] == document
    refusal = await sides.refusal("sendVoice", chat_id=7, voice=document["file_id"])
    assert refusal == "Bad Request: can't use file of type Document as Voice"


async def test_what_is_no_picture_and_what_is_empty(sides: Sides) -> None:
    photo = await upload(sides, "sendPhoto", chat_id="7", photo=b"no picture")
    assert photo["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    empty = await upload(sides, "sendDocument", chat_id="7", document=b"")
    assert empty["description"] == "Bad Request: file must be non-empty"


async def test_too_large_an_upload(sides: Sides) -> None:
    for size in ((50 << 20) + 1, 52 << 20):
        body = await upload(sides, "sendDocument", chat_id="7", document=bytes(size))
        assert (body["error_code"], body["description"]) == (413, "Request Entity Too Large")


async def test_an_album_of_attached_files(sides: Sides) -> None:
    picture = sample("photo").content
    media = [{"type": "photo", "media": f"attach://{name}", "caption": name} for name in ("a", "b")]
    body = await upload(sides, "sendMediaGroup", chat_id="7", media=json.dumps(media), a=picture, b=picture)
    first, second = body["result"]
    assert (first["caption"], second["caption"]) == ("a", "b")
    assert first["media_group_id"] == second["media_group_id"]
    assert first["photo"][-1]["width"] == 320
    missing = await upload(sides, "sendMediaGroup", chat_id="7", media=json.dumps(media), a=picture)
    assert missing["description"] == "Bad Request: there is no file attached under that name"


async def test_a_file_too_large_to_download(sides: Sides) -> None:
    sent = await sides.person("users/7/send", voice=True, size=21 << 20)
    assert sent["voice"]["file_size"] == 21 << 20
    refusal = await sides.refusal("getFile", file_id=sent["voice"]["file_id"])
    assert refusal == "Bad Request: file is too big"


async def test_edits(sides: Sides) -> None:
    sent = await sides.result("sendMessage", chat_id=7, text="old", reply_markup=keyboard("a"))
    place = {"chat_id": 7, "message_id": sent["message_id"]}
    same = await sides.refusal("editMessageText", **place, text="old", reply_markup=keyboard("a"))
    assert same.startswith("Bad Request: message is not modified: specified new message content")
    edited = await sides.result("editMessageText", **place, text="old")
    assert "reply_markup" not in edited and "edit_date" in edited
    assert await sides.result("editMessageReplyMarkup", **place, reply_markup=keyboard("b"))
    refusal = await sides.refusal("editMessageCaption", **place, caption="x")
    assert refusal == "Bad Request: there is no caption in the message to edit"
    (seen,) = (await sides.look("users/7/messages"))["messages"]
    assert (seen["edits"], seen["reply_markup"]) == (2, keyboard("b"))


async def test_what_the_bot_cannot_edit(sides: Sides) -> None:
    theirs = await sides.person("users/7/send", text="mine")
    markup = {"keyboard": [[{"text": "Да"}]]}
    with_keyboard = await sides.result("sendMessage", chat_id=7, text="x", reply_markup=markup)
    for message in (theirs, with_keyboard):
        place = {"chat_id": 7, "message_id": message["message_id"]}
        refusal = await sides.refusal("editMessageText", **place, text="new")
        assert refusal == "Bad Request: message can't be edited"


async def test_deleting(sides: Sides) -> None:
    first, second, old = [(await sides.says())["message_id"] for _ in range(3)]
    assert await sides.result("deleteMessage", chat_id=7, message_id=first)
    gone = await sides.refusal("editMessageText", chat_id=7, message_id=first, text="x")
    assert gone == "Bad Request: message to edit not found"
    assert await sides.result("deleteMessages", chat_id=7, message_ids=[first, second, 99])
    seen = (await sides.look("users/7/messages"))["messages"]
    assert [(m["message_id"], m["deleted"]) for m in seen] == [(first, True), (second, True), (old, False)]
    await sides.person("clock", offset_seconds=49 * 3600)
    refusal = await sides.refusal("deleteMessage", chat_id=7, message_id=old)
    assert refusal == "Bad Request: message can't be deleted for everyone"


async def test_people_who_cannot_be_reached(sides: Sides) -> None:
    await sides.person("users", id=8, first_name="Борис")
    assert await sides.refusal("sendMessage", chat_id=8, text="x") == "Bad Request: chat not found"
    await sides.person("users/8/start")
    await sides.result("sendMessage", chat_id=8, text="x")
    await sides.person("users", id=8, first_name="Борис", deactivated=True)
    assert await sides.refusal("sendMessage", chat_id=8, text="x") == "Forbidden: user is deactivated"
    await sides.person("users/7/block", blocked=True)
    body = await sides.call("sendMessage", chat_id=7, text="x")
    assert (body["error_code"], body["description"]) == (403, "Forbidden: bot was blocked by the user")
    await sides.person("users/7/send", text="I am back")
    await sides.says()
    kinds = [set(u) - {"update_id"} for u in await sides.result("getUpdates")]
    assert kinds == [{"message"}, {"my_chat_member"}, {"my_chat_member"}, {"message"}]


async def test_menus_by_scope_and_language(sides: Sides) -> None:
    async def set_(name: str, **scope: Any) -> None:
        commands = [{"command": name, "description": name}]
        await sides.result("setMyCommands", commands=commands, **scope)

    async def menu() -> list[str]:
        return [one["command"] for one in await sides.look("users/7/commands")]

    chat = {"type": "chat", "chat_id": 7}
    assert await menu() == []
    await set_("a")
    await set_("b", scope={"type": "all_private_chats"}, language_code="en")
    assert await menu() == ["a"]
    await set_("c", scope=chat)
    await set_("d", scope=chat, language_code="ru")
    assert await menu() == ["d"]
    await sides.result("deleteMyCommands", scope=chat, language_code="ru")
    assert await menu() == ["c"]
    assert await sides.result("getMyCommands") == [{"command": "a", "description": "a"}]
