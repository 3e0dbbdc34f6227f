"""Updates a second through the whole stack, beside aiogram alone in the same run.

A hundred guardians at once over HTTP polling, after as many updates as warm either up. *Words*: a letter's
words are added to its draft, one message answers. *A press*: how messages of a topic come is chosen, a toast
and an edited message answer.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from sqlalchemy import select

from benchmarks import disk, telegram
from benchmarks.school import demonstration
from benchmarks.telegram import Crowd, Deed, message, polling
from bot.clock import Clock
from bot.db.accounts import Consent, Manner, Person, Topic
from bot.db.base import Database
from bot.db.inbox import Conversation
from bot.db.roster import Guardian, Pupil
from bot.features.accounts import NOTICE_VERSION
from bot.ui.quiet import QuietTopic

PEOPLE = [10_000 + n for n in range(100)]
UPDATES, WARM_UP = 3000, 500
# A shared machine is now faster, now slower, by a third: of a few rounds the median would be luck.
ROUNDS = 7
# Of what is slow fewer are enough.
SLOW_UPDATES, SLOW_ROUNDS = 600, 3


def words(person: int, number: int) -> dict[str, Any]:
    """One more word of a letter."""
    return {"message": message(person, number + 1, "да")}


def press(person: int, number: int) -> dict[str, Any]:
    """In the evening, at once, in the evening …"""
    data = QuietTopic(topic=Topic.NOTES, manner=(Manner.DIGEST, Manner.AT_ONCE)[number % 2]).pack()
    return telegram.press(person, number, data)


@dataclass(frozen=True)
class Round:
    """Updates a second, and how long people waited (milliseconds)."""

    per_second: float
    p50: float
    p95: float


async def school(url: str) -> None:
    """The demonstration school, and a hundred guardians more who are writing a letter."""
    await demonstration(url)
    now, database = Clock().now(), Database(url)
    async with database.write() as session:
        pupils = (await session.scalars(select(Pupil.id))).all()
        people = [Person(telegram_id=id_, created_at=now) for id_ in PEOPLE]
        session.add_all(people)
        await session.flush()
        for n, person in enumerate(people):
            session.add(Consent(person_id=person.id, version=NOTICE_VERSION, given_at=now))
            session.add(
                Guardian(
                    pupil_id=pupils[n % len(pupils)],
                    name=f"Мама {n}",
                    relation="мать",
                    person_id=person.id,
                    active_from=now.date() - timedelta(days=30),
                )
            )
            data = {"topic": "question", "about": None}
            session.add(Conversation(chat_id=person.telegram_id, state="FeedbackSteps:words", data=data))
        await session.commit()
    await database.close()


async def round_of(
    deed: Deed, *command: str, updates: int = UPDATES, env: dict[str, str] | None = None
) -> Round:
    """Start a bot (a module and its arguments after the address), let the crowd loose on it, and kill it."""
    crowd = Crowd(PEOPLE, deed, WARM_UP + updates)
    async with polling(crowd, *command, env=env):
        crowd.begin()
        await asyncio.wait_for(crowd.done.wait(), 300)
    took = crowd.answered_at[-1] - crowd.answered_at[WARM_UP - 1]
    cuts = [cut * 1000 for cut in quantiles(crowd.latencies[WARM_UP:], n=20)]
    return Round(updates / took, cuts[9], cuts[18])


async def compare(url: str) -> dict[str, tuple[Round, Round]]:
    """For each deed the median round of aiogram alone and of the bot, taken in turn."""
    await school(url)
    found = {}
    for deed in (words, press):
        echo, bot = [], []
        for _ in range(ROUNDS):
            echo.append(await round_of(deed, "benchmarks.echo"))
            bot.append(await round_of(deed, "benchmarks.unpaced", url))
        found[deed.__name__] = (middle(echo), middle(bot))
    return found


async def compare_on_a_slow_disk(folder: Path, url: str, other_url: str) -> tuple[Round, Round]:
    """For words the median round of the usual stack and of the bot, where a sync takes 4 ms."""
    await school(url)
    slowly = partial(round_of, words, updates=SLOW_UPDATES, env=disk.slow(folder))
    usual, bot = [], []
    for _ in range(SLOW_ROUNDS):
        usual.append(await slowly("benchmarks.usual", other_url))
        bot.append(await slowly("benchmarks.unpaced", url))
    return middle(usual), middle(bot)


def middle(rounds: list[Round]) -> Round:
    """The median round, by updates a second."""
    wanted = median(each.per_second for each in rounds)
    return next(each for each in rounds if each.per_second == wanted)
