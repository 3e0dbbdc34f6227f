"""Messages to people on their way out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    ForeignKey,
    Index,
    String,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from bot.db.accounts import Person, Topic
from bot.db.base import Base, Session, UtcDateTime, bare, enum_column
from bot.db.prepared import Prepared


class MessageState(StrEnum):
    """Waiting to be sent, held for the evening's digest, sent, or why not.

    STOPPED: of an announcement that was stopped, and may be gone on with.
    """

    WAITING = "waiting"
    HELD = "held"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    FAILED = "failed"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"


class File(NamedTuple):
    """A file that lies with Telegram: its kind as the Bot API names it (photo, voice …), id and name."""

    kind: str
    file_id: str
    name: str = ""


class Picture(Base):
    """A picture that we have made and many are sent: `File("photo", "picture:7")` names it.

    Telegram is given its bytes once; from then on it is known by `file_id`.
    """

    __tablename__ = "pictures"

    id: Mapped[int] = mapped_column(primary_key=True)
    png: Mapped[bytes]
    file_id: Mapped[str | None] = mapped_column(String(200))


class OutboxMessage(Base):
    """One message to one person; `kind` and `arguments` say what, ui/ words it when it is sent.

    `dedup_key` makes the same message impossible twice; `subject_id` is the row that it is about
    (of a note the receipt), which is told of the delivery.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "state", "not_before", "id"),
        # How far an announcement has come is counted in this alone.
        Index("ix_outbox_subject", "subject_id", "kind", "state", "not_before"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(String(50))
    subject_id: Mapped[int | None]
    # The guardian's place on whose account the person gets it: withdrawn with their access to the child.
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardians.id"), index=True)
    arguments: Mapped[dict[str, Any]]
    dedup_key: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    state: Mapped[MessageState] = mapped_column(enum_column(MessageState), default=MessageState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    # When it was first tried: `not_before` moves on with each attempt that is to be repeated.
    tried_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    # The message with the words, as Telegram numbers it in the person's chat.
    message_id: Mapped[int | None]
    # The messages with the files, which go before the words: the numbers of each call that has been made.
    media: Mapped[list[Any]]
    # The message that this one takes the place of in the person's chat.
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", ondelete="SET NULL"), index=True)
    # The evening's digest that tells of this message.
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", ondelete="SET NULL"), index=True)
    error: Mapped[str | None] = mapped_column(String(300))
    # What its person's wishes are asked by, and when it would go out but for them (None: whatever they are).
    topic: Mapped[Topic | None] = mapped_column(enum_column(Topic))
    wanted_at: Mapped[datetime | None]
    # Nothing of it is kept once it is out, not even that there was one.
    fleeting: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True)
class Letter:
    """A message to be put into the outbox; `held` until the evening's digest."""

    person_id: int
    kind: str
    arguments: dict[str, Any]
    dedup_key: str
    not_before: datetime
    held: bool = False
    subject_id: int | None = None
    replaces_id: int | None = None
    topic: Topic | None = None
    wanted_at: datetime | None = None
    guardian_id: int | None = None
    fleeting: bool = False


async def add(session: Session, letters: Sequence[Letter], now: datetime) -> dict[str, int]:
    """Put messages into the outbox, in order: two queries. Returns the ids of the new ones by `dedup_key`.

    What is there already (by `dedup_key`) is left as it is.
    """
    keys = [letter.dedup_key for letter in letters]
    known = set(
        await session.scalars(select(OutboxMessage.dedup_key).where(OutboxMessage.dedup_key.in_(keys)))
    )
    rows: list[dict[str, Any]] = [
        {
            "person_id": letter.person_id,
            "kind": letter.kind,
            "subject_id": letter.subject_id,
            "arguments": letter.arguments,
            "dedup_key": letter.dedup_key,
            "created_at": now,
            "not_before": letter.not_before,
            "state": MessageState.HELD if letter.held else MessageState.WAITING,
            "attempts": 0,
            "media": [],
            "replaces_id": letter.replaces_id,
            "topic": letter.topic,
            "wanted_at": letter.wanted_at,
            "guardian_id": letter.guardian_id,
            "fleeting": letter.fleeting,
        }
        for letter in letters
        if letter.dedup_key not in known
    ]
    if not rows:
        return {}
    added = insert(bare(OutboxMessage)).returning(OutboxMessage.dedup_key, OutboxMessage.id)
    return {row.dedup_key: row.id for row in await session.execute(added, rows)}


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
    # The numbers of the messages with files that an earlier attempt has sent.
    media: list[list[int]]
    replaces_id: int | None
    # The numbers of the message to be replaced; None where it never came to its person.
    old_message_id: int | None
    old_media: list[list[int]] | None
    fleeting: bool
    # Its own number where it is out already, and only that has not been recorded.
    message_id: int | None


# The longest until another attempt.
RETRY_SECONDS = 300

# Built once: asked after every commit.
_EARLIER, _OLD = aliased(OutboxMessage), aliased(OutboxMessage)
_OVERTAKING = exists().where(
    _EARLIER.person_id == OutboxMessage.person_id,
    _EARLIER.id < OutboxMessage.id,
    _EARLIER.state == MessageState.WAITING,
    _EARLIER.attempts > 0,
)
_DUE = (
    select(
        OutboxMessage.id,
        OutboxMessage.person_id,
        Person.telegram_id,
        Person.language,
        OutboxMessage.kind,
        OutboxMessage.subject_id,
        OutboxMessage.arguments,
        OutboxMessage.attempts,
        OutboxMessage.media,
        OutboxMessage.replaces_id,
        _OLD.message_id,
        _OLD.media,
        OutboxMessage.fleeting,
        OutboxMessage.message_id,
    )
    .join(Person, Person.id == OutboxMessage.person_id)
    .outerjoin(_OLD, _OLD.id == OutboxMessage.replaces_id)
    .where(
        OutboxMessage.state == MessageState.WAITING,
        OutboxMessage.not_before <= bindparam("now"),
        OutboxMessage.person_id.not_in(bindparam("busy", expanding=True)),
        ~_OVERTAKING,
    )
    # As the index has it: of three hundred thousand that wait only these are looked at.
    .order_by(OutboxMessage.not_before, OutboxMessage.id)
    .limit(bindparam("limit"))
)


async def due(session: Session, now: datetime, busy: Collection[int], limit: int) -> list[Due]:
    """The waiting messages that have been due for longest, those to the people in `busy` left out.

    What is to be tried again holds back what was written to the same person after it.
    """
    rows = await session.execute(_DUE, {"now": now, "busy": list(busy), "limit": limit})
    return [Due(*row) for row in rows]


class Depth(NamedTuple):
    """What is due and still here: how many, since when the oldest; since when the oldest is being tried."""

    waiting: int
    oldest: datetime | None
    tried: datetime | None


async def depth(session: Session, now: datetime) -> Depth:
    """How much is due, one query over the index of what is due."""
    tried = OutboxMessage.tried_at
    query = select(
        func.count(), func.min(func.coalesce(tried, OutboxMessage.not_before)), func.min(tried)
    ).where(
        OutboxMessage.state == MessageState.WAITING,
        OutboxMessage.not_before <= now + timedelta(seconds=RETRY_SECONDS),
        tried.is_not(None) | (OutboxMessage.not_before <= now),
    )
    return Depth(*(await session.execute(query)).one())


@dataclass(frozen=True)
class Result:
    """What became of one attempt to send. `retry_at` keeps the message waiting."""

    message: Due
    state: MessageState
    at: datetime
    message_id: int | None = None
    media: tuple[list[int], ...] = ()
    error: str | None = None
    retry_at: datetime | None = None


async def note_sent(session: Session, results: Sequence[Result]) -> None:
    """These are out: whatever happens until they are recorded, they are not sent again."""
    table = bare(OutboxMessage)
    sent = update(table).where(table.c.id == bindparam("of")).values(message_id=bindparam("number"))
    await session.execute(sent, [{"of": each.message.id, "number": each.message_id} for each in results])


async def record(session: Session, result: Result) -> None:
    """Write back what became of a message; one withdrawn meanwhile stays so, but known by its number.

    One stopped meanwhile has come, or waits to be gone on with. Of a fleeting one nothing stays.
    """
    if result.message.fleeting and not result.retry_at:
        await session.execute(delete(OutboxMessage).where(OutboxMessage.id == result.message.id))
        return
    off = [MessageState.WITHDRAWN, *([MessageState.STOPPED] if result.retry_at else [])]
    values: dict[str, Any] = {
        "attempts": result.message.attempts + 1,
        "media": list(result.media),
        "error": result.error,
        "state": case((OutboxMessage.state.in_(off), OutboxMessage.state), else_=result.state),
    }
    if result.retry_at:
        values["not_before"] = result.retry_at
        values["tried_at"] = func.coalesce(OutboxMessage.tried_at, result.at)
    else:
        values["finished_at"] = result.at
        values["message_id"] = result.message_id
    may_change = OutboxMessage.state.in_((MessageState.WAITING, MessageState.STOPPED, MessageState.WITHDRAWN))
    await session.execute(
        update(OutboxMessage).where(OutboxMessage.id == result.message.id, may_change).values(values)
    )


def may_have_come(state: MessageState | None, not_before: datetime | None, now: datetime) -> bool:
    """Whether a message stands in its person's chat, or may do so any moment."""
    due = state == MessageState.WAITING and not_before is not None and not_before <= now
    return state == MessageState.SENT or due


async def withdraw(session: Session, now: datetime, where: ColumnElement[bool]) -> None:
    """What has not come yet and fulfils the condition never will, not even to who is back with the bot."""
    on_its_way = OutboxMessage.state.in_(
        (MessageState.WAITING, MessageState.HELD, MessageState.STOPPED, MessageState.UNREACHABLE)
    )
    await session.execute(
        update(OutboxMessage)
        .where(where, on_its_way)
        .values(state=MessageState.WITHDRAWN, finished_at=now)
        .execution_options(synchronize_session=False)
    )


async def put_back(session: Session, withdrawn_at: datetime, where: ColumnElement[bool]) -> None:
    """What was withdrawn at that moment and fulfils the condition waits again."""
    then = OutboxMessage.state == MessageState.WITHDRAWN, OutboxMessage.finished_at == withdrawn_at
    await session.execute(
        update(OutboxMessage)
        .where(where, *then)
        .values(state=MessageState.WAITING, finished_at=None)
        .execution_options(synchronize_session=False)
    )


# --- announcements: the messages of one kind about one thing ---------------------------------------------


def about(subject_id: int, *kinds: str) -> ColumnElement[bool]:
    """Messages of these kinds about a thing. Narrows a query over OutboxMessage."""
    return OutboxMessage.kind.in_(kinds) & (OutboxMessage.subject_id == subject_id)


class Spread(NamedTuple):
    """How far an announcement has come: how many messages are where."""

    sent: int = 0
    # They go out now, one after the other.
    due: int = 0
    # They wait for their hour: for the end of the quiet hours, for the evening.
    later: int = 0
    unreachable: int = 0
    failed: int = 0
    stopped: int = 0
    # The hour of the first of `later`.
    first_at: datetime | None = None

    @property
    def waiting(self) -> int:
        """How many are on their way."""
        return self.due + self.later

    @property
    def total(self) -> int:
        """How many there are; those that were withdrawn are none."""
        return self.sent + self.waiting + self.unreachable + self.failed + self.stopped


async def spread(session: Session, now: datetime, kind: str, subject_id: int) -> Spread:
    """How far an announcement has come: one query, over an index alone."""
    soon = (OutboxMessage.not_before <= now + timedelta(seconds=RETRY_SECONDS)).label("soon")
    query = (
        select(OutboxMessage.state, soon, func.count(), func.min(OutboxMessage.not_before))
        .where(about(subject_id, kind))
        .group_by(OutboxMessage.state, soon)
    )
    counts: dict[str, int] = {}
    first_at = None
    for state, is_soon, number, earliest in await session.execute(query):
        place = state.value
        if state in (MessageState.WAITING, MessageState.HELD):
            place = "due" if is_soon else "later"
            if not is_soon:
                first_at = min(filter(None, (first_at, earliest)))
        counts[place] = counts.get(place, 0) + number
    counts.pop(MessageState.WITHDRAWN, None)
    return Spread(**counts, first_at=first_at)


async def stop(session: Session, now: datetime, where: ColumnElement[bool]) -> int:
    """What is on its way and fulfils the condition stays; how many. What a digest tells already goes out."""
    on_its_way = OutboxMessage.state.in_((MessageState.WAITING, MessageState.HELD))
    done = await session.execute(
        update(OutboxMessage)
        .where(where, on_its_way, OutboxMessage.digest_id.is_(None))
        .values(state=MessageState.STOPPED, finished_at=now)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(done, CursorResult)  # noqa: S101 - so every update
    return done.rowcount


class Stopped(NamedTuple):
    """A message that was stopped."""

    id: int
    person_id: int
    topic: Topic | None


async def stopped(session: Session, where: ColumnElement[bool], limit: int) -> list[Stopped]:
    """So many of the messages that were stopped and fulfil the condition, the oldest first."""
    query = select(OutboxMessage.id, OutboxMessage.person_id, OutboxMessage.topic)
    query = query.where(where, OutboxMessage.state == MessageState.STOPPED)
    return [Stopped(*row) for row in await session.execute(query.order_by(OutboxMessage.id).limit(limit))]


async def set_going(
    session: Session,
    ids: Collection[int],
    state: MessageState,
    not_before: datetime,
    finished_at: datetime | None,
) -> None:
    """Let messages that do not go out now wait for a moment (`finished_at` None), or end them."""
    outbox = bare(OutboxMessage)
    values = {"state": state, "not_before": not_before, "finished_at": finished_at}
    await session.execute(update(outbox).where(outbox.c.id.in_(ids)).values(**values))


async def know_picture(session: Session, picture_id: int, file_id: str) -> None:
    """Note under which id Telegram has a picture of ours."""
    await session.execute(update(Picture).where(Picture.id == picture_id).values(file_id=file_id))


async def held(session: Session, now: datetime) -> Sequence[OutboxMessage]:
    """What waits for a digest that is due, by person, the oldest first."""
    query = select(OutboxMessage).where(
        OutboxMessage.state == MessageState.HELD,
        OutboxMessage.digest_id.is_(None),
        OutboxMessage.not_before <= now,
    )
    return (await session.scalars(query.order_by(OutboxMessage.person_id, OutboxMessage.id))).all()


class HeldBack(NamedTuple):
    """A message that waits because its reader wishes so; `wanted_at`: when it was to go out."""

    id: int
    topic: Topic | None
    wanted_at: datetime


_HELD_BACK = Prepared(
    select(OutboxMessage.id, OutboxMessage.topic, OutboxMessage.wanted_at)
    .where(
        OutboxMessage.person_id == bindparam("person_id"),
        OutboxMessage.wanted_at.is_not(None),
        OutboxMessage.not_before > bindparam("now", type_=UtcDateTime),
        OutboxMessage.attempts == 0,
        or_(OutboxMessage.state == MessageState.WAITING, OutboxMessage.state == MessageState.HELD),
        OutboxMessage.digest_id.is_(None),
    )
    .order_by(OutboxMessage.id)
)


async def waiting(session: Session, person_id: int, now: datetime) -> list[HeldBack]:
    """What the person's wishes keep from going out."""
    return [HeldBack(*row) for row in await _HELD_BACK.rows(session, person_id=person_id, now=now)]


async def told_in(session: Session, digest_id: int) -> Sequence[OutboxMessage]:
    """The messages that a digest tells of."""
    query = select(OutboxMessage).where(
        OutboxMessage.digest_id == digest_id, OutboxMessage.state == MessageState.HELD
    )
    return (await session.scalars(query)).all()


async def missed(
    session: Session, person_id: int, since: datetime, kinds: Collection[str]
) -> Sequence[OutboxMessage]:
    """What could not come to a person who had closed the bot, the oldest first."""
    query = select(OutboxMessage).where(
        OutboxMessage.person_id == person_id,
        OutboxMessage.state == MessageState.UNREACHABLE,
        OutboxMessage.kind.in_(kinds),
        OutboxMessage.created_at >= since,
    )
    return (await session.scalars(query.order_by(OutboxMessage.id))).all()


async def set_reachable(session: Session, person_id: int, since: datetime | None) -> None:
    """Mark a person as unreachable since a moment, or as reachable again (None)."""
    await session.execute(update(Person).where(Person.id == person_id).values(unreachable_since=since))
