"""The ladder over a year, whatever happens: a bot that is off, killed, or runs twice; people who do things.

What the machine knows of the ladder is the page it was built by: the days on which steps fall. From these
and the messages in the outbox it tells that each step was told at most once, none was lost (it was told, or
covered by a later message), and nobody heard of anything outside working time or twice a day.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hurry
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.engine import URL

from bot.config import Settings
from bot.db import activities as db
from bot.db.activities import UNDECIDED, UNFINISHED, Part
from bot.db.base import Session
from bot.db.outbox import OutboxMessage
from bot.errors import AppError
from bot.features import activities
from bot.features.activities import moving, reassigning, reminding, reporting
from bot.programme.calendar import Calendar
from bot.programme.model import Programme
from tests.activities.people import PROGRAMME
from tests.databases import Kept
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, SINCE, STARK, School

# One of each manner: a day, a month, two months; few, so that an example takes little time.
FEW = replace(
    PROGRAMME,
    activities=tuple(
        replace(PROGRAMME.activity(key), responsible=("Берг А.И.", "Штарк О.П."), positions=())
        for key in ("good_practices", "staff_courses", "regulations")
    ),
)
SETTINGS = Settings.model_validate({"school": {"vacations": [["2026-10-26", "2026-11-03"]]}})
CALENDAR = Calendar(SETTINGS.school.vacations)
LADDER, ZONE, NIGHT = SETTINGS.reminders, SETTINGS.school.zone, SETTINGS.delivery.quiet_from
YEAR = SINCE + timedelta(days=365)
# Messages about a part that say where it stands, the ladder's own apart.
TELLING = {"activity-given", "activity-date-decided"}
HOURS = st.integers(0, 23)
WHICH = st.integers(0, 999)


def step_days(part: Part) -> set[date]:
    """The days on which the ladder has something to say."""
    before = {part.due_on - timedelta(days=days) for days in LADDER.before}
    after = {part.due_on + timedelta(days=days) for days in LADDER.after}
    return {part.starts_on, *before, *after}


class Ladder(RuleBasedStateMachine):
    """A small school, three activities, a year. `database` and the founded school are set by the test."""

    database: Kept
    founded: tuple[URL, School]

    def __init__(self) -> None:
        super().__init__()
        self.runner, self.stack = asyncio.Runner(), AsyncExitStack()
        self.runner.run(self.stack.enter_async_context(self.database.fresh(self.founded[0])))
        self.school = deepcopy(self.founded[1])
        self.clock = StoppedClock(datetime.combine(SINCE, time(7), ZONE))
        self.looked_at = self.ticks = 0
        # The last day on which somebody heard of a part that was due on a day: (part, person, due date).
        self.heard: dict[tuple[int, int, date], date] = {}
        self.holders: dict[int, int | None] = {}
        self.reminded: set[tuple[int, date]] = set()

    def teardown(self) -> None:
        """The rest of the year goes by; then the bot is shut down."""
        try:
            while self.today < YEAR:
                self.passes(13, 10)
        finally:
            self.runner.run(self.stack.aclose())
            self.runner.close()

    @property
    def today(self) -> date:
        return self.clock.now().astimezone(ZONE).date()

    # --- time ------------------------------------------------------------------------------------------

    @initialize()
    def first_start(self) -> None:
        self._tick()

    @rule(days=st.integers(0, 4), hour=HOURS)
    def passes(self, days: int, hour: int) -> None:
        """Some days go by; the bot is there at the end of them."""
        self._later(days, hour)
        self._tick()

    @rule(days=st.integers(5, 60), hour=HOURS)
    def is_off(self, days: int, hour: int) -> None:
        """An outage, for days or weeks."""
        self._later(days, hour)
        self._tick()

    @rule(hour=st.integers(9, 19))
    def is_killed_while_reminding(self, hour: int) -> None:
        """A process dies between finding what is due and the end of its transaction; another starts."""
        self._later(1, hour)
        self.runner.run(self._find_and_tell(commit=False))
        self._tick()

    @rule(hour=st.integers(9, 19))
    def runs_twice(self, hour: int) -> None:
        """Two processes find the same; both go on with what they have found."""
        self._later(1, hour)
        self._tick(twice=True)

    def _later(self, days: int, hour: int) -> None:
        moment = datetime.combine(self.today + timedelta(days=days), time(hour, 30), ZONE)
        # Time does not go back, and no two moments are the same.
        self.clock.set(max(moment, self.clock.now() + timedelta(minutes=1)))

    # --- people ----------------------------------------------------------------------------------------

    @rule(which=WHICH)
    def reports(self, which: int) -> None:
        self._acts(which, lambda s, actor, part: reporting.report(s, actor, *self._now, part.id, "Сделано"))

    @rule(which=WHICH)
    def starts(self, which: int) -> None:
        self._acts(which, lambda s, actor, part: reporting.start(s, actor, *self._now[:2], part.id))

    @rule(which=WHICH)
    def declines(self, which: int) -> None:
        self._acts(which, lambda s, actor, part: reassigning.decline(s, actor, *self._now, part.id, "Нет"))

    @rule(which=WHICH, to=st.sampled_from((BERG, STARK)), onward=st.booleans())
    def is_given(self, which: int, to: int, onward: bool) -> None:
        staff_id = self.school.staff[to]
        self._acts(
            which,
            lambda s, actor, part: reassigning.give(s, actor, *self._now, part.id, staff_id, onward=onward),
            by=DIRECTOR,
        )

    @rule(which=WHICH, days=st.integers(1, 60))
    def is_moved(self, which: int, days: int) -> None:
        now, today, programme, settings = self._now
        day = CALENDAR.next_working_day(today + timedelta(days=days))
        self._acts(
            which,
            lambda s, actor, part: moving.ask(
                s, actor, now, today, programme, CALENDAR, settings, part.id, day, "Иначе не успеть"
            ),
            by=DIRECTOR,
        )

    @rule()
    def is_returned(self) -> None:
        self.clock.move(minutes=1)
        self.runner.run(self._return())
        self._look()

    @property
    def _now(self) -> tuple[datetime, date, Programme, Settings]:
        return self.clock.now(), self.today, FEW, SETTINGS

    def _acts(
        self, which: int, deed: Callable[[Session, Any, Part], Awaitable[Any]], by: int | None = None
    ) -> None:
        """Do something about one of the parts that are on people's minds, by whoever has it or `by`."""

        self.clock.move(minutes=1)  # nobody does two things at once

        async def act() -> None:
            now = self.clock.now()
            async with self.database.write() as session:
                near = db.Occurrence.starts_on <= self.today + timedelta(days=20)
                parts = await db.parts(session, UNFINISHED & near)
                if not parts:
                    return
                part = parts[which % len(parts)]
                holders = {id_: telegram_id for telegram_id, id_ in self.school.staff.items()}
                who = by or holders.get(part.staff_id or 0)
                if who is None:
                    return  # it is nobody's
                try:
                    await deed(session, await School.actor(session, who, now), part)
                except AppError:
                    return  # the day it is moved to is the one it is due on
                await session.commit()

        self.runner.run(act())
        self._look()

    async def _return(self) -> None:
        async with self.database.write() as session:
            waiting = await db.reports(session, UNDECIDED, limit=1)
            if waiting:
                director = await School.actor(session, DIRECTOR, self.clock.now())
                now, _, programme, settings = self._now
                await reporting.send_back(session, director, now, programme, settings, waiting[0].id, "Ещё")
                await session.commit()

    # --- what is told ----------------------------------------------------------------------------------

    def _tick(self, *, twice: bool = False) -> None:
        reminded = set(self.reminded)
        self.runner.run(self._run(twice))
        self._look()
        local = self.clock.now().astimezone(ZONE)
        if CALENDAR.is_day_off(self.today) or not LADDER.at <= local.time() < NIGHT:
            return
        for part in self.runner.run(self._open()):
            if part.person_id is None or (part.person_id, self.today) in reminded:
                continue  # what came up after today's message waits for tomorrow's
            quiet = part.in_progress_at is not None and (part.due_on - self.today).days > 3
            past = [day for day in step_days(part) if day <= self.today]
            if past and not quiet:
                heard = self.heard.get((part.id, part.person_id, part.due_on), date.min)
                assert heard >= max(past), f"{part} is not told of {max(past)} on {self.today}"

    async def _run(self, twice: bool) -> None:
        if twice:
            await self._find_and_tell(commit=True)
        now = self.clock.now()
        self.ticks += 1
        async with self.database.write() as session:
            if self.ticks % 3 == 1:  # what takes longest, and has no part in the ladder
                await activities.top_up(session, FEW, CALENDAR, now, self.today)
            await reminding.remind(session, FEW, CALENDAR, SETTINGS, now)
            await session.commit()

    async def _find_and_tell(self, *, commit: bool) -> None:
        """A process; where it goes on to the end, so does another that found the same at the same time."""
        now = self.clock.now()
        if CALENDAR.is_day_off(self.today):
            return
        async with self.database.read() as session:
            found = await reminding.find(session, CALENDAR, SETTINGS, now)
        for _ in range(2 if commit else 1):
            async with self.database.write() as session:
                await reminding.tell(session, FEW, SETTINGS, now, found)
                if commit:
                    await session.commit()

    async def _open(self) -> list[Part]:
        async with self.database.read() as session:
            return await db.parts(session, UNFINISHED)

    async def _new(self) -> tuple[list[OutboxMessage], dict[int, Part]]:
        async with self.database.read() as session:
            query = select(OutboxMessage).where(OutboxMessage.id > self.looked_at)
            messages = list(await session.scalars(query.order_by(OutboxMessage.id)))
            items = [item for m in messages for item in m.arguments.get("items", [m.arguments])]
            about = {item.get("assignment") for item in items}
            parts = await db.parts(session, db.Assignment.id.in_(about)) if messages else []
        return messages, {part.id: part for part in parts}

    def _look(self) -> None:
        """Every new message: whether it may have been written, and who has heard of what by it."""
        messages, parts = self.runner.run(self._new())
        for part in self.runner.run(self._open()):
            if self.holders.setdefault(part.id, part.person_id) != part.person_id:
                # Whoever has it back hears of it again, as whoever has it for the first time.
                self.heard = {key: day for key, day in self.heard.items() if key[0] != part.id}
                self.holders[part.id] = part.person_id
        for message in messages:
            self.looked_at = message.id
            if message.kind in TELLING:
                part = parts[message.arguments["assignment"]]
                self.heard[part.id, message.person_id, part.due_on] = self.today
            if message.kind == "activity-reminder":
                self._reminds(message, parts)

    def _reminds(self, message: OutboxMessage, parts: dict[int, Part]) -> None:
        local = message.not_before.astimezone(ZONE)
        assert not CALENDAR.is_day_off(local.date()) and LADDER.at <= local.time() < NIGHT
        assert (message.person_id, self.today) not in self.reminded, "two messages a day"
        self.reminded.add((message.person_id, self.today))
        for item in message.arguments["items"]:
            part = parts[item["assignment"]]
            assert part.person_id == message.person_id and part.unfinished
            key = part.id, message.person_id, part.due_on
            heard = self.heard.get(key, date.min)
            news = [day for day in step_days(part) if heard < day <= self.today]
            assert news, f"{part} was told on {heard} and again on {self.today}"
            self.heard[key] = self.today


def _play(database: Kept, founded: tuple[URL, School], examples: int, steps: int) -> None:
    Ladder.database, Ladder.founded = database, founded
    run_state_machine_as_test(
        Ladder,
        settings=hurry(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_ladder_whatever_happens(kept_database: Kept, founded: tuple[URL, School]) -> None:
    _play(kept_database, founded, examples=3, steps=16)


@pytest.mark.soak
def test_the_ladder_whatever_happens_for_longer(kept_database: Kept, founded: tuple[URL, School]) -> None:
    _play(kept_database, founded, examples=150, steps=120)
