"""Learning routes: buttons and words for the staff; what guardians get is in agreeing.py."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape, unescape
from typing import Any, Literal
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.db.outbox import File
from bot.db.risk.routes import AnswerKind, Place, ProgressMark, ResultKind, RouteMessage, RouteProgress, Sheet
from bot.features.risk.routes import Asked, Opened
from bot.features.risk.rules import Changes
from bot.texts import Html, Texts
from bot.ui.screen import Row, Screen, button, fit_latest, go, keyboard, rows, shorten

# So many weeks are shown.
WEEKS_SHOWN = 6
DraftPart = Literal[
    "look", "goal", "measures", "dates", "champion", "file", "nofile", "send", "sure", "discard"
]


class RouteOpen(CallbackData, prefix="rto"):
    """What was sent last of a pupil's route, for the staff; or the file that goes with it."""

    pupil_id: int
    file: bool = False


class RouteWrite(CallbackData, prefix="rtw"):
    """Write a pupil's route; `anew`: from its goal on, else change what was sent last."""

    pupil_id: int
    anew: bool


class RouteEdit(CallbackData, prefix="rte"):
    """What to do with a draft."""

    version_id: int
    what: DraftPart


class RouteChampion(CallbackData, prefix="rtc"):
    """This member of staff answers for the draft."""

    version_id: int
    staff_id: int


class RoutePaper(CallbackData, prefix="rtp"):
    """A guardian agreed on paper so many days ago; None: ask when."""

    version_id: int
    guardian_id: int
    days_ago: int | None = None


class RouteTo(CallbackData, prefix="rtt"):
    """Write to a guardian about the route."""

    version_id: int
    guardian_id: int


class RouteWeek(CallbackData, prefix="rtk"):
    """How a week of a pupil's route went; no mark: ask. The week is its Monday's ordinal, 0: the last one."""

    pupil_id: int
    week: int = 0
    mark: ProgressMark | None = None


class RouteWords(CallbackData, prefix="rtq"):
    """Add words to what was said of a week."""

    pupil_id: int
    week: int


class RouteCycle(CallbackData, prefix="rty"):
    """What a cycle came to, and whether it goes on; None: ask."""

    version_id: int
    result: ResultKind | None = None
    go_on: bool | None = None


# --- a version in words ----------------------------------------------------------------------------------


def _span(t: Texts, first: str | date, last: str | date) -> Html:
    """From a day to a day."""
    one, other = (date.fromisoformat(d) if isinstance(d, str) else d for d in (first, last))
    return t("route-span", first=t.day(one, other), last=f"{t.day(other)} {other.year}")


def plan_text(
    t: Texts,
    goal: str,
    measures: Sequence[str],
    first: str | date,
    last: str | date,
    champion: str,
    file: Sequence[str],
) -> str:
    """Goal, measures, dates, who answers for it."""
    lines = [
        f"{t('route-goal')} {escape(goal, quote=False)}" if goal else t("route-goal-missing"),
        t("route-measures") if measures else t("route-measures-missing"),
        *(f"• {escape(line, quote=False)}" for line in measures),
        t("route-dates", span=_span(t, first, last)),
        t("route-champion", name=champion),
    ]
    if file:
        lines.append(t("route-file", name=File(*file).name or t("route-file-nameless")))
    return "\n".join(lines)


def sheet_text(t: Texts, sheet: Sheet) -> str:
    """The same of a version."""
    v = sheet.version
    return plan_text(t, v.goal, v.measures, v.starts_on, v.ends_on, sheet.champion, v.file)


def changes(t: Texts, found: Changes) -> Html:
    """What differs from the version before, field by field: was, became."""
    lines = [t("route-changes")]
    if found.goal:
        was, became = (shorten(text, 200) for text in found.goal)
        lines.append(t("route-changed-goal", was=was, became=became))
    lines += [t("route-taken-out", line=shorten(line, 100)) for line in found.taken_out]
    lines += [t("route-put-in", line=shorten(line, 100)) for line in found.put_in]
    if found.dates:
        was, became = (_span(t, *dates) for dates in found.dates)
        lines.append(t("route-changed-dates", was=was, became=became))
    if found.champion:
        lines.append(t("route-changed-champion", was=found.champion[0], became=found.champion[1]))
    if found.file:
        lines.append(t("route-changed-file"))
    return Html("\n".join(lines))


def weeks_text(t: Texts, told: Sequence[RouteProgress]) -> list[str]:
    """The latest weeks, a line each."""
    lines = []
    for each in told[-WEEKS_SHOWN:]:
        day, mark = t.day(each.week), t(f"route-mark-{each.mark}")
        line = t("route-week-line", day=day, sign=t(f"route-sign-{each.mark}"), mark=mark)
        lines.append(f"{line}: {escape(shorten(each.words, 100), quote=False)}" if each.words else line)
    return [t("route-weeks"), *lines] if lines else []


def thread_text(t: Texts, head: str, messages: Sequence[tuple[RouteMessage, str]], zone: ZoneInfo) -> str:
    """The head and as many of the latest messages as there is room for; each comes with who wrote it."""
    lines = []
    for message, who in messages:
        at = f"{message.created_at.astimezone(zone):%d.%m %H:%M}"
        said = escape(message.text, quote=False) if message.text else f"<i>{t('route-erased')}</i>"
        lines.append(f"{t('route-said', at=at, who=who)} {said}")
    return fit_latest(f"{head}\n", lines, t("route-thread-cut"), between="\n") if lines else head


# --- the staff write -------------------------------------------------------------------------------------


def ask_goal(t: Texts, name: str) -> Screen:
    """What is the goal?"""
    return Screen(t("route-ask-goal", name=name), keyboard([go(t, "cancel")]))


def ask_measures(t: Texts, lines: int) -> Screen:
    """Which measures?"""
    return Screen(t("route-ask-measures", lines=lines), keyboard([go(t, "cancel")]))


def ask_dates(t: Texts, sheet: Sheet) -> Screen:
    """From when to when?"""
    back = _edit(t, sheet, "look", "route-back")
    span = _span(t, sheet.version.starts_on, sheet.version.ends_on)
    return Screen(t("route-ask-dates", span=span), keyboard([back]))


def ask_file(t: Texts, sheet: Sheet) -> Screen:
    """Which file?"""
    remove = [_edit(t, sheet, "nofile", "route-remove-file")] if sheet.version.file else []
    return Screen(t("route-ask-file"), keyboard(remove, [_edit(t, sheet, "look", "route-back")]))


def ask_champion(t: Texts, sheet: Sheet, staff: Sequence[tuple[int, str]]) -> Screen:
    """Who answers for it?"""
    version = sheet.version.id
    buttons = [
        button(
            f"✓ {name}" if id_ == sheet.version.champion_id else name,
            RouteChampion(version_id=version, staff_id=id_),
        )
        for id_, name in staff
    ]
    back = [_edit(t, sheet, "look", "route-back")]
    return Screen(t("route-ask-champion"), keyboard(*rows(buttons, 2), back))


def _edit(t: Texts, sheet: Sheet, what: DraftPart, label: str) -> InlineKeyboardButton:
    return button(t(label), RouteEdit(version_id=sheet.version.id, what=what))


def draft(t: Texts, sheet: Sheet) -> Screen:
    """A draft as it stands, and what can be done with it."""
    head = t("route-draft", name=sheet.pupil.name, class_name=sheet.school_class.name)
    parts: tuple[DraftPart, ...] = ("goal", "measures", "dates", "champion", "file")
    edit = [_edit(t, sheet, part, f"route-edit-{part}") for part in parts]
    ready = sheet.version.goal and sheet.version.measures
    send = [_edit(t, sheet, "send", "route-send")] if ready else []
    discard = [_edit(t, sheet, "discard", "route-discard")]
    return Screen(
        f"{head}\n\n{sheet_text(t, sheet)}",
        keyboard(*rows(edit, 2), send, discard, [go(t, "menu")]),
        protect=True,
    )


def send_ask(t: Texts, sheet: Sheet) -> Screen:
    """What the guardians will see; whether to send it."""
    message = t("route-message", child=sheet.pupil.first_name)
    parts = (t("route-send-ask"), message, sheet_text(t, sheet), t("route-message-ask"))
    sure = [_edit(t, sheet, "sure", "route-send-sure")]
    return Screen("\n\n".join(parts), keyboard(sure, [_edit(t, sheet, "look", "route-back")]), protect=True)


def sent(t: Texts, sheet: Sheet, to: Sequence[tuple[Place, bool]]) -> Screen:
    """Who gets it, and who has to be asked on paper."""
    lines = [t("route-sent", name=sheet.pupil.name)]
    for reached, key in ((True, "route-sent-to"), (False, "route-sent-paper")):
        names = [_who(t, place) for place, by_message in to if by_message == reached]
        if names:
            lines.append(t(key, names=shorten(", ".join(names), 300)))
    if not to:
        lines.append(t("route-sent-nobody"))
    see = button(t("route-see"), RouteOpen(pupil_id=sheet.pupil.id))
    return Screen("\n\n".join(lines), keyboard([see], [go(t, "risk")]))


def _who(t: Texts, place: Place) -> str:
    return ", ".join(filter(None, (place.relation, place.name))) or unescape(t("route-a-guardian"))


def discarded(t: Texts) -> Screen:
    """The draft is put aside."""
    return Screen(t("route-discarded"), keyboard([go(t, "risk")], [go(t, "menu")]))


# --- the staff look --------------------------------------------------------------------------------------


def opened(t: Texts, found: Opened, today: date, zone: ZoneInfo) -> Screen:
    """What was sent last: the guardians' answers, the weeks, the thread."""
    sheet = found.sheet
    version, pupil = sheet.version, sheet.pupil
    lines = [
        t("route-title", name=pupil.name, class_name=sheet.school_class.name, number=version.number or 0),
        "",
        sheet_text(t, sheet),
        "",
        t("route-answers"),
        *(_asked(t, each, today) for each in found.asked),
    ]
    if not found.asked:
        lines.append(t("route-sent-nobody"))
    weeks = weeks_text(t, found.progress)
    if weeks:
        lines += ["", *weeks]
    if sheet.result:
        lines += ["", t("route-result", result=t(f"route-result-{sheet.result}"))]
    if sheet.route.ended_on:
        lines += ["", t("route-over", day=t.day(sheet.route.ended_on, today))]
    relations = {each.place.id: each.place.relation for each in found.asked}
    nameless = unescape(t("route-a-guardian"))
    said = [(m, who or relations.get(m.guardian_id) or nameless) for m, who in found.messages]
    text = thread_text(t, "\n".join(lines), said, zone)
    return Screen(text, keyboard(*_staff_buttons(t, found, today)), protect=True)


def _asked(t: Texts, asked: Asked, today: date) -> str:
    """A guardian and how far it has come with them."""
    who = shorten(_who(t, asked.place), 100)
    if asked.answer is not None:
        day = t.day(asked.answer.on_day, today)
        key = "paper" if asked.answer.logged_by is not None else asked.answer.answer.value
        line = t(f"route-answered-{key}", who=who, day=day)
        reason = shorten(asked.answer.reason, 200)
        return f"{line} «{escape(reason, quote=False)}»" if reason else line
    if asked.place.person_id is None:
        return t("route-asked-absent", who=who)
    copy = asked.copy
    if copy is None:
        return t("route-asked-later", who=who)
    state = "seen" if copy.seen_at else "delivered" if copy.delivered_at else "waiting"
    if copy.unreachable_at and not copy.seen_at:
        state = "unreachable"
    return t("route-asked", who=who, state=t(f"route-state-{state}"))


def _staff_buttons(t: Texts, found: Opened, today: date) -> list[Row]:
    sheet = found.sheet
    version, pupil = sheet.version, sheet.pupil
    buttons: list[Row] = []
    if sheet.route.ended_on is None:
        if found.draft_id is not None:
            buttons.append([button(t("route-to-draft"), RouteEdit(version_id=found.draft_id, what="look"))])
        elif sheet.result is None:
            buttons.append([button(t("route-change"), RouteWrite(pupil_id=pupil.id, anew=False))])
        if sheet.result is None and version.starts_on <= today:
            week = button(t("route-week"), RouteWeek(pupil_id=pupil.id))
            buttons.append([week, button(t("route-cycle"), RouteCycle(version_id=version.id))])
        for each in found.asked:
            label = each.place.relation or unescape(t("route-a-guardian"))
            ids = {"version_id": version.id, "guardian_id": each.place.id}
            if each.answer is None or each.answer.answer != AnswerKind.AGREED:
                buttons.append([button(unescape(t("route-paper", who=label)), RoutePaper(**ids))])
            if each.place.person_id is not None:
                buttons.append([button(unescape(t("route-write-to", who=label)), RouteTo(**ids))])
    file = [button(t("route-open-file"), RouteOpen(pupil_id=pupil.id, file=True))] if version.file else []
    return [*buttons, file, [go(t, "risk")]]


def file_alone(t: Texts, sheet: Sheet) -> Screen:
    """The file that goes with a route."""
    file = File(*sheet.version.file)
    text = t("route-file", name=file.name or t("route-file-nameless"))
    see = button(t("route-see"), RouteOpen(pupil_id=sheet.pupil.id))
    return Screen(text, keyboard([see]), protect=True, files=(file,))


def ask_paper(t: Texts, sheet: Sheet, place: Place) -> Screen:
    """When did they sign?"""
    ids = {"version_id": sheet.version.id, "guardian_id": place.id}
    near = [
        button(t("route-paper-today"), RoutePaper(**ids, days_ago=0)),
        button(t("route-paper-yesterday"), RoutePaper(**ids, days_ago=1)),
    ]
    text = t("route-ask-paper", child=sheet.pupil.name, who=_who(t, place))
    return Screen(text, keyboard(near, [go(t, "cancel")]))


def ask_to_guardian(t: Texts, sheet: Sheet, place: Place) -> Screen:
    """What shall the guardian be told?"""
    text = t("route-ask-to-guardian", child=sheet.pupil.first_name, who=_who(t, place))
    return Screen(text, keyboard([go(t, "cancel")]))


def written(t: Texts, sheet: Sheet, later: Html | None) -> Screen:
    """The guardian will be told."""
    see = button(t("route-see"), RouteOpen(pupil_id=sheet.pupil.id))
    return Screen("\n\n".join(filter(None, (t("route-written"), later))), keyboard([see], [go(t, "menu")]))


# --- weeks and cycles ------------------------------------------------------------------------------------


def _marks(t: Texts, pupil_id: int, week: date) -> Row:
    return [
        button(t(f"route-do-{mark}"), RouteWeek(pupil_id=pupil_id, week=week.toordinal(), mark=mark))
        for mark in ProgressMark
    ]


def ask_week(t: Texts, sheet: Sheet, week: date) -> Screen:
    """How did the week go?"""
    about = {"name": sheet.pupil.name, "class_name": sheet.school_class.name}
    text = "\n\n".join(
        [
            t("route-ask-week", day=t.day(week), **about),
            f"{t('route-goal')} {escape(sheet.version.goal, quote=False)}",
        ]
    )
    return Screen(text, keyboard(_marks(t, sheet.pupil.id, week), [go(t, "risk")]), protect=True)


def week_marked(t: Texts, sheet: Sheet, told: RouteProgress) -> Screen:
    """It is stored; words may be added, another mark takes its place."""
    mark = t(f"route-mark-{told.mark}")
    text = t("route-week-marked", name=sheet.pupil.name, day=t.day(told.week), mark=mark)
    if told.words:
        text = Html(f"{text}\n«{escape(told.words, quote=False)}»")
    pupil = sheet.pupil.id
    add = button(t("route-add-words"), RouteWords(pupil_id=pupil, week=told.week.toordinal()))
    return Screen(text, keyboard([add], _marks(t, pupil, told.week), [go(t, "risk")]), protect=True)


def ask_words(t: Texts) -> Screen:
    """Which words? The guardians will read them."""
    return Screen(t("route-ask-words"), keyboard([go(t, "cancel")]))


def ask_cycle(t: Texts, sheet: Sheet, told: Sequence[RouteProgress]) -> Screen:
    """What did the cycle come to?"""
    about = {"name": sheet.pupil.name, "class_name": sheet.school_class.name}
    lines = [t("route-ask-cycle", **about), f"{t('route-goal')} {escape(sheet.version.goal, quote=False)}"]
    weeks = weeks_text(t, told)
    if weeks:
        lines.append("\n".join(weeks))
    buttons = [
        [button(t(f"route-result-{each}"), RouteCycle(version_id=sheet.version.id, result=each))]
        for each in ResultKind
    ]
    return Screen("\n\n".join(lines), keyboard(*buttons, [go(t, "risk")]), protect=True)


def ask_go_on(t: Texts, sheet: Sheet, result: ResultKind) -> Screen:
    """Does it go on for six more weeks?"""
    words = t(f"route-result-{result}")
    text = t("route-ask-go-on", name=sheet.pupil.name, result=words)
    id_ = sheet.version.id
    on = button(t("route-go-on"), RouteCycle(version_id=id_, result=result, go_on=True))
    end = button(t("route-end"), RouteCycle(version_id=id_, result=result, go_on=False))
    back = button(t("route-back"), RouteCycle(version_id=id_))
    return Screen(text, keyboard([on], [end], [back]))


def ended(t: Texts, sheet: Sheet) -> Screen:
    """The route has ended; the guardians are told."""
    return Screen(t("route-ended-staff", name=sheet.pupil.name), keyboard([go(t, "risk")], [go(t, "menu")]))


# --- what those who answer for a route get ---------------------------------------------------------------


def _about(arguments: Mapping[str, Any]) -> dict[str, str]:
    return {"child": arguments["child"], "class_name": arguments["class_name"]}


def _to_staff(t: Texts, arguments: Mapping[str, Any]) -> list[Row]:
    a = arguments
    reply = button(t("route-reply"), RouteTo(version_id=a["version"], guardian_id=a["place"]))
    return [[reply, button(t("route-see"), RouteOpen(pupil_id=a["pupil"]))]]


def message_answer(t: Texts, arguments: Mapping[str, Any]) -> Screen:
    """What a guardian said to a version, as it reaches whoever answers for it."""
    a = arguments
    who = a["relation"] or unescape(t("route-a-guardian"))
    text = t(f"route-message-{a['answer']}", who=who, **_about(a))
    if a["reason"]:
        text = Html(f"{text}\n\n{escape(a['reason'], quote=False)}")
    return Screen(text, keyboard(*_to_staff(t, a)), protect=True)


def message_written(t: Texts, arguments: Mapping[str, Any]) -> Screen:
    """What a guardian wrote about the route, as it reaches whoever answers for it."""
    a = arguments
    who = a["relation"] or unescape(t("route-a-guardian"))
    text = f"{t('route-message-written', who=who, **_about(a))}\n\n{escape(a['text'], quote=False)}"
    return Screen(text, keyboard(*_to_staff(t, a)), protect=True)


def message_progress(t: Texts, arguments: Mapping[str, Any]) -> Screen:
    """On Friday: how did the week go?"""
    a = arguments
    week = date.fromisoformat(a["week"])
    text = f"{t('route-message-progress', **_about(a))}\n\n{t('route-goal')} {escape(a['goal'], quote=False)}"
    return Screen(text, keyboard(_marks(t, a["pupil"], week)), protect=True)


def message_cycle(t: Texts, arguments: Mapping[str, Any]) -> Screen:
    """At the end of a cycle: what did it come to?"""
    a = arguments
    text = f"{t('route-message-cycle', **_about(a))}\n\n{t('route-goal')} {escape(a['goal'], quote=False)}"
    return Screen(
        text, keyboard([button(t("route-cycle"), RouteCycle(version_id=a["version"]))]), protect=True
    )
