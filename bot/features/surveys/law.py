"""What may be told of an anonymous survey: the law of small groups, as pure functions.

Answers are parted into atoms: a class, the rest of a level, or the rest of the school. Whatever is shown is a
sum of atoms, so whoever adds and subtracts what is shown comes to sums of atoms and to nothing smaller. Every
atom has at least the minimum of answers, and not all of them alike: of no smaller group can the answers be
told. docs/decisions/0010 says why.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.db.surveys import Label

# A class: its level and its name.
Class = tuple[str, str]
NOWHERE: Label = (None, None)


@dataclass(frozen=True)
class Tally:
    """How many answered, and how often each score was given (of a many-of question the sum is more)."""

    size: int = 0
    counts: Counter[int] = field(default_factory=Counter)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.size + other.size, self.counts + other.counts)


def may_be_told(tally: Tally, minimum: int) -> bool:
    """Whether a group can be told apart: nobody, or enough who do not all say the same."""
    mixed = any(0 < count < tally.size for count in tally.counts.values())
    return not tally.size or (tally.size >= minimum and mixed)


def labels(classes: Mapping[Class, Tally], nowhere: Tally, minimum: int) -> dict[Class, Label]:
    """What may be told of where the answers of each class come from; `nowhere`: those of no known class.

    (level, class), (level, None) for the rest of a level, (None, class) where the level as a whole must not
    be told, (None, None) for the rest of the school.
    """
    own = {each for each, tally in classes.items() if may_be_told(tally, minimum)}
    levels = {level for level, _ in classes}
    complete = set(levels)

    def rest(level: str) -> list[Class]:
        return [each for each in classes if each[0] == level and each not in own]

    def total(of: Iterable[Class]) -> Tally:
        return sum((classes[each] for each in of), Tally())

    def smallest(of: Iterable[Class]) -> Class | None:
        return min(of, key=lambda each: (classes[each].size, each), default=None)

    for level in sorted(levels):
        while not may_be_told(total(rest(level)), minimum):
            joins = smallest(each for each in own if each[0] == level)
            if joins is None:
                complete.discard(level)
                break
            own.discard(joins)

    def of_the_school() -> Tally:
        return nowhere + total(each for level in levels - complete for each in rest(level))

    while not may_be_told(of_the_school(), minimum):
        # First the rest of a level, then a class: the smallest, with the rest of its level.
        rests = [level for level in complete if rest(level)]
        if rests:
            complete.discard(min(rests, key=lambda level: (total(rest(level)).size, level)))
            continue
        joins = smallest(own)
        if joins is None:
            break  # the whole school is one group
        own.discard(joins)
        complete.discard(joins[0])

    return {
        each: (each[0] if each[0] in complete else None, each[1] if each in own else None) for each in classes
    }
