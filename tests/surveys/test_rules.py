"""Shares and what is hidden: laws."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.db.surveys import QuestionKind, Survey, SurveyQuestion, SurveyRow, SurveyState
from bot.features.surveys import TEXT_MAX, WORDS_MIN, scores_of
from bot.features.surveys.law import NOWHERE
from bot.features.surveys.results import QuestionResult, Results, question_result, share_satisfied
from bot.texts import texts
from bot.ui.surveys import form
from bot.ui.surveys import results as ui

COUNTS = st.dictionaries(st.integers(1, 5), st.integers(0, 50))
SCALE = SurveyQuestion(kind=QuestionKind.SCALE, options=[])
WORDS = SurveyQuestion(kind=QuestionKind.TEXT, options=[])


@given(COUNTS)
def test_a_share_is_a_share(counts: dict[int, int]) -> None:
    share = share_satisfied(counts)
    assert share is None if not sum(counts.values()) else share is not None and 0 <= share <= 100


@given(COUNTS, st.sampled_from([4, 5]))
def test_one_more_who_is_satisfied_never_lowers_it(counts: dict[int, int], score: int) -> None:
    before = share_satisfied(counts)
    after = share_satisfied({**counts, score: counts.get(score, 0) + 1})
    assert after is not None and (before is None or after >= before)


@given(COUNTS, st.integers(1, 10))
def test_below_the_minimum_nothing_is_shown(counts: dict[int, int], minimum: int) -> None:
    result = question_result(SCALE, {NOWHERE: counts}, (), minimum)
    assert result.hidden == (sum(counts.values()) < minimum)
    assert not (result.hidden and result.counts)


@given(st.lists(st.text(), max_size=30), st.integers(1, 12))
def test_words_take_ten_answers(words: list[str], minimum: int) -> None:
    result = question_result(WORDS, {}, words, minimum, max(minimum, WORDS_MIN))
    assert result.hidden == (len(words) < max(minimum, WORDS_MIN))
    assert list(result.words) == ([] if result.hidden else words)


def test_scores_that_a_question_takes() -> None:
    assert list(scores_of(SCALE)) == [1, 2, 3, 4, 5]
    assert list(scores_of(SurveyQuestion(kind=QuestionKind.YES_NO, options=[]))) == [0, 1]
    assert list(scores_of(SurveyQuestion(kind=QuestionKind.ONE, options=["a", "b", "c"]))) == [0, 1, 2]
    assert list(scores_of(WORDS)) == []


WRITTEN = st.lists(st.text("я\n <&😀", min_size=1, max_size=TEXT_MAX), min_size=WORDS_MIN, max_size=25)


@settings(max_examples=30)  # texts of kilobytes
@given(WRITTEN)
@example(["😀" * (TEXT_MAX // 2)] * 25)
@example(["строка\n" * (TEXT_MAX // 7)] * 25)
def test_whatever_people_write_telegram_takes_the_results(words: list[str]) -> None:
    question = SurveyQuestion(kind=QuestionKind.TEXT, text="Что лучше?", options=[])
    survey = Survey(
        id=1, title="Опрос", state=SurveyState.CLOSED, created_at=datetime(2026, 10, 1, tzinfo=UTC)
    )
    result = QuestionResult(question, len(words), {}, words, hidden=False)
    found = Results(SurveyRow(survey, 25, 25), [result], None)
    for page in (0, len(words) // 5):
        shown = ui.words(texts("ru"), found, page).text
        fits(shown)
        assert "Что лучше?" in shown


def fits(shown: str) -> None:
    """Telegram takes it: no tag left open within a line, and not too long."""
    for line in shown.splitlines():
        for tag in ("b", "i"):
            assert line.count(f"<{tag}>") == line.count(f"</{tag}>")
    seen = unescape(re.sub(r"</?[bi]>", "", shown))
    assert len(seen.encode("utf-16-le")) // 2 <= 4096


@pytest.mark.parametrize(
    ("kind", "said", "score"),
    [
        (QuestionKind.SCALE, " 4 ", 4),
        (QuestionKind.SCALE, "6", None),
        (QuestionKind.SCALE, "хорошо", None),
        (QuestionKind.YES_NO, "да", 1),
        (QuestionKind.YES_NO, "Нет", 0),
        (QuestionKind.YES_NO, "не знаю", None),
        (QuestionKind.ONE, "из ДНЕВНИКА", 0),
        (QuestionKind.ONE, "", None),
        (QuestionKind.MANY, "Из дневника", None),
        (QuestionKind.TEXT, "да", None),
    ],
)
def test_who_types_what_stands_on_a_button_has_pressed_it(
    kind: QuestionKind, said: str, score: int | None
) -> None:
    question = SurveyQuestion(kind=kind, text="?", options=["Из дневника", "На собраниях"])
    assert form.typed(texts("ru"), question, said) == score
