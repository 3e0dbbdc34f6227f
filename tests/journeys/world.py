"""The bot as its own process against the sandbox as its own process, and people who use it over HTTP."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TextIO

import aiohttp
from sqlalchemy.engine import URL

from tests.journeys import secrets
from tests.journeys.transcripts import Transcript, transcript
from tests.processes import PATIENCE, fork

TOKEN = "4242:JOURNEY-TOKEN-THAT-NO-LOG-MAY-SHOW"


class World:
    """A sandbox, and the bot that can be started, killed and started again on one database."""

    def __init__(self, folder: Path, database: URL, address: str, http: aiohttp.ClientSession) -> None:
        self.folder, self.database, self.address, self.http = folder, database, address, http
        self.log = folder / "bot.log"
        self.process: BaseProcess | None = None
        self._before = 0
        self.moved_to: datetime | None = None
        self.recorders: list[Transcript] = []
        self.people: list[Person] = []
        self.environment = {
            "SCHOOLBOT_TELEGRAM__TOKEN": TOKEN,
            "SCHOOLBOT_TELEGRAM__API_BASE": address.rstrip("/"),
            "SCHOOLBOT_DATABASE__URL": database.render_as_string(hide_password=False),
            "SCHOOLBOT_SCHOOL__VACATIONS": '[["2026-10-26", "2026-11-03"]]',
            "SCHOOLBOT_DELIVERY__PER_CHAT_PER_SECOND": "100",
            # They press faster than people do.
            "SCHOOLBOT_LIMITS__BURST": "1000",
            "SCHOOLBOT_LIMITS__GUEST_BURST": "1000",
            "SCHOOLBOT_BACKUP__KEEP": "0",  # test_backup.py has its own
            "SCHOOLBOT_HEALTH__DISK_MB": "1",  # however full the disk of the tests
            "SCHOOLBOT_CLOCK_FILE": str(folder / "clock"),
            "SCHOOLBOT_LOG__LEVEL": "debug",  # the most that it can say
        }

    def command(self, *arguments: str, **environment: str) -> tuple[int | None, str]:
        """Run one command of the command line to its end: the exit status, and what it said."""
        process, out = self._fork(*arguments, **environment)
        with out:
            said = out.read()
        process.join(PATIENCE)
        return process.exitcode, said

    def run(self, **environment: str) -> None:
        """Start the bot."""
        self.environment |= environment
        self.log.touch()
        self._before = len(self.log.read_text())
        self.process, out = self._fork("run")
        out.close()

    def _fork(self, *arguments: str, **environment: str) -> tuple[BaseProcess, TextIO]:
        return fork("bot", *arguments, cwd=self.folder, log=self.log, **self.environment | environment)

    async def ended(self) -> int | None:
        """Wait for the bot's end: its exit status."""
        assert self.process
        await asyncio.to_thread(self.process.join, PATIENCE)
        return self.process.exitcode

    async def kill(self) -> None:
        """SIGKILL."""
        assert self.process
        self.process.kill()
        await self.ended()

    async def terminate(self) -> int | None:
        """SIGTERM, once it has come so far that this is not its death: the exit status."""
        assert self.process
        async with asyncio.timeout(PATIENCE):
            while self.process.is_alive() and "started" not in self.log.read_text()[self._before :]:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        self.process.terminate()
        return await self.ended()

    async def call(self, verb: str, path: str, **body: Any) -> Any:
        """One request to the people side."""
        async with self.http.request(verb, f"{self.address}sandbox/{path}", json=body or None) as response:
            answer = await response.json()
            assert response.status == 200, (path, body, answer)
            return answer

    async def file(self, file_id: str) -> bytes:
        """The content of a file that stands in a message."""
        async with self.http.get(f"{self.address}sandbox/files/{file_id}") as response:
            assert response.status == 200
            return await response.read()

    async def move_clock(self, moment: datetime) -> None:
        """Move the clock of the sandbox and of the bot."""
        await self.call("POST", "clock", at=moment.isoformat())
        self.moved_to = moment

    def transcript(self, name: str, title: str, **people: "Person") -> AbstractContextManager[None]:
        """Keep docs/transcripts/<name>.md true: what these people say, press and see while the block runs.

        With SCHOOLBOT_WRITE_DOCS set it is written, otherwise compared.
        """
        return transcript(self.recorders, name, title, people, self.moved_to)

    async def person(self, id_: int, first_name: str) -> "Person":
        """Somebody with a Telegram account."""
        await self.call("POST", "users", id=id_, first_name=first_name)
        self.people.append(Person(self, id_))
        return self.people[-1]

    async def check_log(self) -> str:
        """The bot's log; fails where it shows a traceback, or anything of what this journey was about."""
        log = self.log.read_text()
        assert "Traceback" not in log, log[-4000:]
        messages = [message for person in self.people for message in person.messages.values()]
        said = [*map(text, messages), *await secrets.all_texts(self.database)]
        hidden = {
            *secrets.secret_settings(self.environment),
            *secrets.secrets_in(messages),
            *secrets.anonymity_key(self.folder, self.database),
            *(str(person.id) for person in self.people if person.id > 10**6),
        }
        found = secrets.leaks(log, said, hidden)
        assert not found, [
            line for line in log.splitlines() if any(each in line.casefold() for each in found)
        ]
        return log


class Person:
    """One person's chat: what they send, and what stands there."""

    def __init__(self, world: World, id_: int) -> None:
        self.world, self.id = world, id_
        self.messages: dict[int, dict[str, Any]] = {}
        self._next = 0

    async def _look(self, seconds: float) -> bool:
        """Take in what is new in the chat, waiting for it; whether there was anything."""
        path = f"users/{self.id}/messages?after={self._next}&timeout={seconds}"
        answer = await self.world.call("GET", path)
        self._next = answer["next"]
        self.messages.update({m["message_id"]: m for m in answer["messages"]})
        return bool(answer["messages"])

    async def sees(self, *words: str, after: int = 0) -> dict[str, Any]:
        """Wait for a message of the bot (with an id above `after`) that holds all the words."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    for message in sorted(self.messages.values(), key=lambda m: -m["message_id"]):
                        mine = message["from"]["is_bot"] and message["message_id"] > after
                        if mine and not message.get("deleted") and all(w in text(message) for w in words):
                            for recorder in self.world.recorders:
                                recorder.saw(self, message)
                            return message
                    await self._look(5)
        except TimeoutError:
            seen = "\n---\n".join(text(m) for m in self.messages.values())
            raise AssertionError(f"{self.id} never saw {words}; they saw:\n{seen}") from None

    async def starts(self, code: str | None = None) -> None:
        """Open the chat, with an invitation perhaps."""
        await self.world.call("POST", f"users/{self.id}/start", **({"code": code} if code else {}))

    async def says(self, words: str, *expected: str) -> dict[str, Any]:
        """Write; then wait for an answer below that holds the expected words."""
        for recorder in self.world.recorders:
            recorder.said(self, words)
        sent = await self.world.call("POST", f"users/{self.id}/send", text=words)
        return await self.sees(*expected, after=sent["message_id"])

    async def sends(self, **content: Any) -> dict[str, Any]:
        """Send something else than text."""
        for recorder in self.world.recorders:
            recorder.sent(self, content)
        sent: dict[str, Any] = await self.world.call("POST", f"users/{self.id}/send", **content)
        return sent

    async def presses(self, label: str, *expected: str) -> dict[str, Any]:
        """Press the lowest button that holds the label; then wait for a message that holds the words."""
        message, button = await self.button(label)
        for recorder in self.world.recorders:
            recorder.pressed(self, button["text"])
        pressed = {"message_id": message["message_id"], "text": button["text"]}
        await self.world.call("POST", f"users/{self.id}/press", **pressed)
        return await self.sees(*expected) if expected else message

    async def pictures(self, number: int) -> None:
        """Wait until so many pictures of one album are there."""
        async with asyncio.timeout(PATIENCE):
            while sum("media_group_id" in m for m in self.messages.values()) < number:
                await self._look(5)

    async def button(self, label: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Wait for a button that holds the label: the lowest message that has one, and the button."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    for message in sorted(self.messages.values(), key=lambda m: -m["message_id"]):
                        keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
                        for button in (b for row in keyboard for b in row):
                            if label in button["text"] and not message.get("deleted"):
                                return message, button
                    await self._look(5)
        except TimeoutError:
            raise AssertionError(
                f"{self.id} has no button {label!r}: {list(self.messages.values())[-3:]}"
            ) from None


def text(message: dict[str, Any]) -> str:
    """What a message says."""
    return str(message.get("text") or message.get("caption") or "")


def code_in(message: dict[str, Any]) -> str:
    """The code of the deep link in a message."""
    found = re.search(r"start=([\w-]+)", text(message))
    assert found, text(message)
    return found[1]


@asynccontextmanager
async def open_world(folder: Path, database: URL) -> AsyncIterator[World]:
    """A running sandbox; the bot is not started yet. Ends with both processes gone."""
    log = folder / "sandbox.log"
    arguments = ("--port", "0", "--token", TOKEN, "--clock-file", str(folder / "clock"))
    sandbox, out = fork("sandbox", *arguments, cwd=folder, log=log)
    try:
        line = await asyncio.to_thread(out.readline)
        assert line.startswith("sandbox: "), line + log.read_text()
        async with aiohttp.ClientSession() as http:
            world = World(folder, database, line.split()[1], http)
            try:
                yield world
            finally:
                if world.process and world.process.is_alive():
                    await world.kill()
    finally:
        sandbox.terminate()
        sandbox.join(PATIENCE)
        out.close()
