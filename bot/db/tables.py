"""Every table, by import: for whoever needs the whole metadata."""

from bot.db import (
    accounts,
    activities,
    audit,
    declarations,
    documents,
    events,
    feedback,
    findings,
    health,
    inbox,
    indicators,
    notes,
    outbox,
    roster,
    surveys,
)
from bot.db.base import Base
from bot.db.risk import marks, register, routes, support

__all__ = [
    "accounts",
    "activities",
    "audit",
    "declarations",
    "documents",
    "events",
    "feedback",
    "findings",
    "health",
    "inbox",
    "indicators",
    "marks",
    "metadata",
    "notes",
    "outbox",
    "register",
    "roster",
    "routes",
    "support",
    "surveys",
]

metadata = Base.metadata
