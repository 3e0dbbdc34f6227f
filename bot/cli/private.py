"""Files that hold secrets or personal data, and are for nobody but the bot's user."""

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.config import Settings

# What others (a group or all) may do, of a file's mode.
READ, WRITE, ENTER = 0o044, 0o022, 0o011


def only_ours() -> None:
    """What this process writes from now on is for its user alone: files 0600, folders 0700."""
    os.umask(0o077)


def exposed(config: Path, settings: "Settings") -> list[str]:
    """A sentence for each of the bot's files and folders that others on this machine can read or change.

    Empty where files have no such permissions (Windows).
    """
    from sqlalchemy.engine import make_url

    from bot.db.base import is_sqlite, key_file

    url = make_url(settings.database.url)
    database = Path(url.database or "") if is_sqlite(url) else None
    files = {
        config: "the configuration",
        key_file(url): "the key of anonymous letters",
        Path(settings.backup.directory): "copies of the database",
    }
    if database:
        files |= {database.with_name(f"{database.name}{end}"): "the database" for end in ("", "-wal", "-shm")}
    there = [path for path in files if os.name == "posix" and path.exists()]
    said = []
    for path in there:
        # A configuration without secrets may be read; but who changes it has the bot do what they like.
        closed = READ if path != config or _holds_secrets(settings) else 0
        can = " and ".join(verb for may, verb in ((closed, "read"), (WRITE, "change")) if _others(path, may))
        # In a folder that they cannot enter nobody gets at it.
        if can and _others(path.absolute().parent, ENTER):
            remedy = f"chmod {'700' if path.is_dir() else '600'} {path}"
            said.append(f"{path}: others on this machine can {can} {files[path]}; {remedy}")
    for folder in sorted({path.absolute().parent for path in there}):
        # Where everybody may write but remove only what is theirs (/tmp), nobody takes a file's place.
        shared = _others(folder, WRITE) and not _others(folder, stat.S_ISVTX)
        if shared and _others(folder.parent, ENTER):
            what = "others on this machine can replace the bot's files in it"
            said.append(f"{folder}: {what}; chmod go-w {folder}")
    return said


def _others(path: Path, may: int) -> bool:
    return bool(path.stat().st_mode & may)


def _holds_secrets(settings: "Settings") -> bool:
    secrets = (
        settings.telegram.token,
        settings.webhook.secret,
        settings.feedback.key,
        settings.backup.passphrase,
    )
    addresses = (settings.database.url, settings.redis.url, settings.telegram.proxy)
    return any(secret.get_secret_value() for secret in secrets) or any("@" in each for each in addresses)
