"""Activities: occurrences, where they stand, and who has them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import delete, or_, select

from bot.db import activities as db
from bot.db.accounts import Staff
from bot.db.activities import UNFINISHED, Assignment, AssignmentState, Occurrence, Part
from bot.db.base import Session, active
from bot.db.roster import Teaching
from bot.programme import calendar as rules
from bot.programme.calendar import Calendar
from bot.programme.model import Activity, Programme

# Occurrences are generated for so many days ahead.
AHEAD = timedelta(days=400)
# "In progress" keeps reminders quiet until so many days before the due date.
QUIET_UNTIL = 3


class OccurrenceState(StrEnum):
    """Where an occurrence stands."""

    PLANNED = "planned"
    OPEN = "open"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    OVERDUE = "overdue"
    RETURNED = "returned"


def occurrence_state(
    states: Collection[AssignmentState], starts_on: date, due_on: date, today: date
) -> OccurrenceState:
    """Tell where an occurrence stands from the states of its parts.

    Lateness outweighs everything that is unfinished; it is accepted when every part is.
    """
    if states and all(state == AssignmentState.ACCEPTED for state in states):
        return OccurrenceState.ACCEPTED
    if states and all(state in (AssignmentState.REPORTED, AssignmentState.ACCEPTED) for state in states):
        return OccurrenceState.REPORTED
    if due_on < today:
        return OccurrenceState.OVERDUE
    if AssignmentState.RETURNED in states:
        return OccurrenceState.RETURNED
    return OccurrenceState.OPEN if starts_on <= today else OccurrenceState.PLANNED


@dataclass(frozen=True)
class Stage:
    """One occurrence with its parts and where it stands."""

    state: OccurrenceState
    parts: Sequence[Part]

    @property
    def occurrence_id(self) -> int:
        """Whose parts these are."""
        return self.parts[0].occurrence_id

    @property
    def starts_on(self) -> date:
        """The first day."""
        return self.parts[0].starts_on

    @property
    def due_on(self) -> date:
        """The due date."""
        return self.parts[0].due_on

    @property
    def unreached(self) -> bool:
        """Whether some unfinished part is nobody's who could be reminded of it."""
        return any(part.unfinished and part.person_id is None for part in self.parts)


def stages_of(parts: Iterable[Part], today: date) -> list[Stage]:
    """Put parts together by occurrence, in the order of the due dates."""
    ordered = sorted(parts, key=attrgetter("due_on", "occurrence_id", "id"))
    return [
        Stage(occurrence_state([p.state for p in group], group[0].starts_on, group[0].due_on, today), group)
        for group in (list(own) for _, own in groupby(ordered, key=attrgetter("occurrence_id")))
    ]


def about(programme: Programme, activity_key: str, due_on: date) -> dict[str, Any]:
    """An occurrence in plain values, for a message that is worded later in the reader's language."""
    activity = next((a for a in programme.activities if a.key == activity_key), None)
    return {
        "number": activity.number if activity else "",
        "title": activity.short if activity else activity_key,
        "title_en": activity.short_en if activity else activity_key,
        "due": due_on.isoformat(),
    }


# --- who has them ----------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _planned(activity: Activity, calendar: Calendar, today: date) -> tuple[rules.Occurrence, ...]:
    # The tick asks every few seconds, the answer changes once a day.
    first, _ = rules.school_year(today)
    return tuple(o for o in rules.occurrences(activity, calendar, first, today + AHEAD) if o.due_on >= today)


async def top_up(session: Session, programme: Programme, calendar: Calendar, today: date) -> None:
    """Generate the occurrences of the next 400 days and give them to those responsible.

    Only those that are not yet due: a bot that starts in the middle of a year does not begin with a flood of
    what was late before it came. Dates that the calendar has moved since are corrected, and occurrences that
    it no longer has are dropped, as long as nobody has been told of them.
    """
    planned = {
        (o.activity_key, o.nominal_due): o
        for activity in programme.activities
        for o in _planned(activity, calendar, today)
    }
    stored = {
        (o.activity_key, o.nominal_due): o
        for o in await session.scalars(select(Occurrence).where(Occurrence.due_on >= today))
    }
    new = planned.keys() - stored.keys()
    if new:
        # Some may have fallen due on another day than the calendar now says.
        first = min(nominal for _, nominal in new)
        passed = await session.execute(
            select(Occurrence.activity_key, Occurrence.nominal_due).where(
                Occurrence.nominal_due >= first, Occurrence.due_on < today
            )
        )
        session.add_all(
            Occurrence(activity_key=key, nominal_due=nominal, starts_on=o.starts_on, due_on=o.due_on)
            for key, nominal in sorted(new - {(key, nominal) for key, nominal in passed})
            for o in (planned[key, nominal],)
        )
    stale = {
        o.id: o
        for identity, o in stored.items()
        if identity not in planned
        or (o.starts_on, o.due_on) != (planned[identity].starts_on, planned[identity].due_on)
    }
    if stale:
        begun = select(Assignment.occurrence_id).where(
            Assignment.occurrence_id.in_(stale),
            or_(
                Assignment.last_step.is_not(None),
                Assignment.in_progress_at.is_not(None),
                Assignment.state != AssignmentState.OPEN,
            ),
        )
        for id_ in stale.keys() - set(await session.scalars(begun)):
            occurrence = stale[id_]
            fresh = planned.get((occurrence.activity_key, occurrence.nominal_due))
            if fresh:
                occurrence.starts_on, occurrence.due_on = fresh.starts_on, fresh.due_on
            else:
                await session.execute(delete(Assignment).where(Assignment.occurrence_id == id_))
                await session.delete(occurrence)
    await session.flush()
    await assign(session, programme, today)


async def assign(session: Session, programme: Programme, today: date) -> None:
    """Give every occurrence to those whom the document names; call it whenever the staff has changed.

    A name goes to the member of staff of exactly that name; "Классные руководители" are all who lead a class,
    "Учителя-предметники" all teaching staff with a class. What whoever has left did not report is nobody's
    again (of a position it is dropped where others hold it). What was due before somebody came is theirs
    by name only: a new teacher does not owe last month's report.
    """
    query_staff = select(Staff.name, Staff.id).where(active(Staff, today))
    staff = dict((await session.execute(query_staff)).all())
    holders = await _positions(session, programme, today)
    live = db.live(today)
    occurrences = (await session.scalars(select(Occurrence).where(live).order_by(Occurrence.id))).all()
    query = select(Assignment).join(Occurrence, Occurrence.id == Assignment.occurrence_id).where(live)
    rows: dict[tuple[int, str], list[Assignment]] = {}
    for row in await session.scalars(query.order_by(Assignment.id)):
        rows.setdefault((row.occurrence_id, row.responsible), []).append(row)
    activities = {activity.key: activity for activity in programme.activities}
    for occurrence in occurrences:
        activity = activities.get(occurrence.activity_key)
        if activity is None:
            continue  # the programme no longer has it
        for name in activity.responsible:
            _assign_name(session, occurrence, name, rows.get((occurrence.id, name), []), staff)
        for position in activity.positions:
            have = rows.get((occurrence.id, position), [])
            if occurrence.due_on < today:
                _vacate(have, set(staff.values()))
            else:
                await _assign_position(session, occurrence, position, have, holders[position])
    await session.flush()


# The document's positions, told apart by how they begin: who leads a class, who teaches one.
_LEADING = "кл"


async def _positions(session: Session, programme: Programme, today: date) -> Mapping[str, frozenset[int]]:
    query = select(Staff.id, Staff.teaching, Teaching.leads).join(Teaching, Teaching.staff_id == Staff.id)
    rows = (await session.execute(query.where(active(Staff, today)))).all()
    leading = frozenset(id_ for id_, _, leads in rows if leads)
    teaching = frozenset(id_ for id_, teaching, _ in rows if teaching)
    return {
        position: leading if position.casefold().startswith(_LEADING) else teaching
        for position in programme.positions
    }


def _hand_over(row: Assignment, staff_id: int | None) -> None:
    if row.staff_id != staff_id:
        row.staff_id, row.last_step, row.in_progress_at = staff_id, None, None


def _vacate(rows: Iterable[Assignment], present: Collection[int]) -> None:
    for row in rows:
        if _open(row) and row.staff_id not in present:
            _hand_over(row, None)


def _open(row: Assignment) -> bool:
    return row.state in (AssignmentState.OPEN, AssignmentState.RETURNED)


def _assign_name(
    session: Session, occurrence: Occurrence, name: str, rows: list[Assignment], staff: Mapping[str, int]
) -> None:
    if not rows:
        session.add(_new(occurrence, name, staff.get(name)))
    present = set(staff.values())
    for row in rows:
        if _open(row) and row.staff_id not in present:
            _hand_over(row, staff.get(name))


async def _assign_position(
    session: Session, occurrence: Occurrence, position: str, rows: list[Assignment], holders: Collection[int]
) -> None:
    missing = sorted(set(holders) - {row.staff_id for row in rows})
    vacant = [row for row in rows if _open(row) and row.staff_id not in holders]
    for staff_id in missing:
        if vacant:
            _hand_over(vacant.pop(0), staff_id)
        else:
            session.add(_new(occurrence, position, staff_id))
    if not rows and not missing:
        session.add(_new(occurrence, position, None))
    for row in vacant:
        # One row says that nobody holds the position; a part with a report in it is never thrown away.
        if row.state == AssignmentState.OPEN and (holders or row is not vacant[0]):
            await session.delete(row)
        else:
            _hand_over(row, None)


def _new(occurrence: Occurrence, responsible: str, staff_id: int | None) -> Assignment:
    return Assignment(
        occurrence_id=occurrence.id,
        responsible=responsible,
        staff_id=staff_id,
        state=AssignmentState.OPEN,
    )


@dataclass(frozen=True)
class Unassigned:
    """A name or position of the document that reminders do not reach, and its activities.

    `on_staff`: there is such a person, without an account as yet.
    """

    name: str
    on_staff: bool
    activity_keys: tuple[str, ...]


async def unassigned(session: Session, today: date) -> list[Unassigned]:
    """Name whom reminders do not reach although something is theirs now or next."""
    where = db.matters(today) & UNFINISHED & Staff.person_id.is_(None)
    found: dict[tuple[str, bool], dict[str, None]] = {}
    for part in await db.parts(session, where):
        found.setdefault((part.name, part.staff_id is not None), {})[part.activity_key] = None
    return [Unassigned(name, on_staff, tuple(keys)) for (name, on_staff), keys in sorted(found.items())]
