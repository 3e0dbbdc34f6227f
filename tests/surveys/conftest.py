"""What the tests of surveys share."""

import pytest

from bot.config import Settings
from bot.db.base import Database
from bot.programme.calendar import Calendar
from bot.scheduler import Context
from tests.chat import the_programme
from tests.conftest import StoppedClock


@pytest.fixture
def context(database: Database, clock: StoppedClock, settings: Settings) -> Context:
    """What a tick is given."""
    return Context(database, clock, settings, the_programme(), Calendar(vacations=()), lambda: None)
