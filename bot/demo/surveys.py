"""The demonstration school's surveys: one closed and published, one open, two being written."""

from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Protocol

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.features.surveys import answering, editing, paper, results, running
from bot.texts import texts
from bot.ui.surveys.editing import template

DIRECTOR = 101
OPINIONS = (5, 4, 4, 5, 3, 4, 2, 5, 4, 3)
SUGGESTIONS = (
    "Больше дополнительных занятий по математике.",
    "Спасибо, всё устраивает.",
    "Хотелось бы чаще узнавать об успехах, а не только о двойках.",
    "Собрания лучше в субботу: в будни не успеваю с работы.",
)
MEASURES = (
    "Со следующей недели по вторникам и четвергам открыты консультации по математике. "
    "Учителя будут писать вам и об успехах, не только о трудностях."
)


class Story(Protocol):
    """What the story of the school tells of itself."""

    session: Session
    settings: Settings
    now: datetime
    guardians: list[int]

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment in school time."""

    def local(self, moment: datetime) -> datetime:
        """A moment in the school's zone."""

    async def actor(self, telegram_id: int, at: datetime) -> Actor:
        """Somebody of the school."""

    async def deliver(self, at: datetime) -> None:
        """What waits arrives."""


async def tell(story: Story) -> None:
    """A satisfaction survey closed and published, one that is open, a pulse and a staff survey as drafts."""
    await _survey(story, days_ago=40, share_answering=8, closed_after=14)
    await _survey(story, days_ago=3, share_answering=3, closed_after=None)
    director = await story.actor(DIRECTOR, story.now)
    for name in ("methodical", "pulse"):
        await _draft(story, director, name, story.now - timedelta(days=1))


async def _draft(story: Story, director: Actor, name: str, at: datetime) -> int:
    title, role, questions = template(texts("ru"), name)
    survey = await editing.create(
        story.session, director, at, title=title, questions=questions, template=name, role=role
    )
    return survey.id


async def _survey(story: Story, days_ago: int, share_answering: int, closed_after: int | None) -> None:
    """Opened so many days ago; of ten guardians so many have answered, two families on paper."""
    session, settings = story.session, story.settings
    now = story.at(story.local(story.now).date() - timedelta(days=days_ago), 11)
    director, today = await story.actor(DIRECTOR, now), story.local(now).date()
    survey_id = await _draft(story, director, "satisfaction", now)
    await editing.set_days(session, director, now, settings, survey_id, 14)
    await running.launch(session, director, now, today, settings, survey_id)
    await story.deliver(now + timedelta(minutes=5))
    words = cycle(SUGGESTIONS)
    for number, telegram_id in enumerate(story.guardians):
        if number % 10 >= share_answering:
            continue
        guardian, at = await story.actor(telegram_id, now), now + timedelta(hours=number)
        given = (OPINIONS[number % len(OPINIONS)], 4, 5 - number % 3, int(number % 4 > 0), number % 5)
        for place, score in enumerate(given):
            await answering.take_answer(session, guardian, at, today, survey_id, place, score)
        text = next(words) if number % 2 else None
        await answering.take_answer(session, guardian, at, today, survey_id, len(given), text)
        await answering.send_off(session, guardian, at, today, settings, survey_id)
    sheets = await paper.print_sheets(
        session, director, now + timedelta(days=1), today, survey_id, offline_only=True
    )
    for number, sheet in enumerate(sheets[:2]):
        await paper.enter_sheet(
            session,
            director,
            now + timedelta(days=2),
            today,
            settings,
            survey_id,
            sheet.code,
            {0: 4 + number, 1: 3, 2: 4, 3: number, 4: 1, 5: None},
        )
    if closed_after is not None:
        end = now + timedelta(days=closed_after)
        await running.close(session, director, end, settings, survey_id)
        await results.publish(
            session, director, end + timedelta(days=1), settings, survey_id, MEASURES, picture_id=None
        )
        await story.deliver(end + timedelta(days=1, minutes=5))
