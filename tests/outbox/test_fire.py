"""An announcement while Telegram fails in every way that it does: nothing is lost, and nobody waits."""

from pathlib import Path

import pytest

from benchmarks.fire import SMALL, Outcome, Trial, announce


def check(found: Outcome) -> None:
    assert (found.lost, found.doubled, found.too_many, found.mistaken) == (0, 0, 0, 0), found
    assert found.repeated > 0  # the connection was dropped after it had arrived: that cannot be known


async def test_nothing_is_lost_and_nothing_comes_twice(tmp_path: Path) -> None:
    check(await announce(tmp_path, SMALL))


@pytest.mark.soak
async def test_three_thousand_people(tmp_path: Path) -> None:
    found = await announce(tmp_path, Trial())
    check(found)
    assert found.ratio <= 1.05, found
    assert found.answer_p95 <= 0.2, found
    # Who has been written to just now gets the answer when Telegram takes another message to them.
    assert found.answer_max <= 1.1, found
