"""Methods that change or remove what stands in a chat, and that answer a press."""

from sandbox import rules
from sandbox.errors import BadRequest
from sandbox.methods.sending import media
from sandbox.world import Json, Kept, User, World

DAY = 24 * 60 * 60
# Only these may be taken along by editMessageMedia and editMessageCaption.
MEDIA = {"photo", "document", "voice", "video", "audio"}
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a"
    " current content and reply markup of the message"
)


def _find(world: World, given: Json, verb: str) -> tuple[User, Kept]:
    if "chat_id" not in given or "message_id" not in given:
        raise BadRequest("message identifier is not specified")
    user = world.open_chat(given["chat_id"])
    kept = user.messages.get(given["message_id"])
    if not kept or kept.deleted:
        raise BadRequest(f"message to {verb} not found")
    return user, kept


def _edit(world: World, given: Json, kept: Kept, old: set[str], content: Json) -> Json:
    """Replace the old fields by the content, and the keyboard by the one given or none."""
    keyboard = rules.inline_keyboard(given.get("reply_markup"))
    message = {k: v for k, v in kept.message.items() if k not in old | {"reply_markup"}} | content
    message |= {"reply_markup": keyboard} if keyboard else {}
    if message == kept.message:
        raise BadRequest(SAME)
    return world.change(kept, message)


def _editable(world: World, given: Json) -> Kept:
    _, kept = _find(world, given, "edit")
    if not kept.editable:
        raise BadRequest("message can't be edited")
    return kept


def _text(world: World, given: Json) -> Json:
    content, kept = rules.text(given), _editable(world, given)
    if "text" not in kept.message:
        raise BadRequest("there is no text in the message to edit")
    return _edit(world, given, kept, {"text", "entities", "link_preview_options"}, content)


def _caption(world: World, given: Json) -> Json:
    content, kept = rules.caption(given), _editable(world, given)
    if not kept.message.keys() & MEDIA:
        raise BadRequest("there is no caption in the message to edit")
    return _edit(world, given, kept, {"caption", "caption_entities", "show_caption_above_media"}, content)


def _media(world: World, given: Json) -> Json:
    kept, item = _editable(world, given), given["media"]
    if item["type"] not in MEDIA:
        raise BadRequest("the sandbox edits photos, documents, videos and audio only")
    content = media(world, item, item["type"], item["media"], given["attached"])
    old = {"text", "entities", "caption", "caption_entities", "has_media_spoiler", *MEDIA}
    return _edit(world, given, kept, old, content)


def _keyboard(world: World, given: Json) -> Json:
    return _edit(world, given, _editable(world, given), set(), {})


def _remove(world: World, kept: Kept) -> None:
    kept.deleted = True
    world.touch(kept)


def _delete(world: World, given: Json) -> bool:
    _, kept = _find(world, given, "delete")
    if kept.message["date"] < world.clock.now() - 2 * DAY:
        raise BadRequest("message can't be deleted for everyone")
    _remove(world, kept)
    return True


def _delete_many(world: World, given: Json) -> bool:
    user, ids = world.open_chat(given["chat_id"]), given["message_ids"]
    if not ids:
        raise BadRequest("message identifiers are not specified")
    if len(ids) > 100:
        raise BadRequest("too many message identifiers specified")
    for kept in (user.messages[id_] for id_ in ids if id_ in user.messages):
        if not kept.deleted and kept.message["date"] >= world.clock.now() - 2 * DAY:
            _remove(world, kept)
    return True


def _answer(world: World, given: Json) -> bool:
    query = world.find_query(given["callback_query_id"])
    if len(given.get("text", "")) > 200:
        raise BadRequest("MESSAGE_TOO_LONG")
    if query.answer is None:
        query.answer = {k: given[k] for k in ("text", "show_alert", "url") if k in given}
        world.changed.fire()
    return True


def _react(world: World, given: Json) -> bool:
    _, kept = _find(world, given, "react")
    kept.reactions["bot"] = rules.reaction(given.get("reaction", []))
    world.touch(kept)
    return True


def _stop_poll(world: World, given: Json) -> Json:
    kept = _editable(world, given)
    poll: Json | None = kept.message.get("poll")
    if not poll:
        raise BadRequest("message with poll to stop not found")
    if poll["is_closed"]:
        raise BadRequest("poll has already been closed")
    closed = poll | {"is_closed": True}
    _edit(world, given, kept, {"poll"}, {"poll": closed})
    world.updates.add("poll", closed)
    return closed


METHODS = {
    "editMessageText": _text,
    "editMessageCaption": _caption,
    "editMessageMedia": _media,
    "editMessageReplyMarkup": _keyboard,
    "deleteMessage": _delete,
    "deleteMessages": _delete_many,
    "answerCallbackQuery": _answer,
    "setMessageReaction": _react,
    "stopPoll": _stop_poll,
}
