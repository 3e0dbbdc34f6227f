"""What supports pupils: extra lessons, clubs, mentoring pairs. Here: whom one may choose."""

from datetime import date

from bot.db.access import Actor, teaches_pupil
from bot.db.base import Session
from bot.db.risk import support as db
from bot.db.risk.register import registered
from bot.db.risk.support import Candidate, ClassCount
from bot.db.roster import Pupil
from bot.errors import NotFoundError
from bot.features.accounts import require
from bot.features.risk.register import STAFF


async def classes(session: Session, actor: Actor, today: date) -> list[ClassCount]:
    """The classes of the pupils whom the actor may choose: own, for a specialist those of the register."""
    require(actor, *STAFF)
    return await db.classes(session, teaches_pupil(actor, today), registered(today))


async def candidates(session: Session, actor: Actor, today: date, class_id: int) -> list[Candidate]:
    """The pupils of a class whom the actor may choose, those on the register first.

    Raises NotFoundError for somebody else's class as for none.
    """
    require(actor, *STAFF)
    pupils = teaches_pupil(actor, today) & (Pupil.class_id == class_id)
    found = await db.candidates(session, pupils, registered(today))
    if not found:
        raise NotFoundError
    return found
