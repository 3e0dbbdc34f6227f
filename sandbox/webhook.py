"""Delivers updates to the bot's webhook, one after another, until each is accepted."""

import asyncio
from typing import Any

import aiohttp

from sandbox.api import perform
from sandbox.errors import Refused
from sandbox.world import World

# Seconds before an update that was not accepted is sent again: Telegram's patience, made short.
PAUSES = (0.1, 0.5, 1, 2, 5)
TIMEOUT = aiohttp.ClientTimeout(total=60)


async def deliver(world: World) -> None:
    """Run for ever: send what waits whenever a webhook is set."""
    failures = 0
    async with aiohttp.ClientSession(timeout=TIMEOUT) as http:
        while True:
            hook, pending = world.updates.webhook, world.updates.pending
            if not hook or not pending:
                await world.updates.new.wait(60)
                continue
            update = pending[0]
            problem = await _send(world, http, hook, update)
            if not problem:
                failures = 0
                world.updates.acknowledge(update["update_id"] + 1)
                continue
            hook |= {"last_error_date": world.clock.now(), "last_error_message": problem}
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1


async def _send(
    world: World, http: aiohttp.ClientSession, hook: dict[str, Any], update: dict[str, Any]
) -> str | None:
    """Send one update: None where it was accepted, else what went wrong."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": hook["secret"]} if hook["secret"] else {}
    try:
        async with http.post(hook["url"], json=update, headers=headers) as response:
            if not response.ok:
                return f"Wrong response from the webhook: {response.status} {response.reason}"
            await _perform(world, response)
            return None
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientError as error:
        return f"Connection failed: {error}"


async def _perform(world: World, response: aiohttp.ClientResponse) -> None:
    """A webhook may answer with a call, as JSON or as a form; what becomes of it the bot never learns."""
    given: dict[str, Any] = {}
    if response.content_type == "application/json":
        body = await response.json()
        given = body if isinstance(body, dict) else {}
    elif response.content_type == "multipart/form-data":
        async for part in aiohttp.MultipartReader.from_response(response):
            if isinstance(part, aiohttp.BodyPartReader) and part.name:
                given[part.name] = await part.text()
    if isinstance(method := given.pop("method", None), str):
        try:
            await perform(world, method, given)
        except Refused:
            return
