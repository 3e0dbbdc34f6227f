"""Every word that a person reads: Fluent files, one per noun and language."""

import re
from datetime import date, datetime
from functools import cache, lru_cache
from html import escape
from importlib.resources import files

from babel.dates import format_date
from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("ru", "en")


class Html(str):
    """Text that is HTML already: not escaped again."""

    __slots__ = ()


Argument = str | int | float | date

# So much of what was said last is kept, some 2 MB: most buttons and headings are said again and again. What
# people have written at length is not.
SAID_MAX, NAME_MAX = 4096, 60

# Where a message begins: its key at the beginning of a line.
_MESSAGE = re.compile(r"^([a-zA-Z][\w-]*) *=", re.MULTILINE)


class Texts:
    """The words of one language. Text arguments are escaped for Telegram's HTML."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._sources = sources(language)
        self._bundle = FluentBundle([language], use_isolating=False)
        # By type as well: what is HTML already says something else than the same characters as text.
        self._said = lru_cache(maxsize=SAID_MAX, typed=True)(self._say)

    def __call__(self, key: str, **arguments: Argument) -> Html:
        """The message `key` filled with `arguments`.

        Raises KeyError for a missing message, ValueError for a missing argument.
        """
        brief = all(not isinstance(value, str) or len(value) <= NAME_MAX for value in arguments.values())
        return self._said(key, **arguments) if brief else self._say(key, **arguments)

    def _say(self, key: str, **arguments: Argument) -> Html:
        # Parsed when it is first said: all of them take a second, and a bot at rest says few.
        if not self._bundle.has_message(key):
            self._bundle.add_resource(FluentResource(self._sources[key]))
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        safe = {
            name: escape(value, quote=False)
            if isinstance(value, str) and not isinstance(value, Html)
            else value
            for name, value in arguments.items()
        }
        text, errors = self._bundle.format_pattern(pattern, safe)
        if errors:
            raise ValueError(f"{key} ({self.language}): {errors[0]}")
        return Html(text)

    def day(self, day: date, today: date | None = None) -> str:
        """A date in words, "25 ноября"; with the year where it is not that of `today`."""
        year = today is not None and day.year != today.year
        return format_date(day, "d MMMM y" if year else "d MMMM", self.language)

    def month(self, day: date) -> str:
        """The name of a day's month, "ноябрь"."""
        return format_date(day, "LLLL", self.language)

    def weekday(self, day: date) -> str:
        """A date with its day of the week, "среда, 25 ноября"."""
        return format_date(day, "EEEE, d MMMM", self.language)

    def short_day(self, day: date) -> str:
        """A date that fits a small button, "ср, 25.11"."""
        return format_date(day, "EEE, d.MM", self.language)

    def moment(self, at: datetime) -> str:
        """A moment as its own zone has it, "среда, 25 ноября, 18:00"."""
        return f"{self.weekday(at.date())}, {at:%H:%M}"


def texts(language: str) -> Texts:
    """The words of a language, read once; Russian for one that there is not."""
    return _texts(language if language in LANGUAGES else "ru")


_texts = cache(Texts)


@cache
def sources(language: str) -> dict[str, str]:
    """Each message of a language as it is written, up to the next."""
    found: dict[str, str] = {}
    for file in files("bot").joinpath("texts", language).iterdir():
        source = file.read_text(encoding="utf-8")
        begins = [*_MESSAGE.finditer(source)]
        ends = [*(each.start() for each in begins[1:]), len(source)]
        found |= {begin[1]: source[begin.start() : end] for begin, end in zip(begins, ends, strict=True)}
    return found
