"""What every command needs: how it says what it has to say, the clock, the words, the programme."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.clock import Clock, FileClock

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

    from bot.config import Settings
    from bot.db.base import Database
    from bot.programme.model import Programme
    from bot.texts import Texts

T = TypeVar("T")

DONE, FAILED, USAGE = 0, 1, 2

# Names a file with an offset in seconds by which the clock is moved: for the sandbox and the journeys.
CLOCK_VARIABLE = "SCHOOLBOT_CLOCK_FILE"


class CommandError(Exception):
    """The command ends here: its exit status, and what is said."""

    def __init__(self, status: int, *lines: str) -> None:
        super().__init__(*lines)
        self.status, self.lines = status, lines


def say(status: int, *lines: str) -> int:
    """Print the lines, errors on standard error; gives the status back."""
    for line in lines:
        print(line, file=sys.stderr if status else sys.stdout)
    return status


def the_clock() -> Clock:
    """The clock; a moved one where the environment names its file."""
    path = os.environ.get(CLOCK_VARIABLE)
    return FileClock(Path(path)) if path else Clock()


def moment(settings: "Settings") -> tuple[datetime, date]:
    """The present moment, and the school's day."""
    now = the_clock().now()
    return now, now.astimezone(settings.school.zone).date()


def the_texts() -> "Texts":
    """The words of the language that the terminal speaks."""
    from bot.texts import texts

    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return texts("ru" if locale.startswith("ru") else "en")


def the_programme(settings: "Settings") -> "Programme":
    """The programme. Raises CommandError with its problems."""
    from bot.programme.load import ProgrammeError, load

    try:
        return load(Path(settings.school.programme) if settings.school.programme else None)
    except ProgrammeError as error:
        raise CommandError(USAGE, *map(str, error.problems)) from None


def bring_up(url: "URL") -> None:
    """Bring the database to the present schema. Raises CommandError."""
    from bot.db.migrate import MigrationError, migrate

    try:
        migrate(url)
    except MigrationError as error:
        raise CommandError(FAILED, f"database.url: {error}") from None


def with_database(
    settings: "Settings", work: "Callable[[Database], Awaitable[T]]", *, as_it_is: bool = False
) -> T:
    """Work on the database, brought to the present schema unless `as_it_is`.

    Raises CommandError for what it refuses.
    """
    from sqlalchemy.exc import DBAPIError

    from bot.db.base import Database

    async def run() -> T:
        try:
            return await work(database)
        finally:
            await database.close()

    database = Database(settings.database.url)
    if not as_it_is:
        bring_up(database.url)
    try:
        return asyncio.run(run())
    except DBAPIError as error:
        raise CommandError(FAILED, f"database.url: {error.orig}") from None
