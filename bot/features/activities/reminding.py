"""The reminder ladder, what is told to the directors, the weekly digest."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, or_, select, update

from bot.config import Settings
from bot.db import activities as db
from bot.db.accounts import Staff
from bot.db.activities import (
    UNDECIDED,
    UNFINISHED,
    ActivityReport,
    Assignment,
    AssignmentState,
    Occurrence,
    Part,
)
from bot.db.base import Session
from bot.db.outbox import OutboxMessage
from bot.features.activities import QUIET_UNTIL, about, stages_of
from bot.features.outbox import Message, may_remind, post
from bot.programme import calendar as rules
from bot.programme.calendar import Calendar
from bot.programme.model import Programme


async def remind(
    session: Session, programme: Programme, calendar: Calendar, settings: Settings, now: datetime
) -> None:
    """Tell everybody, in one message a day, what has reached a step of the ladder that is news to them.

    The message and the steps told are written together, and the message's key is the person and the day: so
    however often this is called, nobody hears of a step twice.
    """
    ladder = settings.reminders
    if not may_remind(now, ladder.at, settings, calendar):
        return
    today = now.astimezone(settings.school.zone).date()
    horizon = today + timedelta(days=max(ladder.before, default=0))
    reached = or_(Occurrence.starts_on <= today, Occurrence.due_on <= horizon)
    due: dict[int, list[tuple[Part, str]]] = {}
    for part in await db.parts(session, UNFINISHED & reached & Staff.person_id.is_not(None)):
        step = rules.step_due(part.starts_on, part.due_on, today, ladder.before, ladder.after, calendar)
        if step is None or step.name == part.last_step or part.person_id is None:
            continue
        if part.in_progress_at is not None and step.days_left > QUIET_UNTIL:
            continue
        due.setdefault(part.person_id, []).append((part, step.name))
    posted = await post(
        session,
        settings,
        now,
        [
            Message(
                person_id,
                "activity-reminder",
                {
                    "items": [
                        {
                            **about(programme, part.activity_key, part.due_on),
                            "assignment": part.id,
                            "days": (part.due_on - today).days,
                            "returned": part.state == AssignmentState.RETURNED,
                        }
                        for part, _ in steps
                    ]
                },
                key=f"activity-reminder:{person_id}:{today}",
            )
            for person_id, steps in due.items()
        ],
    )
    for steps, message in zip(due.values(), posted, strict=True):
        if message.id is None:
            continue  # they had their message today: the rest comes with tomorrow's
        for part, name in steps:
            await session.execute(update(Assignment).where(Assignment.id == part.id).values(last_step=name))


async def escalate(
    session: Session, programme: Programme, calendar: Calendar, settings: Settings, now: datetime
) -> None:
    """Tell the directors of parts that are late by `escalate_after` days or more: of each once, once a day.

    Nobody is told of their own parts: the ladder has told them.
    """
    if not may_remind(now, settings.reminders.at, settings, calendar):
        return
    today = now.astimezone(settings.school.zone).date()
    if await session.scalar(select(exists().where(Assignment.escalated_on == today))):
        return
    late = Occurrence.due_on <= today - timedelta(days=settings.reminders.escalate_after)
    parts = await db.parts(session, UNFINISHED & Assignment.escalated_on.is_(None) & late)
    directors = await db.directors(session, today)
    if not parts or not directors:
        return
    await session.execute(
        update(Assignment).where(Assignment.id.in_([part.id for part in parts])).values(escalated_on=today)
    )
    others = {d.person_id: [part for part in parts if part.staff_id != d.staff_id] for d in directors}
    messages = [
        Message(
            person_id,
            "activity-escalation",
            {"items": _lines(programme, late_parts, today)},
            key=f"activity-escalation:{person_id}:{today}",
        )
        for person_id, late_parts in others.items()
        if late_parts
    ]
    await post(session, settings, now, messages)


def _lines(programme: Programme, parts: Sequence[Part], today: date) -> list[dict[str, Any]]:
    """Parts in plain values, an occurrence a line."""
    return [
        {
            **about(programme, stage.parts[0].activity_key, stage.due_on),
            "key": stage.parts[0].activity_key,
            "days": (stage.due_on - today).days,
            "names": [part.name for part in stage.parts],
        }
        for stage in stages_of(parts, today)
    ]


async def digest(
    session: Session, programme: Programme, calendar: Calendar, settings: Settings, now: datetime
) -> None:
    """Tell the directors once a week what is due this week, what is late, and which reports wait for them.

    On the configured day, or the next working day of the same week; it is always the picture of the
    configured moment, so a week that had nothing to tell then gets no digest later either.
    """
    weekday, at = rules.read_weekly(settings.reminders.digest)
    if not may_remind(now, at, settings, calendar):
        return
    today = now.astimezone(settings.school.zone).date()
    week = today - timedelta(days=(today.weekday() - weekday) % 7)
    directors = await db.directors(session, today)
    keys = {d.person_id: f"activity-digest:{d.person_id}:{week}" for d in directors}
    told = select(OutboxMessage.dedup_key).where(OutboxMessage.dedup_key.in_(keys.values()))
    if not set(keys.values()) - set(await session.scalars(told)):
        return
    moment = datetime.combine(week, at, settings.school.zone)
    parts = await db.parts(session, UNFINISHED & (Occurrence.due_on < week + timedelta(days=7)))
    waiting = await db.reports(session, UNDECIDED & (ActivityReport.created_at <= moment))
    if not parts and not waiting:
        return
    arguments = {
        "late": _lines(programme, [part for part in parts if part.due_on < week], today),
        "due": _lines(programme, [part for part in parts if part.due_on >= week], today),
        "waiting": len(waiting),
    }
    messages = [Message(person_id, "activity-digest", arguments, key) for person_id, key in keys.items()]
    await post(session, settings, now, messages)
