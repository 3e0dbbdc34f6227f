"""Laws of the rules: factors explain the tier, worse signals never lower it; what changed."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.db.risk.register import Absences, Behaviour
from bot.db.risk.routes import RouteVersion
from bot.features.risk.register import asking_day, week_due
from bot.features.risk.rules import LEVELS, Level, Signals, absences_of, compare, weigh
from bot.programme.calendar import Calendar

SUBJECTS = st.lists(st.sampled_from(["math", "russian", "physics", "Черчение"]), unique=True).map(tuple)


@st.composite
def signals(draw: st.DrawFn) -> Signals:
    percent = draw(st.none() | st.integers(0, 100))
    band = draw(st.none() | st.sampled_from(Absences)) if percent is None else absences_of(percent)
    behaviour = draw(st.none() | st.sampled_from(Behaviour))
    seen = draw(st.booleans())
    return Signals(band, percent, behaviour, seen, draw(SUBJECTS) if seen else (), draw(st.text()))


@pytest.mark.parametrize(
    ("percent", "band"),
    [(0, "few"), (4, "few"), (5, "some"), (9, "some"), (10, "many"), (12, "many"), (100, "many")],
)
def test_thresholds_of_absences(percent: int, band: str) -> None:
    assert absences_of(percent) == band


@pytest.mark.parametrize(
    ("failing", "level"), [((), Level.NONE), (("math",), Level.SOME), (("math", "x"), Level.HIGH)]
)
def test_failing_courses(failing: tuple[str, ...], level: Level) -> None:
    assert weigh(Signals(marks_seen=True, failing=failing)).courses == level


@given(signals())
def test_the_tier_follows_from_the_factors_alone(found: Signals) -> None:
    factors = weigh(found)
    assert (factors.tier is None) == (not factors.known)
    if factors.known:
        assert factors.tier is not None
        # Never above what three weak signs or one strong one say, never below the strongest weak one.
        assert (factors.tier == Level.NONE) == all(level == Level.NONE for level in factors.known)
        strong = Level.HIGH in factors.known or factors.known == (Level.SOME,) * 3
        assert (factors.tier == Level.HIGH) == strong


@given(signals(), signals())
def test_worse_signals_never_lower_the_tier(one: Signals, other: Signals) -> None:
    a, b = weigh(one), weigh(other)
    pairs = [(a.attendance, b.attendance), (a.behaviour, b.behaviour), (a.courses, b.courses)]
    # Unknown says nothing: only what is known in both is comparable.
    if all(x and y and LEVELS.index(x) <= LEVELS.index(y) for x, y in pairs):
        assert a.tier and b.tier
        assert LEVELS.index(a.tier) <= LEVELS.index(b.tier)


@given(signals())
def test_nothing_said_is_no_reason(found: Signals) -> None:
    assert found.empty == (not weigh(found).known and not found.text)


def version(**changes: object) -> RouteVersion:
    values = {
        "goal": "Сдать долги",
        "measures": ["Занятие по вторникам", "Тетрадь"],
        "starts_on": date(2026, 10, 14),
        "ends_on": date(2026, 11, 24),
        "champion_id": 1,
        "file": [],
        "created_at": datetime(2026, 10, 14, tzinfo=UTC),
    }
    return RouteVersion(**(values | changes))


LINES = st.lists(st.sampled_from("абвгде"), max_size=6, unique=True)


@given(LINES, LINES)
def test_measures_taken_out_and_put_in(old: list[str], new: list[str]) -> None:
    found = compare(version(measures=old), version(measures=new), ("x", "x"))
    assert set(found.taken_out) == set(old) - set(new)
    assert set(found.put_in) == set(new) - set(old)
    assert found.any == (set(old) != set(new))


def test_every_field_that_differs_is_named() -> None:
    old = version(file=["document", "a", "План.pdf"])
    new = version(
        goal="Другое",
        ends_on=date(2027, 1, 12),
        champion_id=2,
        file=["document", "b", "План.pdf"],
    )
    found = compare(old, new, ("Берг А.И.", "Ким Е.В."))
    assert found.goal == ("Сдать долги", "Другое")
    assert found.dates == (("2026-10-14", "2026-11-24"), ("2026-10-14", "2027-01-12"))
    assert found.champion == ("Берг А.И.", "Ким Е.В.")
    assert found.file and not found.taken_out and not found.put_in
    assert not compare(old, old, ("x", "x")).any


VACATIONS = Calendar(vacations=((date(2026, 10, 26), date(2026, 11, 3)),))


@pytest.mark.parametrize(
    ("week", "asked"),
    [
        (date(2026, 10, 12), date(2026, 10, 16)),
        (date(2026, 10, 26), None),  # vacation
        (date(2026, 11, 2), date(2026, 11, 6)),  # begins in the vacation
        (date(2026, 12, 28), date(2026, 12, 30)),  # New Year
        (date(2027, 1, 4), None),  # days off as a whole
    ],
)
def test_a_week_is_asked_about_on_its_last_working_day(week: date, asked: date | None) -> None:
    assert asking_day(week, VACATIONS) == asked


@pytest.mark.parametrize(
    ("today", "week"),
    [
        (date(2026, 10, 15), date(2026, 10, 5)),
        (date(2026, 10, 16), date(2026, 10, 12)),
        (date(2026, 10, 18), date(2026, 10, 12)),
        (date(2026, 10, 30), None),
        (date(2026, 11, 5), None),
        (date(2026, 11, 6), date(2026, 11, 2)),
    ],
)
def test_the_week_that_can_be_asked_for(today: date, week: date | None) -> None:
    assert week_due(today, VACATIONS) == week
