"""What the people side is asked: bodies, numbers, people; a Mistake where they make no sense."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from sandbox.api import WORLD
from sandbox.errors import Mistake
from sandbox.world import Json, Kept, User


class Body:
    """A request's JSON object, each value taken as its type."""

    def __init__(self, values: Json) -> None:
        self.values = values

    def get(self, name: str, kind: type | tuple[type, ...], default: Any = None) -> Any:
        """Take a value that may be absent. Raises Mistake for another type."""
        value = self.values.get(name, default)
        if value is default:
            return default
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise Mistake(f"{name!r} must be {' or '.join(k.__name__ for k in kinds)}")
        return value

    def need(self, name: str, kind: type | tuple[type, ...]) -> Any:
        """Take a value that must be there. Raises Mistake."""
        if self.values.get(name) is None:
            raise Mistake(f"{name!r} is missing")
        return self.get(name, kind)

    def take(self, kinds: Mapping[str, type | tuple[type, ...]], whose: str) -> Json:
        """Take all values that are there. Raises Mistake for one that is not among these."""
        if unknown := self.values.keys() - kinds.keys():
            raise Mistake(f"{whose} has no {min(unknown)!r}; there are {', '.join(sorted(kinds))}")
        return {name: self.get(name, kinds[name]) for name in self.values}


async def read_body(request: web.Request) -> Body:
    """Read the request's JSON object; none is an empty one. Raises Mistake."""
    if not request.can_read_body:
        return Body({})
    try:
        values = await request.json()
    except json.JSONDecodeError:
        raise Mistake("the body is no JSON") from None
    if not isinstance(values, dict):
        raise Mistake("the body must be an object")
    return Body(values)


def find_user(request: web.Request) -> User:
    """Find the person that the path names. Raises Mistake."""
    return request.app[WORLD].user(int(request.match_info["id"]))


def read_number(request: web.Request, name: str, kind: Callable[[str], float], default: float) -> float:
    """Read a number of the query. Raises Mistake."""
    try:
        return kind(request.query.get(name, str(default)))
    except ValueError:
        raise Mistake(f"{name!r} must be a number") from None


def find_kept(user: User, message_id: int) -> Kept:
    """Find a message that stands in the chat. Raises Mistake."""
    kept = user.messages.get(message_id)
    if not kept or kept.deleted:
        raise Mistake(f"there is no message {message_id} in this chat")
    return kept
