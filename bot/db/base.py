"""What every table shares, and what differs between SQLite and PostgreSQL."""

from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from sqlalchemy import BindParameter, ColumnElement, DateTime, Enum, MetaData, String, Table, event, or_
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import URL, Dialect, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import JSON, TypeDecorator

from bot.db import sqlite
from bot.db.together import Turns

PRAGMAS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    f"busy_timeout={sqlite.BUSY_MS}",
    "synchronous=FULL",  # a village loses power
    "secure_delete=ON",  # what is erased is not left in the file's free pages
)

# So many compiled statements are kept: all that the bot has, which is more than SQLAlchemy's 500.
STATEMENTS = 1500

# Before this version SQLite has a rare fault: a reset of the write-ahead log may damage the file.
SQLITE_SOUND = (3, 51, 3)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. SQLite drops time zones, so UTC goes in and aware UTC comes back; naive ones are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: D102
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime reached the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: D102
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The declarative base: names for all constraints (Alembic's batch mode needs them)."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


def bare(table: type[Base]) -> Table:
    """The table without its mapping, to insert many rows at once.

    Of mapped rows SQLAlchemy leaves out what is None, and then makes a statement of each kind of row.
    """
    return cast(Table, table.__table__)


def insert_new(table: Table) -> postgresql.Insert:
    """An insert that leaves out the rows whose key is there already; SQLite says it in the same words."""
    return postgresql.insert(table).on_conflict_do_nothing()


class Dated:
    """A table whose rows count from a day to a day (None: still)."""

    active_from: Mapped[date]
    active_to: Mapped[date | None]


@lru_cache(maxsize=256)  # nearly every question asks it; SQLAlchemy takes longer to build it than to ask
def active(table: type[Dated], on: date | BindParameter[date]) -> ColumnElement[bool]:
    """Whether a row of the table counted on that day."""
    return (table.active_from <= on) & or_(table.active_to.is_(None), table.active_to >= on)


def enum_column(enum: type[StrEnum]) -> Enum:
    """A column type that stores a StrEnum's values as text and loads members back."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=False,
        length=20,
        values_callable=lambda members: [m.value for m in members],
    )


class RandomKey(FunctionElement[str]):
    """Thirty-two random characters, others for each row of a statement."""

    type = String(32)
    inherit_cache = True


@compiles(RandomKey)
def _random_key(element: RandomKey, compiler: Any, **_: Any) -> str:
    if compiler.dialect.name == "sqlite":
        return "lower(hex(randomblob(16)))"
    return "replace(CAST(gen_random_uuid() AS TEXT), '-', '')"


# The advisory lock of PostgreSQL that whoever writes holds to the end of the transaction: any number of ours.
WRITE_LOCK = "SELECT pg_advisory_xact_lock(7410001)"


def is_out_of_bounds(error: Exception) -> bool:
    """Whether a number was larger than any column keeps: a forged id, for ours are small."""
    return isinstance(error, OverflowError) or (
        isinstance(error, DBAPIError) and "out of int" in str(error.orig)  # asyncpg's words, int32 or int64
    )


def is_sqlite(url: URL) -> bool:
    """Whether it is the address of an SQLite file; else it is that of a PostgreSQL database."""
    return url.get_backend_name() == "sqlite"


def key_file(url: URL) -> Path:
    """Where the key lies that must not lie in the database: beside it, or in data/."""
    name = url.database if is_sqlite(url) and url.database else "data/bot.db"
    return Path(name).with_suffix(".key")


class Database:
    """Three doors: `write` sessions take the write lock at once, `read` sessions cannot write.

    `mark` is for single statements that stand by themselves: an update is stored, answered, a message is out.
    They have read nothing before, and so on PostgreSQL they need no lock and wait for nobody. Those who write
    wait in their process for its one connection: where processes queue, no queue of each is before another.

    On SQLite one connection writes, so writers queue in the process instead of meeting "database is locked"
    (200 read-modify-writes at once: 200 of 200 with BEGIN IMMEDIATE, 165 lost with BEGIN DEFERRED). On
    PostgreSQL they queue for an advisory lock, those of other processes too: what a use case has read stays
    true until it commits, as on SQLite.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        if is_sqlite(self.url):
            self._writer = self._marker = self._sqlite(1, sqlite.BEGIN, *PRAGMAS)
            self._reader = self._sqlite(4, "BEGIN", *PRAGMAS, "query_only=ON")
        else:
            self._writer, self._marker = self._postgresql(1), self._postgresql(2)
            self._reader = self._postgresql(5, isolation_level="REPEATABLE READ", postgresql_readonly=True)

            _begin_by(self._writer, WRITE_LOCK)
        self.write = async_sessionmaker(self._writer, expire_on_commit=False)
        self.mark = async_sessionmaker(self._marker, expire_on_commit=False)
        self.read = async_sessionmaker(self._reader, expire_on_commit=False)

    def _engine(self, pool_size: int, **options: Any) -> AsyncEngine:
        return create_async_engine(
            self.url,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=60,
            query_cache_size=STATEMENTS,
            hide_parameters=True,
            **options,
        )

    def _postgresql(self, pool_size: int, **transaction: Any) -> AsyncEngine:
        return self._engine(pool_size, pool_pre_ping=True, execution_options=transaction)

    def _sqlite(self, pool_size: int, begin: str, *pragmas: str) -> AsyncEngine:
        path = self.url.database or ""
        # By name, a day that a statement asks for sixty times is converted once.
        engine = self._engine(pool_size, async_creator=lambda: sqlite.connect(path), paramstyle="named")

        def on_connect(connection: Any, _record: Any) -> None:
            cursor = connection.cursor()
            for pragma in pragmas:
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

        event.listen(engine.sync_engine, "connect", on_connect)
        _begin_by(engine, begin)
        return engine

    def turns(self) -> Turns:
        """Write sessions for what comes in numbers at once: those who wait for one share its commit."""
        return Turns(self._writer)

    @property
    def key_file(self) -> Path:
        """Where the key lies that must not lie in the database."""
        return key_file(self.url)

    async def close(self) -> None:
        """Close every connection."""
        await self._writer.dispose()
        await self._marker.dispose()
        await self._reader.dispose()


def _begin_by(engine: AsyncEngine, statement: str) -> None:
    """Let every transaction begin with a statement.

    Not by SQLAlchemy's event: an engine that somebody listens to looks for listeners at each statement.
    """

    def do_begin(connection: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(statement)
        cursor.close()

    engine.dialect.do_begin = do_begin  # type: ignore[assignment, method-assign]


Session = AsyncSession
