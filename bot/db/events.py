"""Events of the school: who is invited, who signed up, who came."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    false,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from bot.db.accounts import Staff
from bot.db.base import Base, Session, active, enum_column
from bot.db.outbox import MessageState, OutboxMessage, about
from bot.db.roster import Guardian, Pupil, SchoolClass


class EventState(StrEnum):
    """Being prepared, announced, called off, and taken place (somebody has said so)."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    HELD = "held"


class Event(Base):
    """An event: for guardians, for staff, for both, or for pupils only (then nobody is invited).

    What was held is `state` HELD; 3.5 counts those `for_parents` by the grades of their classes
    (`EventClass`), 4.3 and 4.5 the `preventive` ones, 1.3 their `organiser_id`.
    """

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_state", "state", "starts_at", "organiser_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # What calendars know it by, and how often it has changed since it was announced.
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    state: Mapped[EventState] = mapped_column(enum_column(EventState), default=EventState.DRAFT)
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(default="")
    # A picture as the outbox keeps files (kind, id, name); empty: none.
    photo: Mapped[list[Any]]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    for_parents: Mapped[bool] = mapped_column(default=True)
    for_staff: Mapped[bool] = mapped_column(default=False)
    preventive: Mapped[bool] = mapped_column(default=False)
    with_specialist: Mapped[bool] = mapped_column(default=False)
    growth_point: Mapped[bool] = mapped_column(default=False)
    organiser_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(default="")
    held_at: Mapped[datetime | None]
    # How many people came in all, as the organiser said.
    headcount: Mapped[int | None]
    # How many people those had signed up who have withdrawn their consent since.
    erased_people: Mapped[int] = mapped_column(default=0)
    # When the organiser was asked who came.
    asked_at: Mapped[datetime | None]


class EventClass(Base):
    """A class whose guardians (or pupils) an event is for."""

    __tablename__ = "event_classes"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id"), primary_key=True, index=True)


class EventGuest(Base):
    """Somebody who was invited or signed up: with how many people they come (0: not; None: no answer)."""

    __tablename__ = "event_guests"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    # The invitation; None where there was none, or they want none.
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", ondelete="SET NULL"), index=True)
    people: Mapped[int | None]
    answered_at: Mapped[datetime | None]
    # The start that they were reminded of: another one reminds anew.
    reminded_for: Mapped[datetime | None]


class EventAttendance(Base):
    """Who came: a guardian's place (with an account or without), or a member of staff."""

    __tablename__ = "event_attendance"
    __table_args__ = (
        UniqueConstraint("guardian_id", "event_id"),
        UniqueConstraint("staff_id", "event_id"),
        CheckConstraint("(staff_id IS NULL) <> (guardian_id IS NULL)", name="one_who_came"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardians.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    marked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    marked_at: Mapped[datetime]


# --- conditions ------------------------------------------------------------------------------------------


def classes_of(event_id: int) -> Select[int]:
    """The ids of an event's classes."""
    return select(EventClass.class_id).where(EventClass.event_id == event_id)


def places_of(event_id: int, today: date) -> ColumnElement[bool]:
    """Guardians' places at today's pupils of an event's classes. Narrows a query over Guardian."""
    pupils = select(Pupil.id).where(active(Pupil, today), Pupil.class_id.in_(classes_of(event_id)))
    return active(Guardian, today) & Guardian.pupil_id.in_(pupils)


def is_here(
    person: InstrumentedAttribute[int], event_id: int, today: date, *, parents: bool, staff: bool
) -> ColumnElement[bool]:
    """Whether the person is today a guardian in the event's classes, or on the staff."""
    ways: list[ColumnElement[bool]] = [false()]
    if parents:
        places = places_of(event_id, today), Guardian.person_id.is_not(None)
        ways.append(person.in_(select(Guardian.person_id).where(*places)))
    if staff:
        colleagues = active(Staff, today), Staff.person_id.is_not(None)
        ways.append(person.in_(select(Staff.person_id).where(*colleagues)))
    return or_(*ways)


# --- queries ---------------------------------------------------------------------------------------------


async def to_invite(
    session: Session, event: Event, today: date, after: int = 0, limit: int | None = None
) -> dict[int, int | None]:
    """The people with an account whom the event is for, each with the guardian's place that makes it so.

    None: they are on the staff, or guardian of several pupils. By their ids, so many `after` an id.
    """
    found: dict[int, int | None] = {}
    if event.for_parents:
        places = (
            select(Guardian.person_id, func.min(Guardian.id), func.count())
            .where(places_of(event.id, today), Guardian.person_id > after)
            .group_by(Guardian.person_id)
            .order_by(Guardian.person_id)
            .limit(limit)
        )
        for person_id, place, number in await session.execute(places):
            assert person_id is not None  # noqa: S101 - so the query
            found[person_id] = place if number == 1 else None
    if event.for_staff:
        staff = select(Staff.person_id).where(active(Staff, today), Staff.person_id > after)
        staff = staff.order_by(Staff.person_id).limit(limit)
        found |= {person_id: None for person_id in await session.scalars(staff) if person_id is not None}
    return dict(sorted(found.items())[:limit])


@dataclass(frozen=True)
class Guest:
    """A guest, and how far their invitation has come, or when it goes out."""

    person_id: int
    people: int | None
    outbox_id: int | None
    invitation: MessageState | None
    not_before: datetime | None


async def guests(session: Session, event: Event, today: date) -> list[Guest]:
    """Everybody who was invited or signed up and is still here."""
    here = is_here(EventGuest.person_id, event.id, today, parents=event.for_parents, staff=True)
    query = (
        select(
            EventGuest.person_id,
            EventGuest.people,
            EventGuest.outbox_id,
            OutboxMessage.state,
            OutboxMessage.not_before,
        )
        .outerjoin(OutboxMessage, OutboxMessage.id == EventGuest.outbox_id)
        .where(EventGuest.event_id == event.id, here)
        .order_by(EventGuest.person_id)
    )
    return [Guest(*row) for row in await session.execute(query)]


async def totals(session: Session, event_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """By event: how many signed up, and with how many people in all."""
    query = (
        select(EventGuest.event_id, func.count(), func.sum(EventGuest.people))
        .where(EventGuest.event_id.in_(event_ids), EventGuest.people > 0)
        .group_by(EventGuest.event_id)
    )
    return {event_id: (count, people or 0) for event_id, count, people in await session.execute(query)}


async def classes_by_event(session: Session, event_ids: Collection[int]) -> dict[int, set[int]]:
    """The ids of the classes of each event."""
    query = select(EventClass.event_id, EventClass.class_id).where(EventClass.event_id.in_(event_ids))
    found: dict[int, set[int]] = {}
    for event_id, class_id in await session.execute(query):
        found.setdefault(event_id, set()).add(class_id)
    return found


@dataclass(frozen=True)
class Place:
    """A guardian's place in a list of those who may come."""

    id: int
    person_id: int | None
    name: str
    relation: str
    child: str
    surname: str
    class_name: str


async def places(session: Session, where: ColumnElement[bool]) -> list[Place]:
    """Guardians' places that fulfil the condition, by class and pupil."""
    query = (
        select(Guardian, Pupil, SchoolClass)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .where(where)
        .order_by(
            SchoolClass.grade, SchoolClass.letter, Pupil.surname, Pupil.first_name, Pupil.id, Guardian.id
        )
    )
    return [
        Place(
            guardian.id,
            guardian.person_id,
            guardian.name,
            guardian.relation,
            pupil.first_name,
            pupil.surname,
            school_class.name,
        )
        for guardian, pupil, school_class in await session.execute(query)
    ]


async def reword_waiting(session: Session, event_id: int, arguments: dict[str, Any]) -> None:
    """Invitations to an event that have not gone out yet, stopped ones too, say something else."""
    waiting = OutboxMessage.state.in_((MessageState.WAITING, MessageState.HELD, MessageState.STOPPED))
    await session.execute(
        update(OutboxMessage)
        .where(about(event_id, "event"), waiting)
        .values(arguments=arguments)
        .execution_options(synchronize_session=False)
    )
