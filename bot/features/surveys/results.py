"""What came out of a closed survey, and telling those who were asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from bot.config import Settings
from bot.db import surveys as db
from bot.db.access import Actor
from bot.db.accounts import Staff, Topic
from bot.db.base import Session
from bot.db.outbox import Picture
from bot.db.roster import Guardian
from bot.db.surveys import (
    TAKEN,
    ClassResponse,
    Label,
    QuestionKind,
    Survey,
    SurveyAnswer,
    SurveyParticipant,
    SurveyQuestion,
    SurveyRow,
    SurveyState,
)
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.outbox import Message, clean_text, post
from bot.features.surveys import SATISFIED_FROM, WORDS_MIN, find
from bot.programme.calendar import LEVELS

MEASURES_MAX = 1500


@dataclass(frozen=True)
class Group:
    """How the guardians of a level or of a class answered a question."""

    level: str | None
    class_name: str | None
    total: int
    counts: Mapping[int, int]


@dataclass(frozen=True)
class QuestionResult:
    """How a question was answered: `total` people. `counts` and `words` are empty where too few answered.

    `groups` are the levels and classes of which it may be told, levels first.
    """

    question: SurveyQuestion
    total: int
    counts: Mapping[int, int]
    words: Sequence[str]
    hidden: bool
    groups: Sequence[Group] = ()


@dataclass(frozen=True)
class Results:
    """A closed survey: the response, also by class, each question, and the share satisfied in per cent.

    `satisfied` is None where it is hidden, or where nothing asks for it (`headline` is None).
    """

    row: SurveyRow
    questions: Sequence[QuestionResult]
    satisfied: float | None
    classes: Sequence[ClassResponse] = field(default=())

    @property
    def headline(self) -> QuestionResult | None:
        """The question that the share satisfied is computed from."""
        return next((result for result in self.questions if result.question.headline), None)


async def results(session: Session, actor: Actor, settings: Settings, survey_id: int) -> Results:
    """What came out of a closed survey. For an admin; of an open one nobody sees anything.

    Of a survey by name an admin sees everything: those who answered were told so.
    Raises AppError where it is not closed.
    """
    row = await find(session, actor, survey_id)
    return await _results(session, row, settings.indicators.min_answers if row.survey.anonymous else 1)


async def _results(session: Session, row: SurveyRow, minimum: int) -> Results:
    if row.survey.state != SurveyState.CLOSED:
        raise AppError("error-survey-still-open")
    survey_id = row.survey.id
    scores, words = await db.scores(session, survey_id), await db.words(session, survey_id)
    words_minimum = minimum if minimum == 1 else max(minimum, WORDS_MIN)
    found = [
        question_result(
            question, scores.get(question.id, {}), words.get(question.id, ()), minimum, words_minimum
        )
        for question in await db.questions(session, survey_id)
    ]
    return _put_together(row, found, await db.response(session, survey_id))


async def closed(session: Session, since: datetime, until: datetime, settings: Settings) -> list[Results]:
    """What came out of the surveys closed in that time, as others than the school may read it.

    Nothing below the minimum, also of a survey by name, and no words. Three queries, however many there are.
    Whoever asks has been permitted to.
    """
    within = (Survey.state == SurveyState.CLOSED) & (Survey.closed_at >= since) & (Survey.closed_at < until)
    rows = (await db.surveys(session, within))[::-1]
    ids = [row.survey.id for row in rows]
    scores = await db.scores(session, *ids)
    found: dict[int, list[QuestionResult]] = {}
    for question in await db.questions(session, *ids):
        if question.kind != QuestionKind.TEXT:
            counts = scores.get(question.id, {})
            result = question_result(question, counts, (), settings.indicators.min_answers)
            found.setdefault(question.survey_id, []).append(result)
    return [_put_together(row, found.get(row.survey.id, [])) for row in rows]


def _put_together(
    row: SurveyRow, questions: Sequence[QuestionResult], classes: Sequence[ClassResponse] = ()
) -> Results:
    headline = next((result for result in questions if result.question.headline), None)
    share = share_satisfied(headline.counts) if headline and not headline.hidden else None
    return Results(row, questions, share, classes)


def question_result(
    question: SurveyQuestion,
    scores: Mapping[Label, Mapping[int, int]],
    words: Sequence[str],
    minimum: int,
    words_minimum: int = WORDS_MIN,
) -> QuestionResult:
    """What of a question may be shown: nothing below the minimum, words not below theirs.

    `scores` carry only labels that the law (law.py) has left, so that groups need no minimum of their own.
    """
    if question.kind == QuestionKind.TEXT:
        hidden = len(words) < words_minimum
        return QuestionResult(question, len(words), {}, () if hidden else words, hidden)
    whole = _sum(scores.values())
    total = size(question, whole)
    if total < minimum:
        return QuestionResult(question, total, {}, (), hidden=True)
    return QuestionResult(question, total, _without_taken(whole), (), False, _groups(question, scores))


def _groups(question: SurveyQuestion, scores: Mapping[Label, Mapping[int, int]]) -> list[Group]:
    def group(level: str | None, class_name: str | None, counts: Mapping[int, int]) -> Group:
        return Group(level, class_name, size(question, counts), _without_taken(counts))

    levels = [
        group(level, None, _sum(counts for (where, _), counts in scores.items() if where == level))
        for level in LEVELS
        if any(where == level for where, _ in scores)
    ]
    classes = [group(None, name, counts) for (_, name), counts in scores.items() if name]
    # One level that is the whole school, or the one class of a level, say nothing of their own.
    levels = levels if len(levels) > 1 or any(not where for where, _ in scores) else []
    return [*levels, *sorted(classes, key=lambda each: _in_order(each.class_name or ""))]


def _in_order(class_name: str) -> tuple[int, str]:
    letters = class_name.lstrip("0123456789")
    return int(class_name.removesuffix(letters) or 0), letters


def size(question: SurveyQuestion, counts: Mapping[int, int]) -> int:
    """How many people gave these answers."""
    return counts.get(TAKEN, 0) if question.kind == QuestionKind.MANY else sum(counts.values())


def _sum(counts: Any) -> dict[int, int]:
    total: dict[int, int] = {}
    for each in counts:
        for score, number in each.items():
            total[score] = total.get(score, 0) + number
    return total


def _without_taken(counts: Mapping[int, int]) -> dict[int, int]:
    return {score: number for score, number in counts.items() if score != TAKEN}


def share_satisfied(counts: Mapping[int, int]) -> float | None:
    """The share of 4s and 5s in per cent; None without answers."""
    total = sum(counts.values())
    return 100 * sum(n for score, n in counts.items() if score >= SATISFIED_FROM) / total if total else None


# --- by name ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NamedAnswers:
    """Somebody's answers in a survey by name: by question, scores or words."""

    name: str
    answers: Mapping[int, Sequence[int | str]]


async def named(session: Session, actor: Actor, now: datetime, survey_id: int) -> list[NamedAnswers]:
    """Who answered what, in a closed survey by name. For an admin; reading it is noted.

    Raises NotFoundError for an anonymous survey: nobody sees that.
    """
    row = await find(session, actor, survey_id)
    if row.survey.anonymous or row.survey.state != SurveyState.CLOSED:
        raise NotFoundError
    staff = select(func.min(Staff.name)).where(Staff.person_id == SurveyAnswer.person_id).scalar_subquery()
    place = (
        select(func.min(Guardian.name)).where(Guardian.person_id == SurveyAnswer.person_id).scalar_subquery()
    )
    query = (
        select(
            SurveyAnswer.person_id,
            func.coalesce(staff, place, ""),
            SurveyAnswer.question_id,
            func.coalesce(SurveyAnswer.score, TAKEN),
            SurveyAnswer.text,
        )
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswer.question_id)
        .where(SurveyQuestion.survey_id == survey_id, SurveyAnswer.person_id.is_not(None))
        .order_by(SurveyAnswer.score)
    )
    found: dict[int, tuple[str, dict[int, list[int | str]]]] = {}
    for person_id, name, question_id, score, text in await session.execute(query):
        answers = found.setdefault(person_id or 0, (name, {}))[1].setdefault(question_id, [])
        if text is not None or score != TAKEN:
            answers.append(score if text is None else text)
    audit.record(session, actor, now, "survey.names_read", f"survey:{survey_id}")
    return sorted((NamedAnswers(*each) for each in found.values()), key=lambda each: each.name)


# --- publishing ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What the participants of a survey are told: its figures, and what the school will do about them."""

    results: Results
    measures: str


def clean_measures(text: str | None) -> str:
    """What the school will do about it, in the admin's words. Raises AppError for none, or too many."""
    return clean_text(text, MEASURES_MAX)


async def to_publish(session: Session, actor: Actor, settings: Settings, survey_id: int) -> Results:
    """What may be published: nothing below the minimum, also of a survey by name. For an admin.

    Raises AppError where it is not closed, has been published, or has nothing to show.
    """
    row = await find(session, actor, survey_id)
    if row.survey.published_at is not None:
        raise AppError("error-survey-published")
    found = await _results(session, row, settings.indicators.min_answers)
    if all(result.hidden or result.question.kind == QuestionKind.TEXT for result in found.questions):
        raise AppError("error-survey-nothing")
    return found


async def publish(
    session: Session,
    actor: Actor,
    now: datetime,
    settings: Settings,
    survey_id: int,
    measures: str,
    picture_id: int | None,
) -> int:
    """Tell everybody who was asked what came out and what the school will do; how many they are. Once.

    Raises what `to_publish` does.
    """
    found = await to_publish(session, actor, settings, survey_id)
    claim = update(Survey).where(Survey.id == survey_id, Survey.published_at.is_(None))
    values = {"published_at": now, "measures": clean_measures(measures), "picture_id": picture_id}
    if await session.scalar(claim.values(values).returning(Survey.id)) is None:
        raise AppError("error-survey-published")
    people = select(SurveyParticipant.person_id).where(SurveyParticipant.survey_id == survey_id)
    arguments = {
        "survey": survey_id,
        "title": found.row.survey.title,
        "satisfied": None if found.satisfied is None else round(found.satisfied),
        "measures": measures,
        "picture": picture_id,
    }
    messages = [
        Message(
            person_id,
            "survey-published",
            arguments,
            f"survey-published:{survey_id}:{person_id}",
            topic=Topic.SURVEYS,
            subject_id=survey_id,
        )
        for person_id in await session.scalars(people)
    ]
    await post(session, settings, now, messages)
    audit.record(session, actor, now, "survey.published", f"survey:{survey_id}", told=len(messages))
    return len(messages)


async def keep_picture(session: Session, png: bytes) -> int:
    """Keep a picture of ours that many will be sent; its id."""
    picture = Picture(png=png)
    session.add(picture)
    await session.flush()
    return picture.id


async def outcomes(session: Session, actor: Actor) -> Sequence[Survey]:
    """The last surveys that the actor was asked in and whose outcome has been published."""
    query = (
        select(Survey)
        .join(SurveyParticipant, SurveyParticipant.survey_id == Survey.id)
        .where(SurveyParticipant.person_id == (actor.person_id or 0), Survey.published_at.is_not(None))
        .order_by(Survey.published_at.desc())
        .limit(3)
    )
    return (await session.scalars(query)).all()


async def outcome(session: Session, actor: Actor, settings: Settings, survey_id: int) -> Outcome:
    """What came out, for who was asked. Raises NotFoundError for others, and before it is published."""
    mine = await session.get(SurveyParticipant, (survey_id, actor.person_id or 0))
    rows = await db.surveys(session, (Survey.id == survey_id) & Survey.published_at.is_not(None))
    if mine is None or not rows:
        raise NotFoundError
    return Outcome(
        await _results(session, rows[0], settings.indicators.min_answers), rows[0].survey.measures or ""
    )
