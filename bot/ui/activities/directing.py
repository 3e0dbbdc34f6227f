"""Activities for the director: buttons and words."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import unescape

from aiogram.types import InlineKeyboardButton

from bot.db.accounts import StaffRow
from bot.db.activities import AssignmentState, Part, Report, Wish
from bot.features.activities import OccurrenceState, Stage, Unassigned
from bot.features.activities.reporting import Card
from bot.programme.model import Programme
from bot.texts import Html, Texts
from bot.ui.activities import (
    LINES,
    ActivityAccept,
    ActivityCalendar,
    ActivityNobody,
    ActivityOpen,
    ActivityReports,
    DateDo,
    DateRequests,
    PartGive,
    PartPick,
    PartTo,
    ReportDo,
    TaskDo,
    activities_back,
    decide_row,
    left,
    more,
    official,
    pick,
    quote,
    remedy,
    report_head,
    request_row,
    sign_of,
    title_of,
)
from bot.ui.screen import Row, Screen, button, go, keyboard, rows, turns

STAGES = 4
PARTS = 12
PAGE = 16

SIGNS = {
    OccurrenceState.OVERDUE: "🔴",
    OccurrenceState.REPORTED: "🟡",
    OccurrenceState.RETURNED: "↩️",
    OccurrenceState.OPEN: "⚪",
    OccurrenceState.PLANNED: "⚪",
    OccurrenceState.ACCEPTED: "✅",
}


def overview(
    t: Texts,
    programme: Programme,
    found: Mapping[str, Sequence[Stage]],
    absent: Sequence[Unassigned],
    reports: int,
    requests: int,
    today: date,
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
            title = title_of(t, programme, activity.key)
            stages = found[activity.key]
            if stages:
                sign, stage = _worst(stages)
                lines.append(t("activities-line", sign=sign, title=title, due=t.day(stage.due_on, today)))
            else:
                sign = "➖"
                lines.append(t("activities-line-none", title=title))
            buttons.append(button(f"{sign} {activity.number}", ActivityOpen(key=activity.key)))
        blocks.append(Html("\n".join(lines)))
        keys += rows(buttons, 4)
    blocks.append(t("activities-legend"))
    if absent:
        names = names_of(t, absent)
        listed = ", ".join(names[:LINES]) + "".join(f" {words}" for words in more(t, len(names) - LINES))
        blocks.append(t("activities-absent", names=listed))
    nobody = [nobody_button(t)] if absent else []
    calendar = [button(t("activity-calendar-all"), ActivityCalendar(whose="all"))]
    waiting = waiting_rows(t, reports, requests)
    return Screen("\n\n".join(blocks), keyboard(*waiting, *keys, nobody, calendar, [go(t, "menu")]))


def names_of(t: Texts, absent: Sequence[Unassigned]) -> list[str]:
    """Whom reminders do not reach; who is with the bot, and has said that it is not theirs, is told apart."""
    return [t("activities-refused", name=each.name) if each.refused else each.name for each in absent]


def waiting_rows(t: Texts, reports: int, requests: int) -> list[Row]:
    """The buttons to what waits for a director's answer."""
    found: list[Row] = []
    if reports:
        found.append([button(t("activities-reports", count=reports), ActivityReports())])
    if requests:
        found.append([button(t("activities-requests", count=requests), DateRequests())])
    return found


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
        official(t, programme, activity.key),
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
        due = f"{sign} <b>{t.day(stage.due_on, today)}</b>"
        if stage.state == OccurrenceState.REPORTED:  # late is the answer, if anything
            due = f"{due}, {t('activity-all-reported')}"
        elif stage.state != OccurrenceState.ACCEPTED:
            due = f"{due}, {left(t, days)}"
        lines += ["", due]
        lines += [_part(t, part, today) for part in stage.parts[:PARTS]]
        lines += more(t, len(stage.parts) - PARTS)
        when = f"{stage.due_on:%d.%m}"
        whose = PartPick(occurrence_id=stage.occurrence_id, page=0)
        buttons.append([button(t("activity-parts", date=when), whose)])
        if any(part.state == AssignmentState.REPORTED for part in stage.parts):
            data = ActivityAccept(occurrence_id=stage.occurrence_id, action="reports")
            buttons.append([button(t("activity-accept-all", date=when), data)])
        if stage.state != OccurrenceState.PLANNED and any(part.unfinished for part in stage.parts):
            data = ActivityAccept(occurrence_id=stage.occurrence_id, action="ask")
            buttons.append([button(t("activity-close", date=when), data)])
    lines += more(t, len(found.stages) - STAGES)
    return Screen("\n".join(lines), keyboard(*buttons, [activities_back(t)], [go(t, "menu")]))


def _part(t: Texts, part: Part, today: date) -> Html:
    line = t("activity-part", name=part.name, state=_part_state(t, part))
    if part.passed_on:
        line = t("activity-part-passed-on", line=line, name=part.named)
    if part.unfinished and part.due_on != part.planned_on:
        line = t("activity-part-moved", line=line, due=t.day(part.due_on, today))
    return line


def _part_state(t: Texts, part: Part) -> Html:
    if part.unfinished and part.staff_id is None:
        return t("activity-part-refused" if part.refused_id else "activity-part-nobody")
    if part.unfinished and part.person_id is None:
        return t("activity-part-absent")
    if part.state == AssignmentState.OPEN and part.in_progress_at is not None:
        return t("activity-part-started")
    return t(f"activity-part-{part.state}")


def close_ask(t: Texts, programme: Programme, stage: Stage) -> Screen:
    """Whether it is really to be closed as it is."""
    key = stage.parts[0].activity_key
    words = t("activity-close-ask", title=title_of(t, programme, key), due=t.day(stage.due_on))
    sure = button(t("activity-close-sure"), ActivityAccept(occurrence_id=stage.occurrence_id, action="close"))
    return Screen(words, keyboard([sure], [button(t("activity-close-not"), ActivityOpen(key=key))]))


def reports(t: Texts, programme: Programme, found: Sequence[Report]) -> Screen:
    """The reports that wait, the oldest first."""
    if not found:
        return Screen(t("activity-reports-none"), keyboard([activities_back(t)], [go(t, "menu")]))
    buttons = [
        button(
            f"{report.staff_name} · {title_of(t, programme, report.activity_key)}",
            ReportDo(report_id=report.id, action="open"),
        )
        for report in found[:LINES]
    ]
    text = "\n".join([t("activity-reports-title"), *more(t, len(found) - LINES)])
    return Screen(text, keyboard(*rows(buttons), [activities_back(t)], [go(t, "menu")]))


def report(t: Texts, programme: Programme, found: Report, *, opened: bool = False) -> Screen:
    """One report, and what was said to it or can be; its files above it where it is being `opened`."""
    title = title_of(t, programme, found.activity_key)
    lines = [report_head(t, title, found.due_on, found.staff_name), quote(found.text)]
    if found.files:
        lines.append(t("task-draft-files", count=len(found.files)))
    if found.accepted:
        lines.append(t("activity-report-accepted"))
    elif found.accepted is False:
        lines += [t("activity-report-returned"), quote(found.comment or "")]
    decide = decide_row(t, found.id) if found.accepted is None else []
    back = button(t("activity-reports-back"), ActivityReports())
    files = found.files if opened else ()
    return Screen("\n".join(lines), keyboard(decide, [back], [go(t, "menu")]), files=files)


def ask_comment(t: Texts, found: Report, limit: int) -> Screen:
    """What should be added?"""
    words = t("activity-ask-comment", name=found.staff_name, limit=limit)
    return Screen(words, keyboard([go(t, "cancel")]))


# --- whose it is -------------------------------------------------------------------------------------------


def nobody_button(t: Texts) -> InlineKeyboardButton:
    """The button to what nobody is reminded of."""
    return button(t("activities-nobody"), ActivityNobody())


def nobodys(t: Texts, programme: Programme, found: Sequence[Part], today: date) -> Screen:
    """What nobody is reminded of, why, and for each the press that helps: give it to somebody, or invite."""
    if not found:
        return Screen(t("activities-nobody-none"), keyboard([activities_back(t)], [go(t, "menu")]))
    lines: list[str] = [t("activities-nobody-title"), ""]
    buttons: list[Row] = []
    for part in found[:LINES]:
        title, due = title_of(t, programme, part.activity_key), t.day(part.due_on, today)
        line = t("activity-line-done", sign="❓", title=title, due=due)
        lines += [line, _part(t, part, today)]
        label = pick(t, "→", part.due_on, title)
        give = button(label, PartGive(assignment_id=part.id, page=0))
        buttons.append([give, *remedy(t, programme, part)])
    lines += more(t, len(found) - LINES)
    return Screen("\n".join(lines), keyboard(*buttons, [activities_back(t)], [go(t, "menu")]))


def parts(t: Texts, programme: Programme, stage: Stage, page: int, today: date) -> Screen:
    """Whose part? A page of them."""
    pages = -(-len(stage.parts) // PAGE)
    page = min(max(page, 0), pages - 1)
    key = stage.parts[0].activity_key
    buttons = [
        button(
            f"{sign_of(part.state, (part.due_on - today).days)} {part.name}",
            TaskDo(assignment_id=part.id, action="open"),
        )
        for part in stage.parts[page * PAGE : (page + 1) * PAGE]
    ]
    turn = turns(page, pages, lambda to: PartPick(occurrence_id=stage.occurrence_id, page=to))
    words = t("activity-parts-title", title=title_of(t, programme, key), due=t.day(stage.due_on, today))
    back = button(t("activity-back"), ActivityOpen(key=key))
    return Screen(words, keyboard(*rows(buttons), turn, [back]))


def give(t: Texts, programme: Programme, part: Part, staff: Sequence[StaffRow], page: int) -> Screen:
    """To whom? A page of the staff; who is not with the bot is marked."""
    others = [row for row in staff if row.id != part.staff_id]
    pages = max(-(-len(others) // PAGE), 1)
    page = min(max(page, 0), pages - 1)
    buttons = [
        button(
            row.name if row.connected else f"❓ {row.name}",
            PartTo(assignment_id=part.id, staff_id=row.id, scope="ask"),
        )
        for row in others[page * PAGE : (page + 1) * PAGE]
    ]
    turn = turns(page, pages, lambda to: PartGive(assignment_id=part.id, page=to))
    title, due = title_of(t, programme, part.activity_key), t.day(part.due_on)
    lines: list[str] = [t("activity-give-ask", title=title, due=due, name=part.named)]
    if part.refused_id:
        lines += [t("task-refused"), quote(part.refusal or "")]
    lines += ["", t("activity-give-whom")]
    if not all(row.connected for row in others):
        lines.append(t("activity-give-absent"))
    back = button(t("task-back"), TaskDo(assignment_id=part.id, action="open"))
    return Screen("\n".join(lines), keyboard(*rows(buttons, 2), turn, [back]))


def give_when(t: Texts, programme: Programme, part: Part, to: StaffRow) -> Screen:
    """Only this time, or from now on?"""
    title, due = title_of(t, programme, part.activity_key), t.day(part.due_on)
    words = t("activity-give-when", title=title, due=due, name=to.name)
    once = PartTo(assignment_id=part.id, staff_id=to.id, scope="once")
    on = PartTo(assignment_id=part.id, staff_id=to.id, scope="on")
    return Screen(
        words,
        keyboard(
            [button(t("activity-give-once"), once)],
            [button(t("activity-give-on"), on)],
            [button(t("task-back"), TaskDo(assignment_id=part.id, action="open"))],
        ),
    )


# --- another date ------------------------------------------------------------------------------------------


def requests(t: Texts, programme: Programme, found: Sequence[Wish]) -> Screen:
    """The requests for another date that wait, the oldest first."""
    if not found:
        return Screen(t("activity-requests-none"), keyboard([activities_back(t)], [go(t, "menu")]))
    buttons = [
        button(
            f"{wish.name or ''} · {title_of(t, programme, wish.activity_key)}",
            DateDo(request_id=wish.id, action="open"),
        )
        for wish in found[:LINES]
    ]
    text = "\n".join([t("activity-requests-title"), *more(t, len(found) - LINES)])
    return Screen(text, keyboard(*rows(buttons), [activities_back(t)], [go(t, "menu")]))


def request(t: Texts, programme: Programme, found: Wish) -> Screen:
    """One request, and what was said to it or can be."""
    title = title_of(t, programme, found.activity_key)
    lines = [
        t(
            "activity-request-head",
            title=title,
            name=found.name or "",
            was=t.day(found.was_due),
            wanted=t.weekday(found.wanted_on),
        ),
        quote(found.reason),
    ]
    if found.agreed:
        lines.append(t("activity-request-agreed"))
    elif found.agreed is False:
        lines += [t("activity-request-refused"), quote(found.comment or "")]
    elif found.decided_at is not None:
        lines.append(t("activity-request-lapsed"))
    decide = request_row(t, found.id) if found.decided_at is None else []
    card = button(t("task-back"), TaskDo(assignment_id=found.assignment_id, action="open"))
    return Screen("\n".join(lines), keyboard(decide, [card], [activities_back(t)]))


def ask_refusal(t: Texts, found: Wish, limit: int) -> Screen:
    """Why not?"""
    words = t("activity-ask-refusal", name=found.name or "", limit=limit)
    return Screen(words, keyboard([go(t, "cancel")]))
