"""Surveys, their questions, who takes part, and the answers.

That somebody has answered (`SurveyParticipant`) is kept apart from what they answered (`SurveyAnswer`),
which carries no key to the person, no time and no order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Session, enum_column


class SurveyState(StrEnum):
    """Not yet opened, open for answers, closed."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    ONE = "one"
    MANY = "many"
    YES_NO = "yes_no"
    TEXT = "text"


class Survey(Base):
    """A survey. `template` names the ready one it was made from (3.2 reads 'satisfaction')."""

    __tablename__ = "surveys"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    template: Mapped[str | None] = mapped_column(String(50))
    state: Mapped[SurveyState] = mapped_column(enum_column(SurveyState), default=SurveyState.DRAFT)
    anonymous: Mapped[bool]
    audience: Mapped[dict[str, Any]]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None] = mapped_column(index=True)


class SurveyQuestion(Base):
    """One question; `headline` marks the one whose 4s and 5s are the share satisfied."""

    __tablename__ = "survey_questions"
    __table_args__ = (UniqueConstraint("survey_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    position: Mapped[int]
    kind: Mapped[QuestionKind] = mapped_column(enum_column(QuestionKind))
    text: Mapped[str]
    options: Mapped[list[Any]]
    headline: Mapped[bool] = mapped_column(default=False)


class SurveyParticipant(Base):
    """Somebody who was asked, and whether they have finished: nothing here leads to an answer."""

    __tablename__ = "survey_participants"

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    finished: Mapped[bool] = mapped_column(default=False)
    reminders: Mapped[int] = mapped_column(default=0)
    last_reminder_at: Mapped[datetime | None]


class SurveyDraft(Base):
    """What somebody has answered so far. Goes when they send it off, or when the survey closes."""

    __tablename__ = "survey_drafts"

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    # By the question's position: a score, or words; None for a question that was left out.
    answers: Mapped[dict[str, Any]]


class SurveyAnswer(Base):
    """One answer to one question. The key is random and the table has no row numbers: no order remains.

    `person_id` is set only in a survey by name.
    """

    __tablename__ = "survey_answers"
    __table_args__ = (
        Index("ix_survey_answers_score", "question_id", "score"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("survey_questions.id"))
    # Scale 1-5, yes 1 / no 0, or the index of the option; None for text.
    score: Mapped[int | None]
    text: Mapped[str | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


@dataclass(frozen=True)
class SurveyRow:
    """A survey, how many were asked, and how many have answered."""

    survey: Survey
    asked: int
    finished: int


async def surveys(session: Session, where: ColumnElement[bool]) -> list[SurveyRow]:
    """Surveys that fulfil the condition, the newest first: one query."""
    query = (
        select(
            Survey,
            func.count(SurveyParticipant.person_id),
            func.count(SurveyParticipant.person_id).filter(SurveyParticipant.finished),
        )
        .outerjoin(SurveyParticipant, SurveyParticipant.survey_id == Survey.id)
        .where(where)
        .group_by(Survey.id)
        .order_by(Survey.id.desc())
    )
    return [SurveyRow(*row) for row in await session.execute(query)]


async def questions(session: Session, survey_id: int) -> Sequence[SurveyQuestion]:
    """The questions of a survey in their order."""
    query = select(SurveyQuestion).where(SurveyQuestion.survey_id == survey_id)
    return (await session.scalars(query.order_by(SurveyQuestion.position))).all()


async def scores(session: Session, survey_id: int) -> dict[int, dict[int, int]]:
    """How often each score was given, by question."""
    query = (
        select(SurveyAnswer.question_id, SurveyAnswer.score, func.count())
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswer.question_id)
        .where(SurveyQuestion.survey_id == survey_id)
        .group_by(SurveyAnswer.question_id, SurveyAnswer.score)
    )
    found: dict[int, dict[int, int]] = {}
    for question_id, score, count in await session.execute(query):
        if score is not None:
            found.setdefault(question_id, {})[score] = count
    return found


async def words(session: Session, survey_id: int) -> dict[int, list[str]]:
    """What was answered in words, by question; the order is that of random keys."""
    query = (
        select(SurveyAnswer.question_id, SurveyAnswer.text)
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswer.question_id)
        .where(SurveyQuestion.survey_id == survey_id)
        .order_by(SurveyAnswer.id)
    )
    found: dict[int, list[str]] = {}
    for question_id, text in await session.execute(query):
        if text is not None:
            found.setdefault(question_id, []).append(text)
    return found
