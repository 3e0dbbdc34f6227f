"""Occurrences laid out, and who has them by the document."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from bot.config import Settings
from bot.db.access import load_actor
from bot.db.accounts import Person, Role, Staff
from bot.db.activities import Assignment, Occurrence
from bot.db.base import Database
from bot.db.outbox import OutboxMessage
from bot.db.roster import Teaching
from bot.features import accounts, activities
from bot.programme.calendar import Calendar
from bot.scheduler.activities import tick
from tests.activities.conftest import DEPUTY, METHODIST, METHODIST_NAME
from tests.activities.people import LEADERS, PROGRAMME, TEACHERS, Run, local, parts
from tests.fixtures import StoppedClock, context_of
from tests.school import BERG, DIRECTOR, STARK, School


class TestWhoHasWhat:
    async def test_a_start_in_october_begins_with_what_is_still_to_come(
        self, database: Database, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()
        async with database.read() as session:
            first = await session.scalar(select(func.min(Occurrence.due_on)))
            last = await session.scalar(select(func.max(Occurrence.nominal_due)))
            keys = set(await session.scalars(select(Occurrence.activity_key)))
        assert first == date(2026, 10, 26)  # the methodical day of the vacation
        assert last == date(2027, 10, 31)  # 400 days ahead: 18 November
        assert keys == {activity.key for activity in PROGRAMME.activities}

    async def test_again_changes_nothing(self, database: Database, staffed: School, run_tick: Run) -> None:
        async def everything() -> list[Any]:
            async with database.read() as session:
                return [
                    [tuple(row) for row in await session.execute(select(table.__table__))]
                    for table in (Occurrence, Assignment, OutboxMessage)
                ]

        await run_tick()
        before = await everything()
        await run_tick()
        assert await everything() == before
        assert all(before)

    async def test_names_go_to_those_of_that_name_and_positions_to_all_who_hold_them(
        self, database: Database, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()
        assert [(r, s) for r, s, _ in await parts(database, "skills_diagnosis", 10)] == [
            ("Диканова М.Е.", staffed.staff[DEPUTY]),
            (METHODIST_NAME, staffed.staff[METHODIST]),
        ]
        assert [(r, s) for r, s, _ in await parts(database, "parent_education", 10)] == [
            (LEADERS, staffed.staff[BERG])
        ]
        assert [(r, s) for r, s, _ in await parts(database, "classroom_space", 10)] == [
            (TEACHERS, staffed.staff[BERG]),
            (TEACHERS, staffed.staff[STARK]),
        ]
        assert [(r, s) for r, s, _ in await parts(database, "open_information", 10)] == [
            ("Нармахамбетова А.Ж.", None)
        ]

    async def test_the_director_sees_whom_reminders_do_not_reach(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        async with database.write() as session:
            await session.execute(update(Staff).where(Staff.name == METHODIST_NAME).values(person_id=None))
            await session.commit()
        await run_tick()
        async with database.read() as session:
            found = {u.name: u for u in await activities.unassigned(session, clock.now().date())}
        assert {name: u.on_staff for name, u in found.items()} == {
            METHODIST_NAME: True,
            "Герониме А.И.": False,
            "Зубарева А.И.": False,
            "Нармахамбетова А.Ж.": False,
        }
        assert found["Нармахамбетова А.Ж."].activity_keys == ("open_information",)

    async def test_who_comes_later_gets_what_is_theirs_and_the_role(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()
        today = clock.now().date()
        async with database.write() as session:
            session.add(Person(telegram_id=1199, language="ru", created_at=clock.now()))
            person = await session.scalar(select(Person).where(Person.telegram_id == 1199))
            assert person
            session.add(
                Staff(
                    name="Нармахамбетова А.Ж.",
                    position="Педагог",
                    teaching=False,
                    person_id=person.id,
                    active_from=today,
                )
            )
            await activities.assign(session, PROGRAMME, clock.now(), today)
            actor = await load_actor(session, 1199, today, ())
            await session.commit()
        assert actor and Role.RESPONSIBLE in actor.roles
        assert [s for _, s, _ in await parts(database, "open_information", 10)] == [actor.staff_id]

    async def test_what_somebody_leaves_behind_is_nobodys_until_a_namesake_comes(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()
        today = clock.now().date()
        async with database.write() as session:
            director = await School.actor(session, DIRECTOR, clock.now())
            await accounts.dismiss(session, director, clock.now(), today, staffed.staff[METHODIST])
            await activities.assign(session, PROGRAMME, clock.now(), today)
            await session.commit()
        assert (METHODIST_NAME, None, None) in await parts(database, "skills_diagnosis", 10)
        async with database.write() as session:
            again = Staff(name=METHODIST_NAME, position="", teaching=False, active_from=today)
            session.add(again)
            await activities.assign(session, PROGRAMME, clock.now(), today)
            await session.commit()
        assert (METHODIST_NAME, again.id, None) in await parts(database, "skills_diagnosis", 10)

    async def test_a_position_follows_who_holds_it(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()
        class_id = staffed.classes["9Б"]

        async def lead(telegram_id: int, leads: bool) -> None:
            async with database.write() as session:
                await session.execute(
                    update(Teaching)
                    .where(Teaching.staff_id == staffed.staff[telegram_id])
                    .values(leads=Teaching.class_id == class_id if leads else False)
                )
                await session.commit()
            await run_tick()

        async def holders() -> list[int | None]:
            return [staff_id for _, staff_id, _ in await parts(database, "parent_education", 10)]

        await lead(STARK, True)
        assert await holders() == [staffed.staff[BERG], staffed.staff[STARK]]
        await lead(BERG, False)
        assert await holders() == [staffed.staff[STARK]]
        await lead(STARK, False)
        assert await holders() == [None]
        await lead(BERG, True)
        assert await holders() == [staffed.staff[BERG]]

    async def test_a_new_teacher_does_not_owe_last_months_report(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()
        local(clock, date(2026, 11, 5), 12)
        async with database.write() as session:
            session.add(Teaching(staff_id=staffed.staff[DEPUTY], class_id=staffed.classes["5А"], leads=True))
            await session.commit()
        await run_tick()
        assert [s for _, s, _ in await parts(database, "parent_education", 10)] == [staffed.staff[BERG]]
        assert [s for _, s, _ in await parts(database, "parent_education", 11)] == [
            staffed.staff[BERG],
            staffed.staff[DEPUTY],
        ]

    async def test_a_vacation_set_later_moves_what_nobody_was_told_of(
        self, database: Database, clock: StoppedClock, staffed: School, settings: Settings, run_tick: Run
    ) -> None:
        await run_tick()

        async def methodical_days() -> list[date]:
            query = select(Occurrence.due_on).where(
                Occurrence.activity_key == "good_practices", Occurrence.due_on < date(2027, 2, 1)
            )
            async with database.read() as session:
                return sorted(await session.scalars(query))

        thursdays = [date(2026, 10, 29), date(2026, 11, 26), date(2026, 12, 30), date(2027, 1, 28)]
        assert await methodical_days() == [date(2026, 10, 26), *thursdays]
        vacations = ((date(2026, 10, 26), date(2026, 11, 3)), (date(2027, 1, 4), date(2027, 1, 15)))
        context = replace(context_of(database, clock, settings), calendar=Calendar(vacations))
        await tick(context)
        with_january = sorted([date(2026, 10, 26), date(2027, 1, 11), *thursdays])
        assert await methodical_days() == with_january
        await run_tick()
        assert await methodical_days() == [date(2026, 10, 26), *thursdays]
