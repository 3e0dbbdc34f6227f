"""Extra lessons: logging one, the list, one with its attendance."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from html import unescape
from typing import Literal

from aiogram.filters.callback_data import CallbackData

from bot.db.risk.support import Candidate, ClassCount, LessonRow
from bot.features.risk.support.lessons import Opened, Page
from bot.texts import Html, Texts
from bot.ui.risk.support import PUPILS_MAX, class_buttons, pupil_label
from bot.ui.screen import Row, Screen, button, go, keyboard, rows, shorten, turns

# The last days have words of their own, today first.
DAYS = ("moment-today", "support-yesterday", "support-before-yesterday")


class LessonsAt(CallbackData, prefix="xl"):
    """A page of lessons, from 0."""

    page: int


class LessonNew(CallbackData, prefix="xn"):
    """Log a lesson: like an earlier one of one's own, or (0) a new one."""

    again: int


class LessonSubject(CallbackData, prefix="xj"):
    """The n-th of the subjects offered in this draft."""

    draft: int
    at: int


class LessonClass(CallbackData, prefix="xc"):
    """Show the pupils of a class in this draft; 0: the group as it is, -1: which class?"""

    draft: int
    class_id: int


class LessonTick(CallbackData, prefix="xt"):
    """A pupil was there, or was not."""

    draft: int
    pupil_id: int


class LessonDay(CallbackData, prefix="xd"):
    """The lesson was so many days ago; -1: which day?"""

    draft: int
    back: int


class LessonSave(CallbackData, prefix="xs"):
    """Log what is drafted."""

    draft: int


class LessonCard(CallbackData, prefix="xo"):
    """One lesson: look at it, take it back."""

    lesson_id: int
    action: Literal["open", "ask", "withdraw"]


def page(t: Texts, found: Page, today: date) -> Screen:
    """The lessons, and how to log one: the usual one first."""
    buttons: list[Row] = []
    if found.last:
        label = t("lesson-again", subject=found.last.lesson.subject, count=found.last.group)
        buttons.append([button(unescape(label), LessonNew(again=found.last.lesson.id))])
    buttons.append([button(t("lesson-new"), LessonNew(again=0))])
    buttons += [
        [button(_line(t, row, today), LessonCard(lesson_id=row.lesson.id, action="open"))]
        for row in found.rows
    ]
    turn = turns(found.number, found.of, lambda number: LessonsAt(page=number))
    text = t("lesson-list") if found.rows else t("lesson-none")
    return Screen(text, keyboard(*buttons, turn, [go(t, "risk"), go(t, "menu")]))


def _line(t: Texts, row: LessonRow, today: date) -> str:
    line = t(
        "lesson-line",
        day=t.day(row.lesson.on_date, today),
        subject=shorten(row.lesson.subject, 30),
        came=row.attended,
        group=row.group,
    )
    return unescape(line)


def subjects(t: Texts, found: Sequence[str], draft: int) -> Screen:
    """Which subject? One of these, or typed."""
    buttons = rows((button(s, LessonSubject(draft=draft, at=at)) for at, s in enumerate(found)), 2)
    return Screen(
        t("lesson-which-subject" if found else "lesson-type-subject"),
        keyboard(*buttons, [go(t, "cancel")]),
    )


def draft_classes(t: Texts, found: Sequence[ClassCount], draft: int) -> Screen:
    """From which class are the pupils?"""
    if not found:
        return Screen(t("support-no-pupils"), keyboard([go(t, "risk"), go(t, "menu")]))
    buttons = class_buttons(t, found, lambda id_: LessonClass(draft=draft, class_id=id_))
    return Screen(t("lesson-which-class"), keyboard(*buttons, [go(t, "cancel")]))


def attendance(
    t: Texts,
    *,
    draft: int,
    subject: str,
    day: date,
    today: date,
    shown: Sequence[Candidate],
    group: Collection[int],
    here: Collection[int],
    more: bool,
) -> Screen:
    """Who was there? `group` are those expected, `more` offers other classes."""
    marks = {True: "✅", False: "➖"}
    buttons = [
        button(
            f"{marks[pupil.id in here]} {pupil_label(t, pupil)}"
            if pupil.id in here or pupil.id in group
            else pupil_label(t, pupil),
            LessonTick(draft=draft, pupil_id=pupil.id),
        )
        for pupil in shown[:PUPILS_MAX]
    ]
    when = button(unescape(t("lesson-day", day=_day(t, day, today))), LessonDay(draft=draft, back=-1))
    add = [button(t("lesson-more"), LessonClass(draft=draft, class_id=-1))] if more else []
    save = [button(t("lesson-save", count=len(here)), LessonSave(draft=draft))] if here else []
    lines = [t("lesson-title", subject=subject, day=_day(t, day, today)), t("lesson-who")]
    if any(pupil.registered for pupil in shown):
        lines.append(t("support-legend"))
    return Screen("\n\n".join(lines), keyboard(*rows(buttons, 2), save, [when, *add], [go(t, "cancel")]))


def _day(t: Texts, day: date, today: date) -> str:
    back = (today - day).days
    return t(DAYS[back]) if 0 <= back < len(DAYS) else t.day(day, today)


def ask_day(t: Texts, draft: int, today: date) -> Screen:
    """Which day was it? One of the last, or typed."""
    buttons = [button(t(name), LessonDay(draft=draft, back=back)) for back, name in enumerate(DAYS)]
    example = today - timedelta(days=len(DAYS))
    return Screen(t("lesson-which-day", example=f"{example:%d.%m}"), keyboard(buttons, [go(t, "cancel")]))


def logged(t: Texts, row: LessonRow, today: date) -> Screen:
    """The lesson is logged; a mistake costs one press."""
    words = t(
        "lesson-logged",
        subject=row.lesson.subject,
        day=_day(t, row.lesson.on_date, today),
        came=row.attended,
        group=row.group,
    )
    back = button(t("lesson-withdraw"), LessonCard(lesson_id=row.lesson.id, action="withdraw"))
    lessons = button(t("support-lessons"), LessonsAt(page=0))
    return Screen(words, keyboard([back], [lessons, go(t, "menu")]))


def card(t: Texts, found: Opened, today: date) -> Screen:
    """One lesson: who was there and who was not."""
    lesson = found.row.lesson
    came = [pupil.name for pupil, attended in found.group if attended]
    missed = [pupil.name for pupil, attended in found.group if not attended]
    lines: list[Html] = [
        t("lesson-title", subject=lesson.subject, day=t.day(lesson.on_date, today)),
        t("lesson-teacher", name=found.row.teacher),
        t("lesson-came", count=len(came), names=", ".join(came)),
    ]
    if missed:
        lines.append(t("lesson-missed", count=len(missed), names=", ".join(missed)))
    back = button(t("lesson-withdraw"), LessonCard(lesson_id=lesson.id, action="ask"))
    lessons = button(t("support-lessons"), LessonsAt(page=0))
    return Screen(
        "\n".join(lines),
        keyboard([back] if found.withdrawable else [], [lessons, go(t, "menu")]),
        protect=True,
    )


def withdraw_ask(t: Texts, found: Opened) -> Screen:
    """Whether the entry was really a mistake."""
    id_ = found.row.lesson.id
    sure = button(t("lesson-withdraw-sure"), LessonCard(lesson_id=id_, action="withdraw"))
    keep = button(t("lesson-withdraw-not"), LessonCard(lesson_id=id_, action="open"))
    return Screen(t("lesson-withdraw-ask"), keyboard([sure], [keep]))


def withdrawn(t: Texts) -> Screen:
    """The entry is taken back."""
    lessons = button(t("support-lessons"), LessonsAt(page=0))
    return Screen(t("lesson-withdrawn"), keyboard([lessons, go(t, "menu")]))
