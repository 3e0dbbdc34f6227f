"""Surnames in the words of a note: the writer is told of them before it is sent."""

import re
from datetime import date

from sqlalchemy import select

from bot.db.access import Actor, teaches_pupil
from bot.db.base import Session
from bot.db.roster import Pupil


async def found_in(session: Session, actor: Actor, today: date, text: str) -> list[str]:
    """The surnames of the actor's pupils that a text seems to hold: Telegram has no need of them."""
    query = select(Pupil.surname).where(teaches_pupil(actor, today)).distinct().order_by(Pupil.surname)
    return [surname for surname in await session.scalars(query) if holds(text, surname)]


# What a Russian surname loses when it is declined; it may get up to three letters instead.
_ENDING = re.compile(r"(?:[иыо]й|ая|[аяь])$")


def holds(text: str, surname: str) -> bool:
    """Whether a text holds the surname in any case ("Лукошкина", "Лукошкину"), with its capital letter."""
    stem = _ENDING.sub("", surname)
    # Of a short one too much else begins the same.
    pattern = rf"{re.escape(stem)}\w{{0,3}}" if len(stem) > 3 else re.escape(surname)
    return re.search(rf"\b{pattern}\b", text) is not None
