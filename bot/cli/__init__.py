"""The command line. Imports what a command needs when it runs it: aiogram alone costs seconds."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bot import __version__, config
from bot.cli import importing, keeping, private, starting, watching, writing
from bot.cli.common import USAGE, CommandError, say

if TYPE_CHECKING:
    from bot.config import Settings


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status: 0 done, 1 the work failed, 2 usage or configuration error."""
    options = parser().parse_args(arguments)
    private.only_ours()
    command: Callable[[argparse.Namespace, Settings], int] = options.call
    try:
        settings = config.load(
            options.config,
            required=options.command == "run" and not os.environ.get(f"{config.ENV_PREFIX}TELEGRAM__TOKEN"),
        )
        return command(options, settings)
    except config.ConfigError as error:
        return say(USAGE, *error.problems)
    except CommandError as error:
        return say(error.status, *error.lines)


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

    add("run", starting.run, "start the bot")
    sandbox = add("sandbox", starting.sandbox, "try the bot without a token and without the internet")
    sandbox.add_argument("--port", type=int, default=8081)
    sandbox.add_argument("--fresh", action="store_true", help="start over")
    sandbox.add_argument("--empty", action="store_true", help="no demonstration school")
    add("check", starting.check, "validate the configuration and the programme file")
    add("health", watching.health, "say whether the bot on this machine is well: exit status 0 or 1")
    add("migrate", keeping.migrate, "apply database migrations")
    backup = add("backup", keeping.backup, "write a copy of the database; the bot may be running")
    backup.add_argument("file", type=Path, nargs="?", metavar="FILE", help="default: one in backup.directory")
    restore = add(
        "restore", keeping.restore, "put a copy in the database's place; the bot must not be running"
    )
    restore.add_argument("file", type=Path, metavar="FILE")
    for name, call, words in (
        ("import-roster", importing.import_roster, "import classes, pupils and guardians from CSV or XLSX"),
        ("import-marks", importing.import_marks, "import current and external marks from CSV or XLSX"),
    ):
        command = add(name, call, words)
        command.add_argument("file", type=Path)
        command.add_argument("--dry-run", action="store_true", help="print what would change")
    invites = add(
        "invites", writing.invites, "print invitation slips for guardians who have not come, as a PDF"
    )
    whose = invites.add_mutually_exclusive_group(required=True)
    whose.add_argument("--class", dest="school_class", metavar="CLASS", help="such as 5А")
    whose.add_argument("--all", action="store_true", help="the whole school, each class on its own pages")
    invites.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    leaflet = add("leaflet", writing.leaflet, "print a page for parents that says what the bot is, as a PDF")
    leaflet.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    for command in (invites, leaflet):
        command.add_argument("--language", choices=("ru", "en"), default="ru", help="default: ru")
        command.add_argument(
            "--bot-name", metavar="NAME", help="the bot's username; default: Telegram is asked"
        )
    report = add(
        "report", writing.report, "write the report for the district: .xlsx a workbook, .docx a document"
    )
    report.add_argument("--out", type=Path, required=True, metavar="FILE", help="FILE.xlsx or FILE.docx")
    days = "14.10.2026 or 2026-10-14"
    report.add_argument("--date", metavar="DAY", help=f"as of which day, {days}; default: today")
    report.add_argument("--since", metavar="DAY", help="default: the first day of that day's school year")
    report.add_argument("--language", choices=("ru", "en"), default="ru", help="default: ru")
    return top


def _start(options: argparse.Namespace, settings: "Settings") -> int:
    """No command: the bot where there is a token, else the sandbox."""
    if settings.telegram.token.get_secret_value():
        return starting.run(options, settings)
    given = ["--verbose"] if options.verbose else []
    return starting.sandbox(parser().parse_args([*given, "sandbox"]), settings)
