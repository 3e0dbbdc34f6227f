"""Extra lessons with the attendance of each pupil, taken back on the same day (indicators 1.3, 2.3)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.db.access import Actor, sees_lesson, teaches_pupil
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.risk import marks as marks_db
from bot.db.risk import support as db
from bot.db.risk.register import registered
from bot.db.risk.support import Candidate, ExtraLesson, LessonPupil, LessonRow
from bot.db.roster import Pupil
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.outbox import clean_line
from bot.features.risk.register import STAFF, staff_id
from bot.programme.calendar import school_year

PAGE = 8
SUBJECT_MAX = 60
SUBJECTS_OFFERED = 12
GROUP_MAX = 40

STANDS = ExtraLesson.withdrawn_at.is_(None)


@dataclass(frozen=True)
class Page:
    """A page (from 0) of lessons, the latest first; `last` is the actor's own latest, to be repeated."""

    number: int
    of: int
    rows: Sequence[LessonRow]
    last: LessonRow | None


async def page(session: Session, actor: Actor, number: int) -> Page:
    """The actor's lessons, for specialists and admins everybody's. The nearest page that exists."""
    require(actor, *STAFF)
    mine = sees_lesson(actor) & STANDS
    pages = -(-await db.count_lessons(session, mine) // PAGE)
    number = max(0, min(number, pages - 1))
    rows = await db.lessons(session, mine, number * PAGE, PAGE)
    own = STANDS & (ExtraLesson.staff_id == (actor.staff_id or 0))
    last = await db.lessons(session, own, 0, 1)
    return Page(number, pages, rows, last[0] if last else None)


async def subjects(session: Session, actor: Actor) -> list[str]:
    """Subjects to choose from: the actor's own, the latest first, then those that have marks."""
    own = await db.own_subjects(session, staff_id(actor), SUBJECTS_OFFERED)
    return list(dict.fromkeys([*own, *await marks_db.subjects(session)]))[:SUBJECTS_OFFERED]


def clean_subject(text: str | None) -> str:
    """A subject as somebody typed it.

    Raises AppError for what is none or too long.
    """
    subject = clean_line(text, SUBJECT_MAX)
    return subject[:1].upper() + subject[1:]


async def again(session: Session, actor: Actor, today: date, lesson_id: int) -> tuple[str, list[Candidate]]:
    """The subject and the group of a lesson of the actor's, as far as they are still their pupils."""
    mine = STANDS & (ExtraLesson.staff_id == staff_id(actor)) & (ExtraLesson.id == lesson_id)
    rows = await db.lessons(session, mine, 0, 1)
    if not rows:
        raise NotFoundError
    group = [pupil.id for pupil, _ in await db.group(session, lesson_id)]
    return rows[0].lesson.subject, await chosen(session, actor, today, group)


async def chosen(session: Session, actor: Actor, today: date, ids: Collection[int]) -> list[Candidate]:
    """Those of the pupils who are the actor's today."""
    require(actor, *STAFF)
    pupils = teaches_pupil(actor, today) & Pupil.id.in_(ids)
    return await db.candidates(session, pupils, registered(today))


async def log(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    *,
    subject: str,
    on_date: date,
    group: Mapping[int, bool],
) -> LessonRow:
    """Log a lesson: the pupils of its group, each with whether they came.

    Raises AppError for a day to come or of another school year, and for a lesson that nobody came to;
    NotFoundError where somebody of the group is not the actor's pupil.
    """
    who = staff_id(actor)
    check_day(on_date, today)
    if not any(group.values()):
        raise AppError("error-lesson-nobody")
    if len(group) > GROUP_MAX:
        raise AppError("error-lesson-many", max=GROUP_MAX)
    if len(await chosen(session, actor, today, group)) != len(group):
        raise NotFoundError
    lesson = ExtraLesson(staff_id=who, subject=clean_subject(subject), on_date=on_date, created_at=now)
    session.add(lesson)
    await session.flush()
    session.add_all(
        LessonPupil(lesson_id=lesson.id, pupil_id=id_, attended=came) for id_, came in group.items()
    )
    came = sum(group.values())
    audit.record(session, actor, now, "lesson.logged", f"lesson:{lesson.id}", came=came, group=len(group))
    return LessonRow(lesson, actor.name, came, len(group))


def check_day(day: date, today: date) -> None:
    """Whether a lesson may be logged for a day.

    Raises AppError for a day to come or before this school year.
    """
    if day > today:
        raise AppError("error-lesson-future")
    if day < school_year(today)[0]:
        raise AppError("error-lesson-old")


@dataclass(frozen=True)
class Opened:
    """A lesson with its group; whether it is the actor's to take back, and whether it is still the day."""

    row: LessonRow
    group: Sequence[tuple[Pupil, bool]]
    own: bool
    same_day: bool

    @property
    def withdrawable(self) -> bool:
        """Whether the actor may take the entry back now."""
        return self.own and self.same_day


async def opened(session: Session, actor: Actor, today: date, zone: ZoneInfo, lesson_id: int) -> Opened:
    """A lesson that the actor may see."""
    require(actor, *STAFF)
    rows = await db.lessons(session, sees_lesson(actor) & STANDS & (ExtraLesson.id == lesson_id), 0, 1)
    if not rows:
        raise NotFoundError
    lesson = rows[0].lesson
    same_day = lesson.created_at.astimezone(zone).date() == today
    own = lesson.staff_id == actor.staff_id or actor.is_one_of(Role.ADMIN)
    return Opened(rows[0], await db.group(session, lesson_id), own, same_day)


async def withdraw(
    session: Session, actor: Actor, now: datetime, today: date, zone: ZoneInfo, lesson_id: int
) -> None:
    """Take a mistaken entry back, on the day (school time) on which it was made.

    Raises AppError later than that, NotFoundError for what a colleague has logged.
    """
    found = await opened(session, actor, today, zone, lesson_id)
    if not found.own:
        raise NotFoundError
    if not found.same_day:
        raise AppError("error-lesson-late")
    found.row.lesson.withdrawn_at = now
    audit.record(session, actor, now, "lesson.withdrawn", f"lesson:{lesson_id}")
