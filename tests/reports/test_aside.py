import asyncio
import gc
import threading
from collections.abc import Iterator
from weakref import ref

import pytest

from bot.reports import aside


class Picture:
    """What refers to itself, as matplotlib's figures do: only the collector finds it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    yield
    assert gc.isenabled()


async def test_what_work_leaves_is_gone_when_it_is_done() -> None:
    def draw() -> "ref[Picture]":
        picture = Picture()
        # So much that, were the collector at work, the picture would be an old one by now.
        assert len([[] for _ in range(100_000)]) == 100_000
        return ref(picture)

    drawn = await aside(draw)
    assert drawn() is None


async def test_one_after_the_other_beside_the_loop() -> None:
    at_work: list[int] = []

    def draw(number: int) -> int:
        assert threading.current_thread() is not threading.main_thread()
        at_work.append(number)
        assert at_work == [number]
        at_work.remove(number)
        return number

    assert await asyncio.gather(*(aside(draw, number) for number in range(20))) == [*range(20)]


async def test_an_error_is_the_callers() -> None:
    def fail() -> None:
        raise ValueError("no such picture")

    with pytest.raises(ValueError, match="no such picture"):
        await aside(fail)
