"""The bot side: `/bot<token>/<method>` and `/file/bot<token>/<path>`, answered as Telegram answers."""

import asyncio
import inspect
import json
from typing import Any

from aiohttp import web

from sandbox import schema
from sandbox.errors import BadRequest, Refused
from sandbox.methods import METHODS
from sandbox.schema import Upload
from sandbox.world import World

WORLD: web.AppKey[World] = web.AppKey("world", World)
NOT_FOUND = Refused(404, "Not Found")
# How long a call hangs whose fault is that no answer comes.
FOREVER = 3600.0


def routes() -> list[web.RouteDef]:
    """List the routes of the bot side."""
    return [
        web.route("*", "/bot{token}/{method}", _call),
        web.get("/file/bot{token}/{path:.+}", _download),
    ]


async def perform(world: World, method: str, given: dict[str, Any]) -> Any:
    """Do what a call asks. Raises Refused."""
    function = METHODS.get(method.lower())
    if schema.parameters(method) is None:
        raise NOT_FOUND
    if not function:
        raise Refused(404, f"Not Found: the sandbox does not have {method}")
    known = schema.parameters(method) or {}
    attached = {k: v for k, v in given.items() if k not in known and isinstance(v, Upload)}
    taken = schema.check(method, {k: v for k, v in given.items() if k not in attached})
    world.limits.check(method, taken.get("chat_id"))
    result = function(world, taken | {"attached": attached})
    return await result if inspect.isawaitable(result) else result


async def _call(request: web.Request) -> web.StreamResponse:
    world, method = request.app[WORLD], request.match_info["method"]
    if request.match_info["token"] != world.token:
        return _answer(Refused(401, "Unauthorized").answer())
    try:
        given = await _parameters(request)
    except Refused as refused:
        return _answer(_log(world, method, {}, refused.answer()))
    fault = world.faults.take(method, given.get("chat_id"))
    kind = fault.kind if fault else ""
    if fault and kind == "slow":
        await _wait(world, fault.seconds)
    if kind in ("timeout", "drop"):
        _log(world, method, given, {"ok": False, "description": kind})
    else:
        try:
            if fault:
                fault.refuse()
            body: dict[str, Any] = {"ok": True, "result": await perform(world, method, given)}
        except Refused as refused:
            body = refused.answer()
        _log(world, method, given, body)
    if kind in ("timeout", "timeout_after"):
        await _wait(world, FOREVER)
    if kind in ("timeout", "timeout_after", "drop", "drop_after"):
        if request.transport:
            request.transport.abort()
        return web.Response()
    return _answer(body)


async def _wait(world: World, seconds: float) -> None:
    """Let a call hang; the end of the sandbox ends it."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not world.closing and (left := end - loop.time()) > 0:
        await world.changed.wait(left)


def _log(world: World, method: str, given: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    shown = {k: str(v) if isinstance(v, Upload) else v for k, v in given.items()}
    answer: dict[str, Any] = {k: v for k, v in body.items() if k in ("ok", "error_code", "description")}
    world.calls.append({"n": len(world.calls) + 1, "method": method, "params": shown, **answer})
    world.changed.fire()
    return body


def _answer(body: dict[str, Any]) -> web.Response:
    retry = body.get("parameters", {}).get("retry_after")
    headers = {"Retry-After": str(retry)} if retry else None
    return web.json_response(body, status=body.get("error_code", 200), headers=headers)


async def _parameters(request: web.Request) -> dict[str, Any]:
    """Read parameters from wherever Telegram reads them: the query, a form, JSON, files."""
    given: dict[str, Any] = dict(request.query)
    try:
        if request.content_type == "application/json":
            body = await request.json() if request.can_read_body else {}
            if not isinstance(body, dict):
                raise BadRequest("object expected as request body")
            return given | body
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                given[name] = Upload(value.filename, value.file.read())
                value.file.close()
            else:
                given[name] = value if isinstance(value, str) else bytes(value).decode()
    except web.HTTPRequestEntityTooLarge:
        raise Refused(413, "Request Entity Too Large") from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise BadRequest("can't parse request body as UTF-8 JSON or form") from None
    return given


async def _download(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    if request.match_info["token"] != world.token:
        return _answer(Refused(401, "Unauthorized").answer())
    file = world.files.at(request.match_info["path"])
    return web.Response(body=file.content) if file else _answer(NOT_FOUND.answer())
