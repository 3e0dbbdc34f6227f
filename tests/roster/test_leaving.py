"""A pupil who leaves: access ends, what waits is withdrawn, the family is told; undone the same day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.config import Settings
from bot.db.base import Database
from bot.db.outbox import MessageState, OutboxMessage
from bot.db.roster import Guardian, Pupil
from bot.features.outbox import Message, post
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, SINCE, School


@pytest.fixture
async def waiting(school: School, database: Database, settings: Settings, clock: StoppedClock) -> None:
    """Something about Маша waits until the morning for her mother."""
    async with database.write() as session:
        message = Message(
            school.people[MASHA_MOTHER],
            "note-call",
            {},
            key="about Маша",
            guardian_id=school.guardians["Маша/мать"],
            not_before=clock.now() + timedelta(days=1),
        )
        await post(session, settings, clock.now(), [message])
        await session.commit()


async def states(database: Database) -> dict[str, MessageState]:
    async with database.read() as session:
        rows = await session.execute(select(OutboxMessage.dedup_key, OutboxMessage.state))
        return {key.partition(":")[0]: state for key, state in rows}


async def marks(director: Chat, school: School, when: str = "Сегодня") -> None:
    await director.says("/roster")
    await director.presses("5А")
    await director.presses("Лебедева Маша")
    await director.presses("Выбыл из школы")
    await director.presses(when)
    assert "родители не видят ничего о ребёнке" in director.last.text
    await director.presses("Да, отметить")
    assert "Отмечено" in director.last.text


async def test_a_family_with_nobody_else_is_told_next_morning(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock, waiting: None
) -> None:
    mother = telegram.chat(MASHA_MOTHER)
    await marks(telegram.chat(DIRECTOR), school, "Вчера")
    assert await states(database) == {
        "about Маша": MessageState.WITHDRAWN,
        "child-left": MessageState.WAITING,
    }
    await mother.says("/children")
    assert "Маша" not in mother.last.text  # yesterday was the last day
    clock.move(hours=21)  # 09:00 of the next day
    await telegram.deliver()
    assert "больше не учится в нашей школе" in mother.last.text and "/privacy" in mother.last.text
    assert "через 30 дней" in mother.last.text and "Лебедева" not in mother.last.text


async def test_the_last_day_is_still_theirs(telegram: Telegram, school: School, clock: StoppedClock) -> None:
    mother = telegram.chat(MASHA_MOTHER)
    await marks(telegram.chat(DIRECTOR), school, "Сегодня")
    await mother.says("/children")
    assert "Маша" in mother.last.text
    clock.move(days=1)
    await mother.says("/children")
    assert "Маша" not in mother.last.text


async def test_undone_on_the_same_day_all_is_as_before(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock, waiting: None
) -> None:
    director = telegram.chat(DIRECTOR)
    await marks(director, school, "Вчера")
    clock.move(hours=1)
    await director.presses("Отменить: ученик остаётся")
    assert director.toast == "Отменено: ученик остаётся."
    assert await states(database) == {
        "about Маша": MessageState.WAITING,
        "child-left": MessageState.WITHDRAWN,
    }
    async with database.read() as session:
        pupil = await session.get_one(Pupil, school.pupils["Маша"])
        assert (pupil.active_to, pupil.left_marked_at) == (None, None)
    await marks(director, school)
    done = director.last
    clock.move(days=1)
    await director.presses("Отменить: ученик остаётся", on=done)
    assert "только в тот же день" in director.toast


async def test_who_has_another_child_or_works_here_is_not_bidden_farewell(
    telegram: Telegram, school: School, database: Database
) -> None:
    async with database.write() as session:
        sibling = Guardian(
            pupil_id=school.pupils["Петя"],
            name="",
            relation="мать",
            person_id=school.people[MASHA_MOTHER],
            active_from=SINCE,
        )
        teacher = Guardian(
            pupil_id=school.pupils["Маша"],
            name="",
            relation="тётя",
            person_id=school.people[BERG],
            active_from=SINCE,
        )
        session.add_all([sibling, teacher])
        await session.commit()
    await marks(telegram.chat(DIRECTOR), school)
    assert await states(database) == {}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("10.10", "последний день в школе — 10 октября?"),
        ("14 октября", "последний день в школе — 14 октября?"),
        ("завтра", "не позже сегодняшнего"),
        ("не знаю", "Не понял, какой это день"),
    ],
)
async def test_a_typed_day(telegram: Telegram, school: School, typed: str, answer: str) -> None:
    director = telegram.chat(DIRECTOR)
    await director.says("/roster")
    await director.presses("5А")
    await director.presses("Лебедева Маша")
    await director.presses("Выбыл из школы")
    await director.says(typed)
    assert answer in director.last.text
    assert ("Да, отметить" in director.last.buttons) == answer.endswith("?")


@pytest.mark.parametrize("day", ["2026-10-15", "2026-08-31", "x", "2025-10-14"])
async def test_a_day_that_is_none_of_theirs(
    telegram: Telegram, school: School, database: Database, day: str
) -> None:
    director = telegram.chat(DIRECTOR)
    await director.forges(f"plf:{school.pupils['Маша']}:{day}:1")
    assert "не позже сегодняшнего" in director.toast
    async with database.read() as session:
        assert (await session.get_one(Pupil, school.pupils["Маша"])).active_to is None


async def test_pressed_twice_it_is_marked_once(
    telegram: Telegram, school: School, database: Database
) -> None:
    director = telegram.chat(DIRECTOR)
    data = f"plf:{school.pupils['Петя']}:2026-10-13:1"
    telegram.wire.shows(DIRECTOR, "…")
    await director.forges(data)
    await director.forges(data)
    assert "уже отмечен" in director.toast
    async with database.read() as session:
        assert (await session.get_one(Pupil, school.pupils["Петя"])).active_to == date(2026, 10, 13)
    await telegram.deliver()
    assert not telegram.chat(PETYA_MOTHER).messages
