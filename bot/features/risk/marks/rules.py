"""What a pupil's marks tell: pure rules, exact in hundredths of a mark. Each finding is made of its numbers.

Three findings, all within one school year:
- a gap: over the subjects that have both, the mean of the subjects' current means and the mean of their
  external means differ by half a mark or more (indicator 2.2 counts the same pupils);
- a fall: in a subject the mean of current marks of its last quarter is lower by half a mark or more than
  that of the quarter with marks before it;
- a two: in a subject's last quarter a current mark of 2 (below 2.5) stands where no earlier quarter had one.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import Any, NamedTuple

from bot.db.risk.marks import Quarter, SubjectMarks

# In hundredths of a mark.
GAP = 50
FALL = 50
FAILING = 250


class FactKind(StrEnum):
    """What marks can tell."""

    GAP = "gap"
    FALL = "fall"
    TWO = "two"


class Fact(NamedTuple):
    """A finding as it is remembered: `step` counts its size in whole halves of a mark.

    A decision holds for the same fact, also when the numbers move a little; not for one a step worse.
    """

    kind: FactKind
    subject: str
    period: str
    step: int


@dataclass(frozen=True)
class SubjectGap:
    """A subject's means in hundredths, rounded for reading."""

    subject: str
    current: int
    external: int


@dataclass(frozen=True)
class Gap:
    """How far current and external means are apart (in hundredths, rounded), with the subjects behind it."""

    current: int
    external: int
    differs: bool
    step: int
    subjects: tuple[SubjectGap, ...]


@dataclass(frozen=True)
class Fall:
    """A subject's mean in one quarter and in a later one."""

    subject: str
    before_quarter: int
    before: int
    quarter: int
    after: int
    step: int


@dataclass(frozen=True)
class Two:
    """A subject in which a two has newly appeared, and the lowest mark."""

    subject: str
    quarter: int
    lowest: int


@dataclass(frozen=True)
class Findings:
    """All that a pupil's marks of one school year (named by its first year) tell."""

    year: int
    gap: Gap | None
    falls: tuple[Fall, ...]
    twos: tuple[Two, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The findings as they are remembered."""
        gap = [Fact(FactKind.GAP, "", str(self.year), self.gap.step)] if self.gap else []
        falls = [Fact(FactKind.FALL, f.subject, f"{self.year}-{f.quarter}", f.step) for f in self.falls]
        twos = [Fact(FactKind.TWO, two.subject, f"{self.year}-{two.quarter}", 1) for two in self.twos]
        return (*gap, *falls, *twos)


def gap_of(marks: Iterable[SubjectMarks]) -> Gap | None:
    """A pupil's gap, however small; None for a pupil who is not assessed: no subject has both kinds of marks.

    `marks` are one pupil's, ordered by subject.
    """
    pairs: list[tuple[str, Fraction, Fraction]] = []
    for subject, group in groupby(marks, key=lambda each: each.subject):
        rows = list(group)
        current, external = sum(r.current_count for r in rows), sum(r.external_count for r in rows)
        if current and external:
            pairs.append(
                (
                    subject,
                    Fraction(sum(r.current_sum for r in rows), current),
                    Fraction(sum(r.external_sum for r in rows), external),
                )
            )
    if not pairs:
        return None
    mean_current = sum((pair[1] for pair in pairs), Fraction()) / len(pairs)
    mean_external = sum((pair[2] for pair in pairs), Fraction()) / len(pairs)
    distance = abs(mean_current - mean_external)
    return Gap(
        round(mean_current),
        round(mean_external),
        distance >= GAP,
        int(distance // GAP),
        tuple(SubjectGap(subject, round(current), round(external)) for subject, current, external in pairs),
    )


def _falls(quarters: Iterable[Quarter]) -> Iterable[Fall | Two]:
    for subject, group in groupby(quarters, key=lambda quarter: quarter.subject):
        rows = [row for row in group if row.current_count]
        if not rows:
            continue
        *earlier, last = rows
        if earlier:
            before = Fraction(earlier[-1].current_sum, earlier[-1].current_count)
            after = Fraction(last.current_sum, last.current_count)
            if before - after >= FALL:
                step = int((before - after) // FALL)
                yield Fall(subject, earlier[-1].quarter, round(before), last.quarter, round(after), step)
        if last.lowest < FAILING and all(row.lowest >= FAILING for row in earlier):
            yield Two(subject, last.quarter, last.lowest)


def findings(year: int, quarters: Sequence[Quarter]) -> Findings:
    """What one pupil's marks of a school year tell; `quarters` ordered by subject and quarter."""
    gap = gap_of(quarters)
    found = list(_falls(quarters))
    return Findings(
        year,
        gap if gap and gap.differs else None,
        tuple(each for each in found if isinstance(each, Fall)),
        tuple(each for each in found if isinstance(each, Two)),
    )


def news(found: Findings, decided: Collection[Sequence[Any]]) -> bool:
    """Whether anything is found that nobody has decided about: another fact, or one a step worse.

    `decided` are facts as they were kept.
    """
    known: dict[tuple[Any, ...], int] = {}
    for *what, step in decided:
        known[tuple(what)] = max(step, known.get(tuple(what), 0))
    return any(step > known.get(tuple(what), 0) for *what, step in found.facts)
