"""What marks tell, as pure rules; and reading a file of marks."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.db.risk.marks import Quarter
from bot.features.risk.marks.rules import (
    FAILING,
    Fact,
    FactKind,
    Fall,
    Two,
    findings,
    gap_of,
    news,
)
from bot.features.risk.marks.table import Row, parse_date, parse_mark, read_table
from bot.features.roster.reading import TableError
from tests.roster.test_rules import csv, xlsx

TODAY = date(2026, 10, 14)
HEADER = "класс;фамилия;имя;предмет;текущая оценка;внешняя оценка;дата"


def quarter(
    subject: str, number: int, current: tuple[int, ...] = (), external: tuple[int, ...] = ()
) -> Quarter:
    """Marks in hundredths, counted as the database counts them."""
    lowest = min(current, default=0)
    return Quarter(1, subject, sum(current), len(current), sum(external), len(external), number, lowest)


class TestGap:
    def test_half_a_mark_differs_and_less_does_not(self) -> None:
        for external, differs in ((350, True), (351, False), (450, True), (449, False)):
            gap = gap_of([quarter("Физика", 1, (400,), (external,))])
            assert gap and gap.differs is differs

    def test_only_subjects_with_both_count_each_alike(self) -> None:
        """Ten fives in music, where nobody tests, say nothing about the test in mathematics."""
        gap = gap_of(
            [
                quarter("Математика", 1, (400, 400)),
                quarter("Математика", 2, (300,), (300,)),
                quarter("Музыка", 1, (500,) * 10),
                quarter("Физика", 2, (500,), (400,)),
            ]
        )
        assert gap
        assert (gap.current, gap.external) == (433, 350)  # (3.67 + 5) / 2 and (3 + 4) / 2
        assert [(s.subject, s.current, s.external) for s in gap.subjects] == [
            ("Математика", 367, 300),
            ("Физика", 500, 400),
        ]

    def test_who_is_not_assessed_has_none(self) -> None:
        assert gap_of([]) is None
        assert gap_of([quarter("Физика", 1, (400,)), quarter("Химия", 1, (), (200,))]) is None


class TestFalls:
    def test_half_a_mark_below_the_quarter_before(self) -> None:
        rows = [quarter("Физика", 1, (400, 450)), quarter("Физика", 3, (375,))]
        assert findings(2026, rows).falls == (Fall("Физика", 1, 425, 3, 375, 1),)
        rows[1] = quarter("Физика", 3, (376,))
        assert not findings(2026, rows).falls

    def test_only_the_last_quarter_counts(self) -> None:
        rows = [quarter("Физика", 1, (500,)), quarter("Физика", 2, (300,)), quarter("Физика", 3, (300,))]
        assert not findings(2026, rows).falls

    def test_a_quarter_with_external_marks_only_is_no_quarter(self) -> None:
        rows = [quarter("Физика", 1, (500,)), quarter("Физика", 2, (400,)), quarter("Физика", 3, (), (200,))]
        assert findings(2026, rows).falls[0].quarter == 2

    def test_a_two_is_news_once(self) -> None:
        assert findings(2026, [quarter("Физика", 1, (400, 200))]).twos == (Two("Физика", 1, 200),)
        assert findings(2026, [quarter("Физика", 1, (250,))]).twos == ()
        rows = [quarter("Физика", 1, (200, 400)), quarter("Физика", 2, (200,))]
        assert findings(2026, rows).twos == ()
        rows = [quarter("Физика", 1, (300,)), quarter("Физика", 2, (200,))]
        assert findings(2026, rows).twos == (Two("Физика", 2, 200),)


class TestNews:
    FALL = (quarter("Физика", 1, (400,)), quarter("Физика", 2, (350,)))

    def test_the_same_facts_are_no_news(self) -> None:
        found = findings(2026, self.FALL)
        kept = [["fall", "Физика", "2026-2", 1]]
        assert found.facts == (Fact(FactKind.FALL, "Физика", "2026-2", 1),)
        assert news(found, ()) and not news(found, kept)

    def test_a_little_more_is_no_news_and_a_step_more_is(self) -> None:
        kept = [list(fact) for fact in findings(2026, self.FALL).facts]
        little = findings(2026, [self.FALL[0], quarter("Физика", 2, (310,))])
        more = findings(2026, [self.FALL[0], quarter("Физика", 2, (300,))])
        assert not news(little, kept) and news(more, kept)

    def test_better_than_what_was_dismissed_is_no_news(self) -> None:
        kept = [["fall", "Физика", "2026-2", 3], ["fall", "Физика", "2026-2", 1]]
        assert not news(findings(2026, self.FALL), kept)

    def test_another_quarter_is(self) -> None:
        assert news(findings(2026, self.FALL), [["fall", "Физика", "2026-1", 1]])


marks = st.integers(100, 500)
rows_of_a_subject = st.lists(
    st.tuples(st.integers(1, 4), st.lists(marks, max_size=4), st.lists(marks, max_size=3)),
    max_size=4,
    unique_by=lambda row: row[0],
).map(sorted)


def told(subject: str, rows: list[tuple[int, list[int], list[int]]]) -> list[Quarter]:
    return [quarter(subject, n, tuple(current), tuple(external)) for n, current, external in rows]


@given(first=rows_of_a_subject, second=rows_of_a_subject)
def test_the_gap_is_the_mean_of_means_whatever_the_marks(
    first: list[tuple[int, list[int], list[int]]], second: list[tuple[int, list[int], list[int]]]
) -> None:
    """Against the definition in words, from the single marks."""
    means = []
    for rows in (first, second):
        current = [mark for _, marks, _ in rows for mark in marks]
        external = [mark for _, _, marks in rows for mark in marks]
        if current and external:
            means.append((Fraction(sum(current), len(current)), Fraction(sum(external), len(external))))
    gap = gap_of(told("Алгебра", first) + told("Биология", second))
    assert (gap is None) == (not means)
    if gap:
        distance = abs(sum((c - e for c, e in means), Fraction())) / len(means)
        assert gap.differs == (distance >= 50)
        assert gap.step == distance // 50


@given(rows=rows_of_a_subject)
def test_what_is_found_is_true_and_decided_once(rows: list[tuple[int, list[int], list[int]]]) -> None:
    found = findings(2026, told("Физика", rows))
    with_marks = [(n, current) for n, current, _ in rows if current]
    for fall in found.falls:
        (before, was), (after, now) = with_marks[-2:]
        assert (fall.before_quarter, fall.quarter) == (before, after)
        assert Fraction(sum(was), len(was)) - Fraction(sum(now), len(now)) >= 50
    for two in found.twos:
        assert two.lowest == min(with_marks[-1][1]) < FAILING
        assert all(mark >= FAILING for _, current in with_marks[:-1] for mark in current)
    assert news(found, ()) == bool(found.facts)
    assert not news(found, [list(fact) for fact in found.facts])


# --- a file of marks -------------------------------------------------------------------------------------


def table(*lines: str, header: str = HEADER, today: date = TODAY) -> list[Row]:
    return read_table(csv(*lines, header=header), "marks.csv", today)


def problems(*lines: str, header: str = HEADER) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(TableError) as caught:
        table(*lines, header=header)
    return [(p.row, p.column, p.key) for p in caught.value.problems]


class TestTable:
    def test_a_row(self) -> None:
        (row,) = table("5а;Лебедева;Маша;математика;4,25;3;14.10.2026")
        assert (row.grade, row.letter, row.surname, row.first_name) == (5, "А", "Лебедева", "Маша")
        assert (row.subject, row.current, row.external) == ("Математика", 425, 300)
        assert row.on_date == date(2026, 10, 14)

    def test_one_of_the_two_marks_may_be_absent(self) -> None:
        current, external = table("5А;Л;М;ОБЖ;4;;1.9.26", "5А;Л;М;ИЗО;;3;01/09/2026")
        assert (current.current, current.external) == (400, None)
        assert (external.current, external.external) == (None, 300)

    def test_xlsx_with_dates_and_numbers(self) -> None:
        data = xlsx(
            ["Класс", "Фамилия", "Имя", "Предмет", "Оценка", "ВПР", "Дата"],
            ["5А", "Лебедева", "Маша", "Физика", 4.5, 3, date(2026, 10, 14)],
        )
        (row,) = read_table(data, "m.xlsx", TODAY)
        assert (row.current, row.external, row.on_date) == (450, 300, date(2026, 10, 14))

    def test_headings_in_english(self) -> None:
        header = "date;class;surname;first name;subject;current mark;external mark"
        (row,) = table("2026-10-14;5А;Лебедева;Маша;Physics;4.5;", header=header)
        assert (row.current, row.external) == (450, None)

    def test_every_bad_row_and_column_is_named(self) -> None:
        assert problems(
            "55А;Лебедева;Маша;Физика;6;;14.10.2026",
            "5А;;М1;99;;;",
            "5А;Лебедева;Маша;Физика;4;два;15.10.2026",
            "5А;Лебедева;Маша;Физика;0;0,5;31.02.2026",
        ) == [
            (2, "класс", "table-cell-class"),
            (2, "текущая оценка", "marks-cell-mark"),
            (3, "фамилия", "table-cell-empty"),
            (3, "дата", "table-cell-empty"),
            (3, "имя", "table-cell-name"),
            (3, "предмет", "marks-cell-subject"),
            (3, "текущая оценка", "marks-cell-none"),
            (4, "внешняя оценка", "marks-cell-mark"),
            (4, "дата", "marks-cell-future"),
            (5, "текущая оценка", "marks-cell-mark"),
            (5, "внешняя оценка", "marks-cell-mark"),
            (5, "дата", "marks-cell-date"),
        ]

    def test_a_column_that_the_file_does_not_have_is_named_by_its_name(self) -> None:
        header = "класс;фамилия;имя;предмет;дата"
        assert problems("5А;Л;М;Физика;14.10.2026", header=header) == [
            (2, "текущая оценка", "marks-cell-none")
        ]

    def test_columns_missing(self) -> None:
        keys = [key for _, _, key in problems("5А;Л", header="класс;фамилия")]
        assert keys == ["table-column-missing"] * 3 + ["table-columns"]

    def test_the_same_pupil_subject_and_day_twice(self) -> None:
        line = "5А;Лебедева;Маша;Физика;4;;14.10.2026"
        assert problems(line, line.lower()) == [(3, None, "table-row-twice")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 500),
        ("4,25", 425),
        ("3.6666666667", 367),
        ("2.125", 213),
        ("1", 100),
        ("5,0", 500),
        ("5,01", None),
        ("0,99", None),
        ("0", None),
        ("6", None),
        ("4-", None),
        ("4_5", None),
        ("nan", None),
        ("2026-05-04 00:00:00", None),  # what a spreadsheet makes of 4.5
    ],
)
def test_marks(text: str, value: int | None) -> None:
    assert parse_mark(text) == value


@given(st.dates(date(2000, 1, 1)))
def test_days_in_all_ways(day: date) -> None:
    for text in (f"{day:%d.%m.%Y}", f"{day.day}/{day.month}/{day.year}", str(day), f"{day} 00:00:00"):
        assert parse_date(text) == day


@given(st.text(max_size=12) | st.from_regex(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}", fullmatch=True))
def test_any_text_is_a_mark_or_a_day_or_not(text: str) -> None:
    mark, day = parse_mark(text), parse_date(text)
    assert mark is None or 100 <= mark <= 500
    assert day is None or day.year >= 2000


@given(st.integers(100, 500), st.sampled_from(".,"))
def test_every_mark_is_read_back(mark: int, point: str) -> None:
    assert parse_mark(f"{mark // 100}{point}{mark % 100:02}") == mark


def test_all_facts_tell_themselves_apart() -> None:
    """Two pupils' worth of every kind of finding: no two facts are one."""
    rows = [
        quarter(subject, number, (mark,), (mark - 100,))
        for subject, (number, mark) in product(("Алгебра", "Физика"), ((1, 500), (2, 240)))
    ]
    facts = findings(2026, rows).facts
    assert len(set(facts)) == len(facts) == 5
