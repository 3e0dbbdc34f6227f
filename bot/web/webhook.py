"""Where Telegram delivers updates to."""

import json
import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from aiohttp import web

from bot.updates import SIZE_MAX, update_id_of

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name


def application(path: str, secret: str, take: Callable[[Sequence[Any]], Awaitable[None]]) -> web.Application:
    """Takes updates at a path. `take` stores them: only then is Telegram told 200; if it fails, 500."""

    async def deliver(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not secrets.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            raise web.HTTPUnauthorized
        body = await request.read()
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            update = None
        if update_id_of(update) is None:
            log.warning("webhook: no update", size=len(body))
            raise web.HTTPBadRequest
        try:
            await take([update])
        except Exception as error:  # noqa: BLE001 - Telegram repeats it
            log.error("webhook: not stored", update_id=update["update_id"], error=type(error).__name__)
            raise web.HTTPInternalServerError from None
        return web.Response()

    made = web.Application(client_max_size=SIZE_MAX)
    made.router.add_post(path, deliver)
    return made
