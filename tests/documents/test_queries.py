"""What is found: who sees what, counts, pages, how much is asked of the database."""

import pytest

from bot.config import Settings
from bot.db.base import Database
from bot.db.documents import DocumentKind
from bot.errors import AppError, NotFoundError
from bot.features import documents, privacy
from bot.features.documents import Draft, shelves
from bot.features.documents.shelves import PAGE, Shelf
from tests.chat import Telegram, the_programme
from tests.documents.papers import DAY, confirm, put_in
from tests.queries import count_queries
from tests.school import BERG, DIRECTOR, PSYCHOLOGIST, STARK, School


async def titles(telegram: Telegram, who: int, shelf: Shelf, page: int = 0) -> list[str]:
    now = telegram.clock.now()
    async with telegram.database.read() as session:
        actor = await School.actor(session, who, now)
        found = await shelves.listed(session, actor, now.date(), shelf, page)
    return [row.document.title for row in found.rows]


class TestWhoSeesWhat:
    async def test_a_practice_is_in_the_bank_once_it_is_accepted(
        self, telegram: Telegram, school: School
    ) -> None:
        id_ = await put_in(telegram, school, BERG, DocumentKind.PRACTICE, "В парах")
        assert await titles(telegram, STARK, Shelf.BANK) == []
        assert await titles(telegram, BERG, Shelf.MINE) == ["В парах"]
        assert await titles(telegram, DIRECTOR, Shelf.WAITING) == ["В парах"]
        await confirm(telegram, school, id_)
        assert await titles(telegram, STARK, Shelf.BANK) == ["В парах"]
        assert await titles(telegram, STARK, Shelf.MINE) == []
        assert await titles(telegram, DIRECTOR, Shelf.WAITING) == []

    async def test_somebody_elses_training_and_the_schools_papers_do_not_exist_for_a_teacher(
        self, telegram: Telegram, school: School
    ) -> None:
        training = await put_in(telegram, school, BERG, DocumentKind.TRAINING)
        await confirm(telegram, school, training)
        agreement = await put_in(telegram, school, DIRECTOR, DocumentKind.AGREEMENT)
        now = telegram.clock.now()
        async with telegram.database.read() as session:
            for who, id_ in (
                (STARK, training),
                (STARK, agreement),
                (BERG, agreement),
                (PSYCHOLOGIST, training),
            ):
                with pytest.raises(NotFoundError):
                    await documents.find(session, await School.actor(session, who, now), now.date(), id_)
            with pytest.raises(NotFoundError):
                await titles(telegram, BERG, Shelf.AGREEMENT)

    async def test_a_teacher_puts_in_their_own_only(self, telegram: Telegram, school: School) -> None:
        """Whatever the draft says of whose it is."""
        id_ = await put_in(telegram, school, BERG, DocumentKind.PRACTICE, staff_id=school.staff[STARK])
        now = telegram.clock.now()
        async with telegram.database.read() as session:
            actor = await School.actor(session, BERG, now)
            row = await documents.find(session, actor, now.date(), id_)
            assert row.owner == "Берг А.И." and row.document.confirmed_on is None
            with pytest.raises(NotFoundError):
                await documents.put_in(
                    session, actor, now, now.date(), the_programme(), Draft(DocumentKind.MINUTES, "x", DAY)
                )


class TestChanges:
    async def test_what_is_decided_is_decided_once(
        self, telegram: Telegram, school: School, settings: Settings
    ) -> None:
        id_ = await put_in(telegram, school, BERG, DocumentKind.TRAINING)
        await confirm(telegram, school, id_)
        now = telegram.clock.now()
        async with telegram.database.write() as session:
            director, berg = [await School.actor(session, who, now) for who in (DIRECTOR, BERG)]
            for again in (
                documents.confirm(session, settings, director, now, now.date(), id_),
                documents.send_back(session, settings, director, now, id_, "Нет"),
                documents.put_in(
                    session,
                    berg,
                    now,
                    now.date(),
                    the_programme(),
                    Draft(DocumentKind.TRAINING, "Иначе", DAY),
                    id_,
                ),
            ):
                with pytest.raises(AppError) as caught:
                    await again
                assert caught.value.key == "error-document-decided"
            with pytest.raises(NotFoundError):  # accepted: only an admin ends it
                await documents.withdraw(session, berg, now, now.date(), id_, now.date())

    async def test_an_act_that_the_programme_does_not_want_is_not_put_in(
        self, telegram: Telegram, school: School
    ) -> None:
        with pytest.raises(NotFoundError):
            await put_in(telegram, school, DIRECTOR, DocumentKind.LOCAL_ACT, act_key="другой")
        await put_in(telegram, school, DIRECTOR, DocumentKind.LOCAL_ACT, act_key="mediation")
        now = telegram.clock.now()
        async with telegram.database.read() as session:
            actor = await School.actor(session, DIRECTOR, now)
            found = await shelves.acts(session, actor, now.date(), the_programme())
        assert [act.key for act in found if act.document] == ["mediation"]
        assert len(found) == len(the_programme().local_acts)


async def test_pages_and_a_constant_number_of_queries(
    telegram: Telegram, school: School, database: Database
) -> None:
    for number in range(PAGE + 1):
        await put_in(telegram, school, DIRECTOR, DocumentKind.MINUTES, f"Протокол {number}")
    assert len(await titles(telegram, DIRECTOR, Shelf.MINUTES)) == PAGE
    assert await titles(telegram, DIRECTOR, Shelf.MINUTES, 99) == ["Протокол 0"]
    now = telegram.clock.now()
    async with database.read() as session:
        actor = await School.actor(session, DIRECTOR, now)
        with count_queries(database) as asked:
            home = await shelves.home(session, actor, now.date(), the_programme())
            await shelves.listed(session, actor, now.date(), Shelf.MINUTES, 0)
    assert home.counts.in_force == {DocumentKind.MINUTES: PAGE + 1}
    assert asked.count == 5


async def test_my_data_has_my_documents(telegram: Telegram, school: School, database: Database) -> None:
    await put_in(telegram, school, BERG, DocumentKind.PRACTICE, "В парах")
    async with database.read() as session:
        for who, there in ((BERG, 1), (STARK, 0)):
            actor = await School.actor(session, who, telegram.clock.now())
            sections = {s.table: s.rows for s in await privacy.export(session, actor)}
            assert len(sections["documents"]) == there
