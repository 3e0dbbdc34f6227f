"""Clubs: the list, one with its pupils, who goes there."""

from collections.abc import Collection, Sequence
from datetime import date
from html import unescape
from typing import Literal

from aiogram.filters.callback_data import CallbackData

from bot.db.risk.support import Candidate, ClassCount, Club, Provider
from bot.features.risk.support.clubs import Opened
from bot.texts import Texts
from bot.ui.risk.support import PUPILS_MAX, class_buttons, pupil_label
from bot.ui.screen import Row, Screen, button, go, keyboard, rows, shorten

MEMBERS_SHOWN = 60


class ClubsAt(CallbackData, prefix="xkl"):
    """The list of clubs."""


class ClubNew(CallbackData, prefix="xkn"):
    """Found a club: of the school, of a partner; "" asks which."""

    provider: Literal["", "school", "partner"]


class ClubCard(CallbackData, prefix="xko"):
    """One club: look at it, close it."""

    club_id: int
    action: Literal["open", "ask", "close"]


class ClubClass(CallbackData, prefix="xkc"):
    """Who of a class goes to the club; 0: which class?"""

    club_id: int
    class_id: int


class ClubMember(CallbackData, prefix="xkp"):
    """The pupil goes to the club from today on, or no longer."""

    club_id: int
    pupil_id: int
    goes: bool


def overview(t: Texts, found: Sequence[tuple[Club, int]]) -> Screen:
    """Every club with the number of its pupils."""
    buttons = [
        [button(_line(t, club, count), ClubCard(club_id=club.id, action="open"))] for club, count in found
    ]
    new = button(t("club-new"), ClubNew(provider=""))
    text = t("club-list") if found else t("club-none")
    return Screen(text, keyboard(*buttons, [new], [go(t, "risk"), go(t, "menu")]))


def _line(t: Texts, club: Club, count: int) -> str:
    return unescape(t("club-line", name=shorten(club.name, 40), count=count))


def ask_provider(t: Texts) -> Screen:
    """Whose club is it?"""
    buttons: list[Row] = [
        [button(t("club-of-school"), ClubNew(provider="school"))],
        [button(t("club-of-partner"), ClubNew(provider="partner"))],
    ]
    return Screen(t("club-whose"), keyboard(*buttons, [go(t, "cancel")]))


def ask_organisation(t: Texts) -> Screen:
    """What is the partner called?"""
    return Screen(t("club-which-partner"), keyboard([go(t, "cancel")]))


def ask_name(t: Texts) -> Screen:
    """What is the club called?"""
    return Screen(t("club-which-name"), keyboard([go(t, "cancel")]))


def card(t: Texts, found: Opened, today: date) -> Screen:
    """One club: those of its pupils whom the reader sees, and how many others."""
    club = found.club
    lines: list[str] = [t("club-title", name=club.name)]
    if club.provider == Provider.PARTNER:
        lines.append(t("club-partner", name=club.organisation))
    lines += [t("club-count", count=found.count), ""]
    lines += [
        t("club-member", name=pupil.name, class_name=school_class.name, day=t.day(since, today))
        for pupil, school_class, since in found.members[:MEMBERS_SHOWN]
    ]
    if hidden := found.count - min(len(found.members), MEMBERS_SHOWN):
        lines.append(t("roster-more", count=hidden))
    enrol = button(t("club-enrol"), ClubClass(club_id=club.id, class_id=0))
    close = [button(t("club-close"), ClubCard(club_id=club.id, action="ask"))] if found.closable else []
    back = button(t("support-clubs"), ClubsAt())
    return Screen("\n".join(lines), keyboard([enrol], close, [back, go(t, "menu")]), protect=True)


def choose_class(t: Texts, club: Club, found: Sequence[ClassCount]) -> Screen:
    """From which class?"""
    back = button(t("club-back"), ClubCard(club_id=club.id, action="open"))
    if not found:
        return Screen(t("support-no-pupils"), keyboard([back]))
    buttons = class_buttons(t, found, lambda id_: ClubClass(club_id=club.id, class_id=id_))
    return Screen(t("club-which-class", name=club.name), keyboard(*buttons, [back]))


def choose_pupils(t: Texts, club: Club, found: Sequence[Candidate], members: Collection[int]) -> Screen:
    """Who of the class goes there? A press is at once so."""
    buttons = [
        button(
            f"✅ {pupil_label(t, pupil)}" if pupil.id in members else pupil_label(t, pupil),
            ClubMember(club_id=club.id, pupil_id=pupil.id, goes=pupil.id not in members),
        )
        for pupil in found[:PUPILS_MAX]
    ]
    back = button(t("club-done"), ClubCard(club_id=club.id, action="open"))
    lines = [t("club-who", name=club.name)]
    if any(pupil.registered for pupil in found):
        lines.append(t("support-legend"))
    return Screen("\n\n".join(lines), keyboard(*rows(buttons, 2), [back]))


def close_ask(t: Texts, found: Opened) -> Screen:
    """Whether the club really ends."""
    id_ = found.club.id
    sure = button(t("club-close-sure"), ClubCard(club_id=id_, action="close"))
    keep = button(t("club-close-not"), ClubCard(club_id=id_, action="open"))
    return Screen(t("club-close-ask", name=found.club.name, count=found.count), keyboard([sure], [keep]))
