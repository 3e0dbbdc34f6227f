"""How long things stay: the nightly round, with the clock moved."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select, update

from bot.config import Settings
from bot.db.accounts import Consent, Person, Staff
from bot.db.audit import AuditEntry
from bot.db.base import Database
from bot.db.inbox import Conversation
from bot.db.notes import Note, NoteAnswer, NoteKind
from bot.db.outbox import MessageState, OutboxMessage
from bot.db.roster import Guardian, Pupil
from bot.db.tables import metadata
from bot.features.outbox import Message, post
from bot.features.privacy import TABLES, retention
from bot.scheduler import Context
from bot.scheduler.privacy import tick
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, School


async def rounds(database: Database) -> list[dict[str, int]]:
    """What each round has done, by the audit trail."""
    async with database.read() as session:
        query = select(AuditEntry.details).where(AuditEntry.action == retention.APPLIED)
        return list(await session.scalars(query.order_by(AuditEntry.id)))


async def person(database: Database, school: School, who: int) -> Person:
    async with database.read() as session:
        return await session.get_one(Person, school.people[who])


async def test_once_a_night_whoever_wakes_it(
    context: Context, school: School, database: Database, clock: StoppedClock
) -> None:
    clock.set(datetime(2026, 10, 14, 19, 59, tzinfo=UTC))  # 01:59 in Omsk
    await tick(context)
    assert await rounds(database) == []
    clock.move(minutes=1)
    for _ in range(3):
        await tick(context)
    nothing = {"accounts": 0, "texts": 0, "messages": 0, "names": 0, "more": False}
    assert await rounds(database) == [nothing]
    clock.move(days=1)
    await tick(context)
    assert len(await rounds(database)) == 2


class TestAccounts:
    async def test_a_family_whose_child_has_left_is_erased_after_the_time(
        self, context: Context, school: School, database: Database, clock: StoppedClock
    ) -> None:
        async with database.write() as session:
            (await session.get_one(Pupil, school.pupils["Маша"])).active_to = date(2026, 10, 14)
            session.add(Conversation(chat_id=MASHA_MOTHER, state=None, data={}))
            await session.commit()
        await tick(context)
        clock.move(days=1)
        await tick(context)  # the first night without a child
        assert (await person(database, school, MASHA_MOTHER)).idle_since == date(2026, 10, 15)
        clock.move(days=29)
        await tick(context)
        assert (await person(database, school, MASHA_MOTHER)).telegram_id == MASHA_MOTHER
        clock.move(days=1)
        await tick(context)
        gone = await person(database, school, MASHA_MOTHER)
        assert gone.telegram_id < 0
        async with database.read() as session:
            query = select(Consent.withdrawn_at).where(Consent.person_id == gone.id)
            assert await session.scalar(query) == clock.now()
            assert await session.get(Conversation, MASHA_MOTHER) is None
            erased = select(AuditEntry.subject).where(AuditEntry.action == "account.erased")
            assert list(await session.scalars(erased)) == [f"person:{gone.id}"]
            kept = select(func.count()).select_from(Person).where(Person.telegram_id > 0)
            assert await session.scalar(kept) == 6
        assert (await rounds(database))[-1]["accounts"] == 1
        clock.move(days=1)
        await tick(context)
        assert (await rounds(database))[-1]["accounts"] == 0

    async def test_who_comes_back_in_time_stays(
        self, context: Context, school: School, database: Database, clock: StoppedClock
    ) -> None:
        async def leaves(until: date | None) -> None:
            async with database.write() as session:
                (await session.get_one(Pupil, school.pupils["Маша"])).active_to = until
                await session.commit()

        await leaves(date(2026, 10, 13))
        await tick(context)
        await leaves(None)
        clock.move(days=40)
        await tick(context)
        back = await person(database, school, MASHA_MOTHER)
        assert (back.telegram_id, back.idle_since) == (MASHA_MOTHER, None)

    async def test_dismissed_staff_too_but_no_admin_of_the_configuration(
        self, context: Context, school: School, database: Database, clock: StoppedClock
    ) -> None:
        async with database.write() as session:
            leaving = update(Staff).where(Staff.id.in_((school.staff[BERG], school.staff[DIRECTOR])))
            await session.execute(leaving.values(person_id=None, active_to=date(2026, 10, 13)))
            await session.commit()
        await tick(context)
        clock.move(days=31)
        await tick(context)
        assert (await person(database, school, BERG)).telegram_id < 0
        assert (await person(database, school, DIRECTOR)).telegram_id == DIRECTOR

    async def test_too_many_for_one_round_go_with_the_next(
        self, context: Context, school: School, database: Database, clock: StoppedClock
    ) -> None:
        async with database.write() as session:
            session.add_all(
                Person(
                    telegram_id=5000 + i, language="ru", created_at=clock.now(), idle_since=date(2026, 1, 1)
                )
                for i in range(retention.PEOPLE + 1)
            )
            await session.commit()
        for _ in range(3):
            await tick(context)
        assert [(done["accounts"], done["more"]) for done in await rounds(database)] == [
            (retention.PEOPLE, True),
            (1, False),
        ]


async def test_words_grow_old_by_school_years(context: Context, school: School, database: Database) -> None:
    """Three full school years before this one: 2023-24, 2024-25, 2025-26."""
    edge = datetime(2023, 9, 1, tzinfo=context.settings.school.zone)
    async with database.write() as session:
        for at, text, files in (
            (edge - timedelta(seconds=1), "Молодец", []),
            (edge - timedelta(seconds=1), "", [["photo", "id", ""]]),
            (edge, "Молодец", []),
        ):
            note = Note(
                staff_id=school.staff[BERG],
                kind=NoteKind.SUCCESS,
                text=text,
                files=files,
                created_at=at,
                goes_at=at,
            )
            session.add(note)
        await session.commit()
    for _ in range(2):
        await tick(context)
        async with database.read() as session:
            left = await session.execute(select(Note.text, Note.files).order_by(Note.id))
            assert list(left) == [("", []), ("", []), ("Молодец", [])]
    assert [done["texts"] for done in await rounds(database)] == [2]


async def test_messages_that_have_gone_out_are_forgotten(
    context: Context, school: School, database: Database, settings: Settings, clock: StoppedClock
) -> None:
    old = clock.now() - timedelta(days=91)
    async with database.write() as session:
        for key, state in (
            ("sent", MessageState.SENT),
            ("failed", MessageState.FAILED),
            ("waiting", MessageState.WAITING),
            ("held", MessageState.HELD),
        ):
            await post(session, settings, old, [Message(school.people[BERG], "note-call", {}, key=key)])
            await session.execute(
                update(OutboxMessage).where(OutboxMessage.dedup_key == key).values(state=state)
            )
        await post(session, settings, clock.now(), [Message(school.people[BERG], "note-call", {}, key="new")])
        await session.commit()
    await tick(context)
    async with database.read() as session:
        left = set(await session.scalars(select(OutboxMessage.dedup_key)))
    assert left == {"waiting", "held", "new"}


def test_nothing_holds_on_to_a_message_that_is_forgotten() -> None:
    """Whatever names a message of the outbox must do without it one day."""
    names = [
        f"{table.name}.{key.parent.name}"
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "outbox" and key.ondelete != "SET NULL"
    ]
    assert not names


async def test_names_of_those_who_left_go_after_years(
    context: Context, school: School, database: Database
) -> None:
    edge = date(2021, 9, 1)
    async with database.write() as session:
        (await session.get_one(Pupil, school.pupils["Маша"])).active_to = edge - timedelta(days=1)
        (await session.get_one(Pupil, school.pupils["Петя"])).active_to = edge
        (await session.get_one(Staff, school.staff[BERG])).active_to = edge - timedelta(days=1)
        await session.commit()
    await tick(context)
    async with database.read() as session:
        masha = await session.get_one(Pupil, school.pupils["Маша"])
        assert (masha.surname, masha.first_name) == ("", "")
        assert (await session.get_one(Pupil, school.pupils["Петя"])).surname == "Сомов"
        assert (await session.get_one(Guardian, school.guardians["Маша/отец"])).name == ""
        assert (await session.get_one(Guardian, school.guardians["Петя/мать"])).name
        assert (await session.get_one(Staff, school.staff[BERG])).name == ""


def test_every_table_with_words_of_people_says_how_they_grow_old() -> None:
    for table in ("notes", "note_answers", "activity_reports"):
        assert TABLES[table].expire, table
    assert NoteAnswer.__tablename__ in TABLES
