"""What is left to do when an update's effects are committed, as plain data beside them until it is done."""

from base64 import b64decode
from typing import Any, NamedTuple

import aiogram.methods
from aiogram.types import BufferedInputFile

from bot.calls import plain
from bot.conversations import Change
from bot.db.inbox import Stand
from bot.ui.screen import Replies, Reply


class Rest(NamedTuple):
    """What is left to do when an update's effects are committed: it is committed with them."""

    replies: Replies
    change: Change | None = None

    def dump(self) -> list[dict[str, Any]]:
        """As plain data, in order."""
        first = [{"conversation": [self.change.chat_id, *self.change.stand]}] if self.change else []
        return [*first, *map(dump_reply, self.replies)]

    @classmethod
    def load(cls, plain: list[dict[str, Any]]) -> "Rest":
        """What `dump` made plain."""
        if not plain or "conversation" not in plain[0]:
            return cls([load_reply(reply) for reply in plain])
        chat_id, *stand = plain[0]["conversation"]
        return cls([load_reply(reply) for reply in plain[1:]], Change(chat_id, Stand(*stand)))


def dump_reply(reply: Reply) -> dict[str, Any]:
    """A call of the Bot API as plain data."""
    return {"method": type(reply).__name__, "fields": plain(reply)}


def load_reply(data: dict[str, Any]) -> Reply:
    """The call that `dump_reply` made plain."""
    method: type[Reply] = getattr(aiogram.methods, data["method"])
    return method.model_validate(_load(data["fields"]))


def _load(value: Any) -> Any:
    if isinstance(value, list):
        return [_load(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "base64" in value:
        return BufferedInputFile(b64decode(value["base64"]), value["file"])
    return {name: _load(field) for name, field in value.items()}
