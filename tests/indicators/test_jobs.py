"""The weekly nudge: who is asked for notes, when, and never too often."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hurry
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.engine import URL

from bot.config import Settings
from bot.db.accounts import Person, Staff
from bot.db.base import Database
from bot.db.notes import Note, NoteKind, NoteReceipt
from bot.db.outbox import OutboxMessage
from bot.db.roster import Guardian, Pupil, Teaching
from bot.features.indicators import nudging
from bot.programme.calendar import Calendar
from bot.programme.load import load
from bot.scheduler.indicators import tick
from tests.chat import Telegram
from tests.databases import Kept
from tests.fixtures import StoppedClock, context_of
from tests.indicators.facts import add_note, add_reading
from tests.queries import count_queries
from tests.school import BERG, MASHA_MOTHER, SINCE, STARK, VANYA_MOTHER, School

PROGRAMME = load()
ZONE = Settings().school.zone
# The clock's day is a Wednesday.
WEDNESDAY = date(2026, 10, 14)


def local(day: date, hour: int = 14, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


async def run(
    database: Database, clock: StoppedClock, settings: Settings, at: datetime, **nudges: Any
) -> None:
    """The tick at a moment."""
    clock.set(at)
    settings = settings.model_copy(update={"nudges": settings.nudges.model_copy(update=nudges)})
    await tick(context_of(database, clock, settings))


async def nudged(database: Database) -> dict[int, list[OutboxMessage]]:
    """The nudges so far by person."""
    found: dict[int, list[OutboxMessage]] = {}
    async with database.read() as session:
        query = select(OutboxMessage).where(OutboxMessage.kind == nudging.KIND).order_by(OutboxMessage.id)
        for row in await session.scalars(query):
            found.setdefault(row.person_id, []).append(row)
    return found


async def heard(database: Database, school: School, child: str, place: str, at: datetime) -> None:
    """Somebody's note about a child reached a guardian."""
    async with database.write() as session:
        note = Note(
            staff_id=school.staff[BERG],
            kind=NoteKind.SUCCESS,
            text="Молодец",
            created_at=at,
            goes_at=at,
            first_delivered_at=at,
        )
        session.add(note)
        await session.flush()
        session.add(
            NoteReceipt(
                note_id=note.id,
                pupil_id=school.pupils[child],
                guardian_id=school.guardians[place],
                delivered_at=at,
            )
        )
        await session.commit()


class TestWho:
    async def test_those_who_are_short_while_it_is_behind(
        self, database: Database, clock: StoppedClock, settings: Settings, school: School
    ) -> None:
        now = local(WEDNESDAY)
        async with database.write() as session:
            for _ in range(2):
                add_note(session, school.staff[BERG], now, now)
            await session.commit()
        await run(database, clock, settings, now)
        found = await nudged(database)
        assert set(found) == {school.people[STARK]}  # 1 of 2 is 50 %, 75 % is wanted

    async def test_nobody_where_a_reading_says_that_the_target_is_met(
        self, database: Database, clock: StoppedClock, settings: Settings, school: School
    ) -> None:
        """It is judged as /status does: a recorded value overrides."""
        async with database.write() as session:
            add_reading(session, "teacher_feedback", WEDNESDAY, 80)
            await session.commit()
        await run(database, clock, settings, local(WEDNESDAY))
        assert not await nudged(database)

    async def test_nobody_when_it_is_switched_off(
        self, database: Database, clock: StoppedClock, settings: Settings, school: School
    ) -> None:
        await run(database, clock, settings, local(WEDNESDAY), teacher_feedback=False)
        assert not await nudged(database)

    async def test_not_who_has_no_account_no_class_or_has_left(
        self, database: Database, clock: StoppedClock, settings: Settings, school: School
    ) -> None:
        async with database.write() as session:
            await session.execute(delete(Teaching).where(Teaching.staff_id == school.staff[BERG]))
            await session.execute(
                update(Staff).where(Staff.id == school.staff[STARK]).values(active_to=WEDNESDAY)
            )
            session.add(Staff(name="Без бота", position="", teaching=True, active_from=SINCE))
            await session.commit()
        await run(database, clock, settings, local(WEDNESDAY + timedelta(days=1)))
        assert not await nudged(database)


class TestWhatItSays:
    async def test_names_those_who_have_waited_longest(
        self, database: Database, clock: StoppedClock, telegram: Telegram, settings: Settings, school: School
    ) -> None:
        now = local(WEDNESDAY)
        await heard(database, school, "Маша", "Маша/мать", now - timedelta(days=40))
        await heard(database, school, "Ваня", "Ваня/мать", now - timedelta(days=2))
        await run(database, clock, settings, now)
        await telegram.deliver()
        teacher = telegram.chat(BERG)
        seen = teacher.last.text.splitlines()
        assert "За последние 30 дней родители получили от вас 1 сообщение" in teacher.last.text
        # Lena has no guardian: a note about her would reach nobody.
        assert [line for line in seen if line.startswith("•")] == [
            "• Петя, 5А: ещё ни разу",
            "• Маша, 5А: 40 дней",
            "• Ваня, 9Б: 2 дня",
        ]
        assert "Хватит одного сообщения" in teacher.last.text
        assert teacher.last.protected and not any(name in teacher.last.text for name in ("Лебедева", "Сомов"))
        await teacher.presses("Написать родителям")
        assert "О ком напишем?" in teacher.last.text
        # Who teaches 9Б only is told of 9Б only.
        assert "Ваня, 9Б" in telegram.chat(STARK).last.text and "Маша" not in telegram.chat(STARK).last.text
        assert "не получили от вас ни одного сообщения" in telegram.chat(STARK).last.text

    async def test_five_at_the_most_and_none_whom_nobody_would_read_about(
        self, database: Database, clock: StoppedClock, telegram: Telegram, settings: Settings, school: School
    ) -> None:
        async with database.write() as session:
            for n in range(8):
                pupil = Pupil(
                    surname="Яшин",
                    first_name=f"Ученик{n}",
                    patronymic="",
                    class_id=school.classes["9Б"],
                    active_from=SINCE,
                )
                session.add(pupil)
                await session.flush()
                session.add(
                    Guardian(
                        pupil_id=pupil.id,
                        name="",
                        relation="мать",
                        person_id=school.people[MASHA_MOTHER],
                        active_from=SINCE,
                    )
                )
            await session.execute(
                update(Person)
                .where(Person.telegram_id == VANYA_MOTHER)
                .values(unreachable_since=local(WEDNESDAY))
            )
            await session.commit()
        await run(database, clock, settings, local(WEDNESDAY))
        await telegram.deliver()
        lines = [line for line in telegram.chat(STARK).last.text.splitlines() if line.startswith("•")]
        assert lines == [f"• Ученик{n}, 9Б: ещё ни разу" for n in range(5)]

    async def test_where_no_parent_has_come_the_class_list_is_offered(
        self, database: Database, clock: StoppedClock, telegram: Telegram, settings: Settings, school: School
    ) -> None:
        async with database.write() as session:
            await session.execute(update(Guardian).values(person_id=None))
            await session.commit()
        await run(database, clock, settings, local(WEDNESDAY))
        await telegram.deliver()
        teacher = telegram.chat(STARK)
        assert "пока не подключились к боту" in teacher.last.text
        await teacher.presses("Мой класс")

    async def test_in_english(
        self, database: Database, clock: StoppedClock, telegram: Telegram, settings: Settings, school: School
    ) -> None:
        async with database.write() as session:
            await session.execute(update(Person).values(language="en"))
            await session.commit()
        await run(database, clock, settings, local(WEDNESDAY))
        await telegram.deliver()
        assert "no note from you in the last 30 days" in telegram.chat(STARK).last.text
        assert "2 notes are enough" in telegram.chat(STARK).last.text


class TestWhen:
    @pytest.mark.parametrize(
        ("at", "comes"),
        [
            (local(WEDNESDAY, 13, 59), False),
            (local(WEDNESDAY, 14), True),
            (local(WEDNESDAY, 20), False),  # the school's quiet hours
            (local(WEDNESDAY - timedelta(days=1), 15), False),
            (local(WEDNESDAY + timedelta(days=2), 15), True),  # missed, caught up on Friday
            (local(WEDNESDAY + timedelta(days=3), 15), False),  # Saturday
            (local(WEDNESDAY + timedelta(days=5), 15), False),  # Monday: next week's turn is on Wednesday
            (local(date(2026, 10, 28), 15), False),  # vacation
            (local(date(2026, 11, 4), 15), False),  # a public holiday
            (local(date(2026, 11, 5), 15), True),
        ],
    )
    async def test_from_its_hour_on_working_days(
        self,
        database: Database,
        clock: StoppedClock,
        settings: Settings,
        school: School,
        at: datetime,
        comes: bool,
    ) -> None:
        await run(database, clock, settings, at)
        assert bool(await nudged(database)) == comes

    async def test_somebodys_own_quiet_hours_never_push_it_to_a_day_off(
        self, database: Database, clock: StoppedClock, settings: Settings, school: School
    ) -> None:
        async with database.write() as session:
            own = {"quiet_from": time(13), "quiet_to": time(7)}
            await session.execute(update(Person).where(Person.telegram_id == STARK).values(own))
            await session.commit()
        friday = WEDNESDAY + timedelta(days=2)
        await run(database, clock, settings, local(friday, 15))
        assert set(await nudged(database)) == {school.people[BERG]}
        await run(database, clock, settings, local(WEDNESDAY + timedelta(days=7)))
        (stark,) = (await nudged(database))[school.people[STARK]]
        assert stark.not_before == local(WEDNESDAY + timedelta(days=8), 7)

    async def test_a_constant_number_of_queries(
        self, database: Database, clock: StoppedClock, settings: Settings, school: School
    ) -> None:
        counts = []
        for number, day in ((0, WEDNESDAY), (30, WEDNESDAY + timedelta(days=7))):
            async with database.write() as session:
                for n in range(number):
                    person = Person(telegram_id=5000 + n, language="ru", created_at=clock.now())
                    session.add(person)
                    await session.flush()
                    staff = Staff(
                        name=f"Учитель {n}",
                        position="",
                        teaching=True,
                        person_id=person.id,
                        active_from=SINCE,
                    )
                    session.add(staff)
                    await session.flush()
                    session.add(Teaching(staff_id=staff.id, class_id=school.classes["9Б"]))
                await session.commit()
            with count_queries(database) as queries:
                await run(database, clock, settings, local(day))
            counts.append(queries.count)
        assert len(await nudged(database)) == 32
        assert counts[0] == counts[1]


@hurry(max_examples=5)
@given(
    days=st.lists(st.tuples(st.booleans() | st.just(True), st.integers(10, 21)), min_size=330, max_size=365),
    outages=st.lists(st.tuples(st.integers(0, 360), st.integers(1, 12)), max_size=12),
)
async def test_a_year_whatever_happens(
    empty_database: URL, kept_database: Kept, days: list[tuple[bool, int]], outages: list[tuple[int, int]]
) -> None:
    """The bot is off at random: gaps of 7 days at least, none on days off, all caught up."""
    vacations = [["2026-10-26", "2026-11-03"], ["2026-12-28", "2027-01-11"], ["2027-06-01", "2027-08-31"]]
    settings = Settings.model_validate({"school": {"vacations": vacations}})
    calendar = Calendar(vacations=settings.school.vacations)
    off = {start + n for start, length in outages for n in range(length)}
    expected: list[datetime] = []
    async with kept_database.fresh(empty_database) as database:
        async with database.write() as session:
            school = await School.found(session, local(SINCE))
            for n, (up, hour) in enumerate(days):
                day = SINCE + timedelta(days=n)
                if not up or n in off:
                    continue
                now = local(day, hour, n % 60)
                await nudging.nudge(session, PROGRAMME, calendar, settings, now)
                # From Wednesday on; a Saturday that the state made a working day is one.
                worked = day.weekday() >= 2 and not calendar.is_day_off(day, vacations=True)
                if worked and 14 <= hour < 20 and (not expected or now - expected[-1] >= timedelta(days=7)):
                    expected.append(now)
            await session.commit()
        found = await nudged(database)
    for who in (BERG, STARK):
        moments = [row.not_before for row in found.get(school.people[who], [])]
        assert moments == expected
        assert all(later - earlier >= timedelta(days=7) for earlier, later in pairwise(moments))
        assert not any(calendar.is_day_off(at.astimezone(ZONE).date(), True) for at in moments)
