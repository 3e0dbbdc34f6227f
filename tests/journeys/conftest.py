"""A world for each journey: its own sandbox, its own database."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from tests.databases import renew
from tests.journeys.world import World, open_world


@pytest.fixture
async def world(tmp_path: Path, address_of: Callable[[str], URL]) -> AsyncIterator[World]:
    url = address_of("journey")
    renew(url)
    async with open_world(tmp_path, url) as world:
        yield world
        if world.log.exists():
            await world.check_log()
