"""The only place that asks what time it is. Everything else takes `now` or `today` as an argument."""

from datetime import UTC, datetime, timedelta
from pathlib import Path


class Clock:
    """The real clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the place that the rule points to


class FileClock(Clock):
    """The real clock moved by the number of seconds that stands in a file: for the sandbox and the journeys.

    Another process moves it by replacing the file; a missing file means no offset.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        """The moved moment, aware, in UTC."""
        try:
            offset = float(self._path.read_text() or 0)
        except FileNotFoundError:
            offset = 0.0
        return super().now() + timedelta(seconds=offset)
