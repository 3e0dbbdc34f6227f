"""Lessons, clubs and pairs: who may, what is kept for any past day, what the indicators ask."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.db.audit import AuditEntry
from bot.db.base import Database
from bot.db.risk.support import ClubPupil, ExtraLesson, MentoringPair
from bot.db.roster import Pupil
from bot.errors import AppError, NotFoundError
from bot.features.risk import support
from bot.features.risk.support import clubs, lessons, pairs
from tests.fixtures import StoppedClock
from tests.indicators.facts import behind
from tests.queries import count_queries
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PSYCHOLOGIST, STARK, School
from tests.support.school import club, goes, lesson, pair, registered

TODAY = date(2026, 10, 14)
OMSK = ZoneInfo("Asia/Omsk")
DAY = timedelta(days=1)


class TestLessons:
    async def test_attendance_of_each(self, database: Database, school: School, clock: StoppedClock) -> None:
        id_ = await lesson(database, school, clock.now(), BERG, {"Маша": True, "Петя": False})
        async with database.read() as session:
            berg = await school.actor(session, BERG, clock.now())
            found = await lessons.opened(session, berg, TODAY, OMSK, id_)
        assert [(pupil.first_name, came) for pupil, came in found.group] == [("Маша", True), ("Петя", False)]
        assert (found.row.attended, found.row.group, found.withdrawable) == (1, 2, True)

    async def test_who_may_see_and_take_back(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        id_ = await lesson(database, school, clock.now(), STARK, {"Ваня": True})
        may = {STARK: True, DIRECTOR: True, PSYCHOLOGIST: False}
        for who in (STARK, DIRECTOR, PSYCHOLOGIST, BERG, MASHA_MOTHER):
            async with database.write() as session:
                actor = await school.actor(session, who, clock.now())
                if who not in may:
                    with pytest.raises(NotFoundError):
                        await lessons.opened(session, actor, TODAY, OMSK, id_)
                    with pytest.raises(NotFoundError):
                        await lessons.withdraw(session, actor, clock.now(), TODAY, OMSK, id_)
                    continue
                found = await lessons.opened(session, actor, TODAY, OMSK, id_)
                assert found.withdrawable == may[who]
                if not may[who]:
                    with pytest.raises(NotFoundError):
                        await lessons.withdraw(session, actor, clock.now(), TODAY, OMSK, id_)

    async def test_taken_back_on_the_same_day_only_and_kept(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        first = await lesson(database, school, clock.now(), BERG, {"Маша": True})
        clock.set(datetime(2026, 10, 14, 17, 59, tzinfo=UTC))  # 23:59 in Omsk
        async with database.write() as session:
            berg = await school.actor(session, BERG, clock.now())
            await lessons.withdraw(session, berg, clock.now(), TODAY, OMSK, first)
            with pytest.raises(NotFoundError):  # twice
                await lessons.withdraw(session, berg, clock.now(), TODAY, OMSK, first)
            await session.commit()
        second = await lesson(database, school, clock.now(), BERG, {"Маша": True})
        clock.move(minutes=2)
        async with database.write() as session:
            berg = await school.actor(session, BERG, clock.now())
            with pytest.raises(AppError, match="error-lesson-late"):
                await lessons.withdraw(session, berg, clock.now(), TODAY + DAY, OMSK, second)
            page = await lessons.page(session, berg, 0)
            assert [row.lesson.id for row in page.rows] == [second]
            rows = (await session.scalars(select(ExtraLesson).order_by(ExtraLesson.id))).all()
            assert [row.withdrawn_at is not None for row in rows] == [True, False]
            actions = (await session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))).all()
        assert [a for a in actions if a.startswith("lesson.")] == [
            "lesson.logged", "lesson.withdrawn", "lesson.logged",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("day", "key"),
        [
            (TODAY + DAY, "error-lesson-future"),
            (date(2026, 8, 31), "error-lesson-old"),
        ],
    )
    async def test_days_that_are_none(
        self, database: Database, school: School, clock: StoppedClock, day: date, key: str
    ) -> None:
        with pytest.raises(AppError, match=key):
            await lesson(database, school, clock.now(), BERG, {"Маша": True}, on_date=day)

    async def test_somebody_came(self, database: Database, school: School, clock: StoppedClock) -> None:
        for children in ({}, {"Маша": False}):
            with pytest.raises(AppError, match="error-lesson-nobody"):
                await lesson(database, school, clock.now(), BERG, children)

    @pytest.mark.parametrize(
        ("who", "child"), [(STARK, "Маша"), (PSYCHOLOGIST, "Маша"), (MASHA_MOTHER, "Маша")]
    )
    async def test_other_peoples_pupils(
        self, database: Database, school: School, clock: StoppedClock, who: int, child: str
    ) -> None:
        with pytest.raises(NotFoundError):
            await lesson(database, school, clock.now(), who, {child: True})

    async def test_a_specialist_works_with_the_register(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        await registered(database, school, clock.now(), BERG, "Маша")
        await lesson(database, school, clock.now(), PSYCHOLOGIST, {"Маша": True})
        async with database.read() as session:
            actor = await school.actor(session, PSYCHOLOGIST, clock.now())
            classes = await support.classes(session, actor, TODAY)
            assert [(c.school_class.name, c.registered) for c in classes] == [("5А", 1)]
            found = await support.candidates(session, actor, TODAY, school.classes["5А"])
            assert [c.name for c in found] == ["Лебедева Маша"]

    async def test_those_on_the_register_come_first(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        await registered(database, school, clock.now(), BERG, "Петя")
        async with database.read() as session:
            berg = await school.actor(session, BERG, clock.now())
            found = await support.candidates(session, berg, TODAY, school.classes["5А"])
        assert [(c.name, c.registered) for c in found] == [("Сомов Петя", True), ("Лебедева Маша", False)]

    async def test_again_leaves_out_who_has_left(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        id_ = await lesson(database, school, clock.now(), BERG, {"Маша": True, "Петя": False})
        async with database.write() as session:
            await session.execute(
                update(Pupil).where(Pupil.id == school.pupils["Маша"]).values(active_to=TODAY)
            )
            await session.commit()
        async with database.read() as session:
            berg = await school.actor(session, BERG, clock.now())
            subject, group = await lessons.again(session, berg, TODAY + DAY, id_)
            assert (subject, [c.name for c in group]) == ("Математика", ["Сомов Петя"])
            stark = await school.actor(session, STARK, clock.now())
            with pytest.raises(NotFoundError):
                await lessons.again(session, stark, TODAY, id_)

    async def test_subjects_the_own_latest_first(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        for subject in ("Физика", "математика", "Физика"):
            await lesson(database, school, clock.now(), BERG, {"Маша": True}, subject=subject)
        await lesson(database, school, clock.now(), STARK, {"Ваня": True}, subject="Химия")
        async with database.read() as session:
            berg = await school.actor(session, BERG, clock.now())
            assert await lessons.subjects(session, berg) == ["Физика", "Математика"]

    async def test_pages_cost_the_same(self, database: Database, school: School, clock: StoppedClock) -> None:
        costs = []
        for _ in range(2):
            for _ in range(6):
                await lesson(database, school, clock.now(), BERG, {"Маша": True, "Петя": True})
            async with database.read() as session:
                berg = await school.actor(session, BERG, clock.now())
                with count_queries(database) as queries:
                    page = await lessons.page(session, berg, 7)
            costs.append(queries.count)
        assert costs[0] == costs[1] == 3
        assert (page.number, page.of, len(page.rows)) == (1, 2, 4)


class TestClubs:
    async def test_stays_are_kept_for_any_day(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        id_ = await club(database, school, clock.now(), BERG)
        await goes(database, school, clock.now(), BERG, id_, "Маша")
        clock.move(days=10)
        await goes(database, school, clock.now(), BERG, id_, "Маша", goes=False)
        clock.move(days=10)
        await goes(database, school, clock.now(), BERG, id_, "Маша")
        await registered_before(database, school, clock)
        async with database.read() as session:
            rows = (await session.scalars(select(ClubPupil).order_by(ClubPupil.id))).all()
            assert [(r.active_from, r.active_to) for r in rows] == [
                (TODAY, TODAY + 9 * DAY),
                (TODAY + 20 * DAY, None),
            ]
            for offset, counted in ((-1, False), (0, True), (9, True), (10, False), (19, False), (20, True)):
                share = await behind(session, "extra_education", TODAY + offset * DAY)
                assert (school.pupils["Маша"] in share.counted) == counted, offset

    async def test_asking_for_what_is_so_changes_nothing(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        id_ = await club(database, school, clock.now(), BERG)
        for _ in range(2):
            await goes(database, school, clock.now(), BERG, id_, "Маша")
        async with database.read() as session:
            assert len((await session.scalars(select(ClubPupil))).all()) == 1

    async def test_a_mistake_of_the_day_never_counts(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        id_ = await club(database, school, clock.now(), BERG)
        await goes(database, school, clock.now(), BERG, id_, "Маша")
        await goes(database, school, clock.now(), BERG, id_, "Маша", goes=False)
        await registered_before(database, school, clock)
        async with database.read() as session:
            assert not (await behind(session, "extra_education", TODAY)).counted
        await goes(database, school, clock.now(), BERG, id_, "Маша")
        async with database.read() as session:
            (row,) = (await session.scalars(select(ClubPupil))).all()
            assert (row.active_from, row.active_to) == (TODAY, None)

    async def test_taken_out_by_mistake_and_put_back_is_one_stay(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        id_ = await club(database, school, clock.now(), BERG)
        await goes(database, school, clock.now(), BERG, id_, "Маша")
        clock.move(days=3)
        for there in (False, True):
            await goes(database, school, clock.now(), BERG, id_, "Маша", goes=there)
        async with database.read() as session:
            (row,) = (await session.scalars(select(ClubPupil))).all()
            assert (row.active_from, row.active_to) == (TODAY, None)

    async def test_closing_ends_it_for_everybody(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        id_ = await club(database, school, clock.now(), BERG, partner="Детская школа искусств")
        await goes(database, school, clock.now(), BERG, id_, "Маша")
        clock.move(days=5)
        now, today = clock.now(), TODAY + 5 * DAY
        async with database.write() as session:
            stark = await school.actor(session, STARK, now)
            with pytest.raises(NotFoundError):
                await clubs.close(session, stark, now, today, id_)
            await clubs.close(session, await school.actor(session, BERG, now), now, today, id_)
            await session.commit()
        await registered_before(database, school, clock)
        async with database.read() as session:
            assert await clubs.overview(session, await school.actor(session, BERG, now), today) == []
            assert not (await behind(session, "extra_education", today)).counted
            assert (await behind(session, "extra_education", today - DAY)).counted
        with pytest.raises(NotFoundError):
            await goes(database, school, now, BERG, id_, "Петя")

    async def test_names(self, database: Database, school: School, clock: StoppedClock) -> None:
        await club(database, school, clock.now(), BERG)
        with pytest.raises(AppError, match="error-club-exists"):
            await club(database, school, clock.now(), STARK, "  ШАХМАТЫ ")
        with pytest.raises(AppError, match="error-text-length"):
            await club(database, school, clock.now(), STARK, "ш" * 61)
        with pytest.raises(NotFoundError):
            await club(database, school, clock.now(), MASHA_MOTHER, "Вязание")

    async def test_only_own_pupils_are_seen_and_put_in(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        id_ = await club(database, school, clock.now(), BERG)
        await goes(database, school, clock.now(), BERG, id_, "Маша")
        await goes(database, school, clock.now(), STARK, id_, "Ваня")
        for child in ("Маша", "Петя"):
            with pytest.raises(NotFoundError):
                await goes(database, school, clock.now(), STARK, id_, child, goes=child != "Маша")
        async with database.read() as session:
            stark = await school.actor(session, STARK, clock.now())
            opened = await clubs.opened(session, stark, TODAY, id_)
        assert (opened.count, [pupil.first_name for pupil, *_ in opened.members]) == (2, ["Ваня"])
        assert not opened.closable


class TestPairs:
    async def test_a_teacher_mentors_for_themselves(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        await pair(database, school, clock.now(), BERG, "Маша", teacher=BERG)
        for who, child, teacher in (
            (BERG, "Маша", STARK),  # for a colleague
            (STARK, "Маша", STARK),  # somebody else's pupil
            (BERG, "Петя", None),  # nobody
            (MASHA_MOTHER, "Маша", BERG),
        ):
            with pytest.raises(NotFoundError):
                await pair(database, school, clock.now(), who, child, teacher=teacher)
        await pair(database, school, clock.now(), PSYCHOLOGIST, "Ваня", teacher=STARK)

    async def test_two_pupils(self, database: Database, school: School, clock: StoppedClock) -> None:
        await pair(database, school, clock.now(), BERG, "Маша", mentor="Петя", teacher=STARK)
        await pair(database, school, clock.now(), BERG, "Петя", mentor="Маша")
        with pytest.raises(AppError, match="error-pair-self"):
            await pair(database, school, clock.now(), BERG, "Маша", mentor="Маша")
        with pytest.raises(AppError, match="error-pair-exists"):
            await pair(database, school, clock.now(), DIRECTOR, "Маша", mentor="Петя")
        with pytest.raises(NotFoundError):
            await pair(database, school, clock.now(), STARK, "Ваня", mentor="Маша")

    async def test_who_sees_and_ends(self, database: Database, school: School, clock: StoppedClock) -> None:
        """Stark mentors a pupil of Berg's class at the psychologist's wish."""
        id_ = await pair(database, school, clock.now(), PSYCHOLOGIST, "Маша", teacher=STARK)
        other = await pair(database, school, clock.now(), BERG, "Маша", mentor="Петя")
        sees = {BERG: [other, id_], STARK: [id_], PSYCHOLOGIST: [other, id_], DIRECTOR: [other, id_]}
        ends = {BERG: {other}, STARK: {id_}, PSYCHOLOGIST: {id_, other}, DIRECTOR: {id_, other}}
        for who in sees:
            async with database.read() as session:
                actor = await school.actor(session, who, clock.now())
                found = await pairs.overview(session, actor, TODAY)
                assert sorted(p.row.id for p in found) == sorted(sees[who])
                for found_pair in found:
                    opened = await pairs.opened(session, actor, TODAY, found_pair.row.id)
                    assert opened.endable == (found_pair.row.id in ends[who])

    async def test_ending_needs_a_word_and_keeps_the_days(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        id_ = await pair(database, school, clock.now(), BERG, "Маша", teacher=BERG)
        clock.move(days=30)
        now, today = clock.now(), TODAY + 30 * DAY
        async with database.write() as session:
            berg = await school.actor(session, BERG, now)
            with pytest.raises(AppError, match="error-text-empty"):
                await pairs.end(session, berg, now, today, id_, "  ")
            await pairs.end(session, berg, now, today, id_, "Цель достигнута")
            await session.commit()
        async with database.write() as session:
            with pytest.raises(AppError, match="error-pair-ended"):
                await pairs.end(session, berg, now, today, id_, "ещё раз")
            row = await session.get_one(MentoringPair, id_)
            assert (row.active_to, row.outcome) == (today - DAY, "Цель достигнута")
            for on, there in ((TODAY - DAY, 0), (TODAY, 1), (today - DAY, 1), (today, 0)):
                assert (await behind(session, "pairs_teacher", on)).value == there
                assert not (await behind(session, "pairs_peer", on)).counted


class TestFigures:
    async def test_extra_lessons_of_the_register(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        """2.3: of Маша, Петя and Ваня on the register Маша came; Лена is not on it."""
        await registered(database, school, clock.now(), DIRECTOR, "Маша", "Петя", "Ваня")
        await lesson(database, school, clock.now(), BERG, {"Маша": True, "Петя": False})
        mistaken = await lesson(database, school, clock.now(), BERG, {"Ваня": True})
        await lesson(database, school, clock.now(), STARK, {"Лена": True})
        async with database.write() as session:
            berg = await school.actor(session, BERG, clock.now())
            await lessons.withdraw(session, berg, clock.now(), TODAY, OMSK, mistaken)
            await session.commit()
        async with database.read() as session:
            share = await behind(session, "extra_lessons", TODAY)
            assert share.counted == {school.pupils["Маша"]}
            assert share.missing == {school.pupils["Петя"], school.pupils["Ваня"]}
            later = await behind(session, "extra_lessons", TODAY + 30 * DAY)
            assert not later.counted and len(later.missing) == 3
            assert (await behind(session, "extra_lessons", TODAY + 29 * DAY)).counted == {
                school.pupils["Маша"]
            }

    async def test_staff_who_support(self, database: Database, school: School, clock: StoppedClock) -> None:
        await lesson(database, school, clock.now(), STARK, {"Ваня": True})
        await pair(database, school, clock.now(), BERG, "Маша", teacher=BERG)
        async with database.read() as session:
            both = {school.staff[STARK], school.staff[BERG]}
            assert (await behind(session, "staff_prevention", TODAY)).counted == both
            # The next year the pair goes on, the lesson is over.
            autumn = date(2027, 9, 1)
            assert (await behind(session, "staff_prevention", autumn)).counted == {school.staff[BERG]}
            assert not (await behind(session, "staff_prevention", TODAY - DAY)).counted

    async def test_a_pupil_who_has_left_ends_the_pair(
        self, database: Database, school: School, clock: StoppedClock
    ) -> None:
        await pair(database, school, clock.now(), BERG, "Маша", mentor="Петя")
        async with database.write() as session:
            await session.execute(
                update(Pupil).where(Pupil.id == school.pupils["Петя"]).values(active_to=TODAY)
            )
            await session.commit()
        async with database.read() as session:
            assert (await behind(session, "pairs_peer", TODAY)).value == 1
            assert (await behind(session, "pairs_peer", TODAY + DAY)).value == 0


async def registered_before(database: Database, school: School, clock: StoppedClock) -> None:
    """Маша has been on the register since before anything of this happened."""
    now = datetime(2026, 9, 2, 6, tzinfo=UTC)
    await registered(database, school, now, BERG, "Маша")


@given(back=st.integers(0, 400))
def test_any_day_is_of_this_school_year_or_refused(back: int) -> None:
    day = TODAY - back * DAY
    if day >= date(2026, 9, 1):
        lessons.check_day(day, TODAY)
    else:
        with pytest.raises(AppError, match="error-lesson-old"):
            lessons.check_day(day, TODAY)


@given(st.text(max_size=80))
def test_any_subject_is_kept_or_refused(text: str) -> None:
    try:
        subject = lessons.clean_subject(text)
    except AppError:
        return
    assert 0 < len(subject) <= 2 * lessons.SUBJECT_MAX
    assert lessons.clean_subject(subject) == subject
