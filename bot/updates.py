"""What Telegram sends: bounded, cleaned and understood, or refused at the door.

Telegram itself sends nothing else than what it documents. But a newer Telegram may send what this aiogram
does not know, a Bot API server of one's own may be wrong, and who has the webhook's secret may send anything.
"""

import re
from typing import Any

from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from pydantic import ValidationError

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"]

# What a database keeps as a number, and how deep and how large an update of Telegram never is.
ID_MAX = 2**63 - 1
DEPTH_MAX = 40
SIZE_MAX = 2**20

# Control characters (but tab and new line), halves of surrogate pairs, which no database keeps, and what
# turns the direction of the text after it: a name with one would read differently from what it is.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class NotUnderstoodError(Exception):
    """It is no update that the bot could handle; the message says why, in names of fields only."""


class GetRawUpdates(TelegramMethod[list[Any]]):
    """getUpdates, whose answer is taken as it comes: aiogram would refuse a batch for one update in it."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int
    allowed_updates: list[str]


def update_id_of(raw: Any) -> int | None:
    """The id of an update as it came, whatever else is in it; None where it has none."""
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= ID_MAX else None


def cleaned(raw: Any) -> dict[str, Any]:
    """The update as it is stored: without characters that nobody types.

    Raises NotUnderstoodError for what no database keeps or is larger than any update of Telegram.
    """
    if update_id_of(raw) is None:
        raise NotUnderstoodError("update_id")
    clean, size = _clean(raw, 0)
    if size > SIZE_MAX:
        raise NotUnderstoodError("too large")
    assert isinstance(clean, dict)  # noqa: S101 - it has an id
    return clean


def understood(payload: dict[str, Any], bot: Bot) -> Update:
    """The update that a payload holds. Raises NotUnderstoodError for a kind or a form that is not known."""
    try:
        update = Update.model_validate(payload, context={"bot": bot})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"][:6])
        raise NotUnderstoodError(f"{place}: {first['type']}") from None
    if not any(getattr(update, kind) for kind in ALLOWED_UPDATES):
        # aiogram would print all of it.
        raise NotUnderstoodError("of no kind that was asked for")
    return update


def kind_of(update: Update) -> str:
    """What kind of update it is, as Telegram names it."""
    return next(kind for kind in ALLOWED_UPDATES if getattr(update, kind))


def chat_of(update: Update) -> int:
    """The chat that an update belongs to: within it order is kept."""
    message = update.message or update.edited_message
    if message is not None:
        return message.chat.id
    if update.message_reaction is not None:
        return update.message_reaction.chat.id
    press = update.callback_query or update.my_chat_member
    return press.from_user.id if press else 0


def sent_at_of(update: Update) -> float | None:
    """When it was sent, in seconds by Telegram's clock; None for a press, which does not say."""
    edited = update.edited_message
    if edited is not None and edited.edit_date:
        return float(edited.edit_date)
    dated = update.message or edited or update.message_reaction or update.my_chat_member
    return dated.date.timestamp() if dated else None


def _clean(value: Any, depth: int) -> tuple[Any, int]:
    """The value without unwanted characters, and about how large it is."""
    if isinstance(value, str):
        return _UNWANTED.sub("", value), len(value)
    if isinstance(value, dict | list):
        if depth > DEPTH_MAX:
            raise NotUnderstoodError("nested too deep")
        pairs = [_clean(item, depth + 1) for item in (value.values() if isinstance(value, dict) else value)]
        items, size = [item for item, _ in pairs], sum((size for _, size in pairs), len(pairs))
        if isinstance(value, dict):
            return dict(zip(value, items, strict=True)), size + sum(map(len, value))
        return items, size
    if isinstance(value, int | float) and not abs(value) <= ID_MAX:  # nor NaN
        raise NotUnderstoodError("a number out of bounds")
    return value, 1
