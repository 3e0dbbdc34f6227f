"""What the programme consists of, and how a value stands against its target.

Values are floats: per cent for a share, points for a decrease, a number of things for a count, 1 or 0 for
yearly and presence. Every target is "not less than".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import inf
from statistics import linear_regression

NEAR = 0.9
# 100 * 11 / 20 is 55.00000000000001, and 35.2 - 30.2 falls short of 5: such dust decides nothing.
_DUST = 1e-9


class Kind(StrEnum):
    """What an indicator's value is."""

    SHARE = "share"
    COUNT = "count"
    DECREASE = "decrease"
    YEARLY = "yearly"
    PRESENCE = "presence"

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest value that can be."""
        match self:
            case Kind.SHARE:
                return 0, 100
            case Kind.COUNT:
                return 0, inf
            case Kind.DECREASE:
                return -100, 100
            case Kind.YEARLY | Kind.PRESENCE:
                return 0, 1


class State(StrEnum):
    """How a value stands against the target in force."""

    MET = "met"
    NEAR = "near"
    BEHIND = "behind"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Target:
    """A value, and the cell of the document that it comes from."""

    value: float
    written: str


@dataclass(frozen=True)
class TargetInForce:
    """The target that holds in a year; `prolonged` past the programme's last column."""

    target: Target
    prolonged: bool


@dataclass(frozen=True)
class Forecast:
    """What the readings of a year point to on its 31 December."""

    value: float
    on_course: bool


@dataclass(frozen=True)
class School:
    """Whose programme it is, and how to reach them."""

    name: str
    full_name: str
    address: str
    phone: str
    email: str
    site: str


@dataclass(frozen=True)
class Approval:
    """Who made the programme binding, by which order, when."""

    by: str
    position: str
    order: str
    date: date


@dataclass(frozen=True)
class Direction:
    """One of the programme's fields of work; its title differs above the indicators and the activities."""

    number: int
    key: str
    title: str
    activities_title: str
    short: str
    short_en: str


@dataclass(frozen=True)
class Task:
    """One thing that the programme sets out to do."""

    number: int
    text: str


@dataclass(frozen=True)
class Indicator:
    """A row of the table of target values. `start` is None where the document has no value to start from.

    `owner` answers for the value; "" where the document names nobody, as the school's own does for all.
    """

    number: str
    key: str
    kind: Kind
    direction: int
    title: str
    short: str
    short_en: str
    start: Target | None
    targets: Mapping[int, Target]
    owner: str = ""


@dataclass(frozen=True)
class Activity:
    """A row of the table of activities, and the rule by which it falls due.

    `rrule` (RFC 5545) gives the nominal due dates. An occurrence lasts `months` calendar months, the one it
    is due in last; 0 is that day alone. `methodical_days` adds a day in each school vacation;
    `vacations_off` says that vacations count as days off.
    """

    number: str
    key: str
    direction: int
    title: str
    short: str
    short_en: str
    deadline: str
    responsible: tuple[str, ...]
    positions: tuple[str, ...]
    rrule: str
    months: int
    methodical_days: bool = False
    vacations_off: bool = False


@dataclass(frozen=True)
class LocalAct:
    """A document that indicator 4.6 wants on file."""

    key: str
    title: str


@dataclass(frozen=True)
class Answer:
    """What answers an expected result: an indicator's key or else the name of other data, never both.

    `at_least` is the number that the result promises; None: the indicator's own target.
    """

    indicator: str
    data: str
    at_least: float | None


@dataclass(frozen=True)
class Result:
    """An expected result. Without answers it is for the director to say whether it has come."""

    number: int
    text: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Programme:
    """The whole document. `years` are the columns of its targets, in order."""

    name: str
    title: str
    school: School
    approval: Approval
    goal: str
    period: str
    years: tuple[int, ...]
    directions: tuple[Direction, ...]
    tasks: tuple[Task, ...]
    indicators: tuple[Indicator, ...]
    activities: tuple[Activity, ...]
    methods: tuple[str, ...]
    results: tuple[Result, ...]
    local_acts: tuple[LocalAct, ...]

    def direction(self, key_or_number: str | int) -> Direction:
        """Find a direction; KeyError if there is none."""
        for direction in self.directions:
            if key_or_number in (direction.key, direction.number):
                return direction
        raise KeyError(key_or_number)

    def indicator(self, key_or_number: str) -> Indicator:
        """Find an indicator; KeyError if there is none."""
        for indicator in self.indicators:
            if key_or_number in (indicator.key, indicator.number):
                return indicator
        raise KeyError(key_or_number)

    def activity(self, key_or_number: str) -> Activity:
        """Find an activity; KeyError if there is none."""
        for activity in self.activities:
            if key_or_number in (activity.key, activity.number):
                return activity
        raise KeyError(key_or_number)

    @property
    def people(self) -> tuple[str, ...]:
        """Name everybody responsible for an activity once, as written, in the order of the table."""
        return tuple(dict.fromkeys(name for activity in self.activities for name in activity.responsible))

    @property
    def positions(self) -> tuple[str, ...]:
        """Name every position responsible for an activity once, in the order of the table."""
        return tuple(dict.fromkeys(name for activity in self.activities for name in activity.positions))


def target_for(indicator: Indicator, year: int) -> TargetInForce | None:
    """Find the target that holds in a calendar year: its column, later the last one, earlier none."""
    columns = [column for column in indicator.targets if column <= year]
    if not columns:
        return None
    return TargetInForce(indicator.targets[max(columns)], prolonged=year > max(columns))


def judge(in_force: TargetInForce | None, value: float | None) -> State | None:
    """Compare a value with the target that holds in its calendar year; None where nothing is judged.

    The value of a decrease is last year's share minus this year's, in points.
    """
    if in_force is None:
        return None
    if value is None:
        return State.UNKNOWN
    if _reaches(value, in_force.target.value):
        return State.MET
    return State.NEAR if _reaches(value, NEAR * in_force.target.value) else State.BEHIND


def forecast(
    readings: Sequence[tuple[date, float]],
    today: date,
    target: float,
    bounds: tuple[float, float] = (-inf, inf),
) -> Forecast | None:
    """Draw a straight line (least squares) through this calendar year's readings to 31 December.

    None under three readings, or with all on one day. The end of the line is kept within `bounds`
    (`Kind.bounds`).
    """
    end = date(today.year, 12, 31)
    this_year = [((day - end).days, value) for day, value in readings if date(end.year, 1, 1) <= day <= today]
    days = [day for day, _ in this_year]
    if len(days) < 3 or len(set(days)) == 1:
        return None
    # Counted from 31 December the line's value on that day is its intercept.
    intercept = linear_regression(days, [value for _, value in this_year]).intercept
    least, greatest = bounds
    value = min(max(intercept, least), greatest)
    return Forecast(value, on_course=_reaches(value, target))


def _reaches(value: float, target: float) -> bool:
    return value >= target - _DUST
