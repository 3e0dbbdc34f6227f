"""Who came to an event: buttons and words for its organiser."""

from aiogram.filters.callback_data import CallbackData

from bot.db.events import EventState
from bot.features.events.attendance import SIGNED, STAFF, Board, Entry, Page, Who
from bot.texts import Texts
from bot.ui.events import EventBoard, EventOpen
from bot.ui.screen import Screen, button, keyboard, rows, shorten, turns

# So many classes fit beside the other buttons.
CLASSES_MAX = 80


class EventList(CallbackData, prefix="eva"):
    """A page of who may have come: those who signed up (0), the staff (-1), a class (its id)."""

    event_id: int
    group: int
    page: int


class EventMark(CallbackData, prefix="evy"):
    """Somebody came, or did not; `group` and `page` are where the button stands."""

    event_id: int
    group: int
    page: int
    who: Who
    id: int
    came: bool


class EventAll(CallbackData, prefix="evu"):
    """Everybody who signed up came."""

    event_id: int


class EventHeld(CallbackData, prefix="evz"):
    """It took place with so many people; 0: ask how many."""

    event_id: int
    people: int


def board(t: Texts, found: Board) -> Screen:
    """How many have been marked, and the ways to mark."""
    event = found.card.event
    lines: list[str] = [
        t("event-board", title=event.title),
        t("event-signed", families=found.card.families, people=found.card.signed),
        t("event-came", families=found.families, people=found.people),
    ]
    if event.state == EventState.HELD:
        lines.append(t("event-was-held", people=event.headcount or 0))
    signed = []
    if found.card.families:
        signed = [
            [button(t("event-all-came"), EventAll(event_id=event.id))],
            [button(t("event-list-signed"), EventList(event_id=event.id, group=SIGNED, page=0))],
        ]
    classes = [
        button(c.name, EventList(event_id=event.id, group=c.id, page=0)) for c in found.classes[:CLASSES_MAX]
    ]
    if classes:
        lines += ["", t("event-board-classes")]
    staff = [button(t("event-list-staff"), EventList(event_id=event.id, group=STAFF, page=0))]
    key = "event-held-again" if event.state == EventState.HELD else "event-held"
    held = [button(t(key), EventHeld(event_id=event.id, people=0))]
    back = [button(t("event-back"), EventOpen(event_id=event.id))]
    return Screen("\n".join(lines), keyboard(*signed, *rows(classes, 5), staff, held, back))


def people(t: Texts, found: Page) -> Screen:
    """A page of a list: one press marks, another takes the mark away."""
    event_id = found.card.event.id
    if found.group == STAFF:
        title = t("event-list-staff")
    elif found.group == SIGNED:
        title = t("event-list-signed")
    else:
        title = t("event-list-class", class_name=found.school_class.name if found.school_class else "")
    words = "event-list-hint" if found.entries else "event-list-empty"
    buttons = rows(
        button(
            _label(t, each, whole_class=found.group > 0),
            EventMark(
                event_id=event_id,
                group=found.group,
                page=found.page,
                who=each.who,
                id=each.id,
                came=not each.came,
            ),
        )
        for each in found.entries
    )
    row = turns(found.page, found.pages, lambda to: EventList(event_id=event_id, group=found.group, page=to))
    back = [button(t("event-list-done"), EventBoard(event_id=event_id))]
    return Screen(f"<b>{title}</b>\n{t(words)}", keyboard(*buttons, row, back))


def _label(t: Texts, each: Entry, *, whole_class: bool) -> str:
    """Who, whose, and with how many. In a class the pupil leads, elsewhere the guardian."""
    if each.who == "s":
        label = each.name
    elif whole_class:
        label = f"{each.child} — {each.name or each.relation}"
    else:
        label = f"{each.name or each.relation} — {each.child}, {each.class_name}"
    number = f" ({each.people})" if each.people > 1 else ""
    return f"{'✓' if each.came else '▫'} {shorten(label, 50)}{number}"


def ask_headcount(t: Texts, found: Board) -> Screen:
    """How many came in all?"""
    event_id = found.card.event.id
    right = []
    if found.people:
        right = [
            button(
                t("event-headcount-right", people=found.people),
                EventHeld(event_id=event_id, people=found.people),
            )
        ]
    back = [button(t("event-back"), EventBoard(event_id=event_id))]
    words = t("event-ask-headcount", families=found.families, people=found.people)
    return Screen(words, keyboard(right, back))


def held(t: Texts, event_id: int, headcount: int) -> Screen:
    """It is on record."""
    back = button(t("event-list-more"), EventBoard(event_id=event_id))
    return Screen(t("event-held-done", people=headcount), keyboard([back]))
