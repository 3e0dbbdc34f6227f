"""Copies of the database: what the administration is told in the chat."""

from datetime import date
from typing import Any

from bot.texts import Texts
from bot.ui.files import our_copy
from bot.ui.screen import Screen


def message(t: Texts, arguments: dict[str, Any]) -> Screen:
    """To the first admin: the sealed copy itself."""
    return Screen(t("backup-sent", night=_night(t, arguments)), files=(our_copy(arguments["name"]),))


def message_large(t: Texts, arguments: dict[str, Any]) -> Screen:
    """To the first admin: it is made, but Telegram does not take it."""
    megabytes = arguments["size"] // 10**6
    return Screen(t("backup-large", night=_night(t, arguments), name=arguments["name"], megabytes=megabytes))


def message_failed(t: Texts, arguments: dict[str, Any]) -> Screen:
    """To the administration: tonight's copy could not be made, and why."""
    return Screen(
        t("backup-failed", night=_night(t, arguments), reason=t(f"backup-reason-{arguments['reason']}"))
    )


def _night(t: Texts, arguments: dict[str, Any]) -> str:
    return t.day(date.fromisoformat(arguments["night"]))
