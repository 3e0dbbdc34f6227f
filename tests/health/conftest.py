"""A bot that is asked how it is."""

from collections.abc import AsyncIterator

import pytest

from bot.db.base import Database
from bot.watch import Watch
from tests.health.test_rules import Seconds
from tests.health.test_web import Monitor, serve


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def watch(seconds: Seconds) -> Watch:
    return Watch(seconds)


@pytest.fixture
async def monitor(database: Database, watch: Watch) -> AsyncIterator[Monitor]:
    async with serve(database, watch) as monitor:
        yield monitor
