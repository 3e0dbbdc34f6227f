"""Nightly copies: when one is due, and who hears of it. Making and putting back is in files.py."""

from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.config import Settings
from bot.db.accounts import Person, administration
from bot.db.audit import AuditEntry
from bot.db.backup import Reason
from bot.db.base import Session
from bot.features import audit
from bot.features.outbox import Message, post

MADE = "backup.made"
FAILED = "backup.failed"
# After one that failed: not with every tick, yet in the same night.
AGAIN = timedelta(hours=1)
# What Telegram takes from a bot; a Bot API server of one's own takes more.
SENT_MAX, SENT_MAX_OWN = 50 * 10**6, 2000 * 10**6


async def is_due(session: Session, settings: Settings, now: datetime) -> bool:
    """Whether tonight's copy is still to be made, or to be tried again."""
    zone = settings.school.zone
    local = now.astimezone(zone)
    tonight = datetime.combine(local.date(), settings.backup.at, zone)
    if not settings.backup.keep or local < tonight:
        return False
    # A clock that was far ahead may have left entries of nights to come.
    this_night = (AuditEntry.at >= tonight, AuditEntry.at < tonight + timedelta(days=1))
    last = await session.scalar(
        select(AuditEntry)
        .where(*this_night, AuditEntry.action.in_((MADE, FAILED)))
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    return last is None or (last.action == FAILED and now >= last.at + AGAIN)


async def made(
    session: Session, settings: Settings, now: datetime, night: date, path: Path, size: int
) -> None:
    """Note that the night's copy is there; the first admin is sent it, where the configuration says so."""
    audit.record(session, None, now, MADE, "school", size=size)
    if not settings.backup.send:
        return
    person_id = await _first_admin(session, settings, night)
    if person_id is None:
        return
    fits = size <= (SENT_MAX_OWN if settings.telegram.api_base else SENT_MAX)
    kind = "backup" if fits else "backup-large"
    said = {"night": night.isoformat(), "name": path.name, "size": size}
    await post(session, settings, now, [Message(person_id, kind, said, key=f"backup:{night}")])


async def failed(session: Session, settings: Settings, now: datetime, night: date, reason: Reason) -> None:
    """Note that it could not be made; the administration hears of it once a night."""
    audit.record(session, None, now, FAILED, "school", reason=reason)
    said = {"night": night.isoformat(), "reason": reason}
    people = await administration(session, settings.school.admins, night)
    told = [
        Message(person, "backup-failed", said, key=f"backup-failed:{night}:{person}") for person in people
    ]
    await post(session, settings, now, told)


async def _first_admin(session: Session, settings: Settings, today: date) -> int | None:
    """The first of the configuration who has come, else the first of the administration."""
    configured = settings.school.admins
    query = select(Person.id, Person.telegram_id).where(Person.telegram_id.in_(configured))
    come = sorted(await session.execute(query), key=lambda row: configured.index(row.telegram_id))
    people = [row.id for row in come] or await administration(session, configured, today)
    return people[0] if people else None
