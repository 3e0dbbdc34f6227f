"""Recording a reading: buttons and words."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.db.outbox import File
from bot.features.indicators import YES_NO, Standing
from bot.features.indicators.recording import Amount, Superseded
from bot.programme.model import Direction, Indicator, Programme
from bot.texts import Texts
from bot.ui.indicators import IndicatorCard, ReadingPick, back
from bot.ui.screen import GO, Screen, button, go, keyboard, rows, shorten
from bot.ui.values import amount_text, day_text, short, value_text


class ReadingDirection(CallbackData, prefix="rdd"):
    """Record a reading in a direction."""

    number: int


class ReadingAnswer(CallbackData, prefix="rda"):
    """Yes or no is the value of this indicator."""

    key: str
    yes: bool


class ReadingChange(StrEnum):
    """What can be changed in a reading before it is recorded; `back` leaves it as it is."""

    DATE = "date"
    COMMENT = "comment"
    FILE = "file"
    BACK = "back"


class ReadingEdit(CallbackData, prefix="rde"):
    """Change something in the reading that is being prepared."""

    change: ReadingChange


class ReadingSave(CallbackData, prefix="rds"):
    """Record what the preview shows; `draft` tells this preview from others."""

    draft: int


def directions(t: Texts, programme: Programme) -> Screen:
    """In which direction?"""
    directions = (
        button(f"{d.number}. {short(t, d)}", ReadingDirection(number=d.number)) for d in programme.directions
    )
    return Screen(t("reading-direction"), keyboard(*rows(directions), [go(t, "cancel")]))


def indicators(t: Texts, direction: Direction, standings: Sequence[Standing]) -> Screen:
    """Which indicator? With what it stands at."""
    buttons = (
        button(
            t(
                "reading-pick",
                number=s.indicator.number,
                title=short(t, s.indicator),
                value=value_text(t, s.indicator.kind, s.value),
            ),
            ReadingPick(key=s.indicator.key),
        )
        for s in standings
    )
    text = t("reading-indicator", title=short(t, direction))
    return Screen(
        text, keyboard(*rows(buttons), [button(t("reading-back"), GO + "reading")], [go(t, "cancel")])
    )


def ask(t: Texts, standing: Standing) -> Screen:
    """How much? Yes and no are buttons, the rest is typed."""
    indicator = standing.indicator
    lines = [
        t("indicator-title", number=indicator.number, title=indicator.title),
        t("reading-present", value=amount_text(t, indicator.kind, standing)),
        "",
        t(f"reading-ask-{indicator.kind}"),
    ]
    answers = [
        button(t("reading-yes" if yes else "reading-no"), ReadingAnswer(key=indicator.key, yes=yes))
        for yes in (True, False)
        if indicator.kind in YES_NO
    ]
    return Screen("\n".join(lines), keyboard(answers, [go(t, "cancel")]))


def preview(
    t: Texts,
    indicator: Indicator,
    amount: Amount,
    on_date: date,
    comment: str,
    file: File | None,
    takes_place_of: Superseded,
    computed: float | None,
    draft: int,
) -> Screen:
    """What would be recorded, what it takes the place of, and what can still be changed.

    `computed` is what the bot counts itself, None where it does not.
    """
    kind = indicator.kind
    lines: list[str] = [
        t(
            "reading-preview",
            number=indicator.number,
            title=short(t, indicator),
            value=amount_text(t, kind, amount),
            day=day_text(on_date),
        )
    ]
    before, later = takes_place_of.before, takes_place_of.later
    if before:
        lines.append(
            t("reading-before", value=value_text(t, kind, before.value), day=day_text(before.on_date))
        )
    if later:
        lines.append(t("reading-later", value=value_text(t, kind, later.value), day=day_text(later.on_date)))
    if computed is not None:
        lines.append(t("reading-overrides", value=value_text(t, kind, computed)))
    if comment:
        lines.append(t("reading-comment-shown", comment=comment))
    if file:
        lines.append(t("reading-file-shown", name=shorten(file.name, 60) or t("reading-file-nameless")))
    return Screen(
        "\n".join(lines),
        keyboard(
            [button(t("reading-save"), ReadingSave(draft=draft))],
            [
                button(t("reading-other-date"), ReadingEdit(change=ReadingChange.DATE)),
                button(t("reading-comment"), ReadingEdit(change=ReadingChange.COMMENT)),
            ],
            [button(t("reading-file"), ReadingEdit(change=ReadingChange.FILE))],
            [go(t, "cancel")],
        ),
    )


def change(t: Texts, change: ReadingChange, today: date, limit: int) -> Screen:
    """Which date, what comment (of at most `limit` characters), which file?"""
    match change:
        case ReadingChange.DATE:
            text = t("reading-ask-date", example=f"{today:%d.%m.%Y}")
        case ReadingChange.FILE:
            text = t("reading-ask-file")
        case _:
            text = t("reading-ask-comment", limit=limit)
    back = button(t("reading-back"), ReadingEdit(change=ReadingChange.BACK))
    return Screen(text, keyboard([back], [go(t, "cancel")]))


def saved(t: Texts, indicator: Indicator, amount: Amount, on_date: date) -> Screen:
    """It is recorded; one more, or back to the status."""
    text = t(
        "reading-saved",
        number=indicator.number,
        title=short(t, indicator),
        value=amount_text(t, indicator.kind, amount),
        day=day_text(on_date),
    )
    card = button(t("status-pick"), IndicatorCard(key=indicator.key))
    more = button(t("reading-more"), GO + "reading")
    return Screen(text, keyboard([more, card], back(t), [go(t, "menu")]))
