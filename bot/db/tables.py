"""Every table, by import: for whoever needs the whole metadata."""

from bot.db import (
    accounts,
    activities,
    audit,
    inbox,
    indicators,
    notes,
    outbox,
    roster,
    surveys,
)
from bot.db.base import Base

__all__ = [
    "accounts",
    "activities",
    "audit",
    "inbox",
    "indicators",
    "metadata",
    "notes",
    "outbox",
    "roster",
    "surveys",
]

metadata = Base.metadata
