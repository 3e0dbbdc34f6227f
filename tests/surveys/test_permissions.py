"""Writing, watching and results are an admin's; answering is for who was asked; sheets are for staff."""

from collections.abc import Callable
from typing import Any

import pytest
from aiogram.fsm.state import State
from sqlalchemy import update

from bot.config import Settings
from bot.db.base import Database
from bot.db.inbox import Conversation
from bot.db.surveys import QuestionKind, Survey
from bot.features.surveys import Audience, answering, editing, paper, results, running
from bot.handlers.surveys.answering import SurveySteps
from bot.handlers.surveys.editing import EditSteps
from bot.handlers.surveys.paper import PaperSteps
from bot.handlers.surveys.results import OutcomeSteps
from bot.texts import texts
from bot.ui.surveys import SurveyCard
from bot.ui.surveys.answering import SurveyAt, SurveyChoose, SurveyPress, SurveySend, SurveyStart
from bot.ui.surveys.editing import (
    QuestionDo,
    QuestionMove,
    SurveyAdd,
    SurveyClass,
    SurveyDays,
    SurveyEdit,
    SurveyLevel,
    SurveyLook,
    SurveyNew,
    SurveyTo,
    template,
)
from bot.ui.surveys.form import DONE
from bot.ui.surveys.paper import PaperAt, PaperChoose, PaperDo, PaperPress, PaperPrint, PaperSend
from bot.ui.surveys.results import SurveyOutcome, SurveyPublish, SurveyResults, View
from tests.chat import Telegram
from tests.rights import EVERYBODY, GUARDIANS, STAFF, Case, check
from tests.school import DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, School

ADMIN = {DIRECTOR}


def settings_of(telegram: Telegram) -> Settings:
    settings: Settings = telegram.dispatcher.workflow_data["settings"]
    return settings


async def drafted(telegram: Telegram, school: School, name: str = "satisfaction") -> None:
    """A draft of a ready survey."""
    now = telegram.clock.now()
    async with telegram.database.write() as session:
        director = await school.actor(session, DIRECTOR, now)
        title, role, questions = template(texts("ru"), name)
        survey = await editing.create(
            session, director, now, title=title, questions=questions, template=name, role=role
        )
        await editing.set_days(session, director, now, settings_of(telegram), survey.id, 7)
        await session.commit()
    school.made["survey"] = survey.id


async def opened(telegram: Telegram, school: School) -> None:
    """The satisfaction survey is open to guardians of 5А: the mothers of Маша and Петя."""
    await drafted(telegram, school)
    now, today, survey_id = telegram.clock.now(), telegram.clock.now().date(), school.made["survey"]
    async with telegram.database.write() as session:
        director = await school.actor(session, DIRECTOR, now)
        await editing.narrow(session, director, now, survey_id, class_id=school.classes["5А"], on=True)
        await running.launch(session, director, now, today, settings_of(telegram), survey_id)
        await session.commit()


async def many_opened(telegram: Telegram, school: School) -> None:
    """An open survey of the same two whose first question takes several options, its second words."""
    now, today = telegram.clock.now(), telegram.clock.now().date()
    async with telegram.database.write() as session:
        director = await school.actor(session, DIRECTOR, now)
        survey = await editing.create(session, director, now, title="Опрос")
        for kind, text in ((QuestionKind.MANY, "Что?"), (QuestionKind.TEXT, "Как?")):
            await editing.add_question(session, director, now, survey.id, kind, text, ["а", "б"])
        await editing.narrow(session, director, now, survey.id, class_id=school.classes["5А"], on=True)
        await editing.set_days(session, director, now, settings_of(telegram), survey.id, 7)
        await running.launch(session, director, now, today, settings_of(telegram), survey.id)
        await session.commit()
    school.made["survey"] = survey.id


async def all_answered(telegram: Telegram, school: School) -> None:
    """And both have answered all but sending it off."""
    await many_opened(telegram, school)
    now, today = telegram.clock.now(), telegram.clock.now().date()
    async with telegram.database.write() as session:
        for who in (MASHA_MOTHER, PETYA_MOTHER):
            mother = await school.actor(session, who, now)
            survey_id = school.made["survey"]
            await answering.take_answer(session, mother, now, today, survey_id, 0, [1])
            await answering.take_answer(session, mother, now, today, survey_id, 1, None)
        await session.commit()


async def closed(telegram: Telegram, school: School) -> None:
    """By now it is closed, and both have sent it off; two answers are enough here."""
    await all_answered(telegram, school)
    now, today, survey_id = telegram.clock.now(), telegram.clock.now().date(), school.made["survey"]
    settings = settings_of(telegram)
    async with telegram.database.write() as session:
        for who in (MASHA_MOTHER, PETYA_MOTHER):
            mother = await school.actor(session, who, now)
            await answering.send_off(session, mother, now, today, settings, survey_id)
        director = await school.actor(session, DIRECTOR, now)
        await running.close(session, director, now, settings, survey_id)
        # By name an admin sees everything, however few have answered.
        await session.execute(update(Survey).values(anonymous=False))
        school.made["picture"] = await results.keep_picture(session, b"\x89PNG")
        await session.commit()


async def published(telegram: Telegram, school: School) -> None:
    """And the participants have been told."""
    await closed(telegram, school)
    async with telegram.database.write() as session:
        await session.execute(update(Survey).values(published_at=telegram.clock.now(), measures="Поможем"))
        await session.commit()


async def printed(telegram: Telegram, school: School) -> None:
    """A sheet is printed for Маша's family."""
    await many_opened(telegram, school)
    now, today = telegram.clock.now(), telegram.clock.now().date()
    async with telegram.database.write() as session:
        director = await school.actor(session, DIRECTOR, now)
        sheets = await paper.print_sheets(
            session, director, now, today, school.made["survey"], offline_only=False
        )
        await session.commit()
    school.made["code"] = int(sheets[0].code)


def id_(school: School) -> int:
    return school.made["survey"]


def sheet(school: School) -> dict[str, Any]:
    return {
        "survey": id_(school),
        "code": f"{school.made['code']:09}",
        "draft": 7,
        "at": 0,
        "answers": {"0": [1]},
    }


async def everybody_at(telegram: Telegram, step: State, data: dict[str, Any]) -> None:
    """As if everybody stood at that step: a button is tried by those who have no business there, too."""
    async with telegram.database.write() as session:
        for who in EVERYBODY:
            await session.merge(Conversation(chat_id=who, state=step.state, data=data))
        await session.commit()


async def sheet_in_hand(telegram: Telegram, school: School) -> None:
    """A sheet is being entered."""
    await printed(telegram, school)
    await everybody_at(telegram, PaperSteps.answers, sheet(school))


async def looked_over(telegram: Telegram, school: School) -> None:
    """What will be published has been looked over."""
    await closed(telegram, school)
    data = {
        "survey": id_(school), "measures": "Поможем", "picture": school.made["picture"], "draft": 7,
    }  # fmt: skip
    await everybody_at(telegram, OutcomeSteps.preview, data)


def with_a_sheet(handler: str, press: Callable[[School], Any]) -> Case:
    return Case(f"surveys.paper.{handler}", STAFF, press=press, prepare=sheet_in_hand)


def an_edit(part: Any) -> Case:
    return Case(
        "surveys.editing.edit",
        ADMIN,
        press=lambda s: SurveyEdit(survey_id=id_(s), part=part),
        prepare=drafted,
    )


def a_look(view: View) -> Case:
    return Case(
        "surveys.results.look",
        ADMIN,
        press=lambda s: SurveyResults(survey_id=id_(s), view=view),
        prepare=closed,
    )


def a_question(action: Any) -> Case:
    return of_a_draft("do_question", lambda _: QuestionDo(question_id=1, action=action))


def of_a_draft(handler: str, press: Callable[[School], Any]) -> Case:
    return Case(f"surveys.editing.{handler}", ADMIN, press=press, prepare=drafted)


def typed(handler: str, step: Any, says: str, data: Callable[[School], dict[str, Any]]) -> Case:
    return Case(f"surveys.editing.{handler}", ADMIN, says=says, step=step, data=data, prepare=drafted)


PARTS = ("title", "kinds", "audience", "anonymous", "named", "when", "opening", "now", "closing")
VIEWS: tuple[View, ...] = ("main", "groups", "words", "picture", "excel", "publish")
ASKED = {MASHA_MOTHER, PETYA_MOTHER}

EDITING = [
    Case("surveys.editing.overview", ADMIN, says="/survey"),
    Case("surveys.editing.overview", ADMIN, press=lambda _: "go:survey"),
    Case("surveys.editing.choose_template", ADMIN, press=lambda _: "go:survey_new"),
    Case("surveys.editing.create", ADMIN, press=lambda _: SurveyNew(template="pulse")),
    Case("surveys.editing.create", ADMIN, press=lambda _: SurveyNew(template="empty")),
    Case("surveys.editing.take_new", ADMIN, says="Питание", step=EditSteps.new),
    of_a_draft("card", lambda s: SurveyCard(survey_id=id_(s))),
    of_a_draft("card", lambda s: SurveyCard(survey_id=id_(s), action="drop")),
    Case(
        "surveys.editing.card",
        ADMIN,
        press=lambda s: SurveyCard(survey_id=id_(s), action="close"),
        prepare=opened,
    ),
    *(an_edit(part) for part in PARTS),
    an_edit("launch"),
    of_a_draft("look", lambda s: SurveyLook(survey_id=id_(s), at=0)),
    of_a_draft("add_question", lambda s: SurveyAdd(survey_id=id_(s), kind=QuestionKind.ONE)),
    *(a_question(action) for action in ("show", "text", "head", "plain", "drop")),
    of_a_draft("move_question", lambda _: QuestionMove(question_id=1, to=2)),
    of_a_draft("choose_audience", lambda s: SurveyTo(survey_id=id_(s), role=Audience.STAFF)),
    of_a_draft("choose_level", lambda s: SurveyLevel(survey_id=id_(s), level="ooo", on=True)),
    of_a_draft("choose_class", lambda s: SurveyClass(survey_id=id_(s), class_id=1, on=True)),
    of_a_draft("choose_days", lambda s: SurveyDays(survey_id=id_(s), days=14)),
    typed("take_title", EditSteps.title, "Другое", lambda s: {"survey": id_(s)}),
    typed("take_question", EditSteps.question, "Как?", lambda s: {"survey": id_(s), "kind": "scale"}),
    typed("take_question", EditSteps.question, "Как?", lambda s: {"survey": id_(s), "kind": "one"}),
    typed("take_question", EditSteps.question, "Как?", lambda _: {"question": 1}),
    typed(
        "take_options", EditSteps.options, "а\nб", lambda s: {"survey": id_(s), "kind": "one", "text": "Как?"}
    ),
    typed("take_options", EditSteps.options, "а\nб", lambda _: {"question": 5}),
    typed("take_opening", EditSteps.opening, "завтра в 9", lambda s: {"survey": id_(s)}),
    typed("take_closing", EditSteps.closing, "30.10", lambda s: {"survey": id_(s)}),
]

RESULTS = [
    *(a_look(view) for view in VIEWS),
    # Two have answered: there is nothing to tell, which an admin is told and others are not.
    Case(
        "surveys.results.take_measures",
        ADMIN,
        says="Поможем",
        step=OutcomeSteps.measures,
        data=lambda s: {"survey": id_(s)},
        prepare=closed,
    ),
    Case(
        "surveys.results.publish",
        ADMIN,
        press=lambda s: SurveyPublish(survey_id=id_(s), draft=7),
        prepare=looked_over,
    ),
    Case(
        "surveys.results.outcome",
        ASKED,
        press=lambda s: SurveyOutcome(survey_id=id_(s)),
        prepare=published,
    ),
]

ANSWERING = [
    Case("surveys.answering.mine", STAFF | GUARDIANS, says="/surveys"),
    Case("surveys.answering.mine", STAFF | GUARDIANS, press=lambda _: "go:surveys"),
    Case("surveys.answering.start", ASKED, press=lambda s: SurveyStart(survey_id=id_(s)), prepare=opened),
    Case("surveys.answering.step", ASKED, press=lambda s: SurveyAt(survey_id=id_(s), at=0), prepare=opened),
    Case(
        "surveys.answering.press",
        ASKED,
        press=lambda s: SurveyPress(survey_id=id_(s), at=0, score=5),
        prepare=opened,
    ),
    Case(
        "surveys.answering.choose",
        ASKED,
        press=lambda s: SurveyChoose(survey_id=id_(s), at=0, score=1, on=True),
        prepare=many_opened,
    ),
    Case(
        "surveys.answering.words",
        ASKED,
        says="Хорошо",
        step=SurveySteps.words,
        data=lambda s: {"survey": id_(s), "at": 1},
        prepare=many_opened,
    ),
    Case(
        "surveys.answering.typed",
        ASKED,
        says="5",
        step=SurveySteps.press,
        data=lambda s: {"survey": id_(s), "at": 0},
        prepare=opened,
    ),
    Case("surveys.answering.send", ASKED, press=lambda s: SurveySend(survey_id=id_(s)), prepare=all_answered),
]

PAPER = [
    Case(
        "surveys.paper.begin",
        ADMIN,
        press=lambda s: PaperDo(survey_id=id_(s), action="offer"),
        prepare=opened,
    ),
    Case(
        "surveys.paper.begin",
        STAFF,
        press=lambda s: PaperDo(survey_id=id_(s), action="enter"),
        prepare=opened,
    ),
    Case(
        "surveys.paper.print_out",
        ADMIN,
        press=lambda s: PaperPrint(survey_id=id_(s), class_id=0, offline=False),
        prepare=opened,
    ),
    Case(
        "surveys.paper.take_code",
        STAFF,
        says="000 000 098",  # no such sheet: staff are told that, others nothing
        step=PaperSteps.code,
        data=lambda s: {"survey": id_(s)},
        prepare=printed,
    ),
    with_a_sheet("step", lambda _: PaperAt(draft=7, at=1)),
    with_a_sheet("press", lambda _: PaperPress(draft=7, at=0, score=DONE)),
    with_a_sheet("choose", lambda _: PaperChoose(draft=7, at=0, score=1, on=True)),
    with_a_sheet("send", lambda _: PaperSend(draft=7)),
    Case(
        "surveys.paper.typed",
        STAFF,
        says="Хорошо",
        step=PaperSteps.answers,
        data=lambda s: {**sheet(s), "at": 1},
        prepare=printed,
    ),
]

CASES = [*EDITING, *RESULTS, *ANSWERING, *PAPER]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)
