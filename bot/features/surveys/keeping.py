"""How answers are kept once they are handed in: without a way back to whoever gave them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import insert

from bot.config import Settings
from bot.db import surveys as db
from bot.db.base import Session
from bot.db.surveys import TAKEN, QuestionKind, Survey, SurveyAnswer, SurveyQuestion
from bot.errors import NotFoundError
from bot.features.outbox import clean_text
from bot.features.surveys import TEXT_MAX, scores_of
from bot.features.surveys.sealing import seal


def clean_answer(question: SurveyQuestion, value: Any) -> Any:
    """An answer as it is kept: a score, sorted scores, words, or None for words left out.

    Raises NotFoundError for a score that there is not, AppError for words that are none or too long.
    """
    match question.kind:
        case QuestionKind.TEXT:
            return None if value is None else clean_text(value if isinstance(value, str) else None, TEXT_MAX)
        case QuestionKind.MANY:
            if not isinstance(value, list) or not set(value) <= set(scores_of(question)):
                raise NotFoundError
            return sorted(set(value))
    if value not in scores_of(question):
        raise NotFoundError
    return value


async def keep_answers(
    session: Session,
    settings: Settings,
    survey: Survey,
    questions: Sequence[SurveyQuestion],
    answers: Mapping[int, Any],
    *,
    class_id: int | None,
    person_id: int | None,
) -> None:
    """Keep handed-in answers (by position), each by itself under a random key; then shuffle them all.

    The class goes along sealed, but never with words. `person_id` only in a survey by name.
    """
    token = settings.telegram.token.get_secret_value()
    rows = []
    for at, value in answers.items():
        question = questions[at]
        if value is None:
            continue
        words = value if question.kind == QuestionKind.TEXT else None
        scores = [None] if words else [TAKEN, *value] if question.kind == QuestionKind.MANY else [value]
        rows += [
            {
                "id": uuid4().hex,
                "question_id": question.id,
                "score": score,
                "text": words,
                "person_id": None if survey.anonymous else person_id,
                "sealed": None if words else seal(token, class_id),
            }
            for score in scores
        ]
    if rows:
        await session.execute(insert(SurveyAnswer), rows)
    await db.shuffle(session, survey.id)
