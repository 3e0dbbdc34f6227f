"""Direction 4, the school's climate: what preventive events used, praise, local acts."""

from sqlalchemy import ColumnElement, select

from bot.db.events import Event, EventState
from bot.db.feedback import QUOTABLE, About, Ticket
from bot.features.indicators.sources.evidence import EVENTS, Day, Item, Presence, Share, Subject


def _preventive(day: Day) -> ColumnElement[bool]:
    """Preventive events of this school year, those that were held."""
    return (
        Event.preventive
        & (Event.state == EventState.HELD)
        & (Event.starts_at >= day.since(day.school_year))
        & (Event.held_at < day.until)
    )


def _growth_point(_: Day) -> ColumnElement[bool]:
    return Event.growth_point == True  # noqa: E712 - a condition of SQL


def _with_specialist(_: Day) -> ColumnElement[bool]:
    return Event.with_specialist == True  # noqa: E712 - a condition of SQL


def _praise(day: Day) -> ColumnElement[bool]:
    about = QUOTABLE & (Ticket.about == About.EQUIPMENT)
    return about & Ticket.opened_on.between(day.school_year, day.on)


# By number and day: the words stand in the letters.
_LETTERS = Subject(
    Ticket.number,
    select(Ticket.number, Ticket.opened_on).order_by(Ticket.opened_on, Ticket.number),
    lambda number, on: Item(number, f"№ {number}", on=on),
)

SOURCES = {
    "growth_point": Share(EVENTS, _preventive, _growth_point),
    "specialists": Share(EVENTS, _preventive, _with_specialist),
    "praise": Presence(_LETTERS, _praise),
}
