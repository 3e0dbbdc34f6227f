"""Readings of indicators, recorded by staff."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base


class Reading(Base):
    """One recorded value. Never changed or deleted: a later one (by date, then by id) supersedes it.

    A share carries numerator and denominator where they are known; `value` is per cent, a count,
    points (decrease) or 1/0 (yearly, presence).
    """

    __tablename__ = "readings"
    __table_args__ = (Index("ix_readings_latest", "indicator_key", "on_date", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_key: Mapped[str] = mapped_column(String(50))
    on_date: Mapped[date]
    value: Mapped[float]
    numerator: Mapped[float | None]
    denominator: Mapped[float | None]
    comment: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]
