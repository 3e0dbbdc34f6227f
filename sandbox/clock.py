"""The sandbox's clock: the real one moved by an offset that another process can read from a file."""

import time
from datetime import UTC, datetime
from pathlib import Path


class Clock:
    """Seconds since 1970, moved.

    The file, where given, holds the offset in seconds as text; it is replaced as a whole, never half written.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
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

    def state(self) -> dict[str, float | str]:
        """What the people side shows."""
        return {"offset_seconds": self.offset, "now": datetime.fromtimestamp(self.now(), UTC).isoformat()}
