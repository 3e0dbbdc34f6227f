"""What a slip says, for the chat and the command line alike: without aiogram, which costs seconds."""

from datetime import date
from html import unescape
from typing import Any

from bot.features.accounts.printing import Place
from bot.texts import Texts


def slip(t: Texts, place: Place, school: str, bot_name: str, until: date) -> dict[str, Any]:
    """The fields of a slip (bot/reports/slips.py). The pupil's full name: it goes from hand to hand."""
    return {
        "group": place.school_class,
        "heading": school,
        "name": unescape(t("slip-name", pupil=place.pupil, class_name=place.school_class)),
        "whom": unescape(t("slip-whom", relation=place.relation)),
        "until": unescape(t("slip-until", day=t.day(until, date.min))),
        "aside": unescape(t("slip-aside")),
        "lines": (unescape(t("slip-what")), unescape(t("slip-how"))),
        "link": link(bot_name, place.code),
    }


def link(bot_name: str, code: str) -> str:
    """The link that opens the bot with an invitation."""
    return f"https://t.me/{bot_name}?start={code}"
