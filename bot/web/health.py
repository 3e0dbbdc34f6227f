"""Whether the bot is well, and in numbers: /healthz and /metrics, for Docker, proxies and monitors.

No line and no label carries anybody's data: whoever reaches the address may read them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime
from itertools import accumulate

from aiohttp import web
from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.db import inbox, outbox
from bot.db.base import Database
from bot.errors import StartError
from bot.features import health
from bot.watch import BOUNDS, Watch

ANSWER_SECONDS = 5

# Whether Redis answers, where conversations are there: raises StartError.
Reach = Callable[[], Awaitable[None]]

WATCH, DATABASE, CLOCK = (
    web.AppKey("watch", Watch),
    web.AppKey("database", Database),
    web.AppKey("clock", Clock),
)
REACH: web.AppKey[Reach | None] = web.AppKey("reach")


def application(
    watch: Watch, database: Database, clock: Clock, reach: Reach | None = None
) -> web.Application:
    """/healthz: 200 and "ok", or 503 and what is wrong, a line each; /metrics for Prometheus."""
    made = web.Application()
    made[WATCH], made[DATABASE], made[CLOCK], made[REACH] = watch, database, clock, reach
    made.router.add_get("/healthz", _healthz)
    made.router.add_get("/metrics", _metrics)
    return made


async def _healthz(request: web.Request) -> web.Response:
    watch = request.app[WATCH]
    asked = await asyncio.gather(_database(request.app[DATABASE]), _redis(request.app[REACH]))
    wrong = [*health.ailing(watch), *asked[0], *asked[1]]
    wrong += [watch.troubles[name] for name in QUEUES if name in watch.troubles]
    lines = wrong or ["ok"]
    if "disk" in watch.troubles:
        lines.append(f"warning: {watch.troubles['disk']}")  # no restart makes room
    return web.Response(text="\n".join([*lines, ""]), status=503 if wrong else 200)


async def _database(database: Database) -> list[str]:
    try:
        async with asyncio.timeout(ANSWER_SECONDS), database.read() as session:
            await session.execute(select(1))
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        return [f"database: does not answer ({type(error).__name__})"]
    return []


async def _redis(reach: Reach | None) -> list[str]:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            if reach:
                await reach()
    except (StartError, TimeoutError) as error:
        return [str(error) or "redis.url: Redis does not answer"]
    return []


async def _metrics(request: web.Request) -> web.Response:
    depths: dict[str, Depth] = {}
    now = request.app[CLOCK].now()
    try:
        async with asyncio.timeout(ANSWER_SECONDS), request.app[DATABASE].read() as session:
            depths = {"inbox": await inbox.depth(session), "outbox": await outbox.depth(session, now)}
    except (SQLAlchemyError, OSError, TimeoutError):
        pass  # what is not known is not shown; /healthz says why
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(Numbers(request.app[WATCH], depths, now))
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return web.Response(body=encode(registry), headers={"Content-Type": content_type})


COUNTERS = {
    "updates": ("Updates of Telegram, by what became of them", ("kind", "result")),
    "deliveries": ("Attempts to send a message of the outbox, by what became of them", ("result",)),
    "ticks": ("Rounds of each tick", ("tick", "result")),
    "retry_after": ("How often Telegram has told the bot to wait (429)", ()),
}
HISTOGRAMS = {
    "update": ("From the arrival of an update to its last answer", ()),
    "tick": ("How long a round of each tick takes", ("tick",)),
}
QUEUES = {
    "inbox": ("Updates that are not answered yet", "For how long the oldest of them has waited"),
    "outbox": ("Messages that are due and not out yet", "For how long the oldest of them is due"),
}
Depth = inbox.Depth | outbox.Depth


class Numbers(Collector):
    """What the bot counts and its queues hold (those that are known), as Prometheus reads it."""

    def __init__(self, watch: Watch, depths: Mapping[str, Depth], now: datetime) -> None:
        self._watch, self._depths, self._now = watch, depths, now

    def collect(self) -> Iterator[Metric]:  # noqa: D102
        yield from self._counters()
        yield from self._histograms()
        for name, depth in self._depths.items():
            waiting, oldest = QUEUES[name]
            age = (self._now - depth.oldest).total_seconds() if depth.oldest else 0.0
            yield _gauge(f"{name}_waiting", waiting, depth.waiting)
            yield _gauge(f"{name}_oldest_seconds", oldest, age)
        if self._watch.free_bytes is not None:
            words = "Room on the disk of the database or of its copies, whichever has less"
            yield _gauge("disk_free_bytes", words, self._watch.free_bytes)
        troubles = GaugeMetricFamily(
            "schoolbot_trouble", "1 for each trouble that lasts", labels=("trouble",)
        )
        for name in self._watch.troubles:
            troubles.add_metric((name,), 1)
        yield troubles

    def _counters(self) -> Iterator[Metric]:
        for name, (words, labels) in COUNTERS.items():
            family = CounterMetricFamily(f"schoolbot_{name}", words, labels=labels)
            found = {key[1:]: count for key, count in self._watch.counts.items() if key[0] == name}
            for values, count in sorted((found or ({} if labels else {(): 0})).items()):
                family.add_metric(values, count)
            yield family

    def _histograms(self) -> Iterator[Metric]:
        bounds = [*map(str, BOUNDS), "+Inf"]
        for name, (words, labels) in HISTOGRAMS.items():
            family = HistogramMetricFamily(f"schoolbot_{name}_seconds", words, labels=labels)
            for key, times in sorted(self._watch.times.items()):
                if key[0] == name:
                    buckets = list(zip(bounds, accumulate(times.classes), strict=True))
                    family.add_metric(key[1:], buckets, times.total)
            yield family


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(f"schoolbot_{name}", words, value)
