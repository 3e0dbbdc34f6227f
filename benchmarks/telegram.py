"""A Telegram that only counts: 100 people who each write again as soon as they are answered.

Nothing is checked here (that is the sandbox's work), so that what is measured is the bot.
"""

import asyncio
import json
import sys
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web

BOT = {"id": 42, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}
TOKEN = "42:BENCHMARK"  # noqa: S105 - of nobody's bot
# What an update's answer is known by; the other calls are answered and not counted.
ANSWERS = {"sendMessage", "editMessageText", "sendPhoto", "sendMediaGroup", "sendDocument"}
# Every round its own: an update that was handled once is not handled again.
UPDATE_IDS = count(1)

# The next update of a person, given their Telegram id and how many they have sent.
Deed = Callable[[int, int], dict[str, Any]]


class Crowd:
    """People who send `total` updates between them, each the next one after the answer to the last."""

    def __init__(self, people: list[int], deed: Deed, total: int) -> None:
        self._deed = deed
        self._left = total
        self._sent = dict.fromkeys(people, 0)
        self._asked_at: dict[int, float] = {}
        self._waiting: deque[dict[str, Any]] = deque()
        self._news = asyncio.Event()
        self.latencies: list[float] = []
        self.answered_at: list[float] = []
        self.first_poll = asyncio.Event()
        self.done = asyncio.Event()

    def begin(self) -> None:
        """Everybody sends their first update."""
        for person in self._sent:
            self._send(person)

    def _send(self, person: int) -> None:
        if not self._left:
            if not self._asked_at:
                self.done.set()
            return
        self._left -= 1
        self._asked_at[person] = time.perf_counter()
        self._waiting.append({"update_id": next(UPDATE_IDS), **self._deed(person, self._sent[person])})
        self._sent[person] += 1
        self._news.set()

    async def poll(self, offset: int, seconds: float) -> list[dict[str, Any]]:
        """What getUpdates gives."""
        self.first_poll.set()
        while self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()
        if not self._waiting:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), min(seconds, 5))
            except TimeoutError:
                return []
        return [self._waiting[n] for n in range(min(100, len(self._waiting)))]

    def answered(self, person: int) -> None:
        """The person has read an answer: they go on."""
        asked_at = self._asked_at.pop(person, None)
        if asked_at is not None:
            self.answered_at.append(time.perf_counter())
            self.latencies.append(self.answered_at[-1] - asked_at)
            self._send(person)


@asynccontextmanager
async def serving(crowd: Crowd) -> AsyncIterator[str]:
    """The address of a Telegram with these people."""

    async def call(request: web.Request) -> web.Response:
        method = request.match_info["method"]
        fields = await fields_of(request)
        result: Any = True
        if method == "getMe":
            result = BOT
        elif method == "getUpdates":
            result = await crowd.poll(int(fields.get("offset", 0)), float(fields.get("timeout", 0)))
        elif method in ANSWERS:
            chat = int(fields["chat_id"])
            sent = message(chat, 1, fields.get("text", "")) | {"from": BOT}
            result = [sent] if method == "sendMediaGroup" else sent
            crowd.answered(chat)
        return web.Response(text=json.dumps({"ok": True, "result": result}), content_type="application/json")

    app = web.Application(client_max_size=2**24)
    app.router.add_route("*", f"/bot{TOKEN}/{{method}}", call)
    async with listening(app) as address:
        yield address


async def fields_of(request: web.Request) -> dict[str, Any]:
    """What a request has, but for its files."""
    if request.content_type == "multipart/form-data":
        return {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    if request.content_type == "application/json":
        return dict(await request.json())
    return {key: values[0] for key, values in parse_qs(await request.text()).items()}


@asynccontextmanager
async def listening(app: web.Application) -> AsyncIterator[str]:
    """The address of an application that is served on loopback."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def polling(
    crowd: Crowd, module: str, *arguments: str, env: dict[str, str] | None = None
) -> AsyncIterator[int]:
    """The process id of a bot that has asked for updates: a module, and what it is told after the address."""
    async with serving(crowd) as address:
        command = (sys.executable, "-m", module, address, *arguments)
        process = await asyncio.create_subprocess_exec(*command, env=env)
        try:
            await asyncio.wait_for(crowd.first_poll.wait(), 60)
            yield process.pid
        finally:
            process.kill()
            await process.wait()


def message(chat: int, number: int, text: str) -> dict[str, Any]:
    """A message in somebody's private chat."""
    return {
        "message_id": number,
        "date": 1_780_000_000,
        "chat": {"id": chat, "type": "private", "first_name": "Anna"},
        "from": {"id": chat, "is_bot": False, "first_name": "Anna", "language_code": "ru"},
        "text": text,
    }


def press(person: int, number: int, data: str) -> dict[str, Any]:
    """A press on a button under a message of the bot."""
    return {
        "callback_query": {
            "id": f"{person}-{number}",
            "from": message(person, 1, "")["from"],
            "chat_instance": "1",
            "message": message(person, 1, "…") | {"from": BOT},
            "data": data,
        }
    }
