"""Declaring what one uses; who has declared; the question at the beginning of a quarter."""

from collections.abc import Collection
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.db.declarations import Practice
from bot.features.declarations import Form, Overview
from bot.texts import Html, Texts
from bot.ui.screen import GO, Row, Screen, button, go, keyboard, rows

NAMES = 100
PLATFORMS = (Practice.SFERUM, Practice.MY_SCHOOL, Practice.RESH, Practice.COK)


class DeclareForm(CallbackData, prefix="def"):
    """One's own declaration, for an admin who teaches as well."""


class DeclareTick(CallbackData, prefix="det"):
    """What is ticked so far, and what is ticked now or no more; so the form outlives a restart.

    `quarter` is the ordinal of the quarter's first day, `mask` has a bit for each practice in their order.
    """

    quarter: int
    mask: int
    practice: Practice


class DeclareSave(CallbackData, prefix="dev"):
    """Declare what is ticked."""

    quarter: int
    mask: int


class DeclareWho(CallbackData, prefix="dew"):
    """Who declared a practice; None: who has declared nothing yet."""

    practice: Practice | None = None


class VisitsAt(CallbackData, prefix="vl"):
    """A page (from 0) of lesson visits."""

    page: int


class VisitNew(CallbackData, prefix="vn"):
    """Note down a visit: to whom (0: to be asked), in which class (0: to be asked)."""

    staff_id: int = 0
    class_id: int = 0


def mask_of(practices: Collection[Practice]) -> int:
    """The practices as a number with a bit for each."""
    return sum(1 << place for place, practice in enumerate(Practice) if practice in practices)


def practices_in(mask: int) -> set[Practice]:
    """The practices of such a number; bits of none are passed over."""
    return {practice for place, practice in enumerate(Practice) if mask >> place & 1}


def form(t: Texts, found: Form, ticked: Collection[Practice], visits: int, *, is_admin: bool) -> Screen:
    """What do you use? Toggles, and one button to say so."""
    quarter, mask = found.quarter.first.toordinal(), mask_of(ticked)

    def toggle(practice: Practice) -> Any:
        sign = "✅" if practice in ticked else "▫️"
        data = DeclareTick(quarter=quarter, mask=mask, practice=practice)
        return button(f"{sign} {t(f'practice-{practice}')}", data)

    lines = [t("declare-title", number=found.quarter.number), t("declare-how")]
    if found.declared:
        lines.append(t("declare-again", day=t.day(found.quarter.last)))
    elif found.practices:
        lines.append(t("declare-prefilled"))
    singles = [[toggle(practice)] for practice in Practice if practice not in PLATFORMS]
    place = list(Practice).index(PLATFORMS[0])
    toggles = [*singles[:place], *rows(map(toggle, PLATFORMS), 2), *singles[place:]]
    save = button(t("declare-save"), DeclareSave(quarter=quarter, mask=mask))
    seen = [button(t("visits-own", count=visits), VisitsAt(page=0))] if visits and not is_admin else []
    back = [button(t("declare-back"), GO + "declare")] if is_admin else []
    return Screen("\n\n".join(lines), keyboard(*toggles, [save], seen, back, [go(t, "menu")]))


def saved(t: Texts, practices: Collection[Practice], *, is_admin: bool) -> Screen:
    """It is noted."""
    names = listed(t, practices)
    words = t("declare-saved", names=names) if practices else t("declare-saved-nothing")
    change = button(t("declare-change"), DeclareForm())
    back = [button(t("declare-back"), GO + "declare")] if is_admin else []
    return Screen(words, keyboard([change], back, [go(t, "menu")]))


def listed(t: Texts, practices: Collection[Practice]) -> str:
    """The practices by name, in their order."""
    return ", ".join(t(f"practice-{practice}") for practice in Practice if practice in practices)


# --- for an admin ----------------------------------------------------------------------------------------


def overview(t: Texts, found: Overview, *, teaches: bool) -> Screen:
    """How many have declared, and how often each practice is named and was seen."""
    lines: list[Html] = [
        t("declare-overview", number=found.quarter.number),
        t("declare-counts", there=len(found.staff) - len(found.silent), of=len(found.staff)),
        Html(""),
    ]
    buttons = []
    for practice in Practice:
        named = sum(practice in (row.declared or ()) for row in found.staff)
        seen = sum(practice in row.seen for row in found.staff)
        name = t(f"practice-{practice}")
        key = "declare-line-seen" if seen else "declare-line"
        lines.append(t(key, name=name, named=named, seen=seen))
        if named or seen:
            buttons.append(button(name, DeclareWho(practice=practice)))
    silent = [button(t("declare-silent", count=len(found.silent)), DeclareWho())] if found.silent else []
    own = [button(t("declare-own"), DeclareForm())] if teaches else []
    return Screen(
        "\n".join(lines),
        keyboard(
            [button(t("visit-new"), VisitNew())],
            [button(t("visits-all"), VisitsAt(page=0))],
            silent,
            own,
            *rows(buttons, 2),
            [go(t, "documents"), go(t, "menu")],
        ),
    )


def who(t: Texts, found: Overview, practice: Practice | None) -> Screen:
    """Who declared a practice or was seen with it; or who has declared nothing yet."""
    lines: list[Html] = []
    for row in found.staff:
        if practice is None:
            if row.declared is None:
                lines.append(t("declare-name", name=row.name))
        elif practice in (row.declared or ()):
            lines.append(t("declare-name-seen" if practice in row.seen else "declare-name", name=row.name))
        elif practice in row.seen:
            lines.append(t("declare-name-only-seen", name=row.name))
    name = t(f"practice-{practice}") if practice else t("declare-nobody-yet")
    title = t("declare-who", name=name, number=found.quarter.number)
    more = [t("declare-more", count=len(lines) - NAMES)] if len(lines) > NAMES else []
    text = "\n".join([title, "", *(lines[:NAMES] or [t("declare-none")]), *more])
    back: Row = [button(t("declare-back"), GO + "declare"), go(t, "menu")]
    return Screen(text, keyboard(back))


# --- messages --------------------------------------------------------------------------------------------


def message_ask(t: Texts, arguments: dict[str, Any]) -> Screen:
    """The question at the beginning of a quarter, and a week later to those who have not answered."""
    key = "declare-ask-again" if arguments["again"] else "declare-ask"
    declare = button(t("declare-open"), DeclareForm())
    return Screen(t(key, number=arguments["quarter"]), keyboard([declare]))
