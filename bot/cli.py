"""The command line. Imports what a command needs when it runs it: aiogram alone costs seconds."""

import argparse
import asyncio
import gc
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot import __version__, config
from bot.clock import Clock, FileClock

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.db.base import Session
    from bot.programme.model import Programme
    from bot.texts import Html, Texts

Row = TypeVar("Row")
Plan = TypeVar("Plan")

DONE, FAILED, USAGE = 0, 1, 2

# Names a file with an offset in seconds by which the clock is moved: for the sandbox and the journeys.
CLOCK_VARIABLE = "SCHOOLBOT_CLOCK_FILE"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status: 0 done, 1 the work failed, 2 usage or configuration error."""
    options = parser().parse_args(arguments)
    try:
        settings = config.load(
            options.config,
            required=options.command == "run" and not os.environ.get(f"{config.ENV_PREFIX}TELEGRAM__TOKEN"),
        )
    except config.ConfigError as error:
        return _say(USAGE, *error.problems)
    command: Callable[[argparse.Namespace, Settings], int] = options.call
    return command(options, settings)


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(prog="school-bot", description=__doc__ and "A school's Telegram bot.")
    top.add_argument("--config", type=Path, default=Path("config.toml"), help="default: config.toml")
    top.add_argument("-v", "--verbose", action="store_true", help="log more")
    top.add_argument("--version", action="version", version=__version__)
    top.set_defaults(call=_start, command="start")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, call: Callable[..., int], words: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(call=call)
        return command

    add("run", _run, "start the bot")
    sandbox = add("sandbox", _sandbox, "try the bot without a token and without the internet")
    sandbox.add_argument("--port", type=int, default=8081)
    sandbox.add_argument("--fresh", action="store_true", help="start over")
    sandbox.add_argument("--empty", action="store_true", help="no demonstration school")
    add("check", _check, "validate the configuration and the programme file")
    add("migrate", _migrate, "apply database migrations")
    backup = add("backup", _backup, "write a copy of the database; the bot may be running")
    backup.add_argument("file", type=Path, nargs="?", metavar="FILE", help="default: one in backup.directory")
    restore = add("restore", _restore, "put a copy in the database's place; the bot must not be running")
    restore.add_argument("file", type=Path, metavar="FILE")
    for name, call, words in (
        ("import-roster", _import_roster, "import classes, pupils and guardians from CSV or XLSX"),
        ("import-marks", _import_marks, "import current and external marks from CSV or XLSX"),
    ):
        command = add(name, call, words)
        command.add_argument("file", type=Path)
        command.add_argument("--dry-run", action="store_true", help="print what would change")
    invites = add("invites", _invites, "print invitation slips for guardians who have not come, as a PDF")
    whose = invites.add_mutually_exclusive_group(required=True)
    whose.add_argument("--class", dest="school_class", metavar="CLASS", help="such as 5А")
    whose.add_argument("--all", action="store_true", help="the whole school, each class on its own pages")
    invites.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    invites.add_argument("--language", choices=("ru", "en"), default="ru", help="of the slips; default: ru")
    invites.add_argument("--bot-name", metavar="NAME", help="the bot's username; default: Telegram is asked")
    report = add("report", _report, "write the report for the district: .xlsx a workbook, .docx a document")
    report.add_argument("--out", type=Path, required=True, metavar="FILE", help="FILE.xlsx or FILE.docx")
    days = "14.10.2026 or 2026-10-14"
    report.add_argument("--date", metavar="DAY", help=f"as of which day, {days}; default: today")
    report.add_argument("--since", metavar="DAY", help="default: the first day of that day's school year")
    report.add_argument("--language", choices=("ru", "en"), default="ru", help="default: ru")
    return top


def _say(status: int, *lines: str) -> int:
    for line in lines:
        print(line, file=sys.stderr if status else sys.stdout)
    return status


def _clock() -> Clock:
    path = os.environ.get(CLOCK_VARIABLE)
    return FileClock(Path(path)) if path else Clock()


def _texts() -> "Texts":
    """The words of the language that the terminal speaks."""
    from bot.texts import texts

    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return texts("ru" if locale.startswith("ru") else "en")


def _programme(settings: "Settings") -> "Programme | None":
    """The programme; None with its problems printed."""
    from bot.programme.load import ProgrammeError, load

    try:
        return load(Path(settings.school.programme) if settings.school.programme else None)
    except ProgrammeError as error:
        _say(USAGE, *map(str, error.problems))
        return None


def _not_yet(settings: "Settings") -> list[str]:
    """What the configuration asks for and this version does not do."""
    default = config.Settings()
    return [
        f"[{name}] has no effect in this version"
        for name in ("redis", "http")
        if getattr(settings, name) != getattr(default, name)
    ]


def _old_sqlite(settings: "Settings") -> list[str]:
    import sqlite3

    from bot.db.base import SQLITE_SOUND

    if not settings.database.url.startswith("sqlite") or sqlite3.sqlite_version_info >= SQLITE_SOUND:
        return []
    sound = ".".join(map(str, SQLITE_SOUND))
    return [
        f"SQLite {sqlite3.sqlite_version} of this Python can, rarely, damage its file (mended in {sound}): "
        "keep copies of the database"
    ]


def _start(options: argparse.Namespace, settings: "Settings") -> int:
    """No command: the bot where there is a token, else the sandbox."""
    if settings.telegram.token.get_secret_value():
        return _run(options, settings)
    given = ["--verbose"] if options.verbose else []
    return _sandbox(parser().parse_args([*given, "sandbox"]), settings)


def _run(options: argparse.Namespace, settings: "Settings") -> int:
    if not settings.telegram.token.get_secret_value():
        return _say(
            USAGE,
            f"{options.config}, telegram.token: is missing; take it from @BotFather, "
            "or try `school-bot sandbox`",
        )
    if settings.telegram.mode == "webhook":
        return _say(USAGE, f'{options.config}, telegram.mode: this version knows only "polling"')
    return _serve(options, settings, _clock())


def _serve(options: argparse.Namespace, settings: "Settings", clock: Clock) -> int:
    programme = _programme(settings)
    if programme is None:
        return USAGE
    from bot import log
    from bot.db.base import Database
    from bot.db.migrate import MigrationError, migrate

    log.configure(settings, verbose=options.verbose)
    database = Database(settings.database.url)
    try:
        migrate(database.url)
    except MigrationError as error:
        return _say(FAILED, f"database.url: {error}")
    try:
        settings = config.with_key(settings, database.key_file)
    except config.ConfigError as error:
        return _say(USAGE, *error.problems)
    # Importing aiogram makes a million objects that stay: the collector need not look at them, now or later.
    gc.disable()
    from bot.app import StartError, run

    gc.freeze()
    gc.enable()

    async def serve() -> None:
        try:
            await run(settings, programme, clock, database, 1 if isinstance(clock, FileClock) else 20)
        finally:
            await database.close()

    try:
        asyncio.run(serve())
    except StartError as error:
        return _say(USAGE, f"{options.config}, {error}")
    return DONE


def _sandbox(options: argparse.Namespace, settings: "Settings") -> int:
    programme = _programme(settings)
    if programme is None:
        return USAGE
    print("Starting, this takes a few seconds...", flush=True)
    from bot import demo, log
    from bot.db.migrate import MigrationError

    log.configure(settings, verbose=options.verbose)
    if options.fresh:
        demo.forget()
    try:
        settings = demo.prepare(settings)
        asyncio.run(demo.serve(settings, programme, options.port, empty=options.empty))
    except MigrationError as error:
        return _say(FAILED, f"{demo.DATABASE}: {error}; --fresh starts over")
    except config.ConfigError as error:
        return _say(FAILED, *error.problems)
    except OSError as error:
        return _say(FAILED, f"--port {options.port}: {error.strerror}; give another")
    return DONE


def _check(options: argparse.Namespace, settings: "Settings") -> int:
    programme = _programme(settings)
    if programme is None:
        return USAGE
    from bot.programme.load import warnings
    from bot.ui.programme_words import oddity

    odd = [oddity(_texts(), each) for each in warnings(programme)]
    for warning in [*odd, *_not_yet(settings), *_old_sqlite(settings)]:
        print(f"warning: {warning}")
    print(
        f"{programme.school.name}: {len(programme.indicators)} indicators, "
        f"{len(programme.activities)} activities, {len(settings.school.admins)} admins; "
        "configuration and programme are valid"
    )
    return DONE


def _migrate(options: argparse.Namespace, settings: "Settings") -> int:
    from sqlalchemy.engine import make_url

    from bot.db.migrate import MigrationError, migrate

    try:
        migrate(make_url(settings.database.url))
    except MigrationError as error:
        return _say(FAILED, f"database.url: {error}")
    return _say(DONE, "the database has the present schema")


def _backup(options: argparse.Namespace, settings: "Settings") -> int:
    from bot.db.backup import BackupError
    from bot.features.backup import files

    local = _clock().now().astimezone(settings.school.zone)
    file: Path | None = options.file
    try:
        if file is None or file.is_dir():
            file = (file or files.folder_of(settings)) / files.name_by_hand(local, settings)
        settings, kept_at = _with_present_key(settings)
        files.take(settings, file)
    except BackupError as error:
        return _say(FAILED, str(error))
    except config.ConfigError as error:
        return _say(USAGE, *error.problems)
    sealed = (
        "" if settings.backup.passphrase.get_secret_value() else ", not sealed: backup.passphrase is empty"
    )
    return _say(
        DONE,
        f"{file}: {_size(file)}, whole{sealed}",
        f"the key of anonymous letters is not in it: keep a copy of {kept_at}, but apart from this file",
    )


def _restore(options: argparse.Namespace, settings: "Settings") -> int:
    from bot.db.backup import BackupError
    from bot.features.backup import files

    local = _clock().now().astimezone(settings.school.zone)
    try:
        settings, kept_at = _with_present_key(settings)
        done = files.restore(settings, options.file, local)
    except BackupError as error:
        return _say(FAILED, str(error))
    except config.ConfigError as error:
        return _say(USAGE, *error.problems)
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
    return _say(DONE, *lines)


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


def _import_roster(options: argparse.Namespace, settings: "Settings") -> int:
    from bot.features.roster import importing
    from bot.features.roster.table import read_table
    from bot.ui import roster_words as words

    now, today = _now(settings)
    return _import(
        options,
        settings,
        read=lambda data: read_table(data, options.file.name),
        plan=lambda session, rows: importing.plan(session, today, rows),
        apply=lambda session, rows: importing.apply(session, None, now, today, rows),
        word=lambda t, plan: words.plan(t, plan, [importing.class_name(row) for _, row, _ in plan.moved]),
    )


def _import_marks(options: argparse.Namespace, settings: "Settings") -> int:
    from bot.features.risk.marks import importing
    from bot.features.risk.marks.table import read_table
    from bot.ui.risk import marks_words as words

    now, today = _now(settings)
    return _import(
        options,
        settings,
        read=lambda data: read_table(data, options.file.name, today),
        plan=lambda session, rows: importing.plan(session, today, rows),
        apply=lambda session, rows: importing.apply(session, None, now, today, rows, settings),
        word=words.plan,
    )


def _now(settings: "Settings") -> tuple[datetime, date]:
    """The present moment, and the school's day."""
    now = _clock().now()
    return now, now.astimezone(settings.school.zone).date()


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

    from sqlalchemy.exc import DBAPIError

    from bot.db.base import Database
    from bot.db.migrate import MigrationError, migrate
    from bot.features.roster.reading import TableError
    from bot.ui import roster_words

    t = _texts()
    database = Database(settings.database.url)

    async def work(rows: "list[Row]") -> "Plan":
        try:
            if options.dry_run:
                async with database.read() as session:
                    return await plan(session, rows)
            async with database.write() as session:
                done = await apply(session, rows)
                await session.commit()
                return done
        finally:
            await database.close()

    try:
        rows = read(options.file.read_bytes())
        migrate(database.url)
        done = asyncio.run(work(rows))
    except OSError as error:
        return _say(FAILED, f"{options.file}: cannot be read: {error.strerror}")
    except MigrationError as error:
        return _say(FAILED, f"database.url: {error}")
    except DBAPIError as error:
        return _say(FAILED, f"database.url: {error.orig}")
    except TableError as error:
        lines = (roster_words.problem(t, problem) for problem in error.problems)
        return _say(FAILED, *(f"{options.file}: {unescape(line)}" for line in lines))
    return _say(DONE, *map(unescape, word(t, done)))


def _invites(options: argparse.Namespace, settings: "Settings") -> int:
    from datetime import timedelta

    from sqlalchemy.exc import DBAPIError

    from bot.db.base import Database
    from bot.db.migrate import MigrationError, migrate
    from bot.errors import AppError
    from bot.features.accounts import printing
    from bot.reports.slips import Slip, sheets
    from bot.texts import texts
    from bot.ui import slips_words as words

    t = texts(options.language)
    now = _clock().now()
    days = settings.invitations.valid_days
    until = now.astimezone(settings.school.zone).date() + timedelta(days=days)

    async def work(database: Database) -> int:
        bot_name = options.bot_name or await _bot_name(options, settings)
        today = now.astimezone(settings.school.zone).date()
        try:
            async with database.write() as session:
                class_id = None if options.all else await printing.find_class(session, options.school_class)
                places = await printing.prepare(session, None, today, class_id)
                await session.rollback()  # drawing takes seconds: the write lock is given back
                slips = [
                    Slip(**words.slip(t, place, settings.school.name, bot_name, until)) for place in places
                ]
                # The paper first: a code that works without it would be of no use.
                options.out.write_bytes(sheets(slips, t("slips-file")))
                await printing.issue(session, None, now, places, class_id, days)
                await session.commit()
                return len(slips)
        finally:
            await database.close()

    try:
        database = Database(settings.database.url)
        migrate(database.url)
        count = asyncio.run(work(database))
    except _NoNameError as error:
        return _say(error.status, str(error))
    except printing.NoSuchClassError as error:
        return _say(FAILED, f"--class {options.school_class}: there is no such class; there are: {error}")
    except AppError:
        return _say(FAILED, "nothing to print: there is no guardian on the list who has not come")
    except OSError as error:
        return _say(FAILED, f"{options.out}: cannot be written: {error.strerror}")
    except MigrationError as error:
        return _say(FAILED, f"database.url: {error}")
    except DBAPIError as error:
        return _say(FAILED, f"database.url: {error.orig}")
    return _say(
        DONE,
        f"{options.out}: {count} slips, valid until {until.isoformat()}",
        "slips printed before for these families no longer work",
    )


def _report(options: argparse.Namespace, settings: "Settings") -> int:
    from html import unescape

    from sqlalchemy.exc import DBAPIError

    from bot.db.base import Database
    from bot.db.migrate import MigrationError, migrate
    from bot.errors import AppError
    from bot.features.indicators import reporting
    from bot.reports import document, workbook
    from bot.texts import texts
    from bot.ui import report_words as words

    kind = options.out.suffix.lower().removeprefix(".")
    if kind not in ("xlsx", "docx"):
        return _say(USAGE, f"--out {options.out}: write a name that ends with .xlsx or .docx")
    programme = _programme(settings)
    if programme is None:
        return USAGE
    now, today = _now(settings)
    try:
        days = [_day(name, getattr(options, name), today) for name in ("date", "since")]
        asked = reporting.period(today, *days)
    except ValueError as error:
        return _say(USAGE, str(error))
    except AppError as error:
        return _say(USAGE, unescape(_texts()(error.key, **error.arguments)))

    async def work(database: Database) -> reporting.Report:
        try:
            async with database.write() as session:
                found = await reporting.report(session, None, now, today, programme, settings, asked)
                await session.commit()
                return found
        finally:
            await database.close()

    t = texts(options.language)
    try:
        database = Database(settings.database.url)
        migrate(database.url)
        found = asyncio.run(work(database))
        if kind == "xlsx":
            made = workbook.workbook([workbook.Sheet(*sheet) for sheet in words.sheets(t, found)])
        else:
            made = document.document(document.Paper(**words.paper(t, found)))
        options.out.write_bytes(made)
    except OSError as error:
        return _say(FAILED, f"{options.out}: cannot be written: {error.strerror}")
    except MigrationError as error:
        return _say(FAILED, f"database.url: {error}")
    except DBAPIError as error:
        return _say(FAILED, f"database.url: {error.orig}")
    return _say(DONE, f"{options.out}: {asked.first.isoformat()} to {asked.on.isoformat()}")


def _day(name: str, text: str | None, today: date) -> date | None:
    """A day as somebody typed it. Raises ValueError for what is none."""
    from bot.ui.moments import parse_past_day

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        day = parse_past_day(text, today)
    if day is None:
        raise ValueError(f"--{name} {text}: write a day such as 14.10.2026 or 2026-10-14")
    return day


class _NoNameError(Exception):
    """The bot's username cannot be had; `status` is that of the command."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


async def _bot_name(options: argparse.Namespace, settings: "Settings") -> str:
    """The bot's username, from Telegram: by itself, since aiogram costs seconds.

    Raises _NoNameError, never with the token in its words.
    """
    import aiohttp

    token = settings.telegram.token.get_secret_value()
    if not token:
        raise _NoNameError(USAGE, f"{options.config}, telegram.token: is missing; or give --bot-name")
    address = f"{(settings.telegram.api_base or 'https://api.telegram.org').rstrip('/')}/bot{token}/getMe"
    proxy = settings.telegram.proxy
    connector = None
    if proxy.startswith("socks"):
        from aiohttp_socks import ProxyConnector

        connector, proxy = ProxyConnector.from_url(proxy), ""
    try:
        timeout = aiohttp.ClientTimeout(total=20)
        async with (
            aiohttp.ClientSession(connector=connector, timeout=timeout) as http,
            http.get(address, proxy=proxy or None) as response,
        ):
            answer = await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        raise _NoNameError(
            FAILED, "Telegram cannot be reached to ask for the bot's name; try again, or give --bot-name"
        ) from None
    if not answer.get("ok"):
        raise _NoNameError(
            USAGE, f"{options.config}, telegram.token: Telegram refuses this token; or give --bot-name"
        )
    return str(answer["result"]["username"])
