"""Whether the bot is well: what gives no sign of life, what its administration should know, and is told.

Lines for operators are in English, as all that the command line says; ui/health.py words the rest.
"""

import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from bot.config import Settings
from bot.db import health as db
from bot.db import inbox, outbox
from bot.db.accounts import administration
from bot.db.audit import AuditEntry
from bot.db.base import Session, is_sqlite
from bot.db.health import Alarm, Heartbeat
from bot.features import backup
from bot.features.outbox import Message, post
from bot.watch import Watch

# Longer than a question to Telegram that is answered by nothing new (30 s), repeated after a pause.
SILENT_SECONDS = 120
# A copy of a large database takes minutes.
RUNNING_SECONDS = 900
# What waits longer than that is late; twice the longest pause between attempts.
LATE = timedelta(seconds=2 * outbox.RETRY_SECONDS)
FAILURES = 3
# None is told twice within this time, and none is over before it was well for so long: what comes and goes is
# one trouble.
AGAIN, WELL = timedelta(days=1), timedelta(minutes=15)
BEAT = timedelta(minutes=1)
# A night and some hours.
COPY_OLD = timedelta(hours=27)


@dataclass(frozen=True)
class Trouble:
    """Something that the administration should know.

    `name`: "inbox", "outbox", "disk", or "tick:" and which; `numbers` say how bad it is; `line` is for
    operators.
    """

    name: str
    numbers: Mapping[str, int]
    line: str


class Room(NamedTuple):
    """Bytes that are free where there is least, and how many there should be."""

    free: int
    needed: int


def ailing(watch: Watch) -> list[str]:
    """What is expected to live and gives no sign, and which ticks keep failing: a line each."""
    now = watch.now()
    found = [
        f"{part}: no sign of life for {now - at:.0f} s"
        for part, at in watch.alive.items()
        if now - at > SILENT_SECONDS
    ]
    for name, tick in watch.ticks.items():
        if tick.running_since is None and now - tick.ended_at > SILENT_SECONDS:
            found.append(f"tick {name}: has not come round for {now - tick.ended_at:.0f} s")
        elif tick.running_since is not None and now - tick.running_since > RUNNING_SECONDS:
            found.append(f"tick {name}: has been running for {now - tick.running_since:.0f} s")
        elif trouble := _of_tick(name, tick.failures):
            found.append(trouble.line)
    return found


def room(settings: Settings) -> Room:
    """How much room there is for the database and its copies. Raises OSError."""
    url = make_url(settings.database.url)
    places, needed = [], settings.health.disk_mb * 10**6
    if settings.backup.keep:
        places.append(Path(settings.backup.directory))
    if is_sqlite(url) and url.database:
        places.append(Path(url.database))
        if places[-1].exists():
            needed = max(needed, places[-1].stat().st_size)
    return Room(min((shutil.disk_usage(_there(place)).free for place in places), default=needed), needed)


def _there(place: Path) -> Path:
    """The place, or what there is of the way to it."""
    place = place.absolute()
    return next(path for path in (place, *place.parents) if path.exists())


def troubles(
    watch: Watch, came: inbox.Depth, goes: outbox.Depth, space: Room, now: datetime
) -> list[Trouble]:
    """What is wrong, as things stand."""
    found = [_of_inbox(watch, came, now), _of_outbox(watch, goes, now), _of_disk(space)]
    found += [_of_tick(name, tick.failures) for name, tick in watch.ticks.items()]
    return [trouble for trouble in found if trouble]


def _of_inbox(watch: Watch, depth: inbox.Depth, now: datetime) -> Trouble | None:
    """People get no answer although Telegram answers: the bot puts back what they write, again and again.

    What was left before a restart, or looks late by a clock set anew, is soon done.
    """
    late = depth.oldest is not None and now - depth.oldest > LATE
    away = watch.silent_for("Telegram") > SILENT_SECONDS
    if watch.lasting("inbox", on=late and not away) < SILENT_SECONDS or depth.oldest is None:
        return None
    minutes = int((now - depth.oldest).total_seconds() // 60)
    line = f"inbox: {depth.waiting} updates are not answered, the oldest for {minutes} min"
    return Trouble("inbox", {"count": depth.waiting, "minutes": minutes}, line)


def _of_outbox(watch: Watch, depth: outbox.Depth, now: datetime) -> Trouble | None:
    """Messages do not go out although Telegram answers. A long queue that moves is no trouble.

    By two clocks: neither one that is set anew nor a machine that slept makes messages late.
    """
    oldest = depth.oldest
    tried = depth.tried is not None and now - depth.tried > LATE
    stands = oldest is not None and now - oldest > LATE and watch.since_delivery() > LATE.total_seconds()
    away = watch.silent_for("Telegram") > SILENT_SECONDS
    if watch.lasting("outbox", on=(tried or stands) and not away) < LATE.total_seconds() or oldest is None:
        return None
    minutes = int((now - oldest).total_seconds() // 60)
    line = f"outbox: {depth.waiting} messages are stuck, the oldest for {minutes} min"
    return Trouble("outbox", {"count": depth.waiting, "minutes": minutes}, line)


def _of_disk(space: Room) -> Trouble | None:
    if space.free >= space.needed:
        return None
    free, needed = space.free // 10**6, space.needed // 10**6
    line = f"disk: {free} MB are free, {needed} MB should be"
    return Trouble("disk", {"megabytes": free, "needed": needed}, line)


def _of_tick(name: str, failures: int) -> Trouble | None:
    if failures < FAILURES:
        return None
    return Trouble(f"tick:{name}", {"times": failures}, f"tick {name}: failed {failures} times in a row")


class Told(NamedTuple):
    """Troubles that have begun, and those that are over."""

    begun: Sequence[str]
    over: Sequence[str]


async def tell(session: Session, settings: Settings, now: datetime, wrong: Collection[Trouble]) -> Told:
    """Tell the administration what is wrong, each trouble once a day, and when it is over.

    They are told as of all else, in their quiet hours not: nobody is to get up for a disk.
    """
    alarms = {alarm.name: alarm for alarm in await db.alarms(session)}
    today = now.astimezone(settings.school.zone).date()
    people = await administration(session, settings.school.admins, today)
    begun, over, messages = [], [], []
    for trouble in wrong:
        alarm = alarms.pop(trouble.name, None)
        if alarm is None:
            alarm = Alarm(name=trouble.name)
            session.add(alarm)
        alarm.fine_since = None
        if alarm.since is None:
            alarm.since = now
            begun.append(trouble.name)
        if people and (alarm.told_at is None or now - alarm.told_at >= AGAIN):
            alarm.told_at = now
            messages += _messages(people, now, trouble.name, trouble.numbers)
    for alarm in alarms.values():
        if alarm.since is None:
            continue
        alarm.fine_since = alarm.fine_since or now
        if now - alarm.fine_since >= WELL:
            over.append(alarm.name)
            if alarm.told_at and alarm.told_at >= alarm.since:
                messages += _messages(people, now, alarm.name, {}, "-over")
            alarm.since = alarm.fine_since = None
    await post(session, settings, now, messages)
    return Told(begun, over)


def _messages(
    people: Sequence[int], now: datetime, name: str, numbers: Mapping[str, int], ending: str = ""
) -> list[Message]:
    noun, _, tick = name.partition(":")
    kind = f"health-{noun}{ending}"
    said = {**numbers, "tick": tick} if tick else dict(numbers)
    return [Message(id_, kind, said, f"{kind}:{tick}:{now.isoformat()}:{id_}") for id_ in people]


async def beat(session: Session, watch: Watch, now: datetime) -> None:
    """Leave a sign of life in the database once a minute; none while a part of the bot gives none itself."""
    if any(watch.silent_for(part) > SILENT_SECONDS for part in watch.alive if part != "Telegram"):
        return
    row = await session.get(Heartbeat, 1)
    if row is None:
        session.add(Heartbeat(id=1, at=now))
    elif abs(now - row.at) >= BEAT:
        row.at = now


class Standing(NamedTuple):
    """How the bot stands by its database: what is wrong, what is to be thought of, and how it is else."""

    wrong: list[str]
    warnings: list[str]
    said: list[str]


async def standing(session: Session, settings: Settings, space: Room, now: datetime) -> Standing:
    """How the bot stands, as seen from outside: lines for operators."""
    last = await session.scalar(select(Heartbeat.at))
    if last is None:
        return Standing(["the bot has not run on this database yet"], [], [])
    wrong, warnings = [], []
    if now - last > timedelta(seconds=SILENT_SECONDS):
        wrong.append(f"no sign of life for {_ago(now - last)}; the bot does not run, or stands still")
    for alarm in await db.alarms(session):
        if alarm.since is not None and alarm.name != "disk":
            wrong.append(f"{alarm.name.replace(':', ' ')}: in trouble for {_ago(now - alarm.since)}")
    if trouble := _of_disk(space):
        warnings.append(trouble.line)
    came, depth = await inbox.depth(session), await outbox.depth(session, now)
    if came.oldest and now - came.oldest > LATE:
        warnings.append(f"inbox: the oldest update has waited for {_ago(now - came.oldest)}")
    if depth.oldest and now - depth.oldest > LATE:
        warnings.append(f"outbox: the oldest message is due for {_ago(now - depth.oldest)}")
    first = await session.scalar(select(func.min(AuditEntry.at)))
    # Not by a clock that was ahead.
    made = select(func.max(AuditEntry.at)).where(AuditEntry.action == backup.MADE, AuditEntry.at <= now)
    copied = await session.scalar(made)
    if settings.backup.keep and first and now - (copied or first) > COPY_OLD:
        age = f"the last is {_ago(now - copied)} old" if copied else "there is none yet"
        warnings.append(f"backup: no copy was made last night, {age}")
    said = [f"last sign of life {_ago(now - last)} ago", f"{depth.waiting} messages are due"]
    said.append(f"{space.free / 10**9:.1f} GB are free")
    if copied:
        said.append(f"the last copy is {_ago(now - copied)} old")
    return Standing(wrong, warnings, said)


def _ago(time: timedelta) -> str:
    seconds = int(time.total_seconds())
    for unit, name in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * unit:
            return f"{seconds // unit} {name}"
    return f"{seconds} s"
