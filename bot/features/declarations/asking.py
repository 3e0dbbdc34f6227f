"""At the beginning of a quarter the teaching staff are asked to declare what they use."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.config import Settings
from bot.db import declarations as db
from bot.db.base import Session
from bot.db.outbox import OutboxMessage
from bot.features.outbox import Message, awake_on_working_days, may_remind, post
from bot.programme.calendar import Calendar, quarter

KIND = "declaration-ask"
APART = timedelta(days=7)
# Once in the first week and once more a week later; who was not there then is asked within this time.
TIMES, SPAN = 2, timedelta(days=28)


async def ask(session: Session, calendar: Calendar, settings: Settings, now: datetime) -> None:
    """Ask whoever has not declared in this quarter, at most twice, a week apart at the least.

    From the first school day of the quarter on, on working days outside vacations, at the reminders' hour.
    A constant number of queries, however many teachers.
    """
    today = now.astimezone(settings.school.zone).date()
    if not settings.nudges.declarations or calendar.is_day_off(today, vacations=True):
        return
    first = quarter(today).first
    begins = calendar.next_working_day(first - timedelta(days=1), vacations=True)
    asks = begins <= today < begins + SPAN and may_remind(now, settings.reminders.at, settings, calendar)
    if not asks:
        return
    people = await db.silent(session, today, first)
    asked = await _asked(session, people, now)
    due = {}
    for person_id in people:
        times = sum(f":{first}:" in key for key, _ in asked.get(person_id, ()))
        recent = any(at > now - APART for _, at in asked.get(person_id, ()))
        if times < TIMES and not recent:
            due[person_id] = times + 1
    if not due:
        return
    reached = await awake_on_working_days(session, settings, calendar, now, due)
    messages = [
        Message(
            person_id,
            KIND,
            {"quarter": quarter(today).number, "again": time > 1},
            key=f"{KIND}:{person_id}:{first}:{time}",
        )
        for person_id, time in due.items()
        if person_id in reached
    ]
    await post(session, settings, now, messages)


async def _asked(
    session: Session, people: Sequence[int], now: datetime
) -> dict[int, list[tuple[str, datetime]]]:
    """The questions that went to the people lately: their keys, and when they went out."""
    query = select(OutboxMessage.person_id, OutboxMessage.dedup_key, OutboxMessage.not_before).where(
        OutboxMessage.person_id.in_(people),
        OutboxMessage.kind == KIND,
        OutboxMessage.not_before > now - SPAN - APART,
    )
    found: dict[int, list[tuple[str, datetime]]] = {}
    for person_id, key, at in await session.execute(query):
        found.setdefault(person_id, []).append((key, at))
    return found
