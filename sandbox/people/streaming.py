"""Everything that changes, as it changes: server-sent events for the page."""

import asyncio
import json
import time
from contextlib import suppress

from aiohttp import web

from sandbox.api import WORLD
from sandbox.world import Json, User, World

# What happens within so many seconds comes as one event.
TOGETHER = 0.03
# So often something is written, in seconds: how a page that is gone is noticed.
BEAT = 15.0


async def stream(request: web.Request) -> web.StreamResponse:
    """Tell the whole world, then every change of it: `data` is an object with what has changed.

    `whole` (in the first: when this world began), `bot`, `clock`, `faults` (their kinds), `tours`,
    `taken` (updates below it are the bot's), `people`, `messages`.
    """
    world = request.app[WORLD]
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
    await response.prepare(request)
    told, spoken = _Told(), time.monotonic()
    with suppress(ConnectionError):
        while not world.closing:
            if news := told.news(world):
                await response.write(f"data: {json.dumps(news, ensure_ascii=False)}\n\n".encode())
                await asyncio.sleep(TOGETHER)
            elif time.monotonic() - spoken >= BEAT:
                await response.write(b":\n\n")
            else:
                await world.changed.wait(BEAT)
                continue
            spoken = time.monotonic()
    return response


class _Told:
    """What one page has been told."""

    def __init__(self) -> None:
        self._change = -1
        self._state: Json = {}
        self._people: dict[int, Json] = {}

    def news(self, world: World) -> Json:
        """What it does not know yet; knows it from now on."""
        news: Json = {"whole": world.born} if self._change < 0 else {}
        state: Json = {
            "bot": world.bot | {"description": world.texts["description"]},
            "clock": {"offset_seconds": world.clock.offset, "zone": world.clock.zone.key},
            "faults": sorted({fault.kind for fault in world.faults.left}),
            "tours": world.tours.state(),
            "taken": world.updates.acknowledged,
        }
        news |= {name: value for name, value in state.items() if self._state.get(name) != value}
        people = {user.id: _person(world, user) for user in world.users.values()}
        if changed := [person for id_, person in people.items() if self._people.get(id_) != person]:
            news["people"] = changed
        messages = [seen for user in world.users.values() for seen in world.since(user, self._change)[0]]
        if messages:
            news["messages"] = messages
        self._change, self._state, self._people = world.last_change, state, people
        return news


def _person(world: World, user: User) -> Json:
    more = {"keyboard": user.keyboard, "action": user.action, "commands": world.menu(user)}
    return user.described() | more
