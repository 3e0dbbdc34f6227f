"""Writing a survey: what it asks, whom, how, from when to when. All of it while it is a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, true

from bot.config import Level, Settings
from bot.db import roster
from bot.db import surveys as db
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.roster import SchoolClass
from bot.db.surveys import QuestionKind, Survey, SurveyQuestion, SurveyState
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.outbox import clean_text
from bot.features.surveys import SATISFACTION, Audience, Question, asked, find
from bot.programme.calendar import midnight

TITLE_MAX = 100
QUESTION_MAX = 300
OPTION_MAX = 60
OPTIONS_MAX = 10
QUESTIONS_MAX = 20
DAYS = (7, 14, 30)
CHOICES = (QuestionKind.ONE, QuestionKind.MANY)


@dataclass(frozen=True)
class Draft:
    """A survey that is being written, its questions, and how many people it would ask today."""

    survey: Survey
    questions: Sequence[SurveyQuestion]
    reach: int

    @property
    def feeds_indicator(self) -> bool:
        """Whether its headline will be the school's value of 3.2."""
        return feeds_indicator(self.survey, self.questions)


def feeds_indicator(survey: Survey, questions: Sequence[SurveyQuestion]) -> bool:
    """Whether it is the satisfaction survey as the programme means it: a headline, asked of all guardians."""
    audience = survey.audience
    narrowed = audience["levels"] or audience["classes"] or audience["role"] != Audience.GUARDIAN
    headline = any(question.headline for question in questions)
    return survey.template == SATISFACTION and headline and not narrowed


async def create(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    title: str,
    questions: Sequence[Question] = (),
    template: str | None = None,
    role: Audience = Audience.GUARDIAN,
) -> Survey:
    """Begin a survey, anonymous unless that is changed. For an admin."""
    require(actor, Role.ADMIN)
    survey = Survey(
        title=clean_text(title, TITLE_MAX),
        template=template,
        state=SurveyState.DRAFT,
        anonymous=True,
        audience={"role": role.value, "levels": [], "classes": []},
        created_by=actor.person_id,
        created_at=now,
    )
    session.add(survey)
    await session.flush()
    session.add_all(
        SurveyQuestion(
            survey_id=survey.id,
            position=position,
            kind=question.kind,
            text=question.text,
            options=list(question.options),
            headline=question.headline,
        )
        for position, question in enumerate(questions)
    )
    audit.record(session, actor, now, "survey.created", f"survey:{survey.id}", template=template)
    await session.flush()
    return survey


async def draft(session: Session, actor: Actor, today: date, survey_id: int) -> Draft:
    """A draft with all that is written. For an admin; raises AppError where it is none any more."""
    survey = await _draft(session, actor, survey_id)
    people = await asked(session, survey.audience, today)
    return Draft(survey, await db.questions(session, survey_id), len(people))


async def _draft(session: Session, actor: Actor, survey_id: int) -> Survey:
    survey = (await find(session, actor, survey_id)).survey
    if survey.state != SurveyState.DRAFT:
        raise AppError("error-survey-not-draft")
    return survey


async def find_question(session: Session, actor: Actor, question_id: int) -> tuple[Survey, SurveyQuestion]:
    """A question of a draft. For an admin; raises NotFoundError, and AppError for a survey that is none."""
    require(actor, Role.ADMIN)
    question = await session.get(SurveyQuestion, question_id)
    if question is None:
        raise NotFoundError
    return await _draft(session, actor, question.survey_id), question


def _changed(
    session: Session, actor: Actor, now: datetime, survey: Survey, what: str, **details: Any
) -> None:
    audit.record(session, actor, now, "survey.edited", f"survey:{survey.id}", what=what, **details)


async def remove(session: Session, actor: Actor, now: datetime, survey_id: int) -> None:
    """Throw a draft away."""
    survey = await _draft(session, actor, survey_id)
    await session.execute(delete(SurveyQuestion).where(SurveyQuestion.survey_id == survey_id))
    await session.delete(survey)
    audit.record(session, actor, now, "survey.removed", f"survey:{survey_id}")


async def rename(session: Session, actor: Actor, now: datetime, survey_id: int, title: str) -> None:
    """Give a draft another title."""
    survey = await _draft(session, actor, survey_id)
    survey.title = clean_text(title, TITLE_MAX)
    _changed(session, actor, now, survey, "title")


# --- questions -------------------------------------------------------------------------------------------


def read_options(text: str) -> list[str]:
    """The options that somebody typed, one a line.

    Raises AppError for fewer than two or too many, for one that is too long, and for one that stands twice.
    """
    options = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not 2 <= len(options) <= OPTIONS_MAX:
        raise AppError("error-options-number", limit=OPTIONS_MAX, number=len(options))
    for option in options:
        clean_text(option, OPTION_MAX)
    if len({option.casefold() for option in options}) < len(options):
        raise AppError("error-options-twice")
    return options


def clean_question(actor: Actor, text: str) -> str:
    """The words of a question that is being made. For an admin; raises AppError for none or too many."""
    require(actor, Role.ADMIN)
    return clean_text(text, QUESTION_MAX)


async def add_question(
    session: Session,
    actor: Actor,
    now: datetime,
    survey_id: int,
    kind: QuestionKind,
    text: str,
    options: Sequence[str] = (),
) -> SurveyQuestion:
    """Put a question at the end of a draft. Raises AppError for one too many."""
    survey = await _draft(session, actor, survey_id)
    there = await db.questions(session, survey_id)
    if len(there) >= QUESTIONS_MAX:
        raise AppError("error-questions-number", limit=QUESTIONS_MAX)
    question = SurveyQuestion(
        survey_id=survey_id,
        position=len(there),
        kind=kind,
        text=clean_text(text, QUESTION_MAX),
        options=list(options) if kind in CHOICES else [],
        headline=False,
    )
    session.add(question)
    await session.flush()
    _changed(session, actor, now, survey, "question_added", question=question.id)
    return question


async def reword(
    session: Session, actor: Actor, now: datetime, question_id: int, text: str
) -> SurveyQuestion:
    """Ask a question in other words."""
    survey, question = await find_question(session, actor, question_id)
    question.text = clean_text(text, QUESTION_MAX)
    _changed(session, actor, now, survey, "question_text", question=question_id)
    return question


async def set_options(
    session: Session, actor: Actor, now: datetime, question_id: int, options: Sequence[str]
) -> SurveyQuestion:
    """Give a one-of or many-of question other options. Raises NotFoundError for another question."""
    survey, question = await find_question(session, actor, question_id)
    if question.kind not in CHOICES:
        raise NotFoundError
    was, question.options = len(question.options), list(options)
    _changed(session, actor, now, survey, "options", question=question_id, was=was, to=len(options))
    return question


async def set_headline(
    session: Session, actor: Actor, now: datetime, question_id: int, *, on: bool
) -> SurveyQuestion:
    """Make a question of the scale the one that the share satisfied is computed from, instead of another."""
    survey, question = await find_question(session, actor, question_id)
    if question.kind != QuestionKind.SCALE:
        raise NotFoundError
    questions = await db.questions(session, survey.id)
    was = next((each.id for each in questions if each.headline), None)
    for each in questions:
        each.headline = on and each.id == question_id
    _changed(session, actor, now, survey, "headline", was=was, to=question_id if on else None)
    return question


async def move(session: Session, actor: Actor, now: datetime, question_id: int, to: int) -> SurveyQuestion:
    """Put a question at a place (from 0); twice the same changes nothing."""
    survey, question = await find_question(session, actor, question_id)
    order = [each for each in await db.questions(session, survey.id) if each.id != question_id]
    was = question.position
    order.insert(max(0, min(to, len(order))), question)
    await _renumber(session, order)
    place = question.position + 1
    _changed(session, actor, now, survey, "order", question=question_id, was=was + 1, to=place)
    return question


async def drop_question(session: Session, actor: Actor, now: datetime, question_id: int) -> int:
    """Take a question out; the survey's id."""
    survey, question = await find_question(session, actor, question_id)
    await session.delete(question)
    await session.flush()
    await _renumber(session, await db.questions(session, survey.id))
    _changed(session, actor, now, survey, "question_dropped", question=question_id)
    return survey.id


async def _renumber(session: Session, order: Sequence[SurveyQuestion]) -> None:
    # By way of places that nobody has: two questions never stand at one.
    for place, question in enumerate(order):
        question.position = -1 - place
    await session.flush()
    for place, question in enumerate(order):
        question.position = place
    await session.flush()


# --- whom, how, when -------------------------------------------------------------------------------------


async def set_anonymous(
    session: Session, actor: Actor, now: datetime, survey_id: int, *, anonymous: bool
) -> None:
    """Anonymous, or by name: those who answer are told on the first question."""
    survey = await _draft(session, actor, survey_id)
    was, survey.anonymous = survey.anonymous, anonymous
    _changed(session, actor, now, survey, "anonymous", was=was, to=anonymous)


async def all_classes(session: Session) -> Sequence[SchoolClass]:
    """The classes that guardians can be chosen by."""
    return await roster.classes(session, true())


async def set_audience(session: Session, actor: Actor, now: datetime, survey_id: int, role: Audience) -> None:
    """Ask guardians, staff, or teachers; all of them, until that is narrowed."""
    survey = await _draft(session, actor, survey_id)
    was, survey.audience = survey.audience, {"role": role.value, "levels": [], "classes": []}
    _changed(session, actor, now, survey, "audience", was=was, to=survey.audience)


async def narrow(
    session: Session,
    actor: Actor,
    now: datetime,
    survey_id: int,
    *,
    level: Level | None = None,
    class_id: int | None = None,
    on: bool,
) -> None:
    """Ask the guardians of a level or class, or no longer; with none chosen all are asked."""
    survey = await _draft(session, actor, survey_id)
    if survey.audience["role"] != Audience.GUARDIAN:
        raise NotFoundError
    if class_id is not None and await session.get(SchoolClass, class_id) is None:
        raise NotFoundError
    key: str = "levels" if level else "classes"
    value: Any = level or class_id
    chosen: set[Any] = set(survey.audience[key])
    chosen = chosen | {value} if on else chosen - {value}
    was, survey.audience = survey.audience, {**survey.audience, key: sorted(chosen)}
    _changed(session, actor, now, survey, "audience", was=was, to=survey.audience)


async def set_opening(
    session: Session, actor: Actor, now: datetime, survey_id: int, opens_at: datetime | None
) -> None:
    """Open it at a moment, or (None) as soon as it is launched. Raises AppError for the past."""
    survey = await _draft(session, actor, survey_id)
    if opens_at is not None and opens_at <= now:
        raise AppError("error-survey-past")
    was, survey.opens_at = survey.opens_at, opens_at
    _changed(session, actor, now, survey, "opening", was=was, to=opens_at)


async def set_last_day(
    session: Session, actor: Actor, now: datetime, settings: Settings, survey_id: int, day: date
) -> None:
    """Let it close at the end of a day (school time). Raises AppError where that would be before it opens."""
    survey = await _draft(session, actor, survey_id)
    closes_at = midnight(day + timedelta(days=1), settings.school.zone)
    if closes_at <= max(survey.opens_at or now, now):
        raise AppError("error-survey-end")
    was, survey.closes_at = survey.closes_at, closes_at
    _changed(session, actor, now, survey, "closing", was=was, to=closes_at)


async def set_days(
    session: Session, actor: Actor, now: datetime, settings: Settings, survey_id: int, days: int
) -> None:
    """Let it be open for so many days, the day of its opening the first."""
    if days not in DAYS:
        raise NotFoundError
    survey = await _draft(session, actor, survey_id)
    first = max(survey.opens_at or now, now).astimezone(settings.school.zone).date()
    await set_last_day(session, actor, now, settings, survey_id, first + timedelta(days=days - 1))
