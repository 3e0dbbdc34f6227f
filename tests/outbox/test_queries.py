"""Messages put into the outbox: when they go out, and how their person wants them."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.config import Settings
from bot.db import outbox as db
from bot.db.accounts import Manner, Person, Preference, Topic
from bot.db.base import Database
from bot.db.outbox import MessageState, OutboxMessage
from bot.features.outbox import Message, Posted, gather_digests, post
from tests.fixtures import StoppedClock
from tests.queries import count_queries
from tests.school import MASHA_MOTHER, PETYA_MOTHER, School

OMSK = ZoneInfo("Asia/Omsk")
DAY = datetime(2026, 10, 14, 12, tzinfo=OMSK)
NIGHT = datetime(2026, 10, 14, 22, tzinfo=OMSK)
MORNING = datetime(2026, 10, 15, 8, tzinfo=OMSK)
EVENING = datetime(2026, 10, 14, 18, tzinfo=OMSK)


async def posted(
    database: Database, settings: Settings, school: School, now: datetime, **options: object
) -> Posted:
    person = school.people[MASHA_MOTHER]
    message = Message(person, "note", {}, "key", **options)  # type: ignore[arg-type]
    async with database.write() as session:
        (done,) = await post(session, settings, now, [message])
        await session.commit()
    return done


async def choose(database: Database, school: School, manner: Manner) -> None:
    async with database.write() as session:
        session.add(Preference(person_id=school.people[MASHA_MOTHER], topic=Topic.NOTES, manner=manner))
        await session.commit()


@pytest.mark.parametrize(("now", "goes_at"), [(DAY, DAY), (NIGHT, MORNING)])
async def test_quiet_hours_of_the_school_hold_it(
    database: Database, settings: Settings, school: School, now: datetime, goes_at: datetime
) -> None:
    assert (await posted(database, settings, school, now)).goes_at == goes_at


async def test_a_persons_own_quiet_hours_hold_instead(
    database: Database, settings: Settings, school: School
) -> None:
    async with database.write() as session:
        own = {"quiet_from": time(11), "quiet_to": time(13)}
        await session.execute(update(Person).where(Person.telegram_id == MASHA_MOTHER).values(own))
        await session.commit()
    assert (await posted(database, settings, school, DAY)).goes_at == DAY.replace(hour=13)


async def test_an_urgent_one_passes_everything_by(
    database: Database, settings: Settings, school: School
) -> None:
    await choose(database, school, Manner.OFF)
    done = await posted(database, settings, school, NIGHT, topic=Topic.NOTES, urgent=True)
    assert done.goes_at == NIGHT and not done.off


async def test_who_wants_none_gets_none(database: Database, settings: Settings, school: School) -> None:
    await choose(database, school, Manner.OFF)
    assert await posted(database, settings, school, DAY, topic=Topic.NOTES) == Posted(off=True)
    other = await posted(database, settings, school, DAY, topic=Topic.EVENTS)
    assert other.goes_at == DAY


async def test_a_digest_tells_of_all_in_the_evening(
    database: Database, settings: Settings, school: School, clock: StoppedClock
) -> None:
    await choose(database, school, Manner.DIGEST)
    done = await posted(database, settings, school, DAY, topic=Topic.NOTES)
    assert done.goes_at == EVENING
    async with database.write() as session:
        await gather_digests(session, DAY)
        assert not (await session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "digest"))).all()
        for _ in range(2):  # a second tick finds nothing left
            await gather_digests(session, EVENING)
        (digest,) = (await session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "digest"))).all()
        assert digest.arguments == {"items": [{"kind": "note", "arguments": {}}]}
        assert [row.id for row in await db.told_in(session, digest.id)] == [done.id]
        (due,) = await db.due(session, EVENING, (), 10)
        assert due.kind == "digest"


async def test_the_same_message_is_not_there_twice(
    database: Database, settings: Settings, school: School
) -> None:
    first = await posted(database, settings, school, DAY)
    assert first.id is not None
    assert await posted(database, settings, school, DAY) == Posted()
    async with database.read() as session:
        (row,) = (await session.scalars(select(OutboxMessage))).all()
    assert row.state == MessageState.WAITING


async def test_as_many_queries_for_many_as_for_few(
    database: Database, settings: Settings, school: School
) -> None:
    counts = []
    for number in (2, 50):
        people = [school.people[MASHA_MOTHER], school.people[PETYA_MOTHER]]
        messages = [Message(people[n % 2], "note", {}, f"{number}:{n}") for n in range(number)]
        async with database.write() as session:
            with count_queries(database) as queries:
                await post(session, settings, DAY, messages)
            await session.commit()
        counts.append(queries.count)
    assert counts == [3, 3]
