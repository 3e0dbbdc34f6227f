"""Activities: occurrences, where they stand, and who has them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import delete, exists, or_, select, update

from bot.db import activities as db
from bot.db.access import Actor
from bot.db.accounts import Role, Staff
from bot.db.activities import (
    UNANSWERED,
    Assignment,
    AssignmentState,
    DateRequest,
    Handover,
    Occurrence,
    Part,
)
from bot.db.base import Session, active
from bot.db.roster import Teaching
from bot.features import audit
from bot.features.accounts import require
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
        """The due date; what single people have agreed with the director stands in their parts."""
        return self.parts[0].planned_on

    @property
    def unreached(self) -> bool:
        """Whether some unfinished part is nobody's who could be reminded of it."""
        return any(part.unfinished and part.person_id is None for part in self.parts)


def stages_of(parts: Iterable[Part], today: date) -> list[Stage]:
    """Put parts together by occurrence, in the order of the due dates."""
    ordered = sorted(parts, key=attrgetter("planned_on", "occurrence_id", "id"))
    groups = (list(own) for _, own in groupby(ordered, key=attrgetter("occurrence_id")))
    return [Stage(_state(group, today), group) for group in groups]


def _state(parts: Sequence[Part], today: date) -> OccurrenceState:
    # An occurrence is late as soon as somebody's part of it is, by the date that holds for them.
    due_on = min((part.due_on for part in parts if part.unfinished), default=parts[0].planned_on)
    return occurrence_state([part.state for part in parts], parts[0].starts_on, due_on, today)


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


async def top_up(
    session: Session, programme: Programme, calendar: Calendar, now: datetime, today: date
) -> None:
    """Generate the occurrences of the next 400 days and give them to those responsible.

    Only those that are not yet due: a bot that starts in the middle of a year does not begin with a flood of
    what was late before it came. Dates that the calendar has moved since are corrected, and occurrences that
    it no longer has are dropped, as long as nobody has been told of them or has decided about them.
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
        begun = select(Assignment.occurrence_id).where(Assignment.occurrence_id.in_(stale), _BEGUN)
        for id_ in stale.keys() - set(await session.scalars(begun)):
            occurrence = stale[id_]
            fresh = planned.get((occurrence.activity_key, occurrence.nominal_due))
            was, to = occurrence.due_on.isoformat(), fresh.due_on.isoformat() if fresh else None
            audit.record(session, None, now, "activity.rescheduled", f"occurrence:{id_}", was=was, to=to)
            if fresh:
                occurrence.starts_on, occurrence.due_on = fresh.starts_on, fresh.due_on
                occurrence.sequence += 1
            else:
                await session.execute(delete(Assignment).where(Assignment.occurrence_id == id_))
                await session.delete(occurrence)
    await session.flush()
    await assign(session, programme, now, today)


# Parts that somebody has been told of or has decided about.
_BEGUN = or_(
    Assignment.last_step.is_not(None),
    Assignment.in_progress_at.is_not(None),
    Assignment.state != AssignmentState.OPEN,
    Assignment.given_id.is_not(None),
    Assignment.refused_id.is_not(None),
    Assignment.moved_to.is_not(None),
    exists().where(DateRequest.assignment_id == Assignment.id),
)


async def assign(session: Session, programme: Programme, now: datetime, today: date) -> None:
    """Give every occurrence to those whom the document names, or whom the director has named since.

    Call it whenever the staff has changed. A name is the member of staff of exactly that name; "Классные
    руководители" are all who lead a class, "Учителя-предметники" all teaching staff with a class. What
    whoever has left did not report is nobody's again (of a position it is dropped where others hold it). What
    was due before somebody came is theirs by name only: a new teacher does not owe last month's report.
    """
    staff = (await session.execute(select(Staff.name, Staff.id).where(active(Staff, today)))).all()
    by_name, present = {row.name: row.id for row in staff}, {row.id for row in staff}
    holders = await _positions(session, programme, today)
    handovers = await _handovers(session, present)
    live = db.live(today)
    occurrences = (await session.scalars(select(Occurrence).where(live).order_by(Occurrence.id))).all()
    query = select(Assignment).join(Occurrence, Occurrence.id == Assignment.occurrence_id).where(live)
    rows: dict[tuple[int, str], list[Assignment]] = {}
    for row in await session.scalars(query.order_by(Assignment.id)):
        rows.setdefault((row.occurrence_id, row.responsible), []).append(row)
    activities = {activity.key: activity for activity in programme.activities}
    handed: dict[tuple[int | None, int | None], list[int]] = {}
    superfluous: list[Assignment] = []
    for occurrence in occurrences:
        activity = activities.get(occurrence.activity_key)
        if activity is None:
            continue  # the programme no longer has it
        for responsible in (*activity.responsible, *activity.positions):
            have, position = rows.get((occurrence.id, responsible), []), responsible in activity.positions
            new: list[Assignment] = []
            if not position:
                new = _name(occurrence, responsible, have, by_name, present)
            elif occurrence.due_on < today:
                _vacate(have, present)
            else:
                new, gone = _hold(occurrence, responsible, have, holders[responsible])
                superfluous += gone
            for row in (*have, *new):
                staff_id = _whose(row, occurrence, handovers, present, position=position)
                if row.id is None:
                    row.staff_id = staff_id
                elif _open(row) and row.staff_id != staff_id:
                    handed.setdefault((row.staff_id, staff_id), []).append(row.id)
                    row.staff_id, row.last_step, row.in_progress_at = staff_id, None, None
            session.add_all(new)
    for (was, to), ids in handed.items():
        subject = f"staff:{to or was}"
        audit.record(session, None, now, "activity.assigned", subject, was=was, to=to, assignments=ids)
    await _drop(session, now, superfluous)
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


# By activity, responsible and, of a position, who holds it.
_Handovers = Mapping[tuple[str, str, int | None], Sequence[Handover]]


async def _handovers(session: Session, present: Collection[int]) -> _Handovers:
    """What the director has given to others from some occurrence on, the latest word first."""
    found: dict[tuple[str, str, int | None], list[Handover]] = {}
    for each in await session.scalars(select(Handover).order_by(Handover.id.desc())):
        if each.staff_id in present:
            found.setdefault((each.activity_key, each.responsible, each.named_id), []).append(each)
    return found


def _open(row: Assignment) -> bool:
    return row.state in (AssignmentState.OPEN, AssignmentState.RETURNED)


def _whose(
    row: Assignment,
    occurrence: Occurrence,
    handovers: _Handovers,
    present: Collection[int],
    *,
    position: bool,
) -> int | None:
    """Who has a part: who was given it, or the activity, or whom the document names; nobody once refused."""
    if row.refused_id is not None:
        return None
    if row.given_id in present:
        return row.given_id
    key = (occurrence.activity_key, row.responsible, row.named_id if position else None)
    for handover in handovers.get(key, ()):
        if handover.since <= occurrence.nominal_due:
            return handover.staff_id
    return row.named_id if row.named_id in present else None


def _vacate(rows: Iterable[Assignment], present: Collection[int]) -> None:
    for row in rows:
        if _open(row) and row.named_id not in present:
            row.named_id = None


def _name(
    occurrence: Occurrence,
    name: str,
    rows: Sequence[Assignment],
    by_name: Mapping[str, int],
    present: Collection[int],
) -> list[Assignment]:
    for row in rows:
        if _open(row) and row.named_id not in present:
            row.named_id = by_name.get(name)
    return [] if rows else [_new(occurrence, name, by_name.get(name))]


def _hold(
    occurrence: Occurrence, position: str, rows: Sequence[Assignment], holders: Collection[int]
) -> tuple[list[Assignment], list[Assignment]]:
    """A part for each holder of a position: new ones, and those that are nobody's any more."""
    missing = sorted(set(holders) - {row.named_id for row in rows})
    vacant = [row for row in rows if _open(row) and row.named_id not in holders]
    new = []
    for staff_id in missing:
        if vacant:
            vacant.pop(0).named_id = staff_id
        else:
            new.append(_new(occurrence, position, staff_id))
    if not rows and not missing:
        new.append(_new(occurrence, position, None))
    for row in vacant:
        row.named_id = None
    # One row says that nobody holds the position.
    return new, vacant if holders else vacant[1:]


async def _drop(session: Session, now: datetime, superfluous: Sequence[Assignment]) -> None:
    """Parts of a position that are nobody's any more go, but for those that somebody has had to do with."""
    ids = [row.id for row in superfluous if row.state == AssignmentState.OPEN and row.given_id is None]
    if not ids:
        return
    await session.flush()
    kept = or_(
        Assignment.refused_id.is_not(None),
        Assignment.moved_to.is_not(None),
        Assignment.staff_id.is_not(None),
        exists().where(DateRequest.assignment_id == Assignment.id),
    )
    gone = delete(Assignment).where(Assignment.id.in_(ids), ~kept).returning(Assignment.id)
    if dropped := sorted((await session.execute(gone)).scalars()):
        audit.record(session, None, now, "activity.dropped", "school", assignments=dropped)


def _new(occurrence: Occurrence, responsible: str, named_id: int | None) -> Assignment:
    return Assignment(
        occurrence_id=occurrence.id,
        responsible=responsible,
        named_id=named_id,
        state=AssignmentState.OPEN,
    )


async def lapse(session: Session, actor: Actor, now: datetime, assignments: Collection[int]) -> None:
    """Requests for another date of these parts need no answer any more."""
    await session.execute(
        update(DateRequest)
        .where(DateRequest.assignment_id.in_(assignments), UNANSWERED)
        .values(decided_at=now, decided_by=actor.person_id)
    )


@dataclass(frozen=True)
class Unassigned:
    """A name or position of the document that reminders do not reach, and its activities.

    `on_staff`: there is such a person, without an account as yet, or they have said that it is not theirs
    (`refused`).
    """

    name: str
    on_staff: bool
    refused: bool
    activity_keys: tuple[str, ...]


async def unassigned(session: Session, today: date) -> list[Unassigned]:
    """Name whom reminders do not reach although something is theirs now or next."""
    found: dict[tuple[str, bool, bool], dict[str, None]] = {}
    for part in await db.nobodys(session, today):
        on_staff = part.staff_id is not None or part.named_id is not None
        key = (part.name, on_staff, part.refused_id is not None)
        found.setdefault(key, {})[part.activity_key] = None
    return [Unassigned(*key, tuple(keys)) for key, keys in sorted(found.items())]


async def nobodys(session: Session, actor: Actor, today: date) -> list[Part]:
    """The parts that reminders do not reach, now or next, by due date: for an admin."""
    require(actor, Role.ADMIN)
    return await db.nobodys(session, today)
