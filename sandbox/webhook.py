"""Delivers updates to the bot's webhook: several chats at once, each in order, until each is accepted."""

import asyncio
import contextlib
from functools import partial
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
    updates = world.updates
    busy: dict[int, asyncio.Task[None]] = {}

    def ended(chat: int, _: asyncio.Task[None]) -> None:
        del busy[chat]
        updates.new.fire()

    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(timeout=TIMEOUT, connector=connector) as http:
        try:
            while True:
                if hook := updates.webhook:
                    for chat in dict.fromkeys(map(_chat_of, updates.pending)):
                        if chat not in busy and len(busy) < hook["max_connections"]:
                            busy[chat] = asyncio.create_task(_deliver(world, http, chat))
                            busy[chat].add_done_callback(partial(ended, chat))
                await updates.new.wait(60)
        finally:
            for task in list(busy.values()):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task


def _chat_of(update: dict[str, Any]) -> int:
    """Whose update it is: Telegram sends those of one chat one after another."""
    (content,) = (value for key, value in update.items() if key != "update_id")
    return int((content.get("from") or content.get("user") or content.get("chat") or {"id": 0})["id"])


async def _deliver(world: World, http: aiohttp.ClientSession, chat: int) -> None:
    """Send what waits of a chat, while a webhook is set."""
    failures, updates = 0, world.updates
    while hook := updates.webhook:
        update = next((each for each in updates.pending if _chat_of(each) == chat), None)
        if update is None:
            return
        problem = await _send(world, http, hook, update)
        if not problem:
            failures = 0
            updates.accept(update["update_id"])
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
