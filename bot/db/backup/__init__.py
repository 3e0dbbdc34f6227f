"""Copies of the database: what both kinds have in common. sqlite.py and postgresql.py make and open them.

Everything here is synchronous and may take seconds: it runs in a thread, or for the command line.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

# What every database of ours has had from the beginning.
OURS = {"alembic_version", "people", "outbox"}
# Of the outbox, what is still to go out.
WAITING = "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'held')"


class Reason(StrEnum):
    """Why a copy could not be made or put back."""

    FULL = "full"
    DENIED = "denied"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    BUSY = "busy"
    TOOLS = "tools"
    OTHER = "other"


class BackupError(Exception):
    """The words name the file and what helps. Nothing half written is left.

    And nothing was changed, but where the words say so: PostgreSQL migrates what it has put back.
    """

    def __init__(self, reason: Reason, words: str) -> None:
        super().__init__(words)
        self.reason = reason


_WORDS = {
    Reason.FULL: "no room left on the disk ({why}); free some, then try again",
    Reason.DENIED: "not allowed ({why}); give the bot's user the right to write",
    Reason.DAMAGED: "is damaged ({why}); use the last good copy",
    Reason.BUSY: "is in use ({why}); stop the bot, then try again",
    Reason.OTHER: "{why}; check the path",
}
# What the disk refuses to take: no room, a quota, a limit on the size of files.
_SYSTEM = {
    Reason.FULL: (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
    Reason.DENIED: (errno.EACCES, errno.EPERM, errno.EROFS),
}
_SQLITE = {
    Reason.FULL: ("SQLITE_FULL", "SQLITE_IOERR_WRITE"),
    Reason.DENIED: ("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH"),
    Reason.DAMAGED: ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR"),
    Reason.BUSY: ("SQLITE_BUSY", "SQLITE_LOCKED"),
}


@contextmanager
def explained(path: Path, writing: Path | None = None) -> Iterator[None]:
    """Say what the system and SQLite refuse as a BackupError.

    It is about the path, and where there is no room, about what is being written.
    """
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = reason_of(error)
        why = error.strerror if isinstance(error, OSError) else str(error)
        place = writing if writing and reason == Reason.FULL else path
        raise BackupError(reason, f"{place}: {_WORDS[reason].format(why=why)}") from None


def reason_of(error: OSError | sqlite3.Error) -> Reason:
    """Which of the reasons it is that the system or SQLite gives."""
    if isinstance(error, OSError):
        return next((reason for reason, numbers in _SYSTEM.items() if error.errno in numbers), Reason.OTHER)
    name = getattr(error, "sqlite_errorname", "")  # which an error of the driver itself lacks
    return next((reason for reason, names in _SQLITE.items() if name.startswith(names)), Reason.OTHER)


def settle(done: Path, place: Path) -> None:
    """Give a finished file its name, for its owner's eyes only, so that no power cut undoes it.

    Raises OSError.
    """
    secure(done)
    name_it(done, place)


def secure(done: Path) -> None:
    """For its owner's eyes only, and on the disk. Raises OSError."""
    done.chmod(0o600)
    _sync(done)


def name_it(done: Path, place: Path) -> None:
    """Put a file in its place, on the disk as well. Raises OSError."""
    done.replace(place)
    _sync(place.parent)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
