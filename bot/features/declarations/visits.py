"""Visits to lessons: what an admin saw of what teachers declare."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, true

from bot.config import Settings
from bot.db import declarations as db
from bot.db import outbox, roster
from bot.db.access import Actor, sees_visit
from bot.db.accounts import Role, Staff, teaching_staff
from bot.db.base import Session
from bot.db.declarations import LessonVisit, Practice, SeenPractice, VisitRow
from bot.db.outbox import OutboxMessage
from bot.db.roster import SchoolClass, Teaching
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.outbox import Message, clean_text, post
from bot.programme.calendar import school_year

TEXT_MAX = 1000
PAGE = 8
KIND = "lesson-visit"

STANDS = LessonVisit.withdrawn_on.is_(None)


async def teachers(session: Session, actor: Actor, today: date) -> list[tuple[int, str]]:
    """Whose lessons an admin may visit: the teaching staff but themselves."""
    require(actor, Role.ADMIN)
    return [(id_, name) for id_, name in await teaching_staff(session, today) if id_ != actor.staff_id]


async def classes(session: Session, actor: Actor, today: date, staff_id: int) -> Sequence[SchoolClass]:
    """The classes of a teacher; all of them where nobody has noted any.

    Raises NotFoundError for whoever does not teach.
    """
    await _teacher(session, actor, today, staff_id)
    taught = SchoolClass.id.in_(select(Teaching.class_id).where(Teaching.staff_id == staff_id))
    return await roster.classes(session, taught) or await roster.classes(session, true())


async def _teacher(session: Session, actor: Actor, today: date, staff_id: int) -> Staff:
    require(actor, Role.ADMIN)
    found = await session.scalar(
        select(Staff).where(
            Staff.id == staff_id, db.teaching(today), Staff.id.is_distinct_from(actor.staff_id)
        )
    )
    if found is None:
        raise NotFoundError
    return found


async def lesson(
    session: Session, actor: Actor, today: date, staff_id: int, class_id: int
) -> tuple[Staff, SchoolClass]:
    """Whose lesson in which class is to be noted.

    Raises NotFoundError.
    """
    teacher = await _teacher(session, actor, today, staff_id)
    school_class = await session.get(SchoolClass, class_id)
    if school_class is None:
        raise NotFoundError
    return teacher, school_class


def check_day(day: date, today: date) -> date:
    """The day of a visit, if it can have it.

    Raises AppError for a day to come or before this school year.
    """
    if day > today:
        raise AppError("error-visit-future")
    if day < school_year(today)[0]:
        raise AppError("error-visit-old")
    return day


async def log(
    session: Session,
    settings: Settings,
    actor: Actor,
    now: datetime,
    today: date,
    *,
    staff_id: int,
    class_id: int,
    on_date: date,
    practices: Collection[Practice],
    text: str,
) -> VisitRow:
    """Note down a visit; the teacher is told what is written of their lesson.

    Raises AppError for a day that cannot be, and where nothing was seen and nothing is said.
    """
    teacher, school_class = await lesson(session, actor, today, staff_id, class_id)
    check_day(on_date, today)
    if not practices and not text:
        raise AppError("error-visit-empty")
    visit = LessonVisit(
        staff_id=teacher.id,
        class_name=school_class.name,
        on_date=on_date,
        text=clean_text(text, TEXT_MAX) if text else "",
        visited_by=actor.person_id,
        logged_on=today,
        created_at=now,
    )
    session.add(visit)
    await session.flush()
    session.add_all(SeenPractice(visit_id=visit.id, practice=each) for each in practices)
    audit.record(
        session,
        actor,
        now,
        "visit.logged",
        f"visit:{visit.id}",
        staff_id=teacher.id,
        on_date=on_date.isoformat(),
        practices=sorted(practices),
    )
    row = VisitRow(
        visit, teacher.name, teacher.person_id, actor.name, tuple(p for p in Practice if p in practices)
    )
    if teacher.person_id is not None:
        arguments = {
            "id": visit.id,
            "class": visit.class_name,
            "day": on_date.isoformat(),
            "visitor": actor.name,
            "practices": row.practices,
            "text": visit.text,
        }
        message = Message(teacher.person_id, KIND, arguments, f"{KIND}:{visit.id}", subject_id=visit.id)
        await post(session, settings, now, [message])
    return row


@dataclass(frozen=True)
class Page:
    """A page (from 0) of visits, the latest first."""

    number: int
    of: int
    rows: Sequence[VisitRow]


async def page(session: Session, actor: Actor, number: int) -> Page:
    """Visits to the actor's lessons, for an admin all. The nearest page that exists."""
    require(actor, Role.TEACHER, Role.ADMIN)
    mine = sees_visit(actor) & STANDS
    pages = -(-await db.count_visits(session, mine) // PAGE)
    number = max(0, min(number, pages - 1))
    return Page(number, pages, await db.visits(session, mine, number * PAGE, PAGE))


async def count(session: Session, actor: Actor) -> int:
    """Count the visits that the actor may read."""
    return await db.count_visits(session, sees_visit(actor) & STANDS)


async def find(session: Session, actor: Actor, visit_id: int) -> VisitRow:
    """A visit that the actor may read.

    Raises NotFoundError.
    """
    require(actor, Role.TEACHER, Role.ADMIN)
    rows = await db.visits(session, sees_visit(actor) & STANDS & (LessonVisit.id == visit_id))
    if not rows:
        raise NotFoundError
    return rows[0]


async def withdraw(session: Session, actor: Actor, now: datetime, today: date, visit_id: int) -> None:
    """Take a mistaken entry back: from today on it does not count."""
    require(actor, Role.ADMIN)
    row = await find(session, actor, visit_id)
    row.visit.withdrawn_on = today
    untold = (OutboxMessage.kind == KIND) & (OutboxMessage.subject_id == visit_id)
    await outbox.withdraw(session, now, untold)
    audit.record(session, actor, now, "visit.withdrawn", f"visit:{visit_id}")
