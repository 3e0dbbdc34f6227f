"""The law of what was declared and seen: a past day keeps its answer."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import HealthCheck, given
from hypothesis import settings as hurry
from hypothesis import strategies as st
from sqlalchemy import select

from bot.config import Settings
from bot.db.accounts import Staff
from bot.db.base import Database
from bot.db.declarations import LessonVisit, Practice, declared, seen
from bot.errors import AppError
from bot.features import declarations
from bot.features.declarations import visits
from bot.programme.calendar import school_year
from bot.ui.declarations import mask_of, practices_in
from tests.school import BERG, DIRECTOR, STARK, School

TODAY = date(2026, 10, 14)
PRACTICES = (Practice.EMD, Practice.RESH)
# Days forward; what is done; by or to whom; with what; how many days before it was.
STEP = st.tuples(
    st.integers(0, 40),
    st.sampled_from(["declare", "declare", "visit", "take back"]),
    st.sampled_from([BERG, STARK]),
    st.sets(st.sampled_from([*PRACTICES, Practice.COK])),
    st.integers(0, 50),
)


@given(st.sets(st.sampled_from(Practice)))
def test_a_button_carries_what_is_ticked(practices: set[Practice]) -> None:
    assert practices_in(mask_of(practices)) == practices
    assert practices_in(mask_of(practices) | 1 << 40) == practices


@hurry(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=6, max_size=16))
async def test_a_correction_does_not_change_an_earlier_day(
    database: Database,
    school: School,
    settings: Settings,
    steps: list[tuple[int, str, int, set[Practice], int]],
) -> None:
    """Whatever is declared, corrected, noted down or taken back later; and today says what was said last."""
    day = TODAY
    was: dict[date, tuple[set[int], set[int]]] = {}
    said: dict[int, set[Practice]] = {}
    async with database.write() as session:  # never committed

        async def values(on: date) -> tuple[set[int], set[int]]:
            first = school_year(on)[0]
            found = [
                set(await session.scalars(select(Staff.id).where(where(PRACTICES, first, on))))
                for where in (declared, seen)
            ]
            return found[0], found[1]

        for forward, what, who, practices, days in steps:
            for passed in {0, forward - 1} if forward else ():
                was[day + timedelta(days=passed)] = await values(day + timedelta(days=passed))
            day += timedelta(days=forward)
            now = datetime.combine(day, time(6), UTC)
            actor, director = [await School.actor(session, each, now) for each in (who, DIRECTOR)]
            if what == "declare":
                await declarations.declare(session, actor, now, day, practices)
                said[school.staff[who]] = practices
                if practices & set(PRACTICES):
                    assert school.staff[who] in (await values(day))[0]
            elif what == "visit":
                with suppress(AppError):
                    await visits.log(
                        session,
                        settings,
                        director,
                        now,
                        day,
                        staff_id=school.staff[who],
                        class_id=school.classes["9Б"],
                        on_date=day - timedelta(days=days),
                        practices=practices,
                        text="",
                    )
            else:
                ids = list(await session.scalars(select(LessonVisit.id).where(visits.STANDS)))
                if ids:
                    await visits.withdraw(session, director, now, day, ids[days % len(ids)])
        assert {on: await values(on) for on in was} == was
        await session.rollback()


async def test_a_correction_holds_from_its_day_on(database: Database, school: School) -> None:
    """Declared on the 14th, corrected on the 20th, and twice on the 21st: the last word of a day counts."""
    async with database.write() as session:
        for day, hour, practices in (
            (14, 5, {Practice.EMD}),
            (20, 5, {Practice.RESH}),
            (21, 5, {Practice.EMD}),
            (21, 7, {Practice.COK}),
        ):
            now = datetime(2026, 10, day, hour, tzinfo=UTC)
            actor = await School.actor(session, BERG, now)
            await declarations.declare(session, actor, now, now.date(), practices)
        found = {}
        for day in (13, 14, 19, 20, 21):
            on, first = date(2026, 10, day), date(2026, 9, 1)
            found[day] = {
                practice
                for practice in Practice
                if await session.scalar(select(Staff.id).where(declared([practice], first, on)))
            }
        assert found == {
            13: set(),
            14: {Practice.EMD},
            19: {Practice.EMD},
            20: {Practice.RESH},
            21: {Practice.COK},
        }
        next_year = declared(list(Practice), date(2027, 9, 1), date(2027, 9, 2))
        assert not await session.scalar(select(Staff.id).where(next_year))
