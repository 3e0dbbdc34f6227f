"""`import-roster` and `import-marks`: tables of the school."""

import argparse
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from bot.cli.common import DONE, FAILED, moment, say, the_texts, with_database

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.db.base import Database, Session
    from bot.texts import Html, Texts

Row = TypeVar("Row")
Plan = TypeVar("Plan")


def import_roster(options: argparse.Namespace, settings: "Settings") -> int:
    """Import classes, pupils and guardians."""
    from bot.features.roster import importing
    from bot.features.roster.table import read_table
    from bot.ui import roster_words as words

    now, today = moment(settings)
    return _import(
        options,
        settings,
        read=lambda data: read_table(data, options.file.name),
        plan=lambda session, rows: importing.plan(session, today, rows),
        apply=lambda session, rows: importing.apply(session, None, now, today, rows),
        word=lambda t, plan: words.plan(t, plan, [importing.class_name(row) for _, row, _ in plan.moved]),
    )


def import_marks(options: argparse.Namespace, settings: "Settings") -> int:
    """Import current and external marks."""
    from bot.features.risk.marks import importing
    from bot.features.risk.marks.table import read_table
    from bot.ui.risk import marks_words as words

    now, today = moment(settings)
    return _import(
        options,
        settings,
        read=lambda data: read_table(data, options.file.name, today),
        plan=lambda session, rows: importing.plan(session, today, rows),
        apply=lambda session, rows: importing.apply(session, None, now, today, rows, settings),
        word=words.plan,
    )


def _import(
    options: argparse.Namespace,
    settings: "Settings",
    *,
    read: Callable[[bytes], "list[Row]"],
    plan: Callable[["Session", "list[Row]"], Awaitable["Plan"]],
    apply: Callable[["Session", "list[Row]"], Awaitable["Plan"]],
    word: Callable[["Texts", "Plan"], "list[Html]"],
) -> int:
    """Import a table: a mistake changes nothing, a dry run only says what would change."""
    from html import unescape

    from bot.features.roster.reading import TableError
    from bot.ui import roster_words

    t = the_texts()

    async def work(database: "Database") -> "Plan":
        if options.dry_run:
            async with database.read() as session:
                return await plan(session, rows)
        async with database.write() as session:
            done = await apply(session, rows)
            await session.commit()
            return done

    try:
        rows = read(options.file.read_bytes())
        done = with_database(settings, work)
    except OSError as error:
        return say(FAILED, f"{options.file}: cannot be read: {error.strerror}")
    except TableError as error:
        lines = (roster_words.problem(t, problem) for problem in error.problems)
        return say(FAILED, *(f"{options.file}: {unescape(line)}" for line in lines))
    return say(DONE, *map(unescape, word(t, done)))
