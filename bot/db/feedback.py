"""Guardians' letters to the school: tickets and what was written in them.

Who wrote an anonymous one stands nowhere here: no key, no order and no time leads from it to a person. So
numbers are drawn at random, the tables have no row numbers, and of an anonymous ticket only days are kept.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    String,
    bindparam,
    func,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from bot.db.accounts import Person, Role, Staff, StaffRole
from bot.db.base import Base, Session, active, enum_column
from bot.db.prepared import Prepared
from bot.db.roster import Guardian, Pupil, SchoolClass


class Topic(StrEnum):
    """What a letter is."""

    QUESTION = "question"
    SUGGESTION = "suggestion"
    COMPLAINT = "complaint"
    PRAISE = "praise"


class About(StrEnum):
    """What a praise is about; indicator 4.4 counts those about equipment that may be quoted."""

    TEACHING = "teaching"
    EQUIPMENT = "equipment"
    OTHER = "other"


class EntryKind(StrEnum):
    """What happened in a ticket: somebody wrote, closed it, passed it on."""

    WORDS = "words"
    CLOSED = "closed"
    PASSED = "passed"


class Ticket(Base):
    """A letter and what becomes of it.

    A named author is `person_id`; an anonymous one only the `mark` (see features/feedback), which leads to
    nobody without a key that is not in the database. Both are empty once the author has left.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        Index("ix_tickets_waiting", "waiting_on", "staff_id"),
        {"sqlite_with_rowid": False},
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    topic: Mapped[Topic] = mapped_column(enum_column(Topic))
    # Of a praise only.
    about: Mapped[About | None] = mapped_column(enum_column(About))
    quotable: Mapped[bool | None]
    anonymous: Mapped[bool]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    mark: Mapped[str | None] = mapped_column(String(64))
    # Who should read it; None: the administration.
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    opened_on: Mapped[date]
    # The day of the latest entry.
    changed_on: Mapped[date]
    closed_on: Mapped[date | None]
    # Since when the author waits for an answer; the moment is kept of named tickets only.
    waiting_on: Mapped[date | None]
    waiting_since: Mapped[datetime | None]
    # The day on which the administration was told of this silence.
    escalated_on: Mapped[date | None]


class TicketEntry(Base):
    """One step of a ticket, in order. Words that were erased: no text and no files."""

    __tablename__ = "ticket_entries"
    __table_args__ = (Index("ix_ticket_entries_told", "told"), {"sqlite_with_rowid": False})

    number: Mapped[int] = mapped_column(ForeignKey("tickets.number"), primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[EntryKind] = mapped_column(enum_column(EntryKind))
    by_author: Mapped[bool]
    # Who wrote or closed on the school's side; to whom it was passed on.
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str]
    files: Mapped[list[Any]]
    on: Mapped[date]
    # Of named tickets only.
    at: Mapped[datetime | None]
    # Whether the other side has been told.
    told: Mapped[bool]


WAITING: ColumnElement[bool] = Ticket.waiting_on.is_not(None)
OPEN: ColumnElement[bool] = Ticket.closed_on.is_(None)
QUOTABLE: ColumnElement[bool] = (Ticket.topic == Topic.PRAISE) & Ticket.quotable.is_(True)


@dataclass(frozen=True)
class TicketRow:
    """A ticket and the name of who should read it (None: the administration)."""

    ticket: Ticket
    staff_name: str | None


async def tickets(
    session: Session, where: ColumnElement[bool], offset: int = 0, limit: int | None = None
) -> list[TicketRow]:
    """Tickets that fulfil the condition: the longest waiting first, then the latest changed."""
    query = (
        select(Ticket, Staff.name)
        .outerjoin(Staff, Staff.id == Ticket.staff_id)
        .where(where)
        .order_by(
            Ticket.waiting_on.is_(None),
            Ticket.waiting_on,
            Ticket.waiting_since,
            Ticket.changed_on.desc(),
            Ticket.number,
        )
        .offset(offset)
        .limit(limit)
    )
    return [TicketRow(*row) for row in await session.execute(query)]


async def count(session: Session, where: ColumnElement[bool]) -> int:
    """How many tickets fulfil the condition."""
    return await session.scalar(select(func.count()).select_from(Ticket).where(where)) or 0


async def find_ticket(session: Session, where: ColumnElement[bool]) -> Ticket | None:
    """The ticket that fulfils the condition, locked against another writer."""
    return await session.scalar(select(Ticket).where(where).with_for_update())


async def entries(session: Session, numbers: Collection[int]) -> list[tuple[TicketEntry, str | None]]:
    """What happened in the tickets, in order, with the name of the member of staff."""
    query = (
        select(TicketEntry, Staff.name)
        .outerjoin(Staff, Staff.id == TicketEntry.staff_id)
        .where(TicketEntry.number.in_(numbers))
        .order_by(TicketEntry.number, TicketEntry.position)
    )
    return [(entry, name) for entry, name in await session.execute(query)]


@dataclass(frozen=True)
class Untold:
    """A step of which the other side is to be told, and whom of the school's staff that concerns."""

    entry: TicketEntry
    ticket: Ticket
    # Of the member of staff in the entry, and the person of who should read the ticket.
    name: str | None
    reader: int | None


async def untold(session: Session, today: date) -> list[Untold]:
    """The steps of which the other side has not been told, in order."""
    reader = aliased(Staff)
    query = (
        select(TicketEntry, Ticket, Staff.name, reader.person_id)
        .join(Ticket, Ticket.number == TicketEntry.number)
        .outerjoin(Staff, Staff.id == TicketEntry.staff_id)
        .outerjoin(reader, (reader.id == Ticket.staff_id) & active(reader, today))
        .where(TicketEntry.told.is_(False))
        .order_by(TicketEntry.number, TicketEntry.position)
    )
    return [Untold(*row) for row in await session.execute(query)]


async def marked(session: Session) -> Sequence[Ticket]:
    """Every anonymous ticket whose author is still here."""
    return (await session.scalars(select(Ticket).where(Ticket.mark.is_not(None)))).all()


async def person_ids(session: Session) -> Sequence[int]:
    """Everybody who has an account."""
    return (await session.scalars(select(Person.id).where(Person.telegram_id > 0))).all()


@dataclass(frozen=True)
class Place:
    """A guardian's place: their name, what they are to the child, the child's first name and class."""

    name: str
    relation: str
    child: str
    class_name: str


async def places(session: Session, people: Collection[int], today: date) -> dict[int, list[Place]]:
    """The guardian's places of each of these people today."""
    query = (
        select(Guardian, Pupil.first_name, SchoolClass)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .where(Guardian.person_id.in_(people), active(Guardian, today), active(Pupil, today))
        .order_by(Pupil.id)
    )
    found: dict[int, list[Place]] = {}
    for guardian, child, school_class in await session.execute(query):
        if guardian.person_id is not None:
            place = Place(guardian.name, guardian.relation, child, school_class.name)
            found.setdefault(guardian.person_id, []).append(place)
    return found


@dataclass(frozen=True)
class Addressee:
    """Whom a guardian can write to; of a class teacher the children whose class it is."""

    staff_id: int
    name: str
    position: str
    children: tuple[str, ...] = ()


# Staff of the day with an account.
_TODAY = bindparam("today", type_=Date)
HAS_COME = active(Staff, _TODAY) & Staff.person_id.is_not(None)
_BY_NAME = select(Staff.id, Staff.name, Staff.position).where(HAS_COME).order_by(Staff.name, Staff.id)
_ARE_ADMINS = Staff.id.in_(select(StaffRole.staff_id).where(StaffRole.role == Role.ADMIN))
_COLLEAGUES, _ADMINS = Prepared(_BY_NAME), Prepared(_BY_NAME.where(_ARE_ADMINS))


async def colleagues(session: Session, today: date, *, admins_only: bool) -> list[Addressee]:
    """The staff with an account, by name; only the admins among them perhaps."""
    query = _ADMINS if admins_only else _COLLEAGUES
    return [Addressee(*row) for row in await query.rows(session, today=today)]


async def person_of_staff(session: Session, staff_id: int) -> int | None:
    """The account of a member of staff."""
    return await session.scalar(select(Staff.person_id).where(Staff.id == staff_id))


async def blank_entries(session: Session, before: date) -> int:
    """Empty what was written before a day, a batch at a time; how many entries it were."""
    key = tuple_(TicketEntry.number, TicketEntry.position)
    full = (TicketEntry.text != "") | (func.json_array_length(TicketEntry.files) > 0)
    old = select(TicketEntry.number, TicketEntry.position).where(TicketEntry.on < before, full).limit(500)
    rows = (await session.execute(old)).all()
    await session.execute(
        update(TicketEntry)
        .where(key.in_([(row.number, row.position) for row in rows]))
        .values(text="", files=[])
        .execution_options(synchronize_session=False)
    )
    return len(rows)
