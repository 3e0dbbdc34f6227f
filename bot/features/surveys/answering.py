"""Answering a survey: going on where one stopped, back, handing in; and leaving."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from bot.config import Settings
from bot.db import surveys as db
from bot.db.access import Actor
from bot.db.base import Session
from bot.db.surveys import (
    QuestionKind,
    Survey,
    SurveyAnswer,
    SurveyDraft,
    SurveyParticipant,
    SurveyQuestion,
    SurveyState,
)
from bot.errors import AppError, NotFoundError
from bot.features.surveys.keeping import clean_answer, keep_answers
from bot.features.surveys.paper import families, spoken_for


@dataclass(frozen=True)
class Mine:
    """A survey that the actor has not answered yet, and how far they are."""

    survey: Survey
    answered: int
    of: int


async def open_surveys(session: Session, actor: Actor, now: datetime) -> list[Mine]:
    """The open surveys that wait for the actor."""
    of = select(func.count()).where(SurveyQuestion.survey_id == Survey.id).scalar_subquery()
    query = (
        select(Survey, SurveyDraft.answers, of)
        .join(SurveyParticipant, SurveyParticipant.survey_id == Survey.id)
        .outerjoin(
            SurveyDraft,
            (SurveyDraft.survey_id == Survey.id) & (SurveyDraft.person_id == SurveyParticipant.person_id),
        )
        .where(
            SurveyParticipant.person_id == (actor.person_id or 0),
            ~SurveyParticipant.finished,
            Survey.state == SurveyState.OPEN,
            Survey.closes_at > now,
        )
        .order_by(Survey.closes_at, Survey.id)
    )
    rows = await session.execute(query)
    return [Mine(survey, len(answers or {}), number) for survey, answers, number in rows]


async def open_for(session: Session, actor: Actor, now: datetime) -> int:
    """How many surveys wait for the actor."""
    return len(await open_surveys(session, actor, now))


@dataclass(frozen=True)
class Sheet:
    """A survey being answered: its questions and the answers so far, by position."""

    survey: Survey
    questions: Sequence[SurveyQuestion]
    answers: Mapping[int, Any]

    @property
    def next(self) -> int:
        """The first question without an answer; their number where there is none."""
        places = range(len(self.questions))
        return next((at for at in places if at not in self.answers), len(self.questions))


async def sheet(session: Session, actor: Actor, now: datetime, today: date, survey_id: int) -> Sheet:
    """The survey as the actor has answered it so far.

    Raises NotFoundError for who was not asked, AppError where it is closed, where they have answered, or
    their family has on paper.
    """
    participant = await session.get(SurveyParticipant, (survey_id, actor.person_id or 0))
    survey = await session.get(Survey, survey_id)
    if survey is None or actor.person_id is None:
        raise NotFoundError
    if participant is None:
        if actor.person_id in await spoken_for(session, survey_id, await families(session, today)):
            raise AppError("error-survey-on-paper")
        raise NotFoundError
    if participant.finished:
        raise AppError("error-survey-answered")
    if survey.state != SurveyState.OPEN or (survey.closes_at and survey.closes_at <= now):
        raise AppError("error-survey-closed")
    draft = await session.get(SurveyDraft, (survey_id, participant.person_id))
    answers = {int(at): answer for at, answer in (draft.answers if draft else {}).items()}
    return Sheet(survey, await db.questions(session, survey_id), answers)


async def take_answer(
    session: Session, actor: Actor, now: datetime, today: date, survey_id: int, at: int, value: Any
) -> Sheet:
    """Note an answer to the question at that place: a score, a list of scores, words, or None for no words.

    Raises what `sheet` does; NotFoundError for a place or score that there is not; AppError for long words.
    """
    found = await sheet(session, actor, now, today, survey_id)
    if not 0 <= at < len(found.questions):
        raise NotFoundError
    answers = {**found.answers, at: clean_answer(found.questions[at], value)}
    draft = SurveyDraft(
        survey_id=survey_id,
        person_id=actor.person_id or 0,
        answers={str(place): kept for place, kept in sorted(answers.items())},
    )
    await session.merge(draft)
    return Sheet(found.survey, found.questions, answers)


async def choose(
    session: Session, actor: Actor, now: datetime, today: date, survey_id: int, at: int, score: int, on: bool
) -> Sheet:
    """Choose an option of a many-of question, or no longer; twice the same changes nothing.

    Raises what `take_answer` does.
    """
    found = await sheet(session, actor, now, today, survey_id)
    if not 0 <= at < len(found.questions) or found.questions[at].kind != QuestionKind.MANY:
        raise NotFoundError
    chosen = chosen_with(found.answers.get(at), score, on=on)
    return await take_answer(session, actor, now, today, survey_id, at, chosen)


async def done_choosing(
    session: Session, actor: Actor, now: datetime, today: date, survey_id: int, at: int
) -> Sheet:
    """Leave a many-of question with what has been chosen, be it nothing. Raises what `take_answer` does."""
    found = await sheet(session, actor, now, today, survey_id)
    return await take_answer(session, actor, now, today, survey_id, at, found.answers.get(at) or [])


def chosen_with(chosen: Sequence[int] | None, score: int, *, on: bool) -> list[int]:
    """The options chosen so far, with one of them set."""
    return sorted({*(chosen or ()), score} if on else {*(chosen or ())} - {score})


async def send_off(
    session: Session, actor: Actor, now: datetime, today: date, settings: Settings, survey_id: int
) -> Survey:
    """Hand the answers in: they lose their way back to the person. Once, and for good.

    Raises what `sheet` does; AppError where a question is not answered.
    """
    found = await sheet(session, actor, now, today, survey_id)
    if found.next < len(found.questions):
        raise AppError("error-survey-incomplete", number=found.next + 1)
    mine = (
        SurveyParticipant.survey_id == survey_id,
        SurveyParticipant.person_id == actor.person_id,
        ~SurveyParticipant.finished,
    )
    claim = update(SurveyParticipant).where(*mine).values(finished=True)
    row = (
        await session.execute(claim.returning(SurveyParticipant.survey_id, SurveyParticipant.class_id))
    ).one_or_none()
    if row is None:
        raise AppError("error-survey-answered")
    drafts = SurveyDraft.survey_id == survey_id, SurveyDraft.person_id == actor.person_id
    await session.execute(delete(SurveyDraft).where(*drafts))
    await keep_answers(
        session,
        settings,
        found.survey,
        found.questions,
        found.answers,
        class_id=row.class_id,
        person_id=actor.person_id,
    )
    return found.survey


async def erase_person(session: Session, person_id: int) -> None:
    """Forget what somebody has begun; that they once answered stays, as a number."""
    await session.execute(delete(SurveyDraft).where(SurveyDraft.person_id == person_id))
    open_still = SurveyParticipant.person_id == person_id, ~SurveyParticipant.finished
    await session.execute(delete(SurveyParticipant).where(*open_still))
    by_name = SurveyAnswer.person_id == person_id
    await session.execute(update(SurveyAnswer).where(by_name).values(person_id=None))
