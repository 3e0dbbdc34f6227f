"""The bot itself: what the administration is told when something is wrong with it, and when it is over."""

from typing import Any

from bot.texts import Texts
from bot.ui.screen import Screen


def message_inbox(t: Texts, arguments: dict[str, Any]) -> Screen:
    """People get no answer."""
    numbers = {"count": arguments["count"], "minutes": arguments["minutes"]}
    return Screen(t("health-inbox", **numbers, log="update put back"))


def message_inbox_over(t: Texts, arguments: dict[str, Any]) -> Screen:
    """They get answers again."""
    return Screen(t("health-inbox-over"))


def message_outbox(t: Texts, arguments: dict[str, Any]) -> Screen:
    """Messages are stuck."""
    return Screen(t("health-outbox", count=arguments["count"], minutes=arguments["minutes"]))


def message_outbox_over(t: Texts, arguments: dict[str, Any]) -> Screen:
    """They go out again."""
    return Screen(t("health-outbox-over"))


def message_disk(t: Texts, arguments: dict[str, Any]) -> Screen:
    """There is little room on the disk."""
    return Screen(t("health-disk", megabytes=arguments["megabytes"], needed=arguments["needed"]))


def message_disk_over(t: Texts, arguments: dict[str, Any]) -> Screen:
    """There is enough of it again."""
    return Screen(t("health-disk-over"))


def message_tick(t: Texts, arguments: dict[str, Any]) -> Screen:
    """One of the bot's jobs fails again and again."""
    return Screen(t("health-tick", job=_job(t, arguments), times=arguments["times"], log="tick failed"))


def message_tick_over(t: Texts, arguments: dict[str, Any]) -> Screen:
    """It works again."""
    return Screen(t("health-tick-over", job=_job(t, arguments)))


def _job(t: Texts, arguments: dict[str, Any]) -> str:
    return t(f"health-job-{arguments['tick']}")
