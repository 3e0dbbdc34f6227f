"""What every command needs: how it says what it has to say, the clock, the words, the programme."""

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import Clock, FileClock

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.programme.model import Programme
    from bot.texts import Texts

DONE, FAILED, USAGE = 0, 1, 2

# Names a file with an offset in seconds by which the clock is moved: for the sandbox and the journeys.
CLOCK_VARIABLE = "SCHOOLBOT_CLOCK_FILE"


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


def the_programme(settings: "Settings") -> "Programme | None":
    """The programme; None with its problems printed."""
    from bot.programme.load import ProgrammeError, load

    try:
        return load(Path(settings.school.programme) if settings.school.programme else None)
    except ProgrammeError as error:
        say(USAGE, *map(str, error.problems))
        return None
