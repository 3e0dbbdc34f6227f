"""Activities: buttons and words, for those responsible and for the director."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape, unescape
from typing import Any, Literal
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.db.activities import AssignmentState, Part, Report
from bot.features.activities import OccurrenceState, Stage, Unassigned
from bot.features.activities.reporting import Card, Task, Tasks
from bot.programme.model import Programme
from bot.texts import Html, Texts
from bot.ui.screen import GO, Row, Screen, button, go, keyboard, rows, shorten

# So that nothing outgrows Telegram's 4096 characters, however much is late.
LINES = 20
DIGEST_LINES = 12
STAGES = 4
PARTS = 12
NAMES = 3
# A due date so near is marked.
NEAR = 3

SIGNS = {
    OccurrenceState.OVERDUE: "🔴",
    OccurrenceState.REPORTED: "🟡",
    OccurrenceState.RETURNED: "↩️",
    OccurrenceState.OPEN: "⚪",
    OccurrenceState.PLANNED: "⚪",
    OccurrenceState.ACCEPTED: "✅",
}


class TaskDo(CallbackData, prefix="tk"):
    """What to do with one's part; `see` shows it below the reminder instead of in its place."""

    assignment_id: int
    action: Literal["open", "see", "done", "start"]


class ActivityOpen(CallbackData, prefix="ac"):
    """One activity, for the director."""

    key: str


class ActivityReports(CallbackData, prefix="aw"):
    """The reports that wait."""


class ReportDo(CallbackData, prefix="ar"):
    """Read a report, accept or return it."""

    report_id: int
    action: Literal["open", "accept", "return"]


class ActivityAccept(CallbackData, prefix="aa"):
    """Accept an occurrence's reports; `close` it with what there is, after the question."""

    occurrence_id: int
    action: Literal["reports", "ask", "close"]


# --- words for days and activities ------------------------------------------------------------------------


def _left(t: Texts, days: int) -> Html:
    return t("activity-late", days=-days) if days < 0 else t("activity-left", days=days)


def _title(t: Texts, programme: Programme, key: str) -> str:
    """The number and the short title; the key of what the programme no longer has."""
    for activity in programme.activities:
        if activity.key == key:
            return f"{activity.number} {activity.short if t.language == 'ru' else activity.short_en}"
    return key


def _item_title(t: Texts, item: Mapping[str, Any]) -> str:
    return f"{item['number']} {item['title' if t.language == 'ru' else 'title_en']}".strip()


def _due(t: Texts, item: Mapping[str, Any]) -> str:
    return t.day(date.fromisoformat(item["due"]))


def _sign(state: AssignmentState, days: int) -> str:
    if state == AssignmentState.ACCEPTED:
        return "✅"
    if state == AssignmentState.REPORTED:
        return "🟡"
    if state == AssignmentState.RETURNED:
        return "↩️"
    return "🔴" if days < 0 else "⏰" if days <= NEAR else "⚪"


def _pick(t: Texts, sign: str, due_on: date, title: str) -> str:
    # The date first: a phone cuts the end of a long button.
    return unescape(t("activity-pick", sign=sign, date=f"{due_on:%d.%m}", title=title))


def _quote(text: str) -> str:
    return f"<blockquote>{escape(text, quote=False)}</blockquote>"


def _more(t: Texts, count: int) -> list[str]:
    return [t("activity-more", count=count)] if count > 0 else []


# --- whoever is responsible -------------------------------------------------------------------------------


def tasks(t: Texts, programme: Programme, found: Tasks, today: date) -> Screen:
    """What is to be done now, what comes, what is done."""
    blocks = [t("tasks-title")]
    if not found.now:
        blocks.append(t("tasks-nothing-now"))
    buttons = []
    for key, parts in (("tasks-now", found.now), ("tasks-upcoming", found.upcoming)):
        lines: list[str] = []
        for part in parts[:LINES]:
            days = (part.due_on - today).days
            sign, title = _sign(part.state, days), _title(t, programme, part.activity_key)
            due = t.day(part.due_on)
            lines.append(t("activity-line", sign=sign, title=title, due=due, left=_left(t, days)))
            data = TaskDo(assignment_id=part.id, action="open")
            buttons.append(button(_pick(t, sign, part.due_on, title), data))
        if lines:
            blocks.append(Html("\n".join([t(key), *lines, *_more(t, len(parts) - LINES)])))
    if found.done:
        lines = [
            t(
                "activity-line-done",
                sign=_sign(part.state, 0),
                title=_title(t, programme, part.activity_key),
                due=t.day(part.due_on),
            )
            for part in found.done
        ]
        blocks.append(Html("\n".join([t("tasks-done"), *lines])))
    return Screen("\n\n".join(blocks), keyboard(*rows(buttons), [go(t, "menu")]))


def task(t: Texts, programme: Programme, found: Task, today: date, zone: ZoneInfo, *, own: bool) -> Screen:
    """One part: what the document says, when, where it stands, and what can be done."""
    part, report = found.part, found.report
    lines = [_official(t, programme, part.activity_key)]
    if not own:
        lines.append(t("task-whose", name=part.name))
    due = t.day(part.due_on)
    if part.unfinished:
        lines.append(t("task-due", due=due, left=_left(t, (part.due_on - today).days)))
    else:
        lines.append(t("task-due-done", due=due))
    if part.state == AssignmentState.OPEN and part.in_progress_at is not None:
        lines.append(t("task-state-started", day=_local_day(t, part.in_progress_at, zone)))
    else:
        lines.append(t(f"task-state-{part.state}"))
    if report is not None:
        day = _local_day(t, report.created_at, zone)
        lines += ["", t("task-report", name=report.staff_name, day=day), _quote(report.text)]
        if report.comment:
            lines += [t("task-comment"), _quote(report.comment)]
    actions: Row = []
    if part.unfinished:
        actions.append(button(t("task-done"), TaskDo(assignment_id=part.id, action="done")))
        if part.in_progress_at is None:
            actions.append(button(t("task-start"), TaskDo(assignment_id=part.id, action="start")))
    return Screen("\n".join(lines), keyboard(actions, [tasks_back(t)] if own else [], [go(t, "menu")]))


def tasks_back(t: Texts) -> InlineKeyboardButton:
    """The button to the list of one's tasks."""
    return button(t("tasks-back"), GO + "tasks")


def _local_day(t: Texts, at: datetime, zone: ZoneInfo) -> str:
    return t.day(at.astimezone(zone).date())


def _official(t: Texts, programme: Programme, key: str) -> str:
    for activity in programme.activities:
        if activity.key == key:
            return f"<b>{activity.number}</b> {escape(activity.title, quote=False)}"
    return escape(key, quote=False)


def started(t: Texts, *, quiet: bool) -> Html:
    """What is said to somebody who is at work on it."""
    return t("task-started" if quiet else "task-started-soon")


def ask_report(t: Texts, programme: Programme, part: Part, limit: int) -> Screen:
    """What has been done?"""
    title = _title(t, programme, part.activity_key)
    return Screen(t("task-ask-report", title=title, limit=limit), keyboard([go(t, "cancel")]))


def reported(t: Texts, programme: Programme, part: Part) -> Screen:
    """Thanks."""
    words = t("task-reported", title=_title(t, programme, part.activity_key))
    return Screen(words, keyboard([tasks_back(t)], [go(t, "menu")]))


def reported_already(t: Texts) -> Screen:
    """It is done: what was typed is not needed."""
    return Screen(t("error-task-reported"), keyboard([tasks_back(t)], [go(t, "menu")]))


# --- the director ----------------------------------------------------------------------------------------


def overview(
    t: Texts,
    programme: Programme,
    found: Mapping[str, Sequence[Stage]],
    absent: Sequence[Unassigned],
    waiting: int,
) -> Screen:
    """Every activity by direction, with what matters most of it."""
    blocks = [t("activities-title")]
    keys: list[Row] = []
    for direction in programme.directions:
        own = [a for a in programme.activities if a.direction == direction.number]
        short = direction.short if t.language == "ru" else direction.short_en
        lines: list[str] = [t("activities-direction", number=direction.number, title=short)]
        buttons = []
        for activity in own:
            title = _title(t, programme, activity.key)
            stages = found[activity.key]
            if stages:
                sign, stage = _worst(stages)
                lines.append(t("activities-line", sign=sign, title=title, due=t.day(stage.due_on)))
            else:
                sign = "➖"
                lines.append(t("activities-line-none", title=title))
            buttons.append(button(f"{sign} {activity.number}", ActivityOpen(key=activity.key)))
        blocks.append(Html("\n".join(lines)))
        keys += rows(buttons, 4)
    blocks.append(t("activities-legend"))
    if absent:
        names = [name.name for name in absent]
        listed = ", ".join(names[:LINES]) + "".join(f" {words}" for words in _more(t, len(names) - LINES))
        blocks.append(t("activities-absent", names=listed))
    reports = [button(t("activities-reports", count=waiting), ActivityReports())] if waiting else []
    invite = [go(t, "invite")] if absent else []
    return Screen("\n\n".join(blocks), keyboard(reports, *keys, invite, [go(t, "menu")]))


def _worst(stages: Sequence[Stage]) -> tuple[str, Stage]:
    """What a director has to look at first: what is late, reports, what is nobody's; else the next one."""
    for state in (OccurrenceState.OVERDUE, OccurrenceState.REPORTED):
        for stage in stages:
            if stage.state == state:
                return SIGNS[state], stage
    latest = stages[-1]
    return "❓" if latest.unreached else SIGNS[latest.state], latest


def card(t: Texts, programme: Programme, found: Card, today: date) -> Screen:
    """One activity: as the document has it, its occurrences with whose they are, reports to answer."""
    activity = found.activity
    names = ", ".join((*activity.responsible, *activity.positions))
    lines = [
        _official(t, programme, activity.key),
        t("activity-plan", deadline=activity.deadline),
        t("activity-responsible", names=names),
    ]
    if not found.stages:
        lines += ["", t("activity-none")]
    buttons = [
        [
            button(
                unescape(t("activity-read", name=report.staff_name, date=f"{report.due_on:%d.%m}")),
                ReportDo(report_id=report.id, action="open"),
            )
        ]
        for report in found.waiting[:LINES]
    ]
    for stage in found.stages[:STAGES]:
        days = (stage.due_on - today).days
        sign = SIGNS[stage.state]
        due = f"{sign} <b>{t.day(stage.due_on)}</b>"
        accepted = stage.state == OccurrenceState.ACCEPTED
        lines += ["", due if accepted else f"{due}, {_left(t, days)}"]
        lines += [
            t("activity-part", name=part.name, state=_part_state(t, part)) for part in stage.parts[:PARTS]
        ]
        lines += _more(t, len(stage.parts) - PARTS)
        when = f"{stage.due_on:%d.%m}"
        if any(part.state == AssignmentState.REPORTED for part in stage.parts):
            data = ActivityAccept(occurrence_id=stage.occurrence_id, action="reports")
            buttons.append([button(t("activity-accept-all", date=when), data)])
        if stage.state != OccurrenceState.PLANNED and any(part.unfinished for part in stage.parts):
            data = ActivityAccept(occurrence_id=stage.occurrence_id, action="ask")
            buttons.append([button(t("activity-close", date=when), data)])
    lines += _more(t, len(found.stages) - STAGES)
    return Screen("\n".join(lines), keyboard(*buttons, [_all(t)], [go(t, "menu")]))


def _all(t: Texts) -> InlineKeyboardButton:
    return button(t("activities-back"), GO + "activities")


def _part_state(t: Texts, part: Part) -> Html:
    if part.unfinished and part.staff_id is None:
        return t("activity-part-nobody")
    if part.unfinished and part.person_id is None:
        return t("activity-part-absent")
    if part.state == AssignmentState.OPEN and part.in_progress_at is not None:
        return t("activity-part-started")
    return t(f"activity-part-{part.state}")


def close_ask(t: Texts, programme: Programme, stage: Stage) -> Screen:
    """Whether it is really to be closed as it is."""
    key = stage.parts[0].activity_key
    words = t("activity-close-ask", title=_title(t, programme, key), due=t.day(stage.due_on))
    sure = button(t("activity-close-sure"), ActivityAccept(occurrence_id=stage.occurrence_id, action="close"))
    return Screen(words, keyboard([sure], [button(t("activity-close-not"), ActivityOpen(key=key))]))


def reports(t: Texts, programme: Programme, found: Sequence[Report]) -> Screen:
    """The reports that wait, the oldest first."""
    if not found:
        return Screen(t("activity-reports-none"), keyboard([_all(t)], [go(t, "menu")]))
    buttons = [
        button(
            f"{report.staff_name} · {_title(t, programme, report.activity_key)}",
            ReportDo(report_id=report.id, action="open"),
        )
        for report in found[:LINES]
    ]
    text = "\n".join([t("activity-reports-title"), *_more(t, len(found) - LINES)])
    return Screen(text, keyboard(*rows(buttons), [_all(t)], [go(t, "menu")]))


def report(t: Texts, programme: Programme, found: Report) -> Screen:
    """One report, and what was said to it or can be."""
    title = _title(t, programme, found.activity_key)
    lines = [_report_head(t, title, found.due_on, found.staff_name), _quote(found.text)]
    if found.accepted:
        lines.append(t("activity-report-accepted"))
    elif found.accepted is False:
        lines += [t("activity-report-returned"), _quote(found.comment or "")]
    decide = _decide(t, found.id) if found.accepted is None else []
    back = button(t("activity-reports-back"), ActivityReports())
    return Screen("\n".join(lines), keyboard(decide, [back], [go(t, "menu")]))


def _report_head(t: Texts, title: str, due_on: date, name: str) -> Html:
    return t("activity-report-head", title=title, due=t.day(due_on), name=name)


def _decide(t: Texts, report_id: int) -> Row:
    return [
        button(t("activity-accept"), ReportDo(report_id=report_id, action="accept")),
        button(t("activity-return"), ReportDo(report_id=report_id, action="return")),
    ]


def ask_comment(t: Texts, found: Report, limit: int) -> Screen:
    """What should be added?"""
    words = t("activity-ask-comment", name=found.staff_name, limit=limit)
    return Screen(words, keyboard([go(t, "cancel")]))


# --- messages --------------------------------------------------------------------------------------------


def message_reminder(t: Texts, arguments: dict[str, Any]) -> Screen:
    """All that is due for somebody, each with a button."""
    items = arguments["items"]
    lines: list[str] = [t("activity-message-reminder"), ""]
    buttons = []
    for item in items[:LINES]:
        state = AssignmentState.RETURNED if item["returned"] else AssignmentState.OPEN
        days, title = item["days"], _item_title(t, item)
        sign = _sign(state, days)
        lines.append(t("activity-line", sign=sign, title=title, due=_due(t, item), left=_left(t, days)))
        label = _pick(t, sign, date.fromisoformat(item["due"]), title)
        buttons.append(button(label, TaskDo(assignment_id=item["assignment"], action="see")))
    lines += _more(t, len(items) - LINES)
    return Screen("\n".join(lines), keyboard(*rows(buttons), [tasks_back(t)]))


def message_report(t: Texts, arguments: dict[str, Any]) -> Screen:
    """A report, for the directors."""
    due_on = date.fromisoformat(arguments["due"])
    head = _report_head(t, _item_title(t, arguments), due_on, arguments["name"])
    text = f"{t('activity-message-report')}\n{head}\n{_quote(arguments['text'])}"
    return Screen(text, keyboard(_decide(t, arguments["report"])))


def message_decided(t: Texts, arguments: dict[str, Any]) -> Screen:
    """What was said to a report, for whoever wrote it."""
    title, due = _item_title(t, arguments), _due(t, arguments)
    if arguments["accepted"]:
        return Screen(t("activity-message-accepted", title=title, due=due), keyboard([tasks_back(t)]))
    text = f"{t('activity-message-returned', title=title, due=due)}\n{_quote(arguments['comment'])}"
    done = button(t("task-done"), TaskDo(assignment_id=arguments["assignment"], action="done"))
    return Screen(text, keyboard([done], [tasks_back(t)]))


def message_escalation(t: Texts, arguments: dict[str, Any]) -> Screen:
    """What is late, for the directors."""
    lines = [t("activity-message-escalation"), "", *_directors_lines(t, arguments["items"], LINES)]
    return Screen("\n".join(lines), keyboard([_all(t)]))


def message_digest(t: Texts, arguments: dict[str, Any]) -> Screen:
    """The week ahead, for the directors."""
    blocks = [t("activity-digest-title")]
    if not arguments["due"]:
        blocks.append(t("activity-digest-quiet"))
    for key in ("due", "late"):
        if arguments[key]:
            lines = _directors_lines(t, arguments[key], DIGEST_LINES)
            blocks.append(Html("\n".join([t(f"activity-digest-{key}"), *lines])))
    waiting = arguments["waiting"]
    reports = [button(t("activities-reports", count=waiting), ActivityReports())] if waiting else []
    return Screen("\n\n".join(blocks), keyboard(reports, [_all(t)]))


def _directors_lines(t: Texts, items: Sequence[Mapping[str, Any]], limit: int) -> list[str]:
    lines: list[str] = []
    for item in items[:limit]:
        days = item["days"]
        line = t(
            "activity-line",
            sign=_sign(AssignmentState.OPEN, days),
            title=_item_title(t, item),
            due=_due(t, item),
            left=_left(t, days),
        )
        named = ", ".join(shorten(name, 40) for name in item["names"][:NAMES])
        more = "".join(f" {words}" for words in _more(t, len(item["names"]) - NAMES))
        lines.append(t("activity-message-names", line=line, names=named + more))
    return lines + _more(t, len(items) - limit)
