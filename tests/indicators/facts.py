"""Notes, surveys and readings put straight into the database for the tests of indicators."""

from datetime import UTC, date, datetime
from typing import NamedTuple

from bot.config import Settings
from bot.db.base import Session
from bot.db.indicators import Reading
from bot.db.notes import Note, NoteKind
from bot.db.surveys import QuestionKind, Survey, SurveyAnswer, SurveyQuestion, SurveyState
from bot.features.indicators.sources import SOURCES
from bot.features.indicators.sources.evidence import Day
from bot.programme.load import load

PROGRAMME = load()
SETTINGS = Settings.model_validate({"telegram": {"token": "42:TEST"}})


class Behind(NamedTuple):
    """A computed value with the ids of what counts and what is missing."""

    value: float | None
    counted: set[int]
    missing: set[int]


async def behind(session: Session, key: str, on: date, settings: Settings = SETTINGS) -> Behind:
    """What an indicator's source says of a day; the numbers are those of the names."""
    day = Day(on, settings, PROGRAMME)
    evidence, why = await SOURCES[key].evidence(session, day), await SOURCES[key].why(session, day)
    found = Behind(evidence.value, {item.id for item in why.counted}, {item.id for item in why.missing})
    if evidence.denominator is not None and key != "grade_gap":
        assert (evidence.numerator, evidence.denominator) == (
            len(found.counted),
            len(found.counted | found.missing),
        )
    return found


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
