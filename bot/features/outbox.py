"""Messages to others: when they go out, and how their person wants them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from bot.config import Settings
from bot.db import outbox as db
from bot.db.accounts import Manner, Person, Preference, Topic
from bot.db.base import Session
from bot.db.outbox import Letter, OutboxMessage
from bot.errors import AppError

DIGEST = "digest"


def clean_text(text: str | None, limit: int) -> str:
    """What a person typed, without the space around it. The limit is in Telegram's units (UTF-16).

    Raises AppError for what is no text, or too much of it.
    """
    text = (text or "").strip()
    if not text:
        raise AppError("error-text-empty")
    length = len(text.encode("utf-16-le")) // 2
    if length > limit:
        raise AppError("error-text-length", limit=limit, length=length)
    return text


def after_quiet_hours(now: datetime, zone: ZoneInfo, quiet_from: time, quiet_to: time) -> datetime:
    """The first moment from `now` on that is outside the quiet hours (school time).

    Quiet hours may span midnight; equal bounds mean that there are none.
    """
    local = now.astimezone(zone)
    at = local.timetz().replace(tzinfo=None)
    spans_midnight = quiet_from > quiet_to
    quiet = at >= quiet_from or at < quiet_to if spans_midnight else quiet_from <= at < quiet_to
    if not quiet:
        return now
    day = local.date() + timedelta(days=1 if spans_midnight and at >= quiet_from else 0)
    return datetime.combine(day, quiet_to, zone)


def awake(now: datetime, settings: Settings) -> datetime:
    """The first moment from `now` on that is outside the school's quiet hours."""
    quiet = settings.delivery
    return after_quiet_hours(now, settings.school.zone, quiet.quiet_from, quiet.quiet_to)


@dataclass(frozen=True)
class Message:
    """Something that a person is told. `key` makes it impossible twice; `kind` is worded by ui/messages.py.

    A `topic` gives the person the choice between at once, the evening's digest and not at all; `urgent`
    passes that choice and all quiet hours by. `not_before` sends later; `replaces_id` names the message of
    the outbox whose place it takes in the chat.
    """

    person_id: int
    kind: str
    arguments: dict[str, Any]
    key: str
    topic: Topic | None = None
    urgent: bool = False
    subject_id: int | None = None
    not_before: datetime | None = None
    replaces_id: int | None = None


class Posted(NamedTuple):
    """What became of a message: its id and when it goes out; both None where it is there already.

    `off`: the person wants no messages of this topic.
    """

    id: int | None = None
    goes_at: datetime | None = None
    off: bool = False


async def post(
    session: Session, settings: Settings, now: datetime, messages: Sequence[Message]
) -> list[Posted]:
    """Put messages into the outbox, in the caller's transaction: four queries, however many there are."""
    if not messages:
        return []
    people = {message.person_id for message in messages}
    hours = {
        id_: (quiet_from, quiet_to)
        for id_, quiet_from, quiet_to in await session.execute(
            select(Person.id, Person.quiet_from, Person.quiet_to).where(Person.id.in_(people))
        )
    }
    chosen = {
        (row.person_id, row.topic): row.manner
        for row in await session.scalars(select(Preference).where(Preference.person_id.in_(people)))
    }
    letters: dict[str, Letter] = {}
    off = set()
    for message in messages:
        manner = Manner.AT_ONCE
        if message.topic and not message.urgent:
            manner = chosen.get((message.person_id, message.topic), manner)
        if manner == Manner.OFF:
            off.add(message.key)
            continue
        letters[message.key] = Letter(
            message.person_id,
            message.kind,
            message.arguments,
            message.key,
            _goes_at(message, manner, now, settings, *hours.get(message.person_id, (None, None))),
            manner == Manner.DIGEST,
            message.subject_id,
            message.replaces_id,
        )
    added = await db.add(session, list(letters.values()), now)
    return [
        Posted(added[message.key], letters[message.key].not_before)
        if message.key in added
        else Posted(off=message.key in off)
        for message in messages
    ]


def _goes_at(
    message: Message,
    manner: Manner,
    now: datetime,
    settings: Settings,
    quiet_from: time | None,
    quiet_to: time | None,
) -> datetime:
    at = max(message.not_before or now, now)
    if message.urgent:
        return at
    zone, school = settings.school.zone, settings.delivery
    if manner == Manner.DIGEST:
        evening = datetime.combine(at.astimezone(zone).date(), school.digest_at, zone)
        return evening if evening >= at else evening + timedelta(days=1)
    own = (quiet_from, quiet_to) if quiet_from and quiet_to else (school.quiet_from, school.quiet_to)
    return after_quiet_hours(at, zone, *own)


async def gather_digests(session: Session, now: datetime) -> None:
    """In the evening: one message to each person that tells of all that was held for them."""
    for person_id, group in groupby(await db.held(session, now), key=lambda row: row.person_id):
        rows = list(group)
        items = [{"kind": row.kind, "arguments": row.arguments} for row in rows]
        digest = Letter(person_id, DIGEST, {"items": items}, f"{DIGEST}:{rows[0].id}", now)
        (digest_id,) = (await db.add(session, [digest], now)).values()
        ids = [row.id for row in rows]
        await session.execute(
            update(OutboxMessage).where(OutboxMessage.id.in_(ids)).values(digest_id=digest_id)
        )
