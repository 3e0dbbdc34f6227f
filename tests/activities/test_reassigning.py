"""Giving a part or an activity to somebody else, and saying that it is not one's own."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.config import Settings
from bot.db.accounts import Staff
from bot.db.activities import Assignment, AssignmentState, DateRequest, Handover
from bot.db.audit import AuditEntry
from bot.db.base import Database
from bot.db.outbox import OutboxMessage
from bot.db.roster import Teaching
from bot.errors import AppError, NotFoundError
from bot.features import accounts, activities
from bot.features.activities import moving, reassigning, reporting
from bot.programme.calendar import Calendar
from tests.activities.conftest import DEPUTY, METHODIST, METHODIST_NAME
from tests.activities.people import LEADERS, PROGRAMME, Run, local, part_of, parts, sent
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, STARK, School

TODAY = date(2026, 10, 14)


@pytest.fixture
async def begun(staffed: School, run_tick: Run) -> School:
    await run_tick()
    return staffed


class Acts:
    """What the director and others do, each in a session of its own."""

    def __init__(self, database: Database, clock: StoppedClock, settings: Settings) -> None:
        self.database, self.clock, self.settings = database, clock, settings

    async def give(self, part: int, staff_id: int, *, onward: bool, who: int = DIRECTOR) -> None:
        now = self.clock.now()
        async with self.database.write() as session:
            actor = await School.actor(session, who, now)
            await reassigning.give(
                session, actor, now, now.date(), PROGRAMME, self.settings, part, staff_id, onward=onward
            )
            await session.commit()

    async def decline(self, who: int, part: int, words: str = "Я в отпуске") -> None:
        now = self.clock.now()
        async with self.database.write() as session:
            actor = await School.actor(session, who, now)
            await reassigning.decline(session, actor, now, now.date(), PROGRAMME, self.settings, part, words)
            await session.commit()

    async def row(self, part: int) -> Assignment:
        async with self.database.read() as session:
            return await session.get_one(Assignment, part)

    async def audited(self, action: str) -> list[dict[str, Any]]:
        query = select(AuditEntry.details).where(AuditEntry.action == action).order_by(AuditEntry.id)
        async with self.database.read() as session:
            return list(await session.scalars(query))


@pytest.fixture
def acts(database: Database, clock: StoppedClock, settings: Settings) -> Acts:
    return Acts(database, clock, settings)


async def holders(database: Database, key: str, month: int) -> list[int | None]:
    return [staff_id for _, staff_id, _ in await parts(database, key, month)]


async def told(database: Database, kind: str) -> set[int]:
    return {message.person_id for message in await sent(database, kind)}


class TestGiving:
    async def test_one_occurrence_is_somebody_elses_and_the_next_is_not(
        self, database: Database, begun: School, acts: Acts, run_tick: Run, clock: StoppedClock
    ) -> None:
        part = await part_of(database, "webinars", METHODIST, begun)
        await acts.give(part, begun.staff[STARK], onward=False)
        await run_tick()
        deputy, stark, methodist = (begun.staff[who] for who in (DEPUTY, STARK, METHODIST))
        assert await holders(database, "webinars", 10) == [deputy, stark]
        assert await holders(database, "webinars", 11) == [deputy, methodist]
        row = await acts.row(part)
        assert (row.responsible, row.named_id, row.given_id) == (METHODIST_NAME, methodist, stark)
        assert await acts.audited("activity.given") == [
            {"was": methodist, "to": stark, "onward": False, "assignments": [part]}
        ]

    async def test_from_an_occurrence_on_it_survives_every_top_up_and_tells_those_concerned(
        self, database: Database, begun: School, acts: Acts, run_tick: Run, clock: StoppedClock
    ) -> None:
        part = await part_of(database, "webinars", METHODIST, begun)
        await acts.give(part, begun.staff[STARK], onward=True)
        deputy, stark, methodist = (begun.staff[who] for who in (DEPUTY, STARK, METHODIST))
        for month in (10, 11, 5):
            assert await holders(database, "webinars", month) == [deputy, stark]
        local(clock, date(2027, 1, 20), 12)
        await run_tick()  # generates what is to come
        await run_tick()
        async with database.read() as session:
            later = await session.scalars(select(Assignment).where(Assignment.responsible == METHODIST_NAME))
            theirs = [row.named_id == methodist for row in later if row.staff_id == stark]
            assert all(theirs) and len(theirs) > 12
            assert len((await session.scalars(select(Handover))).all()) == 1
        assert await holders(database, "learning_routes", 10) == [deputy, methodist]  # another activity
        assert await told(database, "given") == {begun.people[STARK]}
        assert await told(database, "taken") == {begun.people[METHODIST]}
        assert await acts.audited("activity.assigned") == []  # the bot has changed nothing by itself

    async def test_a_second_press_changes_nothing_and_tells_nobody(
        self, database: Database, begun: School, acts: Acts
    ) -> None:
        part = await part_of(database, "webinars", METHODIST, begun)
        for onward in (False, False, True, True):
            acts.clock.move(minutes=1)
            await acts.give(part, begun.staff[STARK], onward=onward)
        assert len(await acts.audited("activity.given")) == 2
        assert len(await sent(database, "given")) == 2  # this once, then all that follows

    async def test_of_a_position_only_the_one_holders_part(
        self, database: Database, begun: School, acts: Acts, run_tick: Run
    ) -> None:
        part = await part_of(database, "classroom_space", BERG, begun)
        await acts.give(part, begun.staff[STARK], onward=True)
        await run_tick()
        stark = begun.staff[STARK]
        assert await holders(database, "classroom_space", 10) == [stark, stark]  # a report for each of them
        assert (await acts.row(part)).named_id == begun.staff[BERG]

    async def test_whoever_was_given_it_leaves_and_it_falls_back_to_the_document(
        self, database: Database, begun: School, acts: Acts, run_tick: Run, clock: StoppedClock
    ) -> None:
        once = await part_of(database, "learning_routes", METHODIST, begun)
        on = await part_of(database, "webinars", METHODIST, begun)
        await acts.give(once, begun.staff[STARK], onward=False)
        await acts.give(on, begun.staff[STARK], onward=True)
        async with database.write() as session:
            director = await School.actor(session, DIRECTOR, clock.now())
            await accounts.dismiss(session, director, clock.now(), TODAY, begun.staff[STARK])
            await activities.assign(session, PROGRAMME, clock.now(), TODAY)
            await session.commit()
        methodist = begun.staff[METHODIST]
        assert (await acts.row(once)).staff_id == (await acts.row(on)).staff_id == methodist
        [change] = [d for d in await acts.audited("activity.assigned") if once in d["assignments"]]
        assert change["was"] == begun.staff[STARK]

    async def test_what_the_document_gives_to_nobody_is_given_and_stays_so_when_they_come(
        self, database: Database, begun: School, acts: Acts, clock: StoppedClock
    ) -> None:
        async with database.read() as session:
            query = select(Assignment.id).where(Assignment.responsible == "Нармахамбетова А.Ж.")
            part = await session.scalar(query.order_by(Assignment.id))
        assert part
        await acts.give(part, begun.staff[STARK], onward=True)
        async with database.write() as session:
            late = Staff(name="Нармахамбетова А.Ж.", position="", teaching=False, active_from=TODAY)
            session.add(late)
            await activities.assign(session, PROGRAMME, clock.now(), TODAY)
            await session.commit()
        row = await acts.row(part)
        assert (row.named_id, row.staff_id) == (late.id, begun.staff[STARK])

    async def test_it_is_not_dropped_when_nobody_holds_the_position_any_more(
        self, database: Database, begun: School, acts: Acts, run_tick: Run
    ) -> None:
        part = await part_of(database, "parent_education", BERG, begun)
        await acts.give(part, begun.staff[METHODIST], onward=False)
        async with database.write() as session:
            await session.execute(update(Teaching).values(leads=False))
            await session.commit()
        await run_tick()
        row = await acts.row(part)
        assert (row.responsible, row.named_id, row.staff_id) == (LEADERS, None, begun.staff[METHODIST])

    async def test_the_message_is_the_step_of_that_day_and_the_ladder_goes_on_from_it(
        self, database: Database, begun: School, acts: Acts, run_tick: Run, clock: StoppedClock
    ) -> None:
        part = await part_of(database, "webinars", METHODIST, begun)  # due on 30 October
        await acts.give(part, begun.staff[STARK], onward=False)
        days = []
        for _ in range(12):
            clock.move(days=1)
            await run_tick()
            for message in await sent(database, "reminder", begun.people[STARK]):
                if message.created_at == clock.now():
                    days += [i["days"] for i in message.arguments["items"] if i["assignment"] == part]
        assert days == [14, 7]

    async def test_what_was_asked_about_the_date_needs_no_answer_any_more(
        self, database: Database, begun: School, acts: Acts, settings: Settings, clock: StoppedClock
    ) -> None:
        part, now = await part_of(database, "webinars", METHODIST, begun), clock.now()
        async with database.write() as session:
            actor = await School.actor(session, METHODIST, now)
            day, calendar = date(2026, 11, 13), Calendar()
            await moving.ask(
                session, actor, now, TODAY, PROGRAMME, calendar, settings, part, day, "Не успеваю"
            )
            await session.commit()
        await acts.give(part, begun.staff[STARK], onward=False)
        async with database.read() as session:
            [request] = await session.scalars(select(DateRequest))
        assert request.decided_at == now and request.agreed is None

    async def test_only_to_somebody_who_works_here_and_only_what_is_unfinished(
        self, database: Database, begun: School, acts: Acts
    ) -> None:
        part = await part_of(database, "webinars", METHODIST, begun)
        with pytest.raises(NotFoundError):
            await acts.give(part, 999, onward=False)
        with pytest.raises(NotFoundError):
            await acts.give(part, begun.staff[STARK], onward=True, who=METHODIST)
        async with database.write() as session:
            await session.execute(
                update(Assignment).where(Assignment.id == part).values(state=AssignmentState.REPORTED)
            )
            await session.commit()
        with pytest.raises(AppError, match="error-task-reported"):
            await acts.give(part, begun.staff[STARK], onward=False)


class TestNotMine:
    async def test_it_is_nobodys_through_every_top_up_until_the_director_gives_it(
        self, database: Database, begun: School, acts: Acts, run_tick: Run, clock: StoppedClock
    ) -> None:
        part = await part_of(database, "learning_routes", METHODIST, begun)
        await acts.decline(METHODIST, part, "Я в отпуске <до зимы>")
        await run_tick()
        row = await acts.row(part)
        assert row.staff_id is None and row.named_id == begun.staff[METHODIST]
        assert row.refusal == "Я в отпуске <до зимы>"
        messages = await sent(database, "declined")
        assert {m.person_id for m in messages} == {begun.people[DIRECTOR], begun.people[DEPUTY]}
        assert messages[0].arguments["text"] == row.refusal
        async with database.read() as session:
            director = await School.actor(session, DIRECTOR, clock.now())
            assert part in [p.id for p in await activities.nobodys(session, director, TODAY)]
            names = {u.name: u.on_staff for u in await activities.unassigned(session, TODAY)}
        assert names[METHODIST_NAME] is True
        assert await acts.audited("activity.declined") == [{"was": begun.staff[METHODIST], "to": None}]
        # The director sees it otherwise.
        await acts.give(part, begun.staff[METHODIST], onward=False)
        await run_tick()
        assert (await acts.row(part)).staff_id == begun.staff[METHODIST]
        assert (await acts.row(part)).refusal is None

    async def test_whoever_was_given_it_can_say_so_too(
        self, database: Database, begun: School, acts: Acts, run_tick: Run
    ) -> None:
        part = await part_of(database, "webinars", METHODIST, begun)
        await acts.give(part, begun.staff[STARK], onward=True)
        await acts.decline(STARK, part)
        await run_tick()
        # Not back to the one of the document by itself; the next time it is with the one it was given to.
        assert await holders(database, "webinars", 10) == [begun.staff[DEPUTY], None]
        assert await holders(database, "webinars", 11) == [begun.staff[DEPUTY], begun.staff[STARK]]

    async def test_of_somebody_elses_nobody_says_so_and_of_ones_own_only_once(
        self, database: Database, begun: School, acts: Acts
    ) -> None:
        part = await part_of(database, "webinars", METHODIST, begun)
        for who in (DIRECTOR, STARK):
            with pytest.raises(NotFoundError):
                await acts.decline(who, part)
        with pytest.raises(AppError, match="error-text-empty"):
            await acts.decline(METHODIST, part, "  ")
        await acts.decline(METHODIST, part)
        with pytest.raises(NotFoundError):
            await acts.decline(METHODIST, part)
        async with database.read() as session:
            kinds = list(await session.scalars(select(OutboxMessage.kind)))
        assert kinds.count("activity-declined") == 2  # the director and the deputy

    async def test_it_is_escalated_as_nobodys(
        self, database: Database, begun: School, acts: Acts, run_tick: Run, clock: StoppedClock
    ) -> None:
        part = await part_of(database, "learning_routes", METHODIST, begun)
        await acts.decline(METHODIST, part)
        local(clock, date(2026, 11, 2), 12)
        await run_tick()
        [message] = await sent(database, "escalation", begun.people[DIRECTOR])
        [line] = [i for i in message.arguments["items"] if i["number"] == "2.2"]
        assert METHODIST_NAME in line["names"]


async def test_the_card_tells_whose_it_is_by_the_document(
    database: Database, begun: School, acts: Acts, clock: StoppedClock
) -> None:
    part = await part_of(database, "webinars", METHODIST, begun)
    await acts.give(part, begun.staff[STARK], onward=False)
    async with database.read() as session:
        director = await School.actor(session, DIRECTOR, clock.now())
        found = (await reporting.task(session, director, part)).part
    assert (found.name, found.named, found.passed_on) == ("Штарк О.П.", METHODIST_NAME, True)
