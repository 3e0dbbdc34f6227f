"""Invitations on paper: a fresh code for every guardian's place that nobody has taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, insert, select

from bot.db import accounts as db
from bot.db.access import Actor
from bot.db.accounts import Invitation, Role
from bot.db.base import Session, active
from bot.db.roster import Guardian, Pupil, SchoolClass, welcome
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import hash_of, new_code, require, require_lead
from bot.features.roster.reading import LOOKALIKES


@dataclass(frozen=True)
class Place:
    """A guardian's place that a slip is for, with the code that the slip carries."""

    guardian_id: int
    school_class: str
    pupil: str
    relation: str
    code: str


@dataclass(frozen=True)
class Offer:
    """What could be printed: slips, and how many of their families hold a slip that would stop working.

    `latest` is the last invitation that any of them got (0: none): by it a second press is known.
    """

    school_class: SchoolClass | None
    slips: int
    invited: int
    latest: int


def _free(class_id: int | None, today: date) -> ColumnElement[bool]:
    """Places of today that nobody has taken, of a class or the whole school."""
    here = Guardian.person_id.is_(None) & welcome(today) & active(Pupil, today)
    return here & (Pupil.class_id == class_id) if class_id else here


async def allow(session: Session, actor: Actor | None, class_id: int | None) -> SchoolClass | None:
    """The class, for an admin or who leads it; None, the whole school, for an admin.

    `actor` None: the operator. Raises NotFoundError where there is no such class.
    """
    if class_id is None:
        if actor is not None:
            require(actor, Role.ADMIN)
        return None
    found = await session.get(SchoolClass, class_id)
    if found is None:
        raise NotFoundError
    if actor is not None:
        await require_lead(session, actor, class_id)
    return found


class NoSuchClassError(Exception):
    """There is no class of that name; the text lists those that there are."""


async def find_class(session: Session, name: str) -> int:
    """The class that somebody typed on the command line: case, spaces and Latin letters do not matter.

    Raises NoSuchClassError.
    """
    wanted = "".join(name.split()).upper().translate(LOOKALIKES)
    query = select(SchoolClass).order_by(SchoolClass.grade, SchoolClass.letter)
    known = {school_class.name: school_class.id for school_class in await session.scalars(query)}
    if wanted not in known:
        raise NoSuchClassError(", ".join(known) or "none")
    return known[wanted]


async def offer(session: Session, actor: Actor, now: datetime, today: date, class_id: int | None) -> Offer:
    """How many slips there would be for a class (None: the whole school)."""
    school_class = await allow(session, actor, class_id)
    has_open = exists().where(Invitation.guardian_id == Guardian.id, db.OPEN, Invitation.expires_at > now)
    query = (
        select(func.count(), func.count().filter(has_open))
        .select_from(Guardian)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .where(_free(class_id, today))
    )
    slips, invited = (await session.execute(query)).one()
    return Offer(school_class, slips, invited, await _latest(session, class_id, today))


async def _latest(session: Session, class_id: int | None, today: date) -> int:
    places = select(Guardian.id).join(Pupil, Pupil.id == Guardian.pupil_id).where(_free(class_id, today))
    query = select(func.max(Invitation.id)).where(Invitation.guardian_id.in_(places))
    return await session.scalar(query) or 0


async def prepare(
    session: Session, actor: Actor | None, today: date, class_id: int | None, latest: int | None = None
) -> list[Place]:
    """The places with new codes, by class and pupil. Nothing is stored yet: drawing takes time.

    `latest` is that of the offer. Raises AppError where everybody has come, or somebody of them was invited
    since: a second press must not make the codes stop working that the first has printed.
    """
    await allow(session, actor, class_id)
    if latest is not None and latest != await _latest(session, class_id, today):
        raise AppError("error-slips-changed")
    query = (
        select(Guardian.id, SchoolClass, Pupil.surname, Pupil.first_name, Guardian.relation)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .where(_free(class_id, today))
        .order_by(
            SchoolClass.grade, SchoolClass.letter, Pupil.surname, Pupil.first_name, Pupil.id, Guardian.id
        )
    )
    places = [
        Place(id_, school_class.name, f"{surname} {first_name}", relation, new_code())
        for id_, school_class, surname, first_name, relation in await session.execute(query)
    ]
    if not places:
        raise AppError("error-no-slips")
    return places


async def issue(
    session: Session,
    actor: Actor | None,
    now: datetime,
    places: Sequence[Place],
    class_id: int | None,
    valid_days: int,
) -> None:
    """Make the codes on paper work, and those given to these places before stop.

    Whoever has come meanwhile needs none. A constant number of statements, one entry in the audit trail.
    """
    ids = [place.guardian_id for place in places]
    still = select(Guardian.id).where(Guardian.id.in_(ids), Guardian.person_id.is_(None))
    free = set(await session.scalars(still))
    await db.withdraw_invitations(session, now, Invitation.guardian_id.in_(free))
    rows = [
        {
            "code_hash": hash_of(place.code),
            "guardian_id": place.guardian_id,
            "invited_by": actor.person_id if actor else None,
            "created_at": now,
            "expires_at": now + timedelta(days=valid_days),
        }
        for place in places
        if place.guardian_id in free
    ]
    if rows:
        await session.execute(insert(Invitation), rows)
    subject = f"class:{class_id}" if class_id else "school"
    audit.record(session, actor, now, "invitations.printed", subject, count=len(rows))


async def withdraw_class(
    session: Session, actor: Actor, now: datetime, today: date, class_id: int
) -> SchoolClass:
    """Make every open invitation to a class's guardians stop working. Raises NotFoundError for no class."""
    school_class = await allow(session, actor, class_id)
    assert school_class is not None  # noqa: S101 - a class was asked for
    places = select(Guardian.id).join(Pupil, Pupil.id == Guardian.pupil_id).where(_free(class_id, today))
    await db.withdraw_invitations(session, now, Invitation.guardian_id.in_(places))
    audit.record(session, actor, now, "invitations.withdrawn", f"class:{class_id}")
    return school_class
