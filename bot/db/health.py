"""What is known of the bot itself: that it lives, and which troubles its administration was told of."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Session


class Heartbeat(Base):
    """When the bot last lived as it should: one row, for who looks at the database from outside."""

    __tablename__ = "heartbeat"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]


class Alarm(Base):
    """A trouble that lasts since a moment (None: it is over), and when the administration was last told.

    `fine_since`: it looks as if it were over, but may come back.
    """

    __tablename__ = "alarms"

    name: Mapped[str] = mapped_column(String(50), primary_key=True)
    since: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    fine_since: Mapped[datetime | None]


async def alarms(session: Session) -> Sequence[Alarm]:
    """All that there ever were."""
    return (await session.scalars(select(Alarm).order_by(Alarm.name))).all()
