"""What the module of each noun says of its tables: how a person's part is handed out, cleared, grows old.

    TABLES = {
        "tickets": Table(
            export=_mine,  # labels are worded by `privacy-label-…`, the title by `privacy-table-tickets`
            erase=blank(Ticket.person_id, Ticket.text),
            kept=Kept.CONTACTS,
            expire=expire_texts(Ticket.created_at, Ticket.text),
            words={"kind": "ticket-kind"},  # a StrEnum in a column: the beginning of its texts
        ),
        "ticket_topics": Table("what can be written about", kept="nothing of a person"),
    }

A new noun is a module beside this one with such TABLES, and a line in NOUNS of the package. The tests of
tests/test_privacy_coverage.py then say what is missing.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Select, String, and_, cast, delete, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import InstrumentedAttribute

from bot.db.accounts import Person
from bot.db.base import Session

# What a table holds of a person: labelled columns, the oldest rows first.
Query = Select[*tuple[Any, ...]]
Exporter = Callable[[Person], Query]
# Clears a table of a person who leaves; `date` is the school's today.
Eraser = Callable[[Session, Person, datetime, date], Awaitable[None]]
# Blanks what was written before a moment, at most BATCH rows; how many it were.
Expirer = Callable[[Session, datetime], Awaitable[int]]

BATCH = 500


class Kept(StrEnum):
    """What the school keeps of a person who leaves, without the way to them: named before and after."""

    ROSTER = "roster"
    STAFF = "staff"
    NOTES = "notes"
    CONTACTS = "contacts"
    PROGRAMME = "programme"
    SURVEYS = "surveys"
    CONSENT = "consent"
    AUDIT = "audit"


@dataclass(frozen=True)
class Table:
    """One table. Where nothing is handed out, `export` says why; what is not erased is `kept`.

    `kept` is a Kept where the person is told of it, else the reason why nobody has to be.
    """

    export: Exporter | str
    erase: Eraser | None = None
    kept: Kept | str | None = None
    expire: Expirer | None = None
    words: Mapping[str, str] = field(default_factory=dict)


def delete_of(person: InstrumentedAttribute[Any]) -> Eraser:
    """Delete the rows whose column names the person."""

    async def erase(session: Session, who: Person, now: datetime, today: date) -> None:
        await session.execute(delete(person.class_).where(person == who.id))

    return erase


def unlink(person: InstrumentedAttribute[Any]) -> Eraser:
    """Let the rows stay, without the person."""

    async def erase(session: Session, who: Person, now: datetime, today: date) -> None:
        await session.execute(update(person.class_).where(person == who.id).values({person: None}))

    return erase


def blank(person: InstrumentedAttribute[Any], *texts: InstrumentedAttribute[Any]) -> Eraser:
    """Let the rows stay, without the words in these columns."""

    async def erase(session: Session, who: Person, now: datetime, today: date) -> None:
        await session.execute(update(person.class_).where(person == who.id).values(_emptied(texts)))

    return erase


def expire_texts(written: InstrumentedAttribute[Any], *texts: InstrumentedAttribute[Any]) -> Expirer:
    """Blank the words (or lists of files) in these columns of rows written before a moment."""
    table = written.class_

    async def expire(session: Session, before: datetime) -> int:
        full = or_(*(and_(text.is_not(None), cast(text, String).not_in(("", "[]"))) for text in texts))
        key = table.__mapper__.primary_key[0]
        old = select(key).where(written < before, full).limit(BATCH)
        done = await session.execute(
            update(table)
            .where(key.in_(old))
            .values(_emptied(texts))
            .execution_options(synchronize_session=False)
        )
        return count(done)

    return expire


def count(done: Any) -> int:
    """How many rows a statement has changed."""
    return done.rowcount if isinstance(done, CursorResult) else 0


def _emptied(columns: tuple[InstrumentedAttribute[Any], ...]) -> dict[Any, Any]:
    return {
        column: [] if isinstance(column.type, JSON) else None if column.expression.nullable else ""
        for column in columns
    }
