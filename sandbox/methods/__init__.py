"""The methods of the Bot API that the sandbox performs, by their names in lower case."""

from collections.abc import Callable
from typing import Any

from sandbox.methods import editing, sending, settings
from sandbox.world import World

METHODS: dict[str, Callable[[World, dict[str, Any]], Any]] = {
    name.lower(): function
    for module in (sending, editing, settings)
    for name, function in module.METHODS.items()
}
