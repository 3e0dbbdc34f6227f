"""1 September: classes move up, leavers leave, teachers go on; once, also when missed; for three years."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select

from bot.config import Settings
from bot.db.audit import AuditEntry
from bot.db.base import Database, active
from bot.db.events import Event, EventClass
from bot.db.outbox import MessageState, OutboxMessage
from bot.db.roster import Pupil, SchoolClass, Teaching
from bot.features.indicators.sources import SOURCES
from bot.features.indicators.sources.evidence import Day
from bot.features.risk import register
from bot.features.roster import importing
from bot.features.roster.table import read_table
from bot.programme.calendar import Calendar
from bot.scheduler.roster import tick
from tests.chat import Telegram
from tests.fixtures import StoppedClock, context_of
from tests.indicators.facts import PROGRAMME, SETTINGS, noon
from tests.indicators.test_sources import held
from tests.queries import count_queries
from tests.risk.people import put_on
from tests.school import BERG, DIRECTOR, STARK, School

ZONE = Settings().school.zone


def september(year: int) -> datetime:
    """Nine in the morning of the first, school time."""
    return datetime.combine(date(year, 9, 1), time(9), ZONE)


async def run(database: Database, clock: StoppedClock, settings: Settings, at: datetime) -> None:
    """The tick, twice: what comes twice changes nothing."""
    clock.set(at)
    for _ in range(2):
        await tick(context_of(database, clock, settings))


async def classes(database: Database, on: date) -> dict[str, str]:
    """Which class each pupil of a day is in."""
    query = (
        select(Pupil.first_name, SchoolClass)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .where(active(Pupil, on))
    )
    async with database.read() as session:
        return {name: school_class.name for name, school_class in await session.execute(query)}


async def taught(database: Database, school: School) -> dict[tuple[int, str], bool]:
    """By teacher and class: whether they lead it."""
    who = {staff: telegram_id for telegram_id, staff in school.staff.items()}
    query = select(Teaching.staff_id, SchoolClass, Teaching.leads).join(
        SchoolClass, SchoolClass.id == Teaching.class_id
    )
    async with database.read() as session:
        return {(who[id_], found.name): leads for id_, found, leads in await session.execute(query)}


async def test_three_years(
    database: Database, clock: StoppedClock, settings: Settings, school: School
) -> None:
    """5А of 2026 is 6А, 7А, 8А; 9Б is 10Б, 11Б and leaves; both keep their teachers."""
    await run(database, clock, settings, september(2026))  # it came on that day: nothing to turn
    assert await classes(database, date(2026, 9, 1)) == {
        "Маша": "5А",
        "Петя": "5А",
        "Ваня": "9Б",
        "Лена": "9Б",
    }
    await run(database, clock, settings, september(2027) - timedelta(hours=10))  # still 31 August
    assert (await classes(database, date(2027, 8, 31)))["Маша"] == "5А"
    await run(database, clock, settings, september(2027))
    assert await classes(database, date(2027, 9, 1)) == {
        "Маша": "6А",
        "Петя": "6А",
        "Ваня": "10Б",
        "Лена": "10Б",
    }
    assert await taught(database, school) == {(BERG, "6А"): True, (BERG, "10Б"): False, (STARK, "10Б"): False}
    await run(database, clock, settings, september(2028))
    assert (await classes(database, date(2028, 9, 1)))["Ваня"] == "11Б"
    await run(database, clock, settings, september(2029))
    assert await classes(database, date(2029, 8, 31)) == {
        "Маша": "8А",
        "Петя": "8А",
        "Ваня": "11Б",
        "Лена": "11Б",
    }
    assert await classes(database, date(2029, 9, 1)) == {"Маша": "8А", "Петя": "8А"}
    assert await taught(database, school) == {(BERG, "8А"): True}
    async with database.read() as session:
        entries = select(AuditEntry).where(AuditEntry.action == "year.turned").order_by(AuditEntry.id)
        turned = (await session.scalars(entries)).all()
    assert [entry.subject for entry in turned] == ["year:2027", "year:2028", "year:2029"]
    assert turned[-1].details["moved"] == {"7А": ["8А", 2]} and len(turned[-1].details["left"]) == 2


async def test_a_bot_that_was_off_makes_up_for_two_years_and_tells_of_each_once(
    database: Database, clock: StoppedClock, settings: Settings, school: School, telegram: Telegram
) -> None:
    await run(database, clock, settings, september(2026))
    await run(database, clock, settings, september(2028) + timedelta(days=40))
    assert (await classes(database, date(2028, 10, 11)))["Маша"] == "7А"
    await telegram.deliver()
    director = telegram.chat(DIRECTOR)
    seen = [message.text for message in director.messages if "учебным годом" in message.text]
    assert len(seen) == 2 and "Классы перешли: 4 ученика" in seen[0]
    await director.presses("Классы")
    assert "7А" in director.last.text


async def test_leavers_families_are_told_the_next_morning_and_can_be_called_back(
    database: Database, clock: StoppedClock, settings: Settings, school: School, telegram: Telegram
) -> None:
    for year in (2026, 2027, 2028, 2029):
        await run(database, clock, settings, september(year))
    async with database.read() as session:
        query = select(OutboxMessage).where(OutboxMessage.kind == "child-left")
        (farewell,) = (await session.scalars(query)).all()
    assert farewell.state == MessageState.WAITING and farewell.arguments["child"] == "Ваня"
    assert farewell.not_before == datetime.combine(date(2029, 9, 2), time(8), ZONE)


async def test_whoever_was_placed_in_the_summer_stays(
    database: Database, clock: StoppedClock, settings: Settings, school: School
) -> None:
    """The list of the new year was loaded in August: Петя is in 6А already, Игорь came into the first."""
    await run(database, clock, settings, september(2026))
    august = datetime(2027, 8, 25, 6, tzinfo=ZONE)
    table = "класс;фамилия;имя\n6А;Сомов;Петя\n1А;Новиков;Игорь\n"
    rows = read_table(table.encode(), "list.csv")
    async with database.write() as session:
        await importing.apply(session, None, august, august.date(), rows)
        await session.commit()
    await run(database, clock, settings, september(2027))
    found = await classes(database, date(2027, 9, 1))
    assert (found["Петя"], found["Игорь"], found["Маша"]) == ("6А", "1А", "6А")
    await run(database, clock, settings, september(2028))
    found = await classes(database, date(2028, 9, 1))
    assert (found["Петя"], found["Игорь"], found["Маша"]) == ("7А", "2А", "7А")


async def test_history_stays_and_the_register_asks_for_a_review(
    database: Database, clock: StoppedClock, settings: Settings, school: School, telegram: Telegram
) -> None:
    await run(database, clock, settings, september(2026))
    clock.set(noon(date(2027, 8, 20)))
    await put_on(telegram, school)
    async with database.write() as session:
        session.add(held(school, clock.now()))
        event = (await session.scalars(select(Event))).one()
        event.starts_at = event.ends_at = noon(date(2027, 3, 1))
        session.add(EventClass(event_id=event.id, class_id=school.classes["5А"]))
        await session.commit()

    async def then() -> list[object]:
        async with database.read() as session:
            day = Day(date(2027, 8, 31), SETTINGS, PROGRAMME)
            return [await source.evidence(session, day) for source in SOURCES.values()]

    before = await then()
    await run(database, clock, settings, september(2027))
    assert await then() == before
    async with database.read() as session:
        actor = await School.actor(session, BERG, clock.now())
        assert await register.waiting(session, actor, date(2027, 8, 31), Calendar()) == 1  # no route yet
        overview = await register.overview(session, actor, date(2027, 9, 1), Calendar())
    assert [row.due.review for row in overview.rows] == [True]


async def test_a_primary_teacher_stays_behind(
    database: Database, clock: StoppedClock, settings: Settings, school: School, telegram: Telegram
) -> None:
    async with database.write() as session:
        fourth = await session.get_one(SchoolClass, school.classes["5А"])
        fourth.grade = 4
        await session.commit()
    await run(database, clock, settings, september(2026))
    director = telegram.chat(DIRECTOR)
    await director.says("/roster")
    await director.presses("Новый учебный год")
    seen = director.last.text
    assert "1 сентября 2027 года" in seen and "4А → 5А: 2 ученика" in seen and "9Б → 10Б: 2 ученика" in seen
    assert "Без классного руководителя: 5А, 10Б" in seen
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(AuditEntry)) == 0  # dry
    await run(database, clock, settings, september(2027))
    assert await taught(database, school) == {(BERG, "10Б"): False, (STARK, "10Б"): False}
    await telegram.deliver()
    assert "Без классного руководителя: 5А, 10Б" in director.last.text
    # The class is given to somebody in two presses.
    await director.presses("Сотрудники")
    await director.presses("Берг")
    await director.presses("Классы")
    assert "★" not in str(director.last.buttons) and "✓ 10Б" in director.last.buttons
    await director.presses("5А")
    await director.presses("5А")
    assert "★ 5А" in director.last.buttons
    await director.presses("✓ 10Б")
    await director.presses("★ 10Б")
    assert await taught(database, school) == {(BERG, "5А"): True, (STARK, "10Б"): False}


async def test_a_school_without_the_upper_level_ends_with_the_ninth(
    database: Database, clock: StoppedClock, settings: Settings, school: School
) -> None:
    basic = settings.model_copy(
        update={"school": settings.school.model_copy(update={"levels": ("noo", "ooo")})}
    )
    await run(database, clock, basic, september(2026))
    await run(database, clock, basic, september(2027))
    assert await classes(database, date(2027, 9, 1)) == {"Маша": "6А", "Петя": "6А"}


async def test_as_many_queries_for_many_pupils(
    database: Database, clock: StoppedClock, settings: Settings, school: School
) -> None:
    await run(database, clock, settings, september(2026))
    counts = []
    for year in (2027, 2028):
        clock.set(september(year))
        with count_queries(database) as queries:
            await tick(context_of(database, clock, settings))
        counts.append(queries.count)
        async with database.write() as session:
            school_class = await session.scalar(select(SchoolClass.id).where(SchoolClass.grade == 6))
            session.add_all(
                Pupil(
                    class_id=school_class,
                    surname=f"Ф{n}",
                    first_name="И",
                    patronymic="",
                    active_from=date(2027, 9, 1),
                )
                for n in range(60)
            )
            await session.commit()
    assert counts[0] == counts[1]
