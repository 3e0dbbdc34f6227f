"""What comes in and what goes out: conversations, messages, the audit trail."""

from datetime import date, datetime

from sqlalchemy import delete, select

from bot.db.accounts import Person
from bot.db.audit import AuditEntry
from bot.db.base import Session
from bot.db.inbox import Conversation
from bot.db.outbox import OutboxMessage
from bot.features.privacy.registry import Kept, Query, Table, delete_of


def _conversations(me: Person) -> Query:
    return select(Conversation.state.label("step"), Conversation.data.label("data")).where(
        Conversation.chat_id == me.telegram_id
    )


async def _forget_conversation(session: Session, me: Person, now: datetime, today: date) -> None:
    await session.execute(delete(Conversation).where(Conversation.chat_id == me.telegram_id))


def _outbox(me: Person) -> Query:
    return (
        select(
            OutboxMessage.created_at.label("when"),
            OutboxMessage.kind.label("kind"),
            OutboxMessage.arguments.label("message"),
            OutboxMessage.state.label("state"),
            OutboxMessage.finished_at.label("finished"),
        )
        .where(OutboxMessage.person_id == me.id)
        .order_by(OutboxMessage.id)
    )


def _audit(me: Person) -> Query:
    return (
        select(
            AuditEntry.at.label("when"),
            AuditEntry.action.label("action"),
            AuditEntry.subject.label("record"),
        )
        .where(AuditEntry.person_id == me.id)
        .order_by(AuditEntry.id)
    )


TABLES = {
    "conversations": Table(_conversations, erase=_forget_conversation),
    "outbox": Table(
        _outbox, erase=delete_of(OutboxMessage.person_id), words={"state": "privacy-message-state"}
    ),
    "pictures": Table("results that we have drawn", kept="results that we have drawn"),
    "inbox": Table("updates are emptied when they are handled", kept="emptied when they are handled"),
    "heartbeat": Table("of the bot itself", kept="of the bot itself"),
    "alarms": Table("of the bot itself", kept="of the bot itself"),
    "audit": Table(_audit, kept=Kept.AUDIT),
}
