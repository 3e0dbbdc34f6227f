"""What Telegram refuses beyond types: lengths, keyboards, polls, commands; BadRequest in its words."""

import re
from typing import Any

from sandbox.errors import BadRequest
from sandbox.markup import Entity, find_entities, parse, trim, units

Json = dict[str, Any]
TEXT_LIMIT, CAPTION_LIMIT, DATA_LIMIT, SECRET_LIMIT = 4096, 1024, 64, 256
# At most so many buttons on one message, and so many bytes of its keyboard.
BUTTON_LIMIT, KEYBOARD_LIMIT = 100, 10_000
# What a button does; exactly one of them stands in it.
ACTIONS = {
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay", "disabled",
}  # fmt: skip
EMOJI = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡
🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿
🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡
"""
REACTIONS = frozenset(EMOJI.split())


def formatted(given: Json, key: str, mode: str, entities: str) -> tuple[str, list[Entity]]:
    """Take a text with its markup, given by parse mode or as entities, as it will stand in the message."""
    text, marks = given.get(key, ""), given.get(entities, [])
    if given.get(mode):
        text, marks = parse(text, given[mode])
    text, marks = trim(text, marks)
    return text, find_entities(text, marks)


def text(given: Json) -> Json:
    """Take the text of a message: 1 to 4096 UTF-16 units after parsing."""
    words, entities = formatted(given, "text", "parse_mode", "entities")
    if not words:
        raise BadRequest("text must be non-empty")
    if units(words) > TEXT_LIMIT:
        raise BadRequest("message is too long")
    content: Json = {"text": words} | ({"entities": entities} if entities else {})
    if options := given.get("link_preview_options"):
        content["link_preview_options"] = options
    return content


def caption(given: Json) -> Json:
    """Take the caption of a file: at most 1024 UTF-16 units after parsing."""
    words, entities = formatted(given, "caption", "parse_mode", "caption_entities")
    if units(words) > CAPTION_LIMIT:
        raise BadRequest("message caption is too long")
    if not words:
        return {}
    content: Json = {"caption": words} | ({"caption_entities": entities} if entities else {})
    if given.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def inline_keyboard(markup: Json | None) -> Json | None:
    """Take an inline keyboard; an empty one is none."""
    rows: list[list[Json]] = [row for row in (markup or {}).get("inline_keyboard", []) if row]
    buttons = [button for row in rows for button in row]
    for button in buttons:
        _inline_button(button)
    if len(buttons) > BUTTON_LIMIT or sum(len(str(b).encode()) for b in buttons) > KEYBOARD_LIMIT:
        raise BadRequest("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _inline_button(button: Json) -> None:
    if not button["text"].strip():
        raise BadRequest("can't parse inline keyboard button: Button text must be non-empty")
    actions = sorted(button.keys() & ACTIONS)
    if not actions:
        raise BadRequest(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise BadRequest(f"can't parse inline keyboard button: {' and '.join(actions)} exclude each other")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_LIMIT:
        raise BadRequest("BUTTON_DATA_INVALID")
    if "url" in button and not re.match(r"(https?|tg|ton)://[^\s.]+|[^\s:/]+\.\w+", button["url"]):
        raise BadRequest(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if "web_app" in button and not button["web_app"]["url"].startswith("https://"):
        url = button["web_app"]["url"]
        raise BadRequest(
            f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
        )


def reply_keyboard(markup: Json) -> Json | None:
    """Take what changes the person's keyboard: the new one, or None where it is removed."""
    if markup.get("remove_keyboard"):
        return None
    if "keyboard" in markup:
        if not any(markup["keyboard"]):
            raise BadRequest("reply keyboard is empty")
        if any(not button["text"].strip() for row in markup["keyboard"] for button in row):
            raise BadRequest("keyboard button text must be non-empty")
    if len(markup.get("input_field_placeholder", "")) > 64:
        raise BadRequest("BUTTON_PLACEHOLDER_INVALID")
    return markup


def poll(given: Json) -> Json:
    """Take a poll as Telegram's Poll, without votes."""
    question, entities = formatted(given, "question", "question_parse_mode", "question_entities")
    if not 1 <= units(question) <= 300:
        raise BadRequest("poll question must be non-empty" if not question else "poll question is too long")
    options = [{"text": one} if isinstance(one, str) else one for one in given["options"]]
    if len(options) < 2:
        raise BadRequest("poll must have at least 2 option")
    if len(options) > 12:
        raise BadRequest("poll can't have more than 12 options")
    taken = []
    for number, option in enumerate(options):
        words, _ = formatted(option, "text", "text_parse_mode", "text_entities")
        if not words:
            raise BadRequest("poll options must be non-empty")
        if units(words) > 100:
            raise BadRequest("poll options length must not exceed 100")
        taken.append({"persistent_id": str(number), "text": words, "voter_count": 0})
    kind = given.get("type", "regular")
    if kind not in ("regular", "quiz"):
        raise BadRequest("unsupported poll type specified")
    correct = given.get("correct_option_ids") or [
        one for one in [given.get("correct_option_id")] if one is not None
    ]
    if kind == "quiz" and not (correct and all(0 <= one < len(taken) for one in correct)):
        raise BadRequest("wrong correct option ID specified")
    content: Json = {
        "question": question,
        "options": taken,
        "total_voter_count": 0,
        "is_closed": given.get("is_closed", False),
        "is_anonymous": given.get("is_anonymous", True),
        "type": kind,
        "allows_multiple_answers": given.get("allows_multiple_answers", False),
        "allows_revoting": given.get("allows_revoting", kind == "regular"),
        "members_only": given.get("members_only", False),
    }
    if entities:
        content["question_entities"] = entities
    return content | ({"correct_option_ids": correct} if kind == "quiz" else {})


def commands(given: list[Json]) -> list[Json]:
    """Take the commands of a menu."""
    if len(given) > 100:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    for one in given:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", one["command"]):
            raise BadRequest("BOT_COMMAND_INVALID")
        if not 1 <= len(one["description"]) <= 256:
            raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
    return [one | {"command": one["command"].lstrip("/")} for one in given]


def webhook(given: Json) -> Json:
    """Take where updates are to be delivered; plain http is taken, too, and any port."""
    url, secret = given["url"], given.get("secret_token", "")
    if not re.match(r"https?://[^/?#\s]", url):
        raise BadRequest("invalid webhook URL specified")
    if len(secret) > SECRET_LIMIT:
        raise BadRequest("secret token is too long")
    if not re.fullmatch(r"[\w-]*", secret, re.ASCII):
        raise BadRequest("secret token contains unallowed characters")
    connections = given.get("max_connections", 40)
    return {"url": url, "secret": secret, "connections": min(max(connections, 1), 100)}


def reaction(given: list[Json]) -> list[Json]:
    """Take the reactions of a bot: one emoji of Telegram's list, or none."""
    if len(given) > 1 or any(one["type"] == "paid" for one in given):
        raise BadRequest("REACTIONS_TOO_MANY")
    if any(one["type"] == "emoji" and one["emoji"] not in REACTIONS for one in given):
        raise BadRequest("REACTION_INVALID")
    return given
