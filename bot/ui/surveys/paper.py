"""The paper round: printing sheets, typing their codes."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from bot.db.roster import SchoolClass
from bot.db.surveys import QuestionKind, Survey, SurveyQuestion
from bot.features.surveys.paper import PrintedSheet
from bot.texts import Texts
from bot.ui.screen import Screen, button, go, keyboard, rows
from bot.ui.surveys import SurveyCard, day, plain
from bot.ui.surveys.form import Form
from bot.ui.values import labels


class PaperDo(CallbackData, prefix="pd"):
    """Of a survey: offer to print sheets; type a code."""

    survey_id: int
    action: Literal["offer", "enter"]


class PaperPrint(CallbackData, prefix="pp"):
    """Print the sheets of a class (0: of all), for those without the bot alone, or for all not answered."""

    survey_id: int
    class_id: int
    offline: bool


class PaperPress(CallbackData, prefix="pa"):
    """An answer on the sheet; `draft` tells it from the sheet before. Scores as those of SurveyPress."""

    draft: int
    at: int
    score: int


class PaperChoose(CallbackData, prefix="po"):
    """An option on the sheet: ticked, or not."""

    draft: int
    at: int
    score: int
    on: bool


class PaperAt(CallbackData, prefix="pq"):
    """Show a question of the sheet again."""

    draft: int
    at: int


class PaperSend(CallbackData, prefix="pf"):
    """The sheet is entered."""

    draft: int


def offer(t: Texts, survey: Survey, classes: Sequence[SchoolClass]) -> Screen:
    """For whom sheets are printed."""
    buttons = [
        [button(t("paper-print-offline"), PaperPrint(survey_id=survey.id, class_id=0, offline=True))],
        [button(t("paper-print-all"), PaperPrint(survey_id=survey.id, class_id=0, offline=False))],
        *rows(
            (
                button(each.name, PaperPrint(survey_id=survey.id, class_id=each.id, offline=False))
                for each in classes
            ),
            4,
        ),
        [button(t("paper-enter"), PaperDo(survey_id=survey.id, action="enter"))],
        [button(t("survey-back-card"), SurveyCard(survey_id=survey.id))],
    ]
    return Screen(t("paper-offer", title=survey.title), keyboard(*buttons))


def ask_code(t: Texts, survey: Survey) -> Screen:
    """Wait for the code of a sheet."""
    return Screen(t("paper-ask-code", title=survey.title), keyboard([go(t, "cancel")]))


def entered(t: Texts, survey_id: int) -> Screen:
    """The sheet is counted; the next one?"""
    again = button(t("paper-next"), PaperDo(survey_id=survey_id, action="enter"))
    return Screen(t("paper-entered"), keyboard([again], [go(t, "menu")]))


def form(t: Texts, questions: Sequence[SurveyQuestion], answers: Mapping[int, Any], draft: int) -> Form:
    """A sheet as it is entered: every question may have been left blank."""
    return Form(
        questions,
        answers,
        press=lambda at, score: PaperPress(draft=draft, at=at, score=score),
        choose=lambda at, score, on: PaperChoose(draft=draft, at=at, score=score, on=on),
        to=lambda at: PaperAt(draft=draft, at=at),
        send=button(t("paper-send"), PaperSend(draft=draft)),
        leave=go(t, "cancel"),
        head=t("paper-head"),
        blanks=True,
    )


# --- the sheets themselves -------------------------------------------------------------------------------

# A question on paper: its words, how to answer, the options, whether they stand in a row, lines to write on.
OnPaper = tuple[str, str, Sequence[str], bool, int]


def layout(
    t: Texts, survey: Survey, questions: Sequence[SurveyQuestion], school: str, zone: ZoneInfo
) -> tuple[str, str, Sequence[str], Sequence[OnPaper], str, str]:
    """What stands on every sheet: school, title, introduction, questions, the line to cut along, the foot."""
    assert survey.closes_at is not None  # noqa: S101 - it is open
    until = day(survey.closes_at, zone)
    intro = [
        plain(t("paper-intro", day=until)),
        plain(t("paper-intro-anonymous" if survey.anonymous else "paper-intro-by-name")),
    ]
    on_paper = [_on_paper(t, number, question) for number, question in enumerate(questions, 1)]
    return school, survey.title, intro, on_paper, plain(t("paper-cut")), plain(t("paper-foot", day=until))


def _on_paper(t: Texts, number: int, question: SurveyQuestion) -> OnPaper:
    words = f"{number}. {question.text}"
    offered = [plain(label) for label in labels(t, question).values()]
    match question.kind:
        case QuestionKind.TEXT:
            return words, plain(t("paper-write")), (), False, 4
        case QuestionKind.SCALE:
            return words, plain(t("surveys-scale")), offered, True, 0
        case QuestionKind.MANY:
            return words, plain(t("paper-many")), offered, False, 0
        case QuestionKind.YES_NO:
            return words, "", offered, True, 0
    return words, plain(t("paper-one")), offered, False, 0


def address(t: Texts, sheet: PrintedSheet) -> tuple[str, str]:
    """To whom a sheet goes (on the strip that is cut off), and its code in groups of three."""
    to = t("paper-address", guardian=sheet.guardian, pupil=sheet.pupil, class_name=sheet.class_name)
    return plain(to), " ".join(sheet.code[at : at + 3] for at in range(0, len(sheet.code), 3))
