"""Another date for one's part: asked for, decided; the ladder that begins anew, the calendar that follows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar as Ics
from sqlalchemy import select

from bot.config import Settings
from bot.db.activities import Assignment, AssignmentState, DateRequest, Occurrence, Part
from bot.db.audit import AuditEntry
from bot.db.base import Database
from bot.errors import AppError, NotFoundError
from bot.features.activities import OccurrenceState, moving, reporting
from bot.features.activities import calendar as dates
from bot.programme.calendar import Calendar
from bot.reports.calendar import Entry, calendar_file
from bot.texts import texts
from bot.ui.activities import messages
from tests.activities.conftest import DEPUTY, METHODIST
from tests.activities.people import PROGRAMME, Run, local, part_of, sent
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, STARK, School

TODAY, LATER = date(2026, 10, 14), date(2026, 11, 13)
CALENDAR = Calendar()


@pytest.fixture
async def begun(staffed: School, run_tick: Run) -> School:
    await run_tick()
    return staffed


class Acts:
    """What people do about dates, each in a session of its own."""

    def __init__(self, database: Database, clock: StoppedClock, settings: Settings) -> None:
        self.database, self.clock, self.settings = database, clock, settings

    async def ask(self, who: int, part: int, day: date = LATER, reason: str = "Карантин") -> bool:
        now = self.clock.now()
        async with self.database.write() as session:
            actor = await School.actor(session, who, now)
            asked = await moving.ask(
                session, actor, now, now.date(), PROGRAMME, CALENDAR, self.settings, part, day, reason
            )
            await session.commit()
        return asked.moved

    async def decide(self, who: int, request: int, *, agreed: bool, comment: str | None = None) -> None:
        now = self.clock.now()
        async with self.database.write() as session:
            actor = await School.actor(session, who, now)
            await moving.decide(
                session,
                actor,
                now,
                now.date(),
                PROGRAMME,
                self.settings,
                request,
                agreed=agreed,
                comment=comment,
            )
            await session.commit()

    async def requests(self) -> list[DateRequest]:
        async with self.database.read() as session:
            return list(await session.scalars(select(DateRequest).order_by(DateRequest.id)))

    async def due(self, part: int) -> tuple[date | None, date, date]:
        """The part's own date; the occurrence's due date and its nominal one."""
        async with self.database.read() as session:
            row = await session.get_one(Assignment, part)
            occurrence = await session.get_one(Occurrence, row.occurrence_id)
        return row.moved_to, occurrence.due_on, occurrence.nominal_due


@pytest.fixture
def acts(database: Database, clock: StoppedClock, settings: Settings) -> Acts:
    return Acts(database, clock, settings)


# Working days round the steps of the ladder to 13 November, with some between them.
DAYS = [date(2026, 10, day) for day in (16, 23, 27, 30)]
DAYS += [date(2026, 11, day) for day in (2, 6, 10, 12, 13, 16, 18, 20, 24)]


async def told(database: Database, clock: StoppedClock, run_tick: Run, who: int, part: int) -> list[int]:
    """In how many days a part was due, each time that it stood in a reminder of those days."""
    days = []
    for day in DAYS:
        local(clock, day, 12)
        await run_tick()
        for message in await sent(database, "reminder", who):
            if message.created_at == clock.now():
                days += [i["days"] for i in message.arguments["items"] if i["assignment"] == part]
    return days


class TestAsking:
    async def test_agreed_to_only_this_part_moves_and_its_ladder_begins_anew(
        self, database: Database, begun: School, acts: Acts, run_tick: Run, clock: StoppedClock
    ) -> None:
        part = await part_of(database, "webinars", METHODIST, begun)
        assert await acts.ask(METHODIST, part) is False
        asked = await sent(database, "date-asked")
        assert {m.person_id for m in asked} == {begun.people[DIRECTOR], begun.people[DEPUTY]}
        assert (asked[0].arguments["due"], asked[0].arguments["wanted"]) == ("2026-10-30", "2026-11-13")
        assert (await acts.due(part))[0] is None  # only the director moves it
        await acts.decide(DIRECTOR, 1, agreed=True)
        # The nominal date stays on record, and so does the occurrence's: 31 October is a Saturday.
        assert await acts.due(part) == (LATER, date(2026, 10, 30), date(2026, 10, 31))
        deputys = await part_of(database, "webinars", DEPUTY, begun)
        assert (await acts.due(deputys))[0] is None
        [answer] = await sent(database, "date-decided")
        assert answer.person_id == begun.people[METHODIST] and answer.arguments["agreed"] is True
        # 30 days off when it was told: the steps from 14 days before the new date on, none of the old one.
        assert await told(database, clock, run_tick, begun.people[METHODIST], part) == [
            14,
            7,
            3,
            1,
            0,
            -3,
            -7,
        ]

    async def test_refused_with_a_word_it_stays_and_can_be_asked_again(
        self, database: Database, begun: School, acts: Acts
    ) -> None:
        part = await part_of(database, "webinars", METHODIST, begun)
        await acts.ask(METHODIST, part)
        with pytest.raises(AppError, match="error-date-asked"):
            await acts.ask(METHODIST, part)
        with pytest.raises(AppError, match="error-text-empty"):
            await acts.decide(DIRECTOR, 1, agreed=False)
        await acts.decide(DIRECTOR, 1, agreed=False, comment="Успеем вместе")
        with pytest.raises(AppError, match="error-date-decided"):
            await acts.decide(DEPUTY, 1, agreed=True)
        [answer] = await sent(database, "date-decided")
        assert (answer.arguments["agreed"], answer.arguments["comment"]) == (False, "Успеем вместе")
        assert (await acts.due(part))[0] is None
        await acts.ask(METHODIST, part, LATER + timedelta(days=7))
        assert [r.agreed for r in await acts.requests()] == [False, None]

    async def test_while_a_request_waits_nobody_is_told_that_they_are_late(
        self, database: Database, begun: School, acts: Acts, run_tick: Run, clock: StoppedClock
    ) -> None:
        part, person = await part_of(database, "webinars", METHODIST, begun), begun.people[METHODIST]
        await acts.ask(METHODIST, part)
        local(clock, date(2026, 11, 2), 12)  # due on Friday, 30 October
        await run_tick()
        [_, late] = await sent(database, "reminder", person)
        assert part not in [item["assignment"] for item in late.arguments["items"]]
        [told] = await sent(database, "escalation", begun.people[DIRECTOR])
        screen = messages.escalation(texts("ru"), told.arguments)
        assert "(Келлер Л.С. просит перенести на 13 ноября, Диканова М.Е.)" in screen.text
        assert screen.keyboard and screen.keyboard.inline_keyboard[0][0].text == "1 просьба о переносе"
        [digest] = await sent(database, "digest", begun.people[DIRECTOR])
        assert "Келлер Л.С. просит перенести" in messages.digest(texts("ru"), digest.arguments).text
        await acts.decide(DIRECTOR, 1, agreed=False, comment="Успеем")
        clock.move(days=1)
        await run_tick()
        again = (await sent(database, "reminder", person))[-1]
        assert [(i["assignment"], i["days"]) for i in again.arguments["items"]] == [(part, -4)]

    async def test_an_admins_word_moves_it_at_once_and_answers_what_was_asked(
        self, database: Database, begun: School, acts: Acts
    ) -> None:
        part = await part_of(database, "webinars", METHODIST, begun)
        await acts.ask(METHODIST, part)
        assert await acts.ask(DIRECTOR, part, LATER + timedelta(days=7), "Давайте через неделю") is True
        assert (await acts.due(part))[0] == LATER + timedelta(days=7)
        first, second = await acts.requests()
        assert (first.agreed, second.agreed) == (None, True) and first.decided_at is not None
        [answer] = await sent(database, "date-decided")
        assert answer.person_id == begun.people[METHODIST]
        async with database.read() as session:
            query = select(AuditEntry).where(AuditEntry.action == "activity.date_moved")
            [entry] = await session.scalars(query)
        assert entry.person_id == begun.people[DIRECTOR]
        assert entry.details == {"was": "2026-10-30", "to": "2026-11-20"}

    async def test_the_top_up_and_a_moved_vacation_leave_it_where_it_is(
        self, database: Database, begun: School, acts: Acts, run_tick: Run, clock: StoppedClock
    ) -> None:
        part = await part_of(database, "webinars", METHODIST, begun)
        await acts.ask(DIRECTOR, part)
        for day in (date(2026, 11, 2), date(2026, 11, 12)):
            local(clock, day, 12)
            await run_tick()
        assert (await acts.due(part))[0] == LATER
        # It is late for nobody: the occurrence is not, though its own date is past.
        async with database.read() as session:
            director = await School.actor(session, DIRECTOR, clock.now())
            card = await reporting.card(session, director, PROGRAMME, date(2026, 11, 12), "webinars")
            [stage] = [stage for stage in card.stages if stage.due_on == date(2026, 10, 30)]
            late = {p.id: p.due_on < date(2026, 11, 12) for p in stage.parts}
        assert late[part] is False and stage.state == OccurrenceState.OVERDUE  # the deputy's part is
        [message] = (await sent(database, "escalation", begun.people[DIRECTOR]))[:1]
        [line] = [i for i in message.arguments["items"] if i["number"] == "1.6"]
        assert line["names"] == ["Диканова М.Е."]

    async def test_a_report_makes_the_question_needless(
        self, database: Database, begun: School, acts: Acts, settings: Settings, clock: StoppedClock
    ) -> None:
        part, now = await part_of(database, "webinars", METHODIST, begun), clock.now()
        await acts.ask(METHODIST, part)
        async with database.write() as session:
            actor = await School.actor(session, METHODIST, now)
            await reporting.report(session, actor, now, TODAY, PROGRAMME, settings, part, "Готово")
            await session.commit()
        with pytest.raises(AppError, match="error-date-decided"):
            await acts.decide(DIRECTOR, 1, agreed=True)
        with pytest.raises(AppError, match="error-task-reported"):
            await acts.ask(METHODIST, part)

    async def test_a_date_that_has_passed_is_not_agreed_to(
        self, database: Database, begun: School, acts: Acts, clock: StoppedClock
    ) -> None:
        await acts.ask(METHODIST, await part_of(database, "webinars", METHODIST, begun))
        clock.move(days=40)
        with pytest.raises(AppError, match="error-date-past"):
            await acts.decide(DIRECTOR, 1, agreed=True)

    async def test_nobody_asks_or_decides_for_others(
        self, database: Database, begun: School, acts: Acts
    ) -> None:
        part = await part_of(database, "webinars", METHODIST, begun)
        for who in (STARK, BERG):
            with pytest.raises(NotFoundError):
                await acts.ask(who, part)
        await acts.ask(METHODIST, part)
        for who in (STARK, METHODIST):
            with pytest.raises(NotFoundError):
                await acts.decide(who, 1, agreed=True)


PART = Part(
    id=1,
    occurrence_id=1,
    activity_key="webinars",
    nominal_due=date(2026, 10, 31),
    starts_on=date(2026, 10, 1),
    planned_on=date(2026, 10, 30),
    due_on=date(2026, 10, 30),
    responsible="Келлер Л.С.",
    named_id=1,
    named_name="Келлер Л.С.",
    state=AssignmentState.OPEN,
    in_progress_at=None,
    last_step=None,
    escalated_step=None,
    refused_id=None,
    refusal=None,
    uid="u",
    occurrence_sequence=0,
    sequence=0,
    staff_id=1,
    staff_name="Келлер Л.С.",
    person_id=1,
)


@given(st.dates(date(2026, 9, 1), date(2027, 8, 31)), st.dates(date(2026, 9, 1), date(2027, 8, 31)))
def test_every_day_offered_can_be_had(due_on: date, today: date) -> None:
    part = replace(PART, due_on=due_on)
    for day in moving.offers(part, CALENDAR, today):
        if day <= today + moving.FURTHEST:
            moving.check_day(part, CALENDAR, today, day)


@pytest.mark.parametrize(
    ("day", "error"),
    [
        (TODAY, "error-task-day"),
        (date(2026, 10, 30), "error-task-day"),  # as it is
        (date(2027, 10, 1), "error-task-day"),
        (date(2026, 11, 14), "error-task-day-off"),
        (date(2026, 11, 4), "error-task-day-off"),
    ],
)
def test_days_that_cannot_be(day: date, error: str) -> None:
    with pytest.raises(AppError, match=f"^{error}$"):
        moving.check_day(PART, CALENDAR, TODAY, day)


class TestCalendar:
    async def entries(self, database: Database, who: int, whose: str) -> dict[str, Any]:
        """The events of the file that somebody fetches, by their UID."""
        now = datetime(2026, 10, 14, 6, tzinfo=UTC)
        async with database.read() as session:
            actor = await School.actor(session, who, now)
            days = await (dates.own if whose == "own" else dates.everybodys)(session, actor, TODAY)
        entries = [
            Entry(d.uid, d.activity_key, d.due_on, d.due_on, sequence=d.sequence, cancelled=d.cancelled)
            for d in days
        ]
        calendar = Ics.from_ical(calendar_file(entries, now, Settings().school.zone))
        return {str(event["uid"]): event for event in calendar.events}

    async def test_ones_own_keep_their_uid_and_rise_in_sequence_when_moved(
        self, database: Database, begun: School, acts: Acts, run_tick: Run
    ) -> None:
        part = await part_of(database, "webinars", METHODIST, begun)
        before = await self.entries(database, METHODIST, "own")
        assert len(before) > 20
        await acts.ask(METHODIST, part)
        await run_tick()
        assert await self.entries(database, METHODIST, "own") == before
        await acts.decide(DIRECTOR, 1, agreed=True)
        after = await self.entries(database, METHODIST, "own")
        assert after.keys() == before.keys()
        [moved] = [uid for uid in after if after[uid] != before[uid]]
        assert after[moved]["sequence"] == before[moved]["sequence"] + 1
        assert after[moved]["dtstart"].dt == LATER and before[moved]["dtstart"].dt == date(2026, 10, 30)

    async def test_the_directors_has_every_occurrence_once_and_moved_parts_apart(
        self, database: Database, begun: School, acts: Acts
    ) -> None:
        before = await self.entries(database, DIRECTOR, "all")
        async with database.read() as session:
            uids = set(await session.scalars(select(Occurrence.uid)))
        assert before.keys() == uids
        for who in (METHODIST, DEPUTY):
            await acts.ask(DIRECTOR, await part_of(database, "webinars", who, begun))
        after = await self.entries(database, DIRECTOR, "all")
        [whole] = [uid for uid in before if after[uid] != before[uid]]
        # Nobody's part is due on the old date any more: the calendar takes it out.
        assert after[whole]["status"] == "CANCELLED"
        assert after[whole]["sequence"] > before[whole]["sequence"]
        assert [after[uid]["dtstart"].dt for uid in after.keys() - before.keys()] == [LATER, LATER]

    async def test_each_for_whom_it_is(self, database: Database, begun: School) -> None:
        for who, whose in ((METHODIST, "all"), (1004, "own")):
            with pytest.raises(NotFoundError):
                await self.entries(database, who, whose)
