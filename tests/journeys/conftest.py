"""A world for each journey: its own sandbox, its own database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.world import World, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as world:
        yield world
        if world.log.exists():
            world.check_log()
