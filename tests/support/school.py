"""Lessons, clubs and pairs for the small school."""

from collections.abc import Mapping
from datetime import date, datetime

from bot.db.base import Database
from bot.db.risk.support import PairKind
from bot.features.risk import register
from bot.features.risk.rules import Signals
from bot.features.risk.support import clubs, lessons, pairs
from tests.school import School


async def lesson(
    database: Database,
    school: School,
    now: datetime,
    who: int,
    children: Mapping[str, bool],
    *,
    subject: str = "Математика",
    on_date: date | None = None,
) -> int:
    """A lesson that somebody has logged."""
    async with database.write() as session:
        row = await lessons.log(
            session,
            await school.actor(session, who, now),
            now,
            now.date(),
            subject=subject,
            on_date=on_date or now.date(),
            group={school.pupils[child]: came for child, came in children.items()},
        )
        await session.commit()
    return row.lesson.id


async def club(
    database: Database, school: School, now: datetime, who: int, name: str = "Шахматы", partner: str = ""
) -> int:
    """A club that somebody has founded."""
    async with database.write() as session:
        actor = await school.actor(session, who, now)
        found = await clubs.create(session, actor, now, now.date(), name, partner)
        await session.commit()
    return found.id


async def goes(
    database: Database,
    school: School,
    now: datetime,
    who: int,
    club_id: int,
    child: str,
    *,
    goes: bool = True,
) -> None:
    """A pupil joins a club, or leaves it."""
    async with database.write() as session:
        actor = await school.actor(session, who, now)
        pupil = school.pupils[child]
        await clubs.set_member(session, actor, now, now.date(), club_id, pupil, goes=goes)
        await session.commit()


async def pair(
    database: Database,
    school: School,
    now: datetime,
    who: int,
    child: str,
    *,
    mentor: str | None = None,
    teacher: int | None = None,
) -> int:
    """A pair that somebody has made: with a mentor among the pupils, else a teacher."""
    async with database.write() as session:
        found = await pairs.start(
            session,
            await school.actor(session, who, now),
            now,
            now.date(),
            PairKind.PEER if mentor else PairKind.TEACHER,
            pupil_id=school.pupils[child],
            mentor_id=school.pupils[mentor] if mentor else None,
            teacher_id=school.staff[teacher] if teacher else None,
        )
        await session.commit()
    return found.row.id


async def registered(database: Database, school: School, now: datetime, who: int, *children: str) -> None:
    """Pupils on the risk register."""
    async with database.write() as session:
        actor = await school.actor(session, who, now)
        for child in children:
            signals = Signals(text="трудно")
            await register.put_on(session, actor, now, now.date(), school.pupils[child], signals)
        await session.commit()
