"""What people of a journey said, pressed and saw, as pages of the documentation that cannot drift."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from difflib import unified_diff
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent.parent / "docs" / "transcripts"
WRITE = "SCHOOLBOT_WRITE_DOCS"
# So long a journey may take: a time of day that is the moved clock's within it is shown as the clock was set.
LASTS = timedelta(minutes=20)
NOTICE = f"<!-- Played by tests/journeys. To write it anew: {WRITE}=1 python -m pytest tests/journeys -->"
# What a message can hold besides words, as it stands in Telegram's Message.
FILES = {
    "photo": "фото",
    "document": "файл",
    "voice": "голосовое сообщение",
    "audio": "аудио",
    "video": "видео",
    "contact": "контакт",
    "media_group": "альбом",
    "sticker": "стикер",
}


@dataclass
class Transcript:
    """The page that is being written: `people` by the names that it gives them."""

    people: Mapping[str, Any]
    set_at: datetime | None
    lines: list[str] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def said(self, person: Any, words: str) -> None:
        """Somebody wrote."""
        self._does(person, "пишет:", _inline(words))

    def sent(self, person: Any, content: Mapping[str, Any]) -> None:
        """Somebody sent something else than text."""
        files = [word for key, word in FILES.items() if key in content]
        words = content.get("caption") or content.get("text")
        self._does(person, "отправляет:", ", ".join([*files, *([_inline(words)] if words else [])]))

    def pressed(self, person: Any, label: str) -> None:
        """Somebody pressed a button."""
        self._does(person, "нажимает:", f"`{label}`")

    def saw(self, person: Any, message: Mapping[str, Any]) -> None:
        """A message of the bot stood in somebody's chat; once in the same words with the same buttons."""
        name = self._name(person)
        if name is None:
            return
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        keyboard = [" ".join(f"`{button['text']}`" for button in row) for row in rows]
        words = str(message.get("text") or message.get("caption") or "").splitlines()
        files = [f"[{word}]" for key, word in FILES.items() if key in message]
        body = [*files, *(_inline(line) for line in words)]
        block = [f"*Бот → {name}:*", "", *_broken(body), *(["", *_broken(keyboard)] if keyboard else [])]
        key = f"{message['message_id']} {block}"
        if key not in self._seen:
            self._seen.add(key)
            self.lines += [*(f"> {line}".rstrip() for line in block), ""]

    def page(self, title: str) -> str:
        """The whole page, with what differs from one run to the next made the same."""
        text = "\n".join([f"# {title}", "", NOTICE, "", *self.lines]).rstrip() + "\n"
        text = re.sub(r"№ \d+", "№ 1234", text)  # letters have random numbers
        text = re.sub(r"https?://\S*?start=[\w-]+", "https://t.me/школьный_бот?start=…", text)
        return re.sub(r"\b\d\d:\d\d\b", self._steady, text)

    def _steady(self, time: re.Match[str]) -> str:
        if self.set_at is None:
            return time[0]
        for minutes in range(int(LASTS.total_seconds() // 60)):
            if f"{self.set_at + timedelta(minutes=minutes):%H:%M}" == time[0]:
                return f"{self.set_at:%H:%M}"
        return time[0]

    def _name(self, person: Any) -> str | None:
        return next((name for name, each in self.people.items() if each is person), None)

    def _does(self, person: Any, verb: str, what: str) -> None:
        name = self._name(person)
        if name is not None:
            self.lines += [f"**{name}** {verb} {what}", ""]


def _inline(words: str) -> str:
    """Words as Markdown shows them, not as it reads them."""
    return re.sub(r"([\\`*_<>\[\]|#~])", r"\\\1", words)


def _broken(lines: list[str]) -> list[str]:
    """Lines that stay lines."""
    filled = [i for i, line in enumerate(lines) if line]
    return [f"{line}\\" if line and i + 1 in filled else line for i, line in enumerate(lines)]


@contextmanager
def transcript(
    recorders: list[Transcript], name: str, title: str, people: Mapping[str, Any], set_at: datetime | None
) -> Iterator[None]:
    """Record the people while the block runs; then write the page, or compare it with the one there is."""
    recorder = Transcript(people, set_at)
    recorders.append(recorder)
    try:
        yield
    finally:
        recorders.remove(recorder)
    page, path = recorder.page(title), FOLDER / f"{name}.md"
    if os.environ.get(WRITE):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(page, encoding="utf-8")
        return
    there = path.read_text(encoding="utf-8") if path.exists() else ""
    difference = "\n".join(
        unified_diff(there.splitlines(), page.splitlines(), str(path), "played", lineterm="")
    )
    assert there == page, f"write it anew with {WRITE}=1 and look at what changed\n{difference}"
