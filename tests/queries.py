"""Counting what a screen asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from bot.db.base import WRITE_LOCK, Database
from bot.db.sqlite import Connection


@dataclass
class Queries:
    """How many statements were executed, and how many of them by SQLAlchemy."""

    count: int = 0
    by_sqlalchemy: int = 0


@contextmanager
def count_queries(database: Database) -> Iterator[Queries]:
    """Count the statements of both doors while the block runs (not BEGIN and its lock, nor COMMIT)."""
    queries = Queries()

    def executed(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", WRITE_LOCK)):
            queries.count += 1
            queries.by_sqlalchemy += 1

    async def asked(connection: Connection, statement: str, parameters: Any) -> Any:
        queries.count += 1
        return await ask(connection, statement, parameters)

    ask = Connection.ask
    engines = {door.kw["bind"].sync_engine for door in (database.write, database.read)}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", executed)
    Connection.ask = asked  # type: ignore[method-assign,assignment]
    try:
        yield queries
    finally:
        Connection.ask = ask  # type: ignore[method-assign]
        for engine in engines:
            event.remove(engine, "before_cursor_execute", executed)
