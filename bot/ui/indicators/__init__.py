"""Status and one indicator: buttons and words. Recording a reading is in recording.py."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from html import escape
from math import floor
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.db.indicators import ReadingRow
from bot.db.outbox import File
from bot.features.activities import Unassigned
from bot.features.indicators import YES_NO, Details, Month, Origin, Standing
from bot.features.indicators.sources.evidence import Evidence, Item, Why
from bot.programme.model import Direction, Indicator, Kind, Programme, State
from bot.texts import Html, Texts
from bot.ui.activities.directing import names_of, nobody_button
from bot.ui.screen import GO, Row, Screen, button, go, keyboard, rows, shorten, turns
from bot.ui.values import amount_text, day_text, number_text, short, shown, value_text

SIGNS = {State.MET: "✅", State.NEAR: "🟡", State.BEHIND: "🔴", State.UNKNOWN: "⚪", None: "▫️"}
ARROWS = {1: " ↑", 0: " →", -1: " ↓", None: ""}
NO_VALUE = "—"
HISTORY_ROWS = 8
# So many of those behind a value stand on a page.
ITEMS = 30
# Those of which it can be said why there is no value.
NONE = ("parents_satisfied", "grade_gap")
# Signs in a bar.
BAR = 10
# Where what an indicator counts is done: a place of the menu. The rest is helped by the activities.
HELP: Mapping[str, str] = {
    "teacher_feedback": "class",
    "parents_satisfied": "survey",
    **dict.fromkeys(("parents_engaged", "parent_events", "growth_point", "specialists"), "event"),
    **dict.fromkeys(
        (
            "routes",
            "grade_gap",
            "extra_lessons",
            "extra_education",
            "pairs_teacher",
            "pairs_peer",
            "register_renewed",
            "routes_agreed",
        ),
        "risk",
    ),
    "praise": "tickets",
    **dict.fromkeys(
        (
            "staff_trained",
            "staff_practices",
            "agreements",
            "subject_programmes",
            "literacy_programmes",
            "council_minutes",
            "local_acts",
        ),
        "documents",
    ),
    **dict.fromkeys(
        (
            "staff_communities",
            "staff_technologies",
            "staff_digital",
            "staff_emd",
            "staff_assessment",
            "multimedia",
        ),
        "declare",
    ),
}


class View(StrEnum):
    """What /status can show besides itself."""

    BEHIND = "behind"
    PICK = "pick"
    PICTURE = "picture"
    TODO = "todo"


class StatusView(CallbackData, prefix="ind"):
    """One of the views."""

    view: View


class StatusDirection(CallbackData, prefix="indd"):
    """The indicators of a direction."""

    number: int


class IndicatorCard(CallbackData, prefix="indc"):
    """One indicator."""

    key: str


class IndicatorWhy(CallbackData, prefix="indw"):
    """Who and what is behind an indicator's value, a page of them."""

    key: str
    page: int = 0


class IndicatorPicture(CallbackData, prefix="indp"):
    """An indicator's history as a picture."""

    key: str


class ReadingFiles(CallbackData, prefix="rdf"):
    """The files of an indicator's readings."""

    key: str


class ReadingPick(CallbackData, prefix="rdp"):
    """Record a reading of this indicator."""

    key: str


# --- status ----------------------------------------------------------------------------------------------


def status(
    t: Texts,
    programme: Programme,
    standings: Sequence[Standing],
    year: int,
    unassigned: Sequence[Unassigned] = (),
    heard: tuple[int, int] = (0, 0),
) -> Screen:
    """All indicators in one message, by direction; `unassigned` are whom the programme's reminders miss.

    `heard`: of the findings of the year how many are done, and all.
    """
    lines: list[str] = [t("status-title", year=str(year))]
    if any(s.in_force and s.in_force.prolonged for s in standings):
        lines.append(t("status-prolonged", last=str(programme.years[-1])))
    count = {str(state): str(sum(s.state == state for s in standings)) for state in State}
    lines.append(t("status-counts", total=str(len(standings)), **count))
    for direction in programme.directions:
        lines += ["", _heading(t, direction)]
        lines += [_row(t, s) for s in standings if s.indicator.direction == direction.number]
    if unassigned:
        activities = {key for each in unassigned for key in each.activity_keys}
        names = ", ".join(names_of(t, unassigned))
        lines += ["", t("status-unassigned", count=len(activities), names=shorten(names, 200))]
    done, total = heard
    if total:
        lines += ["", t("status-findings", done=done, total=total)]
    directions = (
        button(f"{d.number}. {short(t, d)}", StatusDirection(number=d.number)) for d in programme.directions
    )
    views = (button(t(f"status-{view}"), StatusView(view=view)) for view in View)
    about = [go(t, "findings")] if total else []
    nobody = [nobody_button(t)] if unassigned else []
    buttons = [*rows(directions), *rows(views, 2), nobody, about, [go(t, "report")], [go(t, "menu")]]
    return Screen("\n".join(lines), keyboard(*buttons))


def _heading(t: Texts, direction: Direction) -> Html:
    return t("status-direction", number=str(direction.number), title=short(t, direction))


def _row(t: Texts, standing: Standing) -> str:
    """A line without words of its own; through Fluent thirty of them would take most of a screen's time."""
    indicator = standing.indicator
    value, target = NO_VALUE, ""
    if standing.value is not None:
        value = value_text(t, indicator.kind, standing.value)
    if standing.in_force and indicator.kind not in YES_NO:
        target = f" / {value_text(t, indicator.kind, standing.in_force.target.value)}"
        if standing.value is not None:
            value = number_text(t, standing.value)
    named = f"{SIGNS[standing.state]} {indicator.number} {escape(short(t, indicator), quote=False)}"
    return f"{named}: <b>{value}</b>{target}{ARROWS[standing.trend]}"


def _cards(standings: Sequence[Standing]) -> list[Row]:
    return rows(
        (
            button(f"{SIGNS[s.state]} {s.indicator.number}", IndicatorCard(key=s.indicator.key))
            for s in standings
        ),
        4,
    )


def back(t: Texts) -> Row:
    """The button back to the status."""
    return [button(t("status-back"), GO + "status")]


def direction_view(t: Texts, direction: Direction, standings: Sequence[Standing]) -> Screen:
    """The indicators of a direction, each with a button to its card."""
    lines: list[str] = [_heading(t, direction), *(_row(t, s) for s in standings)]
    return Screen("\n".join(lines), keyboard(*_cards(standings), back(t)))


def pick(t: Texts, standings: Sequence[Standing]) -> Screen:
    """All indicators as buttons."""
    return Screen(t("status-pick-title"), keyboard(*_cards(standings), back(t)))


def behind(t: Texts, standings: Sequence[Standing]) -> Screen:
    """Those that are not at their target, the ones behind first."""
    late = [s for state in (State.BEHIND, State.NEAR) for s in standings if s.state == state]
    if not late:
        return Screen(t("status-behind-none"), keyboard(back(t)))
    lines = [t("status-behind-title"), "", *(_row(t, s) for s in late)]
    todo = button(t("status-todo"), StatusView(view=View.TODO))
    return Screen("\n".join(lines), keyboard(*_cards(late), [todo], back(t)))


def todo(t: Texts, programme: Programme, standings: Sequence[Standing]) -> Screen:
    """What is behind, and where what helps is done: a line and a press for each place."""
    lines: list[str] = []
    for direction in programme.directions:
        late = [
            s
            for s in standings
            if s.indicator.direction == direction.number and s.state in (State.BEHIND, State.NEAR)
        ]
        if late:
            lines += ["", _heading(t, direction), *(_late(t, s) for s in late)]
    places: dict[str, list[str]] = {}
    for standing in standings:
        if standing.state != State.MET and (standing.state != State.UNKNOWN or standing.evidence):
            place = HELP.get(standing.indicator.key, "activities")
            places.setdefault(place, []).append(standing.indicator.number)
    lines.append("")
    lines += [f"{', '.join(numbers)}: {t(f'status-todo-{place}')}" for place, numbers in places.items()]
    unknown = [s.indicator.number for s in standings if s.state == State.UNKNOWN and not s.evidence]
    if unknown:
        lines.append(t("status-todo-unknown", numbers=", ".join(unknown)))
        places["reading"] = unknown
    title = t("status-todo-title") if places else t("status-todo-none")
    text = "\n".join([title, *lines]).rstrip()
    return Screen(text, keyboard(*rows((go(t, place) for place in places), 2), back(t)))


def _late(t: Texts, standing: Standing) -> str:
    row = _row(t, standing)
    if not standing.lacking or standing.denominator is None:
        return row
    lacking = t("status-todo-lacking", lacking=standing.lacking, denominator=standing.denominator)
    return f"{row}. {lacking}"


# --- one indicator ---------------------------------------------------------------------------------------


def card(t: Texts, details: Details, year: int, *, days: int, notes: int, answers: int) -> Screen:
    """The passport of an indicator, where it stands, its readings, and how its value is counted.

    `days`, `notes` and `answers` are the configured numbers of 3.4 and 3.2.
    """
    standing = details.standing
    indicator = standing.indicator
    parts: list[list[str]] = [
        [
            t("indicator-title", number=indicator.number, title=indicator.title),
            t(f"indicator-kind-{indicator.kind}"),
            *([t("indicator-owner", name=indicator.owner)] if indicator.owner else []),
        ],
        _now(t, standing, year),
        _ahead(t, details),
        _plan(t, indicator),
        _history(t, indicator.kind, details.history),
        _months(t, indicator.kind, details.months),
        _why(t, indicator.key, standing.evidence, days=days, notes=notes, answers=answers),
    ]
    text = "\n\n".join("\n".join(part) for part in parts if part)
    record = button(t("indicator-record"), ReadingPick(key=indicator.key))
    unfold = button(t("indicator-unfold"), IndicatorWhy(key=indicator.key))
    number = len(files_of(details))
    files = button(t("indicator-files", count=number), ReadingFiles(key=indicator.key))
    drawn = indicator.kind not in YES_NO and (details.history or details.months)
    picture = button(t("history-picture"), IndicatorPicture(key=indicator.key))
    return Screen(
        text,
        keyboard(
            [unfold] if details.unfolds else [],
            [picture] if drawn else [],
            [record],
            [files] if number else [],
            back(t),
        ),
    )


def files_of(details: Details) -> list[File]:
    """The files of the readings that the card shows, the last first."""
    return [File(*row.file) for row in details.history[:HISTORY_ROWS] if row.file]


def files(t: Texts, details: Details) -> Screen:
    """Those files themselves."""
    indicator = details.standing.indicator
    text = t("indicator-files-of", number=indicator.number, title=short(t, indicator))
    card = button(t("indicator-back"), IndicatorCard(key=indicator.key))
    return Screen(text, keyboard([card]), files=tuple(files_of(details)))


def _now(t: Texts, standing: Standing, year: int) -> list[str]:
    kind = standing.indicator.kind
    if standing.value is None:
        lines: list[str] = [t("indicator-now-none")]
    else:
        value = amount_text(t, kind, standing)
        lines = [t("indicator-now", sign=SIGNS[standing.state], value=value) + ARROWS[standing.trend]]
    if standing.origin == Origin.RECORDED and standing.on_date:
        lines.append(t("indicator-origin-recorded", day=day_text(standing.on_date)))
        if standing.evidence and standing.evidence.value is not None:
            lines.append(t("indicator-overridden", value=value_text(t, kind, standing.evidence.value)))
    elif standing.origin == Origin.COMPUTED:
        lines.append(t("indicator-origin-computed"))
    elif standing.origin == Origin.START:
        lines.append(t("indicator-origin-start"))
    if standing.in_force:
        target = standing.in_force.target.written
        if standing.in_force.prolonged:
            last = str(max(standing.indicator.targets))
            lines.append(t("indicator-target-prolonged", year=str(year), target=target, last=last))
        else:
            lines.append(t("indicator-target", year=str(year), target=target))
    if standing.lacking and standing.denominator is not None:
        lines.append(t("status-todo-lacking", lacking=standing.lacking, denominator=standing.denominator))
    return lines


def _ahead(t: Texts, details: Details) -> list[str]:
    if details.forecast is None or details.standing.indicator.kind in YES_NO:
        return []
    value = value_text(t, details.standing.indicator.kind, details.forecast.value)
    if not details.forecast.on_course:
        return [t("indicator-forecast-off", value=value)]
    # The arrow goes by the last two values, the forecast by all of the year.
    fallen = details.standing.trend == -1
    return [t("indicator-forecast-dip" if fallen else "indicator-forecast-on", value=value)]


def _plan(t: Texts, indicator: Indicator) -> list[str]:
    lines: list[str] = [t("indicator-plan")]
    if indicator.start:
        lines.append(t("indicator-plan-start", written=indicator.start.written))
    lines += [
        t("indicator-plan-year", year=str(year), written=target.written)
        for year, target in sorted(indicator.targets.items())
    ]
    return lines


def _history(t: Texts, kind: Kind, readings: Sequence[ReadingRow]) -> list[str]:
    if not readings:
        return []
    lines: list[str] = [t("indicator-history")]
    for row in readings[:HISTORY_ROWS]:
        words = t("indicator-history-row", day=day_text(row.on_date), value=amount_text(t, kind, row))
        comment = shorten(" ".join(row.comment.split()), 80)
        words = t("indicator-history-comment", row=words, comment=comment) if comment else words
        lines.append(f"{words} 📎" if row.file else words)
    if len(readings) > HISTORY_ROWS:
        lines.append(t("indicator-history-more", count=len(readings) - HISTORY_ROWS))
    return lines


def _why(t: Texts, key: str, evidence: Evidence | None, **numbers: int) -> list[str]:
    """In a sentence what is counted, and how many of how many."""
    if evidence is None:
        return []
    if evidence.value is None:
        words = t(f"indicator-why-{key}-none", **numbers) if key in NONE else t("indicator-why-none")
        return [t("indicator-why"), words]
    said = {
        "numerator": evidence.numerator or 0,
        "denominator": evidence.denominator or 0,
        "beside": 0 if evidence.beside is None else shown(evidence.beside),
    }
    share = said["numerator"] / said["denominator"] * 100 if said["denominator"] else 0
    parts = [
        t("indicator-why-part", name=t(f"indicator-level-{name}"), number=number)
        for name, number in evidence.parts.items()
    ]
    return [t("indicator-why"), t(f"indicator-why-{key}", share=shown(share), **said, **numbers), *parts]


def unfolded(t: Texts, indicator: Indicator, why: Why, page: int) -> Screen:
    """Who and what is behind the value, the missing first: about them something can be done."""
    entries = [(False, item) for item in why.missing] + [(True, item) for item in why.counted]
    pages = max(1, -(-len(entries) // ITEMS))
    page = min(max(page, 0), pages - 1)
    lines: list[str] = [t("indicator-title", number=indicator.number, title=short(t, indicator))]
    heading = None
    for counts, item in entries[page * ITEMS : (page + 1) * ITEMS]:
        if counts != heading:
            heading = counts
            title = "indicator-counted" if counts else "indicator-missing"
            lines += ["", t(title, count=len(why.counted if counts else why.missing))]
        lines.append(_item(t, indicator.key, item))
    if not entries:
        lines += ["", t("indicator-nobody")]
    to = turns(page, pages, lambda turned: IndicatorWhy(key=indicator.key, page=turned))
    card = button(t("indicator-back"), IndicatorCard(key=indicator.key))
    return Screen("\n".join(lines), keyboard(to, [card], back(t)))


def _item(t: Texts, key: str, item: Item) -> Html:
    name = shorten(item.name, 90)
    if key == "teacher_feedback":
        return t("indicator-why-name", name=name, notes=item.number or 0)
    if item.on:
        return t("indicator-item-on", name=name, day=day_text(item.on))
    return t("indicator-item", name=name)


def _months(t: Texts, kind: Kind, months: Sequence[Month]) -> list[str]:
    """A line for each month that has a value; a share with a bar, full at 100 %."""
    lines = []
    for month in months:
        value = month.evidence.value
        if value is None:
            continue
        words = amount_text(t, kind, month.evidence)
        line = t("indicator-month", month=t.month(month.on), value=words)
        if kind == Kind.SHARE:
            filled = floor(value / 100 * BAR)
            line = Html("▰" * filled + "▱" * (BAR - filled) + " " + line)
        lines.append(line)
    return [t("indicator-months"), *lines] if lines else []


def message_nudge(t: Texts, arguments: dict[str, Any]) -> Screen:
    """To a teacher: a few notes are missing, and whose parents have waited longest."""
    title = t("nudge-feedback", notes=arguments["notes"], days=arguments["days"])
    if not arguments["pupils"]:
        words = t("nudge-feedback-nobody")
        return Screen(f"{title}\n\n{words}", keyboard([go(t, "class")], [go(t, "menu")]), protect=True)
    lines = [
        t("nudge-pupil-never", name=pupil["name"], class_name=pupil["class"])
        if pupil["days"] is None
        else t("nudge-pupil", name=pupil["name"], class_name=pupil["class"], days=pupil["days"])
        for pupil in arguments["pupils"]
    ]
    enough = t("nudge-feedback-enough", missing=arguments["wanted"] - arguments["notes"])
    text = "\n".join([title, "", t("nudge-feedback-pupils"), *lines, "", enough])
    return Screen(text, keyboard([go(t, "note")], [go(t, "menu")]), protect=True)


def message_survey(t: Texts, _: dict[str, Any]) -> Screen:
    """To the administration: no satisfaction survey has been closed this year."""
    return Screen(t("nudge-survey"), keyboard([go(t, "survey")], [go(t, "menu")]))


def message_register(t: Texts, arguments: dict[str, Any]) -> Screen:
    """To the register's keeper: it has not been renewed this school year."""
    return Screen(t("nudge-register", left=arguments["left"]), keyboard([go(t, "risk")], [go(t, "menu")]))
