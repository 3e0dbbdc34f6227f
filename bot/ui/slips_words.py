"""What slips and the leaflet say, for the chat and the command line: without aiogram, which costs seconds."""

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


def leaflet(t: Texts, school: str, bot_name: str) -> dict[str, Any]:
    """The fields of the leaflet for parents (bot/reports/leaflet.py); buttons are named as in the chat."""

    def words(*keys: str, **buttons: str) -> tuple[str, ...]:
        return tuple(unescape(t(key, **buttons)) for key in keys)

    title, lead, help_, others, code = words(
        "leaflet-title", "leaflet-lead", "leaflet-come-help", "leaflet-others", "leaflet-code"
    )
    return {
        "school": school,
        "title": title,
        "lead": lead,
        "does": words("leaflet-does", *(f"leaflet-does-{n}" for n in range(1, 6))),
        "come": words("leaflet-come", *(f"leaflet-come-{n}" for n in (1, 2, 3)), agree=t("consent-give")),
        "help": help_,
        "sees": words("leaflet-sees", *(f"leaflet-sees-{n}" for n in (1, 2, 3)), read=t("note-action-read")),
        "sees_not": words("leaflet-sees-not", *(f"leaflet-sees-not-{n}" for n in (1, 2, 3))),
        "others": others,
        "leave": words("leaflet-leave", *(f"leaflet-leave-{n}" for n in (1, 2, 3)), quiet=t("go-quiet")),
        "ask": words("leaflet-ask", "leaflet-ask-who", "leaflet-ask-phone"),
        "code": code,
        "link": f"https://t.me/{bot_name}",
    }


def link(bot_name: str, code: str) -> str:
    """The link that opens the bot with an invitation."""
    return f"https://t.me/{bot_name}?start={code}"
