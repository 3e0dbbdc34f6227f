"""/status, its picture and the report: for the demonstration, a large school, and a hundred times that."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import event
from sqlalchemy.engine import Engine

from benchmarks.school import SETTINGS
from bot.clock import Clock
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Database, is_sqlite
from bot.db.sqlite import Connection
from bot.demo.school import DIRECTOR
from bot.features import activities, findings, indicators
from bot.features.indicators import reporting
from bot.programme.load import load
from bot.reports import charts, workbook
from bot.texts import texts
from bot.ui import indicators as ui
from bot.ui import report_words as words
from bot.ui import values

ROUNDS = 30
PROGRAMME, T = load(), texts("ru")
ADMIN = Actor(DIRECTOR, roles=frozenset({Role.ADMIN}))


class Status(NamedTuple):
    """Milliseconds of /status in words without network: the first, the median, of its questions alone."""

    first: float
    usual: float
    questions: float
    queries: int


async def timed(work: Callable[[], Awaitable[Any]]) -> float:
    """The milliseconds that something takes."""
    start = time.perf_counter()
    await work()
    return (time.perf_counter() - start) * 1000


async def status(url: str) -> Status:
    """Times of /status; its questions alone are asked again of the driver, without SQLAlchemy.

    By turns, so that whatever else the machine does slows both.
    """
    database = Database(url)
    today = Clock().now().astimezone(SETTINGS.school.zone).date()

    async def ask() -> None:
        async with database.read() as session:
            found = await indicators.status(session, ADMIN, PROGRAMME, today, SETTINGS)
            unassigned = await activities.unassigned(session, today)
            heard = await findings.closed(session, today, SETTINGS)
        ui.status(T, PROGRAMME, found, today.year, unassigned, heard)

    try:
        first = await timed(ask)
        asked = await _asked_by(ask)
        async with _driver(database, asked) as bare:
            rounds = [(await timed(ask), await timed(bare)) for _ in range(ROUNDS)]
        usual, questions = (median(column) for column in zip(*rounds, strict=True))
        return Status(first, usual, questions, len(asked))
    finally:
        await database.close()


async def _asked_by(ask: Callable[[], Awaitable[Any]]) -> list[tuple[str, Any]]:
    """The questions that something asks, by SQLAlchemy or past it, with what they are asked with."""
    asked: list[tuple[str, Any]] = []
    directly = Connection.ask

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    async def note_directly(connection: Connection, statement: str, parameters: Any) -> Any:
        asked.append((statement, parameters))
        return await directly(connection, statement, parameters)

    event.listen(Engine, "before_cursor_execute", note)
    Connection.ask = note_directly  # type: ignore[method-assign,assignment]
    await ask()
    Connection.ask = directly  # type: ignore[method-assign]
    event.remove(Engine, "before_cursor_execute", note)
    return asked


@asynccontextmanager
async def _driver(
    database: Database, asked: list[tuple[str, Any]]
) -> AsyncIterator[Callable[[], Awaitable[Any]]]:
    """What asks the same of the driver."""
    if is_sqlite(database.url):
        connection = sqlite3.connect(database.url.database or "")

        async def ask() -> None:
            for statement, parameters in asked:
                connection.execute(statement, parameters).fetchall()

        try:
            yield ask
        finally:
            connection.close()
        return
    import asyncpg

    server = await asyncpg.connect(database.url.set(drivername="postgresql").render_as_string(False))

    try:
        # Prepared, as SQLAlchemy has them; by itself the driver keeps none that is longer than 15 KB.
        prepared = [(await server.prepare(statement), parameters) for statement, parameters in asked]

        async def fetch() -> None:
            for statement, parameters in prepared:
                await statement.fetch(*parameters)

        yield fetch
    finally:
        await server.close()


async def picture(url: str) -> tuple[float, float]:
    """Milliseconds of the picture of /status: the first, which loads matplotlib, and the median after it."""
    database = Database(url)
    today = Clock().now().astimezone(SETTINGS.school.zone).date()
    async with database.read() as session:
        found = await indicators.status(session, ADMIN, PROGRAMME, today, SETTINGS)
    await database.close()

    async def draw() -> None:
        bars = [charts.Bar(**bar) for bar in values.bars(T, found)]
        await asyncio.to_thread(charts.overview, bars, "2026", values.legend(T), T("status-mark"))

    return await timed(draw), median([await timed(draw) for _ in range(5)])


async def report(url: str) -> tuple[float, float]:
    """Milliseconds of the report's values, and of the workbook with them."""
    database = Database(url)
    now = Clock().now()
    today = now.astimezone(SETTINGS.school.zone).date()
    try:
        async with database.write() as session:
            start = time.perf_counter()
            asked = reporting.period(today)
            found = await reporting.report(session, None, now, today, PROGRAMME, SETTINGS, asked)
            took = (time.perf_counter() - start) * 1000

        async def write() -> None:
            workbook.workbook([workbook.Sheet(*sheet) for sheet in words.sheets(T, found)])

        return took, await timed(write)
    finally:
        await database.close()
