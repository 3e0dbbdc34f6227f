"""`python -m sandbox`: the local Telegram as a process of its own; prints its address when it listens."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path
from zoneinfo import available_timezones

from sandbox import USERNAME


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A local Telegram for one bot.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default="1:SANDBOX", help="the bot's: a number, a colon, anything")
    parser.add_argument("--username", default=USERNAME, help="the bot's")
    parser.add_argument("--clock-file", type=Path, help="where the clock's offset in seconds is written")
    parser.add_argument("--zone", default="UTC", help="of the people, such as Asia/Omsk")
    parser.add_argument("--tour", type=Path, help="what the page shows newcomers: see sandbox/tour.py")
    parser.add_argument("--limits", action="store_true", help="30 messages a second, 1 a second into a chat")
    options = parser.parse_args()
    if options.zone not in available_timezones():
        parser.error(f"--zone {options.zone}: no such time zone; write one such as Asia/Omsk")
    if options.tour and not options.tour.is_file():
        parser.error(f"--tour {options.tour}: there is no such file")
    if not options.token.partition(":")[0].isdecimal():
        parser.error("--token: a number, a colon, anything")
    return options


async def _serve(options: argparse.Namespace) -> int:
    # Late: it imports aiogram, which takes seconds, and a wrong option is to be said at once.
    from sandbox.server import Sandbox

    sandbox = Sandbox(
        token=options.token,
        username=options.username,
        clock_file=options.clock_file,
        zone=options.zone,
        tour=options.tour,
    )
    if options.limits:
        sandbox.world.limits.per_second, sandbox.world.limits.per_chat_per_second = 30, 1
    try:
        address = await sandbox.start(options.host, options.port)
    except OSError as error:
        print(f"sandbox: cannot listen on {options.host}:{options.port}: {error}", file=sys.stderr)
        return 1
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    print(f"sandbox: {address}", flush=True)
    await ended.wait()
    await sandbox.stop()
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(_serve(_options())))
