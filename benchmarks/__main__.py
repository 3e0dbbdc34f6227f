"""`python -m benchmarks` (make bench): every figure that the documents give, measured on this machine.

Milliseconds differ from machine to machine; what can be compared are the ratios within one run. Names of
parts (start, status, updates, sending) measure only those; `--postgresql` takes a PostgreSQL of its own.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from sqlalchemy.engine import make_url

from benchmarks import disk, fire, school, sending, starting, status, updates
from bot import log
from bot.db.base import is_sqlite

HISTORY = 100
FEW, MANY = 300, 300_000


def say(what: str, figure: str) -> None:
    """A row of the table."""
    print(f"| {what} | {figure} |", flush=True)


def measure_status(folder: Path, new: Callable[[str], str]) -> None:
    """/status for three schools; picture, report and import for the large one."""
    demonstration, large = new("demonstration"), new("large")
    asyncio.run(school.demonstration(demonstration))
    _say_status("demonstration school", demonstration)
    taken, check = school.import_roster(folder, large)
    say(
        f"import-roster, {school.PUPILS} pupils, whole process",
        f"{taken:.1f} s, {taken / check:.1f} x `check`",
    )
    asyncio.run(school.fill(large, school.years_of_deeds))
    size = f"{school.PUPILS} pupils, {school.NOTES:,} notes, {school.ANSWERS:,} answers"
    _say_status(size, large)
    first, usual = asyncio.run(status.picture(large))
    say("overview picture", f"{usual:.0f} ms, the first {first:.0f} ms")
    _say_report(size, large)
    asyncio.run(school.fill(large, partial(school.history, times=HISTORY)))
    more = f"the same with {HISTORY} x the notes and answers, in earlier years"
    _say_status(more, large)
    _say_report(more, large)


def _say_status(name: str, url: str) -> None:
    found = asyncio.run(status.status(url))
    say(
        f"/status, {name}",
        f"{found.usual:.0f} ms ({found.queries} queries, {found.questions:.0f} ms without SQLAlchemy: "
        f"{found.usual / found.questions:.1f} x), the first {found.first:.0f} ms",
    )


def _say_report(name: str, url: str) -> None:
    values, written = asyncio.run(status.report(url))
    say(f"report, {name}", f"values {values:.0f} ms, workbook {written:.0f} ms")


def measure_updates(folder: Path, new: Callable[[str], str]) -> None:
    """Updates a second beside aiogram alone and, where the disk is slow, beside the usual stack."""
    found = asyncio.run(updates.compare(new("updates")))
    for name, (echo, bot) in found.items():
        say(
            f"updates a second, {name}",
            f"{bot.per_second:.0f}, aiogram alone {echo.per_second:.0f}: "
            f"{bot.per_second / echo.per_second:.2f} x; p50 {bot.p50:.0f} ms, p95 {bot.p95:.0f} ms",
        )
    urls = new("slow"), new("usual")
    # The disk of a server is not this process's.
    if all(is_sqlite(make_url(url)) for url in urls) and disk.can_be_slow():
        usual, bot = asyncio.run(updates.compare_on_a_slow_disk(folder, *urls))
        say(
            f"the same, words, where a sync takes {disk.SYNC_MS} ms",
            f"{bot.per_second:.0f}, the usual stack {usual.per_second:.0f}: "
            f"{bot.per_second / usual.per_second:.1f} x; p95 {bot.p95:.0f} ms, {usual.p95:.0f} ms",
        )


def measure_start(_folder: Path, new: Callable[[str], str]) -> None:
    """The start and the memory of the bot with the demonstration school, beside aiogram alone."""
    url = new("start")
    asyncio.run(school.demonstration(url))
    echo, bot = asyncio.run(starting.compare(url))
    say(
        "command to first getUpdates",
        f"{bot.seconds:.1f} s, aiogram alone {echo.seconds:.1f} s: {bot.seconds / echo.seconds:.2f} x",
    )
    say(
        "memory, idle",
        f"{bot.megabytes:.0f} MB, aiogram alone {echo.megabytes:.0f} MB: "
        f"{bot.megabytes / echo.megabytes:.2f} x",
    )
    say(
        f"memory after {starting.HEAVY} pictures, workbooks and documents",
        f"{bot.afterwards:.0f} MB: {bot.afterwards / echo.megabytes:.2f} x",
    )


def measure_sending(folder: Path, new: Callable[[str], str]) -> None:
    """An announcement under fire; the memory of one to very many; reminders that are all due at once."""
    log.configure(school.SETTINGS)
    trial = fire.Trial()
    found = asyncio.run(fire.announce(folder, trial))
    say(
        f"announcement to {trial.recipients} people, {trial.per_second} a second, with failures",
        f"{found.seconds:.1f} s, {found.ratio:.3f} x the limit's own; lost {found.lost}, twice "
        f"{found.doubled} (and {found.repeated} whose connection dropped after it had arrived), "
        f"answers of 429: {found.too_many}; own answers p95 {found.answer_p95:.2f} s, "
        f"the longest {found.answer_max:.2f} s",
    )
    memory = []
    for number in (FEW, MANY):
        url = new(f"guardians{number}")
        asyncio.run(sending.many_guardians(url, number))
        memory.append(asyncio.run(sending.peak_memory(url)))
    say(
        f"memory of an announcement to {MANY} people",
        f"{memory[1]:.0f} MB, of one to {FEW} {memory[0]:.0f} MB: {memory[1] / memory[0]:.2f} x",
    )
    reminded = asyncio.run(sending.remind(new("reminders")))
    say(
        f"{sending.REMINDERS} reminders due at once",
        f"{reminded.claimed:.0f} % claimed in {reminded.seconds:.1f} s, "
        f"the loop's longest pause {reminded.pause:.0f} ms",
    )


PARTS = {
    "start": measure_start,
    "status": measure_status,
    "updates": measure_updates,
    "sending": measure_sending,
}


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; without any: all")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of its own")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if options.postgresql:
            from tests.servers import postgresql

            server = stack.enter_context(postgresql())
            new = partial(_database, server)
        else:
            new = partial(_file, folder)
        say("what", "PostgreSQL" if options.postgresql else "SQLite")
        say("---", "---")
        for name in options.parts or PARTS:
            PARTS[name](folder, new)


def _file(folder: Path, name: str) -> str:
    return f"sqlite+aiosqlite:///{folder / name}.db"


def _database(server: str, name: str) -> str:
    import asyncpg

    async def create() -> None:
        connection = await asyncpg.connect(f"{server}/postgres".replace("+asyncpg", ""))
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.close()

    asyncio.run(create())
    return f"{server}/{name}"


if __name__ == "__main__":
    main()
