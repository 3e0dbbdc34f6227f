"""Preparing, announcing, moving and calling off an event: buttons and words for the admin."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from bot.db.accounts import Staff
from bot.db.events import EventState
from bot.db.outbox import Spread
from bot.features.events import Card, Coming
from bot.features.events.planning import Choice, Flag, Group
from bot.features.outbox.announcing import Kind
from bot.programme.calendar import LEVELS
from bot.texts import Html, Texts
from bot.ui.events import EventBoard, EventCard, facts, named, photos, times
from bot.ui.outbox import progress
from bot.ui.screen import GO, Row, Screen, button, go, keyboard, rows, shorten, turns

Field = Literal[
    "title", "times", "place", "description", "photo", "classes", "flags", "organiser",
    "no_description", "no_photo",
]  # fmt: skip
# How long an event may take, in minutes, as buttons.
LENGTHS = (45, 60, 90, 120, 180)
DAYS_SHOWN = 14
HOURS = range(8, 20)
# Telegram shows at most 100 buttons: so many classes fit beside the others.
CLASSES_MAX = 80
STAFF_PAGE = 16


class EventPlans(CallbackData, prefix="evl"):
    """A page of all events, from 0."""

    page: int


class EventNew(CallbackData, prefix="evw"):
    """Prepare an event."""


class EventEdit(CallbackData, prefix="eve"):
    """Change one thing of a draft (of an announced one: how it is held)."""

    event_id: int
    field: Field


class EventDay(CallbackData, prefix="evd"):
    """On this day (its ordinal)."""

    day: int


class EventTime(CallbackData, prefix="evt"):
    """At this minute of the day."""

    minute: int


class EventLength(CallbackData, prefix="evm"):
    """So many minutes long."""

    minutes: int


class EventPlace(CallbackData, prefix="evq"):
    """At the n-th of the places offered."""

    index: int


class EventClassSet(CallbackData, prefix="evk"):
    """For this class, or not."""

    event_id: int
    class_id: int
    on: bool


class EventGroupSet(CallbackData, prefix="evh"):
    """For all classes of a level or of the school, or none of them."""

    event_id: int
    group: Group
    on: bool


class EventFlagSet(CallbackData, prefix="evf"):
    """A flag, or not."""

    event_id: int
    flag: Flag
    on: bool


class EventStaffPage(CallbackData, prefix="evg"):
    """A page of who could run it, from 0."""

    event_id: int
    page: int


class EventStaff(CallbackData, prefix="evr"):
    """This one runs it."""

    event_id: int
    staff_id: int


class EventDo(CallbackData, prefix="evx"):
    """Announce, throw the draft away, move, call off; `sure` after the question."""

    event_id: int
    action: Literal["publish", "drop", "drop_sure", "move", "cancel", "cancel_sure"]


class EventMove(CallbackData, prefix="evv"):
    """Move it as asked; `sequence` is the event's at the question, so that twice is once."""

    event_id: int
    sequence: int


# --- all events ------------------------------------------------------------------------------------------


def overview(t: Texts, found: Coming, now: datetime, zone: ZoneInfo) -> Screen:
    """Drafts, what comes, what was lately."""
    new = [button(t("event-new"), EventNew())]
    if not found.cards:
        return Screen(t("event-none"), keyboard(new, [go(t, "menu")]))
    buttons = rows(
        button(
            f"{_sign(card, now)} {named(card, zone)}",
            EventCard(event_id=card.event.id),
        )
        for card in found.cards
    )
    pages = turns(found.page, found.pages, lambda page: EventPlans(page=page))
    return Screen(t("event-list"), keyboard(*buttons, pages, new, [go(t, "menu")]))


def _sign(card: Card, now: datetime) -> str:
    match card.event.state:
        case EventState.DRAFT:
            return "✏"
        case EventState.CANCELLED:
            return "✖"
        case EventState.HELD:
            return "✅"
    return "✍" if card.event.ends_at <= now else "📅"


def card(t: Texts, found: Card, said: dict[str, Any], now: datetime, spread: Spread) -> Screen:
    """An event as the admin sees it: the draft with all that can be changed, or how it stands."""
    if found.event.state == EventState.DRAFT:
        return draft(t, found, said)
    event, lines = found.event, facts(t, said)
    lines += ["", *_inside(t, found)]
    buttons: list[Row] = [progress(t, Kind.EVENT, event.id, spread)]
    if event.for_parents or event.for_staff:
        lines.append(t("event-signed", families=found.families, people=found.signed))
    match event.state:
        case EventState.CANCELLED:
            lines = [t("event-is-cancelled", reason=event.cancel_reason), "", *lines]
        case EventState.HELD:
            lines.append(t("event-was-held", people=event.headcount or 0))
        case _ if found.started(now):
            lines += ["", t("event-mark-hint")]
    if event.state != EventState.CANCELLED:
        if found.started(now):
            buttons.append([button(t("event-who-came"), EventBoard(event_id=event.id))])
        if event.state == EventState.PUBLISHED:
            buttons.append(
                [
                    button(t("event-move"), EventDo(event_id=event.id, action="move")),
                    button(t("event-cancel"), EventDo(event_id=event.id, action="cancel")),
                ]
            )
        buttons.append([button(t("event-edit-flags"), EventEdit(event_id=event.id, field="flags"))])
    return Screen("\n".join(lines), keyboard(*buttons, [button(t("event-back-all"), f"{GO}event")]))


def _inside(t: Texts, found: Card) -> list[str]:
    """What the school needs to know, and no guest."""
    event = found.event
    flags = [t(f"event-flag-{flag}") for flag in HOW if getattr(event, flag)]
    lines: list[str] = [t("event-organiser", name=found.organiser or t("event-organiser-none"))]
    return [*lines, t("event-flags", flags=Html(", ".join(flags)))] if flags else lines


HOW: tuple[Flag, ...] = ("preventive", "with_specialist", "growth_point")


def draft(
    t: Texts, found: Card, said: dict[str, Any], note: Html | None = None, *, picture: bool = False
) -> Screen:
    """The draft as guests will see it, what the school knows of it, and every way to change it.

    The `picture` goes before it where it is new; later a line says that there is one.
    """
    event = found.event
    lines = [*([note, ""] if note else []), t("event-draft"), "", *facts(t, said), "", *_inside(t, found)]
    if event.photo:
        lines.append(t("event-has-photo"))
    if not (event.for_parents or event.for_staff):
        lines += ["", t("event-invites-nobody")]

    def edit(field: Field) -> Any:
        return button(t(f"event-edit-{field}"), EventEdit(event_id=event.id, field=field))

    texts: list[Field] = ["no_description"] if event.description else []
    pictures: list[Field] = ["no_photo"] if event.photo else []
    buttons = [
        [button(t("event-publish"), EventDo(event_id=event.id, action="publish"))],
        [edit("classes"), edit("flags")],
        [edit("title"), edit("times"), edit("place")],
        [edit("description"), *map(edit, texts)],
        [edit("photo"), *map(edit, pictures)],
        [edit("organiser")],
        [button(t("event-drop"), EventDo(event_id=event.id, action="drop"))],
        [button(t("event-back-all"), f"{GO}event")],
    ]
    return Screen("\n".join(lines), keyboard(*buttons), files=photos(said) if picture else ())


# --- step by step ----------------------------------------------------------------------------------------


def ask_title(t: Texts) -> Screen:
    """What is it called?"""
    return Screen(t("event-ask-title"), keyboard([go(t, "cancel")]))


def ask_day(t: Texts, today: date) -> Screen:
    """When? The next two weeks as buttons, or typing day and time."""
    days = (today + timedelta(days=n) for n in range(DAYS_SHOWN))
    buttons = [button(t.short_day(day), EventDay(day=day.toordinal())) for day in days]
    return Screen(t("event-ask-day"), keyboard(*rows(buttons, 4), [go(t, "cancel")]))


def ask_time(t: Texts, day: date) -> Screen:
    """At what time?"""
    hours = [button(f"{hour}:00", EventTime(minute=hour * 60)) for hour in HOURS]
    return Screen(t("event-ask-time", day=t.weekday(day)), keyboard(*rows(hours, 4), [go(t, "cancel")]))


def ask_length(t: Texts, starts: datetime) -> Screen:
    """Until when?"""
    ends = ((minutes, starts + timedelta(minutes=minutes)) for minutes in LENGTHS)
    buttons = [
        button(t("event-until", time=f"{end:%H:%M}"), EventLength(minutes=minutes)) for minutes, end in ends
    ]
    words = t("event-ask-length", when=t.moment(starts))
    return Screen(words, keyboard(*rows(buttons, 3), [go(t, "cancel")]))


def ask_place(t: Texts, places: Sequence[str]) -> Screen:
    """Where? Places of before as buttons."""
    buttons = rows(button(shorten(place, 40), EventPlace(index=n)) for n, place in enumerate(places))
    return Screen(t("event-ask-place"), keyboard(*buttons, [go(t, "cancel")]))


def ask_words(t: Texts, field: Literal["title", "place", "description", "photo"], event_id: int) -> Screen:
    """The field anew."""
    back = button(t("event-back"), EventCard(event_id=event_id))
    return Screen(t(f"event-ask-{field}"), keyboard([back]))


def classes(t: Texts, found: Choice) -> Screen:
    """For whom: guardians, staff, and which classes."""
    event, chosen = found.card.event, found.chosen
    whom = [_flag(t, found.card, "for_parents"), _flag(t, found.card, "for_staff")]
    groups: list[tuple[Group, set[int]]] = [("all", {c.id for c in found.classes})]
    groups += [(name, {c.id for c in found.classes if c.grade in of}) for name, of in LEVELS.items()]
    group_buttons = [
        button(
            _tick(t(f"event-group-{name}"), on=ids <= set(chosen)),
            EventGroupSet(event_id=event.id, group=name, on=not ids <= set(chosen)),
        )
        for name, ids in groups
        if ids
    ]
    class_buttons = [
        button(
            _tick(c.name, on=c.id in chosen),
            EventClassSet(event_id=event.id, class_id=c.id, on=c.id not in chosen),
        )
        for c in found.classes[:CLASSES_MAX]
    ]
    done = button(t("event-classes-done"), EventCard(event_id=event.id))
    words = t("event-ask-classes") if found.classes else t("event-no-classes")
    return Screen(words, keyboard(whom, *rows(group_buttons, 2), *rows(class_buttons, 5), [done]))


def _tick(label: str, *, on: bool) -> str:
    return f"✓ {label}" if on else label


def _flag(t: Texts, found: Card, flag: Flag) -> Any:
    on = getattr(found.event, flag)
    return button(
        _tick(t(f"event-flag-{flag}"), on=on), EventFlagSet(event_id=found.event.id, flag=flag, on=not on)
    )


def flags(t: Texts, found: Card) -> Screen:
    """How it is held: what the indicators ask."""
    done = button(t("event-flags-done"), EventCard(event_id=found.event.id))
    return Screen(t("event-ask-flags"), keyboard(*rows(_flag(t, found, flag) for flag in HOW), [done]))


def organisers(t: Texts, event_id: int, staff: Sequence[Staff], chosen: int | None, page: int) -> Screen:
    """Who runs it?"""
    pages = max(1, -(-len(staff) // STAFF_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = staff[page * STAFF_PAGE : (page + 1) * STAFF_PAGE]
    buttons = [
        button(
            _tick(shorten(each.name, 40), on=each.id == chosen),
            EventStaff(event_id=event_id, staff_id=each.id),
        )
        for each in shown
    ]
    row = turns(page, pages, lambda to: EventStaffPage(event_id=event_id, page=to))
    back = button(t("event-back"), EventCard(event_id=event_id))
    return Screen(t("event-ask-organiser"), keyboard(*rows(buttons, 2), row, [back]))


def drop_ask(t: Texts, found: Card) -> Screen:
    """Whether to throw the draft away."""
    yes = button(t("event-drop-sure"), EventDo(event_id=found.event.id, action="drop_sure"))
    no = button(t("event-drop-not"), EventCard(event_id=found.event.id))
    return Screen(t("event-drop-ask", title=found.event.title), keyboard([yes], [no]))


def published(t: Texts, found: Card, invited: int) -> Screen:
    """It is announced."""
    words = t("event-published", people=invited) if invited else t("event-published-nobody")
    see = button(t("event-see"), EventCard(event_id=found.event.id))
    going = progress(t, Kind.EVENT, found.event.id) if invited else []
    return Screen(words, keyboard(going, [see], [go(t, "menu")]))


# --- moving and calling off ------------------------------------------------------------------------------


def ask_move_place(t: Texts, places: Sequence[str]) -> Screen:
    """Where then? The first of the places is the present one."""
    buttons = rows(
        button(
            t("event-same-place", place=shorten(place, 40)) if n == 0 else shorten(place, 40),
            EventPlace(index=n),
        )
        for n, place in enumerate(places)
    )
    return Screen(t("event-ask-move-place"), keyboard(*buttons, [go(t, "cancel")]))


def move_ask(t: Texts, found: Card, starts: datetime, ends: datetime, place: str) -> Screen:
    """Whether to move it, and who will be told."""
    event = found.event
    lines = [
        t("event-move-ask", title=event.title),
        t("event-when", when=times(t, starts, ends)),
        t("event-where", place=place),
        "",
        t("event-move-told", families=found.families),
    ]
    yes = button(t("event-move-sure"), EventMove(event_id=event.id, sequence=event.sequence))
    no = button(t("event-move-not"), EventCard(event_id=event.id))
    return Screen("\n".join(lines), keyboard([yes], [no]))


def moved(t: Texts, event_id: int, told: int) -> Screen:
    """It is moved."""
    see = button(t("event-see"), EventCard(event_id=event_id))
    return Screen(t("event-moved", people=told), keyboard([see], [go(t, "menu")]))


def ask_reason(t: Texts, found: Card, now: datetime) -> Screen:
    """Why is it called off?"""
    key = "event-ask-reason" if found.event.ends_at > now else "event-ask-reason-late"
    back = button(t("event-cancel-not"), EventCard(event_id=found.event.id))
    return Screen(t(key, title=found.event.title, families=found.families), keyboard([back]))


def cancel_ask(t: Texts, found: Card, reason: str, now: datetime) -> Screen:
    """Whether to call it off, with these words; others may be typed."""
    coming = found.event.ends_at > now
    lines = [t("event-cancel-ask", title=found.event.title), t("event-reason", reason=reason)]
    if coming:
        lines.append(t("event-cancel-told", families=found.families))
    yes = button(t("event-cancel-sure"), EventDo(event_id=found.event.id, action="cancel_sure"))
    no = button(t("event-cancel-not"), EventCard(event_id=found.event.id))
    return Screen("\n\n".join(lines), keyboard([yes], [no]))


def cancelled(t: Texts, event_id: int, told: int) -> Screen:
    """It is called off."""
    see = button(t("event-see"), EventCard(event_id=event_id))
    words = t("event-cancelled-told", people=told) if told else t("event-cancelled-nobody")
    return Screen(words, keyboard([see], [go(t, "menu")]))
