"""Notes, surveys and readings put straight into the database for the tests of indicators."""

from datetime import UTC, date, datetime

from bot.db.base import Session
from bot.db.indicators import Reading
from bot.db.notes import Note, NoteKind
from bot.db.surveys import QuestionKind, Survey, SurveyAnswer, SurveyQuestion, SurveyState


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def add_note(session: Session, staff_id: int, written: datetime, delivered: datetime | None) -> None:
    session.add(
        Note(
            staff_id=staff_id,
            kind=NoteKind.SUCCESS,
            text="Молодец",
            created_at=written,
            goes_at=written,
            first_delivered_at=delivered,
        )
    )


async def add_survey(
    session: Session,
    closed: datetime | None,
    scores: list[int | None],
    template: str | None = "satisfaction",
) -> None:
    """A survey with a headline question of these answers, and another question of ones alone."""
    opened = datetime(2026, 1, 15, tzinfo=UTC)
    survey = Survey(
        title="Опрос",
        template=template,
        state=SurveyState.CLOSED if closed else SurveyState.OPEN,
        anonymous=True,
        audience={},
        created_at=opened,
        opened_at=opened,
        closed_at=closed,
    )
    session.add(survey)
    await session.flush()
    for position, headline in enumerate((True, False)):
        question = SurveyQuestion(
            survey_id=survey.id,
            position=position,
            kind=QuestionKind.SCALE,
            text="Довольны ли вы?",
            options=[],
            headline=headline,
        )
        session.add(question)
        await session.flush()
        session.add_all(
            SurveyAnswer(
                id=f"{survey.id}-{position}-{i}", question_id=question.id, score=score if headline else 1
            )
            for i, score in enumerate(scores)
        )


def add_reading(session: Session, key: str, day: date, value: float) -> None:
    session.add(Reading(indicator_key=key, on_date=day, value=value, recorded_at=noon(day)))
