"""`invites`, `leaflet` and `report`: what is printed or sent on."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.common import (
    DONE,
    FAILED,
    USAGE,
    CommandError,
    moment,
    say,
    the_programme,
    the_texts,
    with_database,
)

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.db.base import Database


def invites(options: argparse.Namespace, settings: "Settings") -> int:
    """Write slips for the guardians who have not come, as a PDF."""
    from datetime import timedelta

    from bot.errors import AppError
    from bot.features.accounts import printing
    from bot.reports.slips import Slip, sheets
    from bot.texts import texts
    from bot.ui import slips_words as words

    t = texts(options.language)
    now, today = moment(settings)
    days = settings.invitations.valid_days
    until = today + timedelta(days=days)

    async def work(database: "Database") -> int:
        bot_name = options.bot_name or await _bot_name(options, settings)
        async with database.write() as session:
            class_id = None if options.all else await printing.find_class(session, options.school_class)
            places = await printing.prepare(session, None, today, class_id)
            await session.rollback()  # drawing takes seconds: the write lock is given back
            slips = [Slip(**words.slip(t, place, settings.school.name, bot_name, until)) for place in places]
            # The paper first: a code that works without it would be of no use.
            _write(options.out, sheets(slips, t("slips-file")))
            await printing.issue(session, None, now, places, class_id, days)
            await session.commit()
            return len(slips)

    try:
        count = with_database(settings, work)
    except printing.NoSuchClassError as error:
        return say(FAILED, f"--class {options.school_class}: there is no such class; there are: {error}")
    except AppError:
        return say(FAILED, "nothing to print: there is no guardian on the list who has not come")
    return say(
        DONE,
        f"{options.out}: {count} slips, valid until {until.isoformat()}",
        "slips printed before for these families no longer work",
    )


def _write(file: Path, content: bytes) -> None:
    """Raises CommandError where it cannot be."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise CommandError(FAILED, f"{file}: cannot be written: {error.strerror}") from None


def leaflet(options: argparse.Namespace, settings: "Settings") -> int:
    """Write the leaflet for parents."""
    import asyncio

    from bot.reports.leaflet import Leaflet, page
    from bot.texts import texts
    from bot.ui import slips_words as words

    bot_name = options.bot_name or asyncio.run(_bot_name(options, settings))
    made = Leaflet(**words.leaflet(texts(options.language), settings.school.name, bot_name))
    _write(options.out, page(made))
    return say(DONE, f"{options.out}: one A4 page for t.me/{bot_name}")


def report(options: argparse.Namespace, settings: "Settings") -> int:
    """Write the report for the district."""
    from html import unescape

    from bot.errors import AppError
    from bot.features.indicators import reporting
    from bot.reports import document, workbook
    from bot.texts import texts
    from bot.ui import report_words as words

    kind = options.out.suffix.lower().removeprefix(".")
    if kind not in ("xlsx", "docx"):
        return say(USAGE, f"--out {options.out}: write a name that ends with .xlsx or .docx")
    programme = the_programme(settings)
    now, today = moment(settings)
    try:
        days = [_day(name, getattr(options, name), today) for name in ("date", "since")]
        asked = reporting.period(today, *days)
    except AppError as error:
        return say(USAGE, unescape(the_texts()(error.key, **error.arguments)))

    async def work(database: "Database") -> reporting.Report:
        async with database.write() as session:
            found = await reporting.report(session, None, now, today, programme, settings, asked)
            await session.commit()
            return found

    t = texts(options.language)
    found = with_database(settings, work)
    if kind == "xlsx":
        made = workbook.workbook([workbook.Sheet(*sheet) for sheet in words.sheets(t, found)])
    else:
        made = document.document(document.Paper(**words.paper(t, found)))
    _write(options.out, made)
    return say(DONE, f"{options.out}: {asked.first.isoformat()} to {asked.on.isoformat()}")


def _day(name: str, text: str | None, today: date) -> date | None:
    """A day as somebody typed it. Raises CommandError for what is none."""
    from bot.ui.moments import parse_past_day

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        day = parse_past_day(text, today)
    if day is None:
        raise CommandError(USAGE, f"--{name} {text}: write a day such as 14.10.2026 or 2026-10-14")
    return day


async def _bot_name(options: argparse.Namespace, settings: "Settings") -> str:
    """The bot's username, from Telegram: by itself, since aiogram costs seconds.

    Raises CommandError, never with the token in its words.
    """
    import aiohttp

    token = settings.telegram.token.get_secret_value()
    if not token:
        raise CommandError(USAGE, f"{options.config}, telegram.token: is missing; or give --bot-name")
    address = f"{(settings.telegram.api_base or 'https://api.telegram.org').rstrip('/')}/bot{token}/getMe"
    connector = None
    if settings.telegram.proxy:
        from bot.proxy import Connector

        connector = Connector.from_url(settings.telegram.proxy, rdns=True)
    try:
        timeout = aiohttp.ClientTimeout(total=20)
        async with (
            aiohttp.ClientSession(connector=connector, timeout=timeout) as http,
            http.get(address) as response,
        ):
            answer = await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        raise CommandError(
            FAILED, "Telegram cannot be reached to ask for the bot's name; try again, or give --bot-name"
        ) from None
    if not answer.get("ok"):
        raise CommandError(
            USAGE, f"{options.config}, telegram.token: Telegram refuses this token; or give --bot-name"
        )
    return str(answer["result"]["username"])
