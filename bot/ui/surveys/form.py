"""A survey as it is filled in, in the chat or from paper: a question a screen, then the summary."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.db.surveys import QuestionKind, SurveyQuestion
from bot.texts import Html, Texts
from bot.ui.screen import Row, Screen, button, keyboard, rows, shorten
from bot.ui.surveys import fit
from bot.ui.values import labels

# Instead of a score: the question is left out; enough has been chosen.
LEFT_OUT, DONE = -1, -2
# Options stand in one row where they are that short together.
ROW_LENGTH = 24


@dataclass(frozen=True)
class Form:
    """A survey as somebody fills it in, and where its buttons lead: in the chat, on paper, in a preview."""

    questions: Sequence[SurveyQuestion]
    answers: Mapping[int, Any]
    press: Callable[[int, int], CallbackData]
    choose: Callable[[int, int, bool], CallbackData]
    to: Callable[[int], CallbackData]
    send: InlineKeyboardButton
    leave: InlineKeyboardButton
    # What stands over each question, and under the first.
    head: str = ""
    note: str = ""
    # Whether every question may be left without an answer, as on paper.
    blanks: bool = False


def question(t: Texts, filled: Form, at: int) -> Screen:
    """One question, with the answer given before marked; past the last one the summary."""
    if at >= len(filled.questions):
        return summary(t, filled)
    asked = filled.questions[at]
    lines = [filled.head] if filled.head else []
    lines += [
        t("surveys-step", number=at + 1, of=len(filled.questions)),
        "",
        f"<b>{escape(asked.text, quote=False)}</b>",
        *_hint(t, asked),
    ]
    if at == 0 and filled.note:
        lines += ["", filled.note]
    back = [button(t("surveys-back"), filled.to(at - 1))] if at else []
    return Screen("\n".join(lines), keyboard(*_answers(t, filled, at), [*back, filled.leave]))


def _hint(t: Texts, asked: SurveyQuestion) -> list[str]:
    match asked.kind:
        case QuestionKind.SCALE:
            return ["", t("surveys-scale")]
        case QuestionKind.MANY:
            return ["", t("surveys-many")]
        case QuestionKind.TEXT:
            return ["", t("surveys-write")]
    return []


def _answers(t: Texts, filled: Form, at: int) -> list[Row]:
    asked, given = filled.questions[at], filled.answers.get(at)
    blank = [button(t("surveys-blank"), filled.press(at, LEFT_OUT))] if filled.blanks else []
    if asked.kind == QuestionKind.TEXT:
        skip = button(t("surveys-skip"), filled.press(at, LEFT_OUT))
        return [blank or [skip]]
    offered = labels(t, asked)
    if asked.kind == QuestionKind.MANY:
        chosen = given or ()
        options = rows(
            button(
                f"{'☑' if score in chosen else '☐'} {label}", filled.choose(at, score, score not in chosen)
            )
            for score, label in offered.items()
        )
        done = [button(t("surveys-done"), filled.press(at, DONE))]
        return [*options, done, blank]
    marked = (
        button(f"✓ {label}" if score == given else label, filled.press(at, score))
        for score, label in offered.items()
    )
    short = sum(map(len, offered.values())) <= ROW_LENGTH
    return [*rows(marked, 5 if short else 1), blank]


def summary(t: Texts, filled: Form) -> Screen:
    """All answers, before they are handed in."""
    lines = [filled.head] if filled.head else []
    lines += [t("surveys-summary"), ""]
    for at, asked in enumerate(filled.questions):
        lines.append(t("survey-question", number=at + 1, text=shorten(asked.text, 90)))
        lines.append(_given(t, asked, filled.answers.get(at)))
    back = button(t("surveys-back"), filled.to(len(filled.questions) - 1))
    return Screen(fit(lines), keyboard([filled.send], [back, filled.leave]))


def _given(t: Texts, asked: SurveyQuestion, answer: Any) -> Html:
    if answer is None or answer == []:
        return t("surveys-given-nothing")
    if asked.kind == QuestionKind.TEXT:
        label = str(answer)
    else:
        chosen = answer if isinstance(answer, list) else [answer]
        label = "; ".join(labels(t, asked)[score] for score in chosen)
    return Html(f"→ <b>{escape(shorten(' '.join(label.split()), 90), quote=False)}</b>")


def typed(t: Texts, asked: SurveyQuestion, text: str) -> int | None:
    """The score of the button whose label somebody typed instead of pressing it; None where there is none.

    Where several may be chosen nothing typed counts: it would not be seen what else was.
    """
    if asked.kind in (QuestionKind.TEXT, QuestionKind.MANY):
        return None
    word = text.strip().casefold()
    return next((score for score, label in labels(t, asked).items() if label.casefold() == word), None)


def press_a_button(t: Texts, filled: Form, at: int) -> Screen:
    """The question again, to somebody who wrote instead of pressing."""
    screen = question(t, filled, at)
    return Screen(f"{t('surveys-press')}\n\n{screen.text}", screen.keyboard)
