"""Events as those see them who are invited: what comes, signing up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, func, or_, select

from bot.config import Settings
from bot.db import events as db
from bot.db.access import Actor, invited_to, runs_event, sees_event
from bot.db.accounts import Staff
from bot.db.base import Session
from bot.db.events import Event, EventGuest, EventState
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.events.audience import Audience, audiences

# With how many people somebody can come, themselves included.
PEOPLE_MAX = 10
REMINDER_AT = time(18)


@dataclass(frozen=True)
class Card:
    """An event as the actor sees it. `people` is their own answer (0: not coming; None: none yet)."""

    event: Event
    audience: Audience
    organiser: str
    people: int | None
    # Whether they mark who came.
    runs: bool
    # How many have signed up, and with how many people in all; those who have left are among the people.
    families: int
    signed: int

    def started(self, now: datetime) -> bool:
        """Whether it has begun."""
        return self.event.starts_at <= now

    def open_at(self, now: datetime) -> bool:
        """Whether one can sign up."""
        invites = self.event.for_parents or self.event.for_staff
        return invites and self.event.state == EventState.PUBLISHED and not self.started(now)


def reminder_at(starts_at: datetime, zone: ZoneInfo) -> datetime:
    """When those who signed up are reminded: at six in the evening of the day before (school time)."""
    eve = starts_at.astimezone(zone).date() - timedelta(days=1)
    return datetime.combine(eve, REMINDER_AT, zone)


def arguments(card: Card, settings: Settings, people: int | None = None) -> dict[str, Any]:
    """What a message about the event says; the times as the school's clock shows them."""
    event, zone = card.event, settings.school.zone
    return {
        "event": event.id,
        "title": event.title,
        "place": event.place,
        "description": event.description,
        "photo": event.photo,
        "starts": event.starts_at.astimezone(zone).isoformat(),
        "ends": event.ends_at.astimezone(zone).isoformat(),
        "for_parents": event.for_parents,
        "for_staff": event.for_staff,
        "audience": card.audience.plain(),
        "state": event.state.value,
        "reason": event.cancel_reason,
        "people": people,
    }


# --- looking ---------------------------------------------------------------------------------------------


async def look(session: Session, actor: Actor, today: date, event_id: int) -> Card:
    """An event that the actor may see.

    Raises NotFoundError for any other.
    """
    cards = await cards_of(session, actor, sees_event(actor, today) & (Event.id == event_id), 1)
    if not cards:
        raise NotFoundError
    return cards[0]


async def cards_of(
    session: Session, actor: Actor, where: ColumnElement[bool], limit: int, offset: int = 0
) -> list[Card]:
    """Events that fulfil the condition, the earliest first: four queries."""
    query = (
        select(Event, Staff.name, EventGuest.people, runs_event(actor))
        .outerjoin(Staff, Staff.id == Event.organiser_id)
        .outerjoin(
            EventGuest,
            (EventGuest.event_id == Event.id) & (EventGuest.person_id == (actor.person_id or 0)),
        )
        .where(where)
        .order_by(Event.starts_at, Event.id)
        .limit(limit)
        .offset(offset)
    )
    rows = (await session.execute(query)).all()
    ids = [row[0].id for row in rows]
    found, totals = await audiences(session, ids), await db.totals(session, ids)
    return [
        Card(
            event,
            found[event.id],
            organiser or "",
            people,
            bool(runs),
            totals.get(event.id, (0, 0))[0],
            totals.get(event.id, (0, 0))[1] + event.erased_people,
        )
        for event, organiser, people, runs in rows
    ]


def coming(actor: Actor, now: datetime, today: date) -> ColumnElement[bool]:
    """What is to come for the actor; called off is shown to who had signed up; over, to who marks it."""
    signed = _answers(actor, EventGuest.people > 0)
    return sees_event(actor, today) & or_(
        (Event.state == EventState.PUBLISHED) & (Event.ends_at > now),
        (Event.state == EventState.CANCELLED) & (Event.ends_at > now) & signed,
        (Event.state == EventState.PUBLISHED) & runs_event(actor),
    )


def _answers(actor: Actor, what: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the actor has answered so. Narrows a query over Event."""
    mine = EventGuest.event_id == Event.id, EventGuest.person_id == (actor.person_id or 0)
    return exists().where(*mine, what).correlate(Event)


@dataclass(frozen=True)
class Coming:
    """A page of events, from 0."""

    cards: Sequence[Card]
    page: int
    pages: int


PAGE = 8


async def coming_for(session: Session, actor: Actor, now: datetime, today: date, page: int = 0) -> Coming:
    """The events to come that concern the actor, with their answers; the earliest first."""
    if actor.person_id is None:
        raise NotFoundError
    return await page_of(session, actor, coming(actor, now, today), page)


async def page_of(session: Session, actor: Actor, where: ColumnElement[bool], page: int) -> Coming:
    """A page of the events that fulfil the condition; past the end the last one."""
    total = await session.scalar(select(func.count()).select_from(Event).where(where)) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 0), pages - 1)
    return Coming(await cards_of(session, actor, where, PAGE, page * PAGE), page, pages)


async def unanswered(session: Session, actor: Actor, now: datetime, today: date) -> int:
    """How many invitations wait for the actor's answer."""
    answered = _answers(actor, EventGuest.people.is_not(None))
    waits = (Event.state == EventState.PUBLISHED) & (Event.starts_at > now) & ~answered
    query = select(func.count()).select_from(Event).where(waits, invited_to(actor, today))
    return await session.scalar(query) or 0


# --- signing up ------------------------------------------------------------------------------------------


async def sign_up(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    settings: Settings,
    event_id: int,
    people: int,
) -> Card:
    """Say with how many people the actor comes, themselves included; 0: they do not. The last word counts.

    Raises AppError for too many, and where it is called off or has begun.
    """
    card = await look(session, actor, today, event_id)
    event = card.event
    if actor.person_id is None or not (event.for_parents or event.for_staff):
        raise NotFoundError
    if event.state == EventState.CANCELLED:
        raise AppError("error-event-cancelled")
    if not card.open_at(now):
        raise AppError("error-event-started")
    if not 0 <= people <= PEOPLE_MAX:
        raise AppError("error-event-people", max=PEOPLE_MAX)
    guest = await session.get(EventGuest, (event_id, actor.person_id))
    if guest is None:
        guest = EventGuest(event_id=event_id, person_id=actor.person_id)
        session.add(guest)
    if guest.people != people:
        was, guest.people, guest.answered_at = guest.people, people, now
        if now >= reminder_at(event.starts_at, settings.school.zone):
            guest.reminded_for = event.starts_at  # who signs up on the eve knows
        audit.record(session, actor, now, "event.answered", f"event:{event_id}", was=was, to=people)
        await session.flush()
    return await look(session, actor, today, event_id)


# --- leaving ---------------------------------------------------------------------------------------------


async def erase_person(session: Session, person_id: int) -> None:
    """Forget somebody's answers; how many people they had signed up stays, as a number."""
    signed = select(EventGuest).where(EventGuest.person_id == person_id)
    for guest in (await session.scalars(signed)).all():
        if guest.people:
            event = await session.get_one(Event, guest.event_id)
            event.erased_people += guest.people
        await session.delete(guest)
    await session.flush()
