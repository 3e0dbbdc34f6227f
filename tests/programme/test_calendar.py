"""Working days, occurrences, the reminder ladder."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.programme.calendar import (
    Calendar,
    Occurrence,
    level,
    nominal_dates,
    occurrences,
    quarter,
    quarter_starts,
    read_rule,
    school_year,
    step_due,
)
from bot.programme.model import Activity

SCHOOL_MONTHS = "BYMONTH=9,10,11,12,1,2,3,4,5"
MONTHLY = Activity(
    number="1.1",
    key="monthly",
    direction=1,
    title="Весь период",
    short="Весь период",
    short_en="All the time",
    deadline="в течение всего периода",
    responsible=("Диканова М.Е.",),
    positions=(),
    rrule=f"FREQ=MONTHLY;{SCHOOL_MONTHS};BYMONTHDAY=-1",
    months=1,
)
OCTOBER = replace(MONTHLY, key="october", rrule="FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=31")
AUTUMN = replace(OCTOBER, key="autumn", months=2)
AUGUST = replace(MONTHLY, key="august", rrule="FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=31")
THURSDAYS = replace(
    MONTHLY, key="thursdays", rrule=f"FREQ=MONTHLY;{SCHOOL_MONTHS};BYDAY=-1TH", months=0, methodical_days=True
)

PLAIN = Calendar()
VACATIONS = Calendar(
    (
        (date(2026, 10, 26), date(2026, 11, 4)),
        (date(2026, 12, 31), date(2027, 1, 10)),
        (date(2027, 3, 27), date(2027, 4, 4)),
        (date(2027, 5, 27), date(2027, 8, 31)),
    )
)
YEAR = (date(2026, 9, 1), date(2027, 8, 31))

days = st.dates(date(2022, 1, 1), date(2027, 12, 31))
calendars = st.sampled_from([PLAIN, VACATIONS])
activities = st.sampled_from(
    [
        replace(activity, vacations_off=off)
        for activity in (MONTHLY, OCTOBER, AUTUMN, AUGUST, THURSDAYS)
        for off in (False, True)
    ]
)


def test_a_school_year_begins_on_1_september() -> None:
    assert school_year(date(2026, 8, 31)) == (date(2025, 9, 1), date(2026, 8, 31))
    assert school_year(date(2026, 9, 1)) == (date(2026, 9, 1), date(2027, 8, 31))


@given(days)
def test_a_day_is_in_its_school_year(day: date) -> None:
    first, last = school_year(day)
    assert first <= day <= last
    assert school_year(last + timedelta(1))[0] == last + timedelta(1)


@given(days)
def test_quarters_part_the_school_year(day: date) -> None:
    starts, here = quarter_starts(day), quarter(day)
    first, last = school_year(day)
    assert starts[0] == first and list(starts) == sorted(starts) and starts[-1] <= last
    assert all(quarter_starts(start) == starts for start in starts)
    assert here.first <= day <= here.last and here.first == starts[here.number - 1]
    assert quarter(here.first) == quarter(here.last) == here
    assert quarter(here.last + timedelta(days=1)).number == here.number % 4 + 1


def test_levels() -> None:
    assert [level(grade) for grade in (1, 4, 5, 9, 10, 11)] == ["noo", "noo", "ooo", "ooo", "soo", "soo"]
    for grade in (0, 12):
        with pytest.raises(ValueError, match="grade"):
            level(grade)


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("day", "off"),
        [
            (date(2026, 11, 21), True),  # Saturday
            (date(2026, 11, 23), False),  # Monday
            (date(2026, 11, 4), True),  # Unity Day, a Wednesday
            (date(2026, 12, 31), True),  # moved there by the government
            (date(2027, 2, 20), False),  # a Saturday made a working day
        ],
    )
    def test_russian_days(self, day: date, off: bool) -> None:
        assert PLAIN.is_day_off(day) == off

    def test_vacations_count_only_where_asked(self) -> None:
        vacation = date(2026, 10, 27)
        assert VACATIONS.is_day_off(vacation, vacations=True)
        assert not VACATIONS.is_day_off(vacation)
        assert not PLAIN.is_day_off(vacation, vacations=True)

    def test_across_new_year(self) -> None:
        assert PLAIN.working_day_on_or_before(date(2027, 1, 8)) == date(2026, 12, 30)
        assert PLAIN.next_working_day(date(2026, 12, 30)) == date(2027, 1, 11)
        assert PLAIN.working_days_between(date(2026, 12, 29), date(2027, 1, 12)) == 3

    @given(days, calendars, st.booleans())
    def test_nothing_worked_is_passed_over(self, day: date, calendar: Calendar, vacations: bool) -> None:
        before = calendar.working_day_on_or_before(day, vacations)
        after = calendar.next_working_day(day, vacations)
        assert before <= day < after
        assert not calendar.is_day_off(before, vacations) and not calendar.is_day_off(after, vacations)
        between = {before + timedelta(ahead) for ahead in range(1, (after - before).days)}
        assert all(calendar.is_day_off(passed, vacations) for passed in between)

    @given(st.tuples(days, st.integers(0, 40), st.integers(0, 40)))
    def test_counts_add_up(self, case: tuple[date, int, int]) -> None:
        start, one, two = case
        middle, end = start + timedelta(one), start + timedelta(one + two)
        count = PLAIN.working_days_between
        assert count(start, end) == count(start, middle) + count(middle, end)
        assert count(end, start) == 0


class TestOccurrences:
    @pytest.mark.parametrize(
        ("activity", "expected"),
        [
            # 31 October 2026 is a Saturday
            (OCTOBER, [(date(2026, 10, 1), date(2026, 10, 30), date(2026, 10, 31))]),
            (AUTUMN, [(date(2026, 9, 1), date(2026, 10, 30), date(2026, 10, 31))]),
            (AUGUST, [(date(2027, 8, 1), date(2027, 8, 31), date(2027, 8, 31))]),
        ],
    )
    def test_yearly(self, activity: Activity, expected: list[tuple[date, date, date]]) -> None:
        assert occurrences(activity, PLAIN, *YEAR) == [Occurrence(activity.key, *each) for each in expected]

    def test_last_working_days_of_the_months(self) -> None:
        found = occurrences(MONTHLY, PLAIN, *YEAR)
        assert [each.starts_on for each in found] == [each.nominal_due.replace(day=1) for each in found]
        assert [each.due_on for each in found] == [
            date(2026, 9, 30),
            date(2026, 10, 30),
            date(2026, 11, 30),
            date(2026, 12, 30),
            date(2027, 1, 29),
            date(2027, 2, 26),
            date(2027, 3, 31),
            date(2027, 4, 30),
            date(2027, 5, 31),
        ]

    def test_last_thursdays(self) -> None:
        found = occurrences(THURSDAYS, PLAIN, *YEAR)
        assert [each.due_on for each in found] == [
            date(2026, 9, 24),
            date(2026, 10, 29),
            date(2026, 11, 26),
            date(2026, 12, 30),  # 31 December is a day off
            date(2027, 1, 28),
            date(2027, 2, 25),
            date(2027, 3, 25),
            date(2027, 4, 29),
            date(2027, 5, 27),
        ]
        assert all(each.starts_on == each.due_on for each in found)

    def test_methodical_days(self) -> None:
        found = occurrences(THURSDAYS, VACATIONS, *YEAR)
        assert len(found) == 9 + 4 - 2  # two vacations begin on a last Thursday, which is their day
        days = {each.nominal_due: each.due_on for each in found}
        assert days[date(2026, 10, 26)] == date(2026, 10, 26)
        assert days[date(2027, 3, 27)] == date(2027, 3, 29)  # it begins on a Saturday

    def test_a_vacation_without_a_working_day(self) -> None:
        calendar = Calendar(((date(2027, 1, 1), date(2027, 1, 10)),))
        found = occurrences(THURSDAYS, calendar, date(2027, 1, 1), date(2027, 1, 1))
        assert found == [Occurrence("thursdays", date(2026, 12, 30), date(2026, 12, 30), date(2027, 1, 1))]

    def test_vacations_move_the_due_date_where_the_activity_says_so(self) -> None:
        october = occurrences(replace(OCTOBER, vacations_off=True), VACATIONS, *YEAR)
        assert [each.due_on for each in october] == [date(2026, 10, 23)]
        # All August is vacation: it cannot be due before it opens.
        august = occurrences(replace(AUGUST, vacations_off=True), VACATIONS, *YEAR)
        assert [each.due_on for each in august] == [date(2027, 8, 31)]

    @given(activities, calendars, days, st.integers(0, 500), st.integers(0, 500))
    def test_windows_join(
        self, activity: Activity, calendar: Calendar, first: date, one: int, two: int
    ) -> None:
        middle, last = first + timedelta(one), first + timedelta(one + two)
        halves = occurrences(activity, calendar, first, middle) + occurrences(
            activity, calendar, middle + timedelta(1), last
        )
        assert halves == occurrences(activity, calendar, first, last)

    @given(activities, calendars, days, st.integers(0, 500))
    def test_every_occurrence_can_be_kept(
        self, activity: Activity, calendar: Calendar, first: date, length: int
    ) -> None:
        found = occurrences(activity, calendar, first, first + timedelta(length))
        begins = {begin for begin, _ in calendar.vacations} if activity.methodical_days else set()
        for each in found:
            assert each.starts_on <= each.due_on
            assert each.due_on <= each.nominal_due or each.nominal_due in begins
            assert not calendar.is_day_off(each.due_on)
        nominal = [each.nominal_due for each in found]
        assert nominal == sorted(set(nominal))

    @given(activities, days)
    def test_holidays_and_vacations_leave_identities_alone(self, activity: Activity, first: date) -> None:
        activity = replace(activity, methodical_days=False)
        identities = [
            [each.nominal_due for each in occurrences(activity, calendar, first, first + timedelta(400))]
            for calendar in (PLAIN, VACATIONS, Calendar(country="US"))
        ]
        assert identities[0] == identities[1] == identities[2]
        assert identities[0]


@settings(max_examples=30)
@given(
    st.from_regex(r"FREQ=(MONTHLY|YEARLY);BY(MONTH|MONTHDAY|DAY|SETPOS)=[-+0-9A-Z,()]{0,8}", fullmatch=True)
)
def test_any_rule_is_read_or_refused(text: str) -> None:
    try:
        rule = read_rule(text)
    except ValueError:
        return
    assert nominal_dates(rule, date(2000, 1, 1), date(9999, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "every month",
        "FREQ=DAILY",
        "FREQ=MONTHLY;INTERVAL=0",
        "FREQ=MONTHLY;COUNT=3",
        "FREQ=MONTHLY;BYDAY=-1TX",
        "FREQ=MONTHLY;BYDAY=99MO",  # dateutil would raise an IndexError
        "FREQ=MONTHLY;BYHOUR=3",
        "BYMONTH=10;FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYSETPOS=400",
        "FREQ=YEARLY\nRRULE:FREQ=MONTHLY",
    ],
)
def test_a_bad_rule(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_rule(text)


class TestLadder:
    BEFORE, AFTER = (14, 7, 3, 1, 0), (1, 3, 7)
    STARTS, DUE = date(2026, 10, 1), date(2026, 10, 30)  # a Thursday, a Friday

    @pytest.mark.parametrize(
        ("today", "name", "days_left"),
        [
            (date(2026, 9, 30), None, None),
            (date(2026, 10, 1), "open", 29),
            (date(2026, 10, 15), "open", 15),
            (date(2026, 10, 16), "before-14", 14),
            (date(2026, 10, 23), "before-7", 7),
            (date(2026, 10, 25), None, None),  # Sunday
            (date(2026, 10, 26), "before-7", 4),
            (date(2026, 10, 27), "before-3", 3),
            (date(2026, 10, 29), "before-1", 1),
            (date(2026, 10, 30), "due", 0),
            (date(2026, 10, 31), None, None),  # after-1 is a Saturday
            (date(2026, 11, 2), "after-3", -3),  # ... and after-3 has come in the meantime
            (date(2026, 11, 6), "after-7", -7),
            (date(2027, 3, 1), "after-7", -122),
        ],
    )
    def test_from_opening_to_the_last_step(
        self, today: date, name: str | None, days_left: int | None
    ) -> None:
        step = step_due(self.STARTS, self.DUE, today, self.BEFORE, self.AFTER, PLAIN)
        assert (step and step.name, step and step.days_left) == (name, days_left)

    def test_a_single_day_is_announced_before_it_opens(self) -> None:
        def name(today: date) -> str | None:
            step = step_due(self.DUE, self.DUE, today, self.BEFORE, self.AFTER, PLAIN)
            return step.name if step else None

        assert name(date(2026, 10, 15)) is None
        assert name(date(2026, 10, 16)) == "before-14"
        assert name(self.DUE) == "due"

    def test_an_empty_ladder_only_opens(self) -> None:
        step = step_due(self.STARTS, self.DUE, date(2026, 12, 1), (), (), PLAIN)
        assert step and step.name == "open"

    rungs = st.lists(st.integers(1, 40), unique=True, max_size=5)

    @given(days, st.integers(0, 60), st.lists(st.integers(0, 40), unique=True, max_size=5), rungs)
    def test_each_step_is_found_once_on_its_day_or_the_next_working_one(
        self, due: date, lasts: int, before: Sequence[int], after: Sequence[int]
    ) -> None:
        starts = due - timedelta(lasts)
        # In order of time; of two on one day the later in the list wins.
        ladder = [(starts, "open")]
        ladder += [(due - timedelta(each), f"before-{each}" if each else "due") for each in before]
        ladder += [(due + timedelta(each), f"after-{each}") for each in after]
        ladder.sort(key=lambda step: (step[0], step[1] != "open"))
        expected = {PLAIN.next_working_day(day - timedelta(1)): name for day, name in ladder}

        found: dict[date, str] = {}
        for ahead in range(-65, 60):
            today = due + timedelta(ahead)
            step = step_due(starts, due, today, before, after, PLAIN)
            if step:
                assert step.days_left == -ahead
                if step.name not in found.values():
                    found[today] = step.name
        assert found == expected

    @given(st.sets(st.integers(-30, 40)))
    def test_days_that_the_bot_was_off_cost_no_more_than_the_steps_of_those_days(self, up: set[int]) -> None:
        told: list[str] = []
        for ahead in sorted(up | {40}):
            step = step_due(
                self.STARTS, self.DUE, self.DUE + timedelta(ahead), self.BEFORE, self.AFTER, PLAIN
            )
            if step and (not told or step.name != told[-1]):
                told.append(step.name)
        order = [
            "open",
            "before-14",
            "before-7",
            "before-3",
            "before-1",
            "due",
            "after-1",
            "after-3",
            "after-7",
        ]
        assert told == [name for name in order if name in told]
        assert told[-1] == "after-7"
