"""Mentoring pairs: the list, making one step by step, ending one with a word."""

from collections.abc import Sequence
from datetime import date
from html import unescape
from typing import Literal, get_args

from aiogram.filters.callback_data import CallbackData

from bot.db.risk.support import Candidate, ClassCount, Pair, PairKind
from bot.features.risk.support.pairs import Opened
from bot.texts import Html, Texts
from bot.ui.risk.support import PUPILS_MAX, class_buttons, pupil_label
from bot.ui.screen import Screen, button, go, keyboard, rows, shorten

PAIRS_SHOWN = 80


class PairsAt(CallbackData, prefix="xpl"):
    """The list of pairs."""


class PairNew(CallbackData, prefix="xpn"):
    """Make a pair of this kind."""

    kind: PairKind


class PairClass(CallbackData, prefix="xpc"):
    """Choose from this class; 0: which class?"""

    draft: int
    class_id: int


class PairPupil(CallbackData, prefix="xpp"):
    """This pupil: who is mentored, or mentors."""

    draft: int
    pupil_id: int


class PairTeacher(CallbackData, prefix="xpt"):
    """This teacher mentors, or assists; 0: nobody assists."""

    draft: int
    staff_id: int


class PairCard(CallbackData, prefix="xpo"):
    """One pair: look at it, end it."""

    pair_id: int
    action: Literal["open", "end"]


class PairEnd(CallbackData, prefix="xpe"):
    """End the pair with one of the ready words."""

    pair_id: int
    word: Literal["reached", "enough", "stopped"]


def overview(t: Texts, found: Sequence[Pair]) -> Screen:
    """Every pair that the reader sees, and how to make one."""
    buttons = [
        [button(shorten(unescape(_line(t, pair)), 60), PairCard(pair_id=pair.row.id, action="open"))]
        for pair in found[:PAIRS_SHOWN]
    ]
    new = [[button(t(f"pair-new-{kind}"), PairNew(kind=kind))] for kind in PairKind]
    text = t("pair-list") if found else t("pair-none")
    return Screen(text, keyboard(*buttons, *new, [go(t, "risk"), go(t, "menu")]))


def _line(t: Texts, pair: Pair) -> Html:
    mentor = pair.mentor.name if pair.mentor else pair.teacher or ""
    return t("pair-line", mentor=mentor, pupil=pair.pupil.name)


def ask_class(t: Texts, found: Sequence[ClassCount], draft: int, step: Literal["pupil", "mentor"]) -> Screen:
    """From which class? Or the name typed."""
    buttons = class_buttons(t, found, lambda id_: PairClass(draft=draft, class_id=id_))
    return Screen(t(f"pair-which-{step}"), keyboard(*buttons, [go(t, "cancel")]))


def ask_pupil(t: Texts, found: Sequence[Candidate], draft: int, step: Literal["pupil", "mentor"]) -> Screen:
    """Who?"""
    buttons = [
        button(pupil_label(t, pupil), PairPupil(draft=draft, pupil_id=pupil.id))
        for pupil in found[:PUPILS_MAX]
    ]
    other = button(t("pair-other-class"), PairClass(draft=draft, class_id=0))
    return Screen(t(f"pair-which-{step}"), keyboard(*rows(buttons, 2), [other], [go(t, "cancel")]))


def ask_teacher(t: Texts, found: Sequence[tuple[int, str]], draft: int, kind: PairKind) -> Screen:
    """Which teacher mentors? Or assists, if anybody does."""
    buttons = [button(name, PairTeacher(draft=draft, staff_id=id_)) for id_, name in found[:PUPILS_MAX]]
    nobody = [button(t("pair-nobody"), PairTeacher(draft=draft, staff_id=0))] if kind == PairKind.PEER else []
    return Screen(t(f"pair-which-teacher-{kind}"), keyboard(nobody, *rows(buttons, 2), [go(t, "cancel")]))


def card(t: Texts, pair: Pair, today: date, *, endable: bool) -> Screen:
    """One pair."""
    lines = [
        t(f"pair-title-{pair.row.kind}"),
        t("pair-pupil", name=pair.pupil.name, class_name=pair.school_class.name),
    ]
    if pair.mentor and pair.mentor_class:
        lines.append(t("pair-mentor", name=pair.mentor.name, class_name=pair.mentor_class.name))
    if pair.teacher:
        lines.append(t(f"pair-teacher-{pair.row.kind}", name=pair.teacher))
    lines.append(t("pair-since", day=t.day(pair.row.active_from, today)))
    end = [button(t("pair-end"), PairCard(pair_id=pair.row.id, action="end"))] if endable else []
    back = button(t("support-pairs"), PairsAt())
    return Screen("\n".join(lines), keyboard(end, [back, go(t, "menu")]), protect=True)


def ask_word(t: Texts, found: Opened) -> Screen:
    """How did it go? One of the ready words, or own ones."""
    id_ = found.pair.row.id
    words = get_args(PairEnd.model_fields["word"].annotation)
    buttons = [[button(t(f"pair-word-{word}"), PairEnd(pair_id=id_, word=word))] for word in words]
    return Screen(t("pair-ask-word"), keyboard(*buttons, [go(t, "cancel")]))


def ended(t: Texts, pair: Pair) -> Screen:
    """The pair has ended; thanks."""
    back = button(t("support-pairs"), PairsAt())
    return Screen(t("pair-ended", pupil=pair.pupil.name), keyboard([back, go(t, "menu")]))
