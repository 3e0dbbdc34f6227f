"""Screens of notes ask the database the same number of times however much there is."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Database, Session
from bot.db.notes import NoteKind
from bot.db.outbox import MessageState
from bot.db.roster import Guardian, Pupil
from bot.features import notes
from tests.conftest import StoppedClock
from tests.queries import count_queries
from tests.school import BERG, MASHA_MOTHER, SINCE, School

Screen = Callable[[Session, Actor, Actor, School, datetime], Awaitable[object]]

SCREENS: dict[str, Screen] = {
    "class": lambda s, teacher, _, school, now: notes.last_heard(
        s, teacher, now.date(), school.classes["5А"]
    ),
    "notes": lambda s, teacher, _, __, now: notes.sent(s, teacher, 0),
    "note": lambda s, teacher, _, __, now: notes.look(s, teacher, now, 1),
    "children": lambda s, _, mother, __, now: notes.children(s, mother, now.date()),
    "unread": lambda s, _, mother, __, now: notes.unread(s, mother, now.date()),
    "unanswered": lambda s, teacher, _, __, ___: notes.unanswered(s, teacher),
}


async def write(session: Session, teacher: Actor, school: School, now: datetime, text: str) -> None:
    await notes.send(
        session,
        teacher,
        now,
        now.date(),
        pupil_id=school.pupils["Маша"],
        kind=NoteKind.SUCCESS,
        text=text,
        settings=Settings(),
    )


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
    assert 0 < counts[0] <= 4


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
        threads = await notes.look(session, teacher, clock.now(), 1)
    mother, father = (thread.copy for thread in threads)
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
        copy = (await notes.look(session, teacher, now, 1))[0].copy
    assert copy.receipt.unreachable_at == now and copy.note.first_delivered_at is None
