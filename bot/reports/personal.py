"""A person's data as files: a page that any browser opens without the internet, and plain JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape
from typing import Any

STYLE = """
body { font: 17px/1.45 system-ui, sans-serif; color: #1f2933; }
body { margin: 0 auto; padding: 16px; max-width: 44em; }
h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin: 1.8em 0 .4em; }
p { color: #52606d; }
dl { margin: 0 0 .7em; padding: .6em .8em; background: #f2f5f7; border-radius: 8px; }
dt { color: #616e7c; font-size: .85em; }
dd { margin: 0 0 .4em; white-space: pre-wrap; overflow-wrap: anywhere; }
@media print { dl { break-inside: avoid; } }
"""


@dataclass(frozen=True)
class Chapter:
    """A title and records, each of labels and values in words."""

    title: str
    records: Sequence[Sequence[tuple[str, str]]]


def page(language: str, title: str, intro: str, chapters: Sequence[Chapter], outro: str) -> bytes:
    """The chapters as one HTML page (UTF-8) that needs nothing from elsewhere."""
    body = [f"<h1>{escape(title)}</h1>", f"<p>{escape(intro)}</p>"]
    for chapter in chapters:
        body.append(f"<h2>{escape(chapter.title)}</h2>")
        for record in chapter.records:
            lines = (f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in record)
            body.append(f"<dl>{''.join(lines)}</dl>")
    body.append(f"<footer><p>{escape(outro)}</p></footer>")
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>"
    )
    top = f'<!doctype html>\n<html lang="{language}"><head>{head}</head>\n<body>'
    return "\n".join([top, *body, "</body></html>\n"]).encode()


def as_json(values: Mapping[str, Any]) -> bytes:
    """The values as JSON (UTF-8), moments and days in ISO 8601."""
    return json.dumps(values, ensure_ascii=False, indent=2, default=_plain).encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    raise TypeError(type(value).__name__)
