"""A person's data: all of it as a file, and leaving: what is personal erased, what must stay made nameless.

How each table is handed out and cleared stands in the module of its noun (see registry).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Person
from bot.db.base import Session
from bot.errors import NotFoundError
from bot.features import audit
from bot.features import feedback as letters
from bot.features.privacy import (
    accounts,
    declarations,
    documents,
    events,
    feedback,
    findings,
    messages,
    notes,
    programme,
    risk,
    roster,
    support,
    surveys,
)
from bot.features.privacy.registry import Kept, Table

# In the order of erasing: what is found by a guardian's place or a post goes before these, which stand in
# `roster` and `accounts`.
NOUNS: Sequence[Mapping[str, Table]] = (
    notes.TABLES,
    risk.TABLES,
    feedback.TABLES,
    findings.TABLES,
    surveys.TABLES,
    events.TABLES,
    programme.TABLES,
    documents.TABLES,
    declarations.TABLES,
    support.TABLES,
    messages.TABLES,
    roster.TABLES,
    accounts.TABLES,
)
TABLES: Mapping[str, Table] = {name: table for noun in NOUNS for name, table in noun.items()}


@dataclass(frozen=True)
class Section:
    """What one table holds of a person: labels and rows. `words` as the table has them."""

    table: str
    labels: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    words: Mapping[str, str]


async def export(
    session: Session, actor: Actor, elsewhere: Mapping[str, Sequence[Sequence[Any]]] = {}
) -> list[Section]:
    """Everything that the bot keeps of the actor: a query a table, the person themselves first.

    `elsewhere`: rows of a table that do not lie in the database.
    """
    person = await _person(session, actor)
    sections = []
    for name, table in reversed(list(TABLES.items())):
        if isinstance(table.export, str):
            continue
        found = await session.execute(table.export(person))
        rows = found.all() or elsewhere.get(name, ())
        sections.append(Section(name, tuple(found.keys()), rows, table.words))
    return sections


async def kept_of(session: Session, actor: Actor) -> list[Kept]:
    """What the school would keep of the actor, nameless: one query. That they were here is always kept."""
    person = await _person(session, actor)
    reasons = [
        (table.kept, exists(table.export(person).order_by(None)))
        for table in TABLES.values()
        if isinstance(table.kept, Kept) and not isinstance(table.export, str)
    ]
    there = (await session.execute(select(*(query for _, query in reasons)))).one()
    found = {reason for (reason, _), is_there in zip(reasons, there, strict=True) if is_there}
    return [reason for reason in Kept if reason in found | {Kept.CONSENT, Kept.AUDIT}]


async def erase(session: Session, actor: Actor, now: datetime, today: date, settings: Settings) -> list[Kept]:
    """Withdraw the actor's consent and erase what is theirs; what the school keeps.

    The person's row stays without their Telegram id, so that counts and the audit trail keep their meaning.
    """
    kept = await kept_of(session, actor)
    person = await _person(session, actor)
    await erase_person(session, person, now, today, settings)
    audit.record(session, actor, now, "consent.withdrawn", f"person:{person.id}")
    return kept


async def erase_person(
    session: Session, person: Person, now: datetime, today: date, settings: Settings
) -> None:
    """Clear every table of a person, and their letters without a name: only the key leads there."""
    await letters.erase(session, await letters.written_by(session, settings, person.id))
    for table in TABLES.values():
        if table.erase:
            await table.erase(session, person, now, today)


async def _person(session: Session, actor: Actor) -> Person:
    if actor.person_id is None:
        raise NotFoundError
    return await session.get_one(Person, actor.person_id)
