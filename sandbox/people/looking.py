"""What can be seen of the world, and what can be done to it as a whole."""

import io
import time
from collections import Counter
from datetime import datetime

from aiohttp import web

from sandbox.api import WORLD
from sandbox.errors import BadRequest, Mistake
from sandbox.faults import Fault
from sandbox.files import TYPES
from sandbox.people.reading import find_user, read_body, read_number

# What may be said of a person, and of a fault.
USER = {
    "id": int,
    "first_name": str,
    "last_name": str,
    "username": str,
    "language_code": str,
    "group": str,
    "about": str,
    "slip": str,
    "started": bool,
    "deactivated": bool,
}
FAULT: dict[str, type | tuple[type, ...]] = {
    "kind": (str, int),
    "method": str,
    "count": int,
    "chat_id": int,
    "retry_after": int,
    "seconds": (int, float),
}
# How long a look at a chat waits for news at most, in seconds.
LOOK_WAIT = 50.0


async def users(request: web.Request) -> web.Response:
    """List the people."""
    world = request.app[WORLD]
    return web.json_response([user.seen() for user in world.users.values()])


async def add_user(request: web.Request) -> web.Response:
    """Make a person, or change one who is there."""
    body = await read_body(request)
    body.need("first_name", str)
    details = body.take(USER, "a person")
    return web.json_response(request.app[WORLD].add_user(**details).seen())


async def messages(request: web.Request) -> web.Response:
    """What changed in the chat after change number `after`; waits up to `timeout` seconds for something."""
    world, user = request.app[WORLD], find_user(request)
    after = int(read_number(request, "after", int, 0))
    deadline = time.monotonic() + min(read_number(request, "timeout", float, 0), LOOK_WAIT)
    while True:
        messages, top = world.since(user, after)
        left = deadline - time.monotonic()
        if messages or world.closing or left <= 0:
            break
        await world.changed.wait(left)
    return web.json_response(
        {"messages": messages, "next": top, "keyboard": user.keyboard, "action": user.action}
    )


async def commands(request: web.Request) -> web.Response:
    """List the commands in the menu as this person sees it."""
    return web.json_response(request.app[WORLD].menu(find_user(request)))


async def file(request: web.Request) -> web.Response:
    """Give the content of a file that stands in a message."""
    try:
        file = request.app[WORLD].files.get(request.match_info["file_id"])
    except BadRequest:
        raise Mistake("there is no such file", 404) from None
    kind = TYPES.get(file.kind, "application/octet-stream")
    if file.content.startswith(b"\xff\xd8"):
        kind = "image/jpeg"
    # Whatever somebody has sent: the page may play it, never run it.
    return web.Response(body=file.content, content_type=kind, headers={"X-Content-Type-Options": "nosniff"})


async def qr(request: web.Request) -> web.Response:
    """Draw a text as a QR code: what a slip of paper shows."""
    # Late: only the page asks for it.
    import segno

    try:
        code = segno.make(request.query.get("text", ""), error="m", micro=False)
    except segno.DataOverflowError:
        raise Mistake("this text is too long for a QR code") from None
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=2, light="#fff", xmldecl=False, omitsize=True)
    return web.Response(body=drawn.getvalue(), content_type="image/svg+xml")


async def add_fault(request: web.Request) -> web.Response:
    """Let something go wrong from now on."""
    body = await read_body(request)
    kind = str(body.need("kind", (str, int)))
    request.app[WORLD].faults.left.append(Fault(**{**body.take(FAULT, "a fault"), "kind": kind}))
    request.app[WORLD].changed.fire()
    return await show_faults(request)


async def show_faults(request: web.Request) -> web.Response:
    """List the faults that are still to come."""
    return web.json_response([vars(fault) for fault in request.app[WORLD].faults.left])


async def clear_faults(request: web.Request) -> web.Response:
    """Let nothing go wrong any more."""
    request.app[WORLD].faults.left.clear()
    request.app[WORLD].changed.fire()
    return await show_faults(request)


async def limits(request: web.Request) -> web.Response:
    """Set the limits on sending; 0 is none."""
    limits, body = request.app[WORLD].limits, await read_body(request)
    limits.per_second = body.get("per_second", int, 0)
    limits.per_chat_per_second = body.get("per_chat_per_second", int, 0)
    return await state(request)


async def state(request: web.Request) -> web.Response:
    """Show what waits, what was called how often, and what is switched on."""
    world = request.app[WORLD]
    return web.json_response(
        {
            "bot": world.bot,
            "pending_updates": len(world.updates.pending),
            "acknowledged": world.updates.acknowledged,
            "webhook": world.updates.webhook_info(),
            "calls": dict(Counter(call["method"] for call in world.calls)),
            "faults": [vars(fault) for fault in world.faults.left],
            "limits": {
                "per_second": world.limits.per_second,
                "per_chat_per_second": world.limits.per_chat_per_second,
                "refused": world.limits.refused,
            },
            "clock": world.clock.state(),
        }
    )


async def calls(request: web.Request) -> web.Response:
    """The bot's calls after number `after`, in order, with what they were answered."""
    return web.json_response(request.app[WORLD].calls[int(read_number(request, "after", int, 0)) :])


async def tours(request: web.Request) -> web.Response:
    """Show the guided tours."""
    return web.json_response(request.app[WORLD].tours.state())


async def begin_tours(request: web.Request) -> web.Response:
    """Begin the tours again."""
    request.app[WORLD].tours.begin()
    request.app[WORLD].changed.fire()
    return await tours(request)


async def clock(request: web.Request) -> web.Response:
    """Show the clock."""
    return web.json_response(request.app[WORLD].clock.state())


async def move_clock(request: web.Request) -> web.Response:
    """Move the clock: to a moment `at` (ISO, with a zone) or by `offset_seconds` from the real time."""
    clock, body = request.app[WORLD].clock, await read_body(request)
    at, offset = body.get("at", str), body.get("offset_seconds", (int, float))
    if at is not None:
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            raise Mistake(f"{at!r} is no moment in ISO form") from None
        if moment.tzinfo is None:
            raise Mistake("'at' needs a time zone")
        clock.move_to(moment)
    elif offset is not None:
        clock.move(offset)
    else:
        raise Mistake("say 'at' or 'offset_seconds'")
    request.app[WORLD].tours.happened("clock:")
    request.app[WORLD].changed.fire()
    return web.json_response(clock.state())
