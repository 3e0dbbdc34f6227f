"""The notice, the consent, what is kept of a person in words, and leaving."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from enum import StrEnum
from html import unescape
from re import sub
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from bot.features.privacy import Section
from bot.features.privacy.registry import Kept
from bot.programme.model import Programme
from bot.texts import Texts
from bot.ui.messages import RENDERS
from bot.ui.screen import Screen, button, go, keyboard


class Leave(CallbackData, prefix="leave"):
    """Withdraw consent and erase; `sure` after the question."""

    sure: bool


class MyData(CallbackData, prefix="mine"):
    """Everything about me as files."""


class ConsentAgain(CallbackData, prefix="agree"):
    """Consent to the notice as it is now, by somebody who is in already."""


def notice(t: Texts, school: str, *, days: int, years: int, nights: int) -> str:
    """What is kept, why, who sees it, for how long; so many nights a copy of the database stays."""
    return t("notice", school=school, days=days, years=years, nights=nights)


def consent(t: Texts, school: str, version: str) -> str:
    """The consent: a document of its own."""
    return t("consent-document", school=school, version=version)


def consent_again(t: Texts, school: str, version: str) -> Screen:
    """The consent for somebody who gave it to an earlier notice."""
    yes = button(t("consent-give"), ConsentAgain())
    leave = button(t("privacy-leave"), Leave(sure=False))
    return Screen(f"{t('consent-again')}\n\n{consent(t, school, version)}", keyboard([yes], [leave]))


def privacy(t: Texts, words: str, consents: Sequence[datetime], zone: ZoneInfo, *, is_guest: bool) -> Screen:
    """The notice (`words`), the consents given, my data, and the way out; for a guest the notice only."""
    if is_guest:
        return Screen(words)
    lines = [t("privacy-consent", day=full_day(t, given.astimezone(zone).date())) for given in consents]
    rows = [[button(t("privacy-mine"), MyData())], [button(t("privacy-leave"), Leave(sure=False))]]
    return Screen("\n\n".join([words, "\n".join(lines)]), keyboard(*rows, [go(t, "menu")]))


def full_day(t: Texts, day: date) -> str:
    """A date with its year, "25 ноября 2026"."""
    return t.day(day, date.min)


def leave_ask(t: Texts, kept: Sequence[Kept]) -> Screen:
    """Whether the person really wants to be erased, and what stays."""
    text = "\n\n".join([t("privacy-leave-ask"), stays(t, kept)])
    return Screen(text, keyboard([button(t("privacy-leave-sure"), Leave(sure=True))], [go(t, "menu")]))


def left(t: Texts, kept: Sequence[Kept]) -> Screen:
    """It is done; what stays."""
    return Screen("\n\n".join([t("privacy-left"), stays(t, kept)]))


def stays(t: Texts, kept: Sequence[Kept]) -> str:
    """What the school keeps of somebody, a line each."""
    return "\n".join([t("privacy-stays"), *(f"• {t(f'privacy-kept-{reason}')}" for reason in kept)])


def frame(t: Texts, school: str, today: date, version: str) -> tuple[str, str, str]:
    """The title, the beginning and the end of the page with my data."""
    words = (
        t("privacy-mine-title"),
        t("privacy-mine-intro", school=school, day=full_day(t, today)),
        t("privacy-mine-outro", version=version),
    )
    return unescape(words[0]), unescape(words[1]), unescape(words[2])


def title(t: Texts, section: Section) -> str:
    """What a section is about."""
    return unescape(t(f"privacy-table-{section.table}"))


def records(t: Texts, section: Section, programme: Programme, zone: ZoneInfo) -> list[list[tuple[str, str]]]:
    """The rows of a section in words: labels and values, without those that say nothing."""
    return [
        [
            (unescape(t(f"privacy-label-{label}")), words)
            for label, value in _rendered(t, section, row)
            if (words := _value(t, section, label, value, programme, zone))
        ]
        for row in section.rows
    ]


def _rendered(t: Texts, section: Section, row: Sequence[Any]) -> list[tuple[str, Any]]:
    """Labels and values; a message of the outbox as its person read it."""
    values = dict(zip(section.labels, row, strict=True))
    if section.table == "outbox":
        kind, arguments = values.pop("kind"), values["message"]
        # One that an earlier version has written may lack what today's words need.
        with suppress(KeyError):
            values["message"] = unescape(sub(r"<[^>]+>", "", RENDERS[kind](t, arguments).text))
    return list(values.items())


def _value(t: Texts, section: Section, label: str, value: Any, programme: Programme, zone: ZoneInfo) -> str:
    if label in section.words and value is not None:
        return unescape(t(f"{section.words[label]}-{value}"))
    match value:
        case None:
            return ""
        case bool():
            return unescape(t("privacy-yes" if value else "privacy-no"))
        case datetime():
            local = value.astimezone(zone)
            return f"{full_day(t, local.date())}, {local:%H:%M}"
        case date():
            return full_day(t, value)
        case time():
            return f"{value:%H:%M}"
        case StrEnum() | str() if label == "activity":
            return next((a.title for a in programme.activities if a.key == value), value)
        case StrEnum() | str() if label == "indicator":
            return next((i.title for i in programme.indicators if i.key == value), value)
        case dict() | list():
            return ", ".join(_parts(value))
        case _:
            return str(value)


def _parts(value: Mapping[str, Any] | Sequence[Any]) -> list[str]:
    if not isinstance(value, Mapping):
        return [str(item) for item in value]
    return [f"{name}: {item}" for name, item in value.items() if item not in (None, "", [], {})]


def plain(sections: Sequence[Section], titles: Mapping[str, str]) -> dict[str, Any]:
    """The sections as values for a program: by the table's name, each row by its labels."""
    return {
        section.table: {
            "title": titles[section.table],
            "rows": [dict(zip(section.labels, row, strict=True)) for row in section.rows],
        }
        for section in sections
    }
