"""What is told when the other side is awake, and what has waited too long."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.config import Settings
from bot.db.accounts import Staff, StaffRole
from bot.db.base import Database
from bot.db.feedback import TicketEntry
from bot.db.outbox import OutboxMessage
from bot.features import feedback
from bot.features.feedback import telling
from bot.features.outbox import Message, post
from bot.scheduler import Context
from bot.scheduler.feedback import tick
from tests.chat import Telegram
from tests.feedback.people import photo, ticket, writes
from tests.fixtures import StoppedClock
from tests.queries import count_queries
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, School


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of October 2026 in Omsk."""
    return datetime(2026, 10, day, hour - 6, minute, tzinfo=UTC)


class TestLate:
    async def test_the_director_is_told_once_after_three_working_days(
        self, telegram: Telegram, school: School, context: Context, clock: StoppedClock
    ) -> None:
        """Written on Wednesday 14th: Thursday, Friday, Monday."""
        number = await writes(telegram.chat(MASHA_MOTHER))
        director = telegram.chat(DIRECTOR)
        for day, hour in ((15, 12), (16, 12), (17, 12), (18, 12), (19, 8)):
            clock.set(at(day, hour, 59))
            await tick(context)
            await telegram.deliver()
            assert not director.messages, (day, hour)
        clock.set(at(19, 9))
        for _ in range(2):
            await tick(context)
        await telegram.deliver()
        assert len(director.messages) == 1
        assert f"№ {number}, вопрос: 3 рабочих дня. Кому: Берг А.И." in director.last.text
        assert "Когда собрание?" not in director.last.text  # whoever wants to know opens it
        await director.presses(f"Обращение № {number}")
        assert "Ждёт ответа: 3 рабочих дня" in director.last.text
        clock.set(at(20, 12))
        await tick(context)
        await telegram.deliver()
        assert len(director.messages) == 2  # with the letter that was opened

    async def test_a_new_silence_is_told_anew(
        self, telegram: Telegram, school: School, context: Context, clock: StoppedClock
    ) -> None:
        mother, teacher, director = (telegram.chat(who) for who in (MASHA_MOTHER, BERG, DIRECTOR))
        number = await writes(mother)
        await telegram.deliver()
        asked = teacher.last
        clock.set(at(19, 10))
        await tick(context)
        await teacher.presses("Ответить", on=asked)
        await teacher.says("Ответ")
        await telegram.deliver()
        await mother.presses("Написать ещё")
        await mother.says("А ещё?")
        assert (await ticket(context.database, number)).escalated_on is None
        clock.set(at(22, 10))
        await tick(context)
        await telegram.deliver()
        assert len(director.messages) == 2

    @pytest.mark.parametrize("by", ["answer", "close"])
    async def test_what_is_answered_or_closed_is_not_late(
        self, telegram: Telegram, school: School, context: Context, clock: StoppedClock, by: str
    ) -> None:
        mother, teacher = telegram.chat(MASHA_MOTHER), telegram.chat(BERG)
        await writes(mother)
        await telegram.deliver()
        if by == "answer":
            await teacher.presses("Ответить")
            await teacher.says("Ответ")
        else:
            await teacher.presses("Вся переписка")
            await teacher.presses("Закрыть")
        clock.set(at(23, 10))
        await tick(context)
        await telegram.deliver()
        assert not telegram.chat(DIRECTOR).messages

    async def test_praise_waits_for_nothing(
        self, telegram: Telegram, school: School, context: Context, clock: StoppedClock
    ) -> None:
        mother = telegram.chat(MASHA_MOTHER)
        await writes(mother, topic="Благодарность", about="другое", quote="Лучше не надо")
        clock.set(at(23, 10))
        await tick(context)
        await telegram.deliver()
        assert not telegram.chat(DIRECTOR).messages

    async def test_many_are_told_in_one_message_with_a_constant_number_of_queries(
        self, telegram: Telegram, school: School, context: Context, clock: StoppedClock
    ) -> None:
        mother = telegram.chat(MASHA_MOTHER)
        counts = []
        for number in (1, 24):
            for _ in range(number):
                await writes(mother, named=False)
            await telegram.deliver()
            clock.move(days=7)
            with count_queries(context.database) as queries:
                await tick(context)
            counts.append(queries.count)
            await telegram.deliver()
        assert counts[0] == counts[1]
        last = telegram.chat(DIRECTOR).last
        assert "и ещё 4" in last.text and len(re.findall("Кому:", last.text)) == 20


class TestTelling:
    async def test_it_takes_as_many_queries_for_many_as_for_one(
        self,
        telegram: Telegram,
        school: School,
        database: Database,
        settings: Settings,
        clock: StoppedClock,
    ) -> None:
        clock.set(at(14, 22))
        counts = []
        for number in (1, 9):
            for _ in range(number):
                await writes(telegram.chat(MASHA_MOTHER), named=False)
                await writes(telegram.chat(PETYA_MOTHER))
            async with database.write() as session:
                with count_queries(database) as queries:
                    await telling.tell(session, settings, clock.now())
            counts.append(queries.count)
        assert counts[0] == counts[1]

    async def test_nobody_to_tell_waits_until_there_is_somebody(
        self, telegram: Telegram, school: School, context: Context
    ) -> None:
        """The addressee and every admin have gone: the letter is not lost."""
        number = await writes(telegram.chat(MASHA_MOTHER), to="Динер")
        async with context.database.write() as session:
            await session.delete(await session.get_one(OutboxMessage, 1))
            (await session.get_one(TicketEntry, (number, 0))).told = False
            (await session.get_one(Staff, school.staff[DIRECTOR])).person_id = None
            (await session.get_one(Staff, school.staff[BERG])).active_to = at(1, 12).date()
            await session.commit()
        settings = context.settings.model_copy(
            update={"school": context.settings.school.model_copy(update={"admins": ()})}
        )
        async with context.database.write() as session:
            await telling.tell(session, settings, context.clock.now())
            await session.commit()
            assert not (await session.get_one(TicketEntry, (number, 0))).told
            session.add(StaffRole(staff_id=school.staff[DIRECTOR], role="teacher"))
            (await session.get_one(Staff, school.staff[DIRECTOR])).person_id = school.people[DIRECTOR]
            await session.commit()
        await tick(context)
        await telegram.deliver()
        assert f"№ {number}" in telegram.chat(DIRECTOR).last.text

    async def test_a_guardian_who_leaves_takes_back_what_is_on_its_way(
        self, telegram: Telegram, school: School, context: Context
    ) -> None:
        mother, teacher = telegram.chat(MASHA_MOTHER), telegram.chat(BERG)
        await writes(mother, "Не читайте")
        await mother.says("/privacy")
        await mother.presses("Отозвать согласие")
        await mother.presses("Да, стереть")
        await tick(context)
        await telegram.deliver()
        assert not teacher.messages


class TestFleeting:
    async def test_it_is_retried_and_then_forgotten(
        self, telegram: Telegram, school: School, database: Database, settings: Settings, clock: StoppedClock
    ) -> None:
        person_id = school.people[MASHA_MOTHER]
        arguments = {"number": 7, "name": "Берг А.И.", "text": "Ответ", "files": []}
        message = Message(person_id, "ticket-answer", arguments, "k", fleeting=True)
        async with database.write() as session:
            ((id_, _, _),) = await post(session, settings, clock.now(), [message])
            await session.commit()
        assert id_
        await telegram.deliver()
        assert "Ответ" in telegram.chat(MASHA_MOTHER).last.text
        async with database.read() as session:
            assert await session.get(OutboxMessage, id_) is None

    async def test_it_is_not_kept_through_the_night(
        self, school: School, database: Database, settings: Settings, clock: StoppedClock
    ) -> None:
        clock.set(at(14, 23))
        message = Message(school.people[MASHA_MOTHER], "ticket-answer", {}, "k", fleeting=True)
        async with database.write() as session:
            (posted,) = await post(session, settings, clock.now(), [message])
            await session.commit()
            assert posted.id is None and posted.goes_at == at(15, 8)
            assert not (await session.scalars(select(OutboxMessage))).all()


async def test_old_words_and_files_go_and_the_letter_stays(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock
) -> None:
    mother = telegram.chat(MASHA_MOTHER)
    old = await writes(mother, "Старое")
    clock.move(days=30)
    await mother.presses("Открыть письмо")
    await mother.presses("Написать ещё")
    await mother.says(None, **photo(1))
    before = clock.now()
    async with database.write() as session:
        assert await feedback.expire(session, before) == 1
        assert await feedback.expire(session, before) == 0
        await session.commit()
    async with database.read() as session:
        first = await session.get_one(TicketEntry, (old, 0))
        second = await session.get_one(TicketEntry, (old, 1))
    assert first.text == "" and second.files == [["photo", "photo-1", ""]]
