"""How fast one person may write: who floods is told so once, and not heard until they are calm.

Kept in memory, for so many chats at most, by each process for itself: what is lost with the process is only
who was flooding.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from bot.config import Limits

# Quiet for so many seconds, and a person is heard again.
CALM = 10.0
# So many chats are remembered, those that wrote last.
CHATS_MAX = 10_000


class Verdict(Enum):
    """Heard; not heard and to be told so; not heard, and told already."""

    HEARD = auto()
    TOO_FAST = auto()
    UNHEARD = auto()


@dataclass(slots=True)
class Meter:
    """What one chat has sent of late, by seconds of its own time."""

    last: float = 0.0
    # What it has sent and not yet worked off at the pace allowed: a number of updates.
    level: float = 0.0
    flooding: bool = False


class Throttle:
    """A chat may send `burst` updates at once and then so many a second; guests, who have no account, fewer.

    Messages carry the moment at which they were sent, presses do not. They are counted apart: messages by
    their own moments, so that what waited out an outage is not taken for a flood, presses by those at which
    they come. Neither line of time has to agree with the other: the clock of this machine may be wrong.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._meters: OrderedDict[tuple[int, bool], Meter] = OrderedDict()
        self._members: OrderedDict[int, None] = OrderedDict()

    def not_known(self, chats: Iterable[int]) -> set[int]:
        """Those of whom it is not known that they have an account."""
        return {chat for chat in chats if chat not in self._members}

    def know(self, members: Iterable[int]) -> None:
        """These have an account."""
        self._members.update(dict.fromkeys(members))
        while len(self._members) > CHATS_MAX:
            self._members.popitem(last=False)

    def judge(self, chat: int, at: float, *, dated: bool) -> Verdict:
        """Whether what a chat sends at a moment (seconds) is heard; `dated`: the moment is Telegram's."""
        meter = self._meters.setdefault((chat, dated), Meter())
        self._meters.move_to_end((chat, dated))
        if len(self._meters) > CHATS_MAX:
            self._meters.popitem(last=False)
        at = max(at, meter.last)
        since, meter.last = at - meter.last, at
        if meter.flooding:
            if since < CALM:
                return Verdict.UNHEARD
            meter.flooding, meter.level = False, 0.0
        member = chat in self._members
        burst = self._limits.burst if member else self._limits.guest_burst
        pace = self._limits.per_second if member else self._limits.guest_per_second
        level = max(0.0, meter.level - since * pace) + 1
        if level > burst + 1e-6:  # sums of fractions are not exact
            meter.flooding = True
            return Verdict.TOO_FAST
        meter.level = level
        return Verdict.HEARD
