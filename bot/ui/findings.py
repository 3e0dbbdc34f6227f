"""«Мы услышали»: buttons and words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.db.feedback import Addressee
from bot.db.findings import Finding, FindingRow
from bot.features.findings import Heard
from bot.texts import Html, Texts
from bot.ui.screen import Row, Screen, button, go, keyboard, rows, shorten, turns

PAGE = 8


class FindingStart(CallbackData, prefix="fns"):
    """Make a finding of a survey, or of a letter; 0: not of that."""

    survey_id: int = 0
    ticket: int = 0

    @property
    def heard(self) -> Heard:
        """Where it was heard."""
        return Heard(self.survey_id or None, self.ticket or None)


class FindingWho(CallbackData, prefix="fnw"):
    """Who does something about it."""

    staff_id: int


class FindingDue(CallbackData, prefix="fnd"):
    """In how many days."""

    days: int


class FindingSave(CallbackData, prefix="fnv"):
    """Give the finding that is shown to who is to do it."""


class Findings(CallbackData, prefix="fnl"):
    """A page of them."""

    page: int


class FindingCard(CallbackData, prefix="fnc"):
    """One finding; or what is to be done with it."""

    finding_id: int
    action: str = "show"


def heard_button(t: Texts, *, survey_id: int = 0, ticket: int = 0) -> Row:
    """The button under results and letters."""
    return [button(t("finding-start"), FindingStart(survey_id=survey_id, ticket=ticket))]


def ask_text(t: Texts, limit: int) -> Screen:
    """What was heard?"""
    return Screen(t("finding-ask-text", limit=limit), keyboard([go(t, "cancel")]))


def ask_who(t: Texts, staff: Sequence[Addressee]) -> Screen:
    """Who does something about it?"""
    buttons = rows((button(each.name, FindingWho(staff_id=each.staff_id)) for each in staff[:90]), 2)
    return Screen(t("finding-ask-who"), keyboard(*buttons, [go(t, "cancel")]))


def ask_due(t: Texts) -> Screen:
    """By when?"""
    days = [button(t("finding-days", days=number), FindingDue(days=number)) for number in (7, 14, 30)]
    return Screen(t("finding-ask-due"), keyboard(days, [go(t, "cancel")]))


def preview(t: Texts, text: str, name: str, due_on: date, today: date) -> Screen:
    """What would be given to whom."""
    words = t("finding-preview", text=text, name=name, day=t.day(due_on, today))
    return Screen(words, keyboard([button(t("finding-save"), FindingSave())], [go(t, "cancel")]))


def state_of(finding: Finding, today: date) -> str:
    """Told, done, late, open."""
    if finding.told_at is not None:
        return "told"
    if finding.done_at is not None:
        return "done"
    return "late" if finding.due_on < today else "open"


def _heard_in(t: Texts, row: FindingRow) -> Html:
    if row.survey_title is not None:
        return t("finding-from-survey", title=row.survey_title)
    return t("finding-from-ticket", number=str(row.finding.ticket_number))


def findings(t: Texts, found: Sequence[FindingRow], page: int, today: date) -> Screen:
    """A page of findings: what is open first."""
    if not found:
        return Screen(t("finding-none"), keyboard([go(t, "menu")]))
    pages = -(-len(found) // PAGE)
    page = min(max(page, 0), pages - 1)
    shown = found[page * PAGE : (page + 1) * PAGE]
    done = sum(row.finding.done_at is not None for row in found)
    lines = [t("finding-list", done=done, total=len(found))]
    lines += [
        t(
            "finding-item",
            sign=t(f"finding-sign-{state_of(row.finding, today)}"),
            text=shorten(" ".join(row.finding.text.split()), 120),
            name=row.staff_name,
            day=t.day(row.finding.due_on, today),
        )
        for row in shown
    ]
    cards = [
        button(
            f"{t(f'finding-sign-{state_of(row.finding, today)}')} {shorten(row.finding.text, 40)}",
            FindingCard(finding_id=row.finding.id),
        )
        for row in shown
    ]
    paging = turns(page, pages, lambda number: Findings(page=number))
    return Screen("\n\n".join(lines), keyboard(*rows(cards), paging, [go(t, "menu")]))


def card(t: Texts, row: FindingRow, today: date, *, admin: bool) -> Screen:
    """One finding, and what can be done with it."""
    finding = row.finding
    state = state_of(finding, today)
    lines = [
        t("finding-card", text=finding.text),
        _heard_in(t, row),
        t("finding-whose", name=row.staff_name, day=t.day(finding.due_on, today)),
        t(f"finding-state-{state}"),
    ]
    if finding.change:
        lines.append(t("finding-change", change=finding.change))
    actions = []
    if state != "told":
        key = "finding-change-again" if state == "done" else "finding-finish"
        actions.append(button(t(key), FindingCard(finding_id=finding.id, action="finish")))
    if state == "done" and admin:
        actions.insert(0, button(t("finding-tell"), FindingCard(finding_id=finding.id, action="tell")))
    return Screen("\n\n".join(lines), keyboard(*rows(actions), [go(t, "findings")], [go(t, "menu")]))


def ask_change(t: Texts, row: FindingRow, limit: int) -> Screen:
    """What has changed?"""
    text = t("finding-ask-change", text=row.finding.text, limit=limit)
    return Screen(text, keyboard([go(t, "cancel")]))


def _open(t: Texts, finding_id: int) -> Row:
    return [button(t("finding-open"), FindingCard(finding_id=finding_id))]


def message(t: Texts, arguments: dict[str, Any]) -> Screen:
    """To who is to do something about it."""
    words = t("finding-message", text=arguments["text"], day=t.day(date.fromisoformat(arguments["due"])))
    finish = button(t("finding-finish"), FindingCard(finding_id=arguments["finding"], action="finish"))
    return Screen(words, keyboard([finish], _open(t, arguments["finding"])))


def message_done(t: Texts, arguments: dict[str, Any]) -> Screen:
    """To the administration: it is done, and may be told."""
    words = t(
        "finding-message-done",
        name=arguments["name"],
        text=arguments["text"],
        change=arguments["change"],
    )
    tell = button(t("finding-tell"), FindingCard(finding_id=arguments["finding"], action="tell"))
    return Screen(words, keyboard([tell], _open(t, arguments["finding"])))


def message_due(t: Texts, arguments: dict[str, Any]) -> Screen:
    """A reminder of all that is a person's and not done."""
    items = arguments["items"]
    lines = [
        t(
            "finding-due-item",
            text=shorten(" ".join(item["text"].split()), 120),
            day=t.day(date.fromisoformat(item["due"])),
        )
        for item in items[:20]
    ]
    cards = (
        button(shorten(item["text"], 40), FindingCard(finding_id=item["finding"], action="finish"))
        for item in items[:20]
    )
    return Screen("\n".join([t("finding-due"), "", *lines]), keyboard(*rows(cards), [go(t, "findings")]))


def message_told(t: Texts, arguments: dict[str, Any]) -> Screen:
    """To those who were asked: this is what has changed."""
    words = t(
        "finding-message-told",
        title=arguments["title"],
        text=arguments["text"],
        change=arguments["change"],
    )
    return Screen(words, keyboard([go(t, "menu")]))


def digest_told(t: Texts, arguments: dict[str, Any]) -> tuple[Html, Any]:
    """The same in the evening's digest: a line and a button."""
    return t("finding-digest", title=arguments["title"]), go(t, "surveys")
