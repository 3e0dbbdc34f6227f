"""Activities: where an occurrence stands, for everything that deals with it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Any

from bot.config import Settings
from bot.db.activities import AssignmentState, Part
from bot.features.outbox import after_quiet_hours
from bot.programme.model import Programme


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
    def unassigned(self) -> bool:
        """Whether some unfinished part is nobody's."""
        return any(part.unfinished and part.staff_id is None for part in self.parts)


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


def not_at_night(now: datetime, settings: Settings) -> datetime:
    """The first moment from now on outside the quiet hours (school time)."""
    quiet = settings.delivery
    return after_quiet_hours(now, settings.school.zone, quiet.quiet_from, quiet.quiet_to)
