"""The shapes that computed values come in: a share, a count, presence; each can be unfolded to its rows."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Function, Integer, Select, cast, distinct, func, null, select
from sqlalchemy.orm import aliased

from bot.config import Settings
from bot.db.accounts import Staff
from bot.db.base import Session
from bot.db.documents import Document
from bot.db.events import Event
from bot.db.risk.routes import LearningRoute, RouteVersion
from bot.db.risk.support import MentoringPair
from bot.db.roster import Guardian, Pupil, SchoolClass
from bot.programme.calendar import midnight, school_year
from bot.programme.model import Programme

LESSON_DAYS = 30
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """The day that a value is for. What has come in by its end (school time) counts, nothing later."""

    on: date
    settings: Settings
    programme: Programme

    def since(self, first: date) -> datetime:
        """The first moment of a day."""
        return midnight(first, self.settings.school.zone)

    @property
    def school_year(self) -> date:
        """The first day of its school year."""
        return school_year(self.on)[0]

    @property
    def until(self) -> datetime:
        """The first moment after the day."""
        return self.since(self.on + _DAY)

    @cached_property
    def values(self) -> dict[str, Any]:
        """What a question about it is asked with, by the names in bot/db/indicators.py."""
        last_year_end, calendar_year = self.school_year - _DAY, date(self.on.year, 1, 1)
        wanted = self.settings.indicators
        return {
            "on": self.on,
            "until": self.until,
            "school_year": self.school_year,
            "school_year_since": self.since(self.school_year),
            "last_year": school_year(last_year_end)[0],
            "last_year_end": last_year_end,
            "calendar_year": calendar_year,
            "calendar_year_since": self.since(calendar_year),
            "lessons_from": self.on - (LESSON_DAYS - 1) * _DAY,
            "notes_since": self.since(self.on - (wanted.feedback_days - 1) * _DAY),
            "notes_wanted": wanted.feedback_notes,
            "local_acts": "".join(f";{act.key};" for act in self.programme.local_acts),
        }


@dataclass(frozen=True)
class Evidence:
    """A computed value and the numbers that it is made of; no value of an empty denominator.

    `beside` is a number that is told beside it and does not count; `parts` are those that the value is the
    least of.
    """

    value: float | None
    numerator: int | None = None
    denominator: int | None = None
    beside: float | None = None
    parts: Mapping[str, int] = field(default_factory=dict)


def share(numerator: int, denominator: int, beside: float | None = None) -> Evidence:
    """A share in per cent; unknown where there is nothing to have a share of."""
    value = 100 * numerator / denominator if denominator else None
    return Evidence(value, numerator, denominator, beside)


@dataclass(frozen=True)
class Item:
    """Who or what stands behind a value: a name, with its number or day where that says more.

    `outside` is what of it may leave the school in a report: the name of a member of staff or of a thing, of
    a child and their family the class alone, "" nothing but that there is one.
    """

    id: int
    name: str
    number: int | None = None
    on: date | None = None
    outside: str = ""


@dataclass(frozen=True)
class Why:
    """The rows behind a value: those that count, and those that are missing."""

    counted: Sequence[Item] = ()
    missing: Sequence[Item] = ()


class Source(ABC):
    """Where a value is computed from; a constant number of queries however much there is."""

    # Whether it may be said who and what is behind it.
    unfolds = True

    @abstractmethod
    async def evidence(self, session: Session, day: Day) -> Evidence:
        """The value and its numbers."""

    @abstractmethod
    async def why(self, session: Session, day: Day) -> Why:
        """The names and records behind them."""


# --- what can be counted ---------------------------------------------------------------------------------

Counting = Select[*tuple[Any, ...]]
Condition = ColumnElement[bool]
_NOTHING = cast(null(), Integer)


def numbers(*columns: ColumnElement[int]) -> Counting:
    """A question that is answered by a row of three numbers; what is not there of them is empty."""
    return select(*columns, *[_NOTHING] * (3 - len(columns)))


class Counted(Source):
    """What three numbers tell: so all that is counted can be asked at once (bot/features/indicators/sources).

    Questions are built once and asked with the values of a day: building one costs more than asking it.
    """

    @property
    @abstractmethod
    def counting(self) -> Counting:
        """The question."""

    @abstractmethod
    def made_of(self, day: Day, first: Any, second: Any, third: Any) -> Evidence:
        """The value that the numbers make."""

    async def evidence(self, session: Session, day: Day) -> Evidence:
        """One query, however many rows."""
        return self.made_of(day, *(await session.execute(self.counting, day.values)).one())


@dataclass(frozen=True, eq=False)
class Subject:
    """What is counted: listed by which query (its key first), the rows named how, counted how."""

    listing: Select[*tuple[Any, ...]]
    name: Callable[..., Item]
    number: Function[int] = field(default_factory=func.count)

    def item(self, day: Day, row: Sequence[Any]) -> Item:
        """A row of the listing by its name, its moment as a day of the school."""
        item = self.name(*row)
        if isinstance(item.on, datetime):
            return replace(item, on=item.on.astimezone(day.settings.school.zone).date())
        return item


def _staff(id_: int, name: str) -> Item:
    return Item(id_, name, outside=name)


def _pupil(id_: int, surname: str, first_name: str, grade: int, letter: str) -> Item:
    return Item(id_, f"{surname} {first_name}, {grade}{letter}", outside=f"{grade}{letter}")


def _guardian(id_: int, name: str, relation: str, *pupil: Any) -> Item:
    child = _pupil(id_, *pupil)
    return replace(child, name=f"{child.name}: {name or relation}")


def _pair(id_: int, mentor: str | None, surname: str | None, first_name: str | None, *pupil: Any) -> Item:
    child = _pupil(id_, *pupil)
    return replace(child, name=f"{mentor or f'{surname} {first_name}'} → {child.name}")


PUPIL = (Pupil.surname, Pupil.first_name, SchoolClass.grade, SchoolClass.letter)
BY_CLASS = (SchoolClass.grade, SchoolClass.letter, Pupil.surname, Pupil.first_name, Pupil.id)
_mentor = aliased(Pupil)

STAFF = Subject(select(Staff.id, Staff.name).order_by(Staff.name, Staff.id), _staff)
PUPILS = Subject(
    select(Pupil.id, *PUPIL).join(SchoolClass, SchoolClass.id == Pupil.class_id).order_by(*BY_CLASS),
    _pupil,
)
# G of the indicators: who has come counts once however many children they have here.
_GUARDIAN = func.coalesce(Guardian.person_id, -Guardian.id)
GUARDIANS = Subject(
    select(_GUARDIAN, Guardian.name, Guardian.relation, *PUPIL)
    .join(Pupil, Pupil.id == Guardian.pupil_id)
    .join(SchoolClass, SchoolClass.id == Pupil.class_id)
    .order_by(*BY_CLASS, Guardian.id),
    _guardian,
    func.count(distinct(_GUARDIAN)),
)
ROUTES = Subject(
    select(RouteVersion.id, *PUPIL)
    .join(LearningRoute, LearningRoute.id == RouteVersion.route_id)
    .join(Pupil, Pupil.id == LearningRoute.pupil_id)
    .join(SchoolClass, SchoolClass.id == Pupil.class_id)
    .order_by(*BY_CLASS),
    _pupil,
)
PAIRS = Subject(
    select(MentoringPair.id, Staff.name, _mentor.surname, _mentor.first_name, *PUPIL)
    .outerjoin(_mentor, _mentor.id == MentoringPair.mentor_id)
    # A pair of two pupils may have a teacher who helps: the mentor is the pupil.
    .outerjoin(Staff, (Staff.id == MentoringPair.staff_id) & MentoringPair.mentor_id.is_(None))
    .join(Pupil, Pupil.id == MentoringPair.pupil_id)
    .join(SchoolClass, SchoolClass.id == Pupil.class_id)
    .order_by(*BY_CLASS),
    _pair,
)


def _document(id_: int, title: str, number: str, on: date) -> Item:
    named = f"{title} № {number}" if number else title
    return Item(id_, named, on=on, outside=named)


DOCUMENTS = Subject(
    select(Document.id, Document.title, Document.number, Document.on_date).order_by(
        Document.on_date, Document.id
    ),
    _document,
)


def _event(id_: int, title: str, starts_at: datetime) -> Item:
    """An event by its title and day."""
    return Item(id_, title, on=starts_at, outside=title)


EVENTS = Subject(select(Event.id, Event.title, Event.starts_at).order_by(Event.starts_at, Event.id), _event)


@dataclass(frozen=True, eq=False)
class Share(Counted):
    """Those `within` that `has` is true of, of all of them, in per cent; `beside` is another number.

    A guardian of two children counts as one, and is counted where it is true at one of them.
    """

    of: Subject
    within: Condition
    has: Condition
    beside: ColumnElement[int] = _NOTHING

    @cached_property
    def counting(self) -> Counting:
        """All, those, and what is beside them."""
        number = self.of.number
        return numbers(number, number.filter(self.has), self.beside).where(self.within)

    def made_of(self, day: Day, first: int, second: int, third: int | None) -> Evidence:
        """The share."""
        return share(second, first, third)

    async def why(self, session: Session, day: Day) -> Why:
        """One query."""
        query = self.of.listing.add_columns(self.has).where(self.within)
        rows = (await session.execute(query, day.values)).all()
        counted = {row[0] for row in rows if row[-1]}
        items = {row[0]: self.of.item(day, row[:-1]) for row in rows}
        return Why(
            [item for key, item in items.items() if key in counted],
            [item for key, item in items.items() if key not in counted],
        )


@dataclass(frozen=True, eq=False)
class Count(Counted):
    """How many there are within."""

    of: Subject
    within: Condition

    @cached_property
    def counting(self) -> Counting:
        """Their number."""
        return numbers(self.of.number).where(self.within)

    def made_of(self, day: Day, first: int, second: None, third: None) -> Evidence:
        """It is the value."""
        return Evidence(first)

    async def why(self, session: Session, day: Day) -> Why:
        """One query."""
        rows = await session.execute(self.of.listing.where(self.within), day.values)
        return Why([self.of.item(day, row) for row in rows])


class Presence(Count):
    """Whether there is at least one."""

    def made_of(self, day: Day, first: int, second: None, third: None) -> Evidence:
        """1 or 0, and how many there are beside it."""
        return Evidence(float(first > 0), beside=first)
