"""The methods of the Bot API, with the rules that stand beyond types, in Telegram's words."""

import re
from collections.abc import Callable
from typing import Any

from aiogram import methods as m
from aiogram.client.default import Default
from aiogram.types import InlineKeyboardMarkup
from pydantic import BaseModel

from sandbox import markup
from sandbox.errors import ApiError, BadRequestError
from sandbox.schema import Method, Upload
from sandbox.world import Chat, File, Json, World

TEXT_MAX, CAPTION_MAX, ANSWER_MAX, DATA_MAX = 4096, 1024, 200, 64
UPLOAD_MAX, DOWNLOAD_MAX = 50 * 2**20, 20 * 2**20
DELETE_SECONDS = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)

Handler = Callable[[World, Any], Any]
HANDLERS: dict[type[Method], Handler] = {}


def handles(method: type[Method]) -> Callable[[Handler], Handler]:
    """Register the function that carries out a method."""

    def register(handler: Handler) -> Handler:
        HANDLERS[method] = handler
        return handler

    return register


def perform(world: World, request: Method) -> Any:
    """Carry out a request: what Telegram would return.

    Raises ApiError.
    """
    handler = HANDLERS.get(type(request))
    if handler is None:
        raise ApiError(404, f"Not Found: the sandbox does not know {type(request).__api_method__}")  # type: ignore[attr-defined]
    return handler(world, request)


def given(value: Any) -> Any:
    """A value, or None where aiogram's Default stands for "not given"."""
    return None if isinstance(value, Default) else value


def plain(value: BaseModel) -> Json:
    """A model as Telegram's JSON."""
    fields = {type(value).model_fields[name].alias or name: given(item) for name, item in value}
    return {
        key: plain(item)
        if isinstance(item, BaseModel)
        else [_plain_item(each) for each in item]
        if isinstance(item, list)
        else item
        for key, item in fields.items()
        if item is not None
    }


def _plain_item(item: Any) -> Any:
    if isinstance(item, list):
        return [_plain_item(each) for each in item]
    return plain(item) if isinstance(item, BaseModel) else item


# --- what several methods share


def _formatted(request: Any, name: str, limit: int, too_long: str) -> tuple[str, list[Json]]:
    text = getattr(request, name) or ""
    prefix = "caption_" if name == "caption" else ""
    entities = getattr(request, f"{prefix}entities", None)
    if entities:
        text, found = markup.trimmed(text, [plain(entity) for entity in entities])
    else:
        text, found = markup.trimmed(*markup.parse(text, given(request.parse_mode)))
    if markup.utf16(text) > limit:
        raise BadRequestError(too_long)
    return text, found


def _text(request: Any) -> Json:
    text, entities = _formatted(request, "text", TEXT_MAX, "message is too long")
    if not text:
        raise BadRequestError("message text is empty")
    return {"text": text} | ({"entities": entities} if entities else {})


def _caption(request: Any) -> Json:
    text, entities = _formatted(request, "caption", CAPTION_MAX, "message caption is too long")
    return ({"caption": text} if text else {}) | ({"caption_entities": entities} if entities else {})


def _keyboard(request: Any) -> Json:
    """The inline keyboard of a message, checked; other keyboards are not part of the message."""
    reply_markup = request.reply_markup
    if not isinstance(reply_markup, InlineKeyboardMarkup):
        return {}
    rows = [[plain(button) for button in row] for row in reply_markup.inline_keyboard if row]
    for button in (button for row in rows for button in row):
        _check_button(button)
    if sum(map(len, rows)) > 100:
        raise BadRequestError("reply markup is too long")
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _check_button(button: Json) -> None:
    actions = set(button) - {"text", "icon_custom_emoji_id", "style"}
    if not button["text"].strip():
        raise BadRequestError("can't parse inline keyboard button: text must be non-empty")
    if len(actions) != 1:
        words = "Text buttons are unallowed in the inline keyboard"
        raise BadRequestError(f"can't parse inline keyboard button: {words}")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_MAX:
        raise BadRequestError("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not url.startswith("tg://") and not markup.checked_url(url):
        raise BadRequestError(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _extras(world: World, chat: Chat, request: Any) -> Json:
    found = _keyboard(request)
    if given(getattr(request, "protect_content", None)):
        found["has_protected_content"] = True
    parameters = getattr(request, "reply_parameters", None)
    reply_to = parameters.message_id if parameters else getattr(request, "reply_to_message_id", None)
    if reply_to is not None:
        if reply_to in chat.messages and reply_to not in chat.deleted:
            found["reply_to_message"] = _without_reply(chat.messages[reply_to])
        elif not (parameters and given(parameters.allow_sending_without_reply)):
            raise BadRequestError("message to be replied not found")
    return found


def _without_reply(message: Json) -> Json:
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def _file(world: World, value: Any) -> File:
    if isinstance(value, Upload):
        if not value.data:
            raise BadRequestError("file must be non-empty")
        if len(value.data) > UPLOAD_MAX:
            raise ApiError(413, "Request Entity Too Large")
        return world.keep_file(value.data, value.filename or "file", value.mime)
    if value in world.files:
        return world.files[value]
    if isinstance(value, str) and re.match(r"https?://", value):
        raise BadRequestError("failed to get HTTP URL content")  # the sandbox has no internet
    raise BadRequestError("wrong file identifier/HTTP URL specified")


def media(kind: str, file: File) -> Json:
    """A file as the part of a message that it is."""
    base: Json = {"file_id": file.file_id, "file_unique_id": f"u-{file.file_id}", "file_size": file.size}
    match kind:
        case "photo":
            return {"photo": [{**base, "width": 640, "height": 480}]}
        case "document":
            return {"document": {**base, "file_name": file.name, "mime_type": file.mime}}
        case "voice":
            return {"voice": {**base, "duration": 3, "mime_type": file.mime}}
        case "audio":
            return {"audio": {**base, "duration": 3, "file_name": file.name, "mime_type": file.mime}}
        case "video":
            return {"video": {**base, "width": 640, "height": 480, "duration": 3, "mime_type": file.mime}}
    raise ValueError(kind)


def _own(world: World, chat: Chat, message_id: int | None, to_do: str) -> Json:
    """A message of the bot that may still be changed."""
    message = chat.messages.get(message_id or 0)
    if message is None or message["message_id"] in chat.deleted:
        raise BadRequestError(f"message to {to_do} not found")
    if message["from"]["id"] != world.bot["id"]:
        raise BadRequestError(f"message can't be {to_do}ed")
    return message


# --- who the bot is


@handles(m.GetMe)
def get_me(world: World, request: m.GetMe) -> Json:
    return world.bot | {
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _scope(request: Any) -> str:
    scope = request.scope
    if scope is None or scope.type == "default":
        return "default"
    return f"chat:{scope.chat_id}" if scope.type == "chat" else str(scope.type)


@handles(m.SetMyCommands)
def set_my_commands(world: World, request: m.SetMyCommands) -> bool:
    if len(request.commands) > 100:
        raise BadRequestError("too many commands")
    for command in request.commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command.command):
            raise BadRequestError("BOT_COMMAND_INVALID")
        if not 1 <= len(command.description) <= 256:
            raise BadRequestError("BOT_COMMAND_DESCRIPTION_INVALID")
    if _scope(request).startswith("chat:"):
        world.chat(_scope(request).removeprefix("chat:"))
    world.commands[_scope(request)] = [plain(command) for command in request.commands]
    world.notify()
    return True


@handles(m.GetMyCommands)
def get_my_commands(world: World, request: m.GetMyCommands) -> list[Json]:
    return world.commands.get(_scope(request), [])


@handles(m.DeleteMyCommands)
def delete_my_commands(world: World, request: m.DeleteMyCommands) -> bool:
    world.commands.pop(_scope(request), None)
    return True


@handles(m.SetMyName)
def set_my_name(world: World, request: m.SetMyName) -> bool:
    world.names["name"] = request.name or ""
    return True


@handles(m.SetMyDescription)
def set_my_description(world: World, request: m.SetMyDescription) -> bool:
    world.names["description"] = request.description or ""
    return True


@handles(m.SetMyShortDescription)
def set_my_short_description(world: World, request: m.SetMyShortDescription) -> bool:
    world.names["short_description"] = request.short_description or ""
    return True


@handles(m.SetChatMenuButton)
def set_chat_menu_button(world: World, request: m.SetChatMenuButton) -> bool:
    if request.chat_id is not None and request.menu_button is not None:
        world.chat(request.chat_id).menu_button = plain(request.menu_button)
    return True


@handles(m.GetChat)
def get_chat(world: World, request: m.GetChat) -> Json:
    accepted = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        True,
    )
    extra = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": accepted}
    return world.chat(request.chat_id).as_json | extra


# --- sending


@handles(m.SendMessage)
def send_message(world: World, request: m.SendMessage) -> Json:
    chat = world.chat(request.chat_id)
    return world.put(chat, world.bot, **_text(request), **_extras(world, chat, request))


def _send_media(kind: str) -> Handler:
    def send(world: World, request: Any) -> Json:
        chat = world.chat(request.chat_id)
        content = {**_caption(request), **_extras(world, chat, request)}
        return world.put(chat, world.bot, **media(kind, _file(world, getattr(request, kind))), **content)

    return send


HANDLERS |= {
    m.SendPhoto: _send_media("photo"),
    m.SendDocument: _send_media("document"),
    m.SendVoice: _send_media("voice"),
    m.SendVideo: _send_media("video"),
    m.SendAudio: _send_media("audio"),
}


@handles(m.SendMediaGroup)
def send_media_group(world: World, request: m.SendMediaGroup) -> list[Json]:
    chat = world.chat(request.chat_id)
    if not 2 <= len(request.media) <= 10:
        raise BadRequestError("media group must include 2-10 items")
    kinds = {str(item.type) for item in request.media}
    if kinds & {"document", "audio"} and len(kinds) > 1:
        raise BadRequestError("documents and audio can't be mixed with other media types")
    parts = [{**media(str(item.type), _file(world, item.media)), **_caption(item)} for item in request.media]
    group = world.new_id()
    protected = {"has_protected_content": True} if given(request.protect_content) else {}
    return [world.put(chat, world.bot, media_group_id=group, **part, **protected) for part in parts]


@handles(m.CopyMessage)
def copy_message(world: World, request: m.CopyMessage) -> Json:
    chat, source = world.chat(request.chat_id), world.chat(request.from_chat_id)
    original = source.messages.get(request.message_id)
    if original is None or request.message_id in source.deleted:
        raise BadRequestError("message to copy not found")
    apart = {"message_id", "from", "chat", "date", "reply_to_message", "reply_markup", "edit_date"}
    content = {key: value for key, value in original.items() if key not in apart}
    if request.caption is not None:
        content = {k: v for k, v in content.items() if not k.startswith("caption")} | _caption(request)
    copy = world.put(chat, world.bot, **content, **_extras(world, chat, request))
    return {"message_id": copy["message_id"]}


@handles(m.SendPoll)
def send_poll(world: World, request: m.SendPoll) -> Json:
    chat = world.chat(request.chat_id)
    options = [option if isinstance(option, str) else option.text for option in request.options]
    if not 2 <= len(options) <= 12:
        raise BadRequestError(f"poll must have {'at least 2' if len(options) < 2 else 'at most 12'} options")
    if not 1 <= len(request.question) <= 300:
        raise BadRequestError("poll question must be 1-300 characters long")
    if any(not 1 <= len(option) <= 100 for option in options):
        raise BadRequestError("poll options must be 1-100 characters long")
    poll: Json = {
        "id": world.new_id(),
        "question": request.question,
        "options": [
            {"persistent_id": str(i), "text": option, "voter_count": 0} for i, option in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": request.is_anonymous is not False,
        "type": request.type or "regular",
        "allows_multiple_answers": bool(request.allows_multiple_answers),
        "allows_revoting": True,
        "members_only": False,
    }
    message = world.put(chat, world.bot, poll=poll, **_extras(world, chat, request))
    world.polls[poll["id"]] = message
    return message


@handles(m.SendChatAction)
def send_chat_action(world: World, request: m.SendChatAction) -> bool:
    world.chat(request.chat_id)
    return True


@handles(m.SetMessageReaction)
def set_message_reaction(world: World, request: m.SetMessageReaction) -> bool:
    chat = world.chat(request.chat_id)
    if request.message_id not in chat.messages:
        raise BadRequestError("message to react not found")
    return True


# --- changing


def _edit(world: World, request: Any, change: Callable[[Json], Json], drop: tuple[str, ...]) -> Json:
    if request.chat_id is None:
        raise BadRequestError("message identifier is not specified")
    chat = world.chat(request.chat_id)
    old = _own(world, chat, request.message_id, "edit")
    kept = {key: value for key, value in old.items() if key not in {*drop, "reply_markup", "edit_date"}}
    fresh = {**kept, **change(old), **_keyboard(request)}
    if fresh == {key: value for key, value in old.items() if key != "edit_date"}:
        raise BadRequestError(NOT_MODIFIED)
    fresh["edit_date"] = int(world.now())
    chat.messages[old["message_id"]] = fresh
    world.touch(chat, old["message_id"])
    return fresh


@handles(m.EditMessageText)
def edit_message_text(world: World, request: m.EditMessageText) -> Json:
    def change(old: Json) -> Json:
        content = _text(request)
        if "text" not in old:
            raise BadRequestError("there is no text in the message to edit")
        return content

    return _edit(world, request, change, ("text", "entities"))


@handles(m.EditMessageCaption)
def edit_message_caption(world: World, request: m.EditMessageCaption) -> Json:
    def change(old: Json) -> Json:
        if "text" in old:
            raise BadRequestError("there is no caption in the message to edit")
        return _caption(request)

    return _edit(world, request, change, ("caption", "caption_entities"))


@handles(m.EditMessageReplyMarkup)
def edit_message_reply_markup(world: World, request: m.EditMessageReplyMarkup) -> Json:
    return _edit(world, request, lambda old: {}, ())


@handles(m.EditMessageMedia)
def edit_message_media(world: World, request: m.EditMessageMedia) -> Json:
    item = request.media
    kinds = ("photo", "document", "video", "audio", "caption", "caption_entities", "text", "entities")
    content = {**media(str(item.type), _file(world, item.media)), **_caption(item)}
    return _edit(world, request, lambda old: content, kinds)


@handles(m.DeleteMessage)
def delete_message(world: World, request: m.DeleteMessage) -> bool:
    chat = world.chat(request.chat_id)
    message = chat.messages.get(request.message_id)
    if message is None or request.message_id in chat.deleted:
        raise BadRequestError("message to delete not found")
    if world.now() - message["date"] > DELETE_SECONDS:
        raise BadRequestError("message can't be deleted for everyone")
    chat.deleted.add(request.message_id)
    world.touch(chat, request.message_id)
    return True


@handles(m.DeleteMessages)
def delete_messages(world: World, request: m.DeleteMessages) -> bool:
    chat = world.chat(request.chat_id)
    if not 1 <= len(request.message_ids) <= 100:
        raise BadRequestError("too many message identifiers specified")
    for message_id in set(request.message_ids) & set(chat.messages) - chat.deleted:
        chat.deleted.add(message_id)
        world.touch(chat, message_id)
    return True


@handles(m.AnswerCallbackQuery)
def answer_callback_query(world: World, request: m.AnswerCallbackQuery) -> bool:
    if request.text and len(request.text) > ANSWER_MAX:
        raise BadRequestError("MESSAGE_TOO_LONG")
    query = world.queries.get(request.callback_query_id)
    if query is None or query.answered.done():
        raise BadRequestError("query is too old and response timeout expired or query ID is invalid")
    query.answered.set_result({"text": request.text or "", "show_alert": bool(request.show_alert)})
    return True


# --- files


@handles(m.GetFile)
def get_file(world: World, request: m.GetFile) -> Json:
    file = world.files.get(request.file_id)
    if file is None:
        raise BadRequestError("invalid file_id")
    if file.size > DOWNLOAD_MAX:
        raise BadRequestError("file is too big")
    found = {"file_id": file.file_id, "file_unique_id": f"u-{file.file_id}", "file_size": file.size}
    return {**found, "file_path": f"files/{file.file_id}"}


# --- webhooks


@handles(m.SetWebhook)
def set_webhook(world: World, request: m.SetWebhook) -> bool:
    if not request.url:
        return delete_webhook(world, m.DeleteWebhook(drop_pending_updates=request.drop_pending_updates))
    # Telegram wants https; here plain http on this machine will do.
    if not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", request.url):
        raise BadRequestError("bad webhook: An HTTPS URL must be provided for webhook")
    if request.secret_token and not re.fullmatch(r"[\w-]{1,256}", request.secret_token, re.ASCII):
        raise BadRequestError("secret token contains unallowed characters")
    if request.drop_pending_updates:
        world.updates.clear()
    world.allow(request.allowed_updates)
    world.webhook = {"url": request.url, "secret": request.secret_token or ""}
    world.notify()
    return True


@handles(m.DeleteWebhook)
def delete_webhook(world: World, request: m.DeleteWebhook) -> bool:
    if request.drop_pending_updates:
        world.updates.clear()
    world.webhook = {}
    world.notify()
    return True


@handles(m.GetWebhookInfo)
def get_webhook_info(world: World, request: m.GetWebhookInfo) -> Json:
    return {
        "url": world.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
        **{
            key: world.webhook[key]
            for key in ("last_error_date", "last_error_message")
            if key in world.webhook
        },
    }
