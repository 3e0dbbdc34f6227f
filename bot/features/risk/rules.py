"""What signals mean: factors with their thresholds, and the tier that follows. Pure; a person decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from bot.db.outbox import File
from bot.db.risk.register import Absences, Behaviour, RiskReview
from bot.db.risk.routes import RouteVersion
from bot.errors import AppError

# Shares of lessons missed, in per cent, from which absences weigh one point and two.
ABSENCES_SOME, ABSENCES_MANY = 5, 10
# Courses that fail from which they weigh two points.
COURSES_MANY = 2


class Level(StrEnum):
    """How much one factor, or all of them together, ask for support."""

    NONE = "none"
    SOME = "some"
    HIGH = "high"


LEVELS = (Level.NONE, Level.SOME, Level.HIGH)


@dataclass(frozen=True)
class Signals:
    """What is known of a pupil. None (marks: `marks_seen` unset) means that nobody said."""

    absences: Absences | None = None
    percent: int | None = None
    behaviour: Behaviour | None = None
    marks_seen: bool = False
    failing: tuple[str, ...] = ()
    text: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing at all was said."""
        known = (self.absences, self.behaviour, self.marks_seen or None, self.text or None)
        return all(value is None for value in known)


def signals_of(review: RiskReview) -> Signals:
    """The signals of a review."""
    return Signals(
        review.absences,
        review.percent,
        review.behaviour,
        review.marks_seen,
        tuple(review.failing),
        review.text,
    )


def check_percent(percent: float) -> int:
    """A share of lessons missed. Raises AppError for what is none, and for what is no whole number.

    Cut or rounded it might fall into another band.
    """
    if not 0 <= percent <= 100:
        raise AppError("error-risk-percent")
    if percent != int(percent):
        raise AppError("error-risk-percent-whole")
    return int(percent)


def absences_of(percent: int) -> Absences:
    """The band of an exact share of lessons missed, in per cent."""
    if percent >= ABSENCES_MANY:
        return Absences.MANY
    return Absences.SOME if percent >= ABSENCES_SOME else Absences.FEW


@dataclass(frozen=True)
class Factors:
    """The level of each factor; None where nothing is known of it."""

    attendance: Level | None
    behaviour: Level | None
    courses: Level | None

    @property
    def known(self) -> tuple[Level, ...]:
        """The levels of the factors that something is known of."""
        return tuple(level for level in (self.attendance, self.behaviour, self.courses) if level)

    @property
    def tier(self) -> Level | None:
        """All together: high by one strong factor or three weak ones; None where nothing is known."""
        if not self.known:
            return None
        if Level.HIGH in self.known or self.known.count(Level.SOME) == 3:
            return Level.HIGH
        return Level.SOME if Level.SOME in self.known else Level.NONE


def weigh(signals: Signals) -> Factors:
    """Weigh each factor by its own threshold: 5 and 10 % of lessons, remarks, one course and two."""
    courses = None
    if signals.marks_seen:
        courses = LEVELS[min(len(signals.failing), COURSES_MANY)]
    return Factors(
        attendance=LEVELS[tuple(Absences).index(signals.absences)] if signals.absences else None,
        behaviour=LEVELS[tuple(Behaviour).index(signals.behaviour)] if signals.behaviour else None,
        courses=courses,
    )


@dataclass(frozen=True)
class Changes:
    """What differs between two versions of a route; a pair is (was, became), None: unchanged."""

    goal: tuple[str, str] | None = None
    taken_out: tuple[str, ...] = ()
    put_in: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], tuple[str, str]] | None = None
    champion: tuple[str, str] | None = None
    file: bool = False

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return any((self.goal, self.taken_out, self.put_in, self.dates, self.champion, self.file))


def compare(old: RouteVersion, new: RouteVersion, champions: tuple[str, str]) -> Changes:
    """What a guardian who knew `old` has to know about `new`; `champions` are their names, old and new.

    Dates are ISO days. A measure that only moved is no change.
    """
    taken_out, put_in = _lines(old.measures, new.measures)
    dates = [(v.starts_on.isoformat(), v.ends_on.isoformat()) for v in (old, new)]
    return Changes(
        goal=(old.goal, new.goal) if old.goal != new.goal else None,
        taken_out=taken_out,
        put_in=put_in,
        dates=(dates[0], dates[1]) if dates[0] != dates[1] else None,
        champion=champions if old.champion_id != new.champion_id else None,
        file=_id(old.file) != _id(new.file),
    )


def _id(file: Sequence[str]) -> str:
    return File(*file).file_id if file else ""


def _lines(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    taken_out: list[str] = []
    put_in: list[str] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            taken_out += old[i1:i2]
            put_in += new[j1:j2]
    moved = set(taken_out) & set(put_in)
    return tuple(x for x in taken_out if x not in moved), tuple(x for x in put_in if x not in moved)
