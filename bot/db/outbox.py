"""Messages to people on their way out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, exists, select, update
from sqlalchemy.orm import Mapped, aliased, mapped_column

from bot.db.accounts import Person
from bot.db.base import Base, Session, enum_column


class MessageState(StrEnum):
    """Waiting to be sent, sent, or why not."""

    WAITING = "waiting"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    FAILED = "failed"


class OutboxMessage(Base):
    """One message to one person; `kind` and `arguments` say what, ui/ words it when it is sent.

    `dedup_key` makes the same message impossible twice; `subject_id` is the row that it is about
    (of a note the receipt), which is told of the delivery.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "state", "not_before", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(String(50))
    subject_id: Mapped[int | None]
    arguments: Mapped[dict[str, Any]]
    dedup_key: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    state: Mapped[MessageState] = mapped_column(enum_column(MessageState), default=MessageState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
    message_id: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(String(300))


async def add(
    session: Session,
    *,
    person_id: int,
    kind: str,
    arguments: dict[str, Any],
    dedup_key: str,
    now: datetime,
    not_before: datetime | None = None,
    subject_id: int | None = None,
) -> int | None:
    """Put a message into the outbox; None where the same message (by `dedup_key`) is there already."""
    if await session.scalar(select(OutboxMessage.id).where(OutboxMessage.dedup_key == dedup_key)):
        return None
    message = OutboxMessage(
        person_id=person_id,
        kind=kind,
        subject_id=subject_id,
        arguments=arguments,
        dedup_key=dedup_key,
        created_at=now,
        not_before=not_before or now,
        state=MessageState.WAITING,
    )
    session.add(message)
    await session.flush()
    return message.id


@dataclass(frozen=True)
class Due:
    """A message that may go out now, with all that sending it needs."""

    id: int
    person_id: int
    telegram_id: int
    language: str
    kind: str
    subject_id: int | None
    arguments: dict[str, Any]
    attempts: int


async def due(session: Session, now: datetime, busy: Collection[int], limit: int) -> list[Due]:
    """The oldest waiting messages, those to the people in `busy` left out.

    What is to be tried again holds back what was written to the same person after it.
    """
    earlier = aliased(OutboxMessage)
    overtaking = exists().where(
        earlier.person_id == OutboxMessage.person_id,
        earlier.id < OutboxMessage.id,
        earlier.state == MessageState.WAITING,
        earlier.attempts > 0,
        earlier.not_before > now,
    )
    query = (
        select(
            OutboxMessage.id,
            OutboxMessage.person_id,
            Person.telegram_id,
            Person.language,
            OutboxMessage.kind,
            OutboxMessage.subject_id,
            OutboxMessage.arguments,
            OutboxMessage.attempts,
        )
        .join(Person, Person.id == OutboxMessage.person_id)
        .where(
            OutboxMessage.state == MessageState.WAITING,
            OutboxMessage.not_before <= now,
            OutboxMessage.person_id.not_in(busy),
            ~overtaking,
        )
        .order_by(OutboxMessage.id)
        .limit(limit)
    )
    return [Due(*row) for row in await session.execute(query)]


@dataclass(frozen=True)
class Result:
    """What became of one attempt to send. `retry_at` keeps the message waiting."""

    message: Due
    state: MessageState
    at: datetime
    message_id: int | None = None
    error: str | None = None
    retry_at: datetime | None = None


async def record(session: Session, result: Result) -> None:
    """Write back what became of a message."""
    values: dict[str, Any] = {"state": result.state, "attempts": result.message.attempts + 1}
    if result.retry_at:
        values["not_before"] = result.retry_at
    else:
        values["finished_at"] = result.at
        values["message_id"] = result.message_id
    values["error"] = result.error
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == result.message.id, OutboxMessage.state == MessageState.WAITING)
        .values(values)
    )


async def set_reachable(session: Session, person_id: int, since: datetime | None) -> None:
    """Mark a person as unreachable since a moment, or as reachable again (None)."""
    await session.execute(update(Person).where(Person.id == person_id).values(unreachable_since=since))
