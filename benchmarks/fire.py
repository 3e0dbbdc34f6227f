"""Delivery under fire: a Telegram that enforces its limits and fails in every way that it does.

One announcement to many, while people are answered who write meanwhile. Everything but Telegram is real: the
outbox, the delivery, HTTP, time. What came of it is told by the server's own records.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import time as time_of_day
from enum import StrEnum
from pathlib import Path
from statistics import quantiles
from typing import Any, cast

from aiogram.methods import SendMessage
from aiohttp import web
from sqlalchemy import select

from benchmarks.telegram import fields_of, listening
from bot.app import make_bot
from bot.calls import Calls
from bot.clock import Clock
from bot.config import Settings
from bot.db.accounts import Person, Topic
from bot.db.base import Database
from bot.db.migrate import migrate
from bot.db.outbox import MessageState, OutboxMessage
from bot.delivery import Delivery, Pace
from bot.features.outbox import Message, post
from bot.ui.messages import RENDERS
from bot.watch import Watch

FIRST = 1_000_000
# Telegram lets short bursts pass: so many seconds' worth of the bot's messages.
BURST = 1
ANSWER = "answer "


class Fault(StrEnum):
    """What happens to a message, the first time only but for BLOCKED."""

    BLOCKED = "blocked"
    FAILED = "failed"  # 500
    CUT = "cut"  # the connection, before the message was taken
    TAKEN = "taken"  # the connection, after it
    SILENT = "silent"  # no answer, not taken


@dataclass(frozen=True)
class Trial:
    """How many are written to at what pace, how often somebody is answered, and what share meets what."""

    recipients: int = 3000
    per_second: float = 30
    per_chat: float = 1
    answers_every: float = 0.5
    timeout: int = Calls.answer_seconds
    # So many seconds may a message to a chat come early: the line does not keep the pace that was kept here.
    early: float = 0.2
    faults: dict[Fault, float] = field(
        default_factory=lambda: {
            Fault.BLOCKED: 0.05,
            Fault.FAILED: 0.01,
            Fault.CUT: 0.01,
            Fault.TAKEN: 0.01,
            Fault.SILENT: 0.003,
        }
    )


@dataclass(frozen=True)
class Call:
    """A message that reached the server: when, to whom, an answer's waiting time, and what became of it."""

    at: float
    chat: int
    waited: float | None
    outcome: str


class Fire:
    """Such a Telegram. What it refuses does not count, and after 429 it refuses everything for a while."""

    def __init__(self, trial: Trial, faults: dict[int, Fault]) -> None:
        self.calls: list[Call] = []
        self._trial = trial
        self._faults = dict(faults)
        # When all that was taken would have been taken one by one at the limit, of the bot and of each chat.
        self._bot_at = 0.0
        self._chat_at: dict[int, float] = {}
        self._closed_until = 0.0
        self._ended = asyncio.Event()
        self._numbers = iter(range(1, 10**9))

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Its address."""
        app = web.Application()
        app.router.add_post("/bot{token}/sendMessage", self._send_message)
        async with listening(app) as address:
            try:
                yield address
            finally:
                self._ended.set()

    async def _send_message(self, request: web.Request) -> web.Response:
        fields = await fields_of(request)
        now, chat, text = time.monotonic(), int(fields["chat_id"]), fields["text"]
        waited = now - float(text.removeprefix(ANSWER)) if text.startswith(ANSWER) else None

        def is_(outcome: str) -> None:
            self.calls.append(Call(now, chat, waited, outcome))

        if wait := self._too_many(now, chat):
            is_("429")
            return _error(429, f"Too Many Requests: retry after {wait}", parameters={"retry_after": wait})
        fault = self._faults.get(chat) if waited is None else None
        if fault not in (None, Fault.BLOCKED):
            del self._faults[chat]
        match fault:
            case Fault.BLOCKED:
                is_(fault)
                return _error(403, "Forbidden: bot was blocked by the user")
            case Fault.FAILED:
                is_(fault)
                return _error(500, "Internal Server Error")
            case Fault.SILENT:
                is_(fault)
                await self._ended.wait()
            case Fault.CUT | Fault.TAKEN:
                is_(fault)
            case None:
                is_("sent")
        if fault and request.transport:
            request.transport.abort()
        result = {"message_id": next(self._numbers), "date": 0, "chat": {"id": chat, "type": "private"}}
        return web.json_response({"ok": True, "result": result})

    def _too_many(self, now: float, chat: int) -> int:
        """For how many seconds nothing more is taken."""
        if now < self._closed_until:
            return int(self._closed_until - now) + 1
        bot_at = max(self._bot_at, now) + 1 / self._trial.per_second
        chat_at = max(self._chat_at.get(chat, 0), now) + 1 / self._trial.per_chat
        soon = 1 / self._trial.per_chat + self._trial.early
        if bot_at > now + BURST or chat_at > now + soon:
            self._closed_until = now + 3
            return 3
        self._bot_at, self._chat_at[chat] = bot_at, chat_at
        return 0


def _error(code: int, description: str, **more: Any) -> web.Response:
    return web.json_response(
        {"ok": False, "error_code": code, "description": description, **more}, status=code
    )


@dataclass(frozen=True)
class Outcome:
    """What came of a trial, by the server's records; `ratio` is the time taken to the limit's own."""

    seconds: float
    ratio: float
    lost: int
    # Twice, though no connection was dropped after the message had been taken.
    doubled: int
    # Twice because of that.
    repeated: int
    too_many: int
    answers: int
    answer_p95: float
    answer_max: float
    # Recipients of whom the outbox does not know what the server knows.
    mistaken: int


async def announce(folder: Path, trial: Trial) -> Outcome:
    """Announce something to all, answer somebody now and then, and see what came of it."""
    settings = Settings.model_validate({"telegram": {"token": "42:FIRE"}})
    quiet = {"quiet_from": time_of_day(0), "quiet_to": time_of_day(0)}
    settings = settings.model_copy(update={"delivery": settings.delivery.model_copy(update=quiet)})
    database = Database(f"sqlite+aiosqlite:///{folder / 'fire.db'}")
    await asyncio.to_thread(migrate, database.url)
    people = range(FIRST, FIRST + trial.recipients)
    faults = _deal(trial, people)
    fire, clock, chosen = Fire(trial, faults), Clock(), random.Random(2)  # noqa: S311 - a trial
    async with fire.serving() as address:
        telegram = settings.telegram.model_copy(update={"api_base": address})
        bot = make_bot(settings.model_copy(update={"telegram": telegram}))
        cast(Calls, bot.session).answer_seconds = trial.timeout
        pace = Pace(trial.per_second, trial.per_chat)
        delivery = Delivery(bot, database, clock, pace, RENDERS, {}, folder, Watch())
        sending = delivery.start()
        # The first call of a process builds what all others use.
        await delivery.reply(SendMessage(chat_id=people.stop, text=f"{ANSWER}{time.monotonic()}"))
        await _publish(database, settings, clock, people)
        delivery.wake()
        answers = set()
        while await _waiting(database):
            await asyncio.sleep(trial.answers_every)
            text = f"{ANSWER}{time.monotonic()}"
            to = chosen.choice(people)
            answers.add(asyncio.create_task(delivery.reply(SendMessage(chat_id=to, text=text))))
        await asyncio.gather(*answers)
        delivery.stop()
        await sending
        await bot.session.close()
    async with database.read() as session:
        query = select(Person.telegram_id, OutboxMessage.state).join(OutboxMessage)
        states = {row.telegram_id: row.state for row in await session.execute(query)}
    await database.close()
    return _judge(trial, fire.calls, faults, states)


def _deal(trial: Trial, people: range) -> dict[int, Fault]:
    """Who meets what. Silence is met in the first half: at the very end it alone would be the time taken."""
    chosen = random.Random(1)  # noqa: S311 - a trial
    silent = max(1, round(trial.faults[Fault.SILENT] * len(people)))
    faults = dict.fromkeys(chosen.sample(people[: len(people) // 2], silent), Fault.SILENT)
    for fault, share in trial.faults.items():
        if fault != Fault.SILENT:
            others = [id_ for id_ in people if id_ not in faults]
            faults |= dict.fromkeys(chosen.sample(others, max(1, round(share * len(people)))), fault)
    return faults


async def _publish(database: Database, settings: Settings, clock: Clock, people: range) -> None:
    now = clock.now()
    said = {"survey": 1, "title": "Как мы учим?", "last_day": "31.10", "anonymous": True}
    async with database.write() as session:
        rows = [Person(telegram_id=id_, created_at=now) for id_ in people]
        session.add_all(rows)
        await session.flush()
        messages = [Message(p.id, "survey", said, f"survey:1:{p.id}", Topic.SURVEYS) for p in rows]
        await post(session, settings, now, messages)
        await session.commit()


async def _waiting(database: Database) -> bool:
    async with database.read() as session:
        waits = select(OutboxMessage.id).where(OutboxMessage.state == MessageState.WAITING).limit(1)
        return await session.scalar(waits) is not None


def _judge(
    trial: Trial, calls: list[Call], faults: dict[int, Fault], states: dict[int, MessageState]
) -> Outcome:
    announced = [call for call in calls if call.waited is None]
    waits = [call.waited for call in calls[1:] if call.waited is not None]
    came = Counter(call.chat for call in announced if call.outcome in ("sent", Fault.TAKEN))
    blocked = {id_ for id_, fault in faults.items() if fault == Fault.BLOCKED}
    ends = [call.at for call in announced]
    during = [call for call in calls if min(ends) <= call.at <= max(ends)]
    seconds = max(ends) - min(ends)
    twice = {chat for chat, number in came.items() if number > 1}
    ambiguous = {chat for chat in twice if faults.get(chat) == Fault.TAKEN and came[chat] == 2}
    return Outcome(
        seconds=seconds,
        ratio=seconds / (len(during) / trial.per_second),
        lost=sum(id_ not in came and id_ not in blocked for id_ in states),
        doubled=len(twice - ambiguous),
        repeated=len(ambiguous),
        too_many=sum(call.outcome == "429" for call in calls),
        answers=len(waits),
        answer_p95=quantiles(waits, n=20)[-1],
        answer_max=max(waits),
        mistaken=sum(
            state != (MessageState.UNREACHABLE if id_ in blocked else MessageState.SENT)
            for id_, state in states.items()
        ),
    )


# The same in three seconds: it tells whether anything is lost, not how well time is used. A busy machine
# stands still for nearly as long as a chat wants between two messages: that is left to the large one.
SMALL = replace(
    Trial(),
    recipients=40,
    per_second=60,
    answers_every=0.1,
    timeout=1,
    early=0.95,
)
