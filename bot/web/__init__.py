"""What the bot serves over HTTP: each job an application on an address of its own."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import StartError

# For requests in hand at the end.
LAST_SECONDS = 3


@asynccontextmanager
async def serving(application: web.Application, host: str, port: int, section: str) -> AsyncIterator[None]:
    """Serve while the block runs. `section` of the configuration has the address.

    Raises StartError for an address that cannot be had.
    """
    runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=LAST_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            # asyncio's own words repeat the address; those about a name are in `strerror` only.
            why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
            raise StartError(
                f"{section}: cannot serve on {host}, port {port}: {why}; give another host or port"
            ) from None
        yield
    finally:
        await runner.cleanup()
