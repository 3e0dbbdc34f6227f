"""Statements that every update asks, and the long ones of /status: on SQLite they are asked of the driver.

SQLAlchemy takes 0.1 ms for a short statement that it compiled long ago (SQLite 0.01 ms to answer it), and
some ms for one as long as all that is counted for /status. The types convert what goes in and comes out as
SQLAlchemy does it. On PostgreSQL the way to the server is longer than either, and SQLAlchemy asks.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import CompoundSelect, CursorResult, Insert, Select, Update
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite

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
    """A statement whose parameters are named."""

    def __init__(
        self, statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]] | Insert | Update
    ) -> None:
        self._statement = statement
        self._compiled: _Compiled | None = None

    async def rows(self, session: Session, **values: Any) -> Sequence[Sequence[Any]]:
        """What a question finds. Raises what the database raises."""
        connection = await _asked_directly(session)
        if connection is None:
            return (await session.execute(self._statement, values)).all()
        return (await self._ask(connection, values))[0]

    async def rows_of_each(self, session: Session, values: list[dict[str, Any]]) -> Sequence[Sequence[Any]]:
        """What a change tells of each of some values. Raises what the database raises."""
        connection = await _asked_directly(session)
        if connection is None:
            return (await session.execute(self._statement, values)).all()
        return [row for each in values for row in (await self._ask(connection, each))[0]]

    async def run(self, session: Session, **values: Any) -> int:
        """How many rows a change has changed. Raises what the database raises."""
        connection = await _asked_directly(session)
        if connection is None:
            return cast("CursorResult[Any]", await session.execute(self._statement, values)).rowcount
        return (await self._ask(connection, values))[1]

    async def run_each(self, session: Session, values: list[dict[str, Any]]) -> None:
        """Make a change for each of some values. Raises what the database raises."""
        connection = await _asked_directly(session)
        if connection is None:
            await session.execute(self._statement, values)
            return
        for each in values:
            await self._ask(connection, each)

    async def _ask(
        self, connection: Connection, values: dict[str, Any]
    ) -> tuple[Sequence[Sequence[Any]], int]:
        compiled = self._compiled = self._compiled or self._compile(values)
        asked = {name: convert(values[name]) for name, convert in compiled.into.items()}
        rows, changed = await connection.ask(compiled.text, compiled.constants | asked)
        out = compiled.out
        return [
            [convert(value) if convert else value for convert, value in zip(out, row, strict=True)]
            for row in rows
        ], changed

    def _compile(self, values: dict[str, Any]) -> _Compiled:
        if isinstance(self._statement, Insert | Update):
            compiled = self._statement.compile(dialect=_SQLITE)
        else:  # what is compared with a constant list gets a parameter for each of its values, numbered
            whole = self._statement.params(values)
            compiled = whole.compile(dialect=_SQLITE, compile_kwargs={"render_postcompile": True})
        into: dict[str, Convert] = {}
        constants: dict[str, Any] = {}
        for name, bind in compiled.binds.items():
            convert = bind.type.dialect_impl(_SQLITE).bind_processor(_SQLITE) or _as_it_is
            if not bind.expanding:
                if bind.required or name in values:
                    into[name] = convert
                else:
                    constants[name] = convert(bind.effective_value)
            elif name in values:
                raise TypeError(f"{name}: a list would be another statement for each length of it")
            else:
                each = enumerate(bind.effective_value or (), 1)
                constants |= {f"{name}_{number}": convert(value) for number, value in each}
        types = [column.type.dialect_impl(_SQLITE) for column in self._statement.exported_columns]
        out = [type_.result_processor(_SQLITE, None) for type_ in types]
        return _Compiled(compiled.string, constants, into, out)


def _as_it_is(value: Any) -> Any:
    return value


async def _asked_directly(session: Session) -> Connection | None:
    """Whom to ask past SQLAlchemy, which is told first what the session has not written yet."""
    connection = await connection_of(session)
    if connection:
        await flush(session)
    return connection
