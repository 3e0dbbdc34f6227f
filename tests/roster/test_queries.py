"""Importing: what changes, and that a second time nothing does."""

from sqlalchemy import func, select

from bot.db.base import Database
from bot.db.roster import Guardian, Pupil, SchoolClass
from bot.features.roster import importing
from bot.features.roster.importing import Plan
from bot.features.roster.table import Row, TableError
from tests.conftest import StoppedClock
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
    assert again.is_empty and again.unchanged == 2
    assert await numbers(database) == (before[0] + 1, before[1] + 1, before[2] + 2)


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


async def test_a_guardian_is_added_and_nobody_lost(
    database: Database, school: School, clock: StoppedClock
) -> None:
    grandmother = Row(2, 5, "А", "Лебедева", "Маша", "", (("Лебедева Зоя", "бабушка"),))
    plan = await bring(database, school, clock, grandmother)
    assert len(plan.new_guardians) == 1
    more = tuple((name, "тётя") for name in ("Первая Ия", "Вторая Ия"))
    try:
        await bring(database, school, clock, Row(2, 5, "А", "Лебедева", "Маша", "", more))
    except TableError as error:
        assert [p.key for p in error.problems] == ["roster-cell-guardians"]
    else:
        raise AssertionError("five adults at one pupil")


async def test_only_an_admin_imports(database: Database, school: School, clock: StoppedClock) -> None:
    from bot.errors import NotFoundError

    try:
        await bring(database, school, clock, NEW, who=MASHA_MOTHER)
    except NotFoundError:
        assert (await numbers(database))[0] == 2
    else:
        raise AssertionError("a guardian has imported a roster")


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
