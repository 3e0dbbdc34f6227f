"""Copies as files: made, rotated, put back.

Synchronous and without a session: for a thread, and for the command line.
"""

import hashlib
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy.engine import make_url

from bot.config import Settings
from bot.db import backup as db
from bot.db.backup import BackupError, Reason
from bot.db.migrate import MigrationError, migrate
from bot.features.backup import sealing

# Unfinished work, in a folder that only its owner can enter.
UNFINISHED = ".school-bot-"
_NIGHTLY = re.compile(r"school-bot-(\d{4}-\d\d-\d\d)\.db(?:\.sealed)?")


class Restored(NamedTuple):
    """Where the replaced database lies (None: there was none).

    `key_fits`: whether the present key is the one that the copy was made with (None: it does not say);
    `waiting`: the messages in its outbox.
    """

    kept: Path | None
    key_fits: bool | None
    waiting: int


def name_of(night: date, settings: Settings) -> str:
    """What a night's copy is called."""
    return f"school-bot-{night.isoformat()}{_ending(settings)}"


def name_by_hand(local: datetime, settings: Settings) -> str:
    """What a copy made by hand is called: rotation leaves it alone."""
    return f"school-bot-{local:%Y-%m-%d-%H%M%S}{_ending(settings)}"


def _ending(settings: Settings) -> str:
    return ".db.sealed" if settings.backup.passphrase.get_secret_value() else ".db"


def fingerprint(key: str) -> int:
    """What a copy remembers of the key of anonymous letters: enough to know it again (0: there is none)."""
    digest = hashlib.sha256(b"school-bot backup\0" + key.encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1 if key else 0


def take(settings: Settings, target: Path) -> None:
    """Write a copy of the database, sealed where there is a passphrase: complete, or not at all.

    The bot may be running. The key of anonymous letters is not in it. Raises BackupError.
    """
    url = make_url(settings.database.url)
    database = Path(url.database or "")
    if target.exists() and database.exists() and target.samefile(database):
        raise BackupError(Reason.OTHER, f"{target}: is the database itself; give the copy another name")
    with _working(target) as folder:
        _need_room(database, target)
        copied = folder / "copy"
        db.copy(url, copied, fingerprint(settings.feedback.key.get_secret_value()), target)
        if passphrase := settings.backup.passphrase.get_secret_value():
            sealing.seal(copied, folder / "sealed", passphrase)
            copied = folder / "sealed"
        db.settle(copied, target)


def folder_of(settings: Settings) -> Path:
    """The folder for copies, made where there is none. Raises BackupError."""
    folder = Path(settings.backup.directory)
    with db.explained(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def take_nightly(settings: Settings, local: datetime) -> Path:
    """The night's copy, and the oldest gone for it; those stay where it fails. Raises BackupError."""
    folder = folder_of(settings)
    target = folder / name_of(local.date(), settings)
    with db.explained(folder):
        for left in folder.glob(f"{UNFINISHED}*"):
            # By a process that was killed: what is younger may be somebody's at this moment.
            if left.stat().st_mtime < (local - timedelta(days=1)).timestamp():
                shutil.rmtree(left)
    take(settings, target)
    with db.explained(folder):
        for name in surplus([path.name for path in folder.iterdir()], settings.backup.keep):
            (folder / name).unlink()
    return target


def surplus(names: Collection[str], keep: int) -> list[str]:
    """Which files go: nightly copies older than those of the latest `keep` nights, and nothing else."""
    nights = {name: found[1] for name in names if (found := _NIGHTLY.fullmatch(name))}
    kept = sorted(set(nights.values()), reverse=True)[:keep]
    return sorted(name for name, night in nights.items() if night not in kept)


def restore(settings: Settings, file: Path, local: datetime) -> Restored:
    """Put a copy in the database's place; what stood there stays beside it, named by the school's time.

    A copy with an older schema is brought to the present one. Raises BackupError, having changed nothing.
    """
    place = Path(make_url(settings.database.url).database or "")
    keep_as = place.with_name(f"{place.name}.before-restore-{local:%Y%m%d-%H%M%S}")
    with db.explained(place):
        db.refuse_running(place)
        place.parent.mkdir(parents=True, exist_ok=True)
    with _working(place) as folder:
        copied = folder / "copy"
        with db.explained(file, writing=place):
            _open(settings, file, copied)
        mark = db.check(copied, file)
        try:
            migrate(make_url(settings.database.url).set(database=str(copied)))
        except MigrationError as error:
            raise BackupError(Reason.FOREIGN, f"{file}: {error}") from None
        waiting = db.waiting(copied)
        db.refuse_running(place)
        there = db.put(copied, place, keep_as)
    present = fingerprint(settings.feedback.key.get_secret_value())
    return Restored(keep_as if there else None, present == mark if mark else None, waiting)


def _open(settings: Settings, file: Path, copied: Path) -> None:
    """Bring what a copy holds, sealed or not, to a file of our own. Raises OSError and BackupError."""
    with file.open("rb") as source:
        head = source.read(len(sealing.MAGIC))
    if head == sealing.MAGIC:
        passphrase = settings.backup.passphrase.get_secret_value()
        if not passphrase:
            words = "is sealed; put the passphrase that it was sealed with into backup.passphrase"
            raise BackupError(Reason.DENIED, f"{file}: {words}")
        sealing.unseal(file, copied, passphrase)
    elif head.startswith(db.SQLITE_HEAD):
        shutil.copyfile(file, copied)
    else:
        raise BackupError(Reason.FOREIGN, f"{file}: is no copy of this bot's database; take another file")


@contextmanager
def _working(target: Path) -> Iterator[Path]:
    """A folder beside the target for what is not finished; it goes, whatever happens."""
    with db.explained(target), TemporaryDirectory(prefix=UNFINISHED, dir=target.absolute().parent) as folder:
        yield Path(folder)


def _need_room(database: Path, target: Path) -> None:
    """Raises BackupError where the disk clearly has no room: the bot needs the rest to go on."""
    with db.explained(database):
        needed = database.stat().st_size if database.exists() else 0
    free = shutil.disk_usage(target.absolute().parent).free
    if free < needed:
        words = f"no room left on the disk ({needed // 2**20} MB are needed, {free // 2**20} MB are free)"
        raise BackupError(Reason.FULL, f"{target}: {words}; free some, then try again")
