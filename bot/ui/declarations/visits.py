"""Lesson visits: noting one down, the list, one of them, what the teacher is told."""

from collections.abc import Collection, Sequence
from datetime import date
from html import unescape
from typing import Any, Literal

from aiogram.filters.callback_data import CallbackData

from bot.db.declarations import Practice, VisitRow
from bot.db.roster import SchoolClass
from bot.features.declarations.visits import Page
from bot.texts import Html, Texts
from bot.ui.declarations import VisitNew, VisitsAt, listed
from bot.ui.screen import GO, Row, Screen, button, go, keyboard, rows, turns

# Telegram takes a hundred buttons.
PEOPLE = 98
# The last days have words of their own, today first.
DAYS = ("document-today", "document-yesterday")


class VisitTick(CallbackData, prefix="vt"):
    """A practice was seen, or was not."""

    draft: int
    practice: Practice


class VisitDay(CallbackData, prefix="vd"):
    """The visit was so many days ago; -1: which day?"""

    draft: int
    back: int


class VisitSave(CallbackData, prefix="vs"):
    """Note down what is drafted."""

    draft: int


class VisitCard(CallbackData, prefix="vc"):
    """One visit: look at it, take it back."""

    visit_id: int
    action: Literal["open", "ask", "withdraw"]


def ask_teacher(t: Texts, people: Sequence[tuple[int, str]]) -> Screen:
    """Whose lesson was it?"""
    if not people:
        return Screen(t("visit-nobody"), keyboard(_back(t)))
    buttons = [button(name, VisitNew(staff_id=id_)) for id_, name in people[:PEOPLE]]
    return Screen(t("visit-ask-teacher"), keyboard(*rows(buttons, 2), [go(t, "cancel")]))


def ask_class(t: Texts, staff_id: int, classes: Sequence[SchoolClass]) -> Screen:
    """In which class?"""
    buttons = [button(c.name, VisitNew(staff_id=staff_id, class_id=c.id)) for c in classes[:PEOPLE]]
    return Screen(t("visit-ask-class"), keyboard(*rows(buttons, 4), [go(t, "cancel")]))


def draft(
    t: Texts,
    number: int,
    teacher: str,
    class_name: str,
    day: date,
    seen: Collection[Practice],
    text: str,
    today: date,
) -> Screen:
    """What was seen? Toggles; a few words are simply typed."""
    lines: list[Html] = [
        t("visit-title", name=teacher, class_name=class_name, day=t.day(day, today)),
        t("visit-words", text=text) if text else t("visit-ask-words"),
    ]
    toggles = [
        button(
            f"{'✅' if practice in seen else '▫️'} {t(f'practice-{practice}')}",
            VisitTick(draft=number, practice=practice),
        )
        for practice in Practice
    ]
    save = [button(t("visit-save"), VisitSave(draft=number))] if seen or text else []
    when = button(unescape(t("visit-day", day=t.day(day, today))), VisitDay(draft=number, back=-1))
    return Screen("\n\n".join(lines), keyboard(*rows(toggles), save, [when, go(t, "cancel")]))


def ask_day(t: Texts, number: int) -> Screen:
    """Which day was it?"""
    days = [button(t(name), VisitDay(draft=number, back=back)) for back, name in enumerate(DAYS)]
    return Screen(t("visit-ask-day"), keyboard(days, [go(t, "cancel")]))


def _facts(t: Texts, said: dict[str, Any]) -> list[Html]:
    """What a visit says, from plain values."""
    practices = {Practice(each) for each in said["practices"]}
    lines = [t("visit-seen", names=listed(t, practices))] if practices else []
    return [*lines, t("visit-words", text=said["text"])] if said["text"] else lines


def card(t: Texts, row: VisitRow, today: date, *, is_admin: bool, asking: bool = False) -> Screen:
    """One visit; with `asking` whether the entry was really a mistake."""
    visit = row.visit
    title = t("visit-title", name=row.teacher, class_name=visit.class_name, day=t.day(visit.on_date, today))
    lines = [title]
    if row.visitor:
        lines.append(t("visit-visitor", name=row.visitor))
    lines += _facts(t, {"practices": row.practices, "text": visit.text})
    if asking:
        lines.append(t("visit-withdraw-ask"))
        sure = button(t("visit-withdraw-sure"), VisitCard(visit_id=visit.id, action="withdraw"))
        keep = button(t("visit-withdraw-not"), VisitCard(visit_id=visit.id, action="open"))
        return Screen("\n\n".join(lines), keyboard([sure], [keep]))
    mistake = [button(t("visit-withdraw"), VisitCard(visit_id=visit.id, action="ask"))] if is_admin else []
    return Screen(
        "\n\n".join(lines), keyboard(mistake, [button(t("visits-back"), VisitsAt(page=0)), go(t, "menu")])
    )


def page(t: Texts, found: Page, today: date, *, is_admin: bool) -> Screen:
    """Visits, a button each."""
    buttons = [
        [button(unescape(_line(t, row, today, is_admin)), VisitCard(visit_id=row.visit.id, action="open"))]
        for row in found.rows
    ]
    turn = turns(found.number, found.of, lambda number: VisitsAt(page=number))
    new = [button(t("visit-new"), VisitNew())] if is_admin else []
    text = t("visits-title") if found.rows else t("visits-none")
    return Screen(text, keyboard(*buttons, turn, new, _back(t)))


def _line(t: Texts, row: VisitRow, today: date, is_admin: bool) -> str:
    whose = row.teacher if is_admin else row.visitor
    pieces = (t.day(row.visit.on_date, today), row.visit.class_name, whose)
    return " · ".join(filter(None, pieces))


def _back(t: Texts) -> Row:
    return [button(t("declare-back"), GO + "declare"), go(t, "menu")]


def logged(t: Texts, row: VisitRow) -> Screen:
    """It is noted; where the teacher has an account, they are told."""
    words = t("visit-logged-told" if row.teacher_person_id else "visit-logged", name=row.teacher)
    mistake = button(t("visit-withdraw"), VisitCard(visit_id=row.visit.id, action="ask"))
    return Screen(words, keyboard([mistake], [button(t("visit-another"), VisitNew())], _back(t)))


def message(t: Texts, arguments: dict[str, Any]) -> Screen:
    """A teacher is told what is written about their lesson."""
    day = t.day(date.fromisoformat(arguments["day"]))
    title = t("visit-message", visitor=arguments["visitor"], class_name=arguments["class"], day=day)
    all_ = button(t("visits-back"), VisitsAt(page=0))
    return Screen("\n\n".join([title, *_facts(t, arguments)]), keyboard([all_]))
