"""Quiet hours, and how messages of each topic come: buttons and words."""

from datetime import time
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.db.accounts import Manner, Topic
from bot.features.accounts.quiet import NO_HOURS, Quiet
from bot.texts import Html, Texts
from bot.ui.screen import GO, Screen, button, go, keyboard, rows

SIGNS = {Manner.AT_ONCE: "🔔", Manner.DIGEST: "🌙", Manner.OFF: "🔕"}
# What the next press on a topic makes of it.
NEXT = {Manner.AT_ONCE: Manner.DIGEST, Manner.DIGEST: Manner.OFF, Manner.OFF: Manner.AT_ONCE}


class Ready(StrEnum):
    """Quiet hours that need no typing."""

    EARLY = "19-8"
    USUAL = "21-7"
    LATE = "22-9"
    NONE = "none"
    SCHOOL = "school"


HOURS: dict[Ready, tuple[time, time] | None] = {
    Ready.EARLY: (time(19), time(8)),
    Ready.USUAL: (time(21), time(7)),
    Ready.LATE: (time(22), time(9)),
    Ready.NONE: NO_HOURS,
    Ready.SCHOOL: None,
}


class QuietHours(CallbackData, prefix="qh"):
    """These quiet hours."""

    ready: Ready


class QuietTyped(CallbackData, prefix="qht"):
    """Quiet hours of one's own, to be typed."""


class QuietTopic(CallbackData, prefix="qt"):
    """Messages of the topic are to come in this manner."""

    topic: Topic
    manner: Manner


def quiet(t: Texts, found: Quiet, digest_at: time) -> Screen:
    """Quiet hours and, for a guardian, how each topic comes; `digest_at` is the evening's hour."""
    lines = [t("quiet-title"), "", _now(t, found), t("quiet-about")]
    if found.topics:
        evening = _at(digest_at)
        lines += ["", t("quiet-topics")]
        lines += [
            t(
                "quiet-topic-line",
                sign=SIGNS[manner],
                topic=t(f"quiet-topic-{topic}"),
                manner=t(f"quiet-manner-{manner}", at=evening),
            )
            for topic, manner in found.topics.items()
        ]
        lines += ["", t("quiet-topics-how")]
    chosen = [ready for ready, hours in HOURS.items() if hours == (found.hours if found.own else None)]
    hours = [
        button(("✓ " if ready in chosen else "") + _label(t, ready), QuietHours(ready=ready))
        for ready in Ready
    ]
    topics = (
        button(f"{SIGNS[manner]} {t(f'quiet-topic-{topic}')}", QuietTopic(topic=topic, manner=NEXT[manner]))
        for topic, manner in found.topics.items()
    )
    return Screen(
        "\n".join(lines),
        keyboard(
            hours[:3],
            hours[3:],
            [button(t("quiet-typed"), QuietTyped())],
            *rows(topics),
            [go(t, "menu")],
        ),
    )


def _label(t: Texts, ready: Ready) -> Html | str:
    hours = HOURS[ready]
    if hours is None or hours == NO_HOURS:
        return t(f"quiet-ready-{ready}")
    return f"{hours[0].hour}–{hours[1].hour}"


def _now(t: Texts, found: Quiet) -> Html:
    start, end = found.hours
    if start == end:
        return t("quiet-now-none")
    return t("quiet-now" if found.own else "quiet-now-school", start=_at(start), end=_at(end))


def _at(at: time) -> str:
    return f"{at:%H:%M}"


def ask(t: Texts) -> Screen:
    """Which hours?"""
    return Screen(t("quiet-ask"), keyboard([button(t("quiet-back"), GO + "quiet")]))
