"""The people side: `/sandbox/...`, JSON. What is impossible gets 4xx and {"error": a sentence}."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.errors import Mistake, Refused
from sandbox.people import acting, looking, streaming

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def routes() -> list[web.RouteDef]:
    """List the routes of the people side."""
    person = "/sandbox/users/{id:-?[0-9]+}"
    return [
        web.get("/sandbox/stream", streaming.stream),
        web.get("/sandbox/qr", looking.qr),
        web.get("/sandbox/users", looking.users),
        web.post("/sandbox/users", looking.add_user),
        web.post(f"{person}/send", acting.send),
        web.post(f"{person}/start", acting.start),
        web.post(f"{person}/press", acting.press),
        web.post(f"{person}/vote", acting.vote),
        web.post(f"{person}/react", acting.react),
        web.post(f"{person}/block", acting.block),
        web.get(f"{person}/messages", looking.messages),
        web.get(f"{person}/commands", looking.commands),
        web.get("/sandbox/files/{file_id}", looking.file),
        web.get("/sandbox/faults", looking.show_faults),
        web.post("/sandbox/faults", looking.add_fault),
        web.delete("/sandbox/faults", looking.clear_faults),
        web.post("/sandbox/limits", looking.limits),
        web.get("/sandbox/state", looking.state),
        web.get("/sandbox/calls", looking.calls),
        web.get("/sandbox/tours", looking.tours),
        web.post("/sandbox/tours", looking.begin_tours),
        web.get("/sandbox/clock", looking.clock),
        web.post("/sandbox/clock", looking.move_clock),
    ]


@web.middleware
async def tell_mistakes(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer with a sentence where the people side was asked for something impossible."""
    try:
        return await handler(request)
    except Mistake as mistake:
        return web.json_response({"error": str(mistake)}, status=mistake.status)
    except Refused as refused:
        return web.json_response({"error": refused.description}, status=refused.code)
