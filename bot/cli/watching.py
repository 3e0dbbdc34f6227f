"""`health`: whether the bot on this machine is well, for whoever looks after it and for Docker."""

import argparse
import http.client
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.common import DONE, FAILED, CommandError, say, the_clock, with_database

if TYPE_CHECKING:
    from bot.config import Http, Settings
    from bot.db.base import Database
    from bot.features.health import Standing

# Somewhat more than the bot waits for its database.
ANSWER_SECONDS = 10
# Listening on all addresses it is reached on this one.
ALL = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104


def health(options: argparse.Namespace, settings: "Settings") -> int:
    """Ask the running bot where it serves /healthz, else look at what it leaves in its database."""
    if settings.http.port:
        return _asked(settings.http)
    stands = _looked_at(settings)
    warnings = [f"warning: {line}" for line in stands.warnings]
    if stands.wrong:
        return say(FAILED, *stands.wrong, *warnings)
    return say(DONE, *warnings, f"ok: {', '.join(stands.said)}")


def _asked(address: "Http") -> int:
    host = ALL.get(address.host, address.host)
    place = f"http: {host}, port {address.port}"
    connection = http.client.HTTPConnection(host, address.port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        lines = answer.read().decode(errors="replace").splitlines()
    except (OSError, http.client.HTTPException) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
        return say(FAILED, f"{place}: no answer ({why}); the bot does not run, or hangs")
    finally:
        connection.close()
    if answer.status not in (200, 503):
        return say(FAILED, f"{place}: answers {answer.status}; another program has this port")
    return say(DONE if answer.status == 200 else FAILED, *lines)


def _looked_at(settings: "Settings") -> "Standing":
    from sqlalchemy.engine import make_url

    from bot.db.base import is_sqlite
    from bot.features import health

    url = make_url(settings.database.url)
    if is_sqlite(url) and not Path(url.database or "").exists():
        raise CommandError(FAILED, f"{url.database}: there is no database; the bot has not run here yet")

    async def work(database: "Database") -> "Standing":
        async with database.read() as session:
            return await health.standing(session, settings, space, the_clock().now())

    try:
        space = health.room(settings)
    except OSError as error:
        raise CommandError(FAILED, f"{error.filename}: cannot be looked at: {error.strerror}") from None
    try:
        return with_database(settings, work, as_it_is=True)
    except OSError as error:  # PostgreSQL's server is not there
        why = error.strerror or type(error).__name__
        raise CommandError(FAILED, f"database.url: cannot be reached: {why}") from None
