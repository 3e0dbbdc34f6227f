"""Status from the database: the facts of a day, their bounds, and how few questions it takes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, select, text

from bot.config import Settings
from bot.db import indicators as db
from bot.db.access import Actor
from bot.db.accounts import Role, Staff
from bot.db.audit import AuditEntry
from bot.db.base import Database, Session
from bot.db.indicators import Reading
from bot.db.roster import Pupil
from bot.errors import AppError, NotFoundError
from bot.features import indicators
from bot.features.indicators import Origin, Standing, recording
from bot.features.indicators.recording import Amount
from bot.features.indicators.sources import SOURCES
from bot.features.indicators.sources.evidence import Day
from bot.programme.load import load
from bot.programme.model import Kind, State
from tests.databases import only_sqlite
from tests.fixtures import StoppedClock
from tests.indicators.facts import SETTINGS, add_note, add_reading, add_survey, noon
from tests.queries import count_queries
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PSYCHOLOGIST, STARK, STRANGER, School

PROGRAMME = load()
TODAY = date(2026, 10, 14)
NOW = noon(TODAY)


async def status(session: Session, settings: Settings, today: date = TODAY) -> dict[str, Standing]:
    await session.flush()
    actor = await School.actor(session, DIRECTOR, NOW)
    standings = await indicators.status(session, actor, PROGRAMME, today, settings)
    return {standing.indicator.key: standing for standing in standings}


class TestFeedback:
    async def test_teachers_with_enough_delivered_notes_of_the_last_30_days(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        berg, stark = school.staff[BERG], school.staff[STARK]
        async with database.write() as session:
            for _ in range(2):
                add_note(session, berg, NOW, NOW)
            add_note(session, stark, NOW, NOW)
            add_note(session, stark, NOW, None)  # reached nobody
            add_note(session, stark, NOW - timedelta(days=30), NOW)  # too long ago
            add_note(session, school.staff[PSYCHOLOGIST], NOW, NOW)  # not teaching
            found = (await status(session, settings))["teacher_feedback"]
            why = await SOURCES["teacher_feedback"].why(session, Day(TODAY, settings, PROGRAMME))
        assert (found.numerator, found.denominator, found.value) == (1, 2, 50)
        assert found.state == State.BEHIND and found.origin == Origin.COMPUTED and found.lacking == 1
        assert [(item.name, item.number) for item in why.counted] == [("Берг А.И.", 2)]
        assert [(item.name, item.number) for item in why.missing] == [("Штарк О.П.", 1)]

    async def test_the_days_are_the_schools(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        """Omsk is six hours ahead: its 14 October begins at 18:00 UTC of the 13th and ends at 18:00."""
        until = datetime(2026, 10, 14, 18, tzinfo=UTC)
        since = until - timedelta(days=30)
        async with database.write() as session:
            add_note(session, school.staff[BERG], since, since)
            add_note(session, school.staff[BERG], until - timedelta(seconds=1), until - timedelta(seconds=1))
            add_note(session, school.staff[STARK], since - timedelta(seconds=1), NOW)
            add_note(session, school.staff[STARK], NOW, until)
            why = await SOURCES["teacher_feedback"].why(session, Day(TODAY, settings, PROGRAMME))
        assert [item.number for item in why.counted] == [2]
        assert [item.number for item in why.missing] == [0]

    async def test_only_those_on_the_staff_that_day_are_asked(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        async with database.write() as session:
            stark = await session.get_one(Staff, school.staff[STARK])
            stark.active_to = TODAY - timedelta(days=1)
            assert (await status(session, settings))["teacher_feedback"].denominator == 1
            assert (await status(session, settings, stark.active_to))["teacher_feedback"].denominator == 2

    async def test_no_teachers_is_unknown(self, database: Database, settings: Settings) -> None:
        async with database.write() as session:
            admin = Actor(DIRECTOR, roles=frozenset({Role.ADMIN}))
            standings = await indicators.status(session, admin, PROGRAMME, TODAY, settings)
        shares = {s.state for s in standings if s.indicator.kind == Kind.SHARE}
        assert shares == {State.UNKNOWN}

    @only_sqlite
    async def test_reads_only_the_index_of_notes(self, database: Database, school: School) -> None:
        statements: list[tuple[str, object]] = []

        def executed(_c: object, _u: object, statement: str, parameters: object, *_: object) -> None:
            statements.append((statement, parameters))

        async with database.read() as session:
            engine = session.get_bind().engine
            event.listen(engine, "before_cursor_execute", executed)
            await db.delivered_notes(session, Day(TODAY, SETTINGS, PROGRAMME).values)
            event.remove(engine, "before_cursor_execute", executed)
            statement, parameters = statements[-1]
            connection = await session.connection()
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
            steps = "\n".join(plan.scalars("detail"))
        assert "notes USING COVERING INDEX ix_notes_delivered" in steps


class TestSatisfied:
    async def test_fours_and_fives_of_the_last_closed_satisfaction_survey_of_the_year(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        async with database.write() as session:
            await add_survey(session, NOW - timedelta(days=400), [5] * 10)  # last year
            await add_survey(session, NOW - timedelta(days=100), [1] * 10)  # an earlier one
            await add_survey(session, NOW - timedelta(days=10), [5, 4, 4, 3, 1, None])
            await add_survey(session, NOW - timedelta(days=1), [1] * 10, template=None)  # another survey
            await add_survey(session, None, [1] * 10)  # still open
            found = (await status(session, settings))["parents_satisfied"]
        assert (found.numerator, found.denominator, found.value) == (3, 5, 60)

    @pytest.mark.parametrize("answers", [0, 4])
    async def test_too_few_answers_are_hidden(
        self, database: Database, school: School, settings: Settings, answers: int
    ) -> None:
        async with database.write() as session:
            await add_survey(session, NOW, [5] * answers)
            found = (await status(session, settings))["parents_satisfied"]
        assert found.value is None and found.state == State.UNKNOWN
        assert found.evidence and (found.evidence.numerator, found.evidence.denominator) == (None, None)


class TestReadings:
    async def test_the_later_day_wins_and_within_a_day_the_later_row(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        async with database.write() as session:
            add_reading(session, "staff_trained", TODAY, 50)
            await session.flush()
            add_reading(session, "staff_trained", TODAY, 61)
            await session.flush()
            add_reading(session, "staff_trained", TODAY - timedelta(days=5), 10)
            found = (await status(session, settings))["staff_trained"]
        assert (found.value, found.previous, found.state) == (61, 50, State.MET)

    async def test_a_recorded_value_overrides_a_computed_one_and_both_are_known(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        async with database.write() as session:
            add_reading(session, "teacher_feedback", TODAY, 80)
            found = (await status(session, settings))["teacher_feedback"]
        assert (found.value, found.origin) == (80, Origin.RECORDED)
        assert found.evidence and found.evidence.value == 0

    async def test_details_have_the_history_and_a_forecast_from_three_readings_on(
        self, database: Database, school: School, settings: Settings
    ) -> None:
        async with database.write() as session:
            actor = await School.actor(session, DIRECTOR, NOW)
            for month, value in ((3, 40), (5, 44)):
                add_reading(session, "staff_trained", date(2026, month, 1), value)
            await session.flush()
            two = await indicators.details(session, actor, PROGRAMME, TODAY, settings, "staff_trained")
            add_reading(session, "staff_trained", date(2026, 9, 1), 52)
            add_reading(session, "staff_trained", TODAY + timedelta(days=1), 100)
            await session.flush()
            three = await indicators.details(session, actor, PROGRAMME, TODAY, settings, "staff_trained")
        assert two.forecast is None
        assert three.forecast and 55 < three.forecast.value < 60 and not three.forecast.on_course
        assert [row.value for row in three.history] == [52, 44, 40]


async def test_a_past_day_does_not_change_when_new_facts_come_in(
    database: Database, school: School, settings: Settings
) -> None:
    later = NOW + timedelta(days=1)
    async with database.write() as session:
        add_note(session, school.staff[BERG], NOW, NOW)
        add_note(session, school.staff[BERG], NOW, None)
        await add_survey(session, NOW, [5, 5, 4, 3, 3])
        add_reading(session, "rooms", TODAY, 33)
        before = await status(session, settings)
        for staff_id in (school.staff[BERG], school.staff[STARK]):
            for written in (NOW, later):
                add_note(session, staff_id, written, later)
        await add_survey(session, later, [1] * 9)
        for key in before:
            add_reading(session, key, TODAY + timedelta(days=1), 1)
        session.add(Staff(name="Я", position="Учитель", teaching=True, active_from=TODAY + timedelta(days=1)))
        assert await status(session, settings) == before
        assert await status(session, settings, TODAY + timedelta(days=1)) != before


async def test_the_number_of_queries_does_not_depend_on_how_much_there_is(
    database: Database, school: School, settings: Settings
) -> None:
    async def count() -> int:
        async with database.write() as session:
            actor = await School.actor(session, DIRECTOR, NOW)
            with count_queries(database) as queries:
                await indicators.status(session, actor, PROGRAMME, TODAY, settings)
        return queries.count

    few = await count()
    async with database.write() as session:
        session.add_all(
            Pupil(
                class_id=school.classes["5А"],
                surname=f"Ф{i}",
                first_name="И",
                patronymic="",
                active_from=TODAY,
            )
            for i in range(50)
        )
        for i in range(50):
            add_note(session, school.staff[BERG], NOW - timedelta(hours=i), NOW)
            for indicator in PROGRAMME.indicators:
                add_reading(session, indicator.key, TODAY - timedelta(days=i), 1)
        await session.commit()
    assert await count() == few == 3  # readings, what is counted, marks


class TestRecord:
    async def test_adds_a_row_and_audits_it_without_words(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        async with database.write() as session:
            actor = await School.actor(session, DIRECTOR, NOW)
            await recording.record(
                session,
                actor,
                clock.now(),
                TODAY,
                PROGRAMME,
                key="rooms",
                on_date=TODAY,
                amount=Amount(40.0, 8, 20),
                comment="после ремонта",
            )
            await session.flush()
            row = (await session.scalars(select(Reading))).one()
            entry = (await session.scalars(select(AuditEntry))).one()
        assert (row.value, row.numerator, row.denominator, row.comment) == (40, 8, 20, "после ремонта")
        assert (row.recorded_by, row.recorded_at) == (actor.person_id, clock.now())
        assert (entry.action, entry.subject) == ("reading.recorded", "indicator:rooms")
        assert "ремонта" not in str(entry.details)

    @pytest.mark.parametrize(
        ("key", "day", "amount", "error"),
        [
            ("nothing", TODAY, Amount(1), "error-not-found"),
            ("rooms", TODAY, Amount(101), "error-reading-share-range"),
            ("rooms", TODAY + timedelta(days=1), Amount(1), "error-reading-date-future"),
            ("rooms", date(2019, 1, 1), Amount(1), "error-reading-date-old"),
            ("praise", TODAY, Amount(2), "error-not-found"),
        ],
    )
    async def test_refuses_what_cannot_be(
        self, database: Database, school: School, key: str, day: date, amount: Amount, error: str
    ) -> None:
        async with database.write() as session:
            actor = await School.actor(session, DIRECTOR, NOW)
            with pytest.raises(AppError) as refusal:
                await recording.record(
                    session, actor, NOW, TODAY, PROGRAMME, key=key, on_date=day, amount=amount
                )
            assert refusal.value.key == error
            assert (await session.scalars(select(Reading))).all() == []


@pytest.mark.parametrize("who", [BERG, PSYCHOLOGIST, MASHA_MOTHER, STRANGER])
async def test_it_is_for_admins_only(
    database: Database, school: School, settings: Settings, who: int
) -> None:
    async with database.write() as session:
        actor = await School.actor(session, who, NOW)
        with pytest.raises(NotFoundError):
            await indicators.status(session, actor, PROGRAMME, TODAY, settings)
        with pytest.raises(NotFoundError):
            await indicators.details(session, actor, PROGRAMME, TODAY, settings, "rooms")
        with pytest.raises(NotFoundError):
            await recording.record(
                session, actor, NOW, TODAY, PROGRAMME, key="rooms", on_date=TODAY, amount=Amount(1)
            )
        assert await session.scalar(text("SELECT count(*) FROM readings")) == 0
