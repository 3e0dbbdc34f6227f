"""«Мы услышали»: what was heard becomes a task; when it is done, those who were asked are told.

An admin makes a finding of a closed survey or of a letter, names who does something about it and by when.
Who does it says what has changed; an admin reads that and has it told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, true, update

from bot.config import Settings
from bot.db import accounts
from bot.db import feedback as letters
from bot.db import findings as db
from bot.db.access import Actor
from bot.db.accounts import Role, Topic
from bot.db.base import Session
from bot.db.feedback import Addressee, EntryKind, Ticket
from bot.db.findings import Finding, FindingRow
from bot.db.surveys import SurveyState
from bot.errors import AppError, NotFoundError
from bot.features import audit, surveys
from bot.features.accounts import require
from bot.features.feedback import Content, add_entry, answering
from bot.features.feedback.answering import STAFF
from bot.features.feedback.telling import tell as tell_letters
from bot.features.outbox import Message, clean_text, may_remind, post
from bot.programme.calendar import Calendar, midnight, school_year

TEXT_MAX = 500
CHANGE_MAX = 1000
# Reminded so many days before, on the day, and every so many days from then on.
BEFORE, AGAIN = timedelta(days=3), timedelta(days=7)
LATEST = timedelta(days=366)


@dataclass(frozen=True)
class Heard:
    """Where it was heard: a survey, or a letter; one of them."""

    survey_id: int | None = None
    ticket: int | None = None


def _own(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.is_one_of(Role.ADMIN) else Finding.staff_id == (actor.staff_id or 0)


async def findings(session: Session, actor: Actor) -> list[FindingRow]:
    """The actor's findings; all for an admin."""
    require(actor, *STAFF)
    return await db.findings(session, _own(actor))


async def find(session: Session, actor: Actor, finding_id: int) -> FindingRow:
    """One of them. Raises NotFoundError for somebody else's as for none."""
    require(actor, *STAFF)
    rows = await db.findings(session, _own(actor) & (Finding.id == finding_id))
    if not rows:
        raise NotFoundError
    return rows[0]


async def waiting(session: Session, actor: Actor) -> int:
    """How many wait for the actor: to be done, and for an admin to be told."""
    mine = (Finding.staff_id == (actor.staff_id or 0)) & Finding.done_at.is_(None)
    untold = Finding.done_at.is_not(None) & Finding.told_at.is_(None)
    return await db.count(session, or_(mine, untold) if actor.is_one_of(Role.ADMIN) else mine)


async def closed(session: Session, today: date, settings: Settings) -> tuple[int, int]:
    """Of the findings of this school year: how many are done, and all."""
    zone = settings.school.zone
    first, tomorrow = school_year(today)[0], today + timedelta(days=1)
    return await db.closed(session, midnight(first, zone), midnight(tomorrow, zone))


async def check_heard(session: Session, actor: Actor, today: date, heard: Heard) -> None:
    """Whether a finding can be made of it. For an admin.

    Raises AppError for a survey that is not closed yet, NotFoundError for what there is not.
    """
    require(actor, Role.ADMIN)
    if heard.survey_id is not None:
        if (await surveys.find(session, actor, heard.survey_id)).survey.state != SurveyState.CLOSED:
            raise AppError("error-survey-still-open")
    else:
        await answering.look(session, actor, today, heard.ticket or 0)


def clean(text: str | None) -> str:
    """What was heard. Raises AppError for none, or too much of it."""
    return clean_text(text, TEXT_MAX)


def check_due(day: date | None, today: date) -> date:
    """By when. Raises AppError for a day that is past, or further than a year."""
    if day is None:
        raise AppError("error-day")
    if not today <= day <= today + LATEST:
        raise AppError("error-finding-due")
    return day


async def colleagues(session: Session, actor: Actor, today: date) -> Sequence[Addressee]:
    """Who can do something about it: the staff with an account, by name."""
    require(actor, Role.ADMIN)
    return await letters.colleagues(session, today, admins_only=False)


async def add(
    session: Session,
    actor: Actor,
    settings: Settings,
    now: datetime,
    today: date,
    heard: Heard,
    text: str,
    staff_id: int,
    due_on: date,
) -> FindingRow:
    """Make a finding; who is to do something about it is told. For an admin.

    Raises what `check_heard`, `clean` and `check_due` raise; NotFoundError for nobody of the staff.
    """
    await check_heard(session, actor, today, heard)
    if staff_id not in {each.staff_id for each in await colleagues(session, actor, today)}:
        raise NotFoundError
    row = Finding(
        survey_id=heard.survey_id,
        ticket_number=heard.ticket,
        text=clean(text),
        staff_id=staff_id,
        due_on=check_due(due_on, today),
        created_by=actor.person_id,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    audit.record(session, actor, now, "finding.added", f"finding:{row.id}", staff=staff_id, due=due_on)
    found = await find(session, actor, row.id)
    if found.person_id and found.person_id != actor.person_id:
        said = {"finding": row.id, "text": row.text, "due": due_on.isoformat()}
        await post(session, settings, now, [Message(found.person_id, "finding", said, f"finding:{row.id}")])
    return found


async def to_finish(session: Session, actor: Actor, finding_id: int) -> FindingRow:
    """A finding of which it can be said what has changed. Raises AppError where it has been told already."""
    found = await find(session, actor, finding_id)
    if found.finding.told_at is not None:
        raise AppError("error-finding-told")
    return found


async def finish(
    session: Session,
    actor: Actor,
    settings: Settings,
    now: datetime,
    today: date,
    finding_id: int,
    change: str | None,
) -> FindingRow:
    """Say what has changed; until it is told it can be said anew. The administration is told to read it.

    Raises AppError for no words, and as `to_finish` does.
    """
    found = await to_finish(session, actor, finding_id)
    row = found.finding
    row.change, first, row.done_at = clean_text(change, CHANGE_MAX), row.done_at is None, row.done_at or now
    audit.record(session, actor, now, "finding.done", f"finding:{finding_id}")
    if first:
        people = await accounts.administration(session, settings.school.admins, today)
        said = {"finding": row.id, "text": row.text, "change": row.change, "name": found.staff_name}
        told = [
            Message(person, "finding-done", said, f"finding-done:{row.id}:{person}")
            for person in people
            if person != actor.person_id
        ]
        await post(session, settings, now, told)
    return found


async def tell(
    session: Session, actor: Actor, settings: Settings, now: datetime, today: date, finding_id: int
) -> int:
    """Tell those who were asked (of a letter its author) what has changed, once; how many they are.

    For an admin. Raises AppError where nothing has changed yet, or it has been told.
    """
    require(actor, Role.ADMIN)
    found = await find(session, actor, finding_id)
    row = found.finding
    if row.done_at is None:
        raise AppError("error-finding-open")
    claim = update(Finding).where(Finding.id == finding_id, Finding.told_at.is_(None)).values(told_at=now)
    if await session.scalar(claim.returning(Finding.id)) is None:
        raise AppError("error-finding-told")
    number = (
        await _tell_asked(session, settings, now, found)
        if row.survey_id is not None
        else await _tell_author(session, actor, settings, now, today, found)
    )
    audit.record(session, actor, now, "finding.told", f"finding:{finding_id}", told=number)
    return number


async def _tell_asked(session: Session, settings: Settings, now: datetime, found: FindingRow) -> int:
    row = found.finding
    said = {"title": found.survey_title, "text": row.text, "change": row.change}
    messages = [
        Message(person, "finding-told", said, f"finding-told:{row.id}:{person}", topic=Topic.SURVEYS)
        for person in await db.people_asked(session, row.survey_id or 0)
    ]
    await post(session, settings, now, messages)
    return len(messages)


async def _tell_author(
    session: Session, actor: Actor, settings: Settings, now: datetime, today: date, found: FindingRow
) -> int:
    """The answer goes into the letter's thread, which also reaches an author without a name."""
    row = found.finding
    ticket = await session.get_one(Ticket, row.ticket_number or 0)
    if ticket.person_id is None and ticket.mark is None:
        return 0  # they have left
    # A letter that was closed long ago is written on once, and is closed as of today.
    closed, ticket.closed_on = ticket.closed_on, None
    await add_entry(
        session,
        ticket,
        now,
        today,
        EntryKind.WORDS,
        by_author=False,
        staff_id=actor.staff_id or row.staff_id,
        content=Content(row.change),
    )
    ticket.closed_on = today if closed else None
    await tell_letters(session, settings, now)
    return 1


async def remind(session: Session, settings: Settings, calendar: Calendar, now: datetime) -> None:
    """Remind of what is not done: 3 days before its date, on the day, and every week from then on.

    One message a person with all of theirs, at the reminders' hour of working days; what was missed is
    caught up once.
    """
    if not may_remind(now, settings.reminders.at, settings, calendar):
        return
    today = now.astimezone(settings.school.zone).date()
    again = or_(
        Finding.reminded_on.is_(None),
        (Finding.due_on <= today) & (Finding.reminded_on < Finding.due_on),
        Finding.reminded_on <= today - AGAIN,
    )
    due = Finding.done_at.is_(None) & (Finding.due_on <= today + BEFORE) & again
    claim = update(Finding).where(due).values(reminded_on=today).returning(Finding.id)
    claimed = (await session.scalars(claim.execution_options(synchronize_session=False))).all()
    by_person: dict[int, list[dict[str, Any]]] = {}
    for row in await db.findings(session, Finding.id.in_(claimed)):
        if row.person_id is not None:
            finding = row.finding
            item = {"finding": finding.id, "text": finding.text, "due": finding.due_on.isoformat()}
            by_person.setdefault(row.person_id, []).append(item)
    messages = [
        Message(person, "finding-due", {"items": items}, f"finding-due:{today}:{person}")
        for person, items in by_person.items()
    ]
    await post(session, settings, now, messages)
