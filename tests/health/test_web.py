"""What is served over HTTP, asked as a monitor asks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.db.base import Database
from bot.errors import StartError
from bot.watch import Watch
from bot.web import health, serving
from tests.fixtures import NOON, StoppedClock
from tests.servers import free_port


class Seconds:
    """A clock of seconds that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


class Monitor:
    """The bot's own page, asked over HTTP."""

    def __init__(self, http: aiohttp.ClientSession, address: str, watch: Watch) -> None:
        self.http, self.address, self.watch = http, address, watch

    async def asks(self, path: str) -> tuple[int, str]:
        async with self.http.get(f"{self.address}/{path}") as response:
            return response.status, await response.text()


@asynccontextmanager
async def serve(database: Database, watch: Watch) -> AsyncIterator[Monitor]:
    port = free_port()
    served = serving(health.application(watch, database, StoppedClock(NOON)), "127.0.0.1", port, "http")
    async with served, aiohttp.ClientSession() as http:
        yield Monitor(http, f"http://127.0.0.1:{port}", watch)


@pytest.fixture
async def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def monitor(database: Database, seconds: Seconds) -> AsyncIterator[Monitor]:
    async with serve(database, Watch(seconds)) as monitor:
        yield monitor


class TestHealthz:
    async def test_well_while_every_part_gives_signs(self, monitor: Monitor, seconds: Seconds) -> None:
        assert await monitor.asks("healthz") == (200, "ok\n")
        monitor.watch.sign("intake")
        monitor.watch.expect("backup", "events")
        monitor.watch.tick_begun("backup")
        seconds.at += 119
        assert await monitor.asks("healthz") == (200, "ok\n")

    async def test_names_each_that_is_silent(self, monitor: Monitor, seconds: Seconds) -> None:
        monitor.watch.sign("intake")
        monitor.watch.sign("delivery")
        monitor.watch.expect("backup", "events", "risk")
        monitor.watch.tick_begun("backup")
        seconds.at += 100
        monitor.watch.sign("delivery")
        monitor.watch.tick_ended("risk", failed=True)
        seconds.at += 21
        assert await monitor.asks("healthz") == (
            503,
            "intake: no sign of life for 121 s\ntick events: has not come round for 121 s\n",
        )
        seconds.at += 800
        assert "tick backup: has been running for 921 s" in (await monitor.asks("healthz"))[1]

    async def test_a_database_that_does_not_answer(self) -> None:
        gone = Database("sqlite+aiosqlite:////nowhere/bot.db")
        async with serve(gone, Watch()) as monitor:
            assert await monitor.asks("healthz") == (503, "database: does not answer (OperationalError)\n")
        await gone.close()

    async def test_there_is_nothing_else(self, monitor: Monitor) -> None:
        assert (await monitor.asks(""))[0] == 404


async def test_an_address_in_use_is_a_sentence(monitor: Monitor, database: Database) -> None:
    port = int(monitor.address.rpartition(":")[2])
    again = serving(health.application(Watch(), database, StoppedClock(NOON)), "127.0.0.1", port, "http")
    with pytest.raises(
        StartError, match=rf"http: cannot serve on 127.0.0.1, port {port}: Address already in"
    ):
        async with again:
            pass
