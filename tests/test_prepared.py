"""Statements asked of SQLite's driver: answered and kept as SQLAlchemy would, and in its transaction."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Date, bindparam, insert, select, update

from bot.db import feedback, inbox
from bot.db.access import load_actor
from bot.db.accounts import Manner, Person, Preference, Staff, Topic
from bot.db.base import Database, Session, bare
from bot.db.inbox import INBOX, Conversation, InboxUpdate, Incoming, Stand, UpdateState
from bot.db.prepared import Prepared
from tests.databases import only_sqlite
from tests.queries import count_queries

NOW = datetime(2026, 11, 26, 9, 30, 15, 123456, tzinfo=UTC)
CHATS = bare(Conversation)
OF_CHAT = CHATS.c.chat_id == bindparam("chat")
MOVE = Prepared(update(CHATS).where(OF_CHAT).values(state=bindparam("state")))
STATE = Prepared(select(CHATS.c.state).where(OF_CHAT))
# Every type that a hot statement has: numbers, moments, kinds, JSON with words, and nothing of each.
UPDATES: list[dict[str, Any]] = [
    {
        "update_id": 2**53,
        "chat_id": -5,
        "payload": {"text": "Ёлка\n", "deep": [1, None, 2.5]},
        "replies": None,
    },
    {"update_id": 7, "chat_id": None, "payload": None, "replies": [{"да": True}]},
]
ALL = select(INBOX).where(INBOX.c.received_at <= bindparam("now", type_=INBOX.c.received_at.type))


async def with_updates(session: Session) -> None:
    await session.execute(insert(INBOX), [{"received_at": NOW, **each} for each in UPDATES])


async def chat(session: Session, number: int, state: str | None = None) -> None:
    await session.execute(insert(CHATS), {"chat_id": number, "state": state, "data": {}})


async def state_of(session: Session, number: int) -> Any:
    return (await STATE.rows(session, chat=number))[0][0]


async def test_it_finds_what_sqlalchemy_finds(database: Database) -> None:
    async with database.write() as session:
        await with_updates(session)
        question = ALL.where(INBOX.c.state == UpdateState.WAITING).order_by(INBOX.c.update_id)
        found = await Prepared(question).rows(session, now=NOW)
        assert [list(row) for row in found] == [
            list(row) for row in await session.execute(question, {"now": NOW})
        ]
        assert len(found) == 2


async def test_days_are_compared_as_days(database: Database) -> None:
    day = bindparam("day", type_=Date)
    begun = Prepared(select(Staff.id, Staff.active_from).where(Staff.active_from <= day))
    async with database.write() as session:
        session.add(Staff(name="Учитель", position="учитель", teaching=True, active_from=date(2026, 9, 1)))
        assert [row[1] for row in await begun.rows(session, day=date(2026, 9, 1))] == [date(2026, 9, 1)]
        assert await begun.rows(session, day=date(2026, 8, 31)) == []


@pytest.mark.parametrize("state", UpdateState)
async def test_a_list_of_constants_is_asked_with(database: Database, state: UpdateState) -> None:
    some = Prepared(
        select(INBOX.c.update_id).where(
            INBOX.c.state.in_((UpdateState.WAITING, UpdateState.FAILED)),
            INBOX.c.update_id.in_([7, 8]) | INBOX.c.update_id.in_([]),
            INBOX.c.received_at <= bindparam("now", type_=INBOX.c.received_at.type),
        )
    )
    async with database.write() as session:
        await with_updates(session)
        await session.execute(update(INBOX).values(state=state))
        for _ in range(2):
            found = [list(row) for row in await some.rows(session, now=NOW)]
            assert found == ([] if state is UpdateState.DONE else [[7]])


@only_sqlite  # elsewhere SQLAlchemy asks, and takes it
async def test_a_list_that_is_not_constant_is_refused(database: Database) -> None:
    some = Prepared(select(INBOX.c.update_id).where(INBOX.c.update_id.in_(bindparam("ids", expanding=True))))
    async with database.read() as session:
        with pytest.raises(TypeError, match="ids"):
            await some.rows(session, ids=[1, 2])


@only_sqlite  # elsewhere SQLAlchemy says so
async def test_a_value_that_is_missing_is_not_taken_for_none(database: Database) -> None:
    async with database.write() as session:
        await chat(session, 5, "before")
        fresh = Prepared(MOVE._statement)
        for _ in range(2):
            with pytest.raises(KeyError, match="state"):
                await fresh.run(session, chat=5)
        assert await state_of(session, 5) == "before"


async def test_it_keeps_what_sqlalchemy_keeps(database: Database) -> None:
    async with database.write() as session:
        await with_updates(session)
        assert await inbox.finish(session, 7, [{"method": "SendMessage", "fields": {"text": "«Да»"}}], None)
        assert not await inbox.finish(session, 7, [], None)
        await session.commit()
    async with database.read() as session:
        kept = await session.get_one(InboxUpdate, 7)
        assert kept.state is UpdateState.DONE
        assert kept.replies == [{"method": "SendMessage", "fields": {"text": "«Да»"}}]
        assert (kept.payload, kept.chat_id, kept.received_at) == (None, None, NOW)


async def test_what_it_inserts_is_what_was_not_there(database: Database) -> None:
    new = [Incoming(id_, -5, {"text": "Ёлка"}) for id_ in (7, 8, 2**53, 9)]
    async with database.write() as session:
        await with_updates(session)
        assert await inbox.store(session, new, NOW) == {8, 9}
        kept = await session.get_one(InboxUpdate, 8)
        assert (kept.chat_id, kept.payload, kept.received_at) == (-5, {"text": "Ёлка"}, NOW)
        assert (kept.state, kept.replies, kept.error_id) == (UpdateState.WAITING, None, None)


async def test_it_knows_what_the_session_has_not_written_yet(database: Database) -> None:
    manner = Prepared(select(Preference.manner).where(Preference.person_id == bindparam("person")))
    async with database.write() as session:
        person = Person(telegram_id=5, created_at=NOW)
        session.add(person)
        await session.flush()
        wish = Preference(person_id=person.id, topic=Topic.NOTES, manner=Manner.OFF)
        session.add(wish)
        assert [list(row) for row in await manner.rows(session, person=person.id)] == [[Manner.OFF]]
        wish.manner = Manner.DIGEST
        assert [list(row) for row in await manner.rows(session, person=person.id)] == [[Manner.DIGEST]]
        await session.delete(wish)
        assert await manner.rows(session, person=person.id) == []


async def test_a_session_that_has_committed_asks_within_its_next_transaction(database: Database) -> None:
    async with database.write() as session:
        await chat(session, 5, "first")
        assert await MOVE.run(session, chat=5, state="second") == 1
        await session.commit()
        assert await MOVE.run(session, chat=5, state="third") == 1
        await session.rollback()
        assert await state_of(session, 5) == "second"
        await session.commit()
    async with database.read() as session:
        assert await state_of(session, 5) == "second"


async def test_what_is_done_within_a_savepoint_is_undone_with_it(database: Database) -> None:
    async with database.write() as session:
        await chat(session, 5, "before")
        savepoint = await session.begin_nested()
        await MOVE.run(session, chat=5, state="within")
        await savepoint.rollback()
        assert await state_of(session, 5) == "before"


async def test_a_turn_that_is_undone_undoes_it(database: Database) -> None:
    turns = database.turns()
    async with turns() as session:
        await chat(session, 5, "before")
    with pytest.raises(ZeroDivisionError):
        async with turns() as session:
            await MOVE.run(session, chat=5, state="within")
            raise ZeroDivisionError
    async with turns() as session:
        assert await state_of(session, 5) == "before"
        await session.commit()
        await MOVE.run(session, chat=5, state="alone")
    async with database.read() as session:
        assert await state_of(session, 5) == "alone"


@only_sqlite
async def test_sqlalchemy_is_asked_for_nothing_of_what_surrounds_every_update(database: Database) -> None:
    async with database.write() as session:
        await with_updates(session)
        await chat(session, 5)
        with count_queries(database) as queries:
            await load_actor(session, 5, NOW.date(), ())
            await inbox.conversation(session, 5)
            await inbox.put_away(session, 5, Stand("words", {"text": "да"}))
            await inbox.finish(session, 7, [], None)
            await inbox.store(session, [Incoming(8, 5, {})], NOW)
            await feedback.colleagues(session, NOW.date(), admins_only=True)
        assert queries.by_sqlalchemy == 0
        assert await inbox.conversation(session, 5) == Stand("words", {"text": "да"})
