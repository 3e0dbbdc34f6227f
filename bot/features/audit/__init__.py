"""Writing the audit trail. Reading it is in looking.py."""

from datetime import UTC, date, datetime, time
from typing import Any

from bot.db.access import Actor
from bot.db.audit import AuditEntry
from bot.db.base import Session


def record(
    session: Session, actor: Actor | None, now: datetime, action: str, subject: str, **details: Any
) -> None:
    """Note that the actor (None: the bot itself) did something; part of the caller's transaction.

    `subject` names the row ("staff:3"); details carry ids and values, never a person's words. Where a value
    takes the place of another they are `was` and `to`; what else there is to say has a name of its own. Every
    action and every name has words in texts/*/audit.ftl.
    """
    session.add(
        AuditEntry(
            at=now,
            person_id=actor.person_id if actor else None,
            action=action,
            subject=subject,
            details={name: _plain(value) for name, value in details.items()},
        )
    )


def _plain(value: Any) -> Any:
    """A value as JSON has it: days and moments (UTC) as text, sets in order."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case set() | frozenset():
            return sorted(value)
        case list() | tuple():
            return [_plain(each) for each in value]
        case _:
            return value
