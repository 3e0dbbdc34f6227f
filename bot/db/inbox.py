"""Updates of Telegram on their way in, and where each chat's conversation stands."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String, delete, insert, null, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Session, bare, enum_column


class UpdateState(StrEnum):
    """Waiting, handled, or given up with an error."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class InboxUpdate(Base):
    """One update: stored before Telegram is told, marked in the transaction of its effects.

    The payload goes as soon as it is handled: what a guest wrote before consent does not stay here.
    `replies` keeps the answers (calls of the Bot API) until they are out, so that a kill between the
    commit and the answer leaves nobody without one.
    """

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_state", "state", "update_id"),)

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    received_at: Mapped[datetime]
    state: Mapped[UpdateState] = mapped_column(enum_column(UpdateState), default=UpdateState.WAITING)
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    replies: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    error_id: Mapped[str | None] = mapped_column(String(20))


class Conversation(Base):
    """Where one chat's flow stands: part of the update's transaction, so never ahead of it nor behind."""

    __tablename__ = "conversations"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    state: Mapped[str | None] = mapped_column(String(100))
    data: Mapped[dict[str, Any]]


# Every update passes here thrice: past the mapping, which costs more than the statement itself.
INBOX = bare(InboxUpdate)


async def store(session: Session, updates: dict[int, dict[str, Any]], now: datetime) -> list[int]:
    """Store the updates that are new, in order; the others (Telegram repeats) are left as they are."""
    known = set(
        await session.scalars(select(InboxUpdate.update_id).where(InboxUpdate.update_id.in_(updates)))
    )
    new = [update_id for update_id in sorted(updates) if update_id not in known]
    if new:
        rows = [{"update_id": id_, "received_at": now, "payload": updates[id_]} for id_ in new]
        await session.execute(insert(INBOX), rows)
    return new


async def waiting(session: Session) -> Sequence[InboxUpdate]:
    """What was stored and not handled before the process ended, in order."""
    query = select(InboxUpdate).where(InboxUpdate.state == UpdateState.WAITING)
    return (await session.scalars(query.order_by(InboxUpdate.update_id))).all()


async def unanswered(session: Session) -> Sequence[InboxUpdate]:
    """What was handled and not answered before the process ended, in order."""
    query = select(InboxUpdate).where(InboxUpdate.replies.is_not(None))
    return (await session.scalars(query.order_by(InboxUpdate.update_id))).all()


async def is_waiting(session: Session, update_id: int) -> bool:
    """Whether the update is still to be handled. First in a handler's transaction: takes the write lock."""
    state = await session.scalar(select(InboxUpdate.state).where(InboxUpdate.update_id == update_id))
    return state == UpdateState.WAITING


async def finish(session: Session, update_id: int, replies: list[Any] | None, error_id: str | None) -> None:
    """Mark an update as handled, in the transaction of its effects; its payload goes."""
    await session.execute(
        update(INBOX)
        .where(INBOX.c.update_id == update_id)
        .values(
            state=UpdateState.FAILED if error_id else UpdateState.DONE,
            payload=null(),
            replies=replies or null(),
            error_id=error_id,
        )
    )


async def mark_answered(session: Session, update_ids: list[int]) -> None:
    """The replies of these are out."""
    await session.execute(
        update(INBOX).where(INBOX.c.update_id.in_(update_ids)).values(replies=null())
    )


async def delete_handled(session: Session, before: datetime) -> None:
    """Forget what was handled before a moment. Telegram repeats nothing older than 24 hours."""
    await session.execute(
        delete(InboxUpdate).where(
            InboxUpdate.state != UpdateState.WAITING,
            InboxUpdate.replies.is_(None),
            InboxUpdate.received_at < before,
        )
    )
