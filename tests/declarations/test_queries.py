"""Who declares, what is kept of it, who reads of a visit, how much is asked of the database."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.db.accounts import Staff
from bot.db.audit import AuditEntry
from bot.db.base import Database
from bot.db.declarations import Declaration, LessonVisit, Practice
from bot.db.outbox import MessageState, OutboxMessage
from bot.errors import AppError, NotFoundError
from bot.features import declarations, privacy
from bot.features.declarations import visits
from tests.chat import Telegram
from tests.declarations.made import declare, visit
from tests.fixtures import StoppedClock
from tests.queries import count_queries
from tests.school import BERG, DIRECTOR, PSYCHOLOGIST, STARK, School


class TestDeclaring:
    async def test_only_the_teaching_staff_declare(self, telegram: Telegram, school: School) -> None:
        for who in (PSYCHOLOGIST, DIRECTOR):
            with pytest.raises(NotFoundError):
                await declare(telegram, school, who, Practice.EMD)
        async with telegram.database.write() as session:
            director = Staff.id == school.staff[DIRECTOR]
            await session.execute(update(Staff).where(director).values(teaching=True))
            await session.commit()
        await declare(telegram, school, DIRECTOR, Practice.EMD)

    async def test_the_next_quarter_begins_with_the_last_ones(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        await declare(telegram, school, BERG, Practice.EMD, Practice.COK)
        clock.move(days=30)
        today = clock.now().date()
        async with telegram.database.read() as session:
            actor = await School.actor(session, BERG, clock.now())
            form = await declarations.form(session, actor, today)
            assert form.practices == {Practice.EMD, Practice.COK} and not form.declared
            assert form.quarter.number == 2
            assert await declarations.missing(session, actor, today)
        await declare(telegram, school, BERG)
        async with telegram.database.read() as session:
            form = await declarations.form(session, actor, today)
            assert form.practices == set() and form.declared
            assert not await declarations.missing(session, actor, today)

    async def test_each_change_is_on_record_and_the_same_again_is_none(
        self, telegram: Telegram, school: School
    ) -> None:
        for practices in ((Practice.EMD,), (Practice.EMD,), (Practice.COK,)):
            await declare(telegram, school, BERG, *practices)
        async with telegram.database.read() as session:
            rows = (await session.scalars(select(Declaration).order_by(Declaration.id))).all()
            entries = (await session.scalars(select(AuditEntry).order_by(AuditEntry.id))).all()
        assert [row.superseded_on for row in rows] == [rows[0].declared_on, None]
        assert [(entry.action, entry.details["practices"]) for entry in entries] == [
            ("declaration.made", ["emd"]),
            ("declaration.corrected", ["cok"]),
        ]
        assert entries[1].details["was"] == ["emd"]

    def test_a_button_of_another_quarter(self) -> None:
        september, october = date(2026, 9, 1), date(2026, 10, 14)
        assert declarations.present(october, september.toordinal()).number == 1
        for old in (october.toordinal(), date(2026, 4, 1).toordinal(), 10**30, 0):
            with pytest.raises(AppError):
                declarations.present(october, old)


class TestVisits:
    async def test_the_teacher_is_told_and_reads_it_and_nobody_else(
        self, telegram: Telegram, school: School
    ) -> None:
        id_ = await visit(telegram, school, STARK, Practice.EMD, text="Хорошо")
        now = telegram.clock.now()
        async with telegram.database.read() as session:
            message = await session.scalar(
                select(OutboxMessage).where(OutboxMessage.person_id == school.people[STARK])
            )
            assert message and message.arguments["text"] == "Хорошо"
            for who, rows in ((STARK, 1), (BERG, 0), (DIRECTOR, 1)):
                actor = await School.actor(session, who, now)
                found = await visits.page(session, actor, 0)
                assert len(found.rows) == rows
            with pytest.raises(NotFoundError):
                await visits.find(session, await School.actor(session, BERG, now), id_)

    async def test_a_mistake_is_taken_back_before_it_is_told(
        self, telegram: Telegram, school: School
    ) -> None:
        id_ = await visit(telegram, school, STARK, Practice.EMD)
        now = telegram.clock.now()
        async with telegram.database.write() as session:
            actor = await School.actor(session, DIRECTOR, now)
            await visits.withdraw(session, actor, now, now.date(), id_)
            with pytest.raises(NotFoundError):
                await visits.withdraw(session, actor, now, now.date(), id_)
            message = await session.scalar(select(OutboxMessage))
            assert message and message.state == MessageState.WITHDRAWN
            assert (await session.get_one(LessonVisit, id_)).withdrawn_on == now.date()

    async def test_what_cannot_be(self, telegram: Telegram, school: School) -> None:
        today = telegram.clock.now().date()
        for on_date, key in (
            (today + timedelta(days=1), "error-visit-future"),
            (date(2026, 8, 31), "error-visit-old"),
        ):
            with pytest.raises(AppError) as caught:
                await visit(telegram, school, STARK, Practice.EMD, on_date=on_date)
            assert caught.value.key == key
        with pytest.raises(AppError) as caught:
            await visit(telegram, school, STARK)
        assert caught.value.key == "error-visit-empty"
        for whose, who in ((DIRECTOR, DIRECTOR), (PSYCHOLOGIST, DIRECTOR), (STARK, BERG)):
            with pytest.raises(NotFoundError):
                await visit(telegram, school, whose, Practice.EMD, who=who)


async def test_a_constant_number_of_queries(telegram: Telegram, school: School, database: Database) -> None:
    for who in (BERG, STARK):
        await declare(telegram, school, who, Practice.EMD)
        await visit(telegram, school, who, Practice.EMD, Practice.COK, text="Слова")
    now = telegram.clock.now()
    async with database.read() as session:
        actor = await School.actor(session, DIRECTOR, now)
        with count_queries(database) as asked:
            found = await declarations.overview(session, actor, now.date())
            await visits.page(session, actor, 0)
        assert asked.count == 6
        assert [row.name for row in found.staff] == ["Берг А.И.", "Штарк О.П."]
        assert all(row.seen == {Practice.EMD, Practice.COK} for row in found.staff)
        actor = await School.actor(session, BERG, now)
        rows = {section.table: len(section.rows) for section in await privacy.export(session, actor)}
        tables = ("declarations", "lesson_visits", "seen_practices")
        assert [rows[table] for table in tables] == [1, 1, 2]
