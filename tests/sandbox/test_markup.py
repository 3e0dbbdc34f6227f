"""HTML: our parser against TDLib's own, and what stands in the message afterwards."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sandbox import tdlib
from sandbox.errors import BadRequest
from sandbox.markup import find_entities, parse, parse_html, trim, units
from tests.sandbox.conftest import Sides

TAGS = [
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "code",
    "pre",
    "a",
    "tg-spoiler",
    "q",
    "B",
]
OPENINGS = [
    "<a href='http://x.ru'>",
    '<a href="https://t.me/x?start=a&amp;b=1">',
    "<a href='tg://user?id=12'>",
    "<a href=x.ru>",
    "<a href='nowhere'>",
    "<code class='language-py'>",
    "<blockquote>",
    "<blockquote expandable>",
    "<span class='tg-spoiler'>",
    "<span>",
    "<tg-emoji emoji-id='5368324170671202286'>",
    "<u x=1 >",
    "<s y = 'q'>",
    "<b ='x'>",
    "<b x='1>",
    "<b ",
    "<i/>",
]
TEXT = [
    "x",
    "ж",
    "😀",
    " ",
    "\n",
    "&",
    "&lt;",
    "&amp",
    "&quot;",
    "&#128512;",
    "&#x41;",
    "&#0;",
    "&#xD800;",
    "&nbsp;",
]
STRAY = ["<", ">", "</", "/", "=", "'", '"', "</>", "</b>", "</a >", "</code>", "<!-- -->", "<br>"]


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Mostly well-formed HTML, so that more than the first error is compared."""
    parts = st.sampled_from([*OPENINGS, *(f"<{tag}>" for tag in TAGS), *TEXT * 3, "close", "close", *STRAY])
    text, opened = "", list[str]()
    for part in draw(st.lists(parts, max_size=12)):
        if part == "close":
            text += f"</{opened.pop()}>" if opened else ""
            continue
        text += part
        if part.startswith("<") and part not in STRAY:
            opened.append(part.strip("<>").split()[0].split("/")[0].lower() if len(part) > 1 else "")
    if draw(st.booleans()):
        text += "".join(f"</{tag}>" for tag in reversed(opened))
    return text


def outcome(parser: Any, *arguments: str) -> Any:
    """What a parser makes of a text, or how it refuses it."""
    try:
        return parser(*arguments)
    except BadRequest as error:
        return error.description


@pytest.mark.skipif(not tdlib.INSTALLED, reason="needs tdjson")
@settings(max_examples=1500)
@example("<b x='1>'")
@given(documents())
def test_our_parser_is_tdlibs(text: str) -> None:
    assert outcome(parse_html, text) == outcome(tdlib.parse, text, "html")


@pytest.mark.parametrize("mode", ["HTML", "html"])
def test_parse_mode_in_any_case(mode: str) -> None:
    assert parse("<b>x</b>", mode) == ("x", [{"type": "bold", "offset": 0, "length": 1}])


def test_without_tdlib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tdlib, "INSTALLED", False)
    assert parse("a <i>b</i>", "HTML") == ("a b", [{"type": "italic", "offset": 2, "length": 1}])
    assert "knows HTML only" in outcome(parse, "*x*", "MarkdownV2")


@given(st.text(alphabet="ab 😀\n", max_size=20), st.data())
def test_trimming_keeps_entities_inside(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offset, length = units(text[:start]), units(text[start:end])
    entities = [{"type": "bold", "offset": offset, "length": length}] if length else []
    trimmed, moved = trim(text, entities)
    assert trimmed == trimmed.rstrip() and trimmed in text
    for entity in moved:
        assert entity["offset"] >= 0 and 0 < entity["length"] <= units(trimmed) - entity["offset"]


def test_what_telegram_marks_by_itself() -> None:
    text = "😀 /start@my_bot https://t.me/x?start=a_b, @teacher #5а me@x.ru 1/2"
    found = [(e["type"], text_of(text, e)) for e in find_entities(text, [])]
    assert found == [
        ("bot_command", "/start@my_bot"),
        ("url", "https://t.me/x?start=a_b"),
        ("mention", "@teacher"),
        ("hashtag", "#5а"),
        ("email", "me@x.ru"),
    ]


def text_of(text: str, entity: dict[str, Any]) -> str:
    data = text.encode("utf-16-le")
    return data[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("ж <q>x</q>", 'Unsupported start tag "q" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
    ],
)
async def test_refused_in_telegrams_words(sides: Sides, text: str, reason: str) -> None:
    refusal = await sides.refusal("sendMessage", chat_id=7, text=text, parse_mode="HTML")
    assert refusal == f"Bad Request: can't parse entities: {reason}"
