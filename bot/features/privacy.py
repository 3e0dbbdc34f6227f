"""Leaving: consent withdrawn, what is personal erased, what the school must keep made anonymous."""

from datetime import datetime

from sqlalchemy import delete, update

from bot.db.access import Actor
from bot.db.accounts import Consent, Person, Staff
from bot.db.base import Session
from bot.db.inbox import Conversation
from bot.db.outbox import OutboxMessage
from bot.db.roster import Guardian
from bot.errors import NotFoundError
from bot.features import audit


async def erase(session: Session, actor: Actor, now: datetime) -> None:
    """Withdraw the actor's consent and erase what is theirs.

    The person's row stays without their Telegram id, so that counts and the audit trail keep their meaning.
    """
    if actor.person_id is None:
        raise NotFoundError
    person = await session.get_one(Person, actor.person_id)
    person.telegram_id = -person.id  # no Telegram id is negative for a person: nobody is found by it
    await session.execute(
        update(Consent)
        .where(Consent.person_id == person.id, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    await session.execute(update(Guardian).where(Guardian.person_id == person.id).values(person_id=None))
    await session.execute(update(Staff).where(Staff.person_id == person.id).values(person_id=None))
    await session.execute(delete(OutboxMessage).where(OutboxMessage.person_id == person.id))
    await session.execute(delete(Conversation).where(Conversation.chat_id == actor.telegram_id))
    audit.record(session, actor, now, "consent.withdrawn", f"person:{person.id}")
