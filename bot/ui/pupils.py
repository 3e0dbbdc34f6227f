"""A pupil's card: the guardians' places, ending access, a pupil who leaves."""

from datetime import date, datetime, timedelta
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.db.roster import GuardianRow, Pupil, PupilRow, SchoolClass
from bot.texts import Texts
from bot.ui.invite import GuardianAdd, GuardianPlace
from bot.ui.roster import PupilCard, RosterClass, guardian
from bot.ui.screen import Screen, button, go, keyboard


class PlaceAct(CallbackData, prefix="pla"):
    """A guardian's place: "close" asks, "closed" ends access, "withdraw" the invitation.

    A closed one: "open" asks, "opened" lets it be invited to again.
    """

    guardian_id: int
    action: str


class PupilLeft(CallbackData, prefix="plf"):
    """The pupil leaves: "" asks when, a day (ISO) asks whether, with `sure` it is done; "undo" undoes it."""

    pupil_id: int
    day: str = ""
    sure: bool = False


def card(
    t: Texts, school_class: SchoolClass, pupil: PupilRow, now: datetime, today: date, *, is_admin: bool
) -> Screen:
    """One pupil: each guardian's place with what can be done with it."""
    title = t("pupil-card", name=f"{pupil.surname} {pupil.first_name}", class_name=school_class.name)
    lines = [guardian(t, place, now, today) for place in pupil.guardians]
    actions = [act for place in pupil.guardians for act in _actions(t, place, now)]
    add = button(t("pupil-add"), GuardianAdd(pupil_id=pupil.id))
    left = [button(t("pupil-left"), PupilLeft(pupil_id=pupil.id))] if is_admin else []
    back = button(t("slips-back"), RosterClass(class_id=school_class.id))
    text = "\n".join([title, t("roster-legend"), "", *lines])
    return Screen(text, keyboard(*([each] for each in actions), [add], left, [back]))


def _actions(t: Texts, place: GuardianRow, now: datetime) -> list[Any]:
    who = place.name or place.relation
    if place.connected:
        return [button(t("place-close", who=who), PlaceAct(guardian_id=place.id, action="close"))]
    if place.closed:
        return [button(t("place-open", who=who), PlaceAct(guardian_id=place.id, action="open"))]
    invite = button(t("place-invite", who=who), GuardianPlace(guardian_id=place.id))
    if place.invited_until is None or place.invited_until <= now:
        return [invite]
    return [invite, button(t("place-withdraw", who=who), PlaceAct(guardian_id=place.id, action="withdraw"))]


def close_ask(t: Texts, pupil: Pupil, who: str, guardian_id: int) -> Screen:
    """Whether a guardian's access is really to end."""
    yes = button(t("place-close-sure"), PlaceAct(guardian_id=guardian_id, action="closed"))
    text = t("place-close-ask", who=who, child=pupil.name)
    return Screen(text, keyboard([yes], [button(t("pupil-back"), PupilCard(pupil_id=pupil.id))]))


def open_ask(t: Texts, pupil: Pupil, who: str, guardian_id: int) -> Screen:
    """Whether somebody whose access the school ended may be invited again."""
    yes = button(t("place-open-sure"), PlaceAct(guardian_id=guardian_id, action="opened"))
    text = t("place-open-ask", who=who, child=pupil.name)
    return Screen(text, keyboard([yes], [button(t("pupil-back"), PupilCard(pupil_id=pupil.id))]))


def left_when(t: Texts, pupil: PupilRow, today: date) -> Screen:
    """Which was the last day?"""
    yesterday = today - timedelta(days=1)
    days = [
        [button(t("left-today", day=t.day(today)), PupilLeft(pupil_id=pupil.id, day=today.isoformat()))],
        [
            button(
                t("left-yesterday", day=t.day(yesterday)),
                PupilLeft(pupil_id=pupil.id, day=yesterday.isoformat()),
            )
        ],
    ]
    text = t("left-when", name=f"{pupil.surname} {pupil.first_name}")
    return Screen(text, keyboard(*days, [button(t("pupil-back"), PupilCard(pupil_id=pupil.id))]))


def left_ask(t: Texts, pupil: PupilRow, day: date, today: date) -> Screen:
    """Whether the pupil has really left, and what follows."""
    yes = button(t("left-sure"), PupilLeft(pupil_id=pupil.id, day=day.isoformat(), sure=True))
    text = t("left-ask", name=f"{pupil.surname} {pupil.first_name}", day=t.day(day, today))
    return Screen(text, keyboard([yes], [button(t("pupil-back"), PupilCard(pupil_id=pupil.id))]))


def left_done(t: Texts, pupil: Pupil, day: date, today: date) -> Screen:
    """It is marked; for today it can be undone."""
    undo = button(t("left-undo"), PupilLeft(pupil_id=pupil.id, day="undo"))
    back = button(t("slips-back"), RosterClass(class_id=pupil.class_id))
    text = t("left-done", name=pupil.name, day=t.day(day, today))
    return Screen(text, keyboard([undo], [back], [go(t, "menu")]))


def message_left(t: Texts, arguments: dict[str, Any]) -> Screen:
    """A guardian with nobody else at school is told that the messages end."""
    return Screen(t("child-left", child=arguments["child"], days=arguments["days"]), protect=True)
