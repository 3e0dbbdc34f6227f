"""The reminder ladder, what is told to the directors, the weekly digest."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import exists, or_, select, tuple_, update

from bot.config import Settings
from bot.db import activities as db
from bot.db.accounts import Staff, directors
from bot.db.activities import (
    ASKED,
    DUE,
    UNANSWERED,
    UNDECIDED,
    UNFINISHED,
    ActivityReport,
    Assignment,
    AssignmentState,
    DateRequest,
    Occurrence,
    Part,
    Wish,
)
from bot.db.base import Session
from bot.db.outbox import OutboxMessage
from bot.features.activities import QUIET_UNTIL, about
from bot.features.outbox import Message, may_remind, post
from bot.programme import calendar as rules
from bot.programme.calendar import Calendar
from bot.programme.model import Programme

# So many parts at a time; then others have their turn, however many are due after an outage.
PAGE = 50


@dataclass(frozen=True)
class Due:
    """A part that has reached a step of the ladder that is news to whoever has it."""

    part: Part
    person_id: int
    step: str


async def remind(
    session: Session, programme: Programme, calendar: Calendar, settings: Settings, now: datetime
) -> None:
    """Tell everybody, in one message a day, what has reached a step of the ladder that is news to them."""
    if may_remind(now, settings.reminders.at, settings, calendar):
        await tell(session, programme, settings, now, await find(session, calendar, settings, now))


async def find(session: Session, calendar: Calendar, settings: Settings, now: datetime) -> list[Due]:
    """What is news today, to those who have had no message yet today: the rest comes with tomorrow's.

    Of several steps that were missed only the latest is: what was not said is caught up with once. Who has
    asked for another date is not told that they are late before they have an answer.
    """
    ladder = settings.reminders
    today = now.astimezone(settings.school.zone).date()
    horizon = today + timedelta(days=max(ladder.before, default=0))
    reached = or_(Occurrence.starts_on <= today, horizon >= DUE)
    theirs = UNFINISHED & Staff.person_id.is_not(None) & ~(ASKED & (today > DUE))
    due = []
    async for page in db.pages(session, theirs & reached, PAGE):
        for part in page:
            step = rules.step_due(part.starts_on, part.due_on, today, ladder.before, ladder.after, calendar)
            if step is None or step.name == part.last_step or part.person_id is None:
                continue
            if part.in_progress_at is not None and step.days_left > QUIET_UNTIL:
                continue
            due.append(Due(part, part.person_id, step.name))
    due.sort(key=lambda each: (each.part.due_on, each.part.id))
    await asyncio.sleep(0)
    keys = {person_id: _key(person_id, today) for person_id in {each.person_id for each in due}}
    query = select(OutboxMessage.dedup_key).where(OutboxMessage.dedup_key.in_(keys.values()))
    told = set(await session.scalars(query))
    return [each for each in due if keys[each.person_id] not in told]


def _key(person_id: int, today: date) -> str:
    return f"activity-reminder:{person_id}:{today}"


async def tell(
    session: Session, programme: Programme, settings: Settings, now: datetime, due: Sequence[Due]
) -> None:
    """Claim what was found and put the messages into the outbox, together.

    The claim is a conditional update: only what still stands where it was found, with whom it was found. So
    a step is told once, however many processes found it.
    """
    today = now.astimezone(settings.school.zone).date()
    claimed: set[int] = set()
    moves: dict[tuple[str | None, str], list[tuple[int, int | None]]] = {}
    for each in due:
        moves.setdefault((each.part.last_step, each.step), []).append((each.part.id, each.part.staff_id))
    for (was, step), whose in moves.items():
        for first in range(0, len(whose), PAGE):
            await asyncio.sleep(0)
            here = tuple_(Assignment.id, Assignment.staff_id).in_(whose[first : first + PAGE]) & UNFINISHED
            still = Assignment.last_step.is_not_distinct_from(was)
            claim = update(Assignment).where(here, still).values(last_step=step).returning(Assignment.id)
            claimed |= set((await session.execute(claim)).scalars())
    await asyncio.sleep(0)
    by_person: dict[int, list[Part]] = {}
    for each in due:
        if each.part.id in claimed:
            by_person.setdefault(each.person_id, []).append(each.part)
    messages: list[Message] = []
    told = 0
    for person_id, parts in by_person.items():
        items = [
            {
                **about(programme, part.activity_key, part.due_on),
                "assignment": part.id,
                "days": (part.due_on - today).days,
                "returned": part.state == AssignmentState.RETURNED,
                "started": part.in_progress_at is not None,
            }
            for part in parts
        ]
        messages.append(Message(person_id, "activity-reminder", {"items": items}, key=_key(person_id, today)))
        told += len(parts)
        if told >= PAGE:
            await asyncio.sleep(0)
            await post(session, settings, now, messages)
            messages, told = [], 0
    await post(session, settings, now, messages)


async def escalate(
    session: Session, programme: Programme, calendar: Calendar, settings: Settings, now: datetime
) -> None:
    """Tell the directors of parts that are late by `escalate_after` days, and at each later step, once a day.

    Nobody is told of their own parts: the ladder has told them. Who has asked for another date is named so.
    """
    ladder = settings.reminders
    if not may_remind(now, ladder.at, settings, calendar):
        return
    today = now.astimezone(settings.school.zone).date()
    if await session.scalar(select(exists().where(Assignment.escalated_on == today))):
        return
    admins = await directors(session, today)
    late = await db.parts(session, UNFINISHED & (today - timedelta(days=ladder.escalate_after) >= DUE))
    steps = {ladder.escalate_after, *(days for days in ladder.after if days > ladder.escalate_after)}
    moves: dict[tuple[str | None, str], list[int]] = {}
    for part in late:
        step = f"after-{max(days for days in steps if days <= (today - part.due_on).days)}"
        if step != part.escalated_step:
            moves.setdefault((part.escalated_step, step), []).append(part.id)
    if not moves or not admins:
        return
    claimed: set[int] = set()
    for (was, step), ids in moves.items():
        here = Assignment.id.in_(ids) & UNFINISHED & Assignment.escalated_step.is_not_distinct_from(was)
        told = {"escalated_step": step, "escalated_on": today}
        claim = update(Assignment).where(here).values(**told).returning(Assignment.id)
        claimed |= set((await session.execute(claim)).scalars())
    parts = [part for part in late if part.id in claimed]
    asked = await db.wishes(session, UNANSWERED)
    others = {d.person_id: [part for part in parts if part.staff_id != d.staff_id] for d in admins}
    messages = [
        Message(
            person_id,
            "activity-escalation",
            {"items": _lines(programme, late_parts, asked, today)},
            key=f"activity-escalation:{person_id}:{today}",
        )
        for person_id, late_parts in others.items()
        if late_parts
    ]
    await post(session, settings, now, messages)


def _lines(
    programme: Programme, parts: Sequence[Part], asked: Sequence[Wish], today: date
) -> list[dict[str, Any]]:
    """Parts in plain values, a line for what is due of an occurrence on one day; who has asked, apart."""
    wanted = {wish.assignment_id: wish.wanted_on.isoformat() for wish in asked}
    lines: dict[tuple[date, int], list[Part]] = {}
    for part in sorted(parts, key=attrgetter("due_on", "occurrence_id", "id")):
        lines.setdefault((part.due_on, part.occurrence_id), []).append(part)
    return [
        {
            **about(programme, same[0].activity_key, due_on),
            "days": (due_on - today).days,
            "asked": [(part.name, wanted[part.id]) for part in same if part.id in wanted],
            "names": [part.name for part in same if part.id not in wanted],
        }
        for (due_on, _), same in lines.items()
    ]


async def digest(
    session: Session, programme: Programme, calendar: Calendar, settings: Settings, now: datetime
) -> None:
    """Tell the directors once a week what is due this week, what is late, and what waits for their answer.

    On the configured day, or the next working day of the same week. A week that had nothing to tell at the
    configured moment gets no digest later either; one that goes out late tells how it stands now.
    """
    weekday, at = rules.read_weekly(settings.reminders.digest)
    if not may_remind(now, at, settings, calendar):
        return
    today = now.astimezone(settings.school.zone).date()
    week = today - timedelta(days=(today.weekday() - weekday) % 7)
    admins = await directors(session, today)
    keys = {d.person_id: f"activity-digest:{d.person_id}:{week}" for d in admins}
    told = select(OutboxMessage.dedup_key).where(OutboxMessage.dedup_key.in_(keys.values()))
    if not set(keys.values()) - set(await session.scalars(told)):
        return
    moment = datetime.combine(week, at, settings.school.zone)
    parts = await db.parts(session, UNFINISHED & (week + timedelta(days=7) > DUE))
    waited = or_(
        exists().where(UNDECIDED, ActivityReport.created_at <= moment),
        exists().where(UNANSWERED, DateRequest.created_at <= moment),
    )
    if not parts and not await session.scalar(select(waited)):
        return
    asked = await db.wishes(session, UNANSWERED)
    arguments = {
        # What became late last comes first: what nobody has done for a year would hide it.
        "late": _lines(programme, [part for part in parts if part.due_on < today], asked, today)[::-1],
        "due": _lines(programme, [part for part in parts if part.due_on >= today], asked, today),
        "waiting": len(await db.reports(session, UNDECIDED)),
        "asked": len(asked),
    }
    messages = [Message(person_id, "activity-digest", arguments, key) for person_id, key in keys.items()]
    await post(session, settings, now, messages)
