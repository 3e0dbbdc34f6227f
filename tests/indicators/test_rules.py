"""Laws of values: what counts, what is judged, what may be recorded."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.db.indicators import ReadingRow
from bot.errors import AppError, NotFoundError
from bot.features.indicators import Origin, Standing, stand
from bot.features.indicators.recording import (
    FIRST_DAY,
    Amount,
    check_date,
    checked,
    read_amount,
    read_comment,
    read_date,
    share_of,
)
from bot.features.indicators.sources import SOURCES
from bot.features.indicators.sources.evidence import share
from bot.programme.load import load
from bot.programme.model import Kind, State

PROGRAMME = load()
TRAINED = PROGRAMME.indicator("staff_trained")  # share, start 44, target 60
FEEDBACK = PROGRAMME.indicator("teacher_feedback")  # share, computed, target 75
REGISTER = PROGRAMME.indicator("register_renewed")  # yearly
GAP = PROGRAMME.indicator("grade_gap")  # decrease
TODAY = date(2026, 10, 14)

days = st.dates(date(2023, 1, 1), TODAY)
shares = st.floats(0, 100)


def reading(day: date, value: float) -> ReadingRow:
    return ReadingRow(day, value)


class TestEvidence:
    @given(st.integers(0, 500), st.integers(1, 500))
    def test_a_share_is_from_0_to_100(self, part: int, whole: int) -> None:
        value = share(min(part, whole), whole).value
        assert value is not None and 0 <= value <= 100

    @given(st.integers(0, 499), st.integers(1, 500))
    def test_one_more_deed_never_lowers(self, part: int, whole: int) -> None:
        part = min(part, whole - 1)
        before, after = share(part, whole).value, share(part + 1, whole).value
        assert before is not None and after is not None and after > before

    def test_an_empty_denominator_is_unknown(self) -> None:
        standing = stand(FEEDBACK, (), share(0, 0), TODAY)
        assert (standing.value, standing.state, standing.origin) == (None, State.UNKNOWN, Origin.NONE)

    def test_every_source_is_of_an_indicator(self) -> None:
        assert set(SOURCES) <= {indicator.key for indicator in PROGRAMME.indicators}


class TestStand:
    @given(st.lists(shares, min_size=1, max_size=5))
    def test_the_last_reading_counts_and_the_one_before_gives_the_arrow(self, values: list[float]) -> None:
        rows = [reading(TODAY - timedelta(days=i), value) for i, value in enumerate(values)]
        standing = stand(TRAINED, rows, None, TODAY)
        assert standing.value == values[0] and standing.origin == Origin.RECORDED
        assert standing.previous == (values[1] if len(values) > 1 else None)

    @given(days, shares, st.integers(0, 20))
    def test_a_reading_of_this_calendar_year_alone_overrides_what_is_computed(
        self, day: date, value: float, counted: int
    ) -> None:
        standing = stand(FEEDBACK, [reading(day, value)], share(counted, 20), TODAY)
        assert standing.evidence == share(counted, 20)
        if day.year == TODAY.year:
            assert (standing.value, standing.origin) == (value, Origin.RECORDED)
        else:
            assert (standing.value, standing.origin) == (counted * 5, Origin.COMPUTED)
            assert standing.previous == value

    def test_annual_kinds_count_in_their_school_year(self) -> None:
        for indicator in (REGISTER, GAP):
            assert stand(indicator, [reading(date(2026, 8, 31), 1)], None, TODAY).state == State.UNKNOWN
            assert stand(indicator, [reading(date(2026, 9, 1), 1)], None, TODAY).value == 1

    def test_other_kinds_hold_until_the_next_reading(self) -> None:
        standing = stand(TRAINED, [reading(date(2024, 3, 1), 61)], None, TODAY)
        assert standing.state == State.MET and standing.on_date == date(2024, 3, 1)

    def test_before_the_first_target_the_start_value_is_shown_and_nothing_judged(self) -> None:
        standing = stand(TRAINED, (), None, date(2022, 12, 31))
        assert (standing.value, standing.state, standing.in_force) == (44, None, None)

    def test_past_the_last_column_the_target_is_prolonged(self) -> None:
        standing = stand(TRAINED, (), None, TODAY)
        assert standing.in_force and standing.in_force.prolonged and standing.in_force.target.value == 60

    @given(st.integers(0, 60), st.integers(1, 60))
    def test_what_is_lacking_is_exactly_enough(self, part: int, whole: int) -> None:
        part = min(part, whole)

        def standing(numerator: int) -> Standing:
            return stand(FEEDBACK, (), share(numerator, whole), TODAY)

        lacking = standing(part).lacking
        assert lacking is not None
        assert standing(part + lacking).state == State.MET
        if lacking:
            assert standing(part + lacking - 1).state != State.MET

    @pytest.mark.parametrize(("now", "trend"), [(50.0, 1), (40.0, 0), (30.0, -1)])
    def test_the_arrow(self, now: float, trend: int) -> None:
        rows = [reading(TODAY, now), reading(date(2026, 1, 1), 40)]
        assert stand(TRAINED, rows, None, TODAY).trend == trend
        assert stand(TRAINED, rows[:1], None, TODAY).trend is None


class TestReadAmount:
    @pytest.mark.parametrize(
        "text", ["11 из 20", "11/20", " 11 / 20 ", "11 ИЗ 20", "11 of 20", "чисел: 11 из 20", "11 из 20."]
    )
    def test_two_numbers(self, text: str) -> None:
        amount = read_amount(Kind.SHARE, text)
        assert (amount.numerator, amount.denominator) == (11, 20)
        assert amount.value == pytest.approx(55)

    @pytest.mark.parametrize(
        ("text", "value"), [("55", 55), ("55%", 55), ("55 %", 55), ("55,5", 55.5), ("55.5 %", 55.5), ("0", 0)]
    )
    def test_per_cent(self, text: str, value: float) -> None:
        assert read_amount(Kind.SHARE, text) == Amount(value)

    @pytest.mark.parametrize(("text", "value"), [("5", 5), ("2,5", 2.5), ("−3", -3), ("-3 %", -3), ("+4", 4)])
    def test_points(self, text: str, value: float) -> None:
        assert read_amount(Kind.DECREASE, text) == Amount(value)

    def test_a_count(self) -> None:
        assert read_amount(Kind.COUNT, " 4 ") == Amount(4)

    @pytest.mark.parametrize(
        ("kind", "text", "key"),
        [
            (Kind.SHARE, "", "error-text-empty"),
            (Kind.SHARE, "  ", "error-text-empty"),
            (Kind.SHARE, "5" * 101, "error-text-length"),
            (Kind.SHARE, "много", "error-reading-share"),
            (Kind.SHARE, "11 из 20 из 30", "error-reading-share"),
            (Kind.SHARE, "<b>55</b>", "error-reading-share"),
            (Kind.SHARE, "9" * 40, "error-reading-share"),
            (Kind.SHARE, "nan", "error-reading-share"),
            (Kind.SHARE, "101", "error-reading-share-range"),
            (Kind.SHARE, "-1", "error-reading-share-range"),
            (Kind.SHARE, "5 из 0", "error-reading-denominator"),
            (Kind.SHARE, "0/0", "error-reading-denominator"),
            (Kind.SHARE, "21 из 20", "error-reading-numerator"),
            (Kind.COUNT, "2,5", "error-reading-count"),
            (Kind.COUNT, "5 %", "error-reading-count"),
            (Kind.COUNT, "5 из 7", "error-reading-count"),
            (Kind.COUNT, "-1", "error-reading-count-range"),
            (Kind.COUNT, "100001", "error-reading-count-range"),
            (Kind.DECREASE, "два", "error-reading-decrease"),
            (Kind.DECREASE, "-101", "error-reading-decrease-range"),
        ],
    )
    def test_what_is_refused(self, kind: Kind, text: str, key: str) -> None:
        with pytest.raises(AppError) as refusal:
            read_amount(kind, text)
        assert refusal.value.key == key

    @given(st.text(max_size=120), st.sampled_from([Kind.SHARE, Kind.COUNT, Kind.DECREASE]))
    def test_any_text_is_a_value_in_range_or_a_refusal(self, text: str, kind: Kind) -> None:
        try:
            amount = read_amount(kind, text)
        except AppError:
            return
        least, greatest = kind.bounds
        assert least <= amount.value <= greatest

    @given(st.integers(0, 10**6), st.integers(1, 10**6))
    def test_a_share_of_what_it_is_of(self, part: int, whole: int) -> None:
        part = min(part, whole)
        assert checked(Kind.SHARE, share_of(part, whole)).value == pytest.approx(100 * part / whole)

    @pytest.mark.parametrize("kind", [Kind.YEARLY, Kind.PRESENCE])
    def test_yes_and_no_are_not_typed(self, kind: Kind) -> None:
        with pytest.raises(NotFoundError):
            read_amount(kind, "1")
        with pytest.raises(NotFoundError):
            checked(kind, Amount(0.5))


class TestReadDate:
    @given(st.dates(FIRST_DAY, TODAY))
    def test_days_up_to_today(self, day: date) -> None:
        assert read_date(f"{day:%d.%m.%Y}", TODAY) == day

    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("15.10.2026", "error-reading-date-future"),
            ("31.12.2019", "error-reading-date-old"),
            ("31.02.2026", "error-reading-date"),
            ("вчера", "error-reading-date"),
            ("", "error-reading-date"),
            ("2026-10-01", "error-reading-date"),
        ],
    )
    def test_what_is_refused(self, text: str, key: str) -> None:
        with pytest.raises(AppError) as refusal:
            read_date(text, TODAY)
        assert refusal.value.key == key

    def test_today_is_the_last_day(self) -> None:
        assert check_date(TODAY, TODAY) == TODAY


@pytest.mark.parametrize(("text", "key"), [("  ", "error-text-empty"), ("я" * 501, "error-text-length")])
def test_comments_that_are_refused(text: str, key: str) -> None:
    with pytest.raises(AppError) as refusal:
        read_comment(text)
    assert refusal.value.key == key
