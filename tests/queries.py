"""Counting what a screen asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from bot.db.base import WRITE_LOCK, Database


@dataclass
class Queries:
    """How many statements were executed."""

    count: int = 0


@contextmanager
def count_queries(database: Database) -> Iterator[Queries]:
    """Count the statements of both doors while the block runs (not BEGIN and its lock, nor COMMIT)."""
    queries = Queries()

    def executed(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        queries.count += not statement.startswith(("BEGIN", WRITE_LOCK))

    engines = {door.kw["bind"].sync_engine for door in (database.write, database.read)}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", executed)
    try:
        yield queries
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", executed)
