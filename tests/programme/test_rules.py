"""Which target holds, how a value stands against it, where a year's readings point to."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.programme.model import Indicator, Kind, State, Target, forecast, judge, target_for


def indicator(kind: Kind = Kind.SHARE, **targets: float) -> Indicator:
    columns = {int(year.removeprefix("y")): Target(value, str(value)) for year, value in targets.items()}
    return Indicator("1.1", "trained", kind, 1, "Доля обученных", "Обучены", "Trained", None, columns)


TRAINED = indicator(y2023=54, y2024=64, y2025=60)
shares = st.floats(0, 100)


class TestTargetFor:
    @pytest.mark.parametrize("year", [1999, 2022])
    def test_nothing_holds_before_the_first_column(self, year: int) -> None:
        assert target_for(TRAINED, year) is None

    @pytest.mark.parametrize(("year", "value"), [(2023, 54), (2024, 64), (2025, 60)])
    def test_each_year_has_its_column(self, year: int, value: float) -> None:
        in_force = target_for(TRAINED, year)
        assert in_force and (in_force.target.value, in_force.prolonged) == (value, False)

    @given(st.integers(2026, 2100))
    def test_the_last_column_is_prolonged(self, year: int) -> None:
        in_force = target_for(TRAINED, year)
        assert in_force and (in_force.target.value, in_force.prolonged) == (60, True)


class TestJudge:
    @pytest.mark.parametrize(
        ("value", "state"),
        [
            (54, State.MET),
            (100, State.MET),
            (53.99, State.NEAR),
            (48.6, State.NEAR),
            (48.59, State.BEHIND),
            (0, State.BEHIND),
            (None, State.UNKNOWN),
        ],
    )
    def test_a_share(self, value: float | None, state: State) -> None:
        assert judge(target_for(TRAINED, 2023), value) == state

    @pytest.mark.parametrize("value", [None, 0, 100])
    def test_nothing_is_judged_before_the_first_column(self, value: float | None) -> None:
        assert judge(target_for(TRAINED, 2022), value) is None

    @pytest.mark.parametrize(
        ("last_year", "this_year", "state"),
        [(35.2, 30.2, State.MET), (30, 25.4, State.NEAR), (30, 27, State.BEHIND), (30, 40, State.BEHIND)],
    )
    def test_a_decrease_is_judged_in_points(self, last_year: float, this_year: float, state: State) -> None:
        assert judge(target_for(indicator(Kind.DECREASE, y2023=5), 2023), last_year - this_year) == state

    @pytest.mark.parametrize("kind", [Kind.YEARLY, Kind.PRESENCE])
    def test_yes_or_no(self, kind: Kind) -> None:
        there = indicator(kind, y2023=1)
        assert [judge(target_for(there, 2023), value) for value in (True, False)] == [State.MET, State.BEHIND]

    @given(st.integers(0, 100), st.integers(1, 500))
    def test_exactly_the_target_is_met_however_it_was_divided(self, target: int, hundredths: int) -> None:
        # target % of 100 * n people, computed the way shares are
        value = 100 * (target * hundredths) / (100 * hundredths)
        assert judge(target_for(indicator(y2023=target), 2023), value) == State.MET
        assert (
            judge(target_for(indicator(y2023=target), 2023), (target * hundredths) / (100 * hundredths) * 100)
            == State.MET
        )

    @given(shares, shares, st.integers(2023, 2030))
    def test_more_is_never_worse(self, one: float, other: float, year: int) -> None:
        order = [State.BEHIND, State.NEAR, State.MET]
        less, more = (judge(target_for(TRAINED, year), value) for value in sorted((one, other)))
        assert less and more and order.index(less) <= order.index(more)


class TestForecast:
    def test_a_line_goes_on_to_the_end_of_the_year(self) -> None:
        # a point every ten days from day 0: on day 364 it has reached 36.4
        readings = [(date(2025, 1, 1) + timedelta(days), days / 10) for days in (0, 30, 100)]
        ahead = forecast(readings, date(2025, 6, 1), 36)
        assert ahead and ahead.value == pytest.approx(36.4) and ahead.on_course
        short = forecast(readings, date(2025, 6, 1), 37)
        assert short and not short.on_course

    def test_scattered_readings_are_fitted_by_least_squares(self) -> None:
        readings = [(date(2025, 12, day), value) for day, value in [(1, 10.0), (11, 40.0), (21, 40.0)]]
        # mean 30 on the 11th, 1.5 a day
        ahead = forecast(readings, date(2025, 12, 25), 60)
        assert ahead and ahead.value == pytest.approx(60) and ahead.on_course

    def test_two_readings_are_too_few(self) -> None:
        readings = [(date(2025, 2, 1), 1.0), (date(2025, 3, 1), 2.0)]
        assert forecast(readings, date(2025, 6, 1), 5) is None

    def test_one_day_makes_no_line(self) -> None:
        assert forecast([(date(2025, 2, 1), 1.0)] * 3, date(2025, 6, 1), 5) is None

    def test_other_years_and_days_to_come_do_not_count(self) -> None:
        readings = [(date(2024, 12, 31), 1.0), (date(2025, 2, 1), 1.0), (date(2025, 3, 1), 1.0)]
        assert forecast([*readings, (date(2025, 6, 2), 1.0)], date(2025, 6, 1), 5) is None
        assert forecast([*readings, (date(2025, 6, 1), 1.0)], date(2025, 6, 1), 5) is not None

    days = st.dates(date(2025, 1, 1), date(2025, 12, 31))

    @given(st.lists(st.tuples(days, shares), min_size=3), st.floats(1, 100))
    def test_a_share_stays_one(self, readings: list[tuple[date, float]], target: float) -> None:
        assume(len({day for day, _ in readings}) > 1)
        ahead = forecast(readings, date(2025, 12, 31), target, Kind.SHARE.bounds)
        assert ahead and 0 <= ahead.value <= 100
        assert ahead.on_course == (ahead.value >= target - 1e-9)

    @pytest.mark.parametrize(
        ("kind", "end"), [(Kind.SHARE, 100), (Kind.COUNT, 368), (Kind.DECREASE, 100), (Kind.PRESENCE, 1)]
    )
    def test_a_value_that_cannot_be_is_not_foretold(self, kind: Kind, end: float) -> None:
        readings = [(date(2025, 1, day), float(day + 3)) for day in (1, 2, 3)]
        ahead = forecast(readings, date(2025, 1, 5), 1, kind.bounds)
        assert ahead and ahead.value == pytest.approx(end)

    @given(st.sets(days, min_size=3), st.floats(-1, 1), st.floats(0, 100))
    def test_readings_on_a_line_are_continued(self, days: set[date], slope: float, at_end: float) -> None:
        readings = [(day, at_end + slope * (day - date(2025, 12, 31)).days) for day in days]
        ahead = forecast(readings, date(2025, 12, 31), at_end)
        assert ahead and ahead.value == pytest.approx(at_end, abs=1e-6)
