"""Surveys: what one was asked, what one has begun, and what one answered by name."""

from datetime import date, datetime

from sqlalchemy import select

from bot.db.accounts import Person
from bot.db.base import Session
from bot.db.surveys import Survey, SurveyAnswer, SurveyDraft, SurveyParticipant, SurveyQuestion
from bot.features import surveys
from bot.features.privacy.registry import Kept, Query, Table


def _asked(me: Person) -> Query:
    return (
        select(Survey.title.label("survey"), SurveyParticipant.finished.label("finished"))
        .join(Survey, Survey.id == SurveyParticipant.survey_id)
        .where(SurveyParticipant.person_id == me.id)
        .order_by(Survey.id)
    )


def _begun(me: Person) -> Query:
    return (
        select(Survey.title.label("survey"), SurveyDraft.answers.label("answers"))
        .join(Survey, Survey.id == SurveyDraft.survey_id)
        .where(SurveyDraft.person_id == me.id)
        .order_by(Survey.id)
    )


def _answered(me: Person) -> Query:
    return (
        select(
            Survey.title.label("survey"),
            SurveyQuestion.text.label("question"),
            SurveyAnswer.score.label("score"),
            SurveyAnswer.text.label("text"),
        )
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswer.question_id)
        .join(Survey, Survey.id == SurveyQuestion.survey_id)
        .where(SurveyAnswer.person_id == me.id)
        .order_by(Survey.id, SurveyQuestion.position)
    )


def _made(me: Person) -> Query:
    return (
        select(Survey.title.label("survey"), Survey.created_at.label("created"))
        .where(Survey.created_by == me.id)
        .order_by(Survey.id)
    )


async def _erase(session: Session, me: Person, now: datetime, today: date) -> None:
    await surveys.erase_person(session, me.id)


TABLES = {
    "survey_drafts": Table(_begun, erase=_erase),
    # Cleared together with the drafts.
    "survey_participants": Table(_asked, kept=Kept.SURVEYS),
    "survey_answers": Table(_answered, kept=Kept.SURVEYS),
    "survey_questions": Table("what was asked", kept="what was asked"),
    "surveys": Table(_made, kept=Kept.PROGRAMME),
}
