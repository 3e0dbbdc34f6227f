"""How long things stay: what has grown older than the configuration allows goes, night by night."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, or_, select, update

from bot.config import Settings
from bot.db.access import guards_somebody_on
from bot.db.accounts import Person, Staff
from bot.db.audit import AuditEntry
from bot.db.base import Session, active
from bot.db.outbox import MessageState, OutboxMessage
from bot.db.roster import Guardian, Pupil
from bot.features import audit
from bot.features.privacy import TABLES, erase_person
from bot.features.privacy.registry import BATCH, count

APPLIED = "retention.applied"
# Of a batch of people each is erased by some queries a table.
PEOPLE = 20


async def is_due(session: Session, settings: Settings, now: datetime) -> bool:
    """Whether tonight's round is still to be made, or to be gone on with because there was too much."""
    zone = settings.school.zone
    local = now.astimezone(zone)
    tonight = datetime.combine(local.date(), settings.privacy.at, zone)
    if local < tonight:
        return False
    last = await session.scalar(
        select(AuditEntry)
        .where(AuditEntry.at >= tonight, AuditEntry.action == APPLIED)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    return last is None or bool(last.details["more"])


async def apply(session: Session, settings: Settings, now: datetime, today: date) -> list[int]:
    """One round, at most a batch of each kind; how much went is noted in the audit trail.

    Done twice it does nothing the second time. Nobody is told: what goes is what the notice says. Returns the
    chats of those whose accounts went, for what is kept of them outside the database.
    """
    keep = settings.privacy
    texts_before = _start_of_school_year(today, keep.texts_years, settings)
    names_before = _start_of_school_year(today, keep.names_years, settings)
    erased = await _accounts(session, settings, now, today)
    done = {
        "accounts": len(erased),
        "texts": await _texts(session, texts_before),
        "messages": await _messages(session, now - timedelta(days=keep.messages_days)),
        "names": await _names(session, names_before.date()),
    }
    more = done["accounts"] >= PEOPLE or max(done.values()) >= BATCH
    audit.record(session, None, now, APPLIED, "school", more=more, **done)
    return erased


def _start_of_school_year(today: date, years: int, settings: Settings) -> datetime:
    """1 September so many full school years before the present one began."""
    began = today.year if today.month >= 9 else today.year - 1
    return datetime(began - years, 9, 1, tzinfo=settings.school.zone)


async def _accounts(session: Session, settings: Settings, now: datetime, today: date) -> list[int]:
    """Erase accounts that have had neither a child nor a post here for long."""
    works = select(Staff.person_id).where(Staff.person_id.is_not(None), active(Staff, today))
    tied = or_(
        Person.id.in_(works),
        guards_somebody_on(Person.id, today),
        Person.telegram_id.in_(settings.school.admins),  # who need no post
    )
    there = Person.telegram_id > 0
    idle = Person.idle_since
    unsynced = {"synchronize_session": False}
    await session.execute(
        update(Person).where(there, tied, idle.is_not(None)).values(idle_since=None),
        execution_options=unsynced,
    )
    await session.execute(
        update(Person).where(there, ~tied, idle.is_(None)).values(idle_since=today),
        execution_options=unsynced,
    )
    long_ago = today - timedelta(days=settings.privacy.account_days)
    gone = (await session.scalars(select(Person).where(there, idle <= long_ago).limit(PEOPLE))).all()
    chats = [person.telegram_id for person in gone]
    for person in gone:
        await erase_person(session, person, now, today, settings)
        audit.record(session, None, now, "account.erased", f"person:{person.id}")
    return chats


async def _texts(session: Session, before: datetime) -> int:
    done = 0
    for table in TABLES.values():
        if table.expire:
            done += await table.expire(session, before)
    return done


async def _messages(session: Session, before: datetime) -> int:
    """Messages that have gone out, or never will: what was said stands where it was said."""
    told = or_(
        OutboxMessage.state.not_in((MessageState.WAITING, MessageState.HELD)),
        OutboxMessage.digest_id.is_not(None),
    )
    since = func.coalesce(OutboxMessage.finished_at, OutboxMessage.created_at)
    old = select(OutboxMessage.id).where(told, since < before).limit(BATCH)
    return count(await session.execute(delete(OutboxMessage).where(OutboxMessage.id.in_(old))))


async def _names(session: Session, before: date) -> int:
    """Names of pupils, guardians and staff who left before a day."""
    done = 0
    left = select(Pupil.id).where(Pupil.active_to < before)
    for table, gone, values in (
        (Pupil, Pupil.active_to < before, {"surname": "", "first_name": "", "patronymic": ""}),
        (Guardian, or_(Guardian.active_to < before, Guardian.pupil_id.in_(left)), {"name": ""}),
        (Staff, Staff.active_to < before, {"name": ""}),
    ):
        named = getattr(table, next(iter(values))) != ""
        old = select(table.id).where(gone, named).limit(BATCH)
        done += count(
            await session.execute(
                update(table)
                .where(table.id.in_(old))
                .values(values)
                .execution_options(synchronize_session=False)
            )
        )
    return done
