"""Surveys: for the admin who asks, for those who answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from html import escape, unescape
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.db.surveys import QuestionKind, SurveyQuestion, SurveyRow, SurveyState
from bot.features.surveys import Mine, Question, QuestionResult, Results, Sheet
from bot.texts import Html, Texts
from bot.ui.screen import GO, Row, Screen, button, go, keyboard, rows, shorten

BAR = 10
WORDS_SHOWN = 20
# What Telegram takes in one message.
TEXT_MAX = 4096


class SurveyCreate(CallbackData, prefix="sn"):
    """Open the satisfaction survey for so many days; 0 asks for how many."""

    days: int


class SurveyCard(CallbackData, prefix="sc"):
    """A survey of the admin's: look, ask before closing, close."""

    survey_id: int
    action: str = "show"


class SurveyStart(CallbackData, prefix="ss"):
    """Begin to answer, or go on where it stopped."""

    survey_id: int


class SurveyPress(CallbackData, prefix="sa"):
    """An answer to the question at a place; score -1 leaves it out."""

    survey_id: int
    at: int
    score: int


class SurveyAt(CallbackData, prefix="sq"):
    """Show the question at a place again."""

    survey_id: int
    at: int


class SurveySend(CallbackData, prefix="sf"):
    """Hand the answers in."""

    survey_id: int


def satisfaction(t: Texts) -> tuple[str, Sequence[Question]]:
    """The ready survey: satisfaction with how the school prevents failure. Its title and questions."""
    sources = [str(t(f"survey-source-{name}")) for name in ("bot", "teacher", "meeting", "diary", "other")]
    return str(t("survey-satisfaction-title")), (
        Question(QuestionKind.SCALE, str(t("survey-satisfaction-overall")), headline=True),
        Question(QuestionKind.SCALE, str(t("survey-satisfaction-informed"))),
        Question(QuestionKind.SCALE, str(t("survey-satisfaction-help"))),
        Question(QuestionKind.YES_NO, str(t("survey-satisfaction-whom"))),
        Question(QuestionKind.ONE, str(t("survey-satisfaction-source")), tuple(sources)),
        Question(QuestionKind.TEXT, str(t("survey-satisfaction-words"))),
    )


# --- the admin -------------------------------------------------------------------------------------------


def overview(t: Texts, found: Sequence[SurveyRow], zone: ZoneInfo) -> Screen:
    """Every survey, and the button that makes one."""
    create = button(t("survey-create"), SurveyCreate(days=0))
    if not found:
        return Screen(t("survey-none"), keyboard([create], [go(t, "menu")]))
    buttons = rows(
        button(
            t(
                "survey-item",
                state=_sign(row),
                day=f"{row.survey.created_at.astimezone(zone):%d.%m.%y}",
                title=shorten(row.survey.title, 40),
            ),
            SurveyCard(survey_id=row.survey.id),
        )
        for row in found[:20]
    )
    return Screen(t("survey-list"), keyboard(*buttons, [create], [go(t, "menu")]))


def _sign(row: SurveyRow) -> str:
    return "🟢" if row.survey.state == SurveyState.OPEN else "⚪"


def preview(t: Texts, title: str, questions: Sequence[Question], days: Sequence[int]) -> Screen:
    """What will be asked, and for how long."""
    lines = [t("survey-question", number=n, text=question.text) for n, question in enumerate(questions, 1)]
    buttons: Row = [button(t("survey-days", days=number), SurveyCreate(days=number)) for number in days]
    text = "\n".join([t("survey-preview", title=title), "", *lines, "", t("survey-preview-ask")])
    return Screen(text, keyboard(buttons, [go(t, "cancel")]))


def card(t: Texts, row: SurveyRow, zone: ZoneInfo) -> Screen:
    """A survey: how many have answered. While it is open nobody sees more."""
    survey = row.survey
    lines = [
        t("survey-title", title=survey.title),
        t("survey-response", finished=row.finished, asked=row.asked, share=_percent(row.finished, row.asked)),
    ]
    back = [button(t("survey-back"), f"{GO}survey")]
    if survey.state == SurveyState.OPEN:
        assert survey.closes_at is not None  # noqa: S101 - it is open
        lines += [t("survey-open-until", day=day(survey.closes_at, zone)), t("survey-open-hidden")]
        end = button(t("survey-close"), SurveyCard(survey_id=survey.id, action="ask"))
        return Screen("\n".join(lines), keyboard([end], back))
    show = button(t("survey-results"), SurveyCard(survey_id=survey.id, action="results"))
    return Screen("\n".join(lines), keyboard([show], back))


def close_ask(t: Texts, row: SurveyRow) -> Screen:
    """Whether to end it now."""
    yes = button(t("survey-close-sure"), SurveyCard(survey_id=row.survey.id, action="close"))
    no = button(t("survey-close-not"), SurveyCard(survey_id=row.survey.id))
    return Screen(t("survey-close-ask", finished=row.finished, asked=row.asked), keyboard([yes], [no]))


def results(t: Texts, found: Results, minimum: int) -> Screen:
    """What came out of a survey."""
    row = found.row
    lines: list[str] = [
        t("survey-title", title=row.survey.title),
        t("survey-response", finished=row.finished, asked=row.asked, share=_percent(row.finished, row.asked)),
    ]
    if found.satisfied is not None:
        lines.append(t("survey-satisfied", share=round(found.satisfied)))
    else:
        lines.append(t("survey-satisfied-hidden", minimum=minimum))
    for number, result in enumerate(found.questions, 1):
        lines += ["", t("survey-question", number=number, text=result.question.text), *_result(t, result)]
    text = "\n".join(lines)
    # Whole lines go: a cut within one would leave a tag open, and Telegram refuses that.
    while _length(text) > TEXT_MAX:
        lines.pop()
        text = "\n".join([*lines, "…"])
    return Screen(text, keyboard([button(t("survey-back"), f"{GO}survey")], [go(t, "menu")]))


def _length(html: str) -> int:
    """At least what Telegram counts: UTF-16 units, which it counts without the tags."""
    return len(unescape(html).encode("utf-16-le")) // 2


def _result(t: Texts, result: QuestionResult) -> list[str]:
    if result.hidden:
        return [t("survey-hidden")]
    if result.question.kind == QuestionKind.TEXT:
        return [
            f"• <i>{escape(shorten(' '.join(words.split()), 200), quote=False)}</i>"
            for words in result.words[:WORDS_SHOWN]
        ]
    lines: list[str] = []
    for score, label in reversed(list(_labels(t, result.question).items())):
        count = result.counts.get(score, 0)
        full = "▇" * round(BAR * count / result.total)
        share = _percent(count, result.total)
        lines.append(t("survey-bar", label=label, bar=full, share=share, count=count))
    return lines


def _labels(t: Texts, question: SurveyQuestion) -> Mapping[int, str]:
    """The answers that a question offers, by score."""
    match question.kind:
        case QuestionKind.SCALE:
            return {score: str(score) for score in range(1, 6)}
        case QuestionKind.YES_NO:
            return {0: t("survey-no"), 1: t("survey-yes")}
    return dict(enumerate(question.options))


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def day(moment: datetime, zone: ZoneInfo) -> str:
    """The last day of a survey: it closes at the midnight after it."""
    return f"{moment.astimezone(zone) - timedelta(days=1):%d.%m.%Y}"


# --- whoever is asked ------------------------------------------------------------------------------------


def mine(t: Texts, found: Sequence[Mine]) -> Screen:
    """The surveys that wait for the person."""
    if not found:
        return Screen(t("surveys-none"), keyboard([go(t, "menu")]))
    buttons = rows(
        button(
            t("surveys-item", title=shorten(each.survey.title, 40), answered=each.answered, of=each.of),
            SurveyStart(survey_id=each.survey.id),
        )
        for each in found
    )
    return Screen(t("surveys-list"), keyboard(*buttons, [go(t, "menu")]))


def question(t: Texts, sheet: Sheet, at: int) -> Screen:
    """One question, with the answer given before marked; past the last one the summary."""
    if at >= len(sheet.questions):
        return summary(t, sheet)
    asked, survey_id = sheet.questions[at], sheet.survey.id
    lines = [
        t("surveys-step", number=at + 1, of=len(sheet.questions)),
        "",
        f"<b>{escape(asked.text, quote=False)}</b>",
    ]
    buttons: list[Row] = []
    if asked.kind == QuestionKind.TEXT:
        lines += ["", t("surveys-write")]
        buttons = [[button(t("surveys-skip"), SurveyPress(survey_id=survey_id, at=at, score=-1))]]
    else:
        given = sheet.answers.get(at)
        marked = (
            button(
                f"✓ {label}" if score == given else label,
                SurveyPress(survey_id=survey_id, at=at, score=score),
            )
            for score, label in _labels(t, asked).items()
        )
        buttons = rows(marked, 1 if asked.kind == QuestionKind.ONE else 5)
        if asked.kind == QuestionKind.SCALE:
            lines += ["", t("surveys-scale")]
    if at == 0 and sheet.survey.anonymous:
        lines += ["", t("surveys-anonymous")]
    back = [button(t("surveys-back"), SurveyAt(survey_id=survey_id, at=at - 1))] if at else []
    later = button(t("surveys-later"), f"{GO}menu")
    return Screen("\n".join(lines), keyboard(*buttons, [*back, later]))


def summary(t: Texts, sheet: Sheet) -> Screen:
    """All answers, before they are handed in."""
    lines = [t("surveys-summary"), ""]
    for at, asked in enumerate(sheet.questions):
        lines.append(t("survey-question", number=at + 1, text=asked.text))
        lines.append(_given(t, asked, sheet.answers.get(at)))
    send = button(t("surveys-send"), SurveySend(survey_id=sheet.survey.id))
    back = button(t("surveys-back"), SurveyAt(survey_id=sheet.survey.id, at=len(sheet.questions) - 1))
    return Screen("\n".join(lines), keyboard([send], [back, button(t("surveys-later"), f"{GO}menu")]))


def _given(t: Texts, asked: SurveyQuestion, answer: Any) -> Html:
    if answer is None:
        return t("surveys-given-nothing")
    label = str(answer) if asked.kind == QuestionKind.TEXT else _labels(t, asked)[answer]
    return Html(f"→ <b>{escape(label, quote=False)}</b>")


# --- messages of the outbox ------------------------------------------------------------------------------


def message(t: Texts, arguments: dict[str, Any]) -> Screen:
    """You are asked."""
    return _message(t, "survey-message", arguments)


def message_reminder(t: Texts, arguments: dict[str, Any]) -> Screen:
    """You have not answered yet."""
    return _message(t, "survey-message-reminder", arguments)


def _message(t: Texts, key: str, arguments: dict[str, Any]) -> Screen:
    start = button(t("surveys-start"), SurveyStart(survey_id=arguments["survey"]))
    return Screen(t(key, title=arguments["title"], last_day=arguments["last_day"]), keyboard([start]))


def digest(t: Texts, arguments: dict[str, Any]) -> tuple[Html, InlineKeyboardButton]:
    """The survey's line in the evening's digest, and the button that begins it."""
    line = t("survey-digest", title=arguments["title"], last_day=arguments["last_day"])
    return line, button(t("surveys-start"), SurveyStart(survey_id=arguments["survey"]))


def message_closed(t: Texts, arguments: dict[str, Any]) -> Screen:
    """A survey of the admin's has run out."""
    show = button(t("survey-results"), SurveyCard(survey_id=arguments["survey"], action="results"))
    return Screen(t("survey-message-closed", title=arguments["title"]), keyboard([show]))
