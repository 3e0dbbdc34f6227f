"""/roster: classes, who has come, and what a file would change."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.db.roster import ClassCount, GuardianRow, PupilRow, SchoolClass
from bot.features.roster.reading import Problem
from bot.features.roster.turning import Turn
from bot.texts import Html, Texts
from bot.ui import roster_words as words
from bot.ui.screen import Screen, button, go, keyboard, rows

PROBLEMS_SHOWN = 15


class RosterClass(CallbackData, prefix="rc"):
    """One class with who has come."""

    class_id: int


class PupilCard(CallbackData, prefix="rp"):
    """One pupil, and what can be done with the guardians' places."""

    pupil_id: int


class SlipsAsk(CallbackData, prefix="sl"):
    """Print slips for a class (0: the whole school)?"""

    class_id: int


class YearAsk(CallbackData, prefix="yr"):
    """What will the next 1 September change?"""


class RosterLoad(CallbackData, prefix="rl"):
    """Load the file whose plan is shown; `message_id` names the message that it came with."""

    message_id: int


def classes(t: Texts, counts: Sequence[ClassCount], columns: str) -> Screen:
    """Every class in numbers, and how to send a file."""
    lines = [
        t(
            "roster-class",
            name=f"{count.grade}{count.letter}",
            pupils=count.pupils,
            connected=count.connected,
            guardians=count.guardians,
        )
        for count in counts
    ] or [t("roster-empty")]
    buttons = rows((button(f"{c.grade}{c.letter}", RosterClass(class_id=c.id)) for c in counts[:80]), 4)
    numbers = _fitting(t, "\n".join(lines))
    text = "\n\n".join([t("roster-title"), numbers, t("roster-send", columns=columns)])
    turning = button(t("year-open"), YearAsk())
    return Screen(text, keyboard(*buttons, [turning] if counts else [], [go(t, "menu")]))


def year(t: Texts, turn: Turn) -> Screen:
    """What the next 1 September changes, as things stand."""
    lines: list[str] = [t("year-title", year=str(turn.first.year))]
    moves = [
        t("year-move", before=move.before, after=move.after, pupils=move.pupils)
        if move.after
        else t("year-leave", before=move.before, pupils=move.pupils)
        for move in turn.moves
    ]
    lines.append(_fitting(t, "\n".join(moves)) if moves else t("year-nothing"))
    if turn.stay:
        lines.append(t("year-stay", pupils=turn.stay))
    if turn.leaderless:
        lines.append(t("year-leaderless", names=", ".join(turn.leaderless)))
    lines.append(t("year-note"))
    return Screen("\n\n".join(lines), keyboard([go(t, "staff")], [button(t("roster-back"), "go:roster")]))


def message_turned(t: Texts, arguments: dict[str, Any]) -> Screen:
    """To the administration: the school year has begun, and what is left to do."""
    lines = [t("year-turned", moved=arguments["moved"], left=arguments["left"])]
    if arguments["leaderless"]:
        lines.append(t("year-leaderless", names=", ".join(arguments["leaderless"])))
    lines.append(t("year-next"))
    return Screen("\n\n".join(lines), keyboard([go(t, "roster"), go(t, "staff")], [go(t, "risk")]))


def school_class(
    t: Texts, found: SchoolClass, pupils: Sequence[PupilRow], now: datetime, today: date
) -> Screen:
    """The pupils of a class, who of their guardians has come and who is invited; each a press away."""
    lines = []
    for pupil in pupils:
        key = "roster-pupil" if pupil.guardians else "roster-pupil-alone"
        lines.append(t(key, name=f"{pupil.surname} {pupil.first_name}"))
        lines += [guardian(t, place, now, today) for place in pupil.guardians]
    text = "\n".join([t("roster-card", name=found.name), t("roster-legend"), "", *lines])
    cards = rows((button(f"{p.surname} {p.first_name}", PupilCard(pupil_id=p.id)) for p in pupils[:90]), 2)
    slips = button(t("slips-open"), SlipsAsk(class_id=found.id))
    back = button(t("roster-back"), "go:roster")
    return Screen(_fitting(t, text), keyboard([slips], *cards, [back], [go(t, "menu")]))


def guardian(t: Texts, place: GuardianRow, now: datetime, today: date) -> Html:
    """A guardian's place: come, come but not reached, invited until a day, or not invited."""
    who = f"{place.name}, {place.relation}" if place.name else place.relation
    if place.closed:
        return t("roster-guardian-closed", who=who)
    if place.connected:
        return t("roster-guardian", state="✅" if place.reachable else "⛔", who=who)
    if place.invited_until is not None and place.invited_until > now:
        return t("roster-guardian-invited", who=who, day=t.day(place.invited_until.date(), today))
    return t("roster-guardian", state="⏳", who=who)


def _fitting(t: Texts, text: str) -> str:
    """The text, cut after a line so that it stays under Telegram's limit."""
    if len(text) <= 3600:
        return text
    kept = text[:3500].rpartition("\n")[0]
    return f"{kept}\n{t('roster-more', count=text[len(kept) :].count(chr(10)))}"


def plan(t: Texts, lines: Sequence[Html], load: CallbackData, *, is_empty: bool) -> Screen:
    """What a file (a roster, marks) would change, and the button that loads it."""
    text = _fitting(t, "\n".join([t("roster-plan"), "", *lines]))
    if is_empty:
        return Screen("\n".join(lines), keyboard([go(t, "menu")]))
    return Screen(text, keyboard([button(t("roster-load"), load)], [go(t, "cancel")]))


def problems(t: Texts, found: Sequence[Problem]) -> Screen:
    """The mistakes of a file, the first ones."""
    lines = [words.problem(t, problem) for problem in found[:PROBLEMS_SHOWN]]
    more = [t("roster-more", count=len(found) - PROBLEMS_SHOWN)] if len(found) > PROBLEMS_SHOWN else []
    text = "\n".join([t("table-problems"), "", *lines, *more])
    return Screen(_fitting(t, text), keyboard([go(t, "cancel")]))
