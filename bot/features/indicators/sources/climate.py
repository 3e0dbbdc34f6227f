"""Direction 4, the school's climate: what preventive events used, praise, local acts."""

from sqlalchemy import distinct, func, select

from bot.db.base import Session
from bot.db.declarations import Practice
from bot.db.documents import Document, DocumentKind, in_force
from bot.db.events import Event, EventState
from bot.db.feedback import QUOTABLE, About, Ticket
from bot.db.indicators import LOCAL_ACTS, ON, SCHOOL_YEAR, SCHOOL_YEAR_SINCE, UNTIL
from bot.features.indicators.sources.evidence import (
    EVENTS,
    Counted,
    Day,
    Evidence,
    Item,
    Presence,
    Share,
    Subject,
    Why,
    numbers,
)
from bot.features.indicators.sources.staff import declaring

# Preventive events of this school year, those that were held.
_PREVENTIVE = (
    Event.preventive
    & (Event.state == EventState.HELD)
    & (Event.starts_at >= SCHOOL_YEAR_SINCE)
    & (Event.held_at < UNTIL)
)
_PRAISE = QUOTABLE & (Ticket.about == About.EQUIPMENT) & Ticket.opened_on.between(SCHOOL_YEAR, ON)
_ACTS = (Document.kind == DocumentKind.LOCAL_ACT) & in_force(ON)

# By number and day: the words stand in the letters.
_LETTERS = Subject(
    select(Ticket.number, Ticket.opened_on).order_by(Ticket.opened_on, Ticket.number),
    lambda number, on: Item(number, f"№ {number}", on=on, outside=f"№ {number}"),
)


class LocalActs(Counted):
    """4.6: yes when each act that the programme lists is on file and in force."""

    counting = numbers(func.count(distinct(Document.act_key))).where(
        _ACTS, func.replace(LOCAL_ACTS, ";" + Document.act_key + ";", "") != LOCAL_ACTS
    )

    def made_of(self, day: Day, first: int, second: None, third: None) -> Evidence:
        """How many of the acts are there."""
        acts = len(day.programme.local_acts)
        return Evidence(float(first == acts), first, acts)

    async def why(self, session: Session, day: Day) -> Why:
        """The acts by their titles in the programme."""
        there = set(await session.scalars(select(Document.act_key).where(_ACTS), day.values))
        acts = list(enumerate(day.programme.local_acts, 1))
        return Why(
            [Item(number, act.title, outside=act.title) for number, act in acts if act.key in there],
            [Item(number, act.title, outside=act.title) for number, act in acts if act.key not in there],
        )


SOURCES = {
    "multimedia": declaring(Practice.MULTIMEDIA),
    "growth_point": Share(EVENTS, _PREVENTIVE, Event.growth_point.is_(True)),
    "specialists": Share(EVENTS, _PREVENTIVE, Event.with_specialist.is_(True)),
    "local_acts": LocalActs(),
    "praise": Presence(_LETTERS, _PRAISE),
}
