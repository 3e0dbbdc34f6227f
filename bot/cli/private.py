"""Files that hold secrets or personal data, and are to be read by nobody but the bot's user."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.config import Settings


def only_ours() -> None:
    """What this process writes from now on is for its user alone: files 0600, folders 0700."""
    os.umask(0o077)


def exposed(config: Path, settings: "Settings") -> list[str]:
    """A sentence for each of the bot's files and folders that others on this machine can read.

    Empty where files have no such permissions (Windows).
    """
    from sqlalchemy.engine import make_url

    from bot.db.base import is_sqlite, key_file

    url = make_url(settings.database.url)
    database = Path(url.database or "") if is_sqlite(url) else None
    files = {
        config: "secrets of the configuration" if _holds_secrets(settings) else "",
        key_file(url): "the key of anonymous letters",
        Path(settings.backup.directory): "copies of the database",
    }
    if database:
        files |= {database.with_name(f"{database.name}{end}"): "the database" for end in ("", "-wal", "-shm")}
    return [
        f"{path}: others on this machine can read {what}; chmod {'700' if path.is_dir() else '600'} {path}"
        for path, what in files.items()
        if what and os.name == "posix" and path.exists() and _others(path, 0o044)
        # In a folder that they cannot enter nobody reads it.
        if _others(path.absolute().parent, 0o011)
    ]


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
