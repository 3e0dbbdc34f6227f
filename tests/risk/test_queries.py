"""What the indicators ask, for any past day; who sees whom; a constant number of queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.config import Settings
from bot.db.access import teaches_pupil
from bot.db.base import Database
from bot.db.risk.register import Outcome, registered
from bot.db.risk.routes import AnswerKind
from bot.db.roster import Pupil
from bot.features.risk import agreeing, register, routes
from bot.features.risk.rules import Signals
from bot.programme.calendar import Calendar
from tests.chat import Telegram
from tests.fixtures import StoppedClock
from tests.indicators.facts import behind
from tests.queries import count_queries
from tests.risk.people import SIGNALS, put_on, send_route, today_of
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PSYCHOLOGIST, STARK, VANYA_MOTHER, School

TODAY = date(2026, 10, 14)
DAY = timedelta(days=1)


async def agree(telegram: Telegram, settings: Settings, version: int, who: int = MASHA_MOTHER) -> None:
    now, today = telegram.clock.now(), today_of(telegram)
    async with telegram.database.write() as session:
        actor = await School.actor(session, who, now)
        await agreeing.say(session, actor, now, today, version, AnswerKind.AGREED, settings)
        await session.commit()


class TestFigures:
    async def test_routes_in_force_on_any_day(
        self, telegram: Telegram, school: School, database: Database, clock: StoppedClock
    ) -> None:
        masha, petya = school.pupils["Маша"], school.pupils["Петя"]
        await put_on(telegram, school)
        clock.move(days=1)
        await put_on(telegram, school, "Петя")
        await send_route(telegram, school)
        clock.move(days=10)
        await send_route(telegram, school, goal="Другая цель")
        async with database.read() as session:

            async def on(day: date) -> tuple[set[int], set[int]]:
                share = await behind(session, "routes", day)
                return set(share.counted), set(share.missing)

            assert await on(TODAY - DAY) == (set(), set())
            assert await on(TODAY) == (set(), {masha})
            assert await on(TODAY + DAY) == ({masha}, {petya})
            assert await on(TODAY + 30 * DAY) == ({masha}, {petya})
            # Six weeks after it began.
            assert await on(TODAY + 60 * DAY) == (set(), {masha, petya})
            assert set(await session.scalars(registered(TODAY + DAY))) == {masha, petya}

    async def test_past_days_keep_what_they_had(
        self,
        telegram: Telegram,
        school: School,
        database: Database,
        settings: Settings,
        clock: StoppedClock,
    ) -> None:
        await put_on(telegram, school)
        first = await send_route(telegram, school)
        clock.move(days=1)
        await agree(telegram, settings, first)
        clock.move(days=1)
        second = await send_route(telegram, school, goal="Другая цель")
        clock.move(days=3)
        async with database.write() as session:
            actor, now = await School.actor(session, BERG, clock.now()), clock.now()
            today = today_of(telegram)
            pupil = school.pupils["Маша"]
            await register.take_off(session, actor, now, today, pupil, Outcome.REACHED)
            await routes.end(session, actor, now, today, pupil, settings)
            await session.commit()

        async with database.read() as session:

            async def on(days: int) -> tuple[list[int], list[int]]:
                share = await behind(session, "routes_agreed", TODAY + days * DAY)
                return sorted(share.counted), sorted(share.missing)

            assert [await on(day) for day in range(7)] == [
                ([], [first]),
                ([first], []),
                ([], [second]),  # agreement to the old version is none to the new one
                ([], [second]),
                ([], [second]),
                ([], []),
                ([], []),
            ]
            days = [TODAY + n * DAY for n in range(-1, 6)]
            sizes = [len((await session.scalars(registered(day))).all()) for day in days]
            assert sizes == [0, 1, 1, 1, 1, 1, 0]
            assert not (await behind(session, "parents_engaged", TODAY)).counted
            mother = {school.people[MASHA_MOTHER]}
            assert (await behind(session, "parents_engaged", date(2027, 8, 31))).counted == mother
            assert not (await behind(session, "parents_engaged", date(2027, 9, 1))).counted

    async def test_a_refusal_after_agreement_counts_from_its_day(
        self, telegram: Telegram, school: School, database: Database, settings: Settings, clock: StoppedClock
    ) -> None:
        await put_on(telegram, school)
        version = await send_route(telegram, school)
        await agree(telegram, settings, version)
        clock.move(days=2)
        async with database.write() as session:
            mother, now = await School.actor(session, MASHA_MOTHER, clock.now()), clock.now()
            no = AnswerKind.REFUSED
            await agreeing.say(session, mother, now, today_of(telegram), version, no, settings, "Поздно")
            await session.commit()
            shares = [await behind(session, "routes_agreed", TODAY + n * DAY) for n in range(3)]
        assert [len(share.counted) for share in shares] == [1, 1, 0]

    async def test_renewed_when_all_are_reviewed_and_the_keeper_confirms(
        self, telegram: Telegram, school: School, database: Database, clock: StoppedClock
    ) -> None:
        await put_on(telegram, school)
        async with database.read() as session:
            assert (await behind(session, "register_renewed", TODAY)).value == 0
        async with database.write() as session:
            actor = await School.actor(session, PSYCHOLOGIST, clock.now())
            await register.confirm(session, actor, clock.now(), TODAY)
            await session.commit()
        async with database.read() as session:
            assert (await behind(session, "register_renewed", TODAY)).value == 1
            assert (await behind(session, "register_renewed", TODAY - DAY)).value == 0
        september = datetime(2027, 9, 6, 6, tzinfo=UTC)
        clock.set(september)
        async with database.write() as session:
            later = await behind(session, "register_renewed", september.date())
            assert later.value == 0 and len(later.missing) == 1
            actor, today = await School.actor(session, BERG, september), september.date()
            await register.review(session, actor, september, today, school.pupils["Маша"], SIGNALS)
            keeper = await School.actor(session, DIRECTOR, september)
            await register.confirm(session, keeper, september, today)
            await session.flush()
            assert (await behind(session, "register_renewed", today)).value == 1

    async def test_who_did_something_preventive(
        self, telegram: Telegram, school: School, database: Database
    ) -> None:
        await put_on(telegram, school, who=PSYCHOLOGIST)
        await send_route(telegram, school, who=BERG)
        async with database.read() as session:
            # The psychologist, who put the pupil on it, is no teaching staff.
            found = await behind(session, "staff_prevention", TODAY)
            assert (found.counted, found.missing) == ({school.staff[BERG]}, {school.staff[STARK]})
            assert not (await behind(session, "staff_prevention", TODAY - DAY)).counted
            assert not (await behind(session, "staff_prevention", date(2027, 9, 1))).counted


class TestWhoSees:
    @pytest.mark.parametrize(
        ("who", "child", "may"),
        [
            (PSYCHOLOGIST, "Маша", True),  # on the register
            (PSYCHOLOGIST, "Петя", False),
            (BERG, "Петя", True),
            (STARK, "Маша", False),
            (DIRECTOR, "Петя", True),
            (MASHA_MOTHER, "Маша", False),
        ],
    )
    async def test_a_specialist_writes_notes_about_pupils_on_the_register(
        self, telegram: Telegram, school: School, database: Database, who: int, child: str, may: bool
    ) -> None:
        await put_on(telegram, school)
        async with database.read() as session:
            actor = await School.actor(session, who, telegram.clock.now())
            query = select(Pupil.id).where(teaches_pupil(actor, TODAY), Pupil.id == school.pupils[child])
            assert bool(await session.scalar(query)) == may

    async def test_a_guardian_sees_the_routes_of_their_own_children(
        self, telegram: Telegram, school: School, database: Database
    ) -> None:
        for child in ("Маша", "Петя"):
            await put_on(telegram, school, child)
            await send_route(telegram, school, child)
        async with database.read() as session:
            mother = await School.actor(session, MASHA_MOTHER, telegram.clock.now())
            found = await routes.own_routes(session, mother, TODAY)
            assert [own.sheet.pupil.first_name for own in found] == ["Маша"]
            other = await School.actor(session, VANYA_MOTHER, telegram.clock.now())
            assert await routes.own_routes(session, other, TODAY) == []


async def test_the_register_costs_the_same_however_many_are_on_it(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock
) -> None:
    async def cost() -> int:
        async with database.read() as session:
            actor = await School.actor(session, DIRECTOR, clock.now())
            with count_queries(database) as queries:
                found = await register.overview(session, actor, TODAY, Calendar())
        assert found.rows
        return queries.count

    await put_on(telegram, school)
    await send_route(telegram, school)
    one = await cost()
    for child in ("Петя", "Ваня", "Лена"):
        await put_on(telegram, school, child)
        await send_route(telegram, school, child)
    assert await cost() == one <= 7


async def test_nothing_said_puts_nobody_on(telegram: Telegram, school: School, database: Database) -> None:
    from bot.errors import AppError

    async with database.write() as session:
        actor = await School.actor(session, BERG, telegram.clock.now())
        with pytest.raises(AppError, match="no-reason"):
            await register.put_on(
                session, actor, telegram.clock.now(), TODAY, school.pupils["Маша"], Signals()
            )
