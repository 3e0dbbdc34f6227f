"""Where the school stands: values computed from what people did, readings that they record, judgement."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from math import ceil

from bot.config import Settings
from bot.db import indicators as db
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.indicators import Reading, ReadingRow, TeacherNotes
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
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

# The programme was written on figures of 2022; nobody looks further back than two years before.
FIRST_DAY = date(2020, 1, 1)
COUNT_MAX = 100_000
VALUE_LENGTH = 100
COMMENT_LENGTH = 500
# Asked anew every year: a reading of the last school year says nothing about this one.
ANNUAL = frozenset({Kind.YEARLY, Kind.DECREASE})
YES_NO = frozenset({Kind.YEARLY, Kind.PRESENCE})


# --- computed values -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Evidence:
    """What a computed share is made of: the numbers, and who was counted and who is missing."""

    numerator: int
    denominator: int
    counted: Sequence[TeacherNotes] = ()
    missing: Sequence[TeacherNotes] = ()

    @property
    def value(self) -> float | None:
        """Per cent; None of an empty denominator."""
        return 100 * self.numerator / self.denominator if self.denominator else None


Source = Callable[[Session, date, Settings], Awaitable[Evidence]]


def _midnight(day: date, settings: Settings) -> datetime:
    return datetime.combine(day, time(), settings.school.zone)


async def _teacher_feedback(session: Session, on: date, settings: Settings) -> Evidence:
    """3.4: teaching staff who wrote enough notes that reached somebody, in the last days and by that day."""
    rules = settings.indicators
    since = _midnight(on - timedelta(days=rules.feedback_days - 1), settings)
    until = _midnight(on + timedelta(days=1), settings)
    teachers = await db.delivered_notes(session, on, since, until)
    counted = [teacher for teacher in teachers if teacher.notes >= rules.feedback_notes]
    missing = [teacher for teacher in teachers if teacher.notes < rules.feedback_notes]
    return Evidence(len(counted), len(teachers), counted, missing)


async def _parents_satisfied(session: Session, on: date, settings: Settings) -> Evidence:
    """3.2: the share of 4s and 5s. Too few answers are the same as none: nothing of them is shown."""
    since = _midnight(date(on.year, 1, 1), settings)
    until = _midnight(on + timedelta(days=1), settings)
    numerator, denominator = await db.satisfied(session, since, until)
    if denominator < settings.indicators.min_answers:
        return Evidence(0, 0)
    return Evidence(numerator, denominator)


# By key of the indicator. A source counts only what had happened by the end of the day, in one query.
SOURCES: Mapping[str, Source] = {
    "teacher_feedback": _teacher_feedback,
    "parents_satisfied": _parents_satisfied,
}


# --- where we stand --------------------------------------------------------------------------------------


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
    """Every indicator on that day: one query for the readings and one for each source. For an admin.

    What happens after the day, and what is recorded for a later one, does not change it.
    """
    require(actor, Role.ADMIN)
    readings = await db.latest_readings(session, today)
    evidence = {key: await source(session, today, settings) for key, source in SOURCES.items()}
    return [
        stand(indicator, readings.get(indicator.key, ()), evidence.get(indicator.key), today)
        for indicator in programme.indicators
    ]


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
            judge(indicator, last.value, today.year),
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
            judge(indicator, evidence.value, today.year),
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
    state = judge(indicator, None, today.year)
    return Standing(indicator, in_force, state, None, Origin.NONE, previous=previous, evidence=evidence)


@dataclass(frozen=True)
class Details:
    """An indicator unfolded: its readings up to the day, the last first, and where they lead."""

    standing: Standing
    history: Sequence[ReadingRow]
    forecast: Forecast | None


async def details(
    session: Session, actor: Actor, programme: Programme, today: date, settings: Settings, key: str
) -> Details:
    """One indicator on that day. For an admin; NotFoundError for an unknown key."""
    require(actor, Role.ADMIN)
    indicator = find(programme, key)
    readings = [row for row in await db.history(session, key) if row.on_date <= today]
    source = SOURCES.get(key)
    evidence = await source(session, today, settings) if source else None
    standing = stand(indicator, readings, evidence, today)
    ahead = None
    if standing.in_force:
        points = [(row.on_date, row.value) for row in readings]
        ahead = forecast(points, today, standing.in_force.target.value, indicator.kind.bounds)
    return Details(standing, readings, ahead)


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


# --- readings --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Amount:
    """A value, for a share with the numbers that it was made of where they are known."""

    value: float
    numerator: float | None = None
    denominator: float | None = None


_NUMBER = r"(\d{1,9}(?:[.,]\d{1,6})?)"
# "11 из 20", "11/20", "11 of 20", also with a word before: "чисел: 11 из 20".
_FRACTION = re.compile(rf"(?:[^\d:]*:)?\s*{_NUMBER}\s*(?:/|из|of)\s*{_NUMBER}\s*\.?", re.IGNORECASE)
_SINGLE = re.compile(rf"([-+−–]?)\s*{_NUMBER}\s*(%|п\.?\s*п\.?)?\s*\.?", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def read_amount(kind: Kind, text: str) -> Amount:
    """What somebody typed as the value of an indicator of that kind.

    A share is per cent or "11 из 20", a count a whole number, a decrease points. Raises AppError for what
    is no number of the kind or out of its range; NotFoundError for kinds that are answered by a button.
    """
    if kind in YES_NO:
        raise NotFoundError
    if not text.strip():
        raise AppError("error-text-empty")
    if len(text) > VALUE_LENGTH:
        raise AppError("error-text-length", limit=VALUE_LENGTH, length=len(text))
    if kind == Kind.SHARE and (pair := _FRACTION.fullmatch(text.strip())):
        return checked(kind, share_of(_number(pair[1]), _number(pair[2])))
    single = _SINGLE.fullmatch(text.strip())
    if single is None or (kind == Kind.COUNT and single[3]):
        raise AppError(f"error-reading-{kind}")
    value = _number(single[2])
    return checked(kind, Amount(-value if single[1] in ("-", "−", "–") else value))


def share_of(numerator: float, denominator: float) -> Amount:
    """A share from its numbers.

    Raises AppError for an empty denominator and for more than all of it.
    """
    if denominator <= 0:
        raise AppError("error-reading-denominator")
    if numerator > denominator:
        raise AppError("error-reading-numerator")
    return Amount(100 * numerator / denominator, numerator, denominator)


def checked(kind: Kind, amount: Amount) -> Amount:
    """The amount, if an indicator of that kind can have it.

    Raises AppError; NotFoundError for an answer that is neither yes nor no.
    """
    if kind in YES_NO and amount.value not in (0, 1):
        raise NotFoundError
    least, greatest = kind.bounds
    if not least <= amount.value <= min(greatest, COUNT_MAX):
        raise AppError(f"error-reading-{kind}-range")
    if kind == Kind.COUNT and not amount.value.is_integer():
        raise AppError("error-reading-count")
    return amount


def read_date(text: str, today: date) -> date:
    """A day that somebody typed as ДД.ММ.ГГГГ.

    Raises AppError for no such day, one to come, or one before FIRST_DAY.
    """
    match = _DATE.fullmatch(text.strip())
    try:
        day = date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        day = None
    if day is None:
        raise AppError("error-reading-date")
    return check_date(day, today)


def check_date(day: date, today: date) -> date:
    """The day, if a reading can have it.

    Raises AppError.
    """
    if day > today:
        raise AppError("error-reading-date-future")
    if day < FIRST_DAY:
        raise AppError("error-reading-date-old", year=str(FIRST_DAY.year))
    return day


def read_comment(text: str) -> str:
    """What somebody typed as the comment.

    Raises AppError for an empty or too long one.
    """
    text = text.strip()
    if not text:
        raise AppError("error-text-empty")
    if len(text) > COMMENT_LENGTH:
        raise AppError("error-text-length", limit=COMMENT_LENGTH, length=len(text))
    return text


@dataclass(frozen=True)
class Superseded:
    """What a reading of a day takes the place of, and the later one that goes on to count, if there is."""

    before: ReadingRow | None
    later: ReadingRow | None


def superseded(readings: Sequence[ReadingRow], on_date: date) -> Superseded:
    """What a reading recorded now for that day would supersede among these, the last first."""
    before = next((row for row in readings if row.on_date <= on_date), None)
    later = readings[0] if readings and readings[0].on_date > on_date else None
    return Superseded(before, later)


async def record(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    programme: Programme,
    *,
    key: str,
    on_date: date,
    amount: Amount,
    comment: str = "",
) -> None:
    """Record a reading. For an admin; those there are stay as they are.

    Raises AppError for a value or day that cannot be, NotFoundError for an unknown key.
    """
    require(actor, Role.ADMIN)
    indicator = find(programme, key)
    checked(indicator.kind, amount)
    check_date(on_date, today)
    session.add(
        Reading(
            indicator_key=key,
            on_date=on_date,
            value=amount.value,
            numerator=amount.numerator,
            denominator=amount.denominator,
            comment=comment,
            recorded_by=actor.person_id,
            recorded_at=now,
        )
    )
    audit.record(
        session,
        actor,
        now,
        "reading.recorded",
        f"indicator:{key}",
        value=amount.value,
        numerator=amount.numerator,
        denominator=amount.denominator,
        on_date=on_date.isoformat(),
    )
