"""Answering a survey: a question a screen, the summary, and the messages that ask for it."""

from collections.abc import Sequence
from typing import Any

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.db.surveys import Survey, SurveyRow
from bot.features.surveys.answering import Mine, Sheet
from bot.texts import Html, Texts
from bot.ui.screen import GO, Screen, button, go, keyboard, rows, shorten
from bot.ui.surveys.form import Form
from bot.ui.surveys.paper import PaperDo
from bot.ui.surveys.results import SurveyOutcome


class SurveyStart(CallbackData, prefix="ss"):
    """Begin to answer, or go on where it stopped."""

    survey_id: int


class SurveyPress(CallbackData, prefix="sa"):
    """An answer to the question at a place; score -1 leaves it out, -2 says that enough is chosen."""

    survey_id: int
    at: int
    score: int


class SurveyChoose(CallbackData, prefix="so"):
    """An option of a many-of question: chosen, or no longer."""

    survey_id: int
    at: int
    score: int
    on: bool


class SurveyAt(CallbackData, prefix="sq"):
    """Show the question at a place again."""

    survey_id: int
    at: int


class SurveySend(CallbackData, prefix="sf"):
    """Hand the answers in."""

    survey_id: int


def form(t: Texts, sheet: Sheet) -> Form:
    """The survey in the chat."""
    survey_id = sheet.survey.id
    return Form(
        sheet.questions,
        sheet.answers,
        press=lambda at, score: SurveyPress(survey_id=survey_id, at=at, score=score),
        choose=lambda at, score, on: SurveyChoose(survey_id=survey_id, at=at, score=score, on=on),
        to=lambda at: SurveyAt(survey_id=survey_id, at=at),
        send=button(t("surveys-send"), SurveySend(survey_id=survey_id)),
        leave=button(t("surveys-later"), f"{GO}menu"),
        note=t("surveys-anonymous" if sheet.survey.anonymous else "surveys-by-name"),
    )


def mine(t: Texts, found: Sequence[Mine], outcomes: Sequence[Survey], rounds: Sequence[SurveyRow]) -> Screen:
    """The surveys that wait for the person, what came of earlier ones; for staff the sheets to enter."""
    buttons = rows(
        button(
            t("surveys-item", title=shorten(each.survey.title, 40), answered=each.answered, of=each.of),
            SurveyStart(survey_id=each.survey.id),
        )
        for each in found
    )
    buttons += rows(
        button(t("surveys-outcome", title=shorten(survey.title, 40)), SurveyOutcome(survey_id=survey.id))
        for survey in outcomes
    )
    buttons += rows(
        button(
            t("paper-enter-of", title=shorten(row.survey.title, 30)),
            PaperDo(survey_id=row.survey.id, action="enter"),
        )
        for row in rounds
    )
    return Screen(t("surveys-list" if found else "surveys-none"), keyboard(*buttons, [go(t, "menu")]))


def thanks(t: Texts, survey: Survey) -> Screen:
    """The answers are in."""
    key = "surveys-thanks" if survey.anonymous else "surveys-thanks-by-name"
    return Screen(t(key), keyboard([go(t, "menu")]))


# --- messages of the outbox ------------------------------------------------------------------------------


def message(t: Texts, arguments: dict[str, Any]) -> Screen:
    """You are asked."""
    return _message(t, "survey-message", arguments)


def message_reminder(t: Texts, arguments: dict[str, Any]) -> Screen:
    """You have not answered yet."""
    return _message(t, "survey-message-reminder", arguments)


def _message(t: Texts, key: str, arguments: dict[str, Any]) -> Screen:
    start = button(t("surveys-start"), SurveyStart(survey_id=arguments["survey"]))
    manner = t("survey-message-anonymous" if arguments["anonymous"] else "survey-message-by-name")
    words = t(key, title=arguments["title"], last_day=arguments["last_day"], manner=manner)
    return Screen(words, keyboard([start]))


def digest(t: Texts, arguments: dict[str, Any]) -> tuple[Html, InlineKeyboardButton]:
    """The survey's line in the evening's digest, and the button that begins it."""
    line = t("survey-digest", title=arguments["title"], last_day=arguments["last_day"])
    return line, button(t("surveys-start"), SurveyStart(survey_id=arguments["survey"]))
