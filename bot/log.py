"""Structured logs: ids and counts, never names, words of people or secrets."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from bot.config import Settings

# What no line of ours has: letters that are not English, line ends, something like a token of a bot.
_UNSAID = re.compile(r"[^\x20-\x7e]+|\d{5,}:[\w-]{20,}")
MASK = "***"


def configure(settings: Settings, *, verbose: bool = False) -> None:
    """Log to standard error, as text or JSON by the configuration."""
    level = logging.DEBUG if verbose else getattr(logging, settings.log.level.upper())
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer()
        if settings.log.format == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            # The numbers of the update, message or tick in hand, bound where it is taken up.
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            masked,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # Libraries speak only when something is wrong: their messages may quote requests, and so the token.
    logging.basicConfig(level=logging.CRITICAL)


def masked(logger: object, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The last guard: what should not have been logged is not readable, whoever logged it.

    Tracebacks are left out, for their last line may quote anything: `errors.where` has their places.
    """
    line.pop("exc_info", None)
    return {
        name: value if isinstance(value, int | float) or value is None else _UNSAID.sub(MASK, str(value))
        for name, value in line.items()
    }
