"""How each kind of message in the outbox is worded, and how the evening's digest tells of it."""

from collections.abc import Callable, Mapping
from typing import Any

from aiogram.types import InlineKeyboardButton

from bot.features.outbox import DIGEST
from bot.texts import Html, Texts
from bot.ui import (
    backup,
    declarations,
    documents,
    events,
    findings,
    health,
    indicators,
    invite,
    pupils,
    roster,
)
from bot.ui.activities import messages as activities
from bot.ui.declarations import visits
from bot.ui.feedback import messages as feedback
from bot.ui.notes import messages as notes
from bot.ui.risk import agreeing, marks, routes
from bot.ui.screen import Screen, go, keyboard
from bot.ui.surveys import answering as surveys
from bot.ui.surveys import results as survey_results

Render = Callable[[Texts, dict[str, Any]], Screen]

# One line without a person's words, and the button that opens what it tells of: for each kind with a topic.
DIGESTS: Mapping[str, Callable[[Texts, dict[str, Any]], tuple[Html, InlineKeyboardButton]]] = {
    "event": events.digest,
    "event-moved": events.digest_moved,
    "note": notes.digest,
    "note-reminder": notes.digest_reminder,
    "note-call-me": notes.digest_call_me,
    "route": agreeing.digest,
    "route-ended": agreeing.digest_ended,
    "survey": surveys.digest,
    "survey-reminder": surveys.digest,
    "finding-told": findings.digest_told,
    "survey-published": survey_results.digest_published,
    "ticket-closed": feedback.digest_closed,
    "ticket-passed": feedback.digest_passed,
}
DIGEST_MAX = 20


def digest(t: Texts, arguments: dict[str, Any]) -> Screen:
    """All that was held for the evening, or missed while the bot was closed: a line and a button each."""
    items = [DIGESTS[item["kind"]](t, item["arguments"]) for item in arguments["items"]]
    title = "digest-missed" if arguments.get("missed") else "digest-title"
    lines = [t(title, count=len(items)), "", *(f"• {line}" for line, _ in items[:DIGEST_MAX])]
    if len(items) > DIGEST_MAX:
        lines.append(t("digest-more", count=len(items) - DIGEST_MAX))
    buttons = [[opens] for _, opens in items[:DIGEST_MAX]]
    return Screen("\n".join(lines), keyboard(*buttons, [go(t, "menu")]), protect=True)


RENDERS: Mapping[str, Render] = {
    DIGEST: digest,
    "access-closed": invite.message_closed,
    "child-left": pupils.message_left,
    "activity-reminder": activities.reminder,
    "activity-report": activities.report,
    "activity-decided": activities.decided,
    "activity-escalation": activities.escalation,
    "activity-digest": activities.digest,
    "activity-date-asked": activities.date_asked,
    "activity-date-decided": activities.date_decided,
    "activity-given": activities.given,
    "activity-taken": activities.taken,
    "activity-declined": activities.declined,
    "backup": backup.message,
    "backup-failed": backup.message_failed,
    "backup-large": backup.message_large,
    "codes-guessed": invite.message_guessed,
    "declaration-ask": declarations.message_ask,
    "document-accepted": documents.message_accepted,
    "document-returned": documents.message_returned,
    "document-expiry": documents.message_expiry,
    "event": events.message,
    "event-again": events.message,
    "event-moved": events.message_moved,
    "event-cancelled": events.message_cancelled,
    "event-reminder": events.message_reminder,
    "event-organiser": events.message_organiser,
    "event-mark": events.message_mark,
    "finding": findings.message,
    "finding-done": findings.message_done,
    "finding-due": findings.message_due,
    "finding-told": findings.message_told,
    "health-disk": health.message_disk,
    "health-disk-over": health.message_disk_over,
    "health-inbox": health.message_inbox,
    "health-inbox-over": health.message_inbox_over,
    "health-outbox": health.message_outbox,
    "health-outbox-over": health.message_outbox_over,
    "health-tick": health.message_tick,
    "health-tick-over": health.message_tick_over,
    "lesson-visit": visits.message,
    "marks-proposed": marks.message_proposed,
    "note": notes.to_guardian,
    "note-changed": notes.to_guardian,
    "note-withdrawn": notes.withdrawn,
    "note-reminder": notes.reminder,
    "note-call-me": notes.call_me,
    "note-reply": notes.reply,
    "note-answer": notes.answer,
    "note-call": notes.call,
    "nudge-feedback": indicators.message_nudge,
    "nudge-register": indicators.message_register,
    "nudge-survey": indicators.message_survey,
    "route": agreeing.message,
    "route-ended": agreeing.message_ended,
    "route-reply": agreeing.message_reply,
    "route-answer": routes.message_answer,
    "route-message": routes.message_written,
    "route-progress": routes.message_progress,
    "route-cycle": routes.message_cycle,
    "survey": surveys.message,
    "survey-reminder": surveys.message_reminder,
    "survey-closed": survey_results.message_closed,
    "survey-not-opened": survey_results.message_not_opened,
    "survey-published": survey_results.message_published,
    "ticket": feedback.message,
    "ticket-answer": feedback.message_answer,
    "ticket-closed": feedback.message_closed,
    "ticket-closed-by-author": feedback.message_closed_by_author,
    "ticket-given": feedback.message_given,
    "ticket-late": feedback.message_late,
    "ticket-passed": feedback.message_passed,
    "year-turned": roster.message_turned,
}
