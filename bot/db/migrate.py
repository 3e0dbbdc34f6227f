"""Bring a database to the present schema. Alembic takes 0.15 s: imported where there is something to do."""

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, event, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.db.base import WRITE_LOCK, is_sqlite

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
# As migrations/script.py.mako writes them.
_REVISION = re.compile(
    r"""^revision = ["']([^"']+)["']\ndown_revision = (?:["']([^"']+)["']|None)$""", re.MULTILINE
)


class MigrationError(Exception):
    """The database cannot be opened or brought to the present schema; the text says what to do."""


def alembic_config(connection: Connection) -> "Config":
    """Alembic, pointed at the migrations inside the package and at this connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def known_revisions() -> dict[str, str | None]:
    """Every schema that there has been until now, and the one before it."""
    sources = (path.read_text(encoding="utf-8") for path in (MIGRATIONS / "versions").glob("*.py"))
    return {found[1]: found[2] for source in sources if (found := _REVISION.search(source))}


def migrate(url: URL, revision: str = "head") -> None:
    """Apply what is missing, all or nothing. Synchronous: it runs before anything else does.

    Raises MigrationError.

    SQLite: foreign keys are off meanwhile (a batch ALTER of a parent would delete its children), and the
    transaction is our own (else a failed migration leaves temporary tables behind).
    """
    if is_sqlite(url) and url.database:
        folder = Path(url.database).parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise MigrationError(f"{folder}: {error.strerror}; the database needs a folder there") from None
    try:
        if is_sqlite(url):
            _sqlite(url, revision)
        else:
            asyncio.run(_postgresql(url, revision))
    except DBAPIError as error:
        raise MigrationError(f"{error.orig}; check the path, the rights and that it is a database") from None
    except OSError as error:
        raise MigrationError(f"no connection to {url.host}: {error.strerror or error}") from None


def _sqlite(url: URL, revision: str) -> None:
    engine = create_engine(url.set(drivername="sqlite"))
    event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            if (found := connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()) != "ok":
                raise MigrationError(f"is damaged ({found}); put the last good copy in its place")
            _upgrade(connection, revision)
    finally:
        engine.dispose()


async def _postgresql(url: URL, revision: str) -> None:
    engine = create_async_engine(url)

    def apply(connection: Connection) -> None:
        # Of several processes that start at once one migrates, the others find it done.
        connection.exec_driver_sql(WRITE_LOCK)
        _upgrade(connection, revision)

    try:
        async with engine.begin() as connection:
            await connection.run_sync(apply)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, revision: str) -> None:
    if revision == "head" and _is_present(connection):
        return
    from alembic import command
    from alembic.util.exc import CommandError

    try:
        command.upgrade(alembic_config(connection), revision)
    except CommandError as error:
        raise MigrationError(
            f"was made by a newer version of the bot ({error}); install that version"
        ) from None


def _is_present(connection: Connection) -> bool:
    """Whether the database has the schema after which there is no other."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    known = known_revisions()
    found = connection.scalars(text("SELECT version_num FROM alembic_version"))
    return set(found) == known.keys() - set(known.values())
