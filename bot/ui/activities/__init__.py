"""Activities: what buttons carry, and words for days and titles; the screens are in the modules below."""

from collections.abc import Mapping
from datetime import date, datetime
from html import escape, unescape
from typing import Any, Literal
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.db.activities import AssignmentState, Part
from bot.programme.model import Programme
from bot.texts import Html, Texts
from bot.ui.invite import InviteName, StaffCard
from bot.ui.screen import GO, Row, button, go

# So that nothing outgrows Telegram's 4096 characters, however much is late.
LINES = 20
# A due date so near is marked.
NEAR = 3


class TaskDo(CallbackData, prefix="tk"):
    """What to do with one's part; `see` shows it below the reminder instead of in its place."""

    assignment_id: int
    action: Literal["open", "see", "done", "start", "move", "decline", "files"]


class TaskSend(CallbackData, prefix="tks"):
    """Send the report that was looked over."""

    draft: int


class TaskDay(CallbackData, prefix="tkd"):
    """Another date for one's part, as one would type it ("30.10.2026")."""

    assignment_id: int
    day: str


class ActivityCalendar(CallbackData, prefix="apc"):
    """One's own dates as a file for the phone's calendar, or everybody's."""

    whose: Literal["own", "all"]


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


class ActivityNobody(CallbackData, prefix="apn"):
    """What reminders do not reach anybody about."""


class PartPick(CallbackData, prefix="app"):
    """A page (from 0) of the parts of an occurrence."""

    occurrence_id: int
    page: int


class PartGive(CallbackData, prefix="apg"):
    """A page (from 0) of the staff, to give a part to one of them."""

    assignment_id: int
    page: int


class PartTo(CallbackData, prefix="apt"):
    """Give a part to somebody: `ask` from when, only this `once`, or from now `on`."""

    assignment_id: int
    staff_id: int
    scope: Literal["ask", "once", "on"]


class DateRequests(CallbackData, prefix="apr"):
    """The requests for another date that wait."""


class DateDo(CallbackData, prefix="apd"):
    """Look at a request for another date, agree, or refuse."""

    request_id: int
    action: Literal["open", "agree", "refuse"]


# --- words -----------------------------------------------------------------------------------------------


def left(t: Texts, days: int) -> Html:
    """How far off a due date is."""
    return t("activity-late", days=-days) if days < 0 else t("activity-left", days=days)


def title_of(t: Texts, programme: Programme, key: str) -> str:
    """The number and the short title; the key of what the programme no longer has."""
    for activity in programme.activities:
        if activity.key == key:
            return f"{activity.number} {activity.short if t.language == 'ru' else activity.short_en}"
    return key


def item_title(t: Texts, item: Mapping[str, Any]) -> str:
    """The number and the short title in a message."""
    return f"{item['number']} {item['title' if t.language == 'ru' else 'title_en']}".strip()


def item_due(t: Texts, item: Mapping[str, Any]) -> str:
    """The due date in a message."""
    return t.day(date.fromisoformat(item["due"]))


def sign_of(state: AssignmentState, days: int) -> str:
    """A sign for a part that is due in so many days."""
    if state == AssignmentState.ACCEPTED:
        return "✅"
    if state == AssignmentState.REPORTED:
        return "🟡"
    if state == AssignmentState.RETURNED:
        return "↩️"
    return "🔴" if days < 0 else "⏰" if days <= NEAR else "⚪"


def pick(t: Texts, sign: str, due_on: date, title: str) -> str:
    """The label of a button that opens a part or an occurrence."""
    # The date first: a phone cuts the end of a long button.
    return unescape(t("activity-pick", sign=sign, date=f"{due_on:%d.%m}", title=title))


def quote(text: str) -> str:
    """Somebody's words."""
    return f"<blockquote>{escape(text, quote=False)}</blockquote>"


def more(t: Texts, count: int) -> list[str]:
    """That there are so many more, where there are."""
    return [t("activity-more", count=count)] if count > 0 else []


def local_day(t: Texts, at: datetime, zone: ZoneInfo) -> str:
    """The school's day of a moment."""
    return t.day(at.astimezone(zone).date())


def official(t: Texts, programme: Programme, key: str) -> str:
    """What the document says."""
    for activity in programme.activities:
        if activity.key == key:
            return f"<b>{activity.number}</b> {escape(activity.title, quote=False)}"
    return escape(key, quote=False)


def tasks_back(t: Texts) -> InlineKeyboardButton:
    """The button to the list of one's tasks."""
    return button(t("tasks-back"), GO + "tasks")


def activities_back(t: Texts) -> InlineKeyboardButton:
    """The button to all activities."""
    return button(t("activities-back"), GO + "activities")


def report_head(t: Texts, title: str, due_on: date, name: str) -> Html:
    """What a report is about and whose it is."""
    return t("activity-report-head", title=title, due=t.day(due_on), name=name)


def decide_row(t: Texts, report_id: int) -> Row:
    """The buttons under a report."""
    return [
        button(t("activity-accept"), ReportDo(report_id=report_id, action="accept")),
        button(t("activity-return"), ReportDo(report_id=report_id, action="return")),
    ]


def request_row(t: Texts, request_id: int) -> Row:
    """The buttons under a request for another date."""
    return [
        button(t("activity-agree"), DateDo(request_id=request_id, action="agree")),
        button(t("activity-refuse"), DateDo(request_id=request_id, action="refuse")),
    ]


def remedy(t: Texts, programme: Programme, part: Part) -> Row:
    """The press that brings whoever has a part to the bot; none where only giving it to somebody helps."""
    if part.person_id is not None or part.refused_id is not None:
        return []
    if part.staff_id is not None:
        return [button(t("activity-invite"), StaffCard(staff_id=part.staff_id, action="invite"))]
    if part.responsible in programme.people:
        index = programme.people.index(part.responsible)
        return [button(t("activity-invite"), InviteName(index=index))]
    return [go(t, "invite")]
