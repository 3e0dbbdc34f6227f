"""Learning routes before the guardians: what reaches them, what they look at, what they answer."""

from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import Any, Literal
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.db.outbox import File
from bot.db.risk.routes import AnswerKind, RouteMessage
from bot.features.risk.routes import OwnRoute
from bot.features.risk.rules import Changes
from bot.texts import Html, Texts
from bot.ui.risk.routes import changes, plan_text, sheet_text, thread_text, weeks_text
from bot.ui.screen import Row, Screen, button, go, keyboard


class RouteOwn(CallbackData, prefix="rta"):
    """What a guardian does with a version of their child's route."""

    version_id: int
    action: Literal["open", "agree", "discuss", "refuse", "write"]


def _answer_buttons(t: Texts, version_id: int) -> list[Row]:
    def own(action: Literal["agree", "discuss", "refuse"]) -> InlineKeyboardButton:
        return button(t(f"route-own-{action}"), RouteOwn(version_id=version_id, action=action))

    return [[own("agree")], [own("discuss"), own("refuse")]]


def message(t: Texts, arguments: Mapping[str, Any]) -> Screen:
    """A version as it reaches a guardian: what is new to them first where they know an earlier one."""
    a = arguments
    plan = plan_text(t, a["goal"], a["measures"], a["from"], a["to"], a["champion"], a["file"])
    new = _changes_of(a["changes"])
    head = t("route-message-changed" if new else "route-message", child=a["child"])
    parts = [head, changes(t, new) if new else "", plan, t("route-message-ask")]
    see = [button(t("route-own-open"), RouteOwn(version_id=a["version"], action="open"))]
    files = (File(*a["file"]),) if a["file"] else ()
    text = "\n\n".join(filter(None, parts))
    return Screen(text, keyboard(*_answer_buttons(t, a["version"]), see), protect=True, files=files)


def _changes_of(values: Mapping[str, Any] | None) -> Changes | None:
    """Changes as they come back from the outbox, where tuples are lists."""
    if values is None:
        return None
    found = Changes(**values)
    return found if found.any else None


def digest(t: Texts, arguments: Mapping[str, Any]) -> tuple[Html, InlineKeyboardButton]:
    """The route's line in the evening's digest, and the button that opens it."""
    line = t("route-digest", child=arguments["child"])
    return line, _opens(t, arguments)


def digest_ended(t: Texts, arguments: Mapping[str, Any]) -> tuple[Html, InlineKeyboardButton]:
    """That it has ended, in the evening's digest."""
    return t("route-digest-ended", child=arguments["child"]), _opens(t, arguments)


def _opens(t: Texts, arguments: Mapping[str, Any]) -> InlineKeyboardButton:
    label = unescape(t("route-digest-open", child=arguments["child"]))
    return button(label, RouteOwn(version_id=arguments["version"], action="open"))


def message_ended(t: Texts, arguments: Mapping[str, Any]) -> Screen:
    """That the route has ended, as it reaches a guardian."""
    a = arguments
    lines = [t("route-message-ended", child=a["child"])]
    if a["result"]:
        lines.append(t("route-own-result", result=t(f"route-result-{a['result']}")))
    lines.append(t("route-message-thanks"))
    see = button(t("route-own-open"), RouteOwn(version_id=a["version"], action="open"))
    return Screen("\n\n".join(lines), keyboard([see]), protect=True)


def own_line(t: Texts, own: OwnRoute) -> tuple[Html, InlineKeyboardButton]:
    """A child's route in a line and the button that opens it: for the list of children."""
    child, version = own.sheet.pupil.first_name, own.sheet.version
    if own.over:
        state = t("route-own-over")
    elif own.answer is None:
        state = t("route-own-waits")
    else:
        state = t(f"route-own-said-{own.answer.answer}")
    label = unescape(t("route-digest-open", child=child))
    data = RouteOwn(version_id=version.id, action="open")
    return t("route-own-line", last=t.day(version.ends_on), state=state), button(label, data)


def own_route(
    t: Texts,
    own: OwnRoute,
    messages: Sequence[tuple[RouteMessage, str | None]],
    zone: ZoneInfo,
    *,
    old: bool = False,
    with_file: bool = False,
) -> Screen:
    """The child's route as it is now, for the guardian. `old`: they pressed an earlier version's button."""
    sheet = own.sheet
    lines = [t("route-old-version"), ""] if old else []
    lines += [t("route-own-title", child=sheet.pupil.first_name), ""]
    unsaid = own.answer is None and not own.over
    if own.changes and own.changes.any and unsaid:
        lines += [changes(t, own.changes), ""]
    lines.append(sheet_text(t, sheet))
    weeks = weeks_text(t, own.progress)
    if weeks:
        lines += ["", *weeks]
    if sheet.result:
        lines += ["", t("route-own-result", result=t(f"route-result-{sheet.result}"))]
    if own.over:
        lines += ["", t("route-own-over")]
    elif own.answer is None:
        lines += ["", t("route-message-ask")]
    else:
        day = t.day(own.answer.on_day)
        lines += ["", t(f"route-own-answer-{own.answer.answer}", day=day)]
    said = [(m, who or unescape(t("route-you"))) for m, who in messages]
    text = thread_text(t, "\n".join(lines), said, zone)
    file = own.sheet.version.file
    files = (File(*file),) if with_file and file else ()
    return Screen(
        text, keyboard(*_own_buttons(t, own), [go(t, "children", beside=True)]), protect=True, files=files
    )


def _own_buttons(t: Texts, own: OwnRoute) -> list[Row]:
    if own.over:
        return []
    version, said = own.sheet.version.id, own.answer.answer if own.answer else None
    if said == AnswerKind.AGREED:
        # Who has agreed can still talk about it, and look how it goes.
        return [
            [button(t("route-own-write"), RouteOwn(version_id=version, action="write"))],
            [button(t("route-own-open"), RouteOwn(version_id=version, action="open"))],
        ]
    return _answer_buttons(t, version)


def ask_discuss(t: Texts, own: OwnRoute) -> Screen:
    """What shall whoever answers for it know?"""
    return Screen(t("route-ask-discuss", name=own.sheet.champion), keyboard([go(t, "cancel")]))


def ask_reason(t: Texts, own: OwnRoute) -> Screen:
    """Why not?"""
    return Screen(t("route-ask-reason", name=own.sheet.champion), keyboard([go(t, "cancel")]))


def passed_on(t: Texts, own: OwnRoute, later: Html | None) -> Screen:
    """The school will read it."""
    see = button(t("route-own-open"), RouteOwn(version_id=own.sheet.version.id, action="open"))
    text = "\n\n".join(filter(None, (t("route-passed-on", name=own.sheet.champion), later)))
    return Screen(text, keyboard([see], [go(t, "menu")]))


def message_reply(t: Texts, arguments: Mapping[str, Any]) -> Screen:
    """What the school wrote about the route, as it reaches a guardian."""
    a = arguments
    text = f"{t('route-message-reply', child=a['child'], name=a['name'])}\n\n{escape(a['text'], quote=False)}"
    answer = button(t("route-reply"), RouteOwn(version_id=a["version"], action="write"))
    see = button(t("route-own-open"), RouteOwn(version_id=a["version"], action="open"))
    return Screen(text, keyboard([answer, see]), protect=True)
