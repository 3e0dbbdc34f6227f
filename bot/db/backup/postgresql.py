"""Copies of a PostgreSQL database, by the programs of PostgreSQL itself: pg_dump, pg_restore, psql."""

import os
import re
import subprocess
from pathlib import Path

from sqlalchemy.engine import URL

from bot.db.backup import WAITING, BackupError, Reason
from bot.db.migrate import known_revisions

HEAD = b"PGDMP"
_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_REVISION = re.compile(r"^COPY public\.alembic_version .*\n(\S+)$", re.MULTILINE)
_EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


def copy(url: URL, target: Path, called: Path) -> None:
    """Dump the database as it is now in PostgreSQL's own format, and read the dump through.

    `called` is what the words call it. Raises BackupError.
    """
    _run(url, called, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
    _run(None, called, "pg_restore", "--file=/dev/null", str(target))


def script_of(dump: Path, script: Path, called: Path) -> None:
    """Write a whole dump of ours, of this schema or an older one, as a script. Raises BackupError."""
    _run(None, called, "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dump))
    table = ("--data-only", "--table=alembic_version", "--file=-")
    found = _REVISION.search(_run(None, called, "pg_restore", *table, str(dump)))
    if not found:
        raise BackupError(Reason.FOREIGN, f"{called}: is no copy of this bot's database; take another file")
    if found[1] not in known_revisions():
        words = f"was made by a newer version of the bot (revision {found[1]}); install that version"
        raise BackupError(Reason.FOREIGN, f"{called}: {words}")


def refuse_running(url: URL) -> None:
    """Raises BackupError while anybody is connected to the database."""
    if others := int(ask(url, _OTHERS)):
        words = f"the bot is running on it (or another program: {others} connected); stop it, then try again"
        raise BackupError(Reason.BUSY, f"database.url: {words}")


def put(url: URL, script: Path, called: Path) -> None:
    """Let a script take the place of all that is in the database, or change nothing. Raises BackupError."""
    psql = ("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction")
    _run(url, called, *psql, f"--command={_EMPTY}", f"--file={script}")


def waiting(url: URL) -> int:
    """How many messages wait in the outbox of the database. Raises BackupError."""
    return int(ask(url, WAITING))


def ask(url: URL, query: str) -> str:
    """The answer to a query, as text. Raises BackupError."""
    psql = ("psql", "--no-psqlrc", "--tuples-only", "--no-align")
    return _run(url, Path("database.url"), *psql, f"--command={query}").strip()


def _run(url: URL | None, called: Path, program: str, *arguments: str) -> str:
    """Run a program, on the database if there is a URL: what it says.

    The password goes by the environment, which a list of processes does not show.
    """
    where, environment = [], os.environ | {"LC_ALL": "C", "PGOPTIONS": "--client-min-messages=warning"}
    if url is not None:
        given = {
            "host": url.host or url.query.get("host"),
            "port": url.port,
            "username": url.username,
            "dbname": url.database,
        }
        where = ["--no-password", *(f"--{name}={value}" for name, value in given.items() if value)]
        if url.password:
            environment["PGPASSWORD"] = str(url.password)
    try:
        done = subprocess.run(  # noqa: S603 - no shell
            [program, *where, *arguments], capture_output=True, text=True, env=environment, check=False
        )
    except FileNotFoundError:
        words = (
            f"{program} is not on the PATH; install PostgreSQL's client programs (Debian: "
            "postgresql-client), or take a dump with `pg_dump --format=custom` where they are"
        )
        raise BackupError(Reason.TOOLS, f"{called}: {words}") from None
    if done.returncode:
        raise _failure(called, program, done.stderr)
    return done.stdout


def _failure(called: Path, program: str, said: str) -> BackupError:
    # Only its first line: those after it may quote rows.
    why = next(iter(said.splitlines()), "").removeprefix(f"{program}: ").removeprefix("error: ")
    if "No space left on device" in said:
        return BackupError(
            Reason.FULL, f"{called}: no room left on the disk ({why}); free some, then try again"
        )
    if program == "pg_restore":
        return BackupError(Reason.DAMAGED, f"{called}: is damaged or torn ({why}); take another copy")
    return BackupError(Reason.OTHER, f"{called}: {program}: {why}")
