"""The survey's tick: closing, and reminding at most twice."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.db.outbox import OutboxMessage
from bot.db.surveys import SurveyParticipant
from bot.features.surveys import running
from bot.scheduler import Context
from bot.scheduler.surveys import tick
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.school import DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, School
from tests.surveys.people import answers, opens


@pytest.fixture
async def director(telegram: Telegram, school: School) -> Chat:
    """Has opened a survey for seven days on Wednesday, 14 October, at noon."""
    chat = telegram.chat(DIRECTOR)
    await opens(chat)
    return chat


async def test_reminders_on_the_third_day_and_a_day_before_the_end(
    telegram: Telegram, director: Chat, context: Context, clock: StoppedClock
) -> None:
    mother, petya = telegram.chat(MASHA_MOTHER), telegram.chat(PETYA_MOTHER)
    await answers(petya, 5)
    before = len(petya.messages)
    reminded: list[datetime] = []
    for _ in range(7 * 24):
        seen = len(mother.messages)
        for _ in range(2):  # a tick that comes twice says nothing twice
            await tick(context)
        await telegram.deliver()
        reminded += [clock.now() + timedelta(hours=6)] * (len(mother.messages) - seen)
        clock.move(hours=1)
    assert [f"{at:%d %H:%M}" for at in reminded] == ["17 10:00", "19 10:00"]
    assert len(petya.messages) == before  # who has answered is left in peace


async def test_what_was_missed_is_one_reminder(
    telegram: Telegram, director: Chat, context: Context, clock: StoppedClock
) -> None:
    mother = telegram.chat(MASHA_MOTHER)
    clock.move(days=6)  # the bot was off
    for _ in range(3):
        await tick(context)
        await telegram.deliver()
    assert len(mother.messages) == 2


async def test_it_closes_at_the_end_of_the_last_day_and_who_opened_it_is_told(
    telegram: Telegram, director: Chat, context: Context, clock: StoppedClock
) -> None:
    clock.move(days=6, hours=11, minutes=59)  # 23:59 on the seventh day
    await tick(context)
    card = await director.says("/survey")
    assert card and any(label.startswith("🟢") for label in card.buttons)
    clock.move(minutes=1)
    for _ in range(2):
        await tick(context)
    clock.move(hours=9)
    seen = len(director.messages)
    await telegram.deliver()
    assert len(director.messages) == seen + 1
    assert "Опрос завершён" in director.last.text
    await director.presses("Итоги")
    assert "Ответили 0 из 3" in director.last.text


async def test_however_many_are_asked_slice_by_slice(
    telegram: Telegram, school: School, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SLICE", 2)  # three are asked
    await opens(telegram.chat(DIRECTOR))
    async with context.database.read() as session:
        participants = await session.scalars(select(SurveyParticipant.person_id))
        invited = select(OutboxMessage.person_id).where(OutboxMessage.kind == "survey")
        assert sorted(participants) == sorted(await session.scalars(invited))
        assert await session.scalar(select(func.count()).select_from(SurveyParticipant)) == 3
