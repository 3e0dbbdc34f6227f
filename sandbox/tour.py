"""The guided tour: what somebody of a role tries, checked off by what really happens in the chats.

What there is to try is known to the bot's side and comes in a file (TOML):

    [[tours]]
    name = { ru = "...", en = "..." }
    group = "teachers"      # whose doing counts; a step may name another
    person = 104            # whose phone the page offers; a step may name another
    [[tours.steps]]
    title = { ru = "...", en = "..." }
    hint = { ru = "...", en = "..." }
    when = ["says:/note", "press:nc:*"]  # any of: a text, a button's data, clock:
"""

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

Words = dict[str, str]


@dataclass
class Step:
    """One thing to try."""

    title: Words
    hint: Words
    group: str
    person: int
    when: list[str]
    done: bool = False


@dataclass(frozen=True)
class Tour:
    """The steps of a role."""

    name: Words
    steps: list[Step]


class Tours:
    """All tours, and how far they have come."""

    def __init__(self, file: Path | None = None) -> None:
        told = tomllib.loads(file.read_text(encoding="utf-8"))["tours"] if file else []
        self.all = [_tour(**tour) for tour in told]

    def happened(self, what: str, group: str | None = None) -> None:
        """Somebody of a group did this; None: it was done to the world."""
        for step in (step for tour in self.all for step in tour.steps):
            if group in (None, step.group) and any(fnmatchcase(what, pattern) for pattern in step.when):
                step.done = True

    def begin(self) -> None:
        """Nothing is done yet."""
        for tour in self.all:
            for step in tour.steps:
                step.done = False

    def state(self) -> list[dict[str, Any]]:
        """What the page shows."""
        shown = ("title", "hint", "person", "done")
        return [
            {"name": tour.name, "steps": [{one: getattr(step, one) for one in shown} for step in tour.steps]}
            for tour in self.all
        ]


def _tour(name: Words, group: str, person: int, steps: list[dict[str, Any]]) -> Tour:
    return Tour(name, [Step(**{"group": group, "person": person, **step}) for step in steps])
