"""How an announcement is getting on: buttons and words for the admin."""

from math import ceil
from typing import Literal
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.db.outbox import Spread
from bot.features.outbox.announcing import Announcement, Kind
from bot.texts import Texts
from bot.ui.events import EventCard
from bot.ui.screen import Row, Screen, button, keyboard
from bot.ui.surveys import SurveyCard

Action = Literal["look", "ask", "stop", "go_on"]


class Announced(CallbackData, prefix="ann"):
    """How it is getting on; whether to stop it; stop it, go on with it."""

    kind: Kind
    subject_id: int
    action: Action = "look"


def progress(t: Texts, kind: Kind, subject_id: int, spread: Spread | None = None) -> Row:
    """The row that leads to how it is getting on; empty where `spread` has nothing to wait for."""
    if spread is not None and not spread.waiting and not spread.stopped:
        return []
    return [button(t("announcement-progress"), Announced(kind=kind, subject_id=subject_id))]


def announcement(t: Texts, found: Announcement, zone: ZoneInfo) -> Screen:
    """Who has it, who waits for it, whom it did not reach."""
    spread = found.spread
    lines = [_title(t, found), "", t("announcement-sent", sent=spread.sent, total=spread.total)]
    if spread.due:
        minutes = ceil(found.seconds / 60) if found.seconds > 60 else 0
        lines.append(t("announcement-due", people=spread.due, minutes=minutes))
    if spread.later and spread.first_at:
        at = t.moment(spread.first_at.astimezone(zone))
        lines.append(t("announcement-later", people=spread.later, at=at))
    if spread.unreachable:
        lines.append(t("announcement-unreachable", people=spread.unreachable))
    if spread.failed:
        lines.append(t("announcement-failed", people=spread.failed))
    if spread.stopped:
        key = "announcement-stopped-over" if found.over else "announcement-stopped"
        lines += ["", t(key, people=spread.stopped)]
    elif not spread.waiting:
        lines += ["", t("announcement-out")]

    def to(action: Action) -> InlineKeyboardButton:
        data = Announced(kind=found.kind, subject_id=found.subject_id, action=action)
        return button(t(f"announcement-{action}"), data)

    again = [to("look"), to("ask")] if spread.waiting else []
    go_on = [to("go_on")] if spread.stopped and not found.over else []
    return Screen("\n".join(lines), keyboard(again, go_on, [_back(t, found)]))


def stop_ask(t: Texts, found: Announcement) -> Screen:
    """Whether to stop it, and who will not get it."""
    yes = Announced(kind=found.kind, subject_id=found.subject_id, action="stop")
    no = Announced(kind=found.kind, subject_id=found.subject_id)
    words = [_title(t, found), "", t("announcement-stop-ask", people=found.spread.waiting)]
    buttons = [button(t("announcement-stop"), yes)], [button(t("announcement-stop-not"), no)]
    return Screen("\n".join(words), keyboard(*buttons))


def _title(t: Texts, found: Announcement) -> str:
    return t(f"announcement-of-{found.kind}", title=found.title)


def _back(t: Texts, found: Announcement) -> InlineKeyboardButton:
    if found.kind == Kind.EVENT:
        return button(t("announcement-to-event"), EventCard(event_id=found.subject_id))
    return button(t("announcement-to-survey"), SurveyCard(survey_id=found.subject_id))
