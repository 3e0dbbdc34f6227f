"""The report for the district and the expected results: buttons and words of the chat."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Literal
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.db.indicators import Word
from bot.errors import NotFoundError
from bot.features.indicators.reporting import Period, Report
from bot.features.indicators.results import Checked
from bot.programme.calendar import school_year
from bot.programme.model import Result, State
from bot.texts import Texts
from bot.ui import report_words as words
from bot.ui.indicators import SIGNS, back
from bot.ui.screen import Screen, button, go, keyboard, rows, shorten
from bot.ui.values import day_text

FORMATS = ("xlsx", "docx")
MARKS = {True: SIGNS[State.MET], False: SIGNS[State.BEHIND], None: SIGNS[State.UNKNOWN]}


class ReportOf(CallbackData, prefix="rpo"):
    """The report of these days, in ISO 8601: as of which, and since when."""

    on: str
    first: str


class ReportFile(CallbackData, prefix="rpf"):
    """Make it."""

    kind: Literal["xlsx", "docx"]
    on: str
    first: str


class ReportAsk(CallbackData, prefix="rpa"):
    """Ask for one of the days."""

    which: Literal["on", "first"]
    on: str
    first: str


def days_of(data: ReportOf | ReportFile | ReportAsk) -> tuple[date, date]:
    """The two days in a button. Raises NotFoundError for what are none."""
    try:
        return date.fromisoformat(data.on), date.fromisoformat(data.first)
    except ValueError:
        raise NotFoundError from None


class Results(CallbackData, prefix="exl"):
    """The expected results of the programme."""


class ResultCard(CallbackData, prefix="exr"):
    """One of them."""

    number: int


class ResultSay(CallbackData, prefix="exs"):
    """It has come, or not: ask for a comment."""

    number: int
    reached: bool


class ResultBare(CallbackData, prefix="exb"):
    """Say it without a comment."""

    number: int
    reached: bool


def _of(asked: Period, *, on: date | None = None, first: date | None = None) -> ReportOf:
    return ReportOf(on=(on or asked.on).isoformat(), first=(first or asked.first).isoformat())


def home(t: Texts, asked: Period, today: date, ends: Sequence[date]) -> Screen:
    """What the report would tell of, the two files, and other days."""
    days = {"on": asked.on.isoformat(), "first": asked.first.isoformat()}
    year = date(asked.on.year, 1, 1)
    other_days = [
        button(t("report-on", day=day_text(day)), _of(asked, on=day, first=school_year(day)[0]))
        for day in ends
        if day != asked.on
    ]
    if asked.on != today:
        other_days.insert(0, button(t("report-on-today"), _of(asked, on=today, first=school_year(today)[0])))
    beginnings = [
        button(words_, _of(asked, first=first))
        for words_, first in (
            (t("report-first-school"), school_year(asked.on)[0]),
            (t("report-first-calendar", year=str(year.year)), year),
        )
        if first != asked.first
    ]
    text = t("report-home", on=day_text(asked.on), first=day_text(asked.first))
    return Screen(
        text,
        keyboard(
            [button(t(f"report-{kind}"), ReportFile(kind=kind, **days)) for kind in FORMATS],
            *rows([*other_days, button(t("report-on-other"), ReportAsk(which="on", **days))], 2),
            *rows([*beginnings, button(t("report-first-other"), ReportAsk(which="first", **days))]),
            [button(t("report-results-open"), Results())],
            back(t),
        ),
    )


def ask(t: Texts, which: str, asked: Period, today: date) -> Screen:
    """Wait for one of the days."""
    to = button(t("report-back"), _of(asked))
    return Screen(t(f"report-ask-{which}", example=day_text(today)), keyboard([to]))


def caption(t: Texts, report: Report) -> str:
    """What stands under the file."""
    span = words.span(t, report)
    return t("report-caption", title=t("report-title"), span=span)


def results(t: Texts, found: Sequence[Checked]) -> Screen:
    """All expected results as buttons with how they stand."""
    cards = (
        button(f"{MARKS[checked.reached]} {checked.result.number}", ResultCard(number=checked.result.number))
        for checked in found
    )
    return Screen(t("results-title"), keyboard(*rows(cards, 4), [go(t, "report")], back(t)))


def result(t: Texts, checked: Checked, zone: ZoneInfo) -> Screen:
    """One expected result: its words, what data say, what the director has said and may say."""
    number = checked.result.number
    blocks: list[str] = [t("result-card", number=str(number), text=shorten(checked.result.text, 1500))]
    if checked.answered:
        lines = (escape(words.answer_text(t, answered), quote=False) for answered in checked.answered)
        blocks.append("\n".join(f"• {line}" for line in lines))
    if checked.by_data:
        blocks.append(f"{MARKS[checked.reached]} {t('result-by-data')}")
    elif checked.word:
        blocks.append(_word(t, checked.word, zone))
    else:
        blocks.append(t("result-no-word"))
    say = [] if checked.by_data else [_say(t, number, reached=True), _say(t, number, reached=False)]
    return Screen("\n\n".join(blocks), keyboard(say, [_to_list(t)], back(t)))


def _word(t: Texts, word: Word, zone: ZoneInfo) -> str:
    said = {
        "mark": f"{MARKS[word.reached]} {t(_key(word.reached))}.",
        "by": word.by or t("result-somebody"),
        "day": day_text(word.at.astimezone(zone).date()),
    }
    return t("result-word", comment=word.comment, **said) if word.comment else t("result-word-bare", **said)


def _key(reached: bool) -> str:
    return "result-yes" if reached else "result-no"


def _say(t: Texts, number: int, *, reached: bool) -> InlineKeyboardButton:
    return button(f"{MARKS[reached]} {t(_key(reached))}", ResultSay(number=number, reached=reached))


def _to_list(t: Texts) -> InlineKeyboardButton:
    return button(t("result-back"), Results())


def ask_comment(t: Texts, asked: Result, *, reached: bool) -> Screen:
    """Wait for what shows it."""
    text = t("result-ask-comment", number=str(asked.number), mark=t(_key(reached)))
    bare = button(t("result-no-comment"), ResultBare(number=asked.number, reached=reached))
    return Screen(text, keyboard([bare], [_to_list(t)]))
