"""The demonstration's letters: one that waits too long, one answered without a name, one to be quoted."""

from datetime import date, datetime, timedelta
from typing import Protocol

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session
from bot.db.feedback import About, Topic
from bot.features.feedback import Content, answering, writing
from bot.programme.calendar import Calendar

DIRECTOR = 101
QUESTION = "Можно ли перенести дополнительное занятие с пятницы на четверг? В пятницу автобус уходит раньше."
SUGGESTION = (
    "Пусть в раздевалке лежит коробка для потерянных варежек: половина находок так и не находит хозяев."
)
THANKS = "Спасибо, хорошая мысль. С понедельника коробка стоит у вахты."
PRAISE = (
    "Спасибо за новые ноутбуки в кабинете информатики: дочь впервые сама показала дома, как делает таблицы."
)


class Story(Protocol):
    """What of the demonstration's story is needed here."""

    session: Session
    settings: Settings
    now: datetime
    guardians: list[int]
    calendar: Calendar

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment of a day, school time."""

    def local(self, moment: datetime) -> datetime:
        """A moment as the school's clock shows it."""

    async def actor(self, telegram_id: int, at: datetime) -> Actor:
        """Who acts."""

    async def deliver(self, at: datetime) -> None:
        """What waits arrives."""


async def tell(story: Story) -> None:
    """Three letters of three guardians."""
    number = await _send(story, 0, 9, Topic.SUGGESTION, SUGGESTION, named=False)
    answered = story.at(_working_days_ago(story, 8), 10)
    director = await story.actor(DIRECTOR, answered)
    day = story.local(answered).date()
    await answering.send_answer(
        story.session, story.settings, director, answered, day, number, Content(THANKS)
    )
    await story.deliver(answered + timedelta(minutes=1))
    await _send(story, 1, 6, Topic.PRAISE, PRAISE, about=About.EQUIPMENT, quotable=True)
    await _send(story, 2, 4, Topic.QUESTION, QUESTION, to_class_teacher=True)


async def _send(
    story: Story,
    guardian: int,
    days_ago: int,
    topic: Topic,
    text: str,
    *,
    named: bool = True,
    about: About | None = None,
    quotable: bool | None = None,
    to_class_teacher: bool = False,
) -> int:
    """A letter of the n-th guardian, so many working days ago; to the director where not to the teacher."""
    at = story.at(_working_days_ago(story, days_ago), 12, guardian * 7)
    author, day = await story.actor(story.guardians[guardian], at), story.local(at).date()
    found = await writing.addressees(story.session, author, day)
    director = await story.actor(DIRECTOR, at)
    ticket, _ = await writing.send(
        story.session,
        story.settings,
        author,
        at,
        day,
        topic=topic,
        about=about,
        staff_id=found[0].staff_id if to_class_teacher else director.staff_id,
        named=named,
        quotable=quotable,
        content=Content(text),
    )
    await story.deliver(at + timedelta(minutes=1))
    return ticket.number


def _working_days_ago(story: Story, number: int) -> date:
    """The day that lies so many working days back."""
    today = story.local(story.now).date()
    day = today
    while story.calendar.working_days_between(day, today) < number:
        day -= timedelta(days=1)
    return story.calendar.working_day_on_or_before(day)
