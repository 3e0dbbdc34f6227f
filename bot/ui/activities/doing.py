"""Activities for whoever is responsible: buttons and words."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.db.activities import AssignmentState, Part, Wish
from bot.db.outbox import File
from bot.features.activities.reporting import Task, Tasks
from bot.programme.model import Programme
from bot.texts import Html, Texts
from bot.ui.activities import (
    LINES,
    ActivityCalendar,
    PartGive,
    TaskDay,
    TaskDo,
    TaskSend,
    activities_back,
    left,
    local_day,
    more,
    official,
    pick,
    quote,
    remedy,
    sign_of,
    tasks_back,
    title_of,
)
from bot.ui.screen import Row, Screen, button, go, keyboard, rows, shorten

# A draft is shown whole but for very long ones: the message also holds what can be done with it.
SHOWN = 1500
# What was said beside the report, so that all of it fits.
SAID = 300


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
            sign, title = sign_of(part.state, days), title_of(t, programme, part.activity_key)
            due = t.day(part.due_on, today)
            lines.append(t("activity-line", sign=sign, title=title, due=due, left=left(t, days)))
            data = TaskDo(assignment_id=part.id, action="open")
            buttons.append(button(pick(t, sign, part.due_on, title), data))
        if lines:
            blocks.append(Html("\n".join([t(key), *lines, *more(t, len(parts) - LINES)])))
    if found.done:
        lines = [
            t(
                "activity-line-done",
                sign=sign_of(part.state, 0),
                title=title_of(t, programme, part.activity_key),
                due=t.day(part.due_on, today),
            )
            for part in found.done
        ]
        blocks.append(Html("\n".join([t("tasks-done"), *lines])))
    calendar = button(t("activity-calendar"), ActivityCalendar(whose="own"))
    return Screen("\n\n".join(blocks), keyboard(*rows(buttons), [calendar], [go(t, "menu")]))


def task(
    t: Texts,
    programme: Programme,
    found: Task,
    today: date,
    zone: ZoneInfo,
    *,
    own: bool,
    admin: bool,
) -> Screen:
    """One part: what the document says, whose, when, where it stands, and what can be done."""
    part, report = found.part, found.report
    lines = [official(t, programme, part.activity_key)]
    if not own:
        lines.append(t("task-whose", name=part.name) if part.staff_id else t("task-whose-nobody"))
    elif part.passed_on:
        lines.append(t("task-given-to-you"))
    if part.passed_on or part.refused_id:
        lines.append(t("task-by-document", name=part.named))
    if part.refused_id:
        lines += [t("task-refused"), quote(shorten(part.refusal or "", SAID))]
    lines += [*_dates(t, part, today), *_wish(t, found.wish, today)]
    if part.state == AssignmentState.OPEN and part.in_progress_at is not None:
        lines.append(t("task-state-started", day=local_day(t, part.in_progress_at, zone)))
    else:
        lines.append(t(f"task-state-{part.state}"))
    if report is not None:
        day = local_day(t, report.created_at, zone)
        lines += ["", t("task-report", name=report.staff_name, day=day), quote(report.text)]
        if report.comment:
            lines += [t("task-comment"), quote(report.comment)]
    buttons = actions(t, part.id, started=part.in_progress_at is not None) if part.unfinished and own else []
    if part.unfinished and admin:
        if not own:
            done = button(t("task-done"), TaskDo(assignment_id=part.id, action="done"))
            move = button(t("task-move-other"), TaskDo(assignment_id=part.id, action="move"))
            buttons = [[done, move]]
        give = button(t("activity-give"), PartGive(assignment_id=part.id, page=0))
        buttons.append([give, *remedy(t, programme, part)])
    if report is not None and report.files:
        data = TaskDo(assignment_id=part.id, action="files")
        buttons.append([button(t("task-files", count=len(report.files)), data)])
    back = tasks_back(t) if own else activities_back(t)
    return Screen("\n".join(lines), keyboard(*buttons, [back], [go(t, "menu")]))


def _dates(t: Texts, part: Part, today: date) -> list[str]:
    due = t.day(part.due_on, today)
    lines: list[str] = []
    if part.unfinished:
        lines = [t("task-due", due=due, left=left(t, (part.due_on - today).days))]
    else:
        lines = [t("task-due-done", due=due)]
    if part.due_on != part.planned_on:
        lines.append(t("task-due-planned", due=t.day(part.planned_on, today)))
    return lines


def _wish(t: Texts, wish: Wish | None, today: date) -> list[str]:
    if wish is None or (wish.decided_at is not None and wish.agreed is not False):
        return []  # what was agreed to stands in the date
    day = t.day(wish.wanted_on, today)
    if wish.decided_at is None:
        return [t("task-date-asked", day=day)]
    return [t("task-date-refused", day=day), quote(shorten(wish.comment or "", SAID))]


def actions(t: Texts, assignment_id: int, *, started: bool) -> list[Row]:
    """What whoever is responsible can do without a command."""

    def do(key: str, action: str) -> Row:
        data = TaskDo.model_validate({"assignment_id": assignment_id, "action": action})
        return [button(t(key), data)]

    start = [] if started else do("task-start", "start")
    return [do("task-done", "done") + start, do("task-move", "move") + do("task-decline", "decline")]


def started(t: Texts, *, quiet: bool) -> Html:
    """What is said to somebody who is at work on it."""
    return t("task-started" if quiet else "task-started-soon")


def files(t: Texts, programme: Programme, found: Task) -> Screen:
    """The evidence, above the way back."""
    back = button(t("task-back"), TaskDo(assignment_id=found.part.id, action="open"))
    evidence = found.report.files if found.report else ()
    words = t("task-files-of", title=title_of(t, programme, found.part.activity_key))
    return Screen(words, keyboard([back]), files=evidence)


# --- reporting ---------------------------------------------------------------------------------------------


def ask_report(t: Texts, programme: Programme, part: Part, limit: int, files: int) -> Screen:
    """What has been done?"""
    title, due = title_of(t, programme, part.activity_key), t.day(part.due_on)
    words = t("task-ask-report", title=title, due=due, limit=limit, files=files)
    return Screen(words, keyboard([go(t, "cancel")]))


def draft(
    t: Texts, programme: Programme, part: Part, text: str, files: Sequence[File], number: int, *, album: bool
) -> Screen:
    """The report as it stands, to be sent or gone on with; of an `album` the rest is still to come."""
    title = title_of(t, programme, part.activity_key)
    lines: list[str] = [t("task-draft", title=title, due=t.day(part.due_on))]
    if text:
        lines.append(quote(shorten(text, SHOWN)))
    if files:
        lines.append(t("task-draft-album") if album else t("task-draft-files", count=len(files)))
    lines.append(t("task-draft-more") if text else t("task-draft-words"))
    send = [button(t("task-send"), TaskSend(draft=number))] if text else []
    return Screen("\n".join(lines), keyboard(send, [go(t, "cancel")]))


def reported(t: Texts, programme: Programme, part: Part) -> Screen:
    """Thanks."""
    words = t("task-reported", title=title_of(t, programme, part.activity_key), due=t.day(part.due_on))
    return Screen(words, keyboard([tasks_back(t)], [go(t, "menu")]))


def reported_already(t: Texts) -> Screen:
    """It is done: what was typed is not needed."""
    return Screen(t("error-task-reported"), keyboard([tasks_back(t)], [go(t, "menu")]))


# --- another date, not mine --------------------------------------------------------------------------------


def ask_day(t: Texts, programme: Programme, part: Part, offers: Sequence[date], today: date) -> Screen:
    """To which day?"""
    title, due = title_of(t, programme, part.activity_key), t.day(part.due_on)
    days = rows(
        (button(t.day(day, today), TaskDay(assignment_id=part.id, day=f"{day:%d.%m.%Y}")) for day in offers),
        2,
    )
    return Screen(t("task-ask-day", title=title, due=due), keyboard(*days, [go(t, "cancel")]))


def ask_reason(t: Texts, programme: Programme, part: Part, day: date, limit: int) -> Screen:
    """Why?"""
    title = title_of(t, programme, part.activity_key)
    words = t("task-ask-reason", title=title, day=t.weekday(day), limit=limit)
    return Screen(words, keyboard([go(t, "cancel")]))


def asked(t: Texts, programme: Programme, part: Part, day: date, *, moved: bool, own: bool) -> Screen:
    """The request is with the school's leaders; or the date is moved."""
    key = "task-moved" if moved else "task-asked"
    words = t(key, title=title_of(t, programme, part.activity_key), day=t.day(day))
    back = tasks_back(t) if own else button(t("task-back"), TaskDo(assignment_id=part.id, action="open"))
    return Screen(words, keyboard([back], [go(t, "menu")]))


def ask_refusal(t: Texts, programme: Programme, part: Part, limit: int) -> Screen:
    """Why is it not theirs?"""
    title = title_of(t, programme, part.activity_key)
    return Screen(t("task-ask-refusal", title=title, limit=limit), keyboard([go(t, "cancel")]))


def declined(t: Texts, programme: Programme, part: Part, *, admin: bool) -> Screen:
    """It is nobody's now; an admin can give it on at once."""
    words = t("task-declined", title=title_of(t, programme, part.activity_key))
    give = [button(t("activity-give"), PartGive(assignment_id=part.id, page=0))] if admin else []
    return Screen(words, keyboard(give, [tasks_back(t)], [go(t, "menu")]))
