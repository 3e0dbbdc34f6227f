"""The demonstration's events: one behind, with who came; one to come, with who signed up; a draft."""

from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy import select

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Staff
from bot.db.base import Session
from bot.db.roster import Guardian, Pupil
from bot.features import events
from bot.features.events import announcing, attendance, planning
from bot.features.events.planning import Flag, Group

PAST = "Мастерская: как помочь с уроками без слёз"
COMING = "Родительское собрание: итоги четверти"
DRAFT = "Семейный вечер робототехники"


class Story(Protocol):
    """What of the demonstration's story is needed here."""

    session: Session
    settings: Settings
    now: datetime
    guardians: list[int]

    def local(self, moment: datetime) -> datetime:
        """A moment as the school's clock shows it."""

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment of a day, school time."""

    async def actor(self, telegram_id: int, at: datetime) -> Actor:
        """Who acts."""

    async def deliver(self, at: datetime) -> None:
        """What waits arrives."""


async def tell(story: Story, director: int) -> None:
    """Hold an event three weeks ago, announce one for next week, prepare another."""
    today = story.local(story.now).date()
    await _past(story, director, today - timedelta(days=21))
    await _coming(story, director, today + timedelta(days=8))
    day = today + timedelta(days=20)
    flags: tuple[Flag, ...] = ("preventive", "growth_point")
    await _draft(story, director, story.now, DRAFT, story.at(day, 17), "Точка роста", "ooo", flags)


async def _draft(
    story: Story,
    director: int,
    now: datetime,
    title: str,
    starts: datetime,
    place: str,
    group: Group,
    flags: tuple[Flag, ...],
    organiser: str | None = None,
) -> int:
    session, actor = story.session, await story.actor(director, now)
    event_id = await planning.create(
        session,
        actor,
        now,
        title=title,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=90),
        place=place,
    )
    await planning.set_group(session, actor, now, event_id, group, on=True)
    for flag in flags:
        await planning.set_flag(session, actor, now, event_id, flag, on=True)
    if organiser:
        staff_id = (await session.scalars(select(Staff.id).where(Staff.name == organiser))).one()
        await planning.set_organiser(session, actor, now, starts.date(), event_id, staff_id)
    return event_id


async def _announce(story: Story, director: int, now: datetime, event_id: int, share: int) -> None:
    """Announce it; of ten guardians so many sign up, alone, with two, with three."""
    session, today = story.session, story.local(now).date()
    actor = await story.actor(director, now)
    await announcing.publish(session, actor, now, today, story.settings, event_id)
    await story.deliver(now + timedelta(minutes=5))
    for number, telegram_id in enumerate(story.guardians):
        guardian = await story.actor(telegram_id, now)
        if number % 10 < share:
            at = now + timedelta(minutes=6 + number)
            await events.sign_up(session, guardian, at, today, story.settings, event_id, 1 + number % 3)


async def _past(story: Story, director: int, day: date) -> None:
    starts, before = story.at(day, 18), story.at(day - timedelta(days=6), 12)
    flags: tuple[Flag, ...] = ("preventive", "with_specialist")
    event_id = await _draft(
        story, director, before, PAST, starts, "Актовый зал", "all", flags, "Нармахамбетова А.Ж."
    )
    await _announce(story, director, before, event_id, share=5)
    over = starts + timedelta(hours=2)
    actor = await story.actor(director, over)
    await attendance.mark_signed(story.session, actor, over, day, event_id)
    # Somebody has come who is not with the bot.
    place = await story.session.scalar(
        select(Guardian.id)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .where(Guardian.person_id.is_(None))
        .order_by(Guardian.id)
        .limit(1)
    )
    if place is not None:
        await attendance.mark(story.session, actor, over, day, event_id, "g", place, came=True)
    found = await attendance.board(story.session, actor, over, day, event_id)
    await attendance.confirm(story.session, actor, over, event_id, found.people + 2)


async def _coming(story: Story, director: int, day: date) -> None:
    now = story.now - timedelta(hours=3)
    event_id = await _draft(story, director, now, COMING, story.at(day, 18), "Кабинет 12", "all", ())
    actor = await story.actor(director, now)
    words = "Поговорим, чему научились за четверть и как помочь тем, кому трудно. Чай будет."
    await planning.set_words(story.session, actor, now, event_id, "description", words)
    await _announce(story, director, now, event_id, share=4)
