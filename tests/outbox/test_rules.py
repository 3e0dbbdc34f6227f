"""Pace and quiet hours: laws."""

import gc
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from weakref import ref
from zoneinfo import ZoneInfo

import pytest
from aiogram.methods import Response
from hypothesis import given
from hypothesis import strategies as st

from bot.app import ANSWERS
from bot.calls import Answered
from bot.delivery import Pace
from bot.features.outbox import SENT_AGAIN, TOLD_OF, after_quiet_hours
from bot.ui.messages import DIGESTS, RENDERS
from bot.updates import GetRawUpdates

OMSK = ZoneInfo("Asia/Omsk")
NAIVE = datetime(2020, 1, 1), datetime(2035, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
MOMENTS = st.datetimes(*NAIVE, timezones=st.just(UTC))
TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0, fold=0))


class Stopwatch:
    """Time that passes only in sleep."""

    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds


class TestPace:
    @given(st.lists(st.tuples(st.integers(1, 6), st.booleans()), max_size=120))
    async def test_never_faster_than_telegram_allows(self, calls: list[tuple[int, bool]]) -> None:
        watch = Stopwatch()
        pace = Pace(25, 1, watch.now, watch.sleep)
        made: list[tuple[float, int]] = []
        for chat, reply in calls:
            await pace.turn(chat, reply=reply)
            made.append((watch.time, chat))
        for start, _ in made:
            assert sum(start <= at < start + 1 for at, _ in made) <= 25 + 10
        for chat in range(1, 7):
            times = [at for at, c in made if c == chat]
            assert all(b - a >= 1 - 1e-6 for a, b in pairwise(times))

    async def test_a_hundred_people_take_as_long_as_the_pace_says(self) -> None:
        watch = Stopwatch()
        pace = Pace(25, 1, watch.now, watch.sleep)
        for chat in range(105):
            await pace.turn(chat, reply=False)
        assert watch.time == pytest.approx(100 / 25, abs=0.1)

    async def test_a_reply_does_not_wait_behind_an_announcement(self) -> None:
        watch = Stopwatch()
        pace = Pace(25, 1, watch.now, watch.sleep)
        for chat in range(50):
            await pace.turn(chat, reply=False)
        before = watch.time
        await pace.turn(999, reply=True)
        assert watch.time == before

    async def test_an_announcement_does_not_wait_behind_replies_without_end(self) -> None:
        watch = Stopwatch()
        pace = Pace(25, 1, watch.now, watch.sleep)
        sent = []
        for chat in range(200):
            await pace.turn(chat, reply=True)
            if await pace.turn(1000 + chat, reply=False, within=0):
                sent.append(watch.time)
        assert len(sent) == pytest.approx(watch.time * 25 / 10, abs=3)
        assert all(b - a <= 0.5 for a, b in pairwise(sent[5:]))

    async def test_429_pauses_everything(self) -> None:
        watch = Stopwatch()
        pace = Pace(25, 1, watch.now, watch.sleep)
        pace.pause(7)
        await pace.turn(1, reply=True)
        assert watch.time == pytest.approx(7)


class TestQuietHours:
    @given(MOMENTS, TIMES, TIMES)
    def test_never_earlier_and_never_within(self, now: datetime, start: time, end: time) -> None:
        at = after_quiet_hours(now, OMSK, start, end)
        assert now <= at < now + timedelta(days=1, minutes=1)
        local = at.astimezone(OMSK).time()
        if start <= end:
            assert not start <= local < end
        else:
            assert end <= local < start

    @pytest.mark.parametrize(
        ("local", "expected"),
        [
            ((14, 19, 59), (14, 19, 59)),
            ((14, 20, 0), (15, 8, 0)),
            ((15, 3, 0), (15, 8, 0)),
            ((15, 8, 0), (15, 8, 0)),
        ],
    )
    def test_night_of_the_school(self, local: tuple[int, int, int], expected: tuple[int, int, int]) -> None:
        def moment(day: int, hour: int, minute: int) -> datetime:
            return datetime(2026, 10, day, hour, minute, tzinfo=OMSK)

        assert after_quiet_hours(moment(*local), OMSK, time(20), time(8)) == moment(*expected)


def test_what_is_told_to_who_is_back_can_be_told() -> None:
    assert DIGESTS.keys() >= TOLD_OF and RENDERS.keys() - DIGESTS.keys() >= SENT_AGAIN


def test_what_answers_are_read_by_is_built_once() -> None:
    """Whatever the bot calls all the time; pydantic forgets types that nobody keeps."""
    for method in (GetRawUpdates, Answered):
        kept = ref(Response[method.__returning__])  # type: ignore[name-defined]
        gc.collect()
        assert kept() in ANSWERS
