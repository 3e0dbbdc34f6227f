"""A sandbox on a free port for each test, the bot's side of it and the people's."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox.server import Sandbox

TOKEN = "42:TEST"


@dataclass
class Sides:
    """Both sides over HTTP. Person 7, Anna, has started the bot."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    base: str

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Make the bot's call with JSON: the whole answer."""
        async with self.http.post(f"{self.base}bot{TOKEN}/{method}", json=params) as response:
            body: dict[str, Any] = await response.json()
            assert response.status == body.get("error_code", 200)
            return body

    async def result(self, method: str, **params: Any) -> Any:
        """Make a call that succeeds."""
        body = await self.call(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        """Make a call that is refused: why."""
        body = await self.call(method, **params)
        assert not body["ok"], body
        return str(body["description"])

    async def person(self, path: str, **body: Any) -> Any:
        """POST to the people side."""
        async with self.http.post(f"{self.base}sandbox/{path}", json=body) as response:
            answer = await response.json()
            assert response.status == 200, answer
            return answer

    async def mistake(self, path: str, **body: Any) -> str:
        """POST something impossible to the people side: the sentence."""
        async with self.http.post(f"{self.base}sandbox/{path}", json=body) as response:
            assert 400 <= response.status < 500
            return str((await response.json())["error"])

    async def look(self, path: str) -> Any:
        """GET from the people side."""
        async with self.http.get(f"{self.base}sandbox/{path}") as response:
            assert response.status == 200
            return await response.json()

    async def says(self, text: str = "hello") -> Any:
        """Text from the bot to Anna."""
        return await self.result("sendMessage", chat_id=7, text=text)


@pytest.fixture
async def sides(tmp_path: Path) -> AsyncIterator[Sides]:
    sandbox = Sandbox(token=TOKEN, clock_file=tmp_path / "clock")
    base = await sandbox.start()
    sandbox.world.add_user(id=7, first_name="Анна", started=True)
    async with aiohttp.ClientSession() as http:
        yield Sides(sandbox, http, base)
    await sandbox.stop()


def keyboard(*data: str) -> dict[str, Any]:
    """One row of inline buttons."""
    return {"inline_keyboard": [[{"text": one, "callback_data": one} for one in data]]}
