"""`migrate`, `backup` and `restore`: the database."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bot import config
from bot.cli.common import DONE, FAILED, bring_up, say, the_clock

if TYPE_CHECKING:
    from bot.config import Settings


def migrate(options: argparse.Namespace, settings: "Settings") -> int:
    """Bring the database to the present schema."""
    from sqlalchemy.engine import make_url

    bring_up(make_url(settings.database.url))
    return say(DONE, "the database has the present schema")


def backup(options: argparse.Namespace, settings: "Settings") -> int:
    """Write a copy of the database, checked, while the bot may be running."""
    from bot.db.backup import BackupError
    from bot.features.backup import files

    local = the_clock().now().astimezone(settings.school.zone)
    file: Path | None = options.file
    try:
        if file is None or file.is_dir():
            file = (file or files.folder_of(settings)) / files.name_by_hand(local, settings)
        settings, kept_at = _with_present_key(settings)
        files.sweep(settings, file.parent, local)
        files.take(settings, file)
    except BackupError as error:
        return say(FAILED, str(error))
    sealed = (
        "" if settings.backup.passphrase.get_secret_value() else ", not sealed: backup.passphrase is empty"
    )
    return say(
        DONE,
        f"{file}: {_size(file)}, whole{sealed}",
        f"the key of anonymous letters is not in it: keep a copy of {kept_at}, but apart from this file",
    )


def restore(options: argparse.Namespace, settings: "Settings") -> int:
    """Put a copy in the database's place; the bot must not be running."""
    from bot.db.backup import BackupError
    from bot.features.backup import files

    local = the_clock().now().astimezone(settings.school.zone)
    try:
        settings, kept_at = _with_present_key(settings)
        done = files.restore(settings, options.file, local)
    except BackupError as error:
        return say(FAILED, str(error))
    lines = [f"{options.file}: is now the database; start the bot"]
    if done.kept:
        lines.append(f"what was there before is {done.kept}: delete it when all is well")
    if done.key_fits is False:
        lines.append(
            f"the key of anonymous letters is not the one of this copy: put that one back ({kept_at}) before "
            "the start, or their authors cannot be answered"
        )
    if done.waiting:
        lines.append(
            f"{done.waiting} messages were waiting in this copy: they go out now, those sent since then twice"
        )
    return say(DONE, *lines)


def _with_present_key(settings: "Settings") -> "tuple[Settings, str]":
    """The settings with the key of anonymous letters if there is one already, and where it is kept.

    Raises ConfigError for a file that holds none.
    """
    from sqlalchemy.engine import make_url

    from bot.db.base import key_file

    path = key_file(make_url(settings.database.url))
    if settings.feedback.key.get_secret_value():
        return settings, "feedback.key of the configuration"
    # One is made at the first start of the bot, not by a command about copies.
    return (config.with_key(settings, path) if path.exists() else settings), str(path)


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 10**6:.1f} MB"
