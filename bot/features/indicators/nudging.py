"""The loop closes: an indicator that is behind asks people for deeds (indicators, "The loop closes").

While 3.4 is behind, the teachers who are short of notes are asked for some, by name. Without a closed
satisfaction survey by 1 November (3.2) the administration is offered one. A register that is not renewed by
1 October (2.8) is put before its keeper.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import exists, select

from bot.config import Settings
from bot.db import accounts, surveys
from bot.db.accounts import Person
from bot.db.base import Session, active
from bot.db.indicators import delivered_notes
from bot.db.notes.heard import last_heard
from bot.db.outbox import OutboxMessage
from bot.db.roster import Guardian, Pupil, SchoolClass, Teaching
from bot.features import outbox
from bot.features.indicators import Standing, standing_of
from bot.features.indicators.sources.evidence import Day
from bot.features.indicators.sources.parents import FEEDBACK
from bot.features.outbox import Message
from bot.features.surveys import SATISFACTION
from bot.programme.calendar import Calendar, read_weekly
from bot.programme.model import Programme, State

KIND, SURVEY_KIND, REGISTER_KIND = "nudge-feedback", "nudge-survey", "nudge-register"
PUPILS = 5
APART = timedelta(days=7)
# A survey closed by 1 November, the register renewed by 1 October, a month after the school year's first day.
SURVEY_MONTH = 11
REGISTER_GRACE = timedelta(days=30)
# More days than anybody has been waiting: never heard anything.
LONG = 10**6


async def nudge(
    session: Session, programme: Programme, calendar: Calendar, settings: Settings, now: datetime
) -> None:
    """Ask for what is lacking, each kind of it as the configuration says.

    From the configured hour of the week on, on working days outside vacations and quiet hours; who has been
    asked for the same within 7 days is left alone. A constant number of queries, however many people.
    """
    day = Day(now.astimezone(settings.school.zone).date(), settings, programme)
    if not _may_nudge(now, settings, calendar):
        return
    if settings.nudges.teacher_feedback:
        await _ask_for_notes(session, calendar, day, now)
    if settings.nudges.parents_satisfied and day.on.month >= SURVEY_MONTH:
        await _offer_survey(session, day, now)
    if settings.nudges.register_renewed and day.on - day.school_year >= REGISTER_GRACE:
        await _ask_to_renew(session, day, now)


async def _standing(session: Session, key: str, day: Day) -> Standing | None:
    """Where an indicator stands; None where the programme does not have it."""
    indicator = next((i for i in day.programme.indicators if i.key == key), None)
    return await standing_of(session, indicator, day) if indicator else None


async def _tell(
    session: Session, day: Day, now: datetime, kind: str, people: Sequence[int], arguments: dict[str, Any]
) -> None:
    asked = await _asked(session, kind, people, now)
    messages = [
        Message(person_id, kind, arguments, key=f"{kind}:{person_id}:{day.on}")
        for person_id in people
        if person_id not in asked
    ]
    await outbox.post(session, day.settings, now, messages)


async def _offer_survey(session: Session, day: Day, now: datetime) -> None:
    """3.2: the administration, while nothing of this year is closed and no such survey is under way."""
    standing = await _standing(session, "parents_satisfied", day)
    if standing is None or standing.value is not None or await surveys.under_way(session, SATISFACTION):
        return
    people = await accounts.administration(session, day.settings.school.admins, day.on)
    await _tell(session, day, now, SURVEY_KIND, people, {})


async def _ask_to_renew(session: Session, day: Day, now: datetime) -> None:
    """2.8: the psychological service keeps the register; where it has nobody, the administration."""
    standing = await _standing(session, "register_renewed", day)
    if standing is None or standing.value or standing.evidence is None:
        return
    people = await accounts.specialists(session, day.on) or await accounts.administration(
        session, day.settings.school.admins, day.on
    )
    left = (standing.evidence.denominator or 0) - (standing.evidence.numerator or 0)
    await _tell(session, day, now, REGISTER_KIND, people, {"left": left})


async def _ask_for_notes(session: Session, calendar: Calendar, day: Day, now: datetime) -> None:
    """3.4: the teaching staff with too few delivered notes, while it is behind."""
    today, settings = day.on, day.settings
    standing = await _standing(session, FEEDBACK, day)
    if standing is None or standing.state != State.BEHIND:
        return
    wanted = settings.indicators.feedback_notes
    short = {
        teacher.person_id: teacher
        for teacher in await delivered_notes(session, day.values)
        if teacher.notes < wanted and teacher.person_id is not None
    }
    for person_id in await _asked(session, KIND, list(short), now):
        del short[person_id]
    if not short:
        return
    reached = await outbox.awake_on_working_days(session, settings, calendar, now, short)
    pupils = await _pupils(session, [teacher.staff_id for teacher in short.values()], today, settings)
    messages = [
        Message(
            person_id,
            KIND,
            {
                "notes": teacher.notes,
                "wanted": wanted,
                "days": settings.indicators.feedback_days,
                "pupils": pupils[teacher.staff_id],
            },
            key=f"{KIND}:{person_id}:{today}",
        )
        for person_id, teacher in short.items()
        # Who teaches no class has nobody to write about.
        if teacher.staff_id in pupils and person_id in reached
    ]
    await outbox.post(session, settings, now, messages)


def _may_nudge(now: datetime, settings: Settings, calendar: Calendar) -> bool:
    """Whether this is a moment for it: what was missed is caught up in the same week, or not at all."""
    local = now.astimezone(settings.school.zone)
    weekday, at = read_weekly(settings.nudges.at)
    return (
        local.weekday() >= weekday
        and local.time() >= at
        and not calendar.is_day_off(local.date(), vacations=True)
        and outbox.awake(now, settings) == now
    )


async def _asked(session: Session, kind: str, people: Sequence[int], now: datetime) -> set[int]:
    """Those of the people whose last nudge of a kind is not 7 days old, by the moment when it went out."""
    query = select(OutboxMessage.person_id).where(
        OutboxMessage.person_id.in_(people),
        OutboxMessage.kind == kind,
        OutboxMessage.not_before > now - APART,
    )
    return set(await session.scalars(query))


async def _pupils(
    session: Session, staff: Sequence[int], today: date, settings: Settings
) -> dict[int, list[dict[str, Any]]]:
    """The pupils of each teacher's classes whom a note can reach, those who have waited longest first.

    First name, class, and the days since their parents heard anything (None: never).
    """
    reached = exists().where(
        Guardian.pupil_id == Pupil.id,
        active(Guardian, today),
        Guardian.person_id == Person.id,
        Person.unreachable_since.is_(None),
    )
    query = (
        select(Teaching.staff_id, Pupil.id, Pupil.first_name, SchoolClass, reached)
        .join(SchoolClass, SchoolClass.id == Teaching.class_id)
        .join(Pupil, (Pupil.class_id == SchoolClass.id) & active(Pupil, today))
        .where(Teaching.staff_id.in_(staff))
        .order_by(Teaching.staff_id, SchoolClass.grade, SchoolClass.letter, Pupil.surname, Pupil.first_name)
    )
    rows = (await session.execute(query)).all()
    heard = await last_heard(session, active(Pupil, today))
    zone = settings.school.zone
    days = {
        id_: (today - last.delivered_at.astimezone(zone).date()).days
        for id_, last in heard.items()
        if last.delivered_at
    }
    found: dict[int, list[dict[str, Any]]] = {}
    for staff_id, group in groupby(rows, key=lambda row: row[0]):
        reachable = [row for row in group if row[4]]
        reachable.sort(key=lambda row: -days.get(row[1], LONG))
        found[staff_id] = [
            {"name": first_name, "class": school_class.name, "days": days.get(id_)}
            for _, id_, first_name, school_class, _ in reachable[:PUPILS]
        ]
    return found
