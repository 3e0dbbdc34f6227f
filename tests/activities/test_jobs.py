"""The tick: the ladder, escalation, the digest."""

from datetime import date

from sqlalchemy import select, update

from bot.config import Settings
from bot.db.accounts import Staff
from bot.db.activities import ActivityReport, Assignment
from bot.db.base import Database
from bot.db.roster import Teaching
from bot.features.activities import reminding, reporting
from bot.programme.calendar import Calendar
from tests.activities.conftest import DEPUTY, METHODIST, METHODIST_NAME
from tests.activities.people import PROGRAMME, Run, local, part_of, parts, sent
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, STARK, School


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

    async def test_a_step_is_claimed_by_one_process_only(
        self, database: Database, clock: StoppedClock, settings: Settings, staffed: School, run_tick: Run
    ) -> None:
        """Another that found the same, and goes on with it a day later, has nothing left to tell."""
        await run_tick()
        calendar, person = Calendar(settings.school.vacations), staffed.people[METHODIST]
        local(clock, date(2026, 10, 23), 12)
        async with database.read() as session:
            found = await reminding.find(session, calendar, settings, clock.now())
        assert [each for each in found if each.person_id == person]
        await run_tick()
        told = await sent(database, "reminder")
        clock.move(days=3)
        async with database.write() as session:
            await reminding.tell(session, PROGRAMME, settings, clock.now(), found)
            await session.commit()
        assert [m.id for m in await sent(database, "reminder")] == [m.id for m in told]

    async def test_who_has_it_no_more_is_not_told_by_a_process_that_found_them_with_it(
        self, database: Database, clock: StoppedClock, settings: Settings, staffed: School, run_tick: Run
    ) -> None:
        await run_tick()
        part = await part_of(database, "parent_education", BERG, staffed)
        local(clock, date(2026, 10, 23), 12)
        async with database.read() as session:
            found = await reminding.find(session, Calendar(), settings, clock.now())
        async with database.write() as session:
            await session.execute(
                update(Assignment).where(Assignment.id == part).values(staff_id=staffed.staff[STARK])
            )
            await reminding.tell(session, PROGRAMME, settings, clock.now(), found)
            await session.commit()
        latest = (await sent(database, "reminder", staffed.people[BERG]))[-1]
        assert latest.created_at == clock.now()
        assert part not in [item["assignment"] for item in latest.arguments["items"]]

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
    async def test_hear_of_what_is_late_from_day_3_at_each_step_once(
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
            days.append((day, {i["number"]: i["days"] for i in message.arguments["items"]}))
        # Due on Friday, 30 October: day 3 is Monday, day 7 Friday; 1.5 was due on Thursday: 7 on Thursday.
        assert [day for day, _ in days] == [date(2026, 11, 2), date(2026, 11, 5), date(2026, 11, 6)]
        told = days[0][1]
        assert "1.5" in told and told["3.1"] == -3
        assert "3.2" in told  # nobody's, but not dropped
        assert "4.4" not in told  # the director's own
        assert set(days[1][1]) == {"1.5"} and days[2][1]["3.1"] == -7

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
        local(clock, date(2026, 11, 30), 9)
        await run_tick()
        days = [
            i["days"]
            for i in (await sent(database, "digest", staffed.people[DIRECTOR]))[-1].arguments["late"]
        ]
        assert len(set(days)) > 1 and days == sorted(days, reverse=True)  # what became late last first

    async def test_get_a_missed_digest_later_in_the_week(
        self, database: Database, clock: StoppedClock, staffed: School, run_tick: Run
    ) -> None:
        local(clock, date(2026, 10, 14), 8)
        await run_tick()
        local(clock, date(2026, 10, 28), 12)
        await run_tick()
        assert len(await sent(database, "digest", staffed.people[DIRECTOR])) == 1

    async def test_are_told_by_a_late_digest_how_it_stands_now(
        self, database: Database, clock: StoppedClock, settings: Settings, staffed: School, run_tick: Run
    ) -> None:
        """Not how it stood on Monday: the reminders of the same minute call it late."""
        local(clock, date(2026, 10, 14), 8)
        await run_tick()
        part = await part_of(database, "parent_education", BERG, staffed)
        local(clock, date(2026, 10, 30), 12)  # down until Friday; 1.5 was due on Monday and on Thursday
        async with database.write() as session:
            berg = await School.actor(session, BERG, clock.now())
            day = clock.now().date()
            await reporting.report(session, berg, clock.now(), day, PROGRAMME, settings, part, "Собрание")
            await session.commit()
        await run_tick()
        [message] = await sent(database, "digest", staffed.people[DIRECTOR])
        assert [i["days"] for i in message.arguments["late"]] == [-1, -4]
        assert {i["days"] for i in message.arguments["due"]} == {0}
        assert message.arguments["waiting"] == 1

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
