"""The sandbox's clock: the real one moved by an offset that another process can read from a file."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

# When a day of those that the clock can be moved to begins.
MORNING, EVENING = 9, 19


class Clock:
    """Seconds since 1970, moved.

    The file, where given, holds the offset in seconds as text; it is replaced as a whole, never half written.
    The zone is that of the people: what the page shows, and what morning is.
    """

    def __init__(self, file: Path | None = None, zone: str = "UTC") -> None:
        self._file = file
        self.zone = ZoneInfo(zone)
        self.offset = float(file.read_text() or 0) if file and file.exists() else 0.0

    def now(self) -> int:
        """The moved moment in whole seconds, as Telegram dates are."""
        return int(time.time() + self.offset)

    def move(self, offset: float) -> None:
        """Set the offset from the real time, in seconds."""
        if self._file:
            draft = self._file.with_name(self._file.name + ".new")
            draft.write_text(str(offset))
            draft.replace(self._file)
        self.offset = offset

    def move_to(self, moment: datetime) -> None:
        """Make it that moment now."""
        self.move(moment.timestamp() - time.time())

    def state(self) -> dict[str, Any]:
        """What the people side shows."""
        now = datetime.fromtimestamp(self.now(), UTC).isoformat()
        return {"offset_seconds": self.offset, "now": now, "zone": self.zone.key, "jumps": self.jumps()}

    def jumps(self) -> dict[str, str]:
        """Moments worth moving to, each the next one: an evening, a working day, a Monday, a 1 September."""
        now = datetime.fromtimestamp(self.now(), self.zone)
        evening, morning = (now.replace(hour=h, minute=0, second=0) for h in (EVENING, MORNING))
        days = [morning + timedelta(days=n) for n in range(367)]
        found = {
            "hour": now + timedelta(hours=1),
            "evening": evening if evening > now else evening + timedelta(days=1),
            "working_day": next(day for day in days if day > now and day.weekday() < 5),
            "monday": next(day for day in days if day > now and day.weekday() == 0),
            "september": next(day for day in days if day > now and (day.month, day.day) == (9, 1)),
        }
        return {name: moment.isoformat() for name, moment in found.items()}
