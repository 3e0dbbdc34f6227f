"""Importing: what changes, and that a second time nothing does."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.engine import URL

from bot.db.base import Database
from bot.db.roster import Guardian, Pupil, SchoolClass
from bot.errors import NotFoundError
from bot.features import roster
from bot.features.roster import importing
from bot.features.roster.importing import Plan
from bot.features.roster.reading import TableError
from bot.features.roster.table import Row, identity
from tests.databases import Kept
from tests.fixtures import StoppedClock
from tests.queries import count_queries
from tests.school import DIRECTOR, MASHA_MOTHER, School

MASHA = Row(2, 5, "А", "Лебедева", "Маша", "", (("Лебедева Ирина Олеговна", "мать"),))
NEW = Row(3, 6, "В", "Дятлов", "Ян", "", (("Дятлова Вера", "мать"), ("Дятлов Пётр", "отец")))


async def bring(
    database: Database, school: School, clock: StoppedClock, *rows: Row, who: int = DIRECTOR
) -> Plan:
    async with database.write() as session:
        actor = await school.actor(session, who, clock.now())
        plan = await importing.apply(session, actor, clock.now(), clock.now().date(), rows)
        await session.commit()
    return plan


async def numbers(database: Database) -> tuple[int, int, int]:
    async with database.read() as session:
        counts = [
            await session.scalar(select(func.count()).select_from(t)) for t in (SchoolClass, Pupil, Guardian)
        ]
    return counts[0] or 0, counts[1] or 0, counts[2] or 0


async def test_a_new_class_and_the_second_time_nothing(
    database: Database, school: School, clock: StoppedClock
) -> None:
    before = await numbers(database)
    plan = await bring(database, school, clock, MASHA, NEW)
    assert (plan.new_classes, plan.unchanged, len(plan.new_guardians)) == (["6В"], 1, 2)
    assert await numbers(database) == (before[0] + 1, before[1] + 1, before[2] + 2)
    again = await bring(database, school, clock, MASHA, NEW)
    assert again.is_empty and again.unchanged == 2  # and the school keeps the father of Masha's that it has
    assert await numbers(database) == (before[0] + 1, before[1] + 1, before[2] + 2)


async def test_without_a_patronymic_it_is_the_same_pupil(
    database: Database, school: School, clock: StoppedClock
) -> None:
    """The school's list has one and the file has none, or the other way round: then it is written down."""
    before = await numbers(database)
    full = replace(MASHA, patronymic="Игоревна")
    plan = await bring(database, school, clock, full)
    assert (plan.new_pupils, plan.completed) == ([], [(school.pupils["Маша"], "Игоревна")])
    assert (await bring(database, school, clock, MASHA)).is_empty
    assert (await bring(database, school, clock, full)).is_empty
    assert await numbers(database) == before
    # Another patronymic is another girl.
    assert len((await bring(database, school, clock, replace(MASHA, patronymic="Олеговна"))).new_pupils) == 1


async def test_without_a_patronymic_two_namesakes_of_the_class_are_told_apart_by_nobody(
    database: Database, school: School, clock: StoppedClock
) -> None:
    for patronymic in ("Игоревна", "Олеговна"):
        await bring(database, school, clock, replace(MASHA, first_name="Ия", patronymic=patronymic))
    plan = await bring(database, school, clock, replace(MASHA, first_name="Ия"))
    assert len(plan.new_pupils) == 1


async def test_without_a_patronymic_a_pupil_still_moves(
    database: Database, school: School, clock: StoppedClock
) -> None:
    await bring(database, school, clock, replace(NEW, patronymic="Петрович"))
    plan = await bring(database, school, clock, replace(NEW, grade=7))
    assert [before for _, _, before in plan.moved] == ["6В"] and not plan.new_pupils


async def test_who_is_not_in_the_file_is_named_and_stays(
    database: Database, school: School, clock: StoppedClock
) -> None:
    plan = await bring(database, school, clock, MASHA)
    assert plan.absent == ["5А Сомов Петя"]  # 9Б is not in the file at all


async def test_a_pupil_who_moved_keeps_everything(
    database: Database, school: School, clock: StoppedClock
) -> None:
    moved = Row(2, 9, "Б", "Лебедева", "Маша", "", ())
    plan = await bring(database, school, clock, moved)
    assert [(id_, before) for id_, _, before in plan.moved] == [(school.pupils["Маша"], "5А")]
    async with database.read() as session:
        pupil = await session.get_one(Pupil, school.pupils["Маша"])
    assert pupil.class_id == school.classes["9Б"]


async def test_namesakes_in_two_classes_are_two_pupils(
    database: Database, school: School, clock: StoppedClock
) -> None:
    plan = await bring(database, school, clock, MASHA, Row(3, 9, "Б", "Лебедева", "Маша", "", ()))
    assert not plan.moved and len(plan.new_pupils) == 1


async def test_of_two_namesakes_who_come_neither_has_moved(
    database: Database, school: School, clock: StoppedClock
) -> None:
    """Else a mother might get the notes about somebody else's child."""
    rows = [Row(n, 6, letter, "Лебедева", "Маша", "", ()) for n, letter in ((2, "А"), (3, "Б"))]
    plan = await bring(database, school, clock, *rows)
    assert not plan.moved and len(plan.new_pupils) == 2


async def test_a_guardian_is_added_and_nobody_lost(
    database: Database, school: School, clock: StoppedClock
) -> None:
    grandmother = Row(2, 5, "А", "Лебедева", "Маша", "", (("Лебедева Зоя", "бабушка"),))
    plan = await bring(database, school, clock, grandmother)
    assert len(plan.new_guardians) == 1 and plan.unchanged == 0
    more = tuple((name, "тётя") for name in ("Первая Ия", "Вторая Ия"))
    with pytest.raises(TableError) as caught:
        await bring(database, school, clock, NEW, Row(7, 5, "А", "Лебедева", "Маша", "", more))
    assert [(p.key, p.row) for p in caught.value.problems] == [("roster-row-guardians", 7)]


async def test_places_without_a_name_count(database: Database, school: School, clock: StoppedClock) -> None:
    async with database.write() as session:
        actor = await school.actor(session, DIRECTOR, clock.now())
        for _ in range(3):
            pupil = school.pupils["Лена"]
            await roster.add_guardian(session, actor, clock.now(), clock.now().date(), pupil, "тётя")
        await session.commit()
    two = (("Рыбина Ия", "мать"), ("Рыбин Лев", "отец"))
    with pytest.raises(TableError):
        await bring(database, school, clock, Row(2, 9, "Б", "Рыбина", "Лена", "", two))


async def test_only_an_admin_imports(database: Database, school: School, clock: StoppedClock) -> None:
    with pytest.raises(NotFoundError):
        await bring(database, school, clock, NEW, who=MASHA_MOTHER)
    assert (await numbers(database))[0] == 2


async def test_a_plan_costs_the_same_however_long_the_file(
    database: Database, school: School, clock: StoppedClock
) -> None:
    counts = []
    for many in (1, 50):
        rows = [Row(n, 7, "Г", "Лесной", "Имя" * n, "", ()) for n in range(1, many + 1)]
        async with database.read() as session:
            with count_queries(database) as queries:
                await importing.plan(session, clock.now().date(), rows)
        counts.append(queries.count)
    assert counts[0] == counts[1] <= 4


async def test_screens_cost_the_same_however_many_pupils(
    database: Database, school: School, clock: StoppedClock
) -> None:
    costs = []
    today = clock.now().date()
    for _ in range(2):
        async with database.read() as session:
            actor = await school.actor(session, DIRECTOR, clock.now())
            with count_queries(database) as queries:
                await roster.counts(session, actor, today)
                await roster.class_list(session, actor, school.classes["9Б"], today)
        costs.append(queries.count)
        rows = [Row(n, 9, "Б", "Лесной", "И" * n, "", (("Лесная Ия", "мать"),)) for n in range(1, 60)]
        await bring(database, school, clock, *rows)
    assert costs[0] == costs[1] <= 3


files = st.lists(
    st.builds(
        Row,
        number=st.just(2),
        grade=st.integers(1, 2),
        letter=st.sampled_from("АБ"),
        surname=st.sampled_from(["Котов", "Ёлкин", "ЕЛКИН"]),
        first_name=st.sampled_from(["Ян", "Лев"]),
        patronymic=st.sampled_from(["", "Ильич"]),
        guardians=st.lists(
            st.sampled_from([("Ель Ия", "мать"), ("Дуб Лев", "отец")]), max_size=2, unique=True
        ).map(tuple),
    ),
    min_size=1,
    max_size=8,
    unique_by=identity,
)


@settings(max_examples=25)
@given(first=files, second=files)
async def test_any_file_twice_changes_nothing_and_no_file_loses_anybody(
    empty_database: URL, kept_database: Kept, first: list[Row], second: list[Row]
) -> None:
    today = date(2026, 10, 14)
    moment = datetime(2026, 10, 14, 6, tzinfo=UTC)
    async with kept_database.fresh(empty_database) as database:
        before: set[int] = set()
        for rows in (first, second):
            async with database.write() as session:
                looked = await importing.plan(session, today, rows)
                assert await importing.apply(session, None, moment, today, rows) == looked
                assert (await importing.plan(session, today, rows)).is_empty
                ids = set(await session.scalars(select(Pupil.id)))
                await session.commit()
            assert before <= ids and len(ids) == len(before) + len(looked.new_pupils)
            before = ids
