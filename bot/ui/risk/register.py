"""The risk register: buttons and words, for the staff only."""

from collections.abc import Sequence
from datetime import date
from html import escape, unescape
from typing import Literal

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.db.risk.register import Absences, Behaviour, Outcome, RiskEntry
from bot.db.roster import SchoolClass
from bot.features.risk.register import Candidate, Card, Overview
from bot.features.risk.register import Row as Entry
from bot.features.risk.rules import ABSENCES_MANY, ABSENCES_SOME, Factors, Level, Signals
from bot.texts import Html, Texts
from bot.ui.risk.marks import MarksAt
from bot.ui.risk.routes import RouteCycle, RouteEdit, RouteOpen, RouteWeek, RouteWrite
from bot.ui.risk.support.clubs import ClubsAt
from bot.ui.risk.support.lessons import LessonsAt
from bot.ui.risk.support.pairs import PairsAt
from bot.ui.screen import Row, Screen, button, go, keyboard, rows, shorten, turns

PAGE = 8
# Courses that buttons offer; others are typed. Stored by these names and worded in the reader's language.
SUBJECTS = (
    "math",
    "russian",
    "literature",
    "reading",
    "foreign",
    "world",
    "history",
    "social",
    "geography",
    "biology",
    "physics",
    "chemistry",
    "informatics",
)
# The threshold that a band names: the one that it passes, or stays below.
THRESHOLDS = {
    Absences.FEW: ABSENCES_SOME,
    Absences.SOME: ABSENCES_SOME,
    Absences.MANY: ABSENCES_MANY,
}


Sign = Literal["absences", "behaviour", "marks"]


class RiskPage(CallbackData, prefix="rkl"):
    """A page of the register, from 0."""

    page: int


class RiskOpen(CallbackData, prefix="rko"):
    """A pupil on the register."""

    pupil_id: int


class RiskAdd(CallbackData, prefix="rka"):
    """Put somebody on the register: choose whom."""


class RiskClass(CallbackData, prefix="rkc"):
    """Somebody of this class."""

    class_id: int


class RiskPick(CallbackData, prefix="rkp"):
    """Begin with the signals of this pupil: to put them on, or to review."""

    pupil_id: int


class RiskMark(CallbackData, prefix="rkm"):
    """Mark a signal of the pupil whose draft is open; an earlier draft's buttons do nothing."""

    pupil_id: int
    what: Literal["absences", "behaviour", "marks", "subject", "subjects", "words", "back"]
    value: str


class RiskDraft(CallbackData, prefix="rkd"):
    """What to do with the draft of a pupil's signals."""

    pupil_id: int
    action: Literal["look", "edit", "save"]


class RiskOff(CallbackData, prefix="rkf"):
    """Take a pupil off with this outcome; None: ask for it."""

    pupil_id: int
    outcome: Outcome | None = None


class RiskOffSure(CallbackData, prefix="rkx"):
    """Take the pupil off as shown."""

    pupil_id: int


class RiskConfirm(CallbackData, prefix="rkk"):
    """The keeper confirms the register for the school year; `sure` after the question."""

    sure: bool


# --- what signals say ------------------------------------------------------------------------------------


def subject(t: Texts, name: str) -> str:
    """A course in the reader's language, or as somebody typed it."""
    return unescape(t(f"risk-subject-{name}")) if name in SUBJECTS else name


def subjects(t: Texts, names: Sequence[str]) -> str:
    """Courses, comma by comma."""
    return ", ".join(subject(t, name) for name in names)


def explained(t: Texts, signals: Signals, factors: Factors) -> Html:
    """Each factor with its threshold and what follows from it, then all together: never a bare score."""
    lines = []
    if signals.absences is not None and factors.attendance:
        share = signals.percent if signals.percent is not None else -1
        lines.append(
            t(
                "risk-factor-absences",
                band=signals.absences.value,
                percent=share,
                threshold=THRESHOLDS[signals.absences],
                level=t(f"risk-level-{factors.attendance}"),
            )
        )
    if signals.behaviour is not None and factors.behaviour:
        words = t(f"risk-behaviour-{signals.behaviour}")
        lines.append(t("risk-factor-behaviour", words=words, level=t(f"risk-level-{factors.behaviour}")))
    if factors.courses:
        names = shorten(subjects(t, signals.failing), 300)
        level = t(f"risk-level-{factors.courses}")
        lines.append(t("risk-factor-courses", count=len(signals.failing), names=names, level=level))
    if signals.text:
        lines.append(Html(f"{t('risk-factor-words')} {escape(signals.text, quote=False)}"))
    if factors.tier:
        lines.append(t("risk-together", level=t(f"risk-level-{factors.tier}")))
    return Html("\n".join(lines))


def _short(t: Texts, signals: Signals, factors: Factors) -> Html:
    """The factors that weigh, in a line."""
    parts = []
    if signals.absences and factors.attendance in (Level.SOME, Level.HIGH):
        share = signals.percent if signals.percent is not None else -1
        parts.append(t("risk-short-absences", band=signals.absences.value, percent=share))
    if signals.behaviour and factors.behaviour in (Level.SOME, Level.HIGH):
        words = t(f"risk-behaviour-{signals.behaviour}")
        parts.append(t("risk-short-behaviour", words=words))
    if signals.failing:
        parts.append(t("risk-short-courses", names=shorten(subjects(t, signals.failing), 60)))
    if not parts and signals.text:
        parts.append(Html(escape(f"«{shorten(signals.text, 60)}»", quote=False)))
    level = t(f"risk-level-{factors.tier}") if factors.tier else t("risk-level-said")
    return Html(f"{level}: {', '.join(parts)}" if parts else level)


# --- the list --------------------------------------------------------------------------------------------


def overview(t: Texts, found: Overview, weighed: Sequence[tuple[Signals, Factors]], page: int) -> Screen:
    """The register with what waits about each, a press each. `weighed` goes with the rows."""
    pages = max(1, -(-len(found.rows) // PAGE))
    page = max(0, min(page, pages - 1))
    here = list(zip(found.rows, weighed, strict=True))[page * PAGE : (page + 1) * PAGE]
    waiting = sum(row.due.any for row in found.rows)
    lines: list[str] = [t("risk-title", count=len(found.rows), waiting=waiting)]
    buttons: list[Row] = []
    for row, (signals, factors) in here:
        pupil, school_class = row.listed.pupil, row.listed.school_class
        lines += ["", t("risk-line", name=pupil.name, class_name=school_class.name)]
        lines.append(_short(t, signals, factors))
        due = _due(t, row)
        if due:
            lines.append(t("risk-due", what=Html("; ".join(due))))
        label = f"{pupil.name}, {school_class.name}"
        buttons.append([button(label, RiskOpen(pupil_id=pupil.id))])
        buttons += rows(_due_buttons(t, row), 2)
    if not found.rows:
        lines.append(t("risk-empty"))
    confirm: Row = []
    if found.keeper and found.confirmed is None:
        lines += ["", t("risk-unconfirmed")]
        confirm = [button(t("risk-confirm"), RiskConfirm(sure=False))]
    elif found.confirmed is not None:
        lines += ["", t("risk-confirmed", day=t.day(found.confirmed.on_day))]
    add = [button(t("risk-add"), RiskAdd())]
    support = [
        [button(t("support-lessons"), LessonsAt(page=0)), button(t("support-clubs"), ClubsAt())],
        [button(t("support-pairs"), PairsAt()), button(t("support-marks"), MarksAt(at=0))],
    ]
    turning = turns(page, pages, lambda number: RiskPage(page=number))
    return Screen("\n".join(lines), keyboard(*buttons, turning, add, *support, confirm, [go(t, "menu")]))


def _due(t: Texts, row: Entry) -> list[Html]:
    """What waits, in words."""
    return [t(f"risk-due-{name}") for name, waits in vars(row.due).items() if waits]


def _due_buttons(t: Texts, row: Entry) -> Row:
    """A button for each thing that waits, which leads straight to it."""
    pupil, due = row.listed.pupil.id, row.due
    found: Row = []
    if due.review:
        found.append(button(t("risk-do-review"), RiskPick(pupil_id=pupil)))
    if due.route:
        found.append(button(t("risk-do-route"), RouteWrite(pupil_id=pupil, anew=True)))
    if row.draft_id is not None:
        found.append(button(t("risk-do-draft"), RouteEdit(version_id=row.draft_id, what="look")))
    if due.answer or due.guardians:
        label = t("risk-do-answer" if due.answer else "risk-do-guardians")
        found.append(button(label, RouteOpen(pupil_id=pupil)))
    if due.week and row.sheet:
        found.append(button(t("risk-do-week"), RouteWeek(pupil_id=pupil)))
    if due.cycle and row.sheet:
        found.append(button(t("risk-do-cycle"), RouteCycle(version_id=row.sheet.version.id)))
    return found


def card(
    t: Texts, found: Card, weighed: tuple[Signals, Factors], earlier: Sequence[Factors], today: date
) -> Screen:
    """A pupil on the register: why, since when, what waits. `earlier`: the older reviews weighed."""
    row = found.row
    pupil, entry, review = row.listed.pupil, row.listed.entry, row.listed.review
    since, due = t.day(entry.active_from, today), t.day(review.due_on, today)
    day = t.day(review.on_day, today)
    lines: list[str] = [
        t("risk-card", name=pupil.name, class_name=row.listed.school_class.name, since=since),
        "",
        t("risk-card-review", day=day, who=row.listed.reviewer, due=due),
        explained(t, *weighed),
    ]
    before: list[str] = [
        t("risk-card-earlier", day=t.day(old.on_day, today), who=who, level=t(f"risk-level-{factors.tier}"))
        for (old, who), factors in zip(found.reviews[1:6], earlier, strict=False)
        if factors.tier
    ]
    if before:
        lines += ["", t("risk-card-before"), *before]
    waits = _due(t, row)
    if waits:
        lines += ["", t("risk-due", what=Html("; ".join(waits)))]
    buttons = rows(_due_buttons(t, row), 2)
    more: Row = []
    if not row.due.review:
        more.append(button(t("risk-do-review"), RiskPick(pupil_id=pupil.id)))
    if row.sheet is not None:
        more.append(button(t("risk-do-open-route"), RouteOpen(pupil_id=pupil.id)))
    off = [button(t("risk-off"), RiskOff(pupil_id=pupil.id))]
    return Screen("\n".join(lines), keyboard(*buttons, *rows(more, 2), off, [_to_list(t)]))


def _to_list(t: Texts) -> InlineKeyboardButton:
    return button(t("risk-to-list"), RiskPage(page=0))


# --- signals ---------------------------------------------------------------------------------------------


def choose(t: Texts, classes: Sequence[SchoolClass]) -> Screen:
    """Whom? By class, or by name."""
    buttons = rows((button(c.name, RiskClass(class_id=c.id)) for c in classes), 4)
    text = t("risk-choose-class") if classes else t("risk-choose-name")
    return Screen(text, keyboard(*buttons, [go(t, "cancel")]))


def candidates(t: Texts, found: Sequence[Candidate]) -> Screen:
    """Which pupil? Who is on the register already leads to their card."""
    buttons = []
    for each in found[:90]:
        name = f"{each.pupil.name}, {each.class_name}"
        if each.registered:
            label = unescape(t("risk-candidate-registered", name=name))
            buttons.append(button(label, RiskOpen(pupil_id=each.pupil.id)))
        else:
            buttons.append(button(name, RiskPick(pupil_id=each.pupil.id)))
    text = t("risk-which-pupil" if found else "risk-no-pupils")
    return Screen(text, keyboard(*rows(buttons), [go(t, "cancel")]))


def signs(t: Texts, who: Candidate, signals: Signals, factors: Factors) -> Screen:
    """The signals to be marked, explained as they stand."""
    id_ = who.pupil.id

    def mark(
        label: str, on: bool, what: Literal["absences", "behaviour", "marks"], value: str
    ) -> InlineKeyboardButton:
        shown = f"✓ {label}" if on else label
        return button(shown, RiskMark(pupil_id=id_, what=what, value=value))

    absences = [
        mark(unescape(t(f"risk-mark-absences-{each}")), signals.absences == each, "absences", each)
        for each in Absences
    ]
    behaviour = [
        mark(unescape(t(f"risk-mark-behaviour-{each}")), signals.behaviour == each, "behaviour", each)
        for each in Behaviour
    ]
    fine = signals.marks_seen and not signals.failing
    chosen = len(signals.failing)
    some = unescape(t("risk-mark-courses", count=chosen))
    more = button(f"✓ {some}" if chosen else some, RiskMark(pupil_id=id_, what="subjects", value=""))
    marks = [mark(t("risk-mark-courses-none"), fine, "marks", "none"), more]
    words = [button(t("risk-words-drop"), RiskMark(pupil_id=id_, what="words", value=""))]
    on = [button(t("risk-next"), RiskDraft(pupil_id=id_, action="look"))]
    head = t("risk-signs", name=who.pupil.name, class_name=who.class_name)
    text = "\n\n".join(filter(None, (head, explained(t, signals, factors))))
    return Screen(
        text, keyboard(absences, behaviour, marks, words if signals.text else [], on, [go(t, "cancel")])
    )


def choose_subjects(t: Texts, who: Candidate, failing: Sequence[str]) -> Screen:
    """Which courses fail? A press puts one in or takes it out."""
    id_ = who.pupil.id
    buttons = [
        button(
            f"✓ {subject(t, name)}" if name in failing else subject(t, name),
            RiskMark(pupil_id=id_, what="subject", value=name),
        )
        for name in SUBJECTS
    ]
    typed = [name for name in failing if name not in SUBJECTS]
    text = t("risk-subjects", name=who.pupil.name)
    if typed:
        text = Html(f"{text}\n\n{t('risk-subjects-typed', names=', '.join(typed))}")
    back = [button(t("risk-subjects-done"), RiskMark(pupil_id=id_, what="back", value=""))]
    return Screen(text, keyboard(*rows(buttons, 2), back, [go(t, "cancel")]))


def preview(t: Texts, who: Candidate, signals: Signals, factors: Factors) -> Screen:
    """What will be stored; the person decides."""
    id_ = who.pupil.id
    key = "risk-preview-review" if who.registered else "risk-preview"
    text = "\n\n".join(
        [t(key, name=who.pupil.name, class_name=who.class_name), explained(t, signals, factors)]
        + ([] if who.registered else [t("risk-preview-who-sees")])
    )
    save = button(t("risk-save-review" if who.registered else "risk-save"), _draft(id_, "save"))
    return Screen(text, keyboard([save], [button(t("risk-edit"), _draft(id_, "edit"))], [go(t, "cancel")]))


def _draft(pupil_id: int, action: Literal["look", "edit", "save"]) -> RiskDraft:
    return RiskDraft(pupil_id=pupil_id, action=action)


def saved(t: Texts, who: Candidate, due_on: date, today: date, *, route: bool) -> Screen:
    """It is stored; what comes next. `route`: the pupil has none yet."""
    key = "risk-saved-review" if who.registered else "risk-saved"
    write = [button(t("risk-do-route"), RouteWrite(pupil_id=who.pupil.id, anew=True))] if route else []
    back = [button(t("risk-do-card"), RiskOpen(pupil_id=who.pupil.id)), _to_list(t)]
    text = t(key, name=who.pupil.name, due=t.day(due_on, today))
    return Screen(text, keyboard(write, back))


# --- taking off, confirming ------------------------------------------------------------------------------


def off_ask(t: Texts, who: Card) -> Screen:
    """With what outcome?"""
    pupil = who.row.listed.pupil
    buttons = [
        [button(t(f"risk-outcome-{each}"), RiskOff(pupil_id=pupil.id, outcome=each))] for each in Outcome
    ]
    return Screen(t("risk-off-ask", name=pupil.name), keyboard(*buttons, [go(t, "cancel")]))


def off_preview(t: Texts, who: Card, outcome: Outcome, words: str) -> Screen:
    """The outcome as it will be stored; words can still be typed."""
    pupil = who.row.listed.pupil
    lines: list[str] = [t("risk-off-preview", name=pupil.name, outcome=t(f"risk-outcome-{outcome}"))]
    if words:
        lines.append(Html(f"«{escape(words, quote=False)}»"))
    if who.row.sheet is not None:
        lines.append(t("risk-off-route"))
    needed = outcome == Outcome.OTHER and not words
    lines.append(t("risk-off-words-needed" if needed else "risk-off-words"))
    sure = [] if needed else [button(t("risk-off-sure"), RiskOffSure(pupil_id=pupil.id))]
    return Screen("\n\n".join(lines), keyboard(sure, [go(t, "cancel")]))


def taken_off(t: Texts, name: str, entry: RiskEntry) -> Screen:
    """They are on the register no more."""
    text = t("risk-taken-off", name=name, outcome=t(f"risk-outcome-{entry.outcome}"))
    return Screen(text, keyboard([_to_list(t)], [go(t, "menu")]))


def confirm_ask(t: Texts, found: Overview) -> Screen:
    """Whether the register is right as it stands."""
    overdue = sum(row.due.review for row in found.rows)
    text = t("risk-confirm-ask", count=len(found.rows), overdue=overdue)
    sure = [button(t("risk-confirm-sure"), RiskConfirm(sure=True))]
    return Screen(text, keyboard(sure, [_to_list(t)]))
