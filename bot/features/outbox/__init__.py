"""Messages to others: when they go out, and how their person wants them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, bindparam, select

from bot.config import Settings
from bot.db import outbox as db
from bot.db.accounts import Manner, Person, Preference, Topic
from bot.db.base import Session
from bot.db.outbox import Letter, MessageState, OutboxMessage
from bot.db.prepared import Prepared
from bot.errors import AppError
from bot.programme.calendar import Calendar

DIGEST = "digest"
# What people wrote to somebody who had closed the bot and is back: a line and a button each, in one message;
# answers as they are. Reminders and news come anew by themselves, or are out of date.
TOLD_OF = frozenset({"note", "route", "ticket-closed", "ticket-passed"})
SENT_AGAIN = frozenset(
    {
        "document-returned",
        "finding",
        "lesson-visit",
        "note-answer",
        "note-call",
        "note-reply",
        "route-answer",
        "route-message",
        "route-reply",
        "ticket",
        "ticket-answer",
        "ticket-given",
    }
)
MISSED_FOR = timedelta(days=30)
# So many messages are put in or changed at a time: whatever their number, memory is not.
SLICE = 2000


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


def clean_line(text: str | None, limit: int) -> str:
    """The same on one line, with single spaces. Raises AppError as `clean_text` does."""
    return " ".join(clean_text(text, limit).split())


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


async def awake_at(
    session: Session, settings: Settings, now: datetime, people: Collection[int]
) -> dict[int, datetime]:
    """For each of the people the first moment from `now` on that is outside their own quiet hours."""
    found = await _wishes(session, people)
    return {id_: _goes_at(now, Manner.AT_ONCE, settings, found.get(id_, Wishes())) for id_ in people}


async def awake_on_working_days(
    session: Session, settings: Settings, calendar: Calendar, now: datetime, people: Collection[int]
) -> set[int]:
    """Those of the people whose own quiet hours would not hold a message from now until a day off.

    Vacations are days off.
    """
    wake = await awake_at(session, settings, now, people)
    zone = settings.school.zone
    return {
        id_ for id_, at in wake.items() if not calendar.is_day_off(at.astimezone(zone).date(), vacations=True)
    }


def may_remind(now: datetime, at: time, settings: Settings, calendar: Calendar) -> bool:
    """Whether reminders go out now: on working days from their hour (school time) until the quiet hours.

    What a bot that was off could not say today is said tomorrow: it is looked up, not remembered.
    """
    local = now.astimezone(settings.school.zone)
    return (
        not calendar.is_day_off(local.date())
        and local.timetz().replace(tzinfo=None) >= at
        and awake(now, settings) == now
    )


@dataclass(frozen=True)
class Message:
    """Something that a person is told. `key` makes it impossible twice; `kind` is worded by ui/messages.py.

    A `topic` gives the person the choice between at once, the evening's digest and not at all; `urgent`
    passes that choice and all quiet hours by. `not_before` sends later; `replaces_id` names the message of
    the outbox whose place it takes in the chat. What a guardian is told about a child names their place as
    `guardian_id`: it is withdrawn when their access ends.

    A `fleeting` one never lies in the outbox overnight, where a copy of the database would find it: in its
    person's quiet hours it is not put there at all (try again later), and once sent its row is deleted.
    It has no topic: it cannot be held for the evening either.
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
    guardian_id: int | None = None
    fleeting: bool = False


class Posted(NamedTuple):
    """What became of a message: its id and when it goes out; both None where it is there already.

    No id, but a moment: a fleeting one that was not put there yet, for it would have to wait.

    `off`: the person wants no messages of this topic.
    """

    id: int | None = None
    goes_at: datetime | None = None
    off: bool = False


async def post(
    session: Session, settings: Settings, now: datetime, messages: Sequence[Message]
) -> list[Posted]:
    """Put messages into the outbox, in the caller's transaction: three queries for two thousand."""
    if not messages:
        return []
    if len(messages) > SLICE:
        slices = (messages[n : n + SLICE] for n in range(0, len(messages), SLICE))
        return [each for part in slices for each in await post(session, settings, now, part)]
    wishes = await _wishes(session, {message.person_id for message in messages})
    letters: dict[str, Letter] = {}
    off, later = set(), {}
    for message in messages:
        wish = wishes.get(message.person_id, Wishes())
        manner = Manner.AT_ONCE if message.urgent else wish.manner(message.topic)
        if manner == Manner.OFF:
            off.add(message.key)
            continue
        wanted_at = max(message.not_before or now, now)
        goes_at = wanted_at if message.urgent else _goes_at(wanted_at, manner, settings, wish)
        if message.fleeting and goes_at > now:
            later[message.key] = goes_at
            continue
        letters[message.key] = Letter(
            message.person_id,
            message.kind,
            message.arguments,
            message.key,
            goes_at,
            manner == Manner.DIGEST,
            message.subject_id,
            message.replaces_id,
            message.topic,
            # A fleeting one is out in a moment: whoever changes their hours just then does not hold it.
            None if message.urgent or message.fleeting else wanted_at,
            message.guardian_id,
            message.fleeting,
        )
    added = await db.add(session, list(letters.values()), now)
    return [
        Posted(added[message.key], letters[message.key].not_before)
        if message.key in added
        else Posted(goes_at=later.get(message.key), off=message.key in off)
        for message in messages
    ]


@dataclass(frozen=True)
class Wishes:
    """When and how a person wants to be told: their own quiet hours, and what they chose by topic."""

    hours: tuple[time, time] | None = None
    topics: Mapping[Topic, Manner] = field(default_factory=dict)

    def manner(self, topic: Topic | None) -> Manner:
        """How messages of a topic come; those of none, and what was not chosen, at once."""
        return self.topics.get(topic, Manner.AT_ONCE) if topic else Manner.AT_ONCE


# Built once: it is asked for every message.
_WISHED = (
    select(Person.id, Person.quiet_from, Person.quiet_to, Preference.topic, Preference.manner)
    .outerjoin(Preference, Preference.person_id == Person.id)
    .order_by(Person.id)
)
_WISHES = _WISHED.where(Person.id.in_(bindparam("people", expanding=True)))
_OWN_WISHES = Prepared(_WISHED.where(Person.id == bindparam("person_id")))


async def _wishes(session: Session, people: Collection[int]) -> dict[int, Wishes]:
    return _by_person((await session.execute(_WISHES, {"people": people})).all())


def _by_person(wished: Sequence[Sequence[Any]]) -> dict[int, Wishes]:
    found = {}
    for (id_, start, end), rows in groupby(wished, key=lambda row: tuple(row[:3])):
        hours = (start, end) if start is not None and end is not None else None
        found[id_] = Wishes(hours, {topic: manner for *_, topic, manner in rows if topic})
    return found


async def wishes(session: Session, person_id: int) -> Wishes:
    """What a person has chosen."""
    rows = await _OWN_WISHES.rows(session, person_id=person_id)
    return _by_person(rows).get(person_id, Wishes())


def _goes_at(wanted_at: datetime, manner: Manner, settings: Settings, wish: Wishes) -> datetime:
    zone, school = settings.school.zone, settings.delivery
    if manner == Manner.DIGEST:
        evening = datetime.combine(wanted_at.astimezone(zone).date(), school.digest_at, zone)
        return evening if evening >= wanted_at else evening + timedelta(days=1)
    return after_quiet_hours(wanted_at, zone, *(wish.hours or (school.quiet_from, school.quiet_to)))


async def follow_wishes(session: Session, settings: Settings, now: datetime, person_id: int) -> Wishes:
    """Let what waits for a person go out as they wish now, and give that: two queries, one a moment.

    What they want no more of was sent while they did: it still comes, as it would have come.
    """
    wish = await wishes(session, person_id)
    moves: Moves = {}
    for each in await db.waiting(session, person_id, now):
        manner = wish.manner(each.topic)
        if manner != Manner.OFF:
            goes_at = _goes_at(max(each.wanted_at, now), manner, settings, wish)
            moves.setdefault((manner, goes_at), []).append(each.id)
    await _move(session, now, moves)
    return wish


async def go_on(session: Session, settings: Settings, now: datetime, where: ColumnElement[bool]) -> None:
    """Let what was stopped and fulfils the condition go out as its people wish now.

    A few queries for two thousand. Who has meanwhile chosen to get no messages of the topic gets none.
    """
    while rows := await db.stopped(session, where, SLICE):
        wishes = await _wishes(session, {row.person_id for row in rows})
        moves: Moves = {}
        for row in rows:
            wish = wishes.get(row.person_id, Wishes())
            manner = wish.manner(row.topic)
            goes_at = now if manner == Manner.OFF else _goes_at(now, manner, settings, wish)
            moves.setdefault((manner, goes_at), []).append(row.id)
        await _move(session, now, moves)


# Messages by how they come from now on, and when.
Moves = dict[tuple[Manner, datetime], list[int]]
_STATES = {
    Manner.AT_ONCE: MessageState.WAITING,
    Manner.DIGEST: MessageState.HELD,
    Manner.OFF: MessageState.WITHDRAWN,
}


async def _move(session: Session, now: datetime, moves: Moves) -> None:
    for (manner, goes_at), ids in moves.items():
        ended = now if manner == Manner.OFF else None
        await db.set_going(session, ids, _STATES[manner], goes_at, ended)


async def gather_digests(session: Session, now: datetime) -> None:
    """In the evening: one message to each person that tells of all that was held for them."""
    for _, group in groupby(await db.held(session, now), key=lambda row: row.person_id):
        rows = list(group)
        await _tell_of(session, now, rows, f"{DIGEST}:{rows[0].id}", {})


async def _tell_of(
    session: Session, now: datetime, rows: Sequence[OutboxMessage], key: str, more: dict[str, Any]
) -> None:
    items = [{"kind": row.kind, "arguments": row.arguments} for row in rows]
    digest = Letter(rows[0].person_id, DIGEST, {"items": items, **more}, key, now)
    (digest_id,) = (await db.add(session, [digest], now)).values()
    for row in rows:
        row.state, row.digest_id, row.finished_at = MessageState.HELD, digest_id, None


async def come_back(session: Session, person_id: int, now: datetime) -> None:
    """Somebody who had closed the bot is back: what others wrote to them meanwhile comes now.

    At once, whatever the hour: it answers what they have just done.
    """
    await db.set_reachable(session, person_id, since=None)
    rows = await db.missed(session, person_id, now - MISSED_FOR, {*TOLD_OF, *SENT_AGAIN})
    if told_of := [row for row in rows if row.kind in TOLD_OF]:
        key = f"missed:{told_of[0].id}:{now.isoformat()}"
        await _tell_of(session, now, told_of, key, {"missed": True})
    for row in rows:
        if row.kind in SENT_AGAIN:
            row.state, row.not_before, row.finished_at = MessageState.WAITING, now, None
