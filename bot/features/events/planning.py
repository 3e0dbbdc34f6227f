"""Preparing an event: for admins. Announcing it and what comes after is in announcing.py."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import delete, or_, select

from bot.db import events as db
from bot.db import roster
from bot.db.access import Actor
from bot.db.accounts import Role, Staff
from bot.db.base import Session, active
from bot.db.events import Event, EventClass, EventState
from bot.db.outbox import File
from bot.db.roster import SchoolClass
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.events import Card, Coming, look, page_of
from bot.features.outbox import clean_line, clean_text
from bot.programme.calendar import LEVELS

TITLE_MAX, PLACE_MAX, DESCRIPTION_MAX = 120, 120, 800
# A year and a bit: further away it is a slip of the finger.
FAR = timedelta(days=400)
RECENT = timedelta(days=120)
PLACES_SHOWN = 6

Flag = Literal["for_parents", "for_staff", "preventive", "with_specialist", "growth_point"]
# Whom it is for is settled when it is announced; how it was done can be corrected later.
AUDIENCE_FLAGS: tuple[Flag, ...] = ("for_parents", "for_staff")
FLAGS: tuple[Flag, ...] = (*AUDIENCE_FLAGS, "preventive", "with_specialist", "growth_point")
Group = Literal["all", "noo", "ooo", "soo"]


# --- looking ---------------------------------------------------------------------------------------------


async def overview(session: Session, actor: Actor, now: datetime, page: int = 0) -> Coming:
    """Drafts, what is to come, and what was lately, the earliest first. For an admin."""
    require(actor, Role.ADMIN)
    open_ones = Event.state.in_((EventState.DRAFT, EventState.PUBLISHED))
    return await page_of(session, actor, or_(open_ones, Event.ends_at > now - RECENT), page)


async def find(session: Session, actor: Actor, today: date, event_id: int) -> Card:
    """Any event. For an admin."""
    require(actor, Role.ADMIN)
    return await look(session, actor, today, event_id)


async def recent_places(session: Session, actor: Actor) -> Sequence[str]:
    """Where events were held, the last first."""
    require(actor, Role.ADMIN)
    query = select(Event.place).where(Event.place != "").order_by(Event.id.desc()).limit(50)
    return list(dict.fromkeys(await session.scalars(query)))[:PLACES_SHOWN]


@dataclass(frozen=True)
class Choice:
    """A draft and the classes of the school, with those chosen (ids)."""

    card: Card
    classes: Sequence[SchoolClass]
    chosen: Collection[int]


async def choice(session: Session, actor: Actor, today: date, event_id: int) -> Choice:
    """Which classes an event is for. For an admin."""
    card = await find(session, actor, today, event_id)
    chosen = (await db.classes_by_event(session, [event_id])).get(event_id, set())
    return Choice(card, await roster.classes(session, SchoolClass.id > 0), chosen)


# --- preparing -------------------------------------------------------------------------------------------


def clean_title(text: str | None) -> str:
    """A title in one line."""
    return clean_line(text, TITLE_MAX)


def clean_place(text: str | None) -> str:
    """A place in one line."""
    return clean_line(text, PLACE_MAX)


def check_start(starts_at: datetime, now: datetime) -> datetime:
    """Raises AppError for a start that is past, or more than a year away."""
    if starts_at <= now:
        raise AppError("error-event-past")
    if starts_at > now + FAR:
        raise AppError("error-event-far")
    return starts_at


def check_end(starts_at: datetime, ends_at: datetime) -> datetime:
    """Raises AppError for an end that is not after the start, or more than a week after it."""
    if not starts_at < ends_at <= starts_at + timedelta(days=7):
        raise AppError("error-event-end")
    return ends_at


async def create(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
) -> int:
    """Begin a draft, which nobody but admins sees: its id. The creator runs it until somebody else is named.

    Raises AppError for words too long or none, and for times that cannot be.
    """
    require(actor, Role.ADMIN)
    event = Event(
        uid=str(uuid4()),
        state=EventState.DRAFT,
        sequence=0,
        title=clean_title(title),
        place=clean_place(place),
        photo=[],
        starts_at=check_start(starts_at, now),
        ends_at=check_end(starts_at, ends_at),
        for_parents=True,
        for_staff=False,
        organiser_id=actor.staff_id,
        created_by=actor.person_id,
        created_at=now,
    )
    session.add(event)
    await session.flush()
    audit.record(session, actor, now, "event.created", f"event:{event.id}")
    return event.id


async def set_words(
    session: Session,
    actor: Actor,
    now: datetime,
    event_id: int,
    field: Literal["title", "place", "description"],
    text: str | None,
) -> None:
    """Write a draft's title, place or description anew."""
    event = await find_draft(session, actor, event_id)
    match field:
        case "title":
            event.title = clean_title(text)
        case "place":
            event.place = clean_place(text)
        case "description":
            event.description = clean_text(text, DESCRIPTION_MAX)
    _changed(session, actor, now, event_id, field)


async def set_times(
    session: Session, actor: Actor, now: datetime, event_id: int, starts_at: datetime, ends_at: datetime
) -> None:
    """Give a draft another time."""
    event = await find_draft(session, actor, event_id)
    was = event.starts_at
    event.starts_at, event.ends_at = check_start(starts_at, now), check_end(starts_at, ends_at)
    _changed(session, actor, now, event_id, "times", was=was, to=starts_at)


async def set_photo(session: Session, actor: Actor, now: datetime, event_id: int, photo: File | None) -> None:
    """Give a draft a picture, or take it away (None).

    Raises AppError for a file that is no picture.
    """
    event = await find_draft(session, actor, event_id)
    if photo is not None and photo.kind != "photo":
        raise AppError("error-event-photo")
    was, event.photo = event.photo, list(photo) if photo else []
    _changed(session, actor, now, event_id, "photo", was=bool(was), to=photo is not None)


async def clear_description(session: Session, actor: Actor, now: datetime, event_id: int) -> None:
    """Take a draft's description away."""
    event = await find_draft(session, actor, event_id)
    event.description = ""
    _changed(session, actor, now, event_id, "description")


async def set_class(
    session: Session, actor: Actor, now: datetime, event_id: int, class_id: int, *, on: bool
) -> None:
    """A draft is for a class, or not."""
    await find_draft(session, actor, event_id)
    await _set_classes(session, actor, now, event_id, SchoolClass.id == class_id, on=on)


async def set_group(
    session: Session, actor: Actor, now: datetime, event_id: int, group: Group, *, on: bool
) -> None:
    """A draft is for all classes of a level or of the school, or for none of them."""
    await find_draft(session, actor, event_id)
    wanted = SchoolClass.id > 0
    if group != "all":
        wanted = SchoolClass.grade.in_(LEVELS[group])
    await _set_classes(session, actor, now, event_id, wanted, on=on)


async def _set_classes(
    session: Session, actor: Actor, now: datetime, event_id: int, wanted: Any, *, on: bool
) -> None:
    ids = {c.id for c in await roster.classes(session, wanted)}
    if not ids:
        raise NotFoundError
    was = (await db.classes_by_event(session, [event_id])).get(event_id, set())
    mine = EventClass.event_id == event_id, EventClass.class_id.in_(ids)
    await session.execute(delete(EventClass).where(*mine))
    if on:
        session.add_all(EventClass(event_id=event_id, class_id=id_) for id_ in sorted(ids))
    await session.flush()
    _changed(session, actor, now, event_id, "classes", was=was, to=was | ids if on else was - ids)


async def set_flag(
    session: Session, actor: Actor, now: datetime, event_id: int, flag: Flag, *, on: bool
) -> None:
    """Set or take away a flag. Whom it is for only while it is a draft; the others as long as it stands.

    Raises AppError where it was announced already or is called off.
    """
    require(actor, Role.ADMIN)
    event = await session.get(Event, event_id)
    if event is None or flag not in FLAGS:
        raise NotFoundError
    if event.state == EventState.CANCELLED:
        raise AppError("error-event-cancelled")
    if flag in AUDIENCE_FLAGS and event.state != EventState.DRAFT:
        raise AppError("error-event-published")
    was = bool(getattr(event, flag))
    setattr(event, flag, on)
    _changed(session, actor, now, event_id, flag, was=was, to=on)


async def staff(session: Session, actor: Actor, today: date) -> Sequence[Staff]:
    """Who can run an event: the staff of today by name. For an admin."""
    require(actor, Role.ADMIN)
    return (await session.scalars(select(Staff).where(active(Staff, today)).order_by(Staff.name))).all()


async def set_organiser(
    session: Session, actor: Actor, now: datetime, today: date, event_id: int, staff_id: int
) -> None:
    """Say who runs a draft."""
    event = await find_draft(session, actor, event_id)
    known = select(Staff.id).where(Staff.id == staff_id, active(Staff, today))
    if await session.scalar(known) is None:
        raise NotFoundError
    was, event.organiser_id = event.organiser_id, staff_id
    _changed(session, actor, now, event_id, "organiser", was=was, to=staff_id)


async def drop(session: Session, actor: Actor, now: datetime, event_id: int) -> None:
    """Throw a draft away."""
    event = await find_draft(session, actor, event_id)
    await session.execute(delete(EventClass).where(EventClass.event_id == event_id))
    await session.delete(event)
    audit.record(session, actor, now, "event.dropped", f"event:{event_id}")


async def find_draft(session: Session, actor: Actor, event_id: int) -> Event:
    """A draft, for an admin. Raises NotFoundError, and AppError for an event that is announced already."""
    require(actor, Role.ADMIN)
    event = await session.get(Event, event_id)
    if event is None:
        raise NotFoundError
    return check_draft(event)


def check_draft(event: Event) -> Event:
    """Raises AppError for an event that is announced already."""
    if event.state != EventState.DRAFT:
        raise AppError("error-event-published")
    return event


def check_published(event: Event) -> Event:
    """Raises AppError for an event that is called off or over; NotFoundError for a draft."""
    match event.state:
        case EventState.CANCELLED:
            raise AppError("error-event-cancelled")
        case EventState.HELD:
            raise AppError("error-event-over")
        case EventState.DRAFT:
            raise NotFoundError
    return event


def _changed(session: Session, actor: Actor, now: datetime, event_id: int, what: str, **details: Any) -> None:
    audit.record(session, actor, now, "event.changed", f"event:{event_id}", what=what, **details)
