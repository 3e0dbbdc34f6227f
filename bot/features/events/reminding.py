"""What happens of itself: the reminder on the eve, and the question who came."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from bot.config import Settings
from bot.db import events as db
from bot.db import outbox
from bot.db.access import Actor
from bot.db.accounts import Staff
from bot.db.base import Session
from bot.db.events import Event, EventGuest, EventState
from bot.db.outbox import OutboxMessage
from bot.features.events import arguments, cards_of, reminder_at
from bot.features.outbox import Message, post

# The bot itself: it sees what everybody is told.
NOBODY = Actor(0)


async def remind(session: Session, now: datetime, settings: Settings) -> None:
    """From six in the evening before: who signed up is reminded, once for each start.

    Quiet hours hold it, the choice for this topic does not: they signed up. What was missed is made up for
    as long as the event has not begun; what would come after that does not go out at all.
    """
    zone = settings.school.zone
    near = (
        Event.state == EventState.PUBLISHED,
        Event.starts_at > now,
        Event.starts_at <= now + timedelta(days=2),
    )
    for event in (await session.scalars(select(Event).where(*near))).all():
        if reminder_at(event.starts_at, zone) > now:
            continue
        today = now.astimezone(zone).date()
        here = db.is_here(EventGuest.person_id, event.id, today, parents=event.for_parents, staff=True)
        claim = (
            update(EventGuest)
            .where(
                EventGuest.event_id == event.id,
                EventGuest.people > 0,
                or_(EventGuest.reminded_for.is_(None), EventGuest.reminded_for != event.starts_at),
                here,
            )
            .values(reminded_for=event.starts_at)
            .returning(EventGuest.person_id, EventGuest.people)
            .execution_options(synchronize_session=False)
        )
        guests = (await session.execute(claim)).all()
        if not guests:
            continue
        (card,) = await cards_of(session, NOBODY, Event.id == event.id, 1)
        places = await db.to_invite(session, event, today)
        messages = [
            Message(
                person_id,
                "event-reminder",
                arguments(card, settings, people),
                f"event-reminder:{event.id}:{event.starts_at.isoformat()}:{person_id}",
                subject_id=event.id,
                guardian_id=places.get(person_id),
            )
            for person_id, people in guests
        ]
        posted = await post(session, settings, now, messages)
        late = [each.id for each in posted if each.goes_at and each.goes_at >= event.starts_at]
        await outbox.withdraw(session, now, OutboxMessage.id.in_(late))


async def ask_who_came(session: Session, now: datetime, settings: Settings) -> None:
    """When an event is over, its organiser (or who made it) is asked who came: once."""
    over = Event.state == EventState.PUBLISHED, Event.ends_at <= now, Event.asked_at.is_(None)
    due = (await session.scalars(select(Event.id).where(*over))).all()
    if not due:
        return
    claim = update(Event).where(Event.id.in_(due), *over).values(asked_at=now)
    claimed = (
        await session.scalars(claim.returning(Event.id).execution_options(synchronize_session=False))
    ).all()
    query = select(Event.id, Staff.person_id, Event.created_by).outerjoin(
        Staff, Staff.id == Event.organiser_id
    )
    to = {
        event_id: organiser or creator
        for event_id, organiser, creator in await session.execute(query.where(Event.id.in_(claimed)))
    }
    cards = await cards_of(session, NOBODY, Event.id.in_(claimed), len(claimed))
    messages = [
        Message(
            person_id,
            "event-mark",
            arguments(card, settings),
            f"event-mark:{card.event.id}:{card.event.sequence}",
            subject_id=card.event.id,
        )
        for card in cards
        if (person_id := to[card.event.id]) is not None
    ]
    await post(session, settings, now, messages)
