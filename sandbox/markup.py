"""Marked-up text to plain text and entities, as Telegram does it (TDLib, MessageEntity.cpp).

Offsets and lengths count UTF-16 units; error texts count bytes of UTF-8, as Telegram's do.
"""

import re
from dataclasses import dataclass
from typing import Any

from sandbox import tdlib
from sandbox.errors import BadRequest

SPACE = " \t\n\v\f\r"
ENTITY_NAMES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
# Tag to entity type; what needs more than a name is in `_close`.
PLAIN = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler",
}  # fmt: skip
TAGS = PLAIN.keys() | {"a", "code", "pre", "blockquote", "tg-emoji"}
# Which entity comes first when two cover the same text (TDLib, get_type_priority).
PRIORITY = {
    "blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "text_link": 49, "text_mention": 49,
    "bold": 90, "italic": 91, "underline": 92, "strikethrough": 93, "spoiler": 94, "custom_emoji": 99,
}  # fmt: skip

# A character reference; what follows the "&" may be nothing.
CHARACTER = re.compile(r"&(?:#(?:x([0-9a-fA-F]*)|([0-9]*))|([a-zA-Z]*))", re.ASCII)

Entity = dict[str, Any]


def units(text: str) -> int:
    """Length in UTF-16 units: what Telegram's limits and offsets count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


class _Html:
    """One pass over the text. Works on str; the byte offsets of errors are counted when needed."""

    def __init__(self, text: str) -> None:
        self.text = text + "\0"  # TDLib's strings end so, and its checks rely on it
        self.at = 0
        self.result: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.text) - 1:
            char = self.text[self.at]
            if char == "<":
                begin = self.at
                self.at += 1
                if self.text[self.at] == "/":
                    self._close(begin)
                else:
                    self._start(begin)
                continue
            decoded = self._decode() if char == "&" else None
            if decoded is None:
                decoded = char
                self.at += 1
            self.result.append(decoded)
            self.offset += units(decoded)
        if self.open:
            raise BadRequest(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self.open[-1].tag}\""
            )
        text = "".join(self.result)
        if any(0xD800 <= ord(char) <= 0xDFFF for char in text):
            raise BadRequest(
                "can't parse entities: Text contains invalid Unicode characters after decoding HTML entities,"
                " check for unmatched surrogate code units"
            )
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        key = lambda e: (e["offset"], -e["length"], PRIORITY[e["type"]] - ("language" in e))  # noqa: E731
        return text, sorted(self.entities, key=key)

    def _fail(self, what: str, at: int, more: str = "") -> BadRequest:
        offset = len(self.text[:at].encode("utf-8", "surrogatepass"))
        return BadRequest(f"can't parse entities: {what} at byte offset {offset}{more}")

    def _decode(self) -> str | None:
        """The character that `&...` at this place stands for, or None if for itself."""
        found = CHARACTER.match(self.text, self.at)
        if not found:
            return None
        if found[3] is not None:
            char = ENTITY_NAMES.get(found[3])
        else:
            code = int(found[1] or "0", 16) if found[1] is not None else int(found[2] or "0")
            char = chr(code) if 0 < code < 0x10FFFF and found.end() - self.at < 10 else None
        if char is None:
            return None
        self.at = found.end() + (self.text[found.end()] == ";")
        return char

    def _word(self, stop: str) -> str:
        begin = self.at
        while self.text[self.at] not in stop:
            self.at += 1
        return self.text[begin : self.at]

    def _skip_space(self) -> None:
        while self.text[self.at] in SPACE:
            self.at += 1

    def _start(self, begin: int) -> None:
        tag = _lower(self._word(SPACE + ">\0"))
        if self.text[self.at] == "\0":
            raise self._fail("Unclosed start tag", begin)
        if tag not in TAGS:
            raise self._fail(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        while True:
            self._skip_space()
            if self.text[self.at] == ">":
                break
            name, value = self._attribute(tag, begin)
            if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id")):
                argument = value
            elif (tag, name) == ("code", "class") and value.startswith("language-"):
                argument = value.removeprefix("language-")
            elif (tag, name) == ("span", "class") and value.startswith("tg-"):
                argument = value.removeprefix("tg-")
            elif (tag, name) == ("blockquote", "expandable"):
                argument = "1"
        if tag == "span" and argument != "spoiler":
            raise self._fail('Tag "span" must have class "tg-spoiler"', begin)
        self.at += 1
        self.open.append(_Open(tag, argument, self.offset, len(self.result)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._word(SPACE + "=>/\"'\0")
        if not name:
            raise self._fail(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip_space()
        if self.text[self.at] == "\0":
            raise self._fail(f'Unclosed start tag "{tag}"', begin)
        if self.text[self.at] != "=":
            return name, ""
        self.at += 1
        self._skip_space()
        if self.text[self.at] == "\0":
            raise self._fail(f'Unclosed start tag "{tag}"', begin)
        quote = self.text[self.at]
        if quote not in "\"'":
            start = self.at
            while re.match(r"[a-zA-Z0-9.-]", self.text[self.at], re.ASCII):
                self.at += 1
            if self.text[self.at] not in SPACE + ">":
                raise self._fail("Unexpected end of name token", start)
            return name, _lower(self.text[start : self.at])
        self.at += 1
        value = []
        while self.text[self.at] not in (quote, "\0"):
            char = self._decode() if self.text[self.at] == "&" else None
            if char is None:
                char = self.text[self.at]
                self.at += 1
            value.append(char)
        self.at += self.text[self.at] == quote
        if self.text[self.at] == "\0":
            raise self._fail("Unclosed start tag", begin)
        return name, "".join(value)

    def _close(self, begin: int) -> None:
        if not self.open:
            raise self._fail("Unexpected end tag", begin)
        self.at += 1
        name = _lower(self._word(SPACE + ">\0"))
        self._skip_space()
        if self.text[self.at] != ">":
            raise self._fail("Unclosed end tag", begin)
        opened = self.open[-1]
        if name and name != opened.tag:
            raise self._fail("Unmatched end tag", begin, f', expected "</{opened.tag}>", found "</{name}>"')
        self.at += 1
        self.open.pop()
        if self.offset > opened.offset:
            self._add(opened)

    def _add(self, opened: _Open) -> None:
        place = {"offset": opened.offset, "length": self.offset - opened.offset}
        last = self.entities[-1] if self.entities else {}
        same = all(last.get(key) == value for key, value in place.items())
        if opened.tag == "a":
            kind = _link(opened.argument or "".join(self.result[opened.start :]))
            if kind:
                self.entities.append(place | kind)
        elif opened.tag == "tg-emoji":
            if not re.fullmatch(r"-?\d{1,19}", opened.argument) or int(opened.argument) == 0:
                raise BadRequest("can't parse entities: Invalid custom emoji identifier specified")
            self.entities.append(place | {"type": "custom_emoji", "custom_emoji_id": opened.argument})
        elif opened.tag == "blockquote":
            self.entities.append(
                place | {"type": "expandable_blockquote" if opened.argument else "blockquote"}
            )
        elif opened.tag == "pre" and same and last["type"] == "code" and last.get("language"):
            last["type"] = "pre"
        elif (
            opened.tag == "code"
            and same
            and last["type"] == "pre"
            and "language" not in last
            and opened.argument
        ):
            last["language"] = opened.argument
        elif opened.tag == "code":
            language = {"language": opened.argument} if opened.argument else {}
            self.entities.append(place | {"type": "code"} | language)
        else:
            self.entities.append(place | {"type": PLAIN.get(opened.tag, "pre")})


def _lower(text: str) -> str:
    """Lower ASCII letters only, as TDLib does."""
    return re.sub("[A-Z]+", lambda found: found[0].lower(), text)


def _link(url: str) -> Entity | None:
    """The entity of a link; None where Telegram sees no address in it and silently drops it."""
    if person := re.fullmatch(r"tg:(?://)?user\?id=(\d+)(?:[&#].*)?", url, re.I):
        return {"type": "text_mention", "user": {"id": int(person[1]), "is_bot": False, "first_name": ""}}
    found = re.fullmatch(r'(?:(https?|tg|ton|tonsite)://)?([^/?#\s<>":]+(?::\d{1,5})?)([/?#]\S*)?', url, re.I)
    if not found:
        return None
    scheme, host, rest = (found[1] or "http").lower(), found[2], found[3] or ""
    if scheme in ("http", "https"):
        if "." not in host.strip(".") and host != "localhost":
            return None
        rest = rest if rest.startswith("/") else "/" + rest
    return {"type": "text_link", "url": f"{scheme}://{host.lower()}{rest}"}


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Parse Telegram's HTML. Raises BadRequest in Telegram's words."""
    return _Html(text).parse()


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut white space at both ends as Telegram does, and what then remains of no entity."""
    text = text.replace("\r", "").rstrip()
    first = min((e["offset"] for e in entities), default=len(text))
    lead = 0
    while lead < min(first, len(text)) and text[lead] in " \n":
        lead += 1
    text, end = text[lead:], units(text[lead:])
    moved = [e | {"offset": e["offset"] - lead} for e in entities]
    cut = [e | {"length": min(e["length"], end - e["offset"])} for e in moved]
    return text, [e for e in cut if e["length"] > 0]


# What Telegram marks by itself, in the order in which it decides.
FOUND = re.compile(
    r"(?P<url>(?:https?|tg)://[^\s<>\"]+[^\s<>\".,;:!?)]|(?<![\w@.])t\.me/[^\s<>\"]*[^\s<>\".,;:!?)])"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<mention>(?<![\w@])@[A-Za-z]\w{3,31}\b)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
)


def find_entities(text: str, entities: list[Entity]) -> list[Entity]:
    """Add the addresses, commands, mentions and hashtags that Telegram finds where nothing else is marked."""
    closed = [e for e in entities if e["type"] in ("code", "pre", "text_link", "text_mention")]
    found = []
    for match in FOUND.finditer(text):
        offset, length = units(text[: match.start()]), units(match[0])
        if all(e["offset"] + e["length"] <= offset or offset + length <= e["offset"] for e in closed):
            found.append({"type": match.lastgroup, "offset": offset, "length": length})
    return sorted([*entities, *found], key=lambda e: (e["offset"], -e["length"]))


def parse(text: str, mode: str) -> tuple[str, list[Entity]]:
    """Parse by the name of the parse mode: as TDLib, where it is installed. Raises BadRequest."""
    mode = mode.lower()
    if mode not in tdlib.MODES:
        raise BadRequest("unsupported parse_mode")
    if tdlib.INSTALLED:
        return tdlib.parse(text, mode)
    if mode == "html":
        return parse_html(text)
    raise BadRequest("can't parse entities: without the package tdjson the sandbox knows HTML only")
