"""Copies as files: made, rotated, put back.

Synchronous and without a session: for a thread, and for the command line.
"""

import hashlib
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy.engine import URL, make_url

from bot.config import Settings
from bot.db.backup import BackupError, Reason, explained, postgresql, settle, sqlite
from bot.db.base import is_sqlite
from bot.db.migrate import MigrationError, migrate
from bot.features.backup import sealing

# Unfinished work, in a folder that only its owner can enter.
UNFINISHED = ".school-bot-"
# What is younger may be another process's, at work.
_LEFT = timedelta(hours=1)
_AGAIN = "-2"
_NIGHTLY = re.compile(rf"school-bot-(\d{{4}}-\d\d-\d\d)(?:{_AGAIN})?\.(?:db|dump)(?:\.sealed)?")


class Restored(NamedTuple):
    """Where the replaced database lies (None: there was none).

    `key_fits`: whether the present key is the one that the copy was made with (None: it does not say);
    `waiting`: the messages in its outbox.
    """

    kept: Path | None
    key_fits: bool | None
    waiting: int


def name_of(night: date, settings: Settings, *, again: bool = False) -> str:
    """What a night's copy is called; `again`: one that was made although there was one."""
    return f"school-bot-{night.isoformat()}{_AGAIN if again else ''}{_ending(settings)}"


def name_by_hand(local: datetime, settings: Settings) -> str:
    """What a copy made by hand is called: rotation leaves it alone."""
    return f"school-bot-{local:%Y-%m-%d-%H%M%S}{_ending(settings)}"


def _ending(settings: Settings) -> str:
    kind = ".db" if is_sqlite(make_url(settings.database.url)) else ".dump"
    return f"{kind}.sealed" if settings.backup.passphrase.get_secret_value() else kind


def fingerprint(key: str) -> int:
    """What a copy remembers of the key of anonymous letters: enough to know it again (0: there is none)."""
    digest = hashlib.sha256(b"school-bot backup\0" + key.encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1 if key else 0


def take(settings: Settings, target: Path) -> None:
    """Write a copy of the database, sealed where there is a passphrase: complete, or not at all.

    The bot may be running. The key of anonymous letters is not in it. Raises BackupError.
    """
    url = make_url(settings.database.url)
    with _working(target) as folder:
        copied = folder / "copy"
        if is_sqlite(url):
            _refuse_itself(Path(url.database or ""), target)
            _need_room(Path(url.database or ""), target)
            sqlite.copy(url, copied, fingerprint(settings.feedback.key.get_secret_value()), target)
        else:
            postgresql.copy(url, copied, target)
        if passphrase := settings.backup.passphrase.get_secret_value():
            sealing.seal(copied, folder / "sealed", passphrase)
            copied = folder / "sealed"
        settle(copied, target)


def folder_of(settings: Settings) -> Path:
    """The folder for copies, made where there is none. Raises BackupError."""
    folder = Path(settings.backup.directory)
    with explained(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def take_nightly(settings: Settings, local: datetime) -> Path:
    """The night's copy, and the oldest gone for it; those stay where it fails. Raises BackupError.

    One that the night has already is never replaced: a database that does not know of it was lost since, or
    put back from an older copy. Of those after the first the latest stays.
    """
    folder, night = folder_of(settings), local.date()
    sweep(settings, folder, local)
    target = folder / name_of(night, settings)
    with explained(target):
        if target.exists():
            target = folder / name_of(night, settings, again=True)
    take(settings, target)
    with explained(folder):
        for name in surplus([path.name for path in folder.iterdir()], settings.backup.keep, night):
            (folder / name).unlink()
    return target


def surplus(names: Collection[str], keep: int, tonight: date) -> list[str]:
    """Which files go: nightly copies older than those of the latest `keep` nights, and nothing else.

    Nights to come, of a clock that was wrong, do not count, and their copies stay.
    """
    found = {name: night[1] for name in names if (night := _NIGHTLY.fullmatch(name))}
    nights = {name: night for name, night in found.items() if night <= tonight.isoformat()}
    kept = sorted(set(nights.values()), reverse=True)[:keep]
    return sorted(name for name, night in nights.items() if night not in kept)


def sweep(settings: Settings, folder: Path, local: datetime) -> None:
    """Remove from a folder, and from the database's, what a process that was killed has left there.

    It may be the whole database, unsealed. What cannot be removed, another's in /tmp, holds nothing up.
    """
    url = make_url(settings.database.url)
    for place in {folder, Path(url.database or "").parent} if is_sqlite(url) else {folder}:
        for left in place.glob(f"{UNFINISHED}*"):
            with suppress(OSError):
                if left.stat().st_mtime < (local - _LEFT).timestamp():
                    shutil.rmtree(left)


def restore(settings: Settings, file: Path, local: datetime) -> Restored:
    """Put a copy in the database's place; what was there stays in a file named by the school's time.

    A copy with an older schema is brought to the present one. Raises BackupError, having changed nothing but
    where it says so.
    """
    url = make_url(settings.database.url)
    name = f"before-restore-{local:%Y%m%d-%H%M%S}"
    sweep(settings, Path(settings.backup.directory), local)
    if is_sqlite(url):
        place = Path(url.database or "")
        return _into_sqlite(settings, file, place, place.with_name(f"{place.name}.{name}"))
    return _into_postgresql(settings, file, url, folder_of(settings) / f"{name}.dump")


def _into_sqlite(settings: Settings, file: Path, place: Path, keep_as: Path) -> Restored:
    with explained(place):
        sqlite.refuse_running(place)
        place.parent.mkdir(parents=True, exist_ok=True)
    with _working(place) as folder:
        copied = folder / "copy"
        with explained(file, writing=place):
            _open(settings, file, copied, sqlite.HEAD)
        mark = sqlite.check(copied, file)
        _migrate(make_url(settings.database.url).set(database=str(copied)), file)
        waiting = sqlite.waiting(copied)
        sqlite.refuse_running(place)
        there = sqlite.put(copied, place, keep_as)
    present = fingerprint(settings.feedback.key.get_secret_value())
    return Restored(keep_as if there else None, present == mark if mark else None, waiting)


def _into_postgresql(settings: Settings, file: Path, url: URL, keep_as: Path) -> Restored:
    postgresql.refuse_running(url)
    with _working(keep_as) as folder:
        copied, script, kept = folder / "copy", folder / "script", folder / "kept"
        with explained(file, writing=keep_as):
            _open(settings, file, copied, postgresql.HEAD)
        postgresql.script_of(copied, script, file)
        postgresql.copy(url, kept, keep_as)
        settle(kept, keep_as)
        postgresql.put(url, script, file)
    try:
        _migrate(url, file)
        return Restored(keep_as, None, postgresql.waiting(url))
    except BackupError as error:
        words = f"the copy is in its place all the same; what was there before is {keep_as}: put that back"
        raise BackupError(error.reason, f"{error}; {words}") from None


def _migrate(url: URL, file: Path) -> None:
    try:
        migrate(url)
    except MigrationError as error:
        raise BackupError(Reason.FOREIGN, f"{file}: {error}") from None


def _open(settings: Settings, file: Path, copied: Path, head: bytes) -> None:
    """Bring what a copy holds, sealed or not, to a file of our own; it begins with `head`.

    Raises OSError and BackupError.
    """
    if _begins(file, sealing.MAGIC):
        passphrase = settings.backup.passphrase.get_secret_value()
        if not passphrase:
            words = "is sealed; put the passphrase that it was sealed with into backup.passphrase"
            raise BackupError(Reason.DENIED, f"{file}: {words}")
        sealing.unseal(file, copied, passphrase)
    else:
        shutil.copyfile(file, copied)
    if not _begins(copied, head):
        words = "is no copy of this bot's database, or one of another kind than database.url names"
        raise BackupError(Reason.FOREIGN, f"{file}: {words}; take another file")


def _begins(file: Path, head: bytes) -> bool:
    with file.open("rb") as content:
        return content.read(len(head)) == head


@contextmanager
def _working(target: Path) -> Iterator[Path]:
    """A folder beside the target for what is not finished; it goes, whatever happens."""
    with explained(target), TemporaryDirectory(prefix=UNFINISHED, dir=target.absolute().parent) as folder:
        yield Path(folder)


def _refuse_itself(database: Path, target: Path) -> None:
    if target.exists() and database.exists() and target.samefile(database):
        raise BackupError(Reason.OTHER, f"{target}: is the database itself; give the copy another name")


def _need_room(database: Path, target: Path) -> None:
    """Raises BackupError where the disk clearly has no room: the bot needs the rest to go on."""
    with explained(database):
        needed = database.stat().st_size if database.exists() else 0
    free = shutil.disk_usage(target.absolute().parent).free
    if free < needed:
        words = (
            f"no room left on the disk ({needed / 10**6:.1f} MB are needed, {free / 10**6:.1f} MB are free)"
        )
        raise BackupError(Reason.FULL, f"{target}: {words}; free some, then try again")
