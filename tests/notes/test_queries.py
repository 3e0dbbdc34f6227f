"""Screens of notes ask the database the same number of times however much there is."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest
from sqlalchemy import func, select

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Person
from bot.db.base import Database, Session
from bot.db.notes import NoteKind, NoteReceipt
from bot.db.outbox import MessageState
from bot.db.roster import Guardian, Pupil
from bot.features import notes
from bot.features.notes import answering, following, writing
from bot.features.notes.writing import Draft
from tests.fixtures import StoppedClock
from tests.queries import count_queries
from tests.school import BERG, MASHA_MOTHER, SINCE, School

Screen = Callable[[Session, Actor, Actor, School, datetime], Awaitable[object]]

SCREENS: dict[str, Screen] = {
    "class": lambda s, teacher, _, school, now: following.last_heard(
        s, teacher, now, now.date(), Settings(), school.classes["5А"]
    ),
    "notes": lambda s, teacher, _, __, now: following.sent(s, teacher, now, 0),
    "note": lambda s, teacher, _, __, now: following.look(s, teacher, 1),
    "unread by others": lambda s, teacher, _, __, now: following.unread(s, teacher, now),
    "threads": lambda s, teacher, _, __, now: following.own_threads_of(s, teacher),
    "children": lambda s, _, mother, __, now: answering.children(s, mother, now.date()),
    "all about a child": lambda s, _, mother, school, now: answering.earlier(
        s, mother, now.date(), school.guardians["Маша/мать"], 0
    ),
    "unread": lambda s, _, mother, __, now: notes.unread(s, mother, now.date()),
    "unanswered": lambda s, teacher, _, __, ___: notes.unanswered(s, teacher),
}


async def write(session: Session, teacher: Actor, school: School, now: datetime, text: str) -> None:
    draft = Draft((school.pupils["Маша"],), NoteKind.SUCCESS, text)
    await writing.send(session, teacher, now, now.date(), Settings(), draft)


@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_costs_the_same_for_ten_times_as_much(
    database: Database, school: School, clock: StoppedClock, name: str
) -> None:
    now = clock.now()
    counts = []
    for _ in range(2):
        async with database.write() as session:
            teacher = await School.actor(session, BERG, now)
            for i in range(10):
                await write(session, teacher, school, now, f"Письмо {i}")
                pupil = Pupil(
                    surname=f"Новый{i}",
                    first_name="Вова",
                    patronymic="",
                    class_id=school.classes["5А"],
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
            await session.commit()
        async with database.write() as session:
            teacher = await School.actor(session, BERG, now)
            mother = await School.actor(session, MASHA_MOTHER, now)
            with count_queries(database) as queries:
                await SCREENS[name](session, teacher, mother, school, now)
            counts.append(queries.count)
    assert counts[0] == counts[1]
    assert 0 < counts[0] <= 6


async def test_the_first_delivery_marks_the_note_and_stays(
    database: Database, school: School, clock: StoppedClock
) -> None:
    first = clock.now()
    async with database.write() as session:
        teacher = await School.actor(session, BERG, first)
        await write(session, teacher, school, first, "Письмо")
        await notes.mark_delivered(session, 1, first, MessageState.SENT)
        clock.move(hours=1)
        await notes.mark_delivered(session, 1, clock.now(), MessageState.SENT)
        await notes.mark_delivered(session, 2, clock.now(), MessageState.SENT)
        await session.commit()
    async with database.write() as session:
        mother, father = await following.look(session, teacher, 1)
    assert mother.note.first_delivered_at == first == mother.receipt.delivered_at
    assert father.receipt.delivered_at == clock.now()


@pytest.mark.parametrize("state", [MessageState.UNREACHABLE, MessageState.FAILED])
async def test_what_was_not_delivered_leaves_the_note_unmarked(
    database: Database, school: School, clock: StoppedClock, state: MessageState
) -> None:
    now = clock.now()
    async with database.write() as session:
        teacher = await School.actor(session, BERG, now)
        await write(session, teacher, school, now, "Письмо")
        await notes.mark_delivered(session, 1, now, state)
        await session.commit()
    async with database.write() as session:
        copy = (await following.look(session, teacher, 1))[0]
    assert copy.receipt.state.value == state.value and copy.note.first_delivered_at is None


async def test_a_note_to_a_class_costs_as_many_queries_as_one_to_a_pupil(
    database: Database, school: School, clock: StoppedClock
) -> None:
    """30 pupils, 55 guardians: one transaction, and in it as many queries as for one pupil."""
    now, counts = clock.now(), []
    async with database.write() as session:
        class_id = school.classes["5А"]
        for number in range(28):
            pupil = Pupil(
                surname="Новый", first_name="Вова", patronymic="", class_id=class_id, active_from=SINCE
            )
            session.add(pupil)
            await session.flush()
            for relation in ("мать", "отец")[: 1 if number < 4 else 2]:
                telegram_id = 5000 + number * 10 + ("мать", "отец").index(relation)
                person = Person(telegram_id=telegram_id, language="ru", created_at=now)
                session.add(person)
                await session.flush()
                session.add(
                    Guardian(
                        pupil_id=pupil.id, name="", relation=relation, person_id=person.id, active_from=SINCE
                    )
                )
        await session.commit()
    async with database.write() as session:
        teacher = await School.actor(session, BERG, now)
        everybody = tuple(await session.scalars(select(Pupil.id).where(Pupil.class_id == class_id)))
        for pupils in (everybody[:1], everybody):
            with count_queries(database) as queries:
                draft = Draft(pupils, NoteKind.INFORMATION, "Завтра контрольная")
                done = await writing.send(session, teacher, now, now.date(), Settings(), draft)
                await session.flush()
            counts.append(queries.count)
        receipts = await session.scalar(select(func.count()).where(NoteReceipt.note_id == done.note.id))
        await session.commit()
    assert (len(everybody), receipts) == (30, 55)
    assert counts[0] == counts[1]
