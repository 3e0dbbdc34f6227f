"""What a person does in the chat: write, press, vote, react, block."""

import re
import time
from base64 import b64decode
from binascii import Error as NoBase64
from uuid import uuid4

from aiohttp import web

from sandbox import files, rules
from sandbox.api import WORLD
from sandbox.errors import Mistake
from sandbox.markup import units
from sandbox.methods import sending
from sandbox.people.reading import Body, find_kept, find_user, read_body
from sandbox.schema import Upload
from sandbox.world import Json, User, World, text_of

FILES = (*sending.FILES, "sticker")
# How long a press waits for the bot's answer unless told otherwise, in seconds.
PRESS_WAIT = 5.0


# Sending


async def start(request: web.Request) -> web.Response:
    """Open the chat as Telegram does: `/start`, with the `code` of a deep link perhaps."""
    code = (await read_body(request)).get("code", str, "")
    if not re.fullmatch(r"[\w-]{0,64}", code, re.ASCII):
        raise Mistake("a link to a bot carries up to 64 letters A-Z, digits, _ and - only")
    user = find_user(request)
    return web.json_response(request.app[WORLD].receive(user, text_of(f"/start {code}".strip())))


async def send(request: web.Request) -> web.Response:
    """Write to the bot: text, a file, an album, a place, a contact; or edit what was written."""
    world, user, body = request.app[WORLD], find_user(request), await read_body(request)
    around: Json = {}
    if (reply_to := body.get("reply_to", int)) is not None:
        around["reply_to_message"] = find_kept(user, reply_to).quoted()
    if body.get("forward", bool, False):
        origin = {"type": "hidden_user", "sender_user_name": "Кто-то", "date": world.clock.now()}
        around["forward_origin"] = origin
    if "media_group" in body.values:
        return web.json_response(_send_album(world, user, body, around))
    if (edit_of := body.get("edit_of", int)) is not None:
        return web.json_response(_edit(world, user, edit_of, _content(world, body)))
    return web.json_response(world.receive(user, _content(world, body) | around))


def _send_album(world: World, user: User, body: Body, around: Json) -> list[Json]:
    items = body.need("media_group", list)
    if not 2 <= len(items) <= 10 or not all(isinstance(item, dict) for item in items):
        raise Mistake("'media_group' must be 2 to 10 objects, each as for one file")
    contents = [_content(world, Body(item)) for item in items]
    group = {"media_group_id": str(uuid4().int >> 66)}
    return [world.receive(user, content | group | around) for content in contents]


def _edit(world: World, user: User, message_id: int, content: Json) -> Json:
    kept = find_kept(user, message_id)
    if kept.message["from"]["is_bot"]:
        raise Mistake(f"message {message_id} is not this person's")
    changed = {"text", "entities", "caption", "caption_entities"} | content.keys()
    rest = {k: v for k, v in kept.message.items() if k not in changed}
    message = world.change(kept, rest | content)
    world.updates.add("edited_message", message)
    return message


def _content(world: World, body: Body) -> Json:
    """Take what a person sends as fields of Telegram's Message; a file is base64, or `true` for a sample."""
    for kind in FILES:
        if kind in body.values:
            return _attached(world, kind, body)
    if "text" in body.values:
        text = body.need("text", str)
        if not text.strip():
            raise Mistake("Telegram does not send an empty text")
        return text_of(_short(text, rules.TEXT_LIMIT))
    if "location" in body.values:
        place = Body(body.need("location", dict))
        coordinates = {k: place.get(k, (int, float), 55.0) for k in ("latitude", "longitude")}
        return {"location": coordinates}
    if "contact" in body.values:
        contact = Body(body.need("contact", dict))
        content = {k: contact.need(k, str) for k in ("phone_number", "first_name")}
        extra = {"user_id": user_id} if (user_id := contact.get("user_id", int)) else {}
        return {"contact": content | extra}
    raise Mistake(f"nothing to send: give text, location, contact, media_group or one of {', '.join(FILES)}")


def _attached(world: World, kind: str, body: Body) -> Json:
    given = body.need(kind, (str, bool))
    upload = files.sample(kind)
    if isinstance(given, str):
        try:
            upload = Upload(upload.name, b64decode(given, validate=True))
        except NoBase64:
            raise Mistake(f"{kind!r} must be base64, or true for a sample") from None
    upload = Upload(body.get("name", str, upload.name), upload.content)
    media = world.files.add(kind, upload, body.get("size", int)).media
    if isinstance(media, dict) and (duration := body.get("duration", int)):
        media = media | {"duration": duration}
    words = text_of(_short(body.get("caption", str, ""), rules.CAPTION_LIMIT))
    caption = {"caption" + ("_entities" if k == "entities" else ""): v for k, v in words.items() if v}
    return {kind: media} | caption


def _short(words: str, limit: int) -> str:
    if units(words) > limit:
        raise Mistake(f"Telegram's apps send at most {limit} characters in one message")
    return words


# Pressing, voting, reacting


async def press(request: web.Request) -> web.Response:
    """Press an inline button: by `data`, `text`, or `row` and `column`; `wait` seconds for the bot's answer.

    `forge` sends any data, `inaccessible` names a message too old to be shown, `expired` is past answering.
    """
    world, user, body = request.app[WORLD], find_user(request), await read_body(request)
    message_id, forge = body.need("message_id", int), body.get("forge", bool, False)
    message = {"message_id": message_id, "chat": user.as_chat(), "date": 0}
    if forge:
        data = body.need("data", str)
        if message_id in user.messages:
            message = user.messages[message_id].message
    else:
        message = find_kept(user, message_id).message
        data = _button(message, body)
    if body.get("inaccessible", bool, False):
        message = {"message_id": message_id, "chat": user.as_chat(), "date": 0}
    query = world.ask(user, data, message, expired=body.get("expired", bool, False))
    deadline = time.monotonic() + body.get("wait", (int, float), PRESS_WAIT)
    while query.answer is None and not world.closing and (left := deadline - time.monotonic()) > 0:
        await world.changed.wait(left)
    if query.answer is None:
        return web.json_response({"status": "unanswered", "callback_query_id": query.id})
    answer = {"show_alert": False, **query.answer}
    return web.json_response({"status": "answered", "callback_query_id": query.id, **answer})


def _button(message: Json, body: Body) -> str:
    """The data of the button meant. Raises Mistake where the message has no such button."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    data, text = body.get("data", str), body.get("text", str)
    row, column = body.get("row", int), body.get("column", int, 0)
    if data is text is row is None:
        raise Mistake("say which button: data, text, or row and column")
    for y, buttons in enumerate(rows):
        for x, button in enumerate(buttons):
            if data is not None:
                meant = button.get("callback_data") == data
            else:
                meant = button["text"] == text if text is not None else (y, x) == (row, column)
            if meant and "callback_data" in button:
                return str(button["callback_data"])
            if meant and data is None:
                raise Mistake(f"button {button['text']!r} sends the bot nothing")
    raise Mistake(f"message {message['message_id']} has no such button as it stands: {rows}")


async def vote(request: web.Request) -> web.Response:
    """Vote in a poll: `options` are the numbers of the options, none of them takes the vote back."""
    world, user, body = request.app[WORLD], find_user(request), await read_body(request)
    kept, options = find_kept(user, body.need("message_id", int)), body.need("options", list)
    poll = kept.message.get("poll")
    if not poll or poll["is_closed"]:
        raise Mistake("there is no open poll in this message")
    if not all(one in range(len(poll["options"])) for one in options):
        raise Mistake("this poll has no such option")
    if len(options) > 1 and not poll["allows_multiple_answers"]:
        raise Mistake("this poll takes one answer only")
    # A private chat has one voter, so the counts are this vote.
    counted = [o | {"voter_count": int(i in options)} for i, o in enumerate(poll["options"])]
    poll = poll | {"options": counted, "total_voter_count": int(bool(options))}
    kept.message = kept.message | {"poll": poll}
    world.touch(kept)
    world.updates.add("poll", poll)
    if not poll["is_anonymous"]:
        ids = [poll["options"][one]["persistent_id"] for one in options]
        vote = {"poll_id": poll["id"], "user": user.as_user(), "option_ids": options}
        world.updates.add("poll_answer", vote | {"option_persistent_ids": ids})
    return web.json_response(poll)


async def react(request: web.Request) -> web.Response:
    """React with an `emoji`, or take the reaction back without one."""
    world, user, body = request.app[WORLD], find_user(request), await read_body(request)
    kept, emoji = find_kept(user, body.need("message_id", int)), body.get("emoji", str, "")
    if emoji and emoji not in rules.REACTIONS:
        raise Mistake(f"Telegram has no reaction {emoji}")
    old, new = kept.reactions.get("user", []), [{"type": "emoji", "emoji": emoji}] if emoji else []
    kept.reactions["user"] = new
    world.touch(kept)
    place = {"chat": user.as_chat(), "message_id": kept.message["message_id"], "user": user.as_user()}
    change = {"date": world.clock.now(), "old_reaction": old, "new_reaction": new}
    world.updates.add("message_reaction", place | change)
    return web.json_response(kept.seen())


async def block(request: web.Request) -> web.Response:
    """Block the bot, or unblock it."""
    user, body = find_user(request), await read_body(request)
    request.app[WORLD].block(user, body.get("blocked", bool, True))
    return web.json_response(user.seen())
