"""Surveys, their questions, who takes part, and the answers.

That somebody has answered (`SurveyParticipant`) is kept apart from what they answered (`SurveyAnswer`),
which carries no key to the person, no time and no order.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, enum_column


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
