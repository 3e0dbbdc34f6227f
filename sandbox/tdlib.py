"""TDLib's own parser of marked-up text, where the package tdjson is installed; it works without a network."""

import json
from functools import cache
from importlib.util import find_spec
from typing import Any

from sandbox.errors import BadRequest

INSTALLED = find_spec("tdjson") is not None
MODES: dict[str, dict[str, Any]] = {
    "html": {"@type": "textParseModeHTML"},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
}
NAMES = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "CustomEmoji": "custom_emoji",
}


@cache
def _library() -> Any:
    """Load it when first needed, and keep it from writing a log."""
    import tdjson

    tdjson.td_execute(b'{"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}')
    return tdjson


def parse(text: str, mode: str) -> tuple[str, list[dict[str, Any]]]:
    """Parse by a parse mode in lower case; the entities as the Bot API has them. Raises BadRequest."""
    request = {"@type": "parseTextEntities", "text": text, "parse_mode": MODES[mode]}
    answer = json.loads(_library().td_execute(json.dumps(request).encode()))
    if answer["@type"] == "error":
        message = answer["message"]
        raise BadRequest(message[0].lower() + message[1:])
    return answer["text"], [_entity(entity) for entity in answer["entities"] if _known(entity)]


def _known(entity: dict[str, Any]) -> bool:
    return entity["type"]["@type"].removeprefix("textEntityType") in NAMES


def _entity(entity: dict[str, Any]) -> dict[str, Any]:
    details = dict(entity["type"])
    kind = NAMES[details.pop("@type").removeprefix("textEntityType")]
    if "user_id" in details:
        details = {"user": {"id": details["user_id"], "is_bot": False, "first_name": ""}}
    return {"type": kind, "offset": entity["offset"], "length": entity["length"], **details}
