"""Announcing an event, moving it and calling it off: for admins."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, insert, select, update

from bot.config import Settings
from bot.db import events as db
from bot.db import outbox
from bot.db.access import Actor
from bot.db.accounts import Staff, Topic
from bot.db.base import Session, bare
from bot.db.events import Event, EventAttendance, EventClass, EventGuest, EventState, Guest
from bot.db.outbox import MessageState
from bot.errors import AppError
from bot.features import audit
from bot.features.events import Card, arguments, look
from bot.features.events.planning import (
    check_end,
    check_published,
    check_start,
    clean_place,
    find,
    find_draft,
)
from bot.features.outbox import SLICE, Message, clean_line, post

REASON_MAX = 300
# What changes so shortly before the start goes out at night, too.
URGENT = timedelta(hours=12)
NOT_OUT = (MessageState.WAITING, MessageState.HELD, MessageState.STOPPED)


async def publish(
    session: Session, actor: Actor, now: datetime, today: date, settings: Settings, event_id: int
) -> int:
    """Announce a draft: everybody whom it is for is invited; how many they are. Once.

    The number of queries is the same for ten guardians and a thousand, memory for any number of them.
    Raises AppError where something is missing, the time has passed meanwhile, or it was announced already.
    """
    event = await find_draft(session, actor, event_id)
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
    said = arguments(card, settings)
    invited = last = 0
    while people := await db.to_invite(session, event, today, last, SLICE):
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
        rows = [
            {"event_id": event_id, "person_id": id_, "outbox_id": each.id}
            for id_, each in zip(people, posted, strict=True)
        ]
        await session.execute(insert(bare(EventGuest)), rows)
        invited += len(people)
        if len(people) < SLICE:
            break
        last = max(people)
    await _tell_organiser(session, actor, now, settings, event, "event-organiser", said)
    audit.record(session, actor, now, "event.published", f"event:{event_id}", invited=invited)
    return invited


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
    await outbox.withdraw(session, now, outbox.about(event_id, "event-moved", "event-reminder"))
    await db.reword_waiting(session, event_id, arguments(card, settings))
    found = await db.guests(session, event, today)
    places = await db.to_invite(session, event, today)
    messages = _new_words(card, settings, found, now)
    for guest in found:
        if not guest.people and guest.invitation in NOT_OUT:
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
                guardian_id=places.get(guest.person_id),
            )
        )
    await post(session, settings, now, messages)
    said = arguments(card, settings) | was
    await _tell_organiser(session, actor, now, settings, event, "event-moved", said, urgent=urgent)
    told = sum(bool(guest.people) for guest in found)
    audit.record(
        session,
        actor,
        now,
        "event.moved",
        f"event:{event_id}",
        was=before,
        to=starts_at,
        new_place=place != before_place,
        signed=told,
    )
    return told


def clean_reason(text: str | None) -> str:
    """Why an event is called off, on one line. Raises AppError for no words, or too many."""
    return clean_line(text, REASON_MAX)


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
    event.cancel_reason = clean_reason(reason)
    event.state, event.cancelled_at = EventState.CANCELLED, now
    event.sequence += 1
    await session.flush()
    waiting = ("event", "event-again", "event-moved", "event-reminder", "event-organiser", "event-mark")
    found = await db.guests(session, event, today)
    await outbox.withdraw(session, now, outbox.about(event_id, *waiting))
    told = 0
    if event.ends_at > now:
        messages = _new_words(card, settings, found, now)
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


def _new_words(card: Card, settings: Settings, found: Sequence[Guest], now: datetime) -> list[Message]:
    """Invitations that have come are written anew where they stand: they make no sound, so at any hour.

    One that is on its way comes with the old words; one that then never comes is not written anew.
    """
    event = card.event
    return [
        Message(
            guest.person_id,
            "event-again",
            arguments(card, settings, guest.people),
            f"event-again:{event.id}:{event.sequence}:{guest.person_id}",
            urgent=True,
            replaces_id=guest.outbox_id,
        )
        for guest in found
        if outbox.may_have_come(guest.invitation, guest.not_before, now)
    ]
