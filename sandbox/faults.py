"""What goes wrong on purpose: faults that a test asks for, and Telegram's limits on sending."""

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from sandbox.errors import Mistake, Refused
from sandbox.updates import CONFLICT

ANSWERS = {
    "400": "Bad Request: CHAT_WRITE_FORBIDDEN",
    "401": "Unauthorized",
    "403": "Forbidden: bot was blocked by the user",
    "409": CONFLICT,
    "500": "Internal Server Error",
    "502": "Bad Gateway",
}
# timeout: no answer, not performed; drop: connection cut, not performed; the others are performed first.
KINDS = {*ANSWERS, "429", "timeout", "drop", "drop_after", "timeout_after", "slow"}


@dataclass
class Fault:
    """The next `count` calls of a method (or pattern: `*`, `send*`) go wrong, in one chat or in all."""

    kind: str
    method: str = "*"
    count: int = 1
    chat_id: int | None = None
    retry_after: int = 1
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise Mistake(f"no fault is called {self.kind!r}; there are {', '.join(sorted(KINDS))}")

    def refuse(self) -> None:
        """Raise what the bot is answered, where this fault is an answer."""
        if self.kind == "429":
            retry = self.retry_after
            raise Refused(429, f"Too Many Requests: retry after {retry}", retry_after=retry)
        if self.kind in ANSWERS:
            raise Refused(int(self.kind), ANSWERS[self.kind])


class Faults:
    """The faults asked for, in order."""

    def __init__(self) -> None:
        self.left: list[Fault] = []

    def take(self, method: str, chat_id: Any) -> Fault | None:
        """The fault that befalls this call, counted down."""
        for fault in self.left:
            meant = fnmatch(method.lower(), fault.method.lower())
            if meant and (fault.chat_id is None or str(fault.chat_id) == str(chat_id)):
                fault.count -= 1
                if fault.count <= 0:
                    self.left.remove(fault)
                return fault
        return None


class Limits:
    """Telegram's pace: so many messages a second from the bot, and so many into one chat. Off until set."""

    def __init__(self) -> None:
        self.per_second = self.per_chat_per_second = 0
        self.refused = 0
        self._sent: defaultdict[Any, deque[float]] = defaultdict(deque)

    def check(self, method: str, chat_id: Any) -> None:
        """Count a sending call. Raises Refused 429 where it comes too soon."""
        if not method.lower().startswith(("send", "copy", "forward")) or method.lower() == "sendchataction":
            return
        now = time.monotonic()
        for key, limit in ((None, self.per_second), (str(chat_id), self.per_chat_per_second)):
            sent = self._sent[key]
            while sent and sent[0] <= now - 1:
                sent.popleft()
            if limit and len(sent) >= limit:
                self.refused += 1
                retry = math.ceil(sent[0] + 1 - now)
                raise Refused(429, f"Too Many Requests: retry after {retry}", retry_after=retry)
        for key in (None, str(chat_id)):
            self._sent[key].append(now)
