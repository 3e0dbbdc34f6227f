"""The law of small groups: from all that is shown no group of one to four answers can be computed."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st

from bot.db.surveys import Label, QuestionKind, SurveyQuestion
from bot.features.surveys.law import Class, Tally, labels, may_be_told
from bot.features.surveys.results import question_result

MINIMUM = 5
SCALE = SurveyQuestion(kind=QuestionKind.SCALE, text="?", options=[], headline=False)
CLASSES: tuple[Class, ...] = (
    ("noo", "1А"), ("noo", "3А"), ("ooo", "5А"), ("ooo", "7Б"), ("ooo", "9А"), ("soo", "10А"),
)  # fmt: skip
COUNTS = st.dictionaries(st.integers(1, 5), st.integers(0, 6), max_size=5)
# Counts by class; None: those of no known class.
School = dict[Class | None, dict[int, int]]
SCHOOLS = st.fixed_dictionaries(dict.fromkeys((*CLASSES, None), COUNTS))


def tally(counts: dict[int, int]) -> Tally:
    return Tally(sum(counts.values()), Counter({s: n for s, n in counts.items() if n}))


def told(school: School) -> dict[Class | None, Label]:
    classes = {each: tally(counts) for each, counts in school.items() if each is not None}
    found: dict[Class | None, Label] = {None: (None, None)}
    for each, label in labels(classes, tally(school.get(None, {})), MINIMUM).items():
        found[each] = label
    return found


def shown(school: School) -> list[frozenset[Class | None]]:
    """The groups whose answers somebody is shown: all, and what the results list of levels and classes."""
    found = told(school)
    by_label: dict[Label, Counter[int]] = {}
    for each, counts in school.items():
        by_label.setdefault(found[each], Counter()).update(counts)
    result = question_result(SCALE, by_label, (), MINIMUM)
    if result.hidden:
        return []
    groups: list[frozenset[Class | None]] = [frozenset(school)]
    for group in result.groups:
        members = [
            each
            for each, label in found.items()
            if (group.level and label[0] == group.level)
            or (group.class_name and label[1] == group.class_name)
        ]
        groups.append(frozenset(members))
        # What is shown is what there is.
        assert group.total == sum(sum(school[each].values()) for each in members)
    return groups


def rank(rows: Iterable[list[int]]) -> int:
    matrix = [[Fraction(value) for value in row] for row in rows]
    found = 0
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((i for i in range(found, len(matrix)) if matrix[i][column]), None)
        if pivot is None:
            continue
        matrix[found], matrix[pivot] = matrix[pivot], matrix[found]
        for i in range(len(matrix)):
            if i != found and matrix[i][column]:
                factor = matrix[i][column] / matrix[found][column]
                matrix[i] = [a - factor * b for a, b in zip(matrix[i], matrix[found], strict=True)]
        found += 1
    return found


EMPTY: School = {each: {} for each in (*CLASSES, None)}


@given(SCHOOLS)
@example({each: {5: 5, 1: 1} for each in CLASSES} | {("soo", "10А"): {5: 4}, None: {}})
@example(EMPTY | {("noo", "1А"): {5: 5, 4: 1}, ("noo", "3А"): {1: 1}})
def test_no_small_group_follows_by_adding_and_subtracting(school: School) -> None:
    """Linear algebra: a small group is no combination of those shown; which classes are empty is known."""
    sizes = {each: sum(counts.values()) for each, counts in school.items()}
    full = [each for each, size in sizes.items() if size]
    rows = [[int(each in group) for each in full] for group in shown(school)]
    known = rank(rows)
    for number in range(1, len(full) + 1):
        for group in combinations(full, number):
            if sum(sizes[each] for each in group) < MINIMUM:
                assert rank([*rows, [int(each in group) for each in full]]) == known + 1, group


@given(SCHOOLS)
def test_no_small_group_is_determined(school: School) -> None:
    """Intervals: whoever knows all sizes and all that is shown can still think of another table.

    Two answers that differ, one within the small group and one outside it, can change places without
    changing anything that is shown. Where the whole school says the same there is nothing to hide.
    """
    groups = shown(school)
    if len({score for counts in school.values() for score, n in counts.items() if n}) < 2:
        return
    for number in range(1, len(school) + 1):
        for group in combinations(school, number):
            if not 0 < sum(sum(school[each].values()) for each in group) < MINIMUM:
                continue
            free = any(
                one != other and all((inside in seen) == (outside in seen) for seen in groups)
                for inside in group
                for outside in school
                if outside not in group
                for one, here in school[inside].items()
                for other, there in school[outside].items()
                if here and there
            )
            assert free or not groups, group


@given(SCHOOLS)
def test_as_much_as_may_be_told_is_told(school: School) -> None:
    """Where every class may be told apart, and nobody is of none, each is."""
    if not any(school[None].values()) and all(
        may_be_told(tally(counts), MINIMUM) for counts in school.values()
    ):
        assert all(told(school)[each] == each for each in CLASSES)


def test_a_small_class_takes_the_smallest_of_its_level_along() -> None:
    school: School = {
        ("noo", "1А"): {5: 4, 4: 6},
        ("noo", "2А"): {5: 3, 4: 3},
        ("noo", "3А"): {5: 2},
        ("ooo", "5А"): {5: 3, 2: 3},
    }
    found = told(school)
    assert found[("noo", "1А")] == ("noo", "1А") and found[("ooo", "5А")] == ("ooo", "5А")
    assert found[("noo", "2А")] == found[("noo", "3А")] == ("noo", None)


def test_a_small_level_takes_another_along() -> None:
    school: School = {
        ("noo", "1А"): {5: 4, 4: 6},
        ("ooo", "5А"): {5: 3, 2: 3},
        ("soo", "10А"): {5: 2},
    }
    found = told(school)
    assert found.pop(("noo", "1А")) == ("noo", "1А")
    assert set(found.values()) == {(None, None)}


def test_a_class_that_says_one_thing_is_not_told_apart() -> None:
    school: School = {("noo", "1А"): {5: 9}, ("noo", "2А"): {5: 4, 3: 4}}
    assert told(school)[("noo", "1А")] == ("noo", None)
