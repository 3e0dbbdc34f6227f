"""The demonstration's declarations of the last two quarters, and some visits to lessons."""

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.db.accounts import Person, Staff
from bot.db.declarations import Practice
from bot.db.roster import SchoolClass
from bot.features import declarations
from bot.features.declarations import visits
from bot.programme.calendar import quarter

if TYPE_CHECKING:
    from bot.demo.school import _Story as Story

DIRECTOR, PRIMARY, RUSSIAN, MATHEMATICS = 101, 103, 104, 105
# Who declared what last quarter, and (None: not yet) what this quarter.
SAID: dict[int, tuple[set[Practice], set[Practice] | None]] = {
    PRIMARY: (
        {Practice.LESSON_STUDY, Practice.SFERUM, Practice.ASSESSMENT},
        {Practice.LESSON_STUDY, Practice.SFERUM, Practice.RESH, Practice.ASSESSMENT, Practice.MULTIMEDIA},
    ),
    RUSSIAN: (
        {Practice.TECHNOLOGIES, Practice.MY_SCHOOL, Practice.EMD},
        {Practice.TECHNOLOGIES, Practice.MY_SCHOOL, Practice.EMD, Practice.ASSESSMENT},
    ),
    # The screen has somebody to wait for.
    MATHEMATICS: ({Practice.COK, Practice.MULTIMEDIA}, None),
}
# Whose lesson, class, days ago, what was seen, words.
VISITS = (
    (
        PRIMARY,
        "3А",
        9,
        {Practice.ASSESSMENT, Practice.MULTIMEDIA},
        "Светофор самооценки: работает весь класс.",
    ),
    (
        RUSSIAN,
        "7Б",
        6,
        {Practice.TECHNOLOGIES},
        "Взаимопроверка в парах идёт легко. Хорошо бы оставить время на итог.",
    ),
    (MATHEMATICS, "10А", 3, {Practice.COK}, ""),
)


async def tell(story: "Story") -> None:
    """Last quarter's declarations, this quarter's, the visits."""
    session, today = story.session, story.local(story.now).date()
    this = quarter(today)
    begun = max(this.first, story.first_day)
    for who, (before, now) in SAID.items():
        days = [(story.first_day + timedelta(days=5), before)] if this.first > story.first_day else []
        days += [(min(begun + timedelta(days=3), today), now)] if now is not None else []
        for day, practices in days:
            at = story.at(day, 13)
            await declarations.declare(session, await story.actor(who, at), at, day, practices)
    classes = {c.name: c.id for c in await session.scalars(select(SchoolClass))}
    staff = select(Person.telegram_id, Staff.id).join(Staff, Staff.person_id == Person.id)
    ids = {row.telegram_id: row.id for row in await session.execute(staff)}
    for who, class_name, days_ago, practices, words in VISITS:
        day = story.calendar.working_day_on_or_before(today - timedelta(days=days_ago), vacations=True)
        at = story.at(day, 12)
        await visits.log(
            session,
            story.settings,
            await story.actor(DIRECTOR, at),
            at,
            day,
            staff_id=ids[who],
            class_id=classes[class_name],
            on_date=day,
            practices=practices,
            text=words,
        )
