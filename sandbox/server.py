"""The sandbox as a whole: one server on one port with the bot side, the people side and the page."""

import asyncio
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from sandbox import USERNAME, api, people, webhook
from sandbox.files import UPLOAD_LIMIT
from sandbox.tour import Tours
from sandbox.world import World

STATIC = Path(__file__).parent / "static"
# The page takes nothing from elsewhere and runs nothing that stands in a message.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def create_app(world: World) -> web.Application:
    """Build the server on a world."""
    # A little more than the largest file, for what stands around it in a form.
    app = web.Application(client_max_size=UPLOAD_LIMIT + (1 << 20), middlewares=[people.tell_mistakes])
    app[api.WORLD] = world
    app.add_routes(api.routes())
    app.add_routes(people.routes())
    app.add_routes([web.get("/", _page), web.static("/static", STATIC)])
    return app


async def _page(request: web.Request) -> web.FileResponse:
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": POLICY}
    return web.FileResponse(STATIC / "page.html", headers=headers)


class Sandbox:
    """A running local Telegram for one bot.

    The token is `<number>:<anything>`; the clock's offset is kept in the file, where given. The page shows
    the time of that zone, and the tour of that file.
    """

    def __init__(
        self,
        *,
        token: str,
        username: str = USERNAME,
        clock_file: Path | None = None,
        zone: str = "UTC",
        tour: Path | None = None,
    ) -> None:
        self.world = World(token, username, clock_file, zone)
        self.world.tours = Tours(tour)
        self._runner = web.AppRunner(create_app(self.world), access_log=None, shutdown_timeout=1)
        self._delivery: asyncio.Task[None] | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen and return the address, with a slash at the end. Raises OSError where the port is taken."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        self._delivery = asyncio.create_task(webhook.deliver(self.world))
        return f"http://{host}:{self._runner.addresses[0][1]}/"

    async def stop(self) -> None:
        """Stop listening; calls that wait are ended."""
        self.world.closing = True
        self.world.updates.close()
        self.world.changed.fire()
        if self._delivery:
            self._delivery.cancel()
            with suppress(asyncio.CancelledError):
                await self._delivery
        await self._runner.cleanup()
