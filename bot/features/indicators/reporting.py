"""The report for the district: everything about a period up to a day, in values without words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.config import Settings
from bot.db import activities
from bot.db import indicators as db
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.activities import AssignmentState, Occurrence, Part
from bot.db.base import Session
from bot.errors import AppError
from bot.features import audit, findings
from bot.features.accounts import require
from bot.features.activities import Stage, stages_of
from bot.features.indicators import Details, Month, Standing, details_of, month_ends
from bot.features.indicators.recording import FIRST_DAY
from bot.features.indicators.results import Checked, check
from bot.features.indicators.sources import SOURCES, evidence
from bot.features.indicators.sources.evidence import Day, Why
from bot.features.surveys.results import Results, closed
from bot.programme.calendar import quarter_starts, school_year
from bot.programme.load import Oddity, warnings
from bot.programme.model import Activity, Programme

# Computed values are given for the ends of so many months at most.
MONTHS = 12


@dataclass(frozen=True)
class Period:
    """What a report tells of: the school as it stands on a day, and what was done from a first day to it."""

    first: date
    on: date


def period(today: date, on: date | None = None, first: date | None = None) -> Period:
    """The period of a report: up to today, from the beginning of its school year, unless others are given.

    Raises AppError for a day to come, one before the programme, and a first day after the last.
    """
    on = on or today
    first = first or school_year(on)[0]
    if on > today:
        raise AppError("error-report-future")
    if min(first, on) < FIRST_DAY:
        raise AppError("error-reading-date-old", year=str(FIRST_DAY.year))
    if first > on:
        raise AppError("error-report-order")
    return Period(first, on)


def ends(today: date) -> list[date]:
    """Days that a district asks for, in order: the last ends of a quarter, a school and a calendar year."""
    year = school_year(today)[0]
    quarter = max(first for first in quarter_starts(today) if first <= today)
    return sorted({first - timedelta(days=1) for first in (quarter, year, date(today.year, 1, 1))})


@dataclass(frozen=True)
class Chapter:
    """An indicator unfolded, and who and what is behind its computed value where that may be said."""

    details: Details
    why: Why | None

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        return self.details.standing


@dataclass(frozen=True)
class Deed:
    """An occurrence of an activity with its reports, by part, the first one first."""

    activity: Activity
    stage: Stage
    reports: Mapping[int, Sequence[activities.Report]]


@dataclass(frozen=True)
class Report:
    """What a report says, the same whichever file it becomes."""

    programme: Programme
    period: Period
    # The day on which it is made, and the school's zone.
    made_on: date
    zone: ZoneInfo
    chapters: Sequence[Chapter]
    deeds: Sequence[Deed]
    surveys: Sequence[Results]
    results: Sequence[Checked]
    oddities: Sequence[Oddity]
    # Of what surveys and letters said in the school year: how much is done, and all.
    heard: tuple[int, int]

    @property
    def standings(self) -> list[Standing]:
        """Where every indicator stands, in the document's order."""
        return [chapter.standing for chapter in self.chapters]


async def report(
    session: Session,
    actor: Actor | None,
    now: datetime,
    today: date,
    programme: Programme,
    settings: Settings,
    asked: Period,
) -> Report:
    """The report of a period. For an admin; None is whoever has the command line. That it is made is noted.

    A constant number of queries for a month, however much there is. What happened after the last day is left
    out.
    """
    if actor is not None:
        require(actor, Role.ADMIN)
    day = Day(asked.on, settings, programme)
    # That a report leaves the school with what staff have written is on record.
    first, on = asked.first.isoformat(), asked.on.isoformat()
    audit.record(session, actor, now, "report.made", "school", from_day=first, on_date=on)
    chapters = await _chapters(session, day, asked)
    standings = [chapter.standing for chapter in chapters]
    return Report(
        programme,
        asked,
        today,
        settings.school.zone,
        chapters,
        await _deeds(session, day, asked),
        await closed(session, day.since(asked.first), day.until, settings),
        await check(session, standings, day),
        warnings(programme),
        await findings.closed(session, asked.on, settings),
    )


async def _chapters(session: Session, day: Day, asked: Period) -> list[Chapter]:
    readings = await db.all_readings(session, day.on)
    since = max(asked.first, (day.on - relativedelta(months=MONTHS - 1)).replace(day=1))
    computed = {on: await evidence(session, replace(day, on=on)) for on in month_ends(since, day.on)}
    found = []
    for indicator in day.programme.indicators:
        key = indicator.key
        months = [Month(on, values[key]) for on, values in computed.items() if key in values]
        details = details_of(indicator, readings.get(key, []), day, months)
        why = await SOURCES[key].why(session, day) if details.unfolds else None
        found.append(Chapter(details, why))
    return found


async def _deeds(session: Session, day: Day, asked: Period) -> list[Deed]:
    """The occurrences that begin before the day is over and are due in the period or later."""
    within = (Occurrence.starts_on <= asked.on) & (Occurrence.due_on >= asked.first)
    reports: dict[int, list[activities.Report]] = {}
    for report in (await activities.reports(session, within))[::-1]:
        reports.setdefault(report.assignment_id, []).append(report)
    parts = [
        as_of(part, reports.get(part.id, ()), day.until) for part in await activities.parts(session, within)
    ]
    stages: dict[str, list[Stage]] = {}
    for stage in stages_of(parts, asked.on):
        stages.setdefault(stage.parts[0].activity_key, []).append(stage)
    return [
        Deed(
            activity,
            stage,
            {part.id: _known(reports.get(part.id, ()), day.until) for part in stage.parts},
        )
        for activity in day.programme.activities
        for stage in stages.get(activity.key, ())
    ]


def _known(reports: Sequence[activities.Report], until: datetime) -> list[activities.Report]:
    """The reports of before a moment, without what was decided about them later."""
    return [
        replace(report, decided_at=None, accepted=None, comment=None)
        if report.decided_at and report.decided_at >= until
        else report
        for report in reports
        if report.created_at < until
    ]


def as_of(part: Part, reports: Sequence[activities.Report], until: datetime) -> Part:
    """The part as it stood at a moment: what has been reported and decided since is undone."""
    since = [r for r in reports if r.created_at >= until or (r.decided_at and r.decided_at >= until)]
    if not since:
        return part
    before = [report for report in reports if report.created_at < until]
    if not before:
        return replace(part, state=AssignmentState.OPEN)
    last = before[-1]
    if last.decided_at is None or last.decided_at >= until:
        return replace(part, state=AssignmentState.REPORTED)
    return replace(part, state=AssignmentState.ACCEPTED if last.accepted else AssignmentState.RETURNED)
