"""Whether the bot is well, and in numbers: /healthz and /metrics, for Docker, proxies and monitors.

No line and no label carries anybody's data: whoever reaches the address may read them.
"""

import asyncio
from collections.abc import Iterator
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
from bot.db import outbox
from bot.db.base import Database
from bot.db.outbox import Depth
from bot.features import health
from bot.watch import BOUNDS, Watch

DATABASE_SECONDS = 5

WATCH, DATABASE, CLOCK = (
    web.AppKey("watch", Watch),
    web.AppKey("database", Database),
    web.AppKey("clock", Clock),
)


def application(watch: Watch, database: Database, clock: Clock) -> web.Application:
    """/healthz: 200 and "ok", or 503 and what is wrong, a line each; /metrics for Prometheus."""
    made = web.Application()
    made[WATCH], made[DATABASE], made[CLOCK] = watch, database, clock
    made.router.add_get("/healthz", _healthz)
    made.router.add_get("/metrics", _metrics)
    return made


async def _healthz(request: web.Request) -> web.Response:
    watch = request.app[WATCH]
    wrong = [*health.ailing(watch), *await _database(request.app[DATABASE])]
    if "outbox" in watch.troubles:
        wrong.append(watch.troubles["outbox"])
    lines = wrong or ["ok"]
    if "disk" in watch.troubles:
        lines.append(f"warning: {watch.troubles['disk']}")  # no restart makes room
    return web.Response(text="\n".join([*lines, ""]), status=503 if wrong else 200)


async def _database(database: Database) -> list[str]:
    try:
        async with asyncio.timeout(DATABASE_SECONDS), database.read() as session:
            await session.execute(select(1))
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        return [f"database: does not answer ({type(error).__name__})"]
    return []


async def _metrics(request: web.Request) -> web.Response:
    depth, now = None, request.app[CLOCK].now()
    try:
        async with asyncio.timeout(DATABASE_SECONDS), request.app[DATABASE].read() as session:
            depth = await outbox.depth(session, now)
    except (SQLAlchemyError, OSError, TimeoutError):
        pass  # what is not known is not shown; /healthz says why
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    age = (now - depth.oldest).total_seconds() if depth and depth.oldest else 0.0
    registry.register(Numbers(request.app[WATCH], depth, age))
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


class Numbers(Collector):
    """What the bot counts and the outbox holds (None: not known), as Prometheus reads it."""

    def __init__(self, watch: Watch, depth: Depth | None, age: float) -> None:
        self._watch, self._depth, self._age = watch, depth, age

    def collect(self) -> Iterator[Metric]:  # noqa: D102
        yield from self._counters()
        yield from self._histograms()
        if self._depth:
            yield _gauge("outbox_waiting", "Messages that are due and not out yet", self._depth.waiting)
            yield _gauge("outbox_oldest_seconds", "For how long the oldest of them is due", self._age)
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
