"""What is told about activities: reminders, reports, other dates, whose it is, the week."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import unescape
from typing import Any

from bot.db.activities import AssignmentState
from bot.db.outbox import File
from bot.texts import Html, Texts
from bot.ui.activities import (
    LINES,
    PartGive,
    TaskDo,
    activities_back,
    decide_row,
    item_due,
    item_title,
    left,
    more,
    pick,
    quote,
    report_head,
    request_row,
    sign_of,
    tasks_back,
)
from bot.ui.activities.directing import waiting_rows
from bot.ui.activities.doing import actions
from bot.ui.screen import Row, Screen, button, keyboard, rows, shorten

DIGEST_LINES = 12
NAMES = 3


def reminder(t: Texts, arguments: dict[str, Any]) -> Screen:
    """All that is due for somebody, each with a button; under a single one stands what can be done."""
    items = arguments["items"]
    lines: list[str] = [t("activity-message-reminder"), ""]
    buttons = []
    for item in items[:LINES]:
        state = AssignmentState.RETURNED if item["returned"] else AssignmentState.OPEN
        days, title = item["days"], item_title(t, item)
        sign = sign_of(state, days)
        lines.append(t("activity-line", sign=sign, title=title, due=item_due(t, item), left=left(t, days)))
        label = pick(t, sign, date.fromisoformat(item["due"]), title)
        buttons.append(button(label, TaskDo(assignment_id=item["assignment"], action="see")))
    lines += more(t, len(items) - LINES)
    keys = rows(buttons)
    if len(items) == 1:
        keys += actions(t, items[0]["assignment"], started=items[0]["started"])
    return Screen("\n".join(lines), keyboard(*keys, [tasks_back(t)]))


def report(t: Texts, arguments: dict[str, Any]) -> Screen:
    """A report, for the directors."""
    due_on = date.fromisoformat(arguments["due"])
    head = report_head(t, item_title(t, arguments), due_on, arguments["name"])
    text = f"{t('activity-message-report')}\n{head}\n{quote(arguments['text'])}"
    files = tuple(File(*file) for file in arguments["files"])
    return Screen(text, keyboard(decide_row(t, arguments["report"])), files=files)


def decided(t: Texts, arguments: dict[str, Any]) -> Screen:
    """What was said to a report, for whoever wrote it."""
    title, due = item_title(t, arguments), item_due(t, arguments)
    if arguments["accepted"]:
        return Screen(t("activity-message-accepted", title=title, due=due), keyboard([tasks_back(t)]))
    text = f"{t('activity-message-returned', title=title, due=due)}\n{quote(arguments['comment'])}"
    done = button(t("task-done"), TaskDo(assignment_id=arguments["assignment"], action="done"))
    return Screen(text, keyboard([done], [tasks_back(t)]))


def date_asked(t: Texts, arguments: dict[str, Any]) -> Screen:
    """Somebody asks for another date, for the directors."""
    head = t(
        "activity-request-head",
        title=item_title(t, arguments),
        name=arguments["name"],
        was=item_due(t, arguments),
        wanted=t.weekday(date.fromisoformat(arguments["wanted"])),
    )
    text = f"{t('activity-message-date-asked')}\n{head}\n{quote(arguments['text'])}"
    return Screen(text, keyboard(request_row(t, arguments["request"])))


def date_decided(t: Texts, arguments: dict[str, Any]) -> Screen:
    """What was said to another date, for whoever has asked or has the part."""
    key = "activity-message-date-agreed" if arguments["agreed"] else "activity-message-date-refused"
    wanted = t.day(date.fromisoformat(arguments["wanted"]))
    text = str(t(key, title=item_title(t, arguments), due=item_due(t, arguments), wanted=wanted))
    if arguments["comment"]:
        text += f"\n{quote(arguments['comment'])}"
    return Screen(text, keyboard(_see(t, arguments), [tasks_back(t)]))


def given(t: Texts, arguments: dict[str, Any]) -> Screen:
    """It is theirs from now on, or this once."""
    key = "activity-message-given-on" if arguments["onward"] else "activity-message-given"
    title, due = item_title(t, arguments), item_due(t, arguments)
    text = t(key, title=title, due=due, name=arguments["named"])
    return Screen(text, keyboard(_see(t, arguments), [tasks_back(t)]))


def taken(t: Texts, arguments: dict[str, Any]) -> Screen:
    """Somebody else has it, for whose it was."""
    key = "activity-message-taken-on" if arguments["onward"] else "activity-message-taken"
    title, due = item_title(t, arguments), item_due(t, arguments)
    return Screen(t(key, title=title, due=due, name=arguments["name"]), keyboard([tasks_back(t)]))


def declined(t: Texts, arguments: dict[str, Any]) -> Screen:
    """Somebody says that it is not theirs, for the directors."""
    title, due = item_title(t, arguments), item_due(t, arguments)
    head = t("activity-message-declined", title=title, due=due, name=arguments["name"])
    give = button(t("activity-give"), PartGive(assignment_id=arguments["assignment"], page=0))
    return Screen(f"{head}\n{quote(arguments['text'])}", keyboard([give], _see(t, arguments)))


def _see(t: Texts, arguments: dict[str, Any]) -> Row:
    return [button(t("task-see"), TaskDo(assignment_id=arguments["assignment"], action="see"))]


def escalation(t: Texts, arguments: dict[str, Any]) -> Screen:
    """What is late, for the directors."""
    items = arguments["items"]
    lines = [t("activity-message-escalation"), "", *_directors_lines(t, items, LINES)]
    requests = waiting_rows(t, 0, sum(len(item.get("asked", ())) for item in items))
    return Screen("\n".join(lines), keyboard(*requests, [activities_back(t)]))


def digest(t: Texts, arguments: dict[str, Any]) -> Screen:
    """The week ahead, for the directors."""
    blocks = [t("activity-digest-title")]
    if not arguments["due"]:
        blocks.append(t("activity-digest-quiet"))
    for key in ("due", "late"):
        if arguments[key]:
            lines = _directors_lines(t, arguments[key], DIGEST_LINES)
            blocks.append(Html("\n".join([t(f"activity-digest-{key}"), *lines])))
    waiting = waiting_rows(t, arguments["waiting"], arguments["asked"])
    return Screen("\n\n".join(blocks), keyboard(*waiting, [activities_back(t)]))


def _directors_lines(t: Texts, items: Sequence[Mapping[str, Any]], limit: int) -> list[str]:
    lines: list[str] = []
    for item in items[:limit]:
        days = item["days"]
        line = t(
            "activity-line",
            sign=sign_of(AssignmentState.OPEN, days),
            title=item_title(t, item),
            due=item_due(t, item),
            left=left(t, days),
        )
        # Messages of an earlier version do not say who has asked.
        names: list[str] = [_asks(t, *each) for each in item.get("asked", ())]
        names += [shorten(name, 40) for name in item["names"]]
        rest = "".join(f" {words}" for words in more(t, len(names) - NAMES))
        lines.append(t("activity-message-names", line=line, names=", ".join(names[:NAMES]) + rest))
    return lines + more(t, len(items) - limit)


def _asks(t: Texts, name: str, wanted: str) -> str:
    day = t.day(date.fromisoformat(wanted))
    return unescape(t("activity-message-asks", name=shorten(name, 40), day=day))
