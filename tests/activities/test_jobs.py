"""The tick: occurrences and who has them, the ladder, escalation, the digest."""

import shutil
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import settings as hurry
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from bot.config import Settings
from bot.db.access import load_actor
from bot.db.accounts import Person, Role, Staff
from bot.db.activities import ActivityReport, Assignment, AssignmentState, Occurrence
from bot.db.base import Database
from bot.db.outbox import OutboxMessage
from bot.db.roster import Teaching
from bot.features import accounts, activities
from bot.features.activities import reporting
from bot.programme.calendar import Calendar, step_due
from bot.programme.load import load
from bot.scheduler.activities import tick
from tests.activities.conftest import DEPUTY, METHODIST, METHODIST_NAME
from tests.conftest import StoppedClock, context_of
from tests.school import BERG, DIRECTOR, SINCE, STARK, School

Run = Callable[[], Awaitable[Any]]

PROGRAMME = load()
LEADERS, TEACHERS = "Классные руководители", "Учителя-предметники"


async def sent(database: Database, kind: str, person_id: int | None = None) -> list[OutboxMessage]:
    """Messages of a kind in the order in which they were written."""
    query = select(OutboxMessage).where(OutboxMessage.kind == f"activity-{kind}").order_by(OutboxMessage.id)
    if person_id is not None:
        query = query.where(OutboxMessage.person_id == person_id)
    async with database.read() as session:
        return list(await session.scalars(query))


async def parts(database: Database, key: str, due_month: int) -> list[tuple[str, int | None, str | None]]:
    """Whose the parts of an occurrence of this school year are: as written, staff id, last step told."""
    query = (
        select(Assignment.responsible, Assignment.staff_id, Assignment.last_step, Occurrence.due_on)
        .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
        .where(Occurrence.activity_key == key, Occurrence.due_on < date(2027, 9, 1))
        .order_by(Occurrence.due_on, Assignment.id)
    )
    async with database.read() as session:
        return [(r, s, step) for r, s, step, due in await session.execute(query) if due.month == due_month]


async def part_of(database: Database, key: str, telegram_id: int, school: School) -> int:
    """The id of somebody's part of the next occurrence of an activity."""
    query = (
        select(Assignment.id)
        .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
        .where(Occurrence.activity_key == key, Assignment.staff_id == school.staff[telegram_id])
        .order_by(Occurrence.due_on)
    )
    async with database.read() as session:
        found = await session.scalar(query)
    assert found is not None
    return found


def local(clock: StoppedClock, day: date, hour: int, minute: int = 0) -> None:
    """Set the clock to a moment of the school's time."""
    clock.set(datetime.combine(day, time(hour, minute), Settings().school.zone))


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
            await activities.assign(session, PROGRAMME, today)
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
            await activities.assign(session, PROGRAMME, today)
            await session.commit()
        assert (METHODIST_NAME, None, None) in await parts(database, "skills_diagnosis", 10)
        async with database.write() as session:
            again = Staff(name=METHODIST_NAME, position="", teaching=False, active_from=today)
            session.add(again)
            await activities.assign(session, PROGRAMME, today)
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


class TestReminders:
    async def test_one_message_with_all_that_is_open_then_silence_until_the_next_step(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()
        person = staffed.people[METHODIST]
        [first] = await sent(database, "reminder", person)
        numbers = [item["number"] for item in first.arguments["items"]]
        # Due in October, the methodical day first; the last Thursday has no step before its 14 days.
        assert numbers[0] == "1.5" and set(numbers) > {"1.2", "1.6", "2.1", "2.2"}
        assert len(numbers) == len(set(numbers))
        clock.move(days=1)
        await run_tick()  # 15 October: 14 days before the last Thursday
        latest = (await sent(database, "reminder", person))[-1]
        assert [(i["number"], i["days"]) for i in latest.arguments["items"]] == [("1.5", 14)]
        clock.move(days=2)
        await run_tick()  # a Saturday
        assert len(await sent(database, "reminder", person)) == 2

    async def test_not_before_nine_nor_at_night(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        for hour, minute in ((0, 5), (8, 59), (20, 0), (23, 30)):
            local(clock, date(2026, 10, 14), hour, minute)
            await run_tick()
            assert await sent(database, "reminder") == []
        local(clock, date(2026, 10, 15), 9)
        await run_tick()
        assert len(await sent(database, "reminder", staffed.people[METHODIST])) == 1

    async def test_what_was_missed_is_caught_up_once_as_one_message(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()
        local(clock, date(2026, 10, 29), 15)  # two weeks without power; due on Friday the 30th
        await run_tick()
        await run_tick()
        messages = await sent(database, "reminder", staffed.people[METHODIST])
        assert len(messages) == 2
        assert {i["days"] for i in messages[1].arguments["items"]} == {-3, 0, 1}
        assert set(await parts(database, "skills_diagnosis", 10)) == {
            ("Диканова М.Е.", staffed.staff[DEPUTY], "before-1"),
            (METHODIST_NAME, staffed.staff[METHODIST], "before-1"),
        }

    async def test_what_comes_up_after_todays_message_waits_for_tomorrows(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()
        async with database.write() as session:
            session.add(
                Teaching(staff_id=staffed.staff[METHODIST], class_id=staffed.classes["5А"], leads=True)
            )
            await session.commit()
        clock.move(hours=1)
        await run_tick()
        [_today] = await sent(database, "reminder", staffed.people[METHODIST])
        clock.move(days=1)
        await run_tick()
        tomorrow = (await sent(database, "reminder", staffed.people[METHODIST]))[-1]
        assert {i["number"] for i in tomorrow.arguments["items"]} == {"1.5", "3.1"}

    async def test_who_has_no_account_is_reminded_when_they_have(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        async def account(person_id: int | None) -> None:
            async with database.write() as session:
                await session.execute(
                    update(Staff).where(Staff.name == METHODIST_NAME).values(person_id=person_id)
                )
                await session.commit()

        await account(None)
        await run_tick()
        assert await sent(database, "reminder", staffed.people[METHODIST]) == []
        await account(staffed.people[METHODIST])
        await run_tick()
        assert len(await sent(database, "reminder", staffed.people[METHODIST])) == 1

    async def test_in_progress_is_quiet_until_three_days_before(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()
        part = await part_of(database, "parent_education", BERG, staffed)
        async with database.write() as session:
            berg = await School.actor(session, BERG, clock.now())
            assert await reporting.start(session, berg, clock.now(), clock.now().date(), part)
            await session.commit()
        told = []
        for _ in range(20):
            clock.move(days=1)
            await run_tick()
            for message in await sent(database, "reminder", staffed.people[BERG]):
                if message.created_at == clock.now():
                    told += [i["days"] for i in message.arguments["items"] if i["assignment"] == part]
        assert told == [3, 1, 0, -3]  # day 1 after is a Saturday: on Monday it is day 3 already

    async def test_what_is_reported_is_left_in_peace_and_what_is_returned_is_not(
        self, database: Database, clock: StoppedClock, settings: Settings, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()
        part = await part_of(database, "parent_education", BERG, staffed)
        today = clock.now().date()
        async with database.write() as session:
            berg = await School.actor(session, BERG, clock.now())
            await reporting.report(session, berg, clock.now(), today, PROGRAMME, settings, part, "Собрание")
            await session.commit()
        local(clock, date(2026, 10, 23), 10)  # a week before
        await run_tick()

        async def told() -> list[int]:
            messages = await sent(database, "reminder", staffed.people[BERG])
            return [i["days"] for m in messages for i in m.arguments["items"] if i["assignment"] == part]

        assert await told() == [16]
        async with database.write() as session:
            director = await School.actor(session, DIRECTOR, clock.now())
            report_id = await session.scalar(select(ActivityReport.id))
            assert report_id
            await reporting.send_back(
                session, director, clock.now(), PROGRAMME, settings, report_id, "А протокол?"
            )
            await session.commit()
        clock.move(days=4)
        await run_tick()
        assert await told() == [16, 3]

    async def test_a_message_at_night_waits_for_the_morning(
        self, database: Database, clock: StoppedClock, settings: Settings, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()
        part = await part_of(database, "parent_education", BERG, staffed)
        local(clock, date(2026, 10, 14), 22)
        async with database.write() as session:
            berg = await School.actor(session, BERG, clock.now())
            day = clock.now().date()
            await reporting.report(session, berg, clock.now(), day, PROGRAMME, settings, part, "Собрание")
            await session.commit()
        told = await sent(database, "report")
        assert {m.person_id for m in told} == {staffed.people[DIRECTOR], staffed.people[DEPUTY]}
        zone = settings.school.zone
        assert {m.not_before.astimezone(zone).isoformat()[:16] for m in told} == {"2026-10-15T08:00"}


class TestDirectors:
    async def test_hear_of_what_is_late_once(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()
        days = []
        local(clock, date(2026, 10, 30), 12)
        for _ in range(14):
            clock.move(days=1)
            await run_tick()
            await run_tick()
        for message in await sent(database, "escalation", staffed.people[DIRECTOR]):
            day = message.created_at.astimezone(Settings().school.zone).date()
            days.append((day, {i["number"] for i in message.arguments["items"]}))
        # The last Thursday (29 October) and the methodical day: late by 3 days on Sunday, told on Monday.
        assert [day for day, _ in days] == [date(2026, 11, 2)]
        told = days[0][1]
        assert "1.5" in told and "3.1" in told
        assert "3.2" in told  # nobody's, but not dropped
        assert "4.4" not in told  # the director's own

    async def test_late_parts_of_one_occurrence_are_one_line(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()
        local(clock, date(2026, 11, 2), 12)
        await run_tick()
        [message] = await sent(database, "escalation", staffed.people[DIRECTOR])
        [line] = [i for i in message.arguments["items"] if i["number"] == "4.2"]
        assert line["names"] == ["Берг А.И.", "Штарк О.П."] and line["days"] == -3

    async def test_get_a_digest_on_monday_and_only_one_a_week(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        local(clock, date(2026, 10, 26), 8, 59)
        await run_tick()
        assert await sent(database, "digest") == []
        for hour in (9, 10, 30):
            local(clock, date(2026, 10, 26), hour % 24)
            clock.move(days=hour // 24)
            await run_tick()
        [message] = await sent(database, "digest", staffed.people[DIRECTOR])
        assert {i["number"] for i in message.arguments["due"]} >= {"1.5", "2.1", "4.4"}
        assert message.arguments["late"] == [] and message.arguments["waiting"] == 0

    async def test_get_a_missed_digest_later_in_the_week(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        local(clock, date(2026, 10, 14), 8)
        await run_tick()
        local(clock, date(2026, 10, 28), 12)
        await run_tick()
        assert len(await sent(database, "digest", staffed.people[DIRECTOR])) == 1

    async def test_get_none_in_a_week_without_anything(
        self, database: Database, clock: StoppedClock, settings: Settings, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()  # nothing is due this week
        assert await sent(database, "digest") == []
        part = await part_of(database, "parent_education", BERG, staffed)
        async with database.write() as session:
            berg = await School.actor(session, BERG, clock.now())
            day = clock.now().date()
            await reporting.report(session, berg, clock.now(), day, PROGRAMME, settings, part, "Собрание")
            await session.commit()
        clock.move(days=1)
        await run_tick()  # they have been told of the report itself
        assert await sent(database, "digest") == []


# One of each manner: a day, a month, two months; few, so that an example takes little time.
FEW = replace(
    PROGRAMME,
    activities=tuple(
        replace(PROGRAMME.activity(key), responsible=("Берг А.И.", "Штарк О.П."), positions=())
        for key in ("good_practices", "staff_courses", "regulations")
    ),
)


@hurry(max_examples=6, deadline=None)
@given(
    moves=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 23), st.booleans()), min_size=8, max_size=16)
)
async def test_the_ladder_whatever_happens(empty_database: Path, moves: list[tuple[int, int, bool]]) -> None:
    """However long the bot is off and however often the tick is called: all it knows stands in the database.

    Each step at most once, one message a person a day, only on working days in the hours for it, and what
    was missed is made up for on the next occasion.
    """
    settings = Settings.model_validate({"school": {"vacations": [["2026-10-26", "2026-11-03"]]}})
    zone, ladder = settings.school.zone, settings.reminders
    clock = StoppedClock(datetime.combine(SINCE, time(7), zone))
    told: dict[int, list[str]] = {}
    async with AsyncExitStack() as closing:
        folder = closing.enter_context(TemporaryDirectory())
        shutil.copy(empty_database, f"{folder}/bot.db")

        database = Database(f"sqlite+aiosqlite:///{folder}/bot.db")
        closing.push_async_callback(database.close)

        async def run() -> None:
            """The tick, twice, by a process that remembers nothing."""
            context = replace(context_of(database, clock, settings), programme=FEW)
            await tick(context)
            await tick(context)
            for message in await sent(database, "reminder"):
                if message.created_at != clock.now():
                    continue
                for item in message.arguments["items"]:
                    async with database.read() as session:
                        part = await session.get_one(Assignment, item["assignment"])
                    assert part.last_step is not None
                    told.setdefault(part.id, []).append(part.last_step)

        async with database.write() as session:
            school = await School.found(session, clock.now())
            await session.commit()
        seen: set[datetime] = set()
        for days, hour, reports in moves:
            local(clock, clock.now().astimezone(zone).date() + timedelta(days=days), hour)
            if clock.now() in seen:
                continue  # this very moment was looked at
            seen.add(clock.now())
            await run()
            if reports:
                async with database.write() as session:
                    first = select(func.min(Assignment.id)).where(Assignment.state == AssignmentState.OPEN)
                    await session.execute(
                        update(Assignment)
                        .where(Assignment.id == first.scalar_subquery())
                        .values(state=AssignmentState.REPORTED)
                    )
                    await session.commit()
        messages = await sent(database, "reminder")
        calendar = Calendar(settings.school.vacations)
        moments = [(m.person_id, m.created_at.astimezone(zone)) for m in messages]
        assert len({(person, at.date()) for person, at in moments}) == len(moments)
        for _, at in moments:
            assert not calendar.is_day_off(at.date())
            assert ladder.at <= at.time() < settings.delivery.quiet_from
        assert all(len(steps) == len(set(steps)) for steps in told.values())

        local(clock, calendar.next_working_day(clock.now().astimezone(zone).date()), 10)
        await run()
        today = clock.now().astimezone(zone).date()
        async with database.read() as session:
            rows = await session.execute(
                select(Assignment, Occurrence)
                .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
                .where(Assignment.state == AssignmentState.OPEN)
            )
            for part, occurrence in rows:
                assert part.staff_id in (school.staff[BERG], school.staff[STARK])
                step = step_due(
                    occurrence.starts_on, occurrence.due_on, today, ladder.before, ladder.after, calendar
                )
                assert part.last_step == (step.name if step else None)
