"""How each kind of message in the outbox is worded."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.texts import Texts
from bot.ui import activities, notes, surveys
from bot.ui.screen import Screen

RENDERS: Mapping[str, Callable[[Texts, dict[str, Any]], Screen]] = {
    "activity-reminder": activities.message_reminder,
    "activity-report": activities.message_report,
    "activity-decided": activities.message_decided,
    "activity-escalation": activities.message_escalation,
    "activity-digest": activities.message_digest,
    "note": notes.message,
    "note-reply": notes.message_reply,
    "note-answer": notes.message_answer,
    "note-call": notes.message_call,
    "survey": surveys.message,
    "survey-reminder": surveys.message_reminder,
    "survey-closed": surveys.message_closed,
}
