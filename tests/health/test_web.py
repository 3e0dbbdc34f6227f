"""What is served over HTTP, asked as a monitor asks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from bot.conversations import RedisConversations
from bot.db import inbox, outbox
from bot.db.base import Database
from bot.db.inbox import InboxUpdate
from bot.db.outbox import Letter
from bot.errors import StartError
from bot.watch import Watch
from bot.web import health, serving
from bot.web.health import Numbers
from tests.chat import Telegram
from tests.fixtures import NOON, StoppedClock
from tests.health.test_rules import Seconds
from tests.school import DIRECTOR, School
from tests.servers import free_port, needs_redis, redis

ROOT = Path(__file__).parent.parent.parent


class Monitor:
    """The bot's own page, asked over HTTP."""

    def __init__(self, http: aiohttp.ClientSession, address: str, watch: Watch) -> None:
        self.http, self.address, self.watch = http, address, watch

    async def asks(self, path: str) -> tuple[int, str]:
        async with self.http.get(f"{self.address}/{path}") as response:
            return response.status, await response.text()

    async def numbers(self) -> dict[str, float]:
        """The metrics by name and labels, as Prometheus understands them."""
        status, text = await self.asks("metrics")
        assert status == 200
        found = {}
        for sample in (s for family in text_string_to_metric_families(text) for s in family.samples):
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
        return found


@asynccontextmanager
async def serve(
    database: Database, watch: Watch, reach: health.Reach | None = None
) -> AsyncIterator[Monitor]:
    port = free_port()
    application = health.application(watch, database, StoppedClock(NOON), reach)
    served = serving(application, "127.0.0.1", port, "http")
    async with served, aiohttp.ClientSession() as http:
        yield Monitor(http, f"http://127.0.0.1:{port}", watch)


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
        gone = Database(f"postgresql+asyncpg://bot@127.0.0.1:{free_port()}/gone")
        async with serve(gone, Watch()) as monitor:
            assert await monitor.asks("healthz") == (
                503,
                "database: does not answer (ConnectionRefusedError)\n",
            )
        await gone.close()

    async def test_a_redis_that_does_not_answer(self, database: Database) -> None:
        gone = RedisConversations(f"redis://127.0.0.1:{free_port()}/0", 42)
        async with serve(database, Watch(), gone.reach) as monitor:
            status, text = await monitor.asks("healthz")
        await gone.close()
        assert status == 503 and text.startswith("redis.url: Redis does not answer (ConnectionError)")

    @needs_redis
    async def test_one_that_does(self, database: Database) -> None:
        with redis() as address:
            kept = RedisConversations(address, 42)
            async with serve(database, Watch(), kept.reach) as monitor:
                assert await monitor.asks("healthz") == (200, "ok\n")
            await kept.close()

    @pytest.mark.parametrize("name", ["inbox", "outbox"])
    async def test_a_queue_that_stands(self, monitor: Monitor, name: str) -> None:
        monitor.watch.troubles = {name: f"{name}: stands", "disk": "disk: full"}
        assert await monitor.asks("healthz") == (503, f"{name}: stands\nwarning: disk: full\n")

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


class TestMetrics:
    async def test_what_came_in_what_went_out_and_what_waits(
        self, telegram: Telegram, database: Database, school: School
    ) -> None:
        chat = telegram.chat(DIRECTOR)
        await chat.says("/menu")
        await telegram.intake.take([{"update_id": "Маша"}])
        note = Letter(school.people[DIRECTOR], "child-left", {}, "due", NOON - timedelta(minutes=2))
        async with database.write() as session:
            await outbox.add(session, [note], NOON)
            await session.commit()
        telegram.watch.tick_begun("risk")
        telegram.watch.tick_ended("risk", failed=True)
        telegram.watch.troubles = {"disk": "disk: full"}
        async with serve(database, telegram.watch) as monitor:
            before = await monitor.numbers()
            await telegram.deliver()
            after = await monitor.numbers()
        assert before["schoolbot_updates_total{kind=message,result=done}"] == 1
        assert before["schoolbot_updates_total{kind=other,result=not_understood}"] == 1
        assert before["schoolbot_update_seconds_count"] == 1
        assert before["schoolbot_update_seconds_bucket{le=+Inf}"] == 1
        assert before["schoolbot_ticks_total{result=failed,tick=risk}"] == 1
        assert before["schoolbot_tick_seconds_count{tick=risk}"] == 1
        assert before["schoolbot_retry_after_total"] == 0
        assert before["schoolbot_trouble{trouble=disk}"] == 1
        assert (before["schoolbot_outbox_waiting"], before["schoolbot_outbox_oldest_seconds"]) == (1, 120)
        assert (before["schoolbot_inbox_waiting"], before["schoolbot_inbox_oldest_seconds"]) == (0, 0)
        assert (after["schoolbot_outbox_waiting"], after["schoolbot_outbox_oldest_seconds"]) == (0, 0)
        assert sum(n for name, n in after.items() if name.startswith("schoolbot_deliveries_total")) == 1
        assert before["process_resident_memory_bytes"] > 0
        assert {name for name, *_ in telegram.watch.counts} <= set(health.COUNTERS)
        assert {name for name, *_ in telegram.watch.times} <= set(health.HISTOGRAMS)

    async def test_what_is_put_back_waits_and_was_not_answered(
        self, telegram: Telegram, database: Database, school: School, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def fails(*_: object) -> bool:
            raise OperationalError("", {}, OSError("disk full"))

        monkeypatch.setattr(inbox, "finish", fails)
        await telegram.chat(DIRECTOR).says("/menu")
        async with database.write() as session:
            await session.execute(update(InboxUpdate).values(received_at=NOON - timedelta(minutes=3)))
            await session.commit()
        async with serve(database, telegram.watch) as monitor:
            numbers = await monitor.numbers()
        assert numbers["schoolbot_updates_total{kind=message,result=put_back}"] == 1
        assert "schoolbot_update_seconds_count" not in numbers
        assert (numbers["schoolbot_inbox_waiting"], numbers["schoolbot_inbox_oldest_seconds"]) == (1, 180)

    async def test_without_a_database_what_is_known_is_shown(self) -> None:
        gone = Database(f"postgresql+asyncpg://bot@127.0.0.1:{free_port()}/gone")
        async with serve(gone, Watch()) as monitor:
            numbers = await monitor.numbers()
        await gone.close()
        assert "schoolbot_retry_after_total" in numbers and "schoolbot_outbox_waiting" not in numbers


def test_every_number_stands_in_the_chapter_for_operators() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    depths: dict[str, health.Depth] = {"inbox": inbox.Depth(0, None), "outbox": outbox.Depth(0, None, None)}
    numbers = {
        sample.name for family in Numbers(Watch(), depths, NOON).collect() for sample in family.samples
    }
    numbers |= {f"schoolbot_{name}_total" for name in health.COUNTERS}
    numbers |= {f"schoolbot_{name}_seconds" for name in health.HISTOGRAMS}
    assert len(numbers) > 7 and not {name for name in numbers if name not in text}
