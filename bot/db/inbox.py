"""Updates of Telegram on their way in, and where each chat's conversation stands."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import JSON, BigInteger, CursorResult, Index, String, bindparam, delete, null, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Session, bare, enum_column, insert_new


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
_FINISH = (
    update(INBOX)
    .where(INBOX.c.update_id == bindparam("handled"), INBOX.c.state == UpdateState.WAITING)
    .values(
        state=bindparam("to"),
        payload=null(),
        replies=bindparam("said", type_=INBOX.c.replies.type),
        error_id=bindparam("error"),
    )
)


async def store(session: Session, updates: dict[int, dict[str, Any]], now: datetime) -> list[int]:
    """Store the updates that are new, in order; the others (Telegram repeats) are left as they are."""
    rows = [{"update_id": id_, "received_at": now, "payload": updates[id_]} for id_ in sorted(updates)]
    stored = await session.scalars(insert_new(session, INBOX).returning(INBOX.c.update_id), rows)
    return sorted(stored)


async def waiting(session: Session) -> Sequence[InboxUpdate]:
    """What was stored and not handled before the process ended, in order."""
    query = select(InboxUpdate).where(InboxUpdate.state == UpdateState.WAITING)
    return (await session.scalars(query.order_by(InboxUpdate.update_id))).all()


async def unanswered(session: Session) -> Sequence[InboxUpdate]:
    """What was handled and not answered before the process ended, in order."""
    query = select(InboxUpdate).where(InboxUpdate.replies.is_not(None))
    return (await session.scalars(query.order_by(InboxUpdate.update_id))).all()


async def finish(session: Session, update_id: int, replies: list[Any], error_id: str | None) -> bool:
    """Mark an update as handled, in the transaction of its effects; its payload goes.

    False where it was handled before: its effects are there, and this transaction is to leave none.
    """
    values = {
        "handled": update_id,
        "to": UpdateState.FAILED if error_id else UpdateState.DONE,
        "said": replies or None,
        "error": error_id,
    }
    result = await session.execute(_FINISH, values)
    return cast("CursorResult[Any]", result).rowcount == 1


async def mark_answered(session: Session, update_ids: list[int]) -> None:
    """The replies of these are out."""
    await session.execute(update(INBOX).where(INBOX.c.update_id.in_(update_ids)).values(replies=null()))


async def delete_handled(session: Session, before: datetime) -> None:
    """Forget what was handled before a moment. Telegram repeats nothing older than 24 hours."""
    await session.execute(
        delete(InboxUpdate).where(
            InboxUpdate.state != UpdateState.WAITING,
            InboxUpdate.replies.is_(None),
            InboxUpdate.received_at < before,
        )
    )
