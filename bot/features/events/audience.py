"""Whom an event is for, in as few words as possible: the school, levels, classes."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from bot.db import events as db
from bot.db import roster
from bot.db.base import Session
from bot.db.roster import SchoolClass
from bot.programme.calendar import LEVELS


class Audience(NamedTuple):
    """Classes, told briefly: all of them, whole levels, and the names of the rest."""

    whole: bool = False
    levels: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As the arguments of a message keep it."""
        return self._asdict()


def describe(chosen: Collection[int], classes: Sequence[SchoolClass]) -> Audience:
    """Tell the chosen classes (ids) briefly, among all classes of the school in their order."""
    if chosen and all(c.id in chosen for c in classes):
        return Audience(whole=True)
    levels, names = [], []
    for level, grades in LEVELS.items():
        of_level = [c for c in classes if c.grade in grades]
        picked = [c.name for c in of_level if c.id in chosen]
        if len(picked) > 1 and len(picked) == len(of_level):
            levels.append(level)
        else:
            names += picked
    return Audience(False, tuple(levels), tuple(names))


async def audiences(session: Session, event_ids: Collection[int]) -> dict[int, Audience]:
    """Whom each event is for: two queries."""
    chosen = await db.classes_by_event(session, event_ids)
    classes = await roster.classes(session, SchoolClass.id > 0)
    return {event_id: describe(chosen.get(event_id, ()), classes) for event_id in event_ids}
