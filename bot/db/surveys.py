"""Surveys, their questions, who takes part, paper sheets, and the answers.

That somebody has answered (`SurveyParticipant`, `SurveySheet`) is kept apart from what they answered
(`SurveyAnswer`), which carries no key to the person, no time and no order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    exists,
    func,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, RandomKey, Session, enum_column
from bot.db.roster import SchoolClass


class SurveyState(StrEnum):
    """Being written, waiting for its opening, open for answers, closed."""

    DRAFT = "draft"
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    ONE = "one"
    MANY = "many"
    YES_NO = "yes_no"
    TEXT = "text"


# The score that notes that somebody has answered a many-of question, whatever they chose: its whole.
TAKEN = -1


class Survey(Base):
    """A survey. `template` names the ready one it was made from (3.2 reads 'satisfaction').

    `audience`: {"role": "guardian" | "staff" | "teacher", "levels": [...], "classes": [ids]}; levels and
    classes narrow a guardians' survey, empty ones do not. It closes at the midnight `closes_at`.
    """

    __tablename__ = "surveys"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    template: Mapped[str | None] = mapped_column(String(50))
    state: Mapped[SurveyState] = mapped_column(enum_column(SurveyState), default=SurveyState.DRAFT)
    anonymous: Mapped[bool]
    audience: Mapped[dict[str, Any]]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    # When a planned one will open by itself.
    opens_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    # When the participants were told what came of it, and in which words of the school.
    published_at: Mapped[datetime | None]
    measures: Mapped[str | None]
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("pictures.id"))


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
    # The class that a guardian is counted in, of several children the youngest's; None for staff.
    class_id: Mapped[int | None] = mapped_column(ForeignKey("classes.id"))
    finished: Mapped[bool] = mapped_column(default=False)
    reminders: Mapped[int] = mapped_column(default=0)


class SurveyDraft(Base):
    """What somebody has answered so far. Goes when they send it off, or when the survey closes."""

    __tablename__ = "survey_drafts"

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    # By the question's position: a score, scores, or words; None for a question that was left out.
    answers: Mapped[dict[str, Any]]


class SurveySheet(Base):
    """A printed sheet. Once it is entered the row falls in two, so that a code leads to no family any more:

    one row keeps the guardian's place and that it was `entered`, another the used code alone.
    """

    __tablename__ = "survey_sheets"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), index=True)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardians.id"))
    class_id: Mapped[int | None] = mapped_column(ForeignKey("classes.id"))
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    entered: Mapped[bool] = mapped_column(default=False)
    # Whether it stands for a family of which nobody is asked in the chat: one more among those asked.
    counts: Mapped[bool] = mapped_column(default=False)


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
    # The class, unreadable without the configuration, until the survey closes.
    sealed: Mapped[str | None] = mapped_column(String(32))
    # What of level and class may be told (features/surveys/law.py), from the closing on.
    level: Mapped[str | None] = mapped_column(String(3))
    class_name: Mapped[str | None] = mapped_column(String(10))


@dataclass(frozen=True)
class SurveyRow:
    """A survey, how many were asked, and how many have answered; paper counts in both."""

    survey: Survey
    asked: int
    finished: int
    on_paper: int = 0


async def surveys(session: Session, where: ColumnElement[bool]) -> list[SurveyRow]:
    """Surveys that fulfil the condition, the newest first: one query."""

    def counted(
        table: type[SurveyParticipant | SurveySheet], *conditions: ColumnExpressionArgument[bool]
    ) -> Any:
        query = select(func.count()).select_from(table)
        return query.where(table.survey_id == Survey.id, *conditions).correlate(Survey).scalar_subquery()

    query = (
        select(
            Survey,
            counted(SurveyParticipant),
            counted(SurveyParticipant, SurveyParticipant.finished),
            counted(SurveySheet, SurveySheet.counts),
            counted(SurveySheet, SurveySheet.entered),
        )
        .where(where)
        .order_by(Survey.id.desc())
    )
    return [
        SurveyRow(survey, asked + sheets, finished + entered, entered)
        for survey, asked, finished, sheets, entered in await session.execute(query)
    ]


async def questions(session: Session, *survey_ids: int) -> Sequence[SurveyQuestion]:
    """The questions of surveys, of each in their order."""
    query = select(SurveyQuestion).where(SurveyQuestion.survey_id.in_(survey_ids))
    return (await session.scalars(query.order_by(SurveyQuestion.survey_id, SurveyQuestion.position))).all()


@dataclass(frozen=True)
class ClassResponse:
    """How many of a class were asked, and how many have answered."""

    grade: int
    name: str
    asked: int
    finished: int


async def response(session: Session, survey_id: int) -> list[ClassResponse]:
    """The response by class, in the order of a school; who belongs to no class is left out."""
    people = select(SurveyParticipant.class_id, SurveyParticipant.finished.label("finished")).where(
        SurveyParticipant.survey_id == survey_id
    )
    sheets = select(SurveySheet.class_id, SurveySheet.entered.label("finished")).where(
        SurveySheet.survey_id == survey_id, SurveySheet.counts
    )
    asked = union_all(people, sheets).subquery()
    query = (
        select(
            SchoolClass,
            func.count(),
            func.count().filter(asked.c.finished),
        )
        .join(asked, asked.c.class_id == SchoolClass.id)
        .group_by(SchoolClass.id)
        .order_by(SchoolClass.grade, SchoolClass.letter)
    )
    return [
        ClassResponse(school_class.grade, school_class.name, number, finished)
        for school_class, number, finished in await session.execute(query)
    ]


# What may be told of where an answer comes from: level and class, each None where it may not.
Label = tuple[str | None, str | None]


async def scores(session: Session, *survey_ids: int) -> dict[int, dict[Label, dict[int, int]]]:
    """How often each score was given, by question and by what may be told of where it comes from."""
    query = (
        select(
            SurveyAnswer.question_id,
            SurveyAnswer.level,
            SurveyAnswer.class_name,
            SurveyAnswer.score,
            func.count(),
        )
        .where(SurveyAnswer.question_id.in_(_questions(*survey_ids)), SurveyAnswer.score.is_not(None))
        .group_by(SurveyAnswer.question_id, SurveyAnswer.level, SurveyAnswer.class_name, SurveyAnswer.score)
    )
    found: dict[int, dict[Label, dict[int, int]]] = {}
    for question_id, level, class_name, score, count in await session.execute(query):
        assert score is not None  # noqa: S101 - filtered
        found.setdefault(question_id, {}).setdefault((level, class_name), {})[score] = count
    return found


async def words(session: Session, survey_id: int) -> dict[int, list[str]]:
    """What was answered in words, by question; the order is that of random keys."""
    query = (
        select(SurveyAnswer.question_id, SurveyAnswer.text)
        .where(SurveyAnswer.question_id.in_(_questions(survey_id)), SurveyAnswer.text.is_not(None))
        .order_by(SurveyAnswer.id)
    )
    found: dict[int, list[str]] = {}
    for question_id, text in await session.execute(query):
        found.setdefault(question_id, []).append(text or "")
    return found


@dataclass(frozen=True)
class SealedAnswer:
    """An answer whose class is not told yet."""

    id: str
    question_id: int
    score: int
    sealed: str | None


async def sealed_answers(session: Session, survey_id: int) -> list[SealedAnswer]:
    """All answers of a survey but words."""
    query = select(SurveyAnswer.id, SurveyAnswer.question_id, SurveyAnswer.score, SurveyAnswer.sealed).where(
        SurveyAnswer.question_id.in_(_questions(survey_id)), SurveyAnswer.score.is_not(None)
    )
    return [
        SealedAnswer(id_, question, score or 0, sealed)
        for id_, question, score, sealed in await session.execute(query)
    ]


async def label_answers(session: Session, survey_id: int, labels: Mapping[str, Label]) -> None:
    """Write what may be told of where answers come from (by their ids), and forget the rest."""
    table = SurveyAnswer.__table__
    rows = [
        {"answer": id_, "to_level": level, "to_class": class_name}
        for id_, (level, class_name) in labels.items()
        if level or class_name
    ]
    connection = await session.connection()
    if rows:
        await connection.execute(
            update(SurveyAnswer)
            .where(table.c.id == bindparam("answer"))
            .values(level=bindparam("to_level"), class_name=bindparam("to_class")),
            rows,
        )
    forget = update(SurveyAnswer).where(SurveyAnswer.question_id.in_(_questions(survey_id)))
    await connection.execute(forget.values(sealed=None))


async def shuffle(session: Session, survey_id: int) -> None:
    """Give all answers of a survey new keys: where they lie in the file tells nothing of who came last."""
    again = update(SurveyAnswer).where(SurveyAnswer.question_id.in_(_questions(survey_id)))
    await session.execute(again.values(id=RandomKey()).execution_options(synchronize_session=False))


def _questions(*survey_ids: int) -> Select[int]:
    return select(SurveyQuestion.id).where(SurveyQuestion.survey_id.in_(survey_ids))


async def under_way(session: Session, template: str) -> bool:
    """Whether a survey of a template is open or planned."""
    states = Survey.state.in_((SurveyState.OPEN, SurveyState.PLANNED))
    return bool(await session.scalar(select(exists().where(Survey.template == template, states))))
