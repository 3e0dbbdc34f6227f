"""Surveys: what writing, answering, results and paper word alike."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from bot.ui.screen import units

# What Telegram takes in one message.
TEXT_MAX = 4096


class SurveyCard(CallbackData, prefix="sc"):
    """A survey of the admin's: look, ask before closing, close, make a planned one a draft again."""

    survey_id: int
    action: str = "show"


def percent(part: float, whole: float) -> int:
    """A share in whole per cent; 0 of nothing."""
    return round(100 * part / whole) if whole else 0


def day(moment: datetime, zone: ZoneInfo) -> str:
    """The last day of a survey: it closes at the midnight after it."""
    return f"{moment.astimezone(zone) - timedelta(days=1):%d.%m.%Y}"


def fit(lines: Sequence[str]) -> str:
    """The lines as one text that Telegram takes.

    Whole lines go: a cut within one would leave a tag open, and Telegram refuses that.
    """
    kept = list(lines)
    text = "\n".join(kept)
    while units(text) > TEXT_MAX:
        kept.pop()
        text = "\n".join([*kept, "…"])
    return text


def plain(html: str) -> str:
    """Words of ours for paper and workbooks, which know no HTML."""
    return unescape(re.sub(r"</?[bi]>", "", html))
