"""School years, working days, and when activities fall due. Dates are the school's own local dates."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrule, rrulestr

from bot.programme.model import Activity

if TYPE_CHECKING:
    from holidays import HolidayBase

Level = Literal["noo", "ooo", "soo"]

# Rules are counted from a fixed day, so that no date depends on the window it is asked for in.
_RULES_BEGIN = datetime.combine(date(2000, 1, 1), time())
_NUMBERS = r"-?[1-9]\d*(?:,-?[1-9]\d*)*"
_WEEKDAYS = r"[+-]?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU)(?:,[+-]?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU))*"
# What dates of a school need. Hours give no dates, a COUNT has run out long ago, INTERVAL=0 never ends.
_RULE = re.compile(
    r"FREQ=(?:YEARLY|MONTHLY|WEEKLY)"
    rf"(?:;INTERVAL=[1-9]\d?|;BYMONTH={_NUMBERS}|;BYMONTHDAY={_NUMBERS}|;BYDAY={_WEEKDAYS}|;BYSETPOS={_NUMBERS})*"
)
_DAY = timedelta(days=1)


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_weekly(text: str) -> tuple[int, time]:
    """Read a day of the week (Monday is 0) and a time of day, such as "mon 09:00"."""
    day, _, at = text.partition(" ")
    return _DAYS.index(day), time.fromisoformat(at)


def school_year(day: date) -> tuple[date, date]:
    """Find the school year of a day: 1 September to 31 August."""
    first = day.year if day.month >= 9 else day.year - 1
    return date(first, 9, 1), date(first + 1, 8, 31)


def quarter_starts(day: date) -> tuple[date, ...]:
    """The first days of the quarters of that day's school year.

    September, November, January, April: a vacation between two quarters has neither marks nor lessons, so the
    exact day of the order does not matter.
    """
    first = school_year(day)[0]
    return first, date(first.year, 11, 1), date(first.year + 1, 1, 1), date(first.year + 1, 4, 1)


@dataclass(frozen=True)
class Quarter:
    """A quarter of a school year, 1 to 4, from its first day to its last; the fourth to the year's end."""

    number: int
    first: date
    last: date


def quarter(day: date) -> Quarter:
    """Find the quarter of a day."""
    starts = quarter_starts(day)
    number = sum(start <= day for start in starts)
    last = school_year(day)[1] if number == len(starts) else starts[number] - _DAY
    return Quarter(number, starts[number - 1], last)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day in a zone."""
    return datetime.combine(day, time(), zone)


# The levels of education by their grades: НОО 1-4, ООО 5-9, СОО 10-11.
LEVELS: Mapping[Level, range] = {"noo": range(1, 5), "ooo": range(5, 10), "soo": range(10, 12)}


def level(grade: int) -> Level:
    """Name the level of education of a grade; ValueError for another grade."""
    for name, grades in LEVELS.items():
        if grade in grades:
            return name
    raise ValueError(f"there is no grade {grade}")


@dataclass(frozen=True)
class Calendar:
    """Which days are worked: not weekends, public holidays, nor (where asked) the school's vacations.

    A vacation is its first and last day. A Saturday that the state made a working day is one.
    """

    vacations: tuple[tuple[date, date], ...] = ()
    country: str = "RU"

    def is_day_off(self, day: date, vacations: bool = False) -> bool:
        """Say whether nobody works on this day."""
        if vacations and any(first <= day <= last for first, last in self.vacations):
            return True
        return not _holidays(self.country).is_working_day(day)

    def working_day_on_or_before(self, day: date, vacations: bool = False) -> date:
        """Find the day itself, or else the last working day before it."""
        while self.is_day_off(day, vacations):
            day -= _DAY
        return day

    def next_working_day(self, day: date, vacations: bool = False) -> date:
        """Find the first working day after this one."""
        day += _DAY
        while self.is_day_off(day, vacations):
            day += _DAY
        return day

    def working_days_between(self, start: date, end: date, vacations: bool = False) -> int:
        """Count the working days after `start` up to and including `end`."""
        days = (start + timedelta(days=ahead) for ahead in range(1, (end - start).days + 1))
        return sum(not self.is_day_off(day, vacations) for day in days)


@cache
def _holidays(country: str) -> "HolidayBase":
    # Imported here: reading the programme does not need it, and it costs as much as everything else together.
    from holidays import country_holidays

    return country_holidays(country)


@dataclass(frozen=True)
class Occurrence:
    """One time that an activity falls due. The activity's key and `nominal_due` are its identity."""

    activity_key: str
    starts_on: date
    due_on: date
    nominal_due: date


@lru_cache(100)
def read_rule(text: str) -> rrule:
    """Read an activity's rule; ValueError if it is none, or one without a date."""
    if not _RULE.fullmatch(text):
        raise ValueError("not a rule of FREQ (YEARLY, MONTHLY, WEEKLY), BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS")
    rule = rrulestr(text, dtstart=_RULES_BEGIN)
    assert isinstance(rule, rrule)  # noqa: S101 - a set of rules needs several lines
    if next(iter(rule), None) is None:
        raise ValueError("there is no such date")
    return rule


@lru_cache(1000)  # a tick asks for the same days again and again, and the rules count from their beginning
def nominal_dates(rule: rrule, first: date, last: date) -> tuple[date, ...]:
    """List the dates of a rule from `first` to `last`, both included."""
    found = rule.between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)
    return tuple(moment.date() for moment in found)


def occurrences(activity: Activity, calendar: Calendar, first: date, last: date) -> list[Occurrence]:
    """List the occurrences whose nominal due date is in the window (both ends included), in order.

    Windows that touch give together what one window gives; neither window nor holidays change an identity.
    A due date on a day off moves to the last working day before, but not to before the occurrence starts:
    then vacations are left out of account. A methodical day is nominally due on its vacation's first day
    and held on the first working day of the vacation; if it has none, on the last one before.
    """
    found = {}
    for vacation in calendar.vacations if activity.methodical_days else ():
        if first <= vacation[0] <= last:
            day = _methodical_day(vacation, calendar)
            found[vacation[0]] = Occurrence(activity.key, day, day, vacation[0])
    for nominal in nominal_dates(read_rule(activity.rrule), first, last):
        due = calendar.working_day_on_or_before(nominal, activity.vacations_off)
        starts = due
        if activity.months:
            starts = nominal.replace(day=1) - relativedelta(months=activity.months - 1)
            if due < starts:
                due = calendar.working_day_on_or_before(nominal)
        found[nominal] = Occurrence(activity.key, starts, due, nominal)
    return sorted(found.values(), key=attrgetter("nominal_due"))


def _methodical_day(vacation: tuple[date, date], calendar: Calendar) -> date:
    first, last = vacation
    day = calendar.next_working_day(first - _DAY)
    return day if day <= last else calendar.working_day_on_or_before(first)


@dataclass(frozen=True)
class Step:
    """A rung of the reminder ladder, and the true number of days to the due date (negative after it).

    Names are stable: "open", "before-14", "due", "after-3".
    """

    name: str
    days_left: int


def step_due(
    starts_on: date,
    due_on: date,
    today: date,
    before: Sequence[int],
    after: Sequence[int],
    calendar: Calendar,
) -> Step | None:
    """Find the latest step of the ladder that is reached today; None on days off and before the first step.

    A step goes on being the latest until the next one, so that a reminder missed yesterday is found today:
    the caller sends each step once. One that falls on a day off is first found on the next working day.
    Steps before the due date may come before the opening, as for an occurrence of a single day.
    """
    return None if calendar.is_day_off(today) else latest_step(starts_on, due_on, today, before, after)


def latest_step(
    starts_on: date, due_on: date, today: date, before: Sequence[int], after: Sequence[int]
) -> Step | None:
    """Find the latest step of the ladder that is reached today, on a day off too."""
    days_left = (due_on - today).days
    # (days to the due date on which the step falls, name); opening loses to a step of the same day.
    steps = [(days, f"before-{days}" if days else "due") for days in before]
    steps += [(-days, f"after-{days}") for days in after]
    reached = [(days, name) for days, name in steps if days >= days_left]
    if starts_on <= today:
        reached.append(((due_on - starts_on).days, "open"))
    if not reached:
        return None
    _, name = min(reached, key=lambda step: (step[0], step[1] == "open"))
    return Step(name, days_left)
