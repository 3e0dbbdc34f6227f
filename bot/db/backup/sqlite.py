"""Copies of an SQLite database: made while the bot writes, looked through, put in its place."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL

from bot.db.backup import OURS, WAITING, BackupError, Reason, explained, name_it, reason_of, secure

HEAD = b"SQLite format 3\0"
_SIDES = ("-wal", "-shm", "-journal")


def copy(url: URL, target: Path, mark: int, called: Path) -> None:
    """Copy the database as it is now, consistent and without what was erased, and look the copy through.

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
        return int(connection.execute(WAITING).fetchone()[0])


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
            if reason_of(error) == Reason.BUSY:
                words = "the bot is running on it (or another command); stop it, then try again"
                raise BackupError(Reason.BUSY, f"{path}: {words}") from None
            if reason_of(error) != Reason.DAMAGED:
                raise


def put(copied: Path, place: Path, keep_as: Path) -> bool:
    """Put a checked copy in the database's place, what stood there beside it; whether anything did.

    Raises OSError.
    """
    secure(copied)  # before anything is moved
    there = place.exists()
    if there:
        place.rename(keep_as)
        for side in _SIDES:
            beside = place.with_name(place.name + side)
            if beside.exists():
                beside.rename(keep_as.with_name(keep_as.name + side))
    name_it(copied, place)
    return there


def _open(path: Path, wait: float = 5) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=wait
    )
