"""Who changed what, when. Rows are added and never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base


class AuditEntry(Base):
    """One change: by whom (None: the bot itself), what, to what, with the values."""

    __tablename__ = "audit"
    # The latest first, of all, of a person, of some actions, of one subject.
    __table_args__ = (
        Index("ix_audit_person_id", "person_id", "at"),
        Index("ix_audit_action", "action", "at"),
        Index("ix_audit_subject", "subject", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    action: Mapped[str] = mapped_column(String(50))
    subject: Mapped[str] = mapped_column(String(100))
    details: Mapped[dict[str, Any]]
