"""Methods that put something new into a chat."""

from typing import Any
from uuid import uuid4

from sandbox import rules
from sandbox.errors import BadRequest
from sandbox.files import File
from sandbox.schema import Upload
from sandbox.world import Json, User, World

FILES = ("photo", "document", "voice", "video", "audio", "video_note")
# Media of an album may stand together within one of these groups only.
ALBUM_GROUPS = ({"photo", "video", "live_photo"}, {"document"}, {"audio"})
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def frame(world: World, given: Json, user: User) -> tuple[Json, bool]:
    """Take what all sending methods have: reply, protection, keyboard; and whether it can be edited later."""
    content: Json = {}
    reply = given.get("reply_parameters") or {
        "message_id": given.get("reply_to_message_id"),
        "allow_sending_without_reply": given.get("allow_sending_without_reply", False),
    }
    if reply.get("message_id") is not None:
        kept = user.messages.get(reply["message_id"])
        if kept and not kept.deleted:
            content["reply_to_message"] = kept.quoted()
        elif not reply.get("allow_sending_without_reply"):
            raise BadRequest("message to be replied not found")
    if given.get("protect_content"):
        content["has_protected_content"] = True
    if given.get("message_effect_id"):
        content["effect_id"] = given["message_effect_id"]
    markup = given.get("reply_markup")
    if not markup or "inline_keyboard" in markup:
        keyboard = rules.inline_keyboard(markup)
        return content | ({"reply_markup": keyboard} if keyboard else {}), True
    rules.reply_keyboard(markup)
    return content, False


def send(world: World, given: Json, content: Json) -> Json:
    """Put a message of the bot into the chat that the call names."""
    user = world.open_chat(given["chat_id"])
    around, editable = frame(world, given, user)
    if not editable:
        user.keyboard = rules.reply_keyboard(given["reply_markup"])
    return world.add(user, around | content, by_bot=True, editable=editable)


def file_of(world: World, value: Any, kind: str, attached: Json) -> File:
    """Find or keep the file that a call names: uploaded, attached, or known by its id."""
    if isinstance(value, str) and value.startswith("attach://"):
        value = attached.get(value.removeprefix("attach://"))
        if not isinstance(value, Upload):
            raise BadRequest("there is no file attached under that name")
    if isinstance(value, Upload):
        return world.files.add(kind, value)
    if value.startswith(("http://", "https://")):
        raise BadRequest("failed to get HTTP URL content")
    file = world.files.get(value)
    if file.kind != kind:
        raise BadRequest(f"can't use file of type {_camel(file.kind)} as {_camel(kind)}")
    return file


def _camel(kind: str) -> str:
    return kind.title().replace("_", "")


def media(world: World, given: Json, kind: str, value: Any, attached: Json) -> Json:
    """Take a file with its caption as the content of a message."""
    words = rules.caption(given)  # first, so that a refused call keeps no file
    spoiler = {"has_media_spoiler": True} if given.get("has_spoiler") else {}
    return {kind: file_of(world, value, kind, attached).media} | words | spoiler


def _message(world: World, given: Json) -> Json:
    return send(world, given, rules.text(given))


def _media(kind: str) -> Any:
    def method(world: World, given: Json) -> Json:
        world.open_chat(given["chat_id"])  # first, so that a refused call keeps no file
        return send(world, given, media(world, given, kind, given[kind], given["attached"]))

    return method


def _album(world: World, given: Json) -> list[Json]:
    items = given["media"]
    world.open_chat(given["chat_id"])
    if not 2 <= len(items) <= 10:
        raise BadRequest(f"too {'few' if len(items) < 2 else 'many'} messages to send as an album")
    kinds = {item["type"] for item in items}
    if not any(kinds <= group for group in ALBUM_GROUPS):
        raise BadRequest("media of different types can't be mixed in an album")
    contents = [media(world, item, item["type"], item["media"], given["attached"]) for item in items]
    group = str(uuid4().int >> 66)
    return [send(world, given, content | {"media_group_id": group}) for content in contents]


def _poll(world: World, given: Json) -> Json:
    return send(world, given, {"poll": rules.poll(given) | {"id": str(uuid4().int >> 66)}})


def _copy(world: World, given: Json) -> Json:
    source = world.chat(given["from_chat_id"]).messages.get(given["message_id"])
    if not source or source.deleted:
        raise BadRequest("message to copy not found")
    dropped = {"message_id", "from", "chat", "date", "edit_date", "reply_markup", "reply_to_message",
               "media_group_id", "has_protected_content", "forward_origin"}  # fmt: skip
    content = {key: value for key, value in source.message.items() if key not in dropped}
    if "poll" in content or not content:
        raise BadRequest("message can't be copied")
    if "caption" in given:
        content = {k: v for k, v in content.items() if not k.startswith("caption")} | rules.caption(given)
    return {"message_id": send(world, given, content)["message_id"]}


def _action(world: World, given: Json) -> bool:
    user = world.open_chat(given["chat_id"])
    if given["action"] not in ACTIONS:
        raise BadRequest("wrong parameter action in request")
    user.action = given["action"]
    world.changed.fire()
    return True


METHODS = {
    "sendMessage": _message,
    **{f"send{_camel(kind)}": _media(kind) for kind in FILES},
    "sendMediaGroup": _album,
    "sendPoll": _poll,
    "copyMessage": _copy,
    "sendChatAction": _action,
}
