"""Bring a database to the present schema."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.db.base import WRITE_LOCK, is_sqlite


class MigrationError(Exception):
    """The database cannot be opened or brought to the present schema; the text says what to do."""


def alembic_config(connection: Connection) -> Config:
    """Alembic, pointed at the migrations inside the package and at this connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def known_revisions() -> set[str]:
    """Every schema that there has been until now."""
    folder = str(Path(__file__).parent / "migrations")
    return {script.revision for script in ScriptDirectory(folder).walk_revisions()}


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
    except CommandError as error:
        raise MigrationError(
            f"was made by a newer version of the bot ({error}); install that version"
        ) from None
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
            command.upgrade(alembic_config(connection), revision)
    finally:
        engine.dispose()


async def _postgresql(url: URL, revision: str) -> None:
    engine = create_async_engine(url)

    def apply(connection: Connection) -> None:
        # Of several processes that start at once one migrates, the others find it done.
        connection.exec_driver_sql(WRITE_LOCK)
        command.upgrade(alembic_config(connection), revision)

    try:
        async with engine.begin() as connection:
            await connection.run_sync(apply)
    finally:
        await engine.dispose()
