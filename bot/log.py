"""Structured logs: ids and counts, never names, words of people or secrets."""

import logging
import sys

import structlog

from bot.config import Settings


def configure(settings: Settings, *, verbose: bool = False) -> None:
    """Log to standard error, as text or JSON by the configuration."""
    level = logging.DEBUG if verbose else getattr(logging, settings.log.level.upper())
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log.format == "json"
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # Libraries speak only when something is wrong: their messages may quote requests, and so the token.
    logging.basicConfig(level=logging.CRITICAL)
