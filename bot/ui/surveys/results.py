"""What came out of a survey: figures, groups, words, the picture's and the workbook's values, publishing."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Literal

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.db.outbox import File
from bot.db.surveys import QuestionKind, SurveyRow
from bot.features.outbox.announcing import Kind
from bot.features.surveys.results import Group, NamedAnswers, Outcome, QuestionResult, Results
from bot.texts import Html, Texts
from bot.ui.files import our_picture
from bot.ui.findings import heard_button
from bot.ui.outbox import progress
from bot.ui.screen import GO, Row, Screen, button, go, keyboard, shorten, turns, units
from bot.ui.surveys import TEXT_MAX, SurveyCard, fit, percent
from bot.ui.values import labels

BAR = 10
SATISFIED = (4, 5)
WORDS_PAGE = 5
WORDS_LENGTH = 700

View = Literal["main", "groups", "words", "picture", "excel", "publish"]


class SurveyResults(CallbackData, prefix="srs"):
    """What came out: a view of it, a page of that."""

    survey_id: int
    view: View = "main"
    page: int = 0


class SurveyPublish(CallbackData, prefix="spb"):
    """Tell the participants; `draft` names the preview that was looked over."""

    survey_id: int
    draft: int


class SurveyOutcome(CallbackData, prefix="sou"):
    """A participant looks at what came out."""

    survey_id: int


def response(t: Texts, row: SurveyRow) -> list[str]:
    """How many have answered, how many of them on paper."""
    share = percent(row.finished, row.asked)
    lines = [t("survey-response", finished=row.finished, asked=row.asked, share=share)]
    if row.on_paper:
        lines.append(t("survey-response-paper", number=row.on_paper))
    return [str(line) for line in lines]


def _satisfied(t: Texts, found: Results, minimum: int) -> list[str]:
    if found.headline is None:
        return []
    if found.satisfied is None:
        return [t("survey-satisfied-hidden", minimum=minimum)]
    return [t("survey-satisfied", share=round(found.satisfied))]


def results(t: Texts, found: Results, minimum: int, page: int) -> Screen:
    """The figures, a page of them."""
    head = [t("survey-title", title=found.row.survey.title), *response(t, found.row)]
    head += _satisfied(t, found, minimum)
    blocks = [
        [t("survey-question", number=number, text=result.question.text), *_result(t, result)]
        for number, result in enumerate(found.questions, 1)
    ]
    pages: list[list[str]] = [head]
    for block in blocks:
        if units("\n".join([*pages[-1], "", *block])) > TEXT_MAX - 200:
            pages.append([head[0]])
        pages[-1] += ["", *block]
    page = min(max(page, 0), len(pages) - 1)
    return Screen(fit(pages[page]), keyboard(*_buttons(t, found, page, len(pages))))


def _buttons(t: Texts, found: Results, page: int, pages: int) -> list[Row]:
    survey = found.row.survey

    def to(view: View, key: str) -> InlineKeyboardButton:
        return button(t(key), SurveyResults(survey_id=survey.id, view=view))

    words = any(result.words for result in found.questions)
    return [
        turns(page, pages, lambda number: SurveyResults(survey_id=survey.id, page=number)),
        [to("groups", "survey-groups")] if found.classes else [],
        [to("words", "survey-words")] if words else [],
        [to("picture", "survey-picture"), to("excel", "survey-excel")],
        [] if survey.published_at else [to("publish", "survey-publish")],
        heard_button(t, survey_id=survey.id),
        [button(t("survey-back"), f"{GO}survey")],
    ]


def _result(t: Texts, result: QuestionResult) -> list[str]:
    if result.hidden:
        return [t("survey-hidden")]
    if result.question.kind == QuestionKind.TEXT:
        return [t("survey-words-number", number=result.total)]
    lines: list[str] = []
    for score, label in in_order(t, result):
        count = result.counts.get(score, 0)
        full = "▇" * round(BAR * count / result.total)
        share = percent(count, result.total)
        lines.append(t("survey-bar", label=label, bar=full, share=share, count=count))
    return lines


def in_order(t: Texts, result: QuestionResult) -> list[tuple[int, str]]:
    """The answers of a question as they are listed: the best of a scale first."""
    offered = list(labels(t, result.question).items())
    return offered[::-1] if result.question.kind == QuestionKind.SCALE else offered


# --- by class and level ----------------------------------------------------------------------------------


def group_name(t: Texts, group: Group) -> str:
    """A level or a class."""
    return str(t(f"survey-level-{group.level}")) if group.level else group.class_name or ""


def groups(t: Texts, found: Results, page: int) -> Screen:
    """The response by class first; then a page a question, with the groups of which it may be told."""
    survey_id = found.row.survey.id
    asked = [result for result in found.questions if result.question.kind != QuestionKind.TEXT]
    page = min(max(page, 0), len(asked))
    if page == 0:
        lines = [t("survey-by-class"), ""]
        for each in found.classes:
            share = percent(each.finished, each.asked)
            lines.append(
                t(
                    "survey-class-response",
                    name=each.name,
                    bar="▇" * round(share / BAR),
                    finished=each.finished,
                    asked=each.asked,
                    share=share,
                )
            )
        lines += ["", t("survey-by-class-note")]
    else:
        result = asked[page - 1]
        lines = [f"<b>{escape(result.question.text, quote=False)}</b>", ""]
        lines += [_group(t, result, group) for group in result.groups]
        lines += [] if result.groups else [t("survey-no-groups")]
        lines += ["", t("survey-groups-note")]
    back = [button(t("survey-back-results"), SurveyResults(survey_id=survey_id))]
    row = turns(
        page, len(asked) + 1, lambda number: SurveyResults(survey_id=survey_id, view="groups", page=number)
    )
    return Screen(fit(lines), keyboard(row, back))


def _group(t: Texts, result: QuestionResult, group: Group) -> str:
    name = group_name(t, group)
    if result.question.kind == QuestionKind.SCALE:
        good = percent(sum(group.counts.get(score, 0) for score in SATISFIED), group.total)
        mean = sum(score * count for score, count in group.counts.items()) / group.total
        return t("survey-group-scale", name=name, total=group.total, share=good, mean=f"{mean:.1f}")
    shares = "; ".join(
        f"{label} {t('survey-percent', share=percent(group.counts.get(score, 0), group.total))}"
        for score, label in in_order(t, result)
    )
    return t("survey-group-shares", name=name, total=group.total, shares=shares)


# --- words -----------------------------------------------------------------------------------------------


def words(t: Texts, found: Results, page: int) -> Screen:
    """What was answered in words, a few a page."""
    all_words = [(result.question.text, each) for result in found.questions for each in result.words]
    pages = max(1, -(-len(all_words) // WORDS_PAGE))
    page = min(max(page, 0), pages - 1)
    lines: list[str] = []
    asked = ""
    for text, each in all_words[page * WORDS_PAGE :][:WORDS_PAGE]:
        if text != asked:
            lines += [f"<b>{escape(text, quote=False)}</b>", ""]
            asked = text
        lines.append(f"• <i>{escape(shorten(' '.join(each.split()), WORDS_LENGTH), quote=False)}</i>")
    survey_id = found.row.survey.id
    row = turns(page, pages, lambda number: SurveyResults(survey_id=survey_id, view="words", page=number))
    back = [button(t("survey-back-results"), SurveyResults(survey_id=survey_id))]
    return Screen(fit(lines or [t("survey-hidden")]), keyboard(row, back))


# --- publishing ------------------------------------------------------------------------------------------


def ask_measures(t: Texts, found: Results) -> Screen:
    """Wait for what the school will do about it."""
    words = t("survey-ask-measures", title=found.row.survey.title)
    return Screen(
        words, keyboard([button(t("survey-back-results"), SurveyResults(survey_id=found.row.survey.id))])
    )


def publish_preview(t: Texts, found: Results, measures: str, draft: int, picture_id: int) -> Screen:
    """What the participants will be told, under the picture."""
    survey_id = found.row.survey.id
    share = None if found.satisfied is None else round(found.satisfied)
    seen = _published(t, found.row.survey.title, share, measures)
    send = button(t("survey-publish-send"), SurveyPublish(survey_id=survey_id, draft=draft))
    back = button(t("survey-back-results"), SurveyResults(survey_id=survey_id))
    words = f"{t('survey-publish-preview')}\n\n{seen}"
    return Screen(words, keyboard([send], [back]), files=_picture(picture_id))


def published(t: Texts, survey_id: int, number: int) -> Screen:
    """It is on its way to so many."""
    back = button(t("survey-back-card"), SurveyCard(survey_id=survey_id))
    going = progress(t, Kind.OUTCOME, survey_id) if number else []
    return Screen(t("survey-published", number=number), keyboard(going, [back]))


def outcome(t: Texts, found: Outcome, picture_id: int | None) -> Screen:
    """What a participant is told, once more."""
    share = found.results.satisfied
    words = _published(
        t, found.results.row.survey.title, None if share is None else round(share), found.measures
    )
    return Screen(words, keyboard([go(t, "menu")]), files=_picture(picture_id))


def message_published(t: Texts, arguments: Mapping[str, Any]) -> Screen:
    """What came out of a survey that you were asked in, and what the school will do."""
    words = _published(t, arguments["title"], arguments["satisfied"], arguments["measures"])
    return Screen(words, keyboard([go(t, "menu")]), files=_picture(arguments["picture"]))


def digest_published(t: Texts, arguments: Mapping[str, Any]) -> tuple[Html, InlineKeyboardButton]:
    """The outcome's line in the evening's digest, and the button that opens it."""
    line = t("survey-digest-published", title=arguments["title"])
    return line, button(t("surveys-look"), SurveyOutcome(survey_id=arguments["survey"]))


def _published(t: Texts, title: str, satisfied: int | None, measures: str) -> Html:
    share = [t("survey-message-satisfied", share=satisfied)] if satisfied is not None else []
    lines = [t("survey-message-published", title=title), *share]
    return Html("\n".join([*lines, "", t("survey-message-measures"), escape(measures, quote=False)]))


def _picture(picture_id: int | None) -> tuple[File, ...]:
    return (our_picture(picture_id),) if picture_id else ()


# --- messages of the outbox ------------------------------------------------------------------------------


def message_closed(t: Texts, arguments: Mapping[str, Any]) -> Screen:
    """A survey of the admin's has run out."""
    show = button(t("survey-results"), SurveyResults(survey_id=arguments["survey"]))
    return Screen(t("survey-message-closed", title=arguments["title"]), keyboard([show]))


def message_not_opened(t: Texts, arguments: Mapping[str, Any]) -> Screen:
    """A planned survey could not be opened, and why."""
    show = button(t("survey-look-draft"), SurveyCard(survey_id=arguments["survey"]))
    words = t("survey-message-not-opened", title=arguments["title"], why=t(arguments["why"]))
    return Screen(words, keyboard([show]))


# --- picture and workbook --------------------------------------------------------------------------------


def picture_blocks(t: Texts, found: Results) -> list[tuple[str, str, list[tuple[str, float, str]]]]:
    """The questions of the picture, the headline first: text, how many answered, and label, share, words."""
    shown = [r for r in found.questions if not r.hidden and r.question.kind != QuestionKind.TEXT]
    shown.sort(key=lambda result: not result.question.headline)
    return [
        (
            result.question.text,
            str(t("survey-answers", number=result.total)),
            [
                (
                    label,
                    share := result.counts.get(score, 0) / result.total,
                    str(t("survey-percent", share=round(100 * share))),
                )
                for score, label in in_order(t, result)
            ],
        )
        for result in shown
    ]


def picture_head(t: Texts, found: Results) -> tuple[str, str]:
    """The picture's title, and the line under it."""
    row = found.row
    share = percent(row.finished, row.asked)
    under = t("survey-picture-response", finished=row.finished, asked=row.asked, share=share)
    if found.satisfied is not None:
        under = t("survey-picture-satisfied", share=round(found.satisfied), response=under)
    return row.survey.title, str(under)


Rows = list[Sequence[str | int | float | None]]


def workbook_sheets(
    t: Texts, found: Results, names: Sequence[NamedAnswers]
) -> list[tuple[str, Sequence[str], Rows]]:
    """The sheets of the workbook: title, head, rows. What is hidden on the screen is hidden here."""
    answers: Rows = []
    grouped: Rows = []
    texts: Rows = []
    for number, result in enumerate(found.questions, 1):
        text = result.question.text
        if result.question.kind == QuestionKind.TEXT or result.hidden:
            note = str(t("survey-hidden-plain")) if result.hidden else str(t("survey-words"))
            answers.append((number, text, note, None if result.hidden else result.total, None))
            texts += [(number, text, each) for each in result.words]
            continue
        for score, label in in_order(t, result):
            count = result.counts.get(score, 0)
            answers.append((number, text, label, count, count / result.total))
            grouped += [
                (number, text, group_name(t, group), label, here, here / group.total)
                for group in result.groups
                for here in (group.counts.get(score, 0),)
            ]
    classes: Rows = [
        (each.name, each.asked, each.finished, each.finished / each.asked) for each in found.classes
    ]
    sheets = [
        (str(t("sheet-answers")), _head(t, "number", "question", "answer", "count", "share"), answers),
        (str(t("sheet-response")), _head(t, "class", "asked", "finished", "share"), classes),
        (
            str(t("sheet-groups")),
            _head(t, "number", "question", "group", "answer", "count", "share"),
            grouped,
        ),
        (str(t("sheet-words")), _head(t, "number", "question", "answer"), texts),
    ]
    if names:
        asked = [result.question for result in found.questions]
        rows: Rows = [
            (
                each.name,
                *(_named(labels(t, question), each.answers.get(question.id, ())) for question in asked),
            )
            for each in names
        ]
        head = [*_head(t, "name"), *(question.text for question in asked)]
        sheets.append((str(t("sheet-names")), head, rows))
    return [sheet for sheet in sheets if sheet[2]]


def _head(t: Texts, *columns: str) -> list[str]:
    return [str(t(f"sheet-column-{column}")) for column in columns]


def _named(offered: Mapping[int, str], given: Sequence[int | str]) -> str:
    return "; ".join(each if isinstance(each, str) else offered.get(each, "") for each in given)
