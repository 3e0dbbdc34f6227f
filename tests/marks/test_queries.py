"""Importing marks, whom they propose and to whom, and what the indicator asks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update
from sqlalchemy.engine import URL

from bot.config import Settings
from bot.db.base import Database
from bot.db.outbox import OutboxMessage
from bot.db.risk.marks import HOLDS, Mark, MarksDecision
from bot.db.risk.register import RiskEntry, RiskReview
from bot.db.roster import Pupil, SchoolClass
from bot.errors import AppError, NotFoundError
from bot.features.risk import marks, register
from bot.features.risk.marks import importing
from bot.features.risk.marks.table import read_table
from bot.features.risk.rules import Signals
from bot.features.roster.reading import TableError
from tests.databases import Kept
from tests.fixtures import StoppedClock
from tests.indicators.facts import behind
from tests.marks.school import ALL, MASHA_GAP, PETYA_FINE, VANYA_TWO, bring, facts, file
from tests.queries import count_queries
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PSYCHOLOGIST, STARK, School

TODAY = date(2026, 10, 14)


def no_word(_: object) -> str:
    return "по оценкам"


async def proposed_to(database: Database, clock: StoppedClock, who: int) -> list[str]:
    async with database.read() as session:
        actor = await School.actor(session, who, clock.now())
        return [p.pupil.first_name for p in await marks.proposals(session, actor, clock.now().date())]


async def decide(
    database: Database, clock: StoppedClock, school: School, who: int, child: str, *, registers: bool = False
) -> None:
    digest = await facts(database, clock.now(), child)
    async with database.write() as session:
        actor = await School.actor(session, who, clock.now())
        now = clock.now()
        pupil = school.pupils[child]
        await marks.decide(session, actor, now, now.date(), pupil, digest, registers=registers, word=no_word)
        await session.commit()


class TestImporting:
    async def test_twice_changes_nothing(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings
    ) -> None:
        first = await bring(database, settings, clock.now(), *ALL)
        assert (len(first.new), len(first.corrected), first.unchanged) == (3, 0, 0)
        again = await bring(database, settings, clock.now(), *ALL)
        assert again.is_empty and again.unchanged == 3

    async def test_a_correction_supersedes_and_the_old_mark_stays(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings
    ) -> None:
        await bring(database, settings, clock.now(), MASHA_GAP)
        clock.move(hours=1)
        plan = await bring(
            database, settings, clock.now(), MASHA_GAP.replace("4,5", "4").replace("Мат", "мат")
        )
        assert len(plan.corrected) == 1
        async with database.read() as session:
            rows = (await session.scalars(select(Mark).order_by(Mark.id))).all()
        assert [(r.current, r.external, r.superseded_at) for r in rows] == [
            (450, 350, clock.now()),
            (400, 350, None),
        ]
        assert {r.subject for r in rows} == {"Математика"}  # whatever the case in the file

    async def test_an_empty_cell_says_nothing(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings
    ) -> None:
        await bring(database, settings, clock.now(), "5А;Лебедева;Маша;Математика;4,5;;10.10.2026")
        await bring(database, settings, clock.now(), "5А;Лебедева;Маша;Математика;;3,5;10.10.2026")
        plan = await bring(database, settings, clock.now(), "5А;Лебедева;Маша;Математика;4,5;;10.10.2026")
        assert plan.is_empty
        async with database.read() as session:
            mark = (await session.scalars(select(Mark).where(HOLDS))).one()
        assert (mark.current, mark.external) == (450, 350)

    async def test_who_is_not_in_the_class_is_named_and_nothing_changes(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings
    ) -> None:
        async with database.write() as session:
            for patronymic in ("Ильич", "Олегович"):
                session.add(
                    Pupil(
                        class_id=school.classes["9Б"],
                        surname="Котов",
                        first_name="Лев",
                        patronymic=patronymic,
                        active_from=TODAY,
                    )
                )
            await session.commit()
        with pytest.raises(TableError) as caught:
            await bring(
                database,
                settings,
                clock.now(),
                MASHA_GAP,
                "5А;Котов;Ваня;Физика;4;;10.10.2026",
                "5А;Никто;Нигде;Физика;4;;10.10.2026",
                "9Б;Котов;Лев;Физика;4;;10.10.2026",
            )
        found = [(p.key, p.row, p.column) for p in caught.value.problems]
        assert found == [
            ("marks-cell-elsewhere", 3, "фамилия"),
            ("marks-cell-unknown", 4, "фамилия"),
            ("marks-cell-namesakes", 5, "фамилия"),
        ]
        async with database.read() as session:
            assert not await session.scalar(select(func.count()).select_from(Mark))

    async def test_a_patronymic_tells_namesakes_apart(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings
    ) -> None:
        async with database.write() as session:
            places = {"class_id": school.classes["9Б"], "surname": "Котов", "first_name": "Лев"}
            for patronymic in ("Ильич", "Олегович"):
                session.add(Pupil(**places, patronymic=patronymic, active_from=TODAY))
            await session.commit()
        header = "класс;фамилия;имя;отчество;предмет;оценка;дата"
        lines = ("9Б;Котов;Лев;Ильич;Физика;4;10.10.2026", "9Б;Котов;Лев;Олегович;Физика;3;10.10.2026")
        rows = read_table("\n".join([header, *lines]).encode(), "m.csv", TODAY)
        async with database.read() as session:
            plan = await importing.plan(session, TODAY, rows)
        assert len({change.pupil_id for change in plan.new}) == 2

    async def test_the_same_mark_with_and_without_the_patronymic(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings
    ) -> None:
        async with database.write() as session:
            (await session.get_one(Pupil, school.pupils["Ваня"])).patronymic = "Олегович"
            await session.commit()
        header = "класс;фамилия;имя;отчество;предмет;оценка;дата"
        lines = ("9Б;Котов;Ваня;;Физика;4;10.10.2026", "9Б;Котов;Ваня;Олегович;Физика;3;10.10.2026")
        rows = read_table("\n".join([header, *lines]).encode(), "m.csv", TODAY)
        async with database.read() as session:
            with pytest.raises(TableError) as caught:
                await importing.plan(session, TODAY, rows)
        assert [p.key for p in caught.value.problems] == ["table-row-twice"]

    async def test_only_an_admin(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings
    ) -> None:
        async with database.read() as session:
            berg = await School.actor(session, BERG, clock.now())
        with pytest.raises(NotFoundError):
            await bring(database, settings, clock.now(), MASHA_GAP, actor=berg)


class TestProposing:
    async def test_to_whom(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings
    ) -> None:
        """Berg leads 5А and only teaches 9Б; Stark leads nobody."""
        await bring(database, settings, clock.now(), *ALL)
        assert await proposed_to(database, clock, DIRECTOR) == ["Маша", "Ваня"]
        assert await proposed_to(database, clock, PSYCHOLOGIST) == ["Маша", "Ваня"]
        assert await proposed_to(database, clock, BERG) == ["Маша"]
        assert await proposed_to(database, clock, STARK) == []
        with pytest.raises(NotFoundError):
            await proposed_to(database, clock, MASHA_MOTHER)

    async def test_everybody_who_decides_is_asked_once_by_number(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings
    ) -> None:
        await bring(database, settings, clock.now(), *ALL)
        async with database.read() as session:
            query = select(OutboxMessage.person_id, OutboxMessage.arguments).where(
                OutboxMessage.kind == "marks-proposed"
            )
            told = [tuple(row) for row in await session.execute(query)]
        expected = {
            school.people[DIRECTOR]: {"count": 2},
            school.people[PSYCHOLOGIST]: {"count": 2},
            school.people[BERG]: {"count": 1},
        }
        assert sorted(told) == sorted(expected.items())

    async def test_who_loads_is_not_asked_and_old_proposals_are_not_repeated(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings
    ) -> None:
        async with database.read() as session:
            director = await School.actor(session, DIRECTOR, clock.now())
        await bring(database, settings, clock.now(), VANYA_TWO, actor=director)
        clock.move(hours=1)
        await bring(database, settings, clock.now(), PETYA_FINE, actor=director)
        async with database.read() as session:
            told = await session.scalars(select(OutboxMessage.person_id))
            assert set(told) == {school.people[PSYCHOLOGIST]}

    async def test_not_needed_is_remembered(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings
    ) -> None:
        await bring(database, settings, clock.now(), *ALL)
        await decide(database, clock, school, BERG, "Маша")
        assert await proposed_to(database, clock, DIRECTOR) == ["Ваня"]
        # A little more of the same is nothing new, half a mark more is.
        await bring(database, settings, clock.now(), "5А;Лебедева;Маша;Математика;4,5;3,3;11.10.2026")
        assert await proposed_to(database, clock, BERG) == []
        await bring(database, settings, clock.now(), "5А;Лебедева;Маша;Математика;5;2;12.10.2026")
        assert await proposed_to(database, clock, BERG) == ["Маша"]

    async def test_on_the_register_with_the_marks_as_reason(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings
    ) -> None:
        await bring(database, settings, clock.now(), *ALL)
        await decide(database, clock, school, PSYCHOLOGIST, "Ваня", registers=True)
        assert await proposed_to(database, clock, DIRECTOR) == ["Маша"]
        async with database.read() as session:
            review = (await session.scalars(select(RiskReview))).one()
            entry = await session.get_one(RiskEntry, review.entry_id)
        assert entry.pupil_id == school.pupils["Ваня"]
        assert (review.marks_seen, review.failing, review.text) == (True, ["Физика"], "по оценкам")

    async def test_who_is_on_the_register_is_not_proposed(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings
    ) -> None:
        now = clock.now()
        async with database.write() as session:
            berg = await School.actor(session, BERG, now)
            await register.put_on(session, berg, now, TODAY, school.pupils["Маша"], Signals(text="трудно"))
            await session.commit()
        await bring(database, settings, now, *ALL)
        assert await proposed_to(database, clock, BERG) == []

    async def test_what_was_not_seen_cannot_be_decided(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings
    ) -> None:
        """The marks have changed since, or a colleague was quicker."""
        await bring(database, settings, clock.now(), *ALL)
        now, pupil = clock.now(), school.pupils["Маша"]
        seen = await facts(database, now, "Маша")
        await bring(database, settings, now, "5А;Лебедева;Маша;Физика;2;;12.10.2026")
        async with database.write() as session:
            berg = await School.actor(session, BERG, now)
            with pytest.raises(AppError, match="error-marks-changed"):
                await marks.decide(session, berg, now, TODAY, pupil, seen, registers=False, word=no_word)
            assert not await session.scalar(select(func.count()).select_from(MarksDecision))

    @pytest.mark.parametrize("who", [STARK, MASHA_MOTHER])
    async def test_nobody_else_decides(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings, who: int
    ) -> None:
        await bring(database, settings, clock.now(), *ALL)
        with pytest.raises(NotFoundError):
            await decide(database, clock, school, who, "Маша")

    async def test_last_years_marks_propose_nobody(
        self, database: Database, school: School, clock: StoppedClock, settings: Settings
    ) -> None:
        await bring(database, settings, clock.now(), *ALL)
        clock.set(datetime(2027, 9, 2, 6, tzinfo=UTC))
        assert await proposed_to(database, clock, DIRECTOR) == []


async def test_the_indicator_for_any_day(
    database: Database, school: School, clock: StoppedClock, settings: Settings
) -> None:
    """2.2: Маша and Петя are assessed, Маша differs; Ваня has no external mark."""
    await bring(database, settings, clock.now(), *ALL)
    async with database.read() as session:
        now = await behind(session, "grade_gap", TODAY)
        assert (now.counted, now.missing) == ({school.pupils["Петя"]}, {school.pupils["Маша"]})
        before = await behind(session, "grade_gap", date(2026, 10, 9))
        next_year = await behind(session, "grade_gap", date(2027, 9, 1))
        assert before == next_year == (None, set(), set())
        assert now.value is None  # nobody was assessed last year
    clock.set(datetime(2027, 10, 20, 6, tzinfo=UTC))
    await bring(database, settings, clock.now(), PETYA_FINE.replace("2026", "2027"))
    async with database.read() as session:
        # From 50 % of two to none of one: 50 points less.
        later = await behind(session, "grade_gap", date(2027, 10, 30))
        assert (later.value, later.missing) == (50, set())


async def test_last_years_marks_count_for_pupils_whose_list_came_in_september(
    database: Database, school: School, clock: StoppedClock, settings: Settings
) -> None:
    """2.2 of a school that begins with this year's list and brings the marks of two years."""
    async with database.write() as session:
        await session.execute(update(Pupil).values(active_from=date(2026, 9, 1)))
        await session.commit()
    last_year = [line.replace("10.10.2026", "15.05.2026") for line in (MASHA_GAP, PETYA_FINE)]
    await bring(database, settings, clock.now(), *last_year, PETYA_FINE)
    async with database.read() as session:
        assert (await behind(session, "grade_gap", TODAY)).value == 50  # from one of two to none of one
    async with database.write() as session:
        left = update(Pupil).where(Pupil.first_name == "Маша").values(active_to=date(2026, 8, 30))
        await session.execute(left)
        await session.commit()
    async with database.read() as session:
        # Who had left by the end of last year is not counted.
        assert (await behind(session, "grade_gap", TODAY)).value == 0


async def test_the_cost_does_not_grow(
    database: Database, school: School, clock: StoppedClock, settings: Settings
) -> None:
    costs = []
    for day in range(1, 13, 6):
        for offset in range(5):
            when = f"{day + offset:02}.10.2026"
            await bring(database, settings, clock.now(), *(line.replace("10.10.2026", when) for line in ALL))
        async with database.read() as session:
            director = await School.actor(session, DIRECTOR, clock.now())
            with count_queries(database) as queries:
                await marks.proposals(session, director, TODAY)
                await behind(session, "grade_gap", TODAY)
        costs.append(queries.count)
    assert costs[0] == costs[1] <= 8


cells = st.sampled_from(["", "2", "3,5", "5"])
lines = st.lists(
    st.tuples(
        st.sampled_from("АБ"), st.sampled_from(["Физика", "физика", "Химия"]), cells, cells, st.integers(1, 3)
    )
    .filter(lambda row: row[2] or row[3])
    .map(lambda row: f"1{row[0]};Котов;Ян;{row[1]};{row[2]};{row[3]};0{row[4]}.10.2026"),
    min_size=1,
    max_size=6,
)


@hypothesis_settings(max_examples=20)
@given(first=lines, second=lines)
async def test_any_file_twice_changes_nothing_and_one_mark_holds(
    empty_database: URL, kept_database: Kept, first: list[str], second: list[str]
) -> None:
    now = datetime(2026, 10, 14, 6, tzinfo=UTC)
    async with kept_database.fresh(empty_database) as database:
        async with database.write() as session:
            for letter in "АБ":
                school_class = SchoolClass(grade=1, letter=letter)
                session.add(school_class)
                await session.flush()
                session.add(
                    Pupil(
                        class_id=school_class.id,
                        surname="Котов",
                        first_name="Ян",
                        patronymic="",
                        active_from=TODAY - timedelta(days=30),
                    )
                )
            await session.commit()
        for number, part in enumerate((first, second)):
            try:
                rows = read_table(file(*part), "m.csv", TODAY)
            except TableError:
                continue  # the same row twice
            at = now + timedelta(minutes=number)
            async with database.write() as session:
                looked = await importing.plan(session, TODAY, rows)
                done = await importing.apply(session, None, at, TODAY, rows, Settings())
                assert done.unchanged == looked.unchanged
                assert (await importing.plan(session, TODAY, rows)).is_empty
                await session.commit()
        async with database.read() as session:
            held = select(Mark.pupil_id, Mark.subject, Mark.on_date).where(HOLDS)
            keys = [(p, s.casefold(), d) for p, s, d in await session.execute(held)]
        assert len(keys) == len(set(keys))
