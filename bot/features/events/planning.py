"""Preparing, announcing, moving and calling off an event: for admins."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import delete, exists, insert, or_, select, update

from bot.config import Settings
from bot.db import events as db
from bot.db import outbox, roster
from bot.db.access import Actor
from bot.db.accounts import Role, Staff, Topic
from bot.db.base import Session, active
from bot.db.events import Event, EventAttendance, EventClass, EventGuest, EventState, Guest
from bot.db.outbox import File, MessageState
from bot.db.roster import SchoolClass
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.events import Card, Coming, arguments, look, page_of
from bot.features.outbox import Message, clean_text, post
from bot.programme.calendar import LEVELS

TITLE_MAX, PLACE_MAX, DESCRIPTION_MAX, REASON_MAX = 120, 120, 800, 300
# A year and a bit: further away it is a slip of the finger.
FAR = timedelta(days=400)
# What changes so shortly before the start goes out at night, too.
URGENT = timedelta(hours=12)
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
    return " ".join(clean_text(text, TITLE_MAX).split())


def clean_place(text: str | None) -> str:
    """A place in one line."""
    return " ".join(clean_text(text, PLACE_MAX).split())


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
    event = await _draft(session, actor, event_id)
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
    event = await _draft(session, actor, event_id)
    event.starts_at, event.ends_at = check_start(starts_at, now), check_end(starts_at, ends_at)
    _changed(session, actor, now, event_id, "times")


async def set_photo(session: Session, actor: Actor, now: datetime, event_id: int, photo: File | None) -> None:
    """Give a draft a picture, or take it away (None).

    Raises AppError for a file that is no picture.
    """
    event = await _draft(session, actor, event_id)
    if photo is not None and photo.kind != "photo":
        raise AppError("error-event-photo")
    event.photo = list(photo) if photo else []
    _changed(session, actor, now, event_id, "photo")


async def clear_description(session: Session, actor: Actor, now: datetime, event_id: int) -> None:
    """Take a draft's description away."""
    event = await _draft(session, actor, event_id)
    event.description = ""
    _changed(session, actor, now, event_id, "description")


async def set_class(
    session: Session, actor: Actor, now: datetime, event_id: int, class_id: int, *, on: bool
) -> None:
    """A draft is for a class, or not."""
    await _draft(session, actor, event_id)
    await _set_classes(session, actor, now, event_id, SchoolClass.id == class_id, on=on)


async def set_group(
    session: Session, actor: Actor, now: datetime, event_id: int, group: Group, *, on: bool
) -> None:
    """A draft is for all classes of a level or of the school, or for none of them."""
    await _draft(session, actor, event_id)
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
    mine = EventClass.event_id == event_id, EventClass.class_id.in_(ids)
    await session.execute(delete(EventClass).where(*mine))
    if on:
        session.add_all(EventClass(event_id=event_id, class_id=id_) for id_ in sorted(ids))
    await session.flush()
    _changed(session, actor, now, event_id, "classes")


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
    setattr(event, flag, on)
    audit.record(session, actor, now, "event.changed", f"event:{event_id}", flag=flag, on=on)


async def staff(session: Session, actor: Actor, today: date) -> Sequence[Staff]:
    """Who can run an event: the staff of today by name. For an admin."""
    require(actor, Role.ADMIN)
    return (await session.scalars(select(Staff).where(active(Staff, today)).order_by(Staff.name))).all()


async def set_organiser(
    session: Session, actor: Actor, now: datetime, today: date, event_id: int, staff_id: int
) -> None:
    """Say who runs a draft."""
    event = await _draft(session, actor, event_id)
    known = select(Staff.id).where(Staff.id == staff_id, active(Staff, today))
    if await session.scalar(known) is None:
        raise NotFoundError
    event.organiser_id = staff_id
    _changed(session, actor, now, event_id, "organiser")


async def drop(session: Session, actor: Actor, now: datetime, event_id: int) -> None:
    """Throw a draft away."""
    event = await _draft(session, actor, event_id)
    await session.execute(delete(EventClass).where(EventClass.event_id == event_id))
    await session.delete(event)
    audit.record(session, actor, now, "event.dropped", f"event:{event_id}")


async def _draft(session: Session, actor: Actor, event_id: int) -> Event:
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


def _changed(session: Session, actor: Actor, now: datetime, event_id: int, what: str) -> None:
    audit.record(session, actor, now, "event.changed", f"event:{event_id}", what=what)


# --- announcing ------------------------------------------------------------------------------------------


async def publish(
    session: Session, actor: Actor, now: datetime, today: date, settings: Settings, event_id: int
) -> int:
    """Announce a draft: everybody whom it is for is invited; how many they are. Once.

    The number of queries is the same for ten guardians and a thousand. Raises AppError where something is
    missing, the time has passed meanwhile, or it was announced already.
    """
    event = await _draft(session, actor, event_id)
    check_start(event.starts_at, now)
    if event.organiser_id is None:
        raise AppError("error-event-organiser")
    chosen = exists().where(EventClass.event_id == event_id)
    classes_needed = event.for_parents or not event.for_staff
    if classes_needed and not await session.scalar(select(chosen)):
        raise AppError("error-event-audience")
    claim = update(Event).where(Event.id == event_id, Event.state == EventState.DRAFT)
    claim = claim.values(state=EventState.PUBLISHED, published_at=now)
    if await session.scalar(claim.returning(Event.id)) is None:
        raise AppError("error-event-published")
    await session.refresh(event)
    card = await look(session, actor, today, event_id)
    people = await db.to_invite(session, event, today)
    said = arguments(card, settings)
    posted = await post(
        session,
        settings,
        now,
        [
            Message(
                id_,
                "event",
                said,
                f"event:{event_id}:{id_}",
                Topic.EVENTS,
                subject_id=event_id,
                guardian_id=place,
            )
            for id_, place in people.items()
        ],
    )
    if people:
        rows = [
            {"event_id": event_id, "person_id": id_, "outbox_id": each.id}
            for id_, each in zip(people, posted, strict=True)
        ]
        await session.execute(insert(EventGuest), rows)
    await _tell_organiser(session, actor, now, settings, event, "event-organiser", said)
    audit.record(session, actor, now, "event.published", f"event:{event_id}", invited=len(people))
    return len(people)


async def _tell_organiser(
    session: Session,
    actor: Actor,
    now: datetime,
    settings: Settings,
    event: Event,
    kind: str,
    said: dict[str, Any],
    *,
    urgent: bool = False,
) -> None:
    """Whoever runs it hears of it, unless it is their own doing or they have signed up and hear anyway."""
    signed = select(EventGuest.person_id).where(EventGuest.event_id == event.id, EventGuest.people > 0)
    person_id = await session.scalar(
        select(Staff.person_id).where(Staff.id == event.organiser_id, Staff.person_id.not_in(signed))
    )
    if person_id is None or person_id == actor.person_id:
        return
    key = f"{kind}:{event.id}:{event.sequence}:{person_id}"
    await post(
        session,
        settings,
        now,
        [Message(person_id, kind, said, key, urgent=urgent, subject_id=event.id)],
    )


# --- moving and calling off ------------------------------------------------------------------------------


def _soon(now: datetime, *starts: datetime) -> bool:
    """Whether waiting for the morning might be too late."""
    return min(starts) - now < URGENT


async def may_move(session: Session, actor: Actor, today: date, event_id: int) -> Card:
    """An event that can still be moved.

    Raises AppError where it cannot: called off, held, or somebody has been marked as having come.
    """
    card = await find(session, actor, today, event_id)
    check_published(card.event)
    if await session.scalar(select(exists().where(EventAttendance.event_id == event_id))):
        raise AppError("error-event-over")
    return card


async def move(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    settings: Settings,
    event_id: int,
    *,
    sequence: int,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
) -> int:
    """Give an announced event another time or place; how many of those who signed up are told.

    Everybody who signed up is told, whatever they chose for this topic; who was invited only, as they chose.
    `sequence` is that of the event when the question was asked: a second press changes nothing.
    Raises AppError where nothing would change, or as `may_move` does.
    """
    event = (await may_move(session, actor, today, event_id)).event
    if event.sequence != sequence:
        raise AppError("error-event-moved")
    check_start(starts_at, now)
    check_end(starts_at, ends_at)
    place = clean_place(place)
    if (event.starts_at, event.ends_at, event.place) == (starts_at, ends_at, place):
        raise AppError("error-event-same")
    before, before_place = event.starts_at, event.place
    event.starts_at, event.ends_at, event.place = starts_at, ends_at, place
    event.sequence += 1
    event.asked_at = None
    await session.flush()
    card = await look(session, actor, today, event_id)
    was = {
        "was_starts": before.astimezone(settings.school.zone).isoformat(),
        "was_place": before_place,
    }
    urgent = _soon(now, before, starts_at)
    await outbox.withdraw(session, now, db.about(event_id, "event-moved", "event-reminder"))
    await db.reword_waiting(session, event_id, "event", arguments(card, settings))
    found = await db.guests(session, event, today)
    messages = _new_words(card, settings, found)
    for guest in found:
        if not guest.people and guest.invitation in (MessageState.WAITING, MessageState.HELD):
            continue  # their invitation says the new time already
        said = arguments(card, settings, guest.people) | was
        key = f"event-moved:{event_id}:{event.sequence}:{guest.person_id}"
        signed = bool(guest.people)
        messages.append(
            Message(
                guest.person_id,
                "event-moved",
                said,
                key,
                None if signed else Topic.EVENTS,
                urgent=signed and urgent,
                subject_id=event_id,
            )
        )
    await post(session, settings, now, messages)
    said = arguments(card, settings) | was
    await _tell_organiser(session, actor, now, settings, event, "event-moved", said, urgent=urgent)
    told = sum(bool(guest.people) for guest in found)
    audit.record(session, actor, now, "event.moved", f"event:{event_id}", signed=told)
    return told


async def cancel(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    settings: Settings,
    event_id: int,
    reason: str | None,
) -> int:
    """Call an announced event off; how many of those who signed up are told. What is over is told to nobody.

    Raises AppError where it is called off or held already, or the reason is no text.
    """
    card = await find(session, actor, today, event_id)
    event = check_published(card.event)
    event.cancel_reason = " ".join(clean_text(reason, REASON_MAX).split())
    event.state, event.cancelled_at = EventState.CANCELLED, now
    event.sequence += 1
    await session.flush()
    waiting = ("event", "event-moved", "event-reminder", "event-organiser", "event-mark")
    await outbox.withdraw(session, now, db.about(event_id, *waiting))
    told = 0
    if event.ends_at > now:
        found = await db.guests(session, event, today)
        messages = _new_words(card, settings, found)
        urgent = _soon(now, event.starts_at)
        signed = [guest for guest in found if guest.people]
        messages += [
            Message(
                guest.person_id,
                "event-cancelled",
                arguments(card, settings, guest.people),
                f"event-cancelled:{event_id}:{guest.person_id}",
                urgent=urgent,
                subject_id=event_id,
            )
            for guest in signed
        ]
        await post(session, settings, now, messages)
        said = arguments(card, settings)
        await _tell_organiser(session, actor, now, settings, event, "event-cancelled", said, urgent=urgent)
        told = len(signed)
    audit.record(session, actor, now, "event.cancelled", f"event:{event_id}", signed=told)
    return told


def _new_words(card: Card, settings: Settings, found: Sequence[Guest]) -> list[Message]:
    """Invitations that have come are written anew where they stand: they make no sound, so at any hour."""
    event = card.event
    return [
        Message(
            guest.person_id,
            "event",
            arguments(card, settings, guest.people),
            f"event-again:{event.id}:{event.sequence}:{guest.person_id}",
            urgent=True,
            replaces_id=guest.outbox_id,
        )
        for guest in found
        if guest.outbox_id is not None and guest.invitation == MessageState.SENT
    ]
