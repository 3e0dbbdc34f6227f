"""What events ask the database: as much for ten guardians as for a thousand."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from bot.config import Settings
from bot.db.accounts import Person
from bot.db.base import Database
from bot.db.events import EventGuest
from bot.db.outbox import OutboxMessage
from bot.db.roster import Guardian, Pupil
from bot.features import events
from bot.features.events import announcing, attendance, planning, reminding
from tests.databases import only_sqlite
from tests.fixtures import StoppedClock
from tests.queries import count_queries
from tests.school import DIRECTOR, MASHA_MOTHER, SINCE, School


async def more(
    database: Database, school: School, clock: StoppedClock, number: int, first: int = 5001
) -> None:
    """So many pupils more in 5А, each with a guardian who has come."""
    async with database.write() as session:
        people = [Person(telegram_id=first + n, language="ru", created_at=clock.now()) for n in range(number)]
        pupils = [
            Pupil(
                surname=f"Род{first + n}",
                first_name="Аня",
                patronymic="",
                class_id=school.classes["5А"],
                active_from=SINCE,
            )
            for n in range(number)
        ]
        session.add_all([*people, *pupils])
        await session.flush()
        session.add_all(
            Guardian(pupil_id=pupil.id, name="", relation="мать", person_id=person.id, active_from=SINCE)
            for pupil, person in zip(pupils, people, strict=True)
        )
        await session.commit()


async def an_event(
    database: Database, settings: Settings, school: School, clock: StoppedClock, *, publish: bool = True
) -> tuple[int, int]:
    """An event for 5А next week: its id, and the queries that announcing it took."""
    now = clock.now()
    async with database.write() as session:
        director = await School.actor(session, DIRECTOR, now)
        starts = now + timedelta(days=6)
        event_id = await planning.create(
            session,
            director,
            now,
            title="Собрание",
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            place="Зал",
        )
        await planning.set_class(session, director, now, event_id, school.classes["5А"], on=True)
        await session.flush()
        with count_queries(database) as queries:
            if publish:
                await announcing.publish(session, director, now, now.date(), settings, event_id)
        await session.commit()
    return event_id, queries.count


async def test_a_thousand_are_invited_by_as_many_queries_as_two(
    database: Database, settings: Settings, school: School, clock: StoppedClock
) -> None:
    _, few = await an_event(database, settings, school, clock)
    await more(database, school, clock, 1000)
    event_id, many = await an_event(database, settings, school, clock)
    assert many <= few + 1  # a long INSERT may be cut in two
    async with database.read() as session:
        invited = select(func.count()).where(
            EventGuest.event_id == event_id, EventGuest.outbox_id.is_not(None)
        )
        assert await session.scalar(invited) == 1002


async def all_sign_up(database: Database, event_id: int, people: int = 2) -> None:
    async with database.write() as session:
        for guest in await session.scalars(select(EventGuest).where(EventGuest.event_id == event_id)):
            guest.people = people
        await session.commit()


async def costs(
    database: Database, settings: Settings, school: School, clock: StoppedClock, event_id: int
) -> dict[str, int]:
    """The queries of every screen and of what tells everybody; nothing is kept."""
    now, found = clock.now(), {}
    today = now.date()
    over = now + timedelta(days=6, minutes=10)
    async with database.write() as session:
        director = await School.actor(session, DIRECTOR, now)
        mother = await School.actor(session, MASHA_MOTHER, now)

        async def measure(name: str, work: object) -> None:
            with count_queries(database) as queries:
                await work  # type: ignore[misc]
                await session.flush()
            found[name] = queries.count

        await measure("coming", events.coming_for(session, mother, now, today))
        await measure("unanswered", events.unanswered(session, mother, now, today))
        await measure("overview", planning.overview(session, director, now))
        await measure("remind", reminding.remind(session, now + timedelta(days=5, hours=20), settings))
        await measure("board", attendance.board(session, director, over, today, event_id))
        await measure(
            "signed", attendance.people(session, director, over, today, event_id, attendance.SIGNED)
        )
        await measure(
            "class", attendance.people(session, director, over, today, event_id, school.classes["5А"])
        )
        move = announcing.move(
            session,
            director,
            now,
            today,
            settings,
            event_id,
            sequence=0,
            starts_at=now + timedelta(days=7),
            ends_at=now + timedelta(days=7, hours=1),
            place="Зал",
        )
        await measure("move", move)
        await measure(
            "all came", attendance.mark_signed(session, director, now + timedelta(days=8), today, event_id)
        )
        await measure("cancel", announcing.cancel(session, director, now, today, settings, event_id, "Мороз"))
        await session.rollback()
    return found


async def test_every_screen_asks_as_much_for_many_as_for_few(
    database: Database, settings: Settings, school: School, clock: StoppedClock
) -> None:
    event_id, _ = await an_event(database, settings, school, clock)
    await all_sign_up(database, event_id)
    few = await costs(database, settings, school, clock, event_id)
    async with database.write() as session:  # it goes, so that the other is the only one
        await session.execute(text("UPDATE events SET state = 'cancelled'"))
        await session.commit()
    await more(database, school, clock, 60)
    event_id, _ = await an_event(database, settings, school, clock)
    await all_sign_up(database, event_id)
    assert await costs(database, settings, school, clock, event_id) == few


@only_sqlite
@pytest.mark.parametrize(
    ("query", "index"),
    [
        # 3.5, 4.3, 4.5: events held this year.
        ("SELECT id FROM events WHERE state = 'held' AND starts_at >= '2026-01-01'", "ix_events_state"),
        # 1.3: staff who ran one.
        (
            "SELECT DISTINCT organiser_id FROM events WHERE state = 'held' AND starts_at > '2026'",
            "ix_events_state",
        ),
        # 3.1: guardians' places that came.
        ("SELECT 1 FROM event_attendance WHERE guardian_id = 1", "uq_event_attendance_guardian_id_event_id"),
        ("SELECT 1 FROM event_guests WHERE person_id = 1", "ix_event_guests_person_id"),
        ("SELECT 1 FROM event_classes WHERE class_id = 1", "ix_event_classes_class_id"),
    ],
)
async def test_what_is_counted_is_indexed(database: Database, query: str, index: str) -> None:
    async with database.read() as session:
        plan = (await session.execute(text(f"EXPLAIN QUERY PLAN {query}"))).all()
    # SQLite makes an index of its own for a unique constraint.
    assert any(
        index in row.detail or ("sqlite_autoindex" in row.detail and index.startswith("uq")) for row in plan
    ), plan


async def test_an_invitation_on_account_of_one_place_names_it(
    database: Database, settings: Settings, school: School, clock: StoppedClock
) -> None:
    """So it is withdrawn with the access to the child."""
    await an_event(database, settings, school, clock)
    async with database.read() as session:
        places = (await session.scalars(select(OutboxMessage.guardian_id).order_by(OutboxMessage.id))).all()
    assert places == [school.guardians["Маша/мать"], school.guardians["Петя/мать"]]
