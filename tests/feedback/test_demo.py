"""The demonstration has a letter of every kind to show."""

from dataclasses import dataclass
from datetime import date, datetime, time

import pytest
from sqlalchemy import select

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Database, Session
from bot.db.feedback import Ticket, Topic
from bot.demo import feedback
from bot.features.feedback import waited
from bot.programme.calendar import Calendar
from tests.fixtures import StoppedClock
from tests.school import DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, VANYA_MOTHER, School


@dataclass
class Story:
    """The story of the small school of the tests."""

    session: Session
    settings: Settings
    now: datetime
    guardians: list[int]
    calendar: Calendar

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), self.settings.school.zone)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.settings.school.zone)

    async def actor(self, telegram_id: int, at: datetime) -> Actor:
        return await School.actor(self.session, telegram_id, at)

    async def deliver(self, at: datetime) -> None:
        pass


async def test_one_waits_one_is_answered_one_may_be_quoted(
    database: Database,
    school: School,
    settings: Settings,
    clock: StoppedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feedback, "DIRECTOR", DIRECTOR)
    guardians = [MASHA_MOTHER, PETYA_MOTHER, VANYA_MOTHER]
    async with database.write() as session:
        await feedback.tell(Story(session, settings, clock.now(), guardians, Calendar()))
        tickets = {row.topic: row for row in await session.scalars(select(Ticket))}
    waits = waited(tickets[Topic.QUESTION], clock.now(), settings, Calendar())
    assert waits and waits.days == 4
    assert tickets[Topic.SUGGESTION].anonymous and tickets[Topic.SUGGESTION].waiting_on is None
    assert tickets[Topic.PRAISE].quotable and tickets[Topic.PRAISE].about == "equipment"
