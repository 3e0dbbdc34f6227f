"""Whom marks propose, why in numbers, and what a file of marks would change."""

from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.features.risk.marks import Proposal
from bot.features.risk.marks.rules import Fall, Findings, Gap, Two
from bot.texts import Html, Texts
from bot.ui.risk.marks_words import SCALE
from bot.ui.screen import Row, Screen, button, go, keyboard, turns

# A pupil has about fifteen subjects: more lines than these would be a damaged file.
LINES_MAX = 40


class MarksAt(CallbackData, prefix="xma"):
    """The n-th proposal, from 0."""

    at: int


class MarksDecide(CallbackData, prefix="xmx"):
    """What to do about a pupil whose facts were shown; other facts have another digest."""

    pupil_id: int
    facts: str
    registers: bool


class MarksFile(CallbackData, prefix="xmf"):
    """Wait for a file of marks."""


class MarksLoad(CallbackData, prefix="xml"):
    """Load the file whose plan is shown; `message_id` names the message that it came with."""

    message_id: int


def proposals(t: Texts, found: Sequence[Proposal], at: int, *, loads: bool) -> Screen:
    """One proposal of all, or that there is none; who may load marks finds the button here."""
    load = [button(t("marks-file"), MarksFile())] if loads else []
    ends: list[Row] = [load, [go(t, "risk"), go(t, "menu")]]
    if not found:
        return Screen(t("marks-none"), keyboard(*ends))
    at = max(0, min(at, len(found) - 1))
    proposal = found[at]
    text = "\n".join(
        [
            t("marks-title", number=at + 1, count=len(found)),
            "",
            t("marks-pupil", name=proposal.pupil.name, class_name=proposal.school_class.name),
            *lines(t, proposal.findings),
            "",
            t("marks-ask"),
        ]
    )
    decisions = [
        button(t(key), MarksDecide(pupil_id=proposal.pupil.id, facts=proposal.digest, registers=registers))
        for key, registers in (("marks-register", True), ("marks-dismiss", False))
    ]
    turn = turns(at, len(found), lambda number: MarksAt(at=number))
    return Screen(text, keyboard(decisions, turn, *ends), protect=True)


def lines(t: Texts, findings: Findings) -> list[Html]:
    """What the marks tell, in numbers, a line each."""
    found = [_two(t, two) for two in findings.twos] + [_fall(t, fall) for fall in findings.falls]
    if findings.gap:
        found += _gap(t, findings.gap)
    if len(found) > LINES_MAX:
        return [*found[:LINES_MAX], t("roster-more", count=len(found) - LINES_MAX)]
    return found


def reason(t: Texts, findings: Findings) -> str:
    """What the marks tell as plain text: why the pupil is put on the register."""
    return "\n".join(unescape(line) for line in lines(t, findings))


def _two(t: Texts, two: Two) -> Html:
    return t("marks-two", subject=two.subject, quarter=two.quarter, mark=two.lowest / SCALE)


def _fall(t: Texts, fall: Fall) -> Html:
    return t(
        "marks-fall",
        subject=fall.subject,
        before=fall.before / SCALE,
        before_quarter=fall.before_quarter,
        after=fall.after / SCALE,
        quarter=fall.quarter,
    )


def _gap(t: Texts, gap: Gap) -> Iterable[Html]:
    key = "marks-gap-lower" if gap.external < gap.current else "marks-gap-higher"
    yield t(key, current=gap.current / SCALE, external=gap.external / SCALE)
    for subject in gap.subjects:
        yield t(
            "marks-gap-subject",
            subject=subject.subject,
            current=subject.current / SCALE,
            external=subject.external / SCALE,
        )


def ask_file(t: Texts, columns: str) -> Screen:
    """Send the file."""
    return Screen(t("marks-send", columns=columns), keyboard([go(t, "cancel")]))


def loaded(t: Texts, plan: Sequence[Html]) -> Screen:
    """What the file has changed, and the way to whom it proposes."""
    text = "\n".join([t("marks-done"), "", *plan])
    return Screen(text, keyboard([button(t("marks-open"), MarksAt(at=0))], [go(t, "menu")]))


def message_proposed(t: Texts, arguments: dict[str, Any]) -> Screen:
    """To who decides: how many pupils new marks propose. No names: the message may lie on a locked screen."""
    text = t("marks-proposed", count=arguments["count"])
    # Protected, because the proposals open in its place.
    return Screen(text, keyboard([button(t("marks-open"), MarksAt(at=0))]), protect=True)
