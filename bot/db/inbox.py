"""Updates of Telegram on their way in, and where each chat's conversation stands."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    BigInteger,
    Index,
    String,
    bindparam,
    case,
    delete,
    func,
    insert,
    null,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Session, bare, enum_column, insert_new
from bot.db.prepared import Prepared


class UpdateState(StrEnum):
    """Waiting, handled, or given up with an error."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class InboxUpdate(Base):
    """One update: stored before Telegram is told, marked in the transaction of its effects.

    The payload goes as soon as it is handled: what a guest wrote before consent does not stay here.
    `replies` keeps what is still to be done (calls of the Bot API above all) until it is, so that a kill
    between the commit and the answer leaves nobody without one. `chat_id` goes when nothing is left to do:
    whose update it was is not kept, and the index of what is unfinished stays small.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        Index(
            "ix_inbox_unfinished",
            "chat_id",
            "update_id",
            sqlite_where=text("chat_id IS NOT NULL"),
            postgresql_where=text("chat_id IS NOT NULL"),
        ),
    )

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
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


class Stand(NamedTuple):
    """Where a conversation stands: the step, and what has been said so far."""

    state: str | None = None
    data: Mapping[str, Any] = {}


# Every update passes here: statements are built once, past the mapping, which costs more than they do.
INBOX = bare(InboxUpdate)
_STORE = Prepared(
    insert_new(INBOX)
    .values(
        update_id=bindparam("update_id"),
        chat_id=bindparam("chat_id"),
        payload=bindparam("payload"),
        received_at=bindparam("received_at"),
        state=UpdateState.WAITING,
    )
    .returning(INBOX.c.update_id)
)
_FINISH = Prepared(
    update(INBOX)
    .where(INBOX.c.update_id == bindparam("handled"), INBOX.c.state == UpdateState.WAITING)
    .values(
        state=bindparam("to"),
        payload=null(),
        replies=bindparam("said", type_=INBOX.c.replies.type),
        # Nothing is left to do where nothing is to be said.
        chat_id=case((bindparam("left"), INBOX.c.chat_id)),
        error_id=bindparam("error"),
    )
)
_ANSWERED = Prepared(
    update(INBOX)
    # Never of one that waits: nobody would find it again.
    .where(INBOX.c.update_id == bindparam("answered"), INBOX.c.state != UpdateState.WAITING)
    .values(replies=null(), chat_id=null())
)
_CONVERSATIONS = bare(Conversation)
_THEIRS = _CONVERSATIONS.c.chat_id == bindparam("chat")
_STANDS = Prepared(select(_CONVERSATIONS.c.state, _CONVERSATIONS.c.data).where(_THEIRS))
_GOES_ON = Prepared(
    update(_CONVERSATIONS).where(_THEIRS).values(state=bindparam("state"), data=bindparam("data"))
)


class Incoming(NamedTuple):
    """An update as it comes: within its chat order is kept."""

    update_id: int
    chat_id: int
    payload: dict[str, Any]


async def store(session: Session, updates: Iterable[Incoming], now: datetime) -> set[int]:
    """Store the updates that are new; the others (Telegram repeats) are left as they are. The new ids."""
    rows = [each._asdict() | {"received_at": now} for each in updates]
    return {update_id for (update_id,) in await _STORE.rows_of_each(session, rows)}


async def unfinished_chats(session: Session, limit: int) -> dict[int, int]:
    """The oldest updates that are not handled or not answered yet, in order: the chat of each."""
    query = select(INBOX.c.update_id, INBOX.c.chat_id).where(INBOX.c.chat_id.is_not(None))
    rows = await session.execute(query.order_by(INBOX.c.update_id).limit(limit))
    return {row.update_id: row.chat_id for row in rows}


class Depth(NamedTuple):
    """What is not handled or not answered yet: how much, and since when the oldest."""

    waiting: int
    oldest: datetime | None


async def depth(session: Session) -> Depth:
    """How much is unfinished, one query over the index of what is."""
    query = select(func.count(), func.min(INBOX.c.received_at)).where(INBOX.c.chat_id.is_not(None))
    return Depth(*(await session.execute(query)).one())


async def unfinished(session: Session, chat_id: int, limit: int) -> Sequence[InboxUpdate]:
    """The oldest updates of a chat that are not handled or not answered yet, in order."""
    query = select(InboxUpdate).where(InboxUpdate.chat_id == chat_id)
    return (await session.scalars(query.order_by(InboxUpdate.update_id).limit(limit))).all()


async def finish(session: Session, update_id: int, replies: list[Any], error_id: str | None) -> bool:
    """Mark an update as handled, in the transaction of its effects; its payload goes.

    False where it was handled before: its effects are there, and this transaction is to leave none.
    """
    changed = await _FINISH.run(
        session,
        handled=update_id,
        to=UpdateState.FAILED if error_id else UpdateState.DONE,
        said=replies or None,
        left=bool(replies),
        error=error_id,
    )
    return changed == 1


async def mark_answered(session: Session, update_ids: list[int]) -> None:
    """The replies of these are out."""
    await _ANSWERED.run_each(session, [{"answered": id_} for id_ in update_ids])


async def conversation(session: Session, chat_id: int) -> Stand:
    """Where a chat's conversation stands."""
    rows = await _STANDS.rows(session, chat=chat_id)
    return Stand(*rows[0]) if rows else Stand()


async def put_away(session: Session, chat_id: int, stand: Stand) -> None:
    """Keep where a chat's conversation stands from now on, in the transaction of the update's effects."""
    if stand == Stand():
        await session.execute(delete(_CONVERSATIONS).where(_THEIRS), {"chat": chat_id})
        return
    if not await _GOES_ON.run(session, chat=chat_id, **stand._asdict()):
        await session.execute(insert(_CONVERSATIONS), {"chat_id": chat_id, **stand._asdict()})


async def delete_handled(session: Session, before: datetime) -> None:
    """Forget what was handled before a moment. Telegram repeats nothing older than 24 hours."""
    await session.execute(
        delete(InboxUpdate).where(
            InboxUpdate.state != UpdateState.WAITING,
            InboxUpdate.replies.is_(None),
            InboxUpdate.received_at < before,
        )
    )
