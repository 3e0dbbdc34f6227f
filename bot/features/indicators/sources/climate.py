"""Direction 4, the school's climate: what preventive events used, praise, local acts."""

from sqlalchemy import ColumnElement, select

from bot.db.base import Session
from bot.db.declarations import Practice
from bot.db.documents import Document, DocumentKind, in_force
from bot.db.events import Event, EventState
from bot.db.feedback import QUOTABLE, About, Ticket
from bot.features.indicators.sources.evidence import (
    EVENTS,
    Day,
    Evidence,
    Item,
    Presence,
    Share,
    Source,
    Subject,
    Why,
)
from bot.features.indicators.sources.staff import declaring


def _preventive(day: Day) -> ColumnElement[bool]:
    """Preventive events of this school year, those that were held."""
    return (
        Event.preventive
        & (Event.state == EventState.HELD)
        & (Event.starts_at >= day.since(day.school_year))
        & (Event.held_at < day.until)
    )


def _growth_point(_: Day) -> ColumnElement[bool]:
    return Event.growth_point.is_(True)


def _with_specialist(_: Day) -> ColumnElement[bool]:
    return Event.with_specialist.is_(True)


def _praise(day: Day) -> ColumnElement[bool]:
    about = QUOTABLE & (Ticket.about == About.EQUIPMENT)
    return about & Ticket.opened_on.between(day.school_year, day.on)


# By number and day: the words stand in the letters.
_LETTERS = Subject(
    Ticket.number,
    select(Ticket.number, Ticket.opened_on).order_by(Ticket.opened_on, Ticket.number),
    lambda number, on: Item(number, f"№ {number}", on=on, outside=f"№ {number}"),
)


class LocalActs(Source):
    """4.6: yes when each act that the programme lists is on file and in force."""

    async def evidence(self, session: Session, day: Day) -> Evidence:
        """One query."""
        why = await self.why(session, day)
        there, all_ = len(why.counted), len(day.programme.local_acts)
        return Evidence(float(there == all_), there, all_)

    async def why(self, session: Session, day: Day) -> Why:
        """The acts by their titles in the programme."""
        query = select(Document.act_key).where(Document.kind == DocumentKind.LOCAL_ACT, in_force(day.on))
        there = set(await session.scalars(query))
        acts = list(enumerate(day.programme.local_acts, 1))
        return Why(
            [Item(number, act.title, outside=act.title) for number, act in acts if act.key in there],
            [Item(number, act.title, outside=act.title) for number, act in acts if act.key not in there],
        )


SOURCES = {
    "multimedia": declaring(Practice.MULTIMEDIA),
    "growth_point": Share(EVENTS, _preventive, _growth_point),
    "specialists": Share(EVENTS, _preventive, _with_specialist),
    "local_acts": LocalActs(),
    "praise": Presence(_LETTERS, _praise),
}
