"""Leaving: consent withdrawn, what is personal erased, what the school must keep made anonymous."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy import delete, update

from bot.db.access import Actor
from bot.db.accounts import Consent, Person, Preference, Staff
from bot.db.base import Session
from bot.db.inbox import Conversation
from bot.db.outbox import OutboxMessage
from bot.db.roster import Guardian
from bot.errors import NotFoundError
from bot.features import audit, notes, surveys

Eraser = Callable[[Session, Person, datetime], Awaitable[None]]


async def _consents(session: Session, person: Person, now: datetime) -> None:
    mine = Consent.person_id == person.id, Consent.withdrawn_at.is_(None)
    await session.execute(update(Consent).where(*mine).values(withdrawn_at=now))


async def _conversations(session: Session, person: Person, now: datetime) -> None:
    await session.execute(delete(Conversation).where(Conversation.chat_id == person.telegram_id))


async def _outbox(session: Session, person: Person, now: datetime) -> None:
    await session.execute(delete(OutboxMessage).where(OutboxMessage.person_id == person.id))


async def _preferences(session: Session, person: Person, now: datetime) -> None:
    await session.execute(delete(Preference).where(Preference.person_id == person.id))


async def _guardians(session: Session, person: Person, now: datetime) -> None:
    await session.execute(update(Guardian).where(Guardian.person_id == person.id).values(person_id=None))


async def _staff(session: Session, person: Person, now: datetime) -> None:
    await session.execute(update(Staff).where(Staff.person_id == person.id).values(person_id=None))


async def _note_answers(session: Session, person: Person, now: datetime) -> None:
    await notes.erase_person(session, person.id)


async def _surveys(session: Session, person: Person, now: datetime) -> None:
    await surveys.erase_person(session, person.id)


async def _people(session: Session, person: Person, now: datetime) -> None:
    person.telegram_id = -person.id  # no Telegram id is negative for a person: nobody is found by it


# How each table is cleared of a person who leaves, in this order. A table stands here or in KEPT: a test
# fails for one that stands in neither.
ERASED: Mapping[str, Eraser] = {
    "consents": _consents,
    "conversations": _conversations,
    "outbox": _outbox,
    "preferences": _preferences,
    "note_answers": _note_answers,
    "survey_drafts": _surveys,
    "survey_participants": _surveys,
    "guardians": _guardians,
    "staff": _staff,
    "people": _people,
}
# What holds nothing of the person but the number of their row, which leads nowhere then; and why it stays.
KEPT: Mapping[str, str] = {
    "activity_reports": "what the school did under its programme",
    "assignments": "what the school did under its programme",
    "audit": "who did what, by numbers of rows",
    "classes": "the school's roster",
    "inbox": "updates are emptied when they are handled",
    "invitations": "hashes of codes",
    "note_receipts": "that the school wrote to somebody",
    "notes": "what teachers wrote about a pupil",
    "occurrences": "dates of the programme",
    "pupils": "the school's roster",
    "readings": "values of indicators",
    "staff_roles": "the school's staff",
    "survey_answers": "answers that lead to nobody",
    "survey_questions": "what was asked",
    "surveys": "what was asked",
    "teaching": "who teaches whom",
    "wrong_codes": "hashes, deleted after an hour",
}


async def erase(session: Session, actor: Actor, now: datetime) -> None:
    """Withdraw the actor's consent and erase what is theirs.

    The person's row stays without their Telegram id, so that counts and the audit trail keep their meaning.
    """
    if actor.person_id is None:
        raise NotFoundError
    person = await session.get_one(Person, actor.person_id)
    for eraser in ERASED.values():
        await eraser(session, person, now)
    audit.record(session, actor, now, "consent.withdrawn", f"person:{person.id}")
