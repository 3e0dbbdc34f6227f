"""Writing a survey: templates, questions, whom to ask, when; and watching it."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from html import escape
from typing import Literal
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from bot.config import Level
from bot.db.roster import SchoolClass
from bot.db.surveys import QuestionKind, Survey, SurveyQuestion, SurveyRow, SurveyState
from bot.features.surveys import Audience, Question
from bot.features.surveys.editing import Draft
from bot.programme.calendar import LEVELS
from bot.texts import LANGUAGES, Texts, texts
from bot.ui.screen import GO, Row, Screen, button, go, keyboard, rows, shorten
from bot.ui.surveys import SurveyCard, day, fit
from bot.ui.surveys.form import Form
from bot.ui.surveys.paper import PaperDo
from bot.ui.surveys.results import SurveyResults, response
from bot.ui.values import labels

SHOWN = 20
SIGNS = {
    SurveyState.DRAFT: "✏️",
    SurveyState.PLANNED: "🕓",
    SurveyState.OPEN: "🟢",
    SurveyState.CLOSED: "⚪",
}
CHOICES = (QuestionKind.ONE, QuestionKind.MANY)

Template = Literal["satisfaction", "pulse", "methodical", "empty"]
TEMPLATES: tuple[Template, ...] = ("satisfaction", "pulse", "methodical", "empty")
Part = Literal[
    "title", "kinds", "audience", "anonymous", "named", "when", "opening", "now", "closing", "launch"
]


class SurveyNew(CallbackData, prefix="sn"):
    """Begin a survey from a template."""

    template: Template


class SurveyEdit(CallbackData, prefix="se"):
    """Change a part of a draft, or go where that is done."""

    survey_id: int
    part: Part


class SurveyDays(CallbackData, prefix="sd"):
    """Open for so many days."""

    survey_id: int
    days: int


class SurveyTo(CallbackData, prefix="sto"):
    """Ask these."""

    survey_id: int
    role: Audience


class SurveyLevel(CallbackData, prefix="slv"):
    """Ask a level's guardians, or no longer."""

    survey_id: int
    level: Level
    on: bool


class SurveyClass(CallbackData, prefix="sk"):
    """Ask a class's guardians, or no longer."""

    survey_id: int
    class_id: int
    on: bool


class SurveyAdd(CallbackData, prefix="sad"):
    """A question of this kind at the end."""

    survey_id: int
    kind: QuestionKind


class QuestionDo(CallbackData, prefix="qd"):
    """A question of a draft: look, ask for other words or options, make it the headline or not, drop it."""

    question_id: int
    action: Literal["show", "text", "options", "head", "plain", "drop"]


class QuestionMove(CallbackData, prefix="qm"):
    """A question of a draft goes to a place."""

    question_id: int
    to: int


class SurveyLook(CallbackData, prefix="slk"):
    """Look at a draft as those who answer will: the question at a place."""

    survey_id: int
    at: int


def template(t: Texts, name: str) -> tuple[str, Audience, Sequence[Question]]:
    """A ready survey: its title, whom it asks, its questions."""

    def ask(kind: QuestionKind, key: str, *options: str, headline: bool = False) -> Question:
        return Question(
            kind,
            str(t(f"survey-{name}-{key}")),
            tuple(str(t(f"survey-{name}-{key}-{option}")) for option in options),
            headline,
        )

    scale, yes_no, one = QuestionKind.SCALE, QuestionKind.YES_NO, QuestionKind.ONE
    many, text = QuestionKind.MANY, QuestionKind.TEXT
    title = str(t(f"survey-{name}-title"))
    match name:
        case "satisfaction":
            return (
                title,
                Audience.GUARDIAN,
                (
                    ask(scale, "overall", headline=True),
                    ask(scale, "informed"),
                    ask(scale, "help"),
                    ask(yes_no, "whom"),
                    ask(one, "source", "bot", "teacher", "meeting", "diary", "other"),
                    ask(text, "words"),
                ),
            )
        case "pulse":
            return (
                title,
                Audience.GUARDIAN,
                (
                    ask(scale, "mood", headline=True),
                    ask(one, "load", "easy", "right", "hard"),
                    ask(text, "words"),
                ),
            )
    return (
        title,
        Audience.TEACHER,
        (
            ask(scale, "overall", headline=True),
            ask(scale, "lessons"),
            ask(many, "needs", "struggling", "assessment", "digital", "parents", "special"),
            ask(one, "form", "colleague", "seminar", "course", "materials"),
            ask(yes_no, "share"),
            ask(text, "words"),
        ),
    )


def leading(text: str) -> bool:
    """Whether a question asks to agree: people agree more readily than they mean."""
    said = set(re.findall(r"\w+", text.casefold()))
    return any(said & set(texts(language)("survey-agree-words").split()) for language in LANGUAGES)


def _leads(question: SurveyQuestion) -> bool:
    return any(leading(text) for text in (question.text, *question.options))


# --- the list --------------------------------------------------------------------------------------------


def overview(t: Texts, found: Sequence[SurveyRow], zone: ZoneInfo) -> Screen:
    """Every survey, and the button that makes one."""
    create = [button(t("survey-create"), f"{GO}survey_new")]
    buttons = rows(
        button(
            t(
                "survey-item",
                state=SIGNS[row.survey.state],
                day=f"{row.survey.created_at.astimezone(zone):%d.%m.%y}",
                title=shorten(row.survey.title, 40),
            ),
            SurveyCard(survey_id=row.survey.id),
        )
        for row in found[:SHOWN]
    )
    words = t("survey-list" if found else "survey-none")
    return Screen(words, keyboard(create, *buttons, [go(t, "menu")]))


def templates(t: Texts) -> Screen:
    """What to begin from."""
    buttons = rows(button(t(f"survey-template-{name}"), SurveyNew(template=name)) for name in TEMPLATES)
    return Screen(t("survey-templates"), keyboard(*buttons, [button(t("survey-back"), f"{GO}survey")]))


def ask(t: Texts, key: str, survey_id: int | None, **limits: int | str) -> Screen:
    """Wait for something to be typed."""
    back = button(t("survey-back-card"), SurveyCard(survey_id=survey_id)) if survey_id else go(t, "cancel")
    return Screen(t(key, **limits), keyboard([back]))


# --- a draft ---------------------------------------------------------------------------------------------


def card(t: Texts, found: Draft, classes: Sequence[SchoolClass]) -> Screen:
    """A draft: what is written so far."""
    survey = found.survey
    lines: list[str] = [
        t("survey-title", title=survey.title),
        t("survey-draft"),
        "",
        t("survey-whom", whom=audience_words(t, survey, classes), number=found.reach),
        t("survey-is-anonymous" if survey.anonymous else "survey-is-named"),
        "",
    ]
    for number, question in enumerate(found.questions, 1):
        mark = "⭐" if question.headline else "⚠️" if _leads(question) else ""
        lines.append(
            t("survey-question", number=number, text=f"{shorten(question.text, 100)} {mark}".rstrip())
        )
    if not found.questions:
        lines.append(t("survey-no-questions"))
    if any(map(_leads, found.questions)):
        lines += ["", t("survey-leads")]
    edit = rows(
        (
            button(str(number), QuestionDo(question_id=question.id, action="show"))
            for number, question in enumerate(found.questions, 1)
        ),
        5,
    )

    def part(name: Part, key: str) -> Row:
        return [button(t(key), SurveyEdit(survey_id=survey.id, part=name))]

    manner: Row = (
        part("named", "survey-make-named") if survey.anonymous else part("anonymous", "survey-make-anonymous")
    )
    look = [button(t("survey-look"), SurveyLook(survey_id=survey.id, at=0))] if found.questions else []
    return Screen(
        fit(lines),
        keyboard(
            *edit,
            [*part("kinds", "survey-add"), *look],
            part("audience", "survey-audience"),
            manner,
            [
                *part("title", "survey-rename"),
                button(t("survey-remove"), SurveyCard(survey_id=survey.id, action="drop-ask")),
            ],
            part("when", "survey-open") if found.questions else [],
            [button(t("survey-back"), f"{GO}survey")],
        ),
    )


def audience_words(t: Texts, survey: Survey, classes: Sequence[SchoolClass]) -> str:
    """Whom a survey asks."""
    audience = survey.audience
    if audience["role"] != Audience.GUARDIAN:
        return str(t(f"survey-to-{audience['role']}"))
    parts = [str(t(f"survey-level-{level}")) for level in LEVELS if level in audience["levels"]]
    parts += [each.name for each in classes if each.id in audience["classes"]]
    return str(t("survey-to-some", groups=", ".join(parts)) if parts else t("survey-to-guardian"))


def drop_ask(t: Texts, survey: Survey) -> Screen:
    """Whether to throw the draft away."""
    yes = button(t("survey-remove-sure"), SurveyCard(survey_id=survey.id, action="drop"))
    no = button(t("survey-back-card"), SurveyCard(survey_id=survey.id))
    return Screen(t("survey-remove-ask", title=survey.title), keyboard([yes], [no]))


def kinds(t: Texts, survey: Survey) -> Screen:
    """What kind of question?"""
    buttons = rows(
        button(t(f"survey-kind-{kind.value}"), SurveyAdd(survey_id=survey.id, kind=kind))
        for kind in QuestionKind
    )
    return Screen(
        t("survey-kinds"),
        keyboard(*buttons, [button(t("survey-back-card"), SurveyCard(survey_id=survey.id))]),
    )


def question_card(t: Texts, question: SurveyQuestion, of: int) -> Screen:
    """A question of a draft, and what can be done with it."""
    lines = [
        t("survey-question-of", number=question.position + 1, of=of),
        t(f"survey-kind-{question.kind.value}"),
        "",
        f"<b>{escape(question.text, quote=False)}</b>",
    ]
    if question.kind in CHOICES:
        lines += [f"• {escape(label, quote=False)}" for label in labels(t, question).values()]
    if question.headline:
        lines += ["", t("survey-headline-is")]
    if _leads(question):
        lines += ["", t("survey-leads")]

    def do(action: Literal["text", "options", "head", "plain", "drop"], key: str) -> Row:
        return [button(t(key), QuestionDo(question_id=question.id, action=action))]

    def move(key: str, to: int) -> Row:
        return [button(t(key), QuestionMove(question_id=question.id, to=to))] if 0 <= to < of else []

    head: Row = []
    if question.kind == QuestionKind.SCALE:
        head = do("plain", "survey-headline-not") if question.headline else do("head", "survey-headline")
    return Screen(
        "\n".join(lines),
        keyboard(
            [
                *do("text", "survey-reword"),
                *(do("options", "survey-options") if question.kind in CHOICES else []),
            ],
            [*move("survey-up", question.position - 1), *move("survey-down", question.position + 1)],
            head,
            do("drop", "survey-drop"),
            [button(t("survey-back-card"), SurveyCard(survey_id=question.survey_id))],
        ),
    )


def audience(t: Texts, found: Draft, classes: Sequence[SchoolClass], levels: Collection[Level]) -> Screen:
    """Whom to ask."""
    survey, chosen = found.survey, found.survey.audience
    buttons = rows(
        button(
            f"{'◉' if chosen['role'] == role else '○'} {t(f'survey-to-{role.value}')}",
            SurveyTo(survey_id=survey.id, role=role),
        )
        for role in Audience
    )
    if chosen["role"] == Audience.GUARDIAN:
        buttons += rows(
            button(
                f"{'☑' if level in chosen['levels'] else '☐'} {t(f'survey-level-{level}')}",
                SurveyLevel(survey_id=survey.id, level=level, on=level not in chosen["levels"]),
            )
            for level in LEVELS
            if level in levels
        )
        buttons += rows(
            (
                button(
                    f"{'☑' if each.id in chosen['classes'] else '☐'} {each.name}",
                    SurveyClass(survey_id=survey.id, class_id=each.id, on=each.id not in chosen["classes"]),
                )
                for each in classes
            ),
            4,
        )
    whom = t("survey-whom", whom=audience_words(t, survey, classes), number=found.reach)
    back = [button(t("survey-back-card"), SurveyCard(survey_id=survey.id))]
    return Screen(f"{t('survey-audience-ask')}\n\n{whom}", keyboard(*buttons, back))


def when(
    t: Texts,
    found: Draft,
    classes: Sequence[SchoolClass],
    zone: ZoneInfo,
    days: Sequence[int],
    minimum: int,
) -> Screen:
    """From when to when; then open it. Of fewer than `minimum` answers nothing will be shown."""
    survey = found.survey
    opening = (
        t("survey-opens-at", at=t.moment(survey.opens_at.astimezone(zone)))
        if survey.opens_at
        else t("survey-opens-now")
    )
    closing = (
        t("survey-open-until", day=day(survey.closes_at, zone))
        if survey.closes_at
        else t("survey-open-until-when")
    )
    lines: list[str] = [
        t("survey-title", title=survey.title),
        t("survey-whom", whom=audience_words(t, survey, classes), number=found.reach),
        t("survey-is-anonymous" if survey.anonymous else "survey-is-named"),
        *([t("survey-few", minimum=minimum)] if found.reach < minimum else []),
        "",
        opening,
        closing,
    ]
    if survey.template == "satisfaction":
        lines += ["", t("survey-feeds" if found.feeds_indicator else "survey-feeds-not")]
    lasting = [
        button(t("survey-days", days=number), SurveyDays(survey_id=survey.id, days=number)) for number in days
    ]

    def part(name: Part, key: str) -> Row:
        return [button(t(key), SurveyEdit(survey_id=survey.id, part=name))]

    launch: Row = []
    if survey.closes_at:
        launch = part("launch", "survey-plan" if survey.opens_at else "survey-launch")
    return Screen(
        "\n".join(lines),
        keyboard(
            [*part("now", "survey-opening-now"), *part("opening", "survey-opening")],
            lasting,
            part("closing", "survey-closing"),
            launch,
            [button(t("survey-back-card"), SurveyCard(survey_id=survey.id))],
        ),
    )


def preview(t: Texts, found: Draft) -> Form:
    """A draft as those who answer will see it: buttons lead on and keep nothing."""
    survey_id = found.survey.id

    def to(at: int) -> SurveyLook:
        return SurveyLook(survey_id=survey_id, at=at)

    return Form(
        found.questions,
        {},
        press=lambda at, score: to(at + 1),
        choose=lambda at, score, on: to(at),
        to=to,
        send=button(t("surveys-send"), SurveyCard(survey_id=survey_id)),
        leave=button(t("survey-look-end"), SurveyCard(survey_id=survey_id)),
        head=t("survey-look-head"),
        note=t("surveys-anonymous" if found.survey.anonymous else "surveys-by-name"),
    )


# --- watching --------------------------------------------------------------------------------------------


def watch(t: Texts, row: SurveyRow, zone: ZoneInfo, progress: Row) -> Screen:
    """A survey that is planned, open or closed: how many have answered. While it is open nobody sees more.

    `progress`: the row that leads to how its announcement is getting on.
    """
    survey = row.survey
    back = [button(t("survey-back"), f"{GO}survey")]
    lines: list[str] = [t("survey-title", title=survey.title)]
    if survey.state == SurveyState.PLANNED:
        assert survey.opens_at and survey.closes_at  # noqa: S101 - it is planned
        lines += [
            t("survey-opens-at", at=t.moment(survey.opens_at.astimezone(zone))),
            t("survey-open-until", day=day(survey.closes_at, zone)),
        ]
        again = button(t("survey-unplan"), SurveyCard(survey_id=survey.id, action="unplan"))
        return Screen("\n".join(lines), keyboard([again], back))
    lines += response(t, row)
    if survey.state == SurveyState.OPEN:
        assert survey.closes_at is not None  # noqa: S101 - it is open
        lines += [t("survey-open-until", day=day(survey.closes_at, zone)), t("survey-open-hidden")]
        paper: Row = []
        if survey.audience.get("role") == Audience.GUARDIAN:
            paper = [button(t("paper"), PaperDo(survey_id=survey.id, action="offer"))]
        end = button(t("survey-close"), SurveyCard(survey_id=survey.id, action="ask"))
        return Screen("\n".join(lines), keyboard(progress, paper, [end], back))
    if survey.published_at:
        lines.append(t("survey-published-on", day=_local(survey.published_at, zone)))
    show = button(t("survey-results"), SurveyResults(survey_id=survey.id))
    return Screen("\n".join(lines), keyboard(progress, [show], back))


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%d.%m.%Y}"


def close_ask(t: Texts, row: SurveyRow) -> Screen:
    """Whether to end it now."""
    yes = button(t("survey-close-sure"), SurveyCard(survey_id=row.survey.id, action="close"))
    no = button(t("survey-close-not"), SurveyCard(survey_id=row.survey.id))
    return Screen(t("survey-close-ask", finished=row.finished, asked=row.asked), keyboard([yes], [no]))
