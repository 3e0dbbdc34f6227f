"""Copies of the database: made while the bot writes, looked through, put in its place.

Everything here is synchronous and may take seconds: it runs in a thread, or for the command line.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL

# What every database of ours has had from the beginning.
OURS = {"alembic_version", "people", "outbox"}
SQLITE_HEAD = b"SQLite format 3\0"
_SIDES = ("-wal", "-shm", "-journal")


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
    """Nothing was changed and nothing half written is left; the words name the file and what helps."""

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
        reason = _reason(error)
        why = error.strerror if isinstance(error, OSError) else str(error)
        place = writing if writing and reason == Reason.FULL else path
        raise BackupError(reason, f"{place}: {_WORDS[reason].format(why=why)}") from None


def _reason(error: OSError | sqlite3.Error) -> Reason:
    if isinstance(error, OSError):
        return next((reason for reason, numbers in _SYSTEM.items() if error.errno in numbers), Reason.OTHER)
    name = getattr(error, "sqlite_errorname", "")  # which an error of the driver itself lacks
    return next((reason for reason, names in _SQLITE.items() if name.startswith(names)), Reason.OTHER)


def copy(url: URL, target: Path, mark: int, called: Path) -> None:
    """A consistent copy of the database as it is now, without what has been erased from it, looked through.

    `mark` (31 bits, 0: none) is kept in the copy; `called` is what the words call it. Raises BackupError.

    VACUUM INTO reads one snapshot and never holds up a writer. The backup API would copy free pages as well,
    and in small steps starts again with each write.
    """
    source = Path(url.database or "")
    if not source.is_file():
        raise BackupError(Reason.OTHER, f"{source}: there is no database; check database.url")
    with explained(source, writing=called), closing(_open(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    with explained(called), closing(_open(target)) as connection:
        connection.execute(f"PRAGMA user_version = {mark:d}")
        if (found := connection.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
            raise BackupError(Reason.DAMAGED, f"{source}: is damaged ({found}); use the last good copy")


def check(path: Path, called: Path) -> int:
    """Whether a file is a whole database of ours: its mark. `called`: what the words call it.

    Raises BackupError.
    """
    torn = f"{called}: is damaged or torn; take another copy"
    with explained(called), closing(_open(path)) as connection:
        # As one file, whatever it was copied from.
        connection.execute("PRAGMA journal_mode = DELETE")

        def asks(query: str) -> Any:
            return connection.execute(query).fetchone()[0]

        # SQLite reads what is missing of the last page as zeros, and finds that in order.
        whole = path.stat().st_size >= asks("PRAGMA page_size") * asks("PRAGMA page_count")
        if not whole or asks("PRAGMA integrity_check(1)") != "ok":
            raise BackupError(Reason.DAMAGED, torn)
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not {name for (name,) in tables} >= OURS:
            raise BackupError(
                Reason.FOREIGN, f"{called}: is no copy of this bot's database; take another file"
            )
        return int(asks("PRAGMA user_version"))


def waiting(path: Path) -> int:
    """How many messages wait in the outbox of a copy."""
    with closing(_open(path)) as connection:
        query = "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'held')"
        return int(connection.execute(query).fetchone()[0])


def refuse_running(path: Path) -> None:
    """Raises BackupError while anybody has the database open. A log that a kill has left is written back.

    A connection in WAL mode holds a lock on the file for as long as it is open, and exclusive mode wants the
    file alone. One that is damaged or no database can be in nobody's use.
    """
    if not path.exists():
        return
    with closing(_open(path, wait=1)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            if _reason(error) == Reason.BUSY:
                words = "the bot is running on it (or another command); stop it, then try again"
                raise BackupError(Reason.BUSY, f"{path}: {words}") from None
            if _reason(error) != Reason.DAMAGED:
                raise


def put(copied: Path, place: Path, keep_as: Path) -> bool:
    """Put a checked copy in the database's place, what stood there beside it; whether anything did.

    Raises OSError.
    """
    _secure(copied)  # before anything is moved
    there = place.exists()
    if there:
        place.rename(keep_as)
        for side in _SIDES:
            beside = place.with_name(place.name + side)
            if beside.exists():
                beside.rename(keep_as.with_name(keep_as.name + side))
    _name(copied, place)
    return there


def settle(done: Path, place: Path) -> None:
    """Give a finished file its name, for its owner's eyes only, so that no power cut undoes it.

    Raises OSError.
    """
    _secure(done)
    _name(done, place)


def _secure(done: Path) -> None:
    done.chmod(0o600)
    _sync(done)


def _name(done: Path, place: Path) -> None:
    done.replace(place)
    _sync(place.parent)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _open(path: Path, wait: float = 5) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=wait
    )
