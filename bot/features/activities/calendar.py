"""What is due when, for the calendar of a phone: one's own, or everybody's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from bot.db import activities as db
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.activities import DUE, UNFINISHED, Assignment, Part
from bot.db.base import Session
from bot.features.accounts import require


@dataclass(frozen=True)
class Day:
    """What is due on a day, and whose it is. A calendar takes over the copy with the highest `sequence`.

    `cancelled`: nothing of it is due on that day any more.
    """

    uid: str
    sequence: int
    activity_key: str
    due_on: date
    names: tuple[str, ...] = ()
    cancelled: bool = False


async def own(session: Session, actor: Actor, today: date) -> list[Day]:
    """The actor's own parts: those to come, and what is not done."""
    require(actor, Role.RESPONSIBLE)
    mine = Assignment.staff_id == actor.staff_id
    return [_moved(part) for part in await db.parts(session, mine & (UNFINISHED | (today <= DUE)))]


async def everybodys(session: Session, actor: Actor, today: date) -> list[Day]:
    """Every occurrence with whose it is, for an admin; a part with a date of its own stands on that date."""
    require(actor, Role.ADMIN)
    found = await db.parts(session, db.live(today))
    parts = sorted(found, key=attrgetter("planned_on", "occurrence_id", "id"))
    groups = (list(group) for _, group in groupby(parts, key=attrgetter("occurrence_id")))
    return [day for group in groups for day in _of_occurrence(group)]


def _moved(part: Part) -> Day:
    sequence = part.occurrence_sequence + part.sequence
    return Day(f"{part.uid}-{part.id}", sequence, part.activity_key, part.due_on, (part.name,))


def _of_occurrence(parts: Sequence[Part]) -> list[Day]:
    moved = [part for part in parts if part.sequence]
    rest = [part for part in parts if not part.sequence]
    first = parts[0]
    whole = Day(
        first.uid,
        first.occurrence_sequence + len(moved),
        first.activity_key,
        first.planned_on,
        tuple(part.name for part in rest),
        cancelled=not rest,
    )
    return [whole, *map(_moved, moved)]
