"""The shapes that computed values come in: a share, a count, presence; each can be unfolded to its rows."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

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
    def until(self) -> datetime:
        """The first moment after the day."""
        return self.since(self.on + timedelta(days=1))

    @property
    def school_year(self) -> date:
        """The first day of its school year."""
        return school_year(self.on)[0]

    @property
    def calendar_year(self) -> date:
        """The first day of its calendar year."""
        return date(self.on.year, 1, 1)


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

Condition = Callable[[Day], ColumnElement[bool]]


@dataclass(frozen=True)
class Subject:
    """What is counted: by which key, listed by which query, its rows named how."""

    key: ColumnElement[Any] | InstrumentedAttribute[Any]
    listing: Select[*tuple[Any, ...]]
    name: Callable[..., Item]

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

STAFF = Subject(Staff.id, select(Staff.id, Staff.name).order_by(Staff.name, Staff.id), _staff)
PUPILS = Subject(
    Pupil.id,
    select(Pupil.id, *PUPIL).join(SchoolClass, SchoolClass.id == Pupil.class_id).order_by(*BY_CLASS),
    _pupil,
)
# G of the indicators: who has come counts once however many children they have here.
GUARDIANS = Subject(
    func.coalesce(Guardian.person_id, -Guardian.id),
    select(func.coalesce(Guardian.person_id, -Guardian.id), Guardian.name, Guardian.relation, *PUPIL)
    .join(Pupil, Pupil.id == Guardian.pupil_id)
    .join(SchoolClass, SchoolClass.id == Pupil.class_id)
    .order_by(*BY_CLASS, Guardian.id),
    _guardian,
)
ROUTES = Subject(
    RouteVersion.id,
    select(RouteVersion.id, *PUPIL)
    .join(LearningRoute, LearningRoute.id == RouteVersion.route_id)
    .join(Pupil, Pupil.id == LearningRoute.pupil_id)
    .join(SchoolClass, SchoolClass.id == Pupil.class_id)
    .order_by(*BY_CLASS),
    _pupil,
)
PAIRS = Subject(
    MentoringPair.id,
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
    Document.id,
    select(Document.id, Document.title, Document.number, Document.on_date).order_by(
        Document.on_date, Document.id
    ),
    _document,
)


def _event(id_: int, title: str, starts_at: datetime) -> Item:
    """An event by its title and day."""
    return Item(id_, title, on=starts_at, outside=title)


EVENTS = Subject(
    Event.id, select(Event.id, Event.title, Event.starts_at).order_by(Event.starts_at, Event.id), _event
)


# What was built for a day (of a zone) is kept: building a query costs more than asking it.
Statements = dict[tuple[date, str], Select[*tuple[Any, ...]]]
KEPT = 32


def built(
    kept: Statements, day: Day, build: Callable[[Day], Select[*tuple[Any, ...]]]
) -> Select[*tuple[Any, ...]]:
    """The query for a day, built once; conditions depend on the day and its zone alone."""
    key = day.on, day.settings.school.timezone
    if key not in kept:
        if len(kept) >= KEPT:
            kept.clear()
        kept[key] = build(day)
    return kept[key]


@dataclass(frozen=True)
class Share(Source):
    """Those `within` that `has` is true of, of all of them, in per cent; `beside`: of how many that is true.

    A guardian of two children counts as one, and is counted where it is true at one of them.
    """

    of: Subject
    within: Condition
    has: Condition
    beside: Condition | None = None
    _built: Statements = field(default_factory=dict, compare=False, repr=False)

    async def evidence(self, session: Session, day: Day) -> Evidence:
        """One query, however many rows."""
        query = built(self._built, day, self._counting)
        total, counted, *beside = (await session.execute(query)).one()
        return share(counted, total, *beside)

    def _counting(self, day: Day) -> Select[*tuple[Any, ...]]:
        number = func.count(distinct(self.of.key))
        columns = [number, number.filter(self.has(day))]
        if self.beside:
            columns.append(number.filter(self.beside(day)))
        return select(*columns).where(self.within(day))

    async def why(self, session: Session, day: Day) -> Why:
        """One query."""
        query = self.of.listing.add_columns(self.has(day)).where(self.within(day))
        rows = (await session.execute(query)).all()
        counted = {row[0] for row in rows if row[-1]}
        items = {row[0]: self.of.item(day, row[:-1]) for row in rows}
        return Why(
            [item for key, item in items.items() if key in counted],
            [item for key, item in items.items() if key not in counted],
        )


@dataclass(frozen=True)
class Count(Source):
    """How many there are within."""

    of: Subject
    within: Condition
    _built: Statements = field(default_factory=dict, compare=False, repr=False)

    async def evidence(self, session: Session, day: Day) -> Evidence:
        """One query."""
        return Evidence(await session.scalar(built(self._built, day, self._counting)) or 0)

    def _counting(self, day: Day) -> Select[*tuple[Any, ...]]:
        return select(func.count(distinct(self.of.key))).where(self.within(day))

    async def why(self, session: Session, day: Day) -> Why:
        """One query."""
        rows = await session.execute(self.of.listing.where(self.within(day)))
        return Why([self.of.item(day, row) for row in rows])


@dataclass(frozen=True)
class Presence(Count):
    """Whether there is at least one."""

    async def evidence(self, session: Session, day: Day) -> Evidence:
        """1 or 0, and how many there are beside it."""
        number = (await super().evidence(session, day)).value or 0
        return Evidence(float(number > 0), beside=number)
