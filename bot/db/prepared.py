"""Statements that every update asks: on SQLite they are asked of the driver.

SQLAlchemy takes 0.1 ms for a statement that it compiled long ago, SQLite 0.01 ms to answer it. The types
convert what goes in and comes out as SQLAlchemy does it. On PostgreSQL the way to the server is longer than
either, and SQLAlchemy asks.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from sqlite3 import Cursor
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, Insert, Select, Update
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.types import TypeEngine

from bot.db.base import Session
from bot.db.sqlite import Connection, connection_of
from bot.db.together import flush

Convert = Callable[[Any], Any]

_SQLITE = SQLiteDialect_aiosqlite(paramstyle="named")


class _Compiled(NamedTuple):
    text: str
    constants: dict[str, Any]
    into: dict[str, Convert]
    out: Sequence[Convert | None]


class Prepared:
    """A statement whose parameters are named, quick enough for the event loop's own thread."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | Insert | Update) -> None:
        self._statement = statement

    async def rows(self, session: Session, **values: Any) -> Sequence[Sequence[Any]]:
        """What a question finds. Raises what the database raises."""
        return await self.rows_of_each(session, [values])

    async def rows_of_each(
        self, session: Session, values: Sequence[dict[str, Any]]
    ) -> Sequence[Sequence[Any]]:
        """What a statement finds for each of some values. Raises what the database raises."""
        connection = await _asked_directly(session)
        if connection is None:
            return (await session.execute(self._statement, values)).all()
        out = self._compiled.out
        return [
            [convert(value) if convert else value for convert, value in zip(out, row, strict=True)]
            for each in values
            for row in self._ask(connection, each)
        ]

    async def run(self, session: Session, **values: Any) -> int:
        """How many rows a change has changed. Raises what the database raises."""
        connection = await _asked_directly(session)
        if connection is None:
            return cast("CursorResult[Any]", await session.execute(self._statement, values)).rowcount
        return self._ask(connection, values).rowcount

    async def run_each(self, session: Session, values: Sequence[dict[str, Any]]) -> None:
        """Make a change for each of some values. Raises what the database raises."""
        connection = await _asked_directly(session)
        if connection is None:
            await session.execute(self._statement, values)
            return
        for each in values:
            self._ask(connection, each)

    def _ask(self, connection: Connection, values: dict[str, Any]) -> Cursor:
        compiled = self._compiled
        for name in compiled.into.keys() & values.keys():
            values[name] = compiled.into[name](values[name])
        return connection.at_once(compiled.text, compiled.constants | values)

    @cached_property
    def _compiled(self) -> _Compiled:
        compiled = self._statement.compile(dialect=_SQLITE)
        into = {name: to for name, bind in compiled.binds.items() if (to := _into(bind.type))}
        constants = {
            name: into[name](bind.effective_value) if name in into else bind.effective_value
            for name, bind in compiled.binds.items()
            if not bind.required
        }
        types = [column.type.dialect_impl(_SQLITE) for column in self._statement.exported_columns]
        out = [type_.result_processor(_SQLITE, None) for type_ in types]
        return _Compiled(compiled.string, constants, into, out)


def _into(type_: TypeEngine[Any]) -> Convert | None:
    return type_.dialect_impl(_SQLITE).bind_processor(_SQLITE)


async def _asked_directly(session: Session) -> Connection | None:
    """Whom to ask past SQLAlchemy, which is told first what the session has not written yet."""
    connection = await connection_of(session)
    if connection:
        await flush(session)
    return connection
