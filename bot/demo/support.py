"""The demonstration's extra lessons, clubs, mentoring pairs and marks, told by the same features."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy import select

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.db.risk.register import registered
from bot.db.risk.support import PairKind
from bot.db.roster import Pupil, SchoolClass
from bot.features.risk.marks import importing
from bot.features.risk.marks.table import read_table
from bot.features.risk.support import clubs, lessons, pairs
from bot.programme.calendar import Calendar, school_year

DIRECTOR, PRIMARY, RUSSIAN, MATHEMATICS = 101, 103, 104, 105
LESSONS = ((RUSSIAN, "7Б", "Русский язык"), (MATHEMATICS, "10А", "Математика"), (PRIMARY, "3А", "Чтение"))
WEEKS = 5
CLUBS = (
    (RUSSIAN, "Читаем и считаем", "", "7Б"),
    (PRIMARY, "Хор", "Детская школа искусств", "3А"),
    (MATHEMATICS, "Робототехника", "Центр «Точка роста»", "10А"),
)
# Subject, current and external mark of every n-th pupil of a class: most agree, some do not.
MARKS = (
    ("4", "4"),
    ("5", "5"),
    ("4,5", "3,5"),
    ("3", "3"),
    ("4", "4"),
    ("2", ""),
    ("5", "4"),
    ("3,5", "3,5"),
)


class Story(Protocol):
    """What the story of the school tells of itself."""

    session: Session
    settings: Settings
    calendar: Calendar
    now: datetime

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment in school time."""

    def local(self, moment: datetime) -> datetime:
        """A moment in the school's zone."""

    async def actor(self, telegram_id: int, at: datetime) -> Actor:
        """Somebody of the school."""


async def tell(story: Story) -> None:
    """A month of lessons, three clubs, three pairs, and marks of which some ask for a look."""
    session, today = story.session, story.local(story.now).date()
    classes = {c.name: c.id for c in await session.scalars(select(SchoolClass))}
    pupils = {
        name: (await session.scalars(select(Pupil).where(Pupil.class_id == id_).order_by(Pupil.id))).all()
        for name, id_ in classes.items()
    }
    supported = set(await session.scalars(select(Pupil.id).where(Pupil.id.in_(registered(today)))))

    async def as_(telegram_id: int, day: date) -> tuple[Actor, datetime]:
        at = story.at(day, 15)
        return await story.actor(telegram_id, at), at

    for who, class_name, subject in LESSONS:
        # Those on the register, and a friend.
        group = [p.id for p in pupils[class_name] if p.id in supported][:4] or [
            p.id for p in pupils[class_name][:3]
        ]
        for week in range(WEEKS, 0, -1):
            day = today - timedelta(weeks=week)
            if story.calendar.is_day_off(day) or day < school_year(today)[0]:
                continue
            teacher, at = await as_(who, day)
            came = {id_: (number + week) % 4 > 0 for number, id_ in enumerate(group)}
            if any(came.values()):
                await lessons.log(session, teacher, at, day, subject=subject, on_date=day, group=came)
    founded = today - timedelta(weeks=WEEKS)
    for who, name, partner, class_name in CLUBS:
        teacher, at = await as_(who, founded)
        club = await clubs.create(session, teacher, at, founded, name, partner)
        for pupil in pupils[class_name][1::2]:
            await clubs.set_member(session, teacher, at, founded, club.id, pupil.id, goes=True)
    await _pairs(story, pupils["7Б"], pupils["3А"], founded)
    director, at = await as_(DIRECTOR, today - timedelta(days=2))
    marked = f"{today - timedelta(days=5):%d.%m.%Y}"
    lines = [
        f"{name};{pupil.surname};{pupil.first_name};{subject};{current};{external};{marked}"
        for name, subject in (("3А", "Математика"), ("7Б", "Русский язык"), ("10А", "Математика"))
        for pupil, (current, external) in zip(pupils[name], MARKS, strict=True)
    ]
    header = "класс;фамилия;имя;предмет;текущая оценка;внешняя оценка;дата"
    rows = read_table("\n".join([header, *lines]).encode(), "marks.csv", today)
    await importing.apply(session, director, at, today, rows, story.settings)


async def _pairs(story: Story, older: Sequence[Pupil], younger: Sequence[Pupil], day: date) -> None:
    session, at = story.session, story.at(day, 15)
    teacher = await story.actor(RUSSIAN, at)
    await pairs.start(
        session, teacher, at, day, PairKind.TEACHER, pupil_id=older[0].id, teacher_id=teacher.staff_id
    )
    await pairs.start(session, teacher, at, day, PairKind.PEER, pupil_id=older[1].id, mentor_id=older[2].id)
    primary = await story.actor(PRIMARY, at)
    await pairs.start(
        session,
        primary,
        at,
        day,
        PairKind.PEER,
        pupil_id=younger[0].id,
        mentor_id=younger[1].id,
        teacher_id=primary.staff_id,
    )
