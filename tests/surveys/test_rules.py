"""Shares and what is hidden: laws."""

from hypothesis import given
from hypothesis import strategies as st

from bot.db.surveys import QuestionKind, SurveyQuestion
from bot.features.surveys import WORDS_MIN, question_result, scores_of, share_satisfied

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
    result = question_result(SCALE, counts, (), minimum)
    assert result.hidden == (sum(counts.values()) < minimum)
    assert not (result.hidden and result.counts)


@given(st.lists(st.text(), max_size=30), st.integers(1, 12))
def test_words_take_ten_answers(words: list[str], minimum: int) -> None:
    result = question_result(WORDS, {}, words, minimum)
    assert result.hidden == (len(words) < max(minimum, WORDS_MIN))
    assert list(result.words) == ([] if result.hidden else words)


def test_scores_that_a_question_takes() -> None:
    assert list(scores_of(SCALE)) == [1, 2, 3, 4, 5]
    assert list(scores_of(SurveyQuestion(kind=QuestionKind.YES_NO, options=[]))) == [0, 1]
    assert list(scores_of(SurveyQuestion(kind=QuestionKind.ONE, options=["a", "b", "c"]))) == [0, 1, 2]
    assert list(scores_of(WORDS)) == []
