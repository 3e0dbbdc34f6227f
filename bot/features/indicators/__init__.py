"""Where the school stands: what is computed and what is recorded, judged by the programme's targets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from dateutil.relativedelta import relativedelta

from bot.config import Settings
from bot.db import indicators as db
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.indicators import ReadingRow
from bot.errors import NotFoundError
from bot.features.accounts import require
from bot.features.indicators.sources import SOURCES, evidence
from bot.features.indicators.sources.evidence import Day, Evidence, Why
from bot.programme.calendar import school_year
from bot.programme.model import (
    Direction,
    Forecast,
    Indicator,
    Kind,
    Programme,
    State,
    TargetInForce,
    forecast,
    judge,
    target_for,
)

# Asked anew every year: a reading of the last school year says nothing about this one.
ANNUAL = frozenset({Kind.YEARLY, Kind.DECREASE})
YES_NO = frozenset({Kind.YEARLY, Kind.PRESENCE})


class Origin(StrEnum):
    """Where a value comes from."""

    COMPUTED = "computed"
    RECORDED = "recorded"
    START = "start"
    NONE = "none"


@dataclass(frozen=True)
class Standing:
    """An indicator on a day. `state` is None in the years before the first target.

    `previous` is the last reading but the one that counts; `evidence` stands beside a recorded value too.
    """

    indicator: Indicator
    in_force: TargetInForce | None
    state: State | None
    value: float | None
    origin: Origin
    on_date: date | None = None
    numerator: float | None = None
    denominator: float | None = None
    previous: float | None = None
    evidence: Evidence | None = None

    @property
    def trend(self) -> int | None:
        """1 up, -1 down, 0 the same; None with nothing to compare."""
        if self.value is None or self.previous is None:
            return None
        return (self.value > self.previous) - (self.value < self.previous)

    @property
    def lacking(self) -> int | None:
        """How many more of the denominator would reach the target; None where that is not known."""
        if not self.denominator or self.numerator is None or self.in_force is None:
            return None
        wanted = self.in_force.target.value * self.denominator / 100
        # 100 * 11 / 20 is 55.00000000000001: such dust asks for nobody.
        return max(0, ceil(wanted - self.numerator - 1e-9)) if self.indicator.kind == Kind.SHARE else None


async def status(
    session: Session, actor: Actor, programme: Programme, today: date, settings: Settings
) -> list[Standing]:
    """Every indicator on that day, by a few queries, however much there is. For an admin.

    What happens after the day, and what is recorded for a later one, does not change it.
    """
    require(actor, Role.ADMIN)
    readings = await db.latest_readings(session, today)
    computed = await evidence(session, Day(today, settings, programme))
    return [
        stand(indicator, readings.get(indicator.key, ()), computed.get(indicator.key), today)
        for indicator in programme.indicators
    ]


async def standing_of(session: Session, indicator: Indicator, day: Day) -> Standing:
    """One indicator on that day, as `status` has it."""
    readings = (await db.latest_readings(session, day.on)).get(indicator.key, ())
    source = SOURCES.get(indicator.key)
    computed = await source.evidence(session, day) if source else None
    return stand(indicator, readings, computed, day.on)


def stand(
    indicator: Indicator, readings: Sequence[ReadingRow], evidence: Evidence | None, today: date
) -> Standing:
    """Choose the value that counts and judge it by the target of the day's year.

    `readings` up to that day, the last first. Where a value is computed, a reading of this calendar year
    overrides it; elsewhere the last reading holds until the next one, in annual kinds for its school year.
    """
    in_force = target_for(indicator, today.year)
    last = readings[0] if readings else None
    if last and evidence:
        holds = last.on_date.year == today.year
    else:
        holds = last is not None and (
            indicator.kind not in ANNUAL or school_year(last.on_date) == school_year(today)
        )
    if last and holds:
        return Standing(
            indicator,
            in_force,
            judge(in_force, last.value),
            last.value,
            Origin.RECORDED,
            last.on_date,
            last.numerator,
            last.denominator,
            previous=readings[1].value if len(readings) > 1 else None,
            evidence=evidence,
        )
    previous = last.value if last else None
    if evidence and evidence.value is not None:
        return Standing(
            indicator,
            in_force,
            judge(in_force, evidence.value),
            evidence.value,
            Origin.COMPUTED,
            today,
            evidence.numerator,
            evidence.denominator,
            previous,
            evidence,
        )
    if in_force is None and indicator.start:
        return Standing(indicator, None, None, indicator.start.value, Origin.START)
    return Standing(
        indicator, in_force, judge(in_force, None), None, Origin.NONE, previous=previous, evidence=evidence
    )


@dataclass(frozen=True)
class Month:
    """A computed value as it was at the end of a month, or of the day itself where the month is not over."""

    on: date
    evidence: Evidence


@dataclass(frozen=True)
class Details:
    """An indicator unfolded: its readings up to the day, the last first, and where they lead.

    `months` (of this school year, or of a report's period), where the value is computed; `unfolds`: whether
    it can be said who and what is behind it.
    """

    standing: Standing
    history: Sequence[ReadingRow]
    forecast: Forecast | None
    months: Sequence[Month] = ()
    unfolds: bool = False


async def details(
    session: Session, actor: Actor, programme: Programme, today: date, settings: Settings, key: str
) -> Details:
    """One indicator on that day. For an admin; NotFoundError for an unknown key.

    The forecast goes by the readings of the calendar year; without three of them, by the months' values,
    those of the school year: many begin at nothing in September.
    """
    require(actor, Role.ADMIN)
    indicator, day = find(programme, key), Day(today, settings, programme)
    readings = [row for row in await db.history(session, key) if row.on_date <= today]
    source = SOURCES.get(key)
    months = []
    if source is not None:
        ends = month_ends(today if indicator.kind in YES_NO else day.school_year, today)
        months = [Month(on, await source.evidence(session, replace(day, on=on))) for on in ends]
    return details_of(indicator, readings, day, months)


def details_of(
    indicator: Indicator, readings: Sequence[ReadingRow], day: Day, months: Sequence[Month]
) -> Details:
    """One indicator with its readings up to the day, the last first, and its computed values of months, of
    which the last is the day's; none where it is not computed.
    """
    standing = stand(indicator, readings, months[-1].evidence if months else None, day.on)
    if indicator.kind in YES_NO:
        months = ()
    ahead = None
    if standing.in_force:
        points = [(row.on_date, row.value) for row in readings]
        computed = [(m.on, m.evidence.value) for m in months if m.evidence.value is not None]
        target, bounds = standing.in_force.target.value, indicator.kind.bounds
        ahead = forecast(points, day.on, target, bounds) or forecast(computed, day.on, target, bounds)
    source = SOURCES.get(indicator.key)
    return Details(standing, readings, ahead, months, source is not None and source.unfolds)


def month_ends(since: date, until: date) -> list[date]:
    """The last day of each month from a day on, and the other day in place of the end of its month."""
    ends = []
    first = since.replace(day=1)
    while first <= until:
        following = first + relativedelta(months=1)
        ends.append(min(following - timedelta(days=1), until))
        first = following
    return ends


async def unfold(
    session: Session, actor: Actor, programme: Programme, today: date, settings: Settings, key: str
) -> tuple[Indicator, Why]:
    """Who and what is behind a computed value. For an admin.

    Raises NotFoundError for an indicator that is not computed, or of which nobody may know.
    """
    require(actor, Role.ADMIN)
    indicator = find(programme, key)
    source = SOURCES.get(key)
    if source is None or not source.unfolds:
        raise NotFoundError
    return indicator, await source.why(session, Day(today, settings, programme))


def find(programme: Programme, key: str) -> Indicator:
    """The indicator with that key.

    Raises NotFoundError.
    """
    for indicator in programme.indicators:
        if indicator.key == key:
            return indicator
    raise NotFoundError


def find_direction(programme: Programme, number: int) -> Direction:
    """The direction with that number.

    Raises NotFoundError.
    """
    for direction in programme.directions:
        if direction.number == number:
            return direction
    raise NotFoundError
