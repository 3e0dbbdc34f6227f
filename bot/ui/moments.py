"""Days and times as people type them, in either language."""

import re
from datetime import date, datetime, time, timedelta
from functools import cache

from babel.dates import get_month_names

from bot.texts import LANGUAGES, texts

_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\.?")
_WORDS = re.compile(r"(\d{1,2})\s+([^\W\d_]+)(?:\s+(\d{4}))?(?:\s*[^\W\d_]{1,4}\.?)?")
_TIME = re.compile(r"([01]?\d|2[0-3])(?:[:.\s-]([0-5]\d))?")

_HOURS = re.compile(
    r"(?:(?:с|from)\s+)?(\d{1,2}(?:[:.]\d\d)?)\s*(?:[-–—]|до|to|till|until)\s*(\d{1,2}(?:[:.]\d\d)?)"
)


@cache
def _months() -> dict[str, int]:
    """The beginnings of the months' names (three letters tell them apart) in both languages."""
    names = ((n, name) for lang in LANGUAGES for n, name in get_month_names("wide", locale=lang).items())
    return {name[:3].casefold(): number for number, name in names}


@cache
def _near() -> dict[str, int]:
    """Days that have a word of their own, by their distance from today."""
    words = {
        "moment-before-yesterday": -2,
        "moment-yesterday": -1,
        "moment-today": 0,
        "moment-tomorrow": 1,
        "moment-after-tomorrow": 2,
    }
    return {texts(lang)(word).casefold(): n for lang in LANGUAGES for word, n in words.items()}


# A day without a year that has just passed is meant as it is said, not as that of next year; and the other
# way round where past days are asked for. Whoever asks then says that it is past, or still to come.
ASTRAY = timedelta(days=60)


def parse_day(text: str, today: date) -> date | None:
    """The day that somebody means by "25.11", "25 ноября", "25.11.2026" or "завтра"; None where unclear.

    Without a year it is the next such day, or one of the last 60 days.
    """
    return _parse_day(text, today, today - ASTRAY)


def parse_past_day(text: str, today: date) -> date | None:
    """The day that somebody means who tells what was: without a year the last such day, or of the next 60."""
    return _parse_day(text, today, today + ASTRAY - timedelta(days=365))


def _parse_day(text: str, today: date, first: date) -> date | None:
    """The day in a text; without a year the one in the twelve months from `first` on."""
    text = " ".join(text.casefold().split())
    if text in _near():
        return today + timedelta(days=_near()[text])
    if matched := _DATE.fullmatch(text):
        day, month, year = int(matched[1]), int(matched[2]), matched[3]
    elif (matched := _WORDS.fullmatch(text)) and matched[2][:3] in _months():
        day, month, year = int(matched[1]), _months()[matched[2][:3]], matched[3]
    else:
        return None
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        found = date(first.year, month, day)
        return found if found >= first else found.replace(year=first.year + 1)
    except ValueError:  # 31 February, or 29 February of a common year
        return None


def parse_time(text: str) -> time | None:
    """The time of day in "18:00", "18.30", "18 30" or "9"; None where unclear."""
    matched = _TIME.fullmatch(text.strip())
    return time(int(matched[1]), int(matched[2] or 0)) if matched else None


def parse_hours(text: str) -> tuple[time, time] | None:
    """The two times of day in "22:30–7", "22-7" or "с 22 до 7"; None where unclear."""
    matched = _HOURS.fullmatch(text.strip().casefold())
    if matched is None:
        return None
    start, end = parse_time(matched[1]), parse_time(matched[2])
    return None if start is None or end is None else (start, end)


def parse_moment(text: str, now: datetime) -> datetime | None:
    """The moment in "25.11 18:00", "завтра в 9" or "18:00", in the zone of `now`; None where unclear.

    A time alone is the next such time.
    """
    text = " ".join(text.replace(",", " ").split())
    at = parse_time(text) if ":" in text else None
    if at is not None:
        today = datetime.combine(now.date(), at, now.tzinfo)
        return today if today > now else today + timedelta(days=1)
    day_text, _, time_text = text.rpartition(" ")
    words = day_text.split()
    if words and words[-1] in ("в", "at"):
        day_text = " ".join(words[:-1])
    day, at = parse_day(day_text, now.date()), parse_time(time_text)
    return datetime.combine(day, at, now.tzinfo) if day and at else None


def parse_span(text: str, today: date) -> tuple[date | None, date] | None:
    """From a day to a day in "25.11 - 15.12" or "25 ноября – 15 декабря"; the last day alone in "15.12".

    The end without a year is the next such day after the beginning. None where unclear.
    """
    pieces = _pieces(text)
    days = [parse_day(piece, today) for piece in pieces]
    if len(days) == 1 and days[0]:
        return None, days[0]
    if len(days) != 2 or days[0] is None:
        return None
    last = _parse_day(pieces[1], today, days[0])
    return (days[0], last) if last else None


def parse_past_span(text: str, today: date) -> tuple[date, date] | None:
    """From a day to a day that have been, in "1.10 - 14.10"; a day alone is both. None where unclear.

    Days without a year are the last such ones, up to today.
    """
    days = [parse_past_day(piece, today) for piece in _pieces(text)]
    if len(days) not in (1, 2) or days[0] is None or days[-1] is None or days[0] > days[-1]:
        return None
    return days[0], days[-1]


def _pieces(text: str) -> list[str]:
    """What stands before and after the dash of a period."""
    pieces = [piece.strip() for piece in re.split(r"\s+[-–—]\s+|[–—]", text.strip()) if piece.strip()]
    if len(pieces) == 1 and text.count("-") == 1:
        return [piece.strip() for piece in text.split("-")]
    return pieces
