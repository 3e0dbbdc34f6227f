"""Events as their guests see them: buttons and words."""

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.db.events import EventState
from bot.db.outbox import File
from bot.features.events import PEOPLE_MAX, Card, Coming
from bot.texts import Html, Texts
from bot.ui.screen import GO, Row, Screen, button, go, keyboard, rows, shorten, turns


class EventsPage(CallbackData, prefix="evp"):
    """A page of what is to come, from 0."""

    page: int


class EventOpen(CallbackData, prefix="evo"):
    """One event, as a guest."""

    event_id: int


class EventSign(CallbackData, prefix="evs"):
    """Come with so many people, oneself included; 0: not come."""

    event_id: int
    people: int


class EventMore(CallbackData, prefix="evn"):
    """Come with more people than the first buttons offer."""

    event_id: int


class EventCalendar(CallbackData, prefix="evi"):
    """The event as a file for the phone's calendar."""

    event_id: int


class EventBoard(CallbackData, prefix="evb"):
    """Who came."""

    event_id: int


class EventCard(CallbackData, prefix="evc"):
    """One event, as an admin: the draft, or how it stands."""

    event_id: int


# --- what an event says ----------------------------------------------------------------------------------


def times(t: Texts, starts: datetime, ends: datetime) -> str:
    """From when to when: the day once where it is one."""
    same_day = starts.date() == ends.date()
    return f"{t.moment(starts)}–{f'{ends:%H:%M}' if same_day else t.moment(ends)}"


def audience(t: Texts, said: Mapping[str, Any]) -> Html:
    """Whom it is for, from a message's arguments."""
    told = said["audience"]
    where = (
        [t("event-whole-school")] if told["whole"] else [t(f"event-level-{name}") for name in told["levels"]]
    )
    if told["classes"]:
        where.append(t("event-classes", names=", ".join(told["classes"])))
    if not where and (said["for_parents"] or not said["for_staff"]):
        where.append(t("event-no-classes-yet"))
    who = []
    if said["for_parents"]:
        who.append(t("event-whom-parents", where=Html(", ".join(where))))
    elif where:
        who.append(t("event-whom-pupils", where=Html(", ".join(where))))
    if said["for_staff"]:
        who.append(t("event-whom-staff"))
    return Html("; ".join(who))


def facts(t: Texts, said: Mapping[str, Any], *, whole: bool = True) -> list[str]:
    """Title, time, place; with `whole` also for whom, and the description."""
    starts, ends = datetime.fromisoformat(said["starts"]), datetime.fromisoformat(said["ends"])
    lines = [
        f"<b>{escape(said['title'], quote=False)}</b>",
        t("event-when", when=times(t, starts, ends)),
        t("event-where", place=said["place"]),
    ]
    if whole:
        lines.append(t("event-whom", whom=audience(t, said)))
        if said["description"]:
            lines += ["", escape(said["description"], quote=False)]
    return lines


def photos(said: Mapping[str, Any]) -> tuple[File, ...]:
    """The picture of an event, if it has one."""
    return (File(*said["photo"]),) if said["photo"] else ()


def answer(t: Texts, people: int | None) -> list[str]:
    """What the guest has answered."""
    if people is None:
        return []
    return ["", t("event-you-come", people=people) if people else t("event-you-do-not")]


def sign_buttons(t: Texts, event_id: int, people: int | None) -> list[Row]:
    """Come with one, two, three …; change it; not come. Every button says a number, so twice is once."""
    if people:
        fewer = (
            [button(t("event-fewer"), EventSign(event_id=event_id, people=people - 1))] if people > 1 else []
        )
        more = [button(t("event-more-one"), EventSign(event_id=event_id, people=people + 1))]
        return [
            [*fewer, *(more if people < PEOPLE_MAX else [])],
            [button(t("event-change-mind"), EventSign(event_id=event_id, people=0))],
        ]
    alone = button(t("event-alone"), EventSign(event_id=event_id, people=1))
    several = [
        button(t("event-several", people=n), EventSign(event_id=event_id, people=n)) for n in (2, 3, 4)
    ]
    many = button(t("event-more"), EventMore(event_id=event_id))
    refuse = [] if people == 0 else [button(t("event-not"), EventSign(event_id=event_id, people=0))]
    return [[alone], [*several, many], refuse]


def calendar_button(t: Texts, event_id: int, key: str = "event-calendar") -> InlineKeyboardButton:
    """The button that gives the calendar file."""
    return button(t(key), EventCalendar(event_id=event_id))


# --- screens ---------------------------------------------------------------------------------------------


def coming(t: Texts, found: Coming, now: datetime, zone: ZoneInfo, *, admin: bool) -> Screen:
    """What is to come, with the guest's own answers."""
    manage = [go(t, "event")] if admin else []
    if not found.cards:
        return Screen(t("events-none"), keyboard(manage, [go(t, "menu")]))
    buttons = rows(button(item(card, now, zone), EventOpen(event_id=card.event.id)) for card in found.cards)
    pages = turns(found.page, found.pages, lambda page: EventsPage(page=page))
    return Screen(t("events-list"), keyboard(*buttons, pages, manage, [go(t, "menu")]))


def item(card: Card, now: datetime, zone: ZoneInfo) -> str:
    """An event on a button: how it stands for the guest, the day, the title."""
    if card.event.state == EventState.CANCELLED:
        sign = "✖"
    elif card.runs and card.event.ends_at <= now:
        sign = "✍"
    else:
        sign = "✓" if card.people else "•"
    return f"{sign} {named(card, zone)}"


def named(card: Card, zone: ZoneInfo) -> str:
    """An event by its day (school time) and title."""
    return f"{card.event.starts_at.astimezone(zone):%d.%m} {shorten(card.event.title, 40)}"


def guest_card(t: Texts, card: Card, said: Mapping[str, Any], now: datetime, *, admin: bool) -> Screen:
    """One event and what the guest can do."""
    event = card.event
    lines = facts(t, said)
    if card.organiser:
        lines += ["", t("event-organiser", name=card.organiser)]
    buttons: list[Row] = []
    if event.state == EventState.CANCELLED:
        lines = [t("event-is-cancelled", reason=event.cancel_reason), "", *lines]
        buttons = [[calendar_button(t, event.id, "event-calendar-remove")]] if card.people else []
    else:
        lines += answer(t, card.people)
        if card.open_at(now):
            buttons = sign_buttons(t, event.id, card.people)
        elif event.state == EventState.PUBLISHED and (event.for_parents or event.for_staff):
            lines += ["", t("event-has-begun")]
        if event.ends_at > now:
            buttons.append([calendar_button(t, event.id)])
    if card.runs:
        lines += ["", t("event-signed", families=card.families, people=card.signed)]
        if event.state != EventState.CANCELLED and card.started(now):
            buttons.append([button(t("event-who-came"), EventBoard(event_id=event.id))])
    manage = [button(t("event-manage"), EventCard(event_id=event.id))] if admin else []
    return Screen("\n".join(lines), keyboard(*buttons, manage, [button(t("events-back"), f"{GO}events")]))


def how_many(t: Texts, event_id: int) -> Screen:
    """With how many? Buttons up to ten, or typing."""
    numbers = (button(str(n), EventSign(event_id=event_id, people=n)) for n in range(1, PEOPLE_MAX + 1))
    back = button(t("event-back"), EventOpen(event_id=event_id))
    return Screen(t("event-how-many", max=PEOPLE_MAX), keyboard(*rows(numbers, 5), [back]))


# --- messages of the outbox ------------------------------------------------------------------------------


def message(t: Texts, said: dict[str, Any]) -> Screen:
    """You are invited; the same where the invitation stands when something has changed."""
    event_id = said["event"]
    if said["state"] == EventState.CANCELLED:
        lines = [t("event-is-cancelled", reason=said["reason"]), "", *facts(t, said)]
        return Screen("\n".join(lines), keyboard([_details(t, event_id)]), files=photos(said))
    lines = [t("event-message"), "", *facts(t, said), *answer(t, said["people"])]
    buttons = [*sign_buttons(t, event_id, said["people"]), [calendar_button(t, event_id)]]
    return Screen("\n".join(lines), keyboard(*buttons), files=photos(said))


def message_moved(t: Texts, said: dict[str, Any]) -> Screen:
    """It is at another time or place."""
    was, starts = datetime.fromisoformat(said["was_starts"]), datetime.fromisoformat(said["starts"])
    lines = [t("event-message-moved"), "", *facts(t, said, whole=False)]
    if was != starts:
        lines.append(t("event-was-when", when=t.moment(was)))
    if said["was_place"] != said["place"]:
        lines.append(t("event-was-where", place=said["was_place"]))
    lines += answer(t, said["people"])
    renew = calendar_button(t, said["event"], "event-calendar-renew" if said["people"] else "event-calendar")
    return Screen("\n".join(lines), keyboard(*sign_buttons(t, said["event"], said["people"]), [renew]))


def message_cancelled(t: Texts, said: dict[str, Any]) -> Screen:
    """It does not take place."""
    lines = [
        t("event-message-cancelled"),
        "",
        *facts(t, said, whole=False),
        "",
        t("event-reason", reason=said["reason"]),
    ]
    remove = calendar_button(t, said["event"], "event-calendar-remove")
    return Screen("\n".join(lines), keyboard([remove]))


def message_reminder(t: Texts, said: dict[str, Any]) -> Screen:
    """It is soon, and you come."""
    lines = [t("event-message-reminder"), "", *facts(t, said, whole=False), *answer(t, said["people"])]
    buttons = [*sign_buttons(t, said["event"], said["people"]), [calendar_button(t, said["event"])]]
    return Screen("\n".join(lines), keyboard(*buttons))


def message_organiser(t: Texts, said: dict[str, Any]) -> Screen:
    """You run it."""
    lines = [t("event-message-organiser"), "", *facts(t, said), "", t("event-message-organiser-mark")]
    event_id = said["event"]
    return Screen("\n".join(lines), keyboard([_details(t, event_id)], [calendar_button(t, event_id)]))


def message_mark(t: Texts, said: dict[str, Any]) -> Screen:
    """It is over: who came?"""
    lines = [t("event-message-mark"), "", *facts(t, said, whole=False)]
    return Screen(
        "\n".join(lines), keyboard([button(t("event-who-came"), EventBoard(event_id=said["event"]))])
    )


def _details(t: Texts, event_id: int) -> InlineKeyboardButton:
    return button(t("event-details"), EventOpen(event_id=event_id))


def _when(t: Texts, said: Mapping[str, Any]) -> str:
    return t.moment(datetime.fromisoformat(said["starts"]))


def digest(t: Texts, said: dict[str, Any]) -> tuple[Html, InlineKeyboardButton]:
    """The invitation's line in the evening's digest, and the button that opens the event."""
    return t("event-digest", title=said["title"], when=_when(t, said)), _named(said)


def digest_moved(t: Texts, said: dict[str, Any]) -> tuple[Html, InlineKeyboardButton]:
    """The same for one that was moved."""
    return t("event-digest-moved", title=said["title"], when=_when(t, said)), _named(said)


def _named(said: Mapping[str, Any]) -> InlineKeyboardButton:
    return button(shorten(said["title"], 40), EventOpen(event_id=said["event"]))
