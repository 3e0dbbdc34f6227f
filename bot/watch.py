"""What the bot knows of itself: signs of life and counts, which web/ shows and scheduler/health judges.

Plain numbers in memory: nothing on the way of an update waits for them. One object a process, made by app.py.
"""

import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

# Upper bounds of a histogram's classes, in seconds; what is above the last is counted too.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)


@dataclass
class Times:
    """How long something took: how many by class (the last: longer than all bounds), and all together."""

    classes: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        """One more."""
        self.classes[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds


@dataclass
class Ticking:
    """How one tick does: since when it runs (None: it does not), when it ended, its failures in a row."""

    ended_at: float
    running_since: float | None = None
    failures: int = 0


class Watch:
    """Signs of life and counts. `now`: seconds by a clock that nobody moves, asleep while the machine is."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.now = now
        # When each part that is expected to live last gave a sign.
        self.alive: dict[str, float] = {}
        self.ticks: dict[str, Ticking] = {}
        # By name and labels, see web/metrics.py.
        self.counts: Counter[tuple[str, ...]] = Counter()
        self.times: defaultdict[tuple[str, ...], Times] = defaultdict(Times)
        # What scheduler/health last found: lines for operators by name, and the room on the disk.
        self.troubles: dict[str, str] = {}
        self.free_bytes: int | None = None
        self._delivered_at = now()
        self._on_since: dict[str, float] = {}

    def sign(self, part: str) -> None:
        """A part lives; from now on it is expected to."""
        self.alive[part] = self.now()

    def silent_for(self, part: str) -> float:
        """For how many seconds a part has given no sign; 0 for one that is not expected to."""
        return self.now() - self.alive.get(part, self.now())

    def delivered(self) -> None:
        """A message of the outbox is out, or given up."""
        self._delivered_at = self.now()

    def since_delivery(self) -> float:
        """For how many seconds none is; counted from the start."""
        return self.now() - self._delivered_at

    def lasting(self, what: str, *, on: bool) -> float:
        """For how many seconds something has been seen without a break; 0 when it is not."""
        if not on:
            self._on_since.pop(what, None)
            return 0.0
        return self.now() - self._on_since.setdefault(what, self.now())

    def rest(self, *parts: str) -> None:
        """These are expected to no more: another replica has them."""
        for part in parts:
            self.alive.pop(part, None)

    def count(self, *name: str) -> None:
        """One more of something, by its labels."""
        self.counts[name] += 1

    def took(self, seconds: float, *name: str) -> None:
        """Something took so long."""
        self.times[name].add(seconds)

    def expect(self, *ticks: str) -> None:
        """These ticks come round from now on; with none, they do no more (another replica has them)."""
        self.ticks = {tick: Ticking(self.now()) for tick in ticks}
        self.troubles = {}

    def tick_begun(self, tick: str) -> None:
        """It runs."""
        self.ticks.setdefault(tick, Ticking(self.now())).running_since = self.now()

    def tick_ended(self, tick: str, *, failed: bool) -> None:
        """It ran, well or not; by now it may not be expected to come round any more."""
        self.count("ticks", tick, "failed" if failed else "done")
        ticking, now = self.ticks.get(tick), self.now()
        if ticking is None:
            return
        if ticking.running_since is not None:
            self.took(now - ticking.running_since, "tick", tick)
        ticking.running_since, ticking.ended_at = None, now
        ticking.failures = ticking.failures + 1 if failed else 0
