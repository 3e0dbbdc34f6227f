"""Writing the audit trail."""

from datetime import datetime
from typing import Any

from bot.db.access import Actor
from bot.db.audit import AuditEntry
from bot.db.base import Session


def record(
    session: Session, actor: Actor | None, now: datetime, action: str, subject: str, **details: Any
) -> None:
    """Note that the actor (None: the bot itself) did something; part of the caller's transaction.

    `subject` names the row ("staff:3"); details carry ids and values, never a person's words.
    """
    session.add(
        AuditEntry(
            at=now,
            person_id=actor.person_id if actor else None,
            action=action,
            subject=subject,
            details=details,
        )
    )
