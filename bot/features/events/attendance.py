"""Who came to an event, and that it took place: marked by its organiser or an admin, once it has begun."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import ColumnElement, delete, insert, select

from bot.db import events as db
from bot.db import outbox, roster
from bot.db.access import Actor, runs_event
from bot.db.accounts import Staff
from bot.db.base import Session, active
from bot.db.events import EventAttendance, EventGuest, EventState, Place
from bot.db.roster import Guardian, Pupil, SchoolClass
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.events import Card, cards_of

HEADCOUNT_MAX = 2000
PAGE = 12

# Whom a list shows: those who signed up, the staff, or the guardians of a class (its id).
SIGNED, STAFF = 0, -1
Who = Literal["g", "s"]


@dataclass(frozen=True)
class Entry:
    """Somebody in a list: a guardian by their place (one of them stands for all of a person's), or staff."""

    who: Who
    id: int
    name: str
    relation: str
    child: str
    class_name: str
    # With how many people they signed up; 0: they did not.
    people: int
    came: bool


@dataclass(frozen=True)
class Board:
    """An event's attendance in numbers. `people` counts those who signed up with their people."""

    card: Card
    classes: Sequence[SchoolClass]
    families: int
    people: int


@dataclass(frozen=True)
class Page:
    """A page of a list, from 0; `school_class` is named where it is one's."""

    card: Card
    group: int
    school_class: SchoolClass | None
    entries: Sequence[Entry]
    page: int
    pages: int


async def _run(session: Session, actor: Actor, now: datetime, event_id: int) -> Card:
    """The event, where the actor marks who came and it has begun."""
    cards = await cards_of(session, actor, runs_event(actor) & (db.Event.id == event_id), 1)
    if not cards or cards[0].event.state == EventState.DRAFT:
        raise NotFoundError
    card = cards[0]
    if card.event.state == EventState.CANCELLED:
        raise AppError("error-event-cancelled")
    if not card.started(now):
        raise AppError("error-event-early")
    return card


async def board(session: Session, actor: Actor, now: datetime, today: date, event_id: int) -> Board:
    """How many have been marked. For its organiser and admins.

    Raises AppError before it begins, and where it is called off.
    """
    card = await _run(session, actor, now, event_id)
    classes = await roster.classes(session, SchoolClass.id.in_(db.classes_of(event_id)))
    came = await _came(session, event_id)
    signed = await _signed(session, event_id)
    places = await db.places(session, db.places_of(event_id, today) & Guardian.id.in_(came["g"]))
    staff = {staff.id: staff.person_id for staff in await _staff(session, today, Staff.id.in_(came["s"]))}
    # A mother of two is one family; who has no account is told apart by the place.
    families = {p.person_id or -p.id for p in places} | {p or -(10**9) - id_ for id_, p in staff.items()}
    return Board(card, classes, len(families), sum(signed.get(who) or 1 for who in families))


async def people(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    event_id: int,
    group: int,
    page: int = 0,
) -> Page:
    """A page of those who signed up (SIGNED), of the staff (STAFF), or of the guardians of a class.

    Raises NotFoundError for a class that the event is not for.
    """
    card = await _run(session, actor, now, event_id)
    signed, came = await _signed(session, event_id), await _came(session, event_id)
    school_class = None
    if group == STAFF:
        entries = [_colleague(staff, signed, came) for staff in await _staff(session, today)]
    elif group == SIGNED:
        here = db.places_of(event_id, today) & Guardian.person_id.in_(signed)
        places = {p.person_id: p for p in reversed(await db.places(session, here))}
        families = [_family(place, signed, came) for place in reversed(places.values())]
        colleagues = await _staff(session, today, Staff.person_id.in_(signed.keys() - places.keys()))
        entries = families + [_colleague(staff, signed, came) for staff in colleagues]
    else:
        classes = await roster.classes(
            session, (SchoolClass.id == group) & SchoolClass.id.in_(db.classes_of(event_id))
        )
        if not classes:
            raise NotFoundError
        school_class = classes[0]
        of_class = Guardian.pupil_id.in_(select(Pupil.id).where(Pupil.class_id == group))
        found = await db.places(session, db.places_of(event_id, today) & of_class)
        entries = [_family(place, signed, came) for place in found]
    pages = max(1, -(-len(entries) // PAGE))
    page = min(max(page, 0), pages - 1)
    return Page(card, group, school_class, entries[page * PAGE : (page + 1) * PAGE], page, pages)


async def mark(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    event_id: int,
    who: Who,
    id_: int,
    *,
    came: bool,
) -> None:
    """Note that a guardian (by a place) or a member of staff came, or did not after all.

    A guardian of several pupils of the event's classes came for all of them. Raises NotFoundError for
    somebody whom the event is not for.
    """
    await _run(session, actor, now, event_id)
    if who == "s":
        ids = [staff.id for staff in await _staff(session, today, Staff.id == id_)]
        column = EventAttendance.staff_id
    else:
        here = db.places_of(event_id, today)
        own = select(Guardian.person_id).where(Guardian.id == id_, Guardian.person_id.is_not(None))
        same = (Guardian.id == id_) | Guardian.person_id.in_(own)
        ids = list(await session.scalars(select(Guardian.id).where(here, same)))
        column = EventAttendance.guardian_id
        if id_ not in ids:
            raise NotFoundError
    if not ids:
        raise NotFoundError
    await session.execute(
        delete(EventAttendance).where(EventAttendance.event_id == event_id, column.in_(ids))
    )
    if came:
        await _add(session, actor, now, event_id, column.key, ids)
    staff, guardians = (ids, []) if who == "s" else ([], ids)
    audit.record(
        session,
        actor,
        now,
        "event.marked",
        f"event:{event_id}",
        came=came,
        guardians=guardians,
        staff=staff,
    )


async def mark_signed(session: Session, actor: Actor, now: datetime, today: date, event_id: int) -> None:
    """Everybody who signed up came."""
    await _run(session, actor, now, event_id)
    signed, marked = await _signed(session, event_id), await _came(session, event_id)
    here = db.places_of(event_id, today) & Guardian.person_id.in_(signed)
    places = await db.places(session, here)
    guardians = [place.id for place in places if place.id not in marked["g"]]
    others = signed.keys() - {place.person_id for place in places}
    colleagues = await _staff(session, today, Staff.person_id.in_(others))
    staff = [each.id for each in colleagues if each.id not in marked["s"]]
    await _add(session, actor, now, event_id, "guardian_id", guardians)
    await _add(session, actor, now, event_id, "staff_id", staff)
    audit.record(
        session,
        actor,
        now,
        "event.marked",
        f"event:{event_id}",
        came=True,
        guardians=guardians,
        staff=staff,
    )


async def confirm(session: Session, actor: Actor, now: datetime, event_id: int, headcount: int) -> Card:
    """It took place, and so many people came in all; said again, the last number counts.

    Raises AppError for a number that cannot be.
    """
    card = await _run(session, actor, now, event_id)
    if not 0 < headcount <= HEADCOUNT_MAX:
        raise AppError("error-event-headcount", max=HEADCOUNT_MAX)
    event = card.event
    was, event.headcount = event.headcount, headcount
    if event.state != EventState.HELD:
        event.state, event.held_at = EventState.HELD, now
        await outbox.withdraw(session, now, outbox.about(event_id, "event-mark"))
    audit.record(session, actor, now, "event.held", f"event:{event_id}", was=was, to=headcount)
    return card


async def _add(
    session: Session, actor: Actor, now: datetime, event_id: int, column: str, ids: Sequence[int]
) -> None:
    if ids:
        row = {"event_id": event_id, "marked_by": actor.person_id, "marked_at": now}
        await session.execute(insert(EventAttendance), [row | {column: id_} for id_ in ids])


async def _signed(session: Session, event_id: int) -> dict[int, int]:
    """With how many people each person signed up."""
    query = select(EventGuest.person_id, EventGuest.people).where(
        EventGuest.event_id == event_id, EventGuest.people > 0
    )
    return {person_id: people or 0 for person_id, people in await session.execute(query)}


async def _came(session: Session, event_id: int) -> dict[Who, set[int]]:
    """The guardians' places and the members of staff that have been marked."""
    query = select(EventAttendance.guardian_id, EventAttendance.staff_id)
    rows = (await session.execute(query.where(EventAttendance.event_id == event_id))).all()
    return {"g": {g for g, _ in rows if g is not None}, "s": {s for _, s in rows if s is not None}}


async def _staff(session: Session, today: date, where: ColumnElement[bool] | None = None) -> Sequence[Staff]:
    query = select(Staff).where(active(Staff, today)).order_by(Staff.name)
    return (await session.scalars(query if where is None else query.where(where))).all()


def _family(place: Place, signed: Mapping[int, int], came: Mapping[Who, set[int]]) -> Entry:
    number = signed.get(place.person_id or 0, 0)
    child = f"{place.surname} {place.child}"
    return Entry(
        "g", place.id, place.name, place.relation, child, place.class_name, number, place.id in came["g"]
    )


def _colleague(staff: Staff, signed: Mapping[int, int], came: Mapping[Who, set[int]]) -> Entry:
    number = signed.get(staff.person_id or 0, 0)
    return Entry("s", staff.id, staff.name, "", "", "", number, staff.id in came["s"])
