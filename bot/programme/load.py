"""The programme file: read, checked as a whole, turned into a Programme."""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from importlib.resources import files
from itertools import pairwise
from math import inf
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from bot.programme.calendar import nominal_dates, read_rule
from bot.programme.model import (
    Activity,
    Answer,
    Approval,
    Direction,
    Indicator,
    Kind,
    LocalAct,
    Programme,
    Result,
    School,
    Target,
    Task,
)

BUILT_IN = "alekseevskaya.toml"
SHORT = 40  # characters that a phone shows in one line

T = TypeVar("T")
# What stands for a missing value of a type while the rest is checked, and what to write instead.
_EXPECTED: dict[type, tuple[Any, str]] = {
    str: ("", 'write a text in quotes, such as "routes"'),
    int: (0, "write a whole number, such as 3"),
    bool: (False, "write true or false"),
    date: (date.min, "write a date, such as 2022-09-15"),
    list: ([], "write a list in square brackets"),
    dict: ({}, "write a table, such as { value = 44 }"),
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a programme file: where, what, and what would be right."""

    file: str
    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return ", ".join(part for part in (self.file, self.place) if part) + f": {self.what}; {self.remedy}"


class ProgrammeError(Exception):
    """The programme file is wrong. `problems` has everything found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Oddity:
    """Something in a valid programme that looks like a mistake, or that somebody should know.

    `key` names its words in texts/, the arguments fill them.
    """

    key: str
    arguments: Mapping[str, str | float]


def load(path: Path | None = None) -> Programme:
    """Read a programme file, the built-in one by default. Raises ProgrammeError with every problem found."""
    report = _Report(str(path or BUILT_IN))
    programme = _programme(_Table(_read(path, report.file), "", report))
    if report.problems:
        raise ProgrammeError(report.problems)
    return programme


def _read(path: Path | None, file: str) -> dict[str, Any]:
    try:
        source = path or files("bot.programme").joinpath(BUILT_IN)
        return tomllib.loads(source.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        what, remedy = "there is no such file", 'correct the path, or leave it "" for the built-in one'
    except OSError as error:
        what, remedy = f"cannot be read ({error.strerror})", "give a file that the bot may read"
    except UnicodeDecodeError:
        what, remedy = "not in UTF-8", "save it in that encoding"
    except ValueError as error:  # tomllib's own, or Python's for a number of thousands of digits
        what, remedy = f"not TOML: {error}", "correct that line"
    raise ProgrammeError([Problem(file, "", what, remedy)])


def warnings(programme: Programme) -> list[Oddity]:
    """List what is odd in a programme; nothing of it is repaired."""
    return [
        *_odd_targets(programme),
        *_odd_activities(programme),
        *_odd_results(programme),
        *_ownerless(programme),
        Oddity("oddity-years", {"year": str(programme.years[-1])}),
    ]


def _odd_targets(programme: Programme) -> Iterator[Oddity]:
    for indicator in programme.indicators:
        named = {"number": indicator.number, "title": indicator.short}
        first = indicator.targets[programme.years[0]]
        if indicator.start and indicator.start.value > first.value:
            values = {"start": indicator.start.value, "target": first.value}
            yield Oddity("oddity-start", {**named, **values})
        for year, following in pairwise(programme.years):
            earlier, later = indicator.targets[year].value, indicator.targets[following].value
            if later < earlier:
                values = {"earlier": earlier, "later": later}
                years = {"year": str(year), "following": str(following)}
                yield Oddity("oddity-falls", {**named, **values, **years})


def _ownerless(programme: Programme) -> Iterator[Oddity]:
    lacking = [indicator.number for indicator in programme.indicators if not indicator.owner]
    if lacking:
        count, total = len(lacking), len(programme.indicators)
        yield Oddity("oddity-owners", {"count": count, "total": total, "numbers": ", ".join(lacking)})


def _odd_activities(programme: Programme) -> Iterator[Oddity]:
    year = programme.years[-1]
    for activity in programme.activities:
        named = {"number": activity.number, "title": activity.short}
        if not activity.responsible and not activity.positions:
            yield Oddity("oddity-nobody", named)
        dates = nominal_dates(read_rule(activity.rrule), date(year, 1, 1), date(year + 4, 12, 31))
        if any(6 <= day.month <= 8 for day in dates):
            yield Oddity("oddity-summer", {**named, "deadline": activity.deadline})


def _odd_results(programme: Programme) -> Iterator[Oddity]:
    for result in programme.results:
        for answer in result.answers:
            if not answer.indicator or answer.at_least is None:
                continue
            indicator = programme.indicator(answer.indicator)
            last = indicator.targets[programme.years[-1]].value
            if last < answer.at_least:
                named = {"number": indicator.number, "title": indicator.short, "result": str(result.number)}
                yield Oddity("oddity-result", {**named, "promised": answer.at_least, "last": last})


@dataclass
class _Report:
    """What was found in a file: problems, and the keys and numbers taken (with the place of the first)."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    taken: dict[tuple[str, str, str | int], str] = field(default_factory=dict)


@dataclass
class _Table:
    """A table of the file. What is wrong is noted and read as empty, so that the rest is checked too."""

    values: dict[str, Any]
    place: str
    report: _Report
    known: set[str] = field(default_factory=set)

    def wrong(self, key: str, what: str, remedy: str) -> None:
        place = ".".join(part for part in (self.place, key) if part)
        self.report.problems.append(Problem(self.report.file, place, what, remedy))

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        self.known.add(key)
        value = self.values.get(key, default)
        if type(value) is kind:
            return value
        empty, remedy = _EXPECTED[kind]
        self.wrong(key, "missing" if value is None else f"{value!r} is of the wrong type", remedy)
        return empty  # type: ignore[no-any-return]

    def text(self, key: str) -> str:
        value = self.take(key, str)
        if self.values.get(key) == "":
            self.wrong(key, "empty", _EXPECTED[str][1])
        return value

    def short(self, key: str) -> str:
        value = self.text(key)
        if len(value) > SHORT:
            self.wrong(key, f"«{value}» has {len(value)} characters", f"shorten it to {SHORT}")
        return value

    def number(self, key: str) -> float:
        self.known.add(key)
        value: Any = self.values.get(key)
        if type(value) in (int, float) and abs(value) < 1e9:  # neither nan nor inf
            return float(value)
        self.wrong(key, "missing" if value is None else f"{value!r} is not a number", "write one, such as 44")
        return 0

    def list_of(self, key: str, kind: type[T], default: list[T] | None = None) -> tuple[T, ...]:
        return tuple(value for _, value in self._items(key, kind, default))

    def tables(self, key: str, default: list[dict[str, Any]] | None = None) -> Iterator["_Table"]:
        for place, values in self._items(key, dict, default):
            table = self.inner(place, values)
            yield table
            table.close()

    def inner(self, key: str, values: dict[str, Any]) -> "_Table":
        return _Table(values, f"{self.place}.{key}" if self.place else key, self.report)

    def _items(self, key: str, kind: type[T], default: list[T] | None) -> Iterator[tuple[str, T]]:
        for index, value in enumerate(self.take(key, list, default)):
            if type(value) is kind:
                yield f"{key}[{index}]", value
            else:
                self.wrong(f"{key}[{index}]", f"{value!r} is of the wrong type", _EXPECTED[kind][1])

    def own(self, key: str, value: str | int) -> None:
        """Note a value that another table of the same list has."""
        first = self.report.taken.setdefault((self.place.partition("[")[0], key, value), self.place)
        if first != self.place and value:
            self.wrong(key, f"{value!r} is taken by {first}", "choose another")

    def key(self) -> str:
        value = self.text("key")
        if value and not re.fullmatch(r"[a-z][a-z0-9_]{0,49}", value):
            self.wrong("key", f"{value!r} is not a key", "write up to 50 of a-z, 0-9 and _, a letter first")
        self.own("key", value)
        return value

    def order(self) -> int:
        value = self.take("number", int)
        self.own("number", value)
        return value

    def place_in(self, directions: Collection[int]) -> tuple[str, int]:
        """Read a number such as "2.10", and the direction that it names."""
        number = self.text("number")
        self.own("number", number)
        if not (match := re.fullmatch(r"(\d+)\.\d+", number)):
            if number:
                self.wrong("number", f"{number!r} is not a number in a direction", 'write one such as "2.10"')
            return number, 0
        direction = int(match[1])
        if direction not in directions:
            known = ", ".join(map(str, directions))
            self.wrong(
                "number", f"{number!r} is of an unknown direction", f"write one of the directions {known}"
            )
        return number, direction

    def close(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self.values:
            if key not in self.known:
                self.wrong(key, "unknown key", _nearest(key, self.known))


def _nearest(word: str, known: Iterable[str]) -> str:
    # Sorted, because a set's order would change the answer from run to run.
    near = get_close_matches(word, sorted(known), n=1, cutoff=0)
    return f"did you mean '{near[0]}'?" if near else "leave it out"


def _programme(top: _Table) -> Programme:
    years = top.list_of("years", int)
    if not years or list(years) != sorted({year for year in years if 2000 <= year < 2100}):
        top.wrong("years", f"{list(years)} are not years in order", "write such as [2023, 2024, 2025]")
    directions = tuple(_direction(table) for table in top.tables("directions"))
    numbers = [direction.number for direction in directions]
    indicators = tuple(_indicator(table, years, numbers) for table in top.tables("indicators"))
    keys = [indicator.key for indicator in indicators]
    programme = Programme(
        name=top.short("name"),
        title=top.text("title"),
        school=_school(top),
        approval=_approval(top),
        goal=top.text("goal"),
        period=top.text("period"),
        years=years,
        directions=directions,
        tasks=tuple(Task(table.order(), table.text("text")) for table in top.tables("tasks")),
        indicators=indicators,
        activities=tuple(_activity(table, numbers) for table in top.tables("activities")),
        methods=top.list_of("methods", str),
        results=tuple(_result(table, keys) for table in top.tables("results")),
        local_acts=tuple(LocalAct(table.key(), table.text("title")) for table in top.tables("local_acts")),
    )
    top.close()
    return programme


def _school(top: _Table) -> School:
    table = top.inner("school", top.take("school", dict))
    school = School(
        name=table.text("name"),
        full_name=table.text("full_name"),
        address=table.text("address"),
        phone=table.text("phone"),
        email=table.text("email"),
        site=table.text("site"),
    )
    table.close()
    return school


def _approval(top: _Table) -> Approval:
    table = top.inner("approval", top.take("approval", dict))
    approval = Approval(
        by=table.text("by"),
        position=table.text("position"),
        order=table.text("order"),
        date=table.take("date", date),
    )
    table.close()
    return approval


def _direction(table: _Table) -> Direction:
    return Direction(
        number=table.order(),
        key=table.key(),
        title=table.text("title"),
        activities_title=table.text("activities_title"),
        short=table.short("short"),
        short_en=table.short("short_en"),
    )


def _indicator(table: _Table, years: Collection[int], directions: Collection[int]) -> Indicator:
    number, direction = table.place_in(directions)
    kind = _kind(table)
    start = None
    table.known.add("start")
    if "start" in table.values:
        cell = table.inner("start", table.take("start", dict))
        start = _target(cell, kind)
        cell.close()
    return Indicator(
        number=number,
        key=table.key(),
        kind=kind or Kind.COUNT,
        direction=direction,
        title=table.text("title"),
        short=table.short("short"),
        short_en=table.short("short_en"),
        start=start,
        targets=_targets(table, kind, years),
        owner=table.take("owner", str, ""),
    )


def _kind(table: _Table) -> Kind | None:
    name = table.text("kind")
    if name in list(Kind):
        return Kind(name)
    if name:
        table.wrong("kind", f"unknown kind {name!r}", _nearest(name, Kind))
    return None


def _targets(table: _Table, kind: Kind | None, years: Collection[int]) -> Mapping[int, Target]:
    targets: dict[int, Target] = {}
    for cell in table.tables("targets"):
        target = _target(cell, kind)
        for year in cell.list_of("years", int):
            if year not in years:
                cell.wrong(
                    "years", f"{year} is no column of the targets", "add it to `years` above, or leave it out"
                )
            if year in targets:
                cell.wrong("years", f"{year} has a target already", "give each year one")
            targets[year] = target
    missing = [year for year in years if year not in targets]
    if missing and "targets" in table.values:
        table.wrong("targets", f"no target for {', '.join(map(str, missing))}", "give each year one")
    return MappingProxyType(targets)


def _target(cell: _Table, kind: Kind | None) -> Target:
    value: float
    if kind in (Kind.YEARLY, Kind.PRESENCE):
        value = cell.take("value", bool)
    else:
        value = cell.number("value")
        least, greatest = kind.bounds if kind else (-inf, inf)
        if not least <= value <= greatest:
            cell.wrong("value", f"{value:g} is no {kind}", f"write a number from {least} to {greatest}")
    return Target(float(value), cell.text("written"))


def _activity(table: _Table, directions: Collection[int]) -> Activity:
    number, direction = table.place_in(directions)
    rrule, months = table.text("rrule"), table.take("months", int)
    try:
        if rrule:
            read_rule(rrule)
    except ValueError as error:
        table.wrong("rrule", f"{rrule!r}: {error}", "write one such as FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=31")
    if not 0 <= months <= 12:
        table.wrong("months", f"an occurrence cannot last {months} months", "write 0 (that day alone) to 12")
    return Activity(
        number=number,
        key=table.key(),
        direction=direction,
        title=table.text("title"),
        short=table.short("short"),
        short_en=table.short("short_en"),
        deadline=table.text("deadline"),
        responsible=table.list_of("responsible", str, []),
        positions=table.list_of("positions", str, []),
        rrule=rrule,
        months=months,
        methodical_days=table.take("methodical_days", bool, False),
        vacations_off=table.take("vacations_off", bool, False),
    )


def _result(table: _Table, indicators: Collection[str]) -> Result:
    return Result(
        number=table.order(),
        text=table.text("text"),
        answers=tuple(_answer(answer, indicators) for answer in table.tables("answers", [])),
    )


def _answer(table: _Table, indicators: Collection[str]) -> Answer:
    indicator, data = table.take("indicator", str, ""), table.take("data", str, "")
    if bool(indicator) == bool(data):
        table.wrong(
            "", "an answer is either an indicator or other data", "write one of `indicator` and `data`"
        )
    if indicator and indicator not in indicators:
        table.wrong("indicator", f"there is no indicator {indicator!r}", _nearest(indicator, indicators))
    at_least = table.number("at_least") if "at_least" in table.values else None
    table.known.add("at_least")
    return Answer(indicator, data, at_least)
