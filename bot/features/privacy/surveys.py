"""Surveys: what one was asked, what one has begun, and what one answered by name."""

from datetime import date, datetime

from sqlalchemy import func, select, update

from bot.db.accounts import Person
from bot.db.base import Session
from bot.db.surveys import TAKEN, Survey, SurveyAnswer, SurveyDraft, SurveyParticipant, SurveyQuestion
from bot.features.privacy.registry import BATCH, Kept, Query, Table, count
from bot.features.surveys import answering


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
        .where(SurveyAnswer.person_id == me.id, func.coalesce(SurveyAnswer.score, 0) != TAKEN)
        .order_by(Survey.id, SurveyQuestion.position)
    )


def _made(me: Person) -> Query:
    return (
        select(Survey.title.label("survey"), Survey.created_at.label("created"))
        .where(Survey.created_by == me.id)
        .order_by(Survey.id)
    )


async def _erase(session: Session, me: Person, now: datetime, today: date) -> None:
    await answering.erase_person(session, me.id)


async def _expire_words(session: Session, before: datetime) -> int:
    """Blank what was answered in words, a while after the survey closed: an answer itself has no date."""
    old = (
        select(SurveyAnswer.id)
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswer.question_id)
        .join(Survey, Survey.id == SurveyQuestion.survey_id)
        .where(Survey.closed_at < before, SurveyAnswer.text.is_not(None))
        .limit(BATCH)
    )
    blanked = update(SurveyAnswer).where(SurveyAnswer.id.in_(old)).values(text=None)
    return count(await session.execute(blanked.execution_options(synchronize_session=False)))


TABLES = {
    "survey_drafts": Table(_begun, erase=_erase),
    # Cleared together with the drafts.
    "survey_participants": Table(_asked, kept=Kept.SURVEYS),
    "survey_answers": Table(_answered, kept=Kept.SURVEYS, expire=_expire_words),
    "survey_sheets": Table("which families were given paper", kept="which families were given paper"),
    "survey_questions": Table("what was asked", kept="what was asked"),
    "surveys": Table(_made, kept=Kept.PROGRAMME),
}
