"""Clubs: additional education of the school and its partners, and who goes there (indicator 2.4)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from bot.db.access import Actor, teaches_pupil
from bot.db.base import Session, active
from bot.db.risk import support as db
from bot.db.risk.support import Club, ClubPupil, Provider
from bot.db.roster import Pupil, SchoolClass
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.outbox import clean_line
from bot.features.risk.register import KEEPERS, STAFF, staff_id

NAME_MAX = 60
# As many as fit under one message as buttons.
CLUBS_MAX = 80


async def overview(session: Session, actor: Actor, today: date) -> list[tuple[Club, int]]:
    """The clubs of today, each with the number of its pupils."""
    require(actor, *STAFF)
    return await db.clubs(session, active(Club, today), today)


@dataclass(frozen=True)
class Opened:
    """A club: how many go there, who of the actor's pupils, and whether the actor may close it."""

    club: Club
    count: int
    members: list[tuple[Pupil, SchoolClass, date]]
    closable: bool


async def opened(session: Session, actor: Actor, today: date, club_id: int) -> Opened:
    """A club of today."""
    require(actor, *STAFF)
    found = await db.clubs(session, active(Club, today) & (Club.id == club_id), today)
    if not found:
        raise NotFoundError
    club, count = found[0]
    members = await db.members(session, club_id, teaches_pupil(actor, today), today)
    closable = actor.is_one_of(*KEEPERS) or club.staff_id == actor.staff_id
    return Opened(club, count, members, closable)


def clean_name(text: str | None) -> str:
    """The name of a club or a partner as somebody typed it.

    Raises AppError for what is none or too long.
    """
    return clean_line(text, NAME_MAX)


async def create(
    session: Session, actor: Actor, now: datetime, today: date, name: str, organisation: str
) -> Club:
    """A club of a partner's (`organisation`), or of the school where that is empty.

    Raises AppError where there is one of this name already, or too many.
    """
    who = staff_id(actor)
    name = clean_name(name)
    clubs = await overview(session, actor, today)
    if any(name.casefold() == club.name.casefold() for club, _ in clubs):
        raise AppError("error-club-exists", name=name)
    if len(clubs) >= CLUBS_MAX:
        raise AppError("error-club-many", max=CLUBS_MAX)
    club = Club(
        name=name,
        provider=Provider.PARTNER if organisation else Provider.SCHOOL,
        organisation=clean_name(organisation) if organisation else "",
        staff_id=who,
        created_at=now,
        active_from=today,
    )
    session.add(club)
    await session.flush()
    audit.record(session, actor, now, "club.created", f"club:{club.id}", provider=club.provider.value)
    return club


async def set_member(
    session: Session, actor: Actor, now: datetime, today: date, club_id: int, pupil_id: int, *, goes: bool
) -> Pupil:
    """From today on the pupil goes to the club, or no longer does; asking for what is so changes nothing.

    Raises NotFoundError for a club that is closed and for somebody who is not the actor's pupil.
    """
    who = staff_id(actor)
    await opened(session, actor, today, club_id)
    pupil = await session.scalar(select(Pupil).where(teaches_pupil(actor, today), Pupil.id == pupil_id))
    if pupil is None:
        raise NotFoundError
    place = (ClubPupil.club_id == club_id) & (ClubPupil.pupil_id == pupil_id)
    now_there = await session.scalar(select(ClubPupil).where(place, ClubPupil.active_to.is_(None)))
    if goes == (now_there is not None):
        return pupil
    yesterday = today - timedelta(days=1)
    if now_there is not None:
        now_there.active_to = yesterday
    elif left := await session.scalar(select(ClubPupil).where(place, ClubPupil.active_to == yesterday)):
        left.active_to = None  # taken out by mistake and put back: one stay, not two
    else:
        session.add(ClubPupil(club_id=club_id, pupil_id=pupil_id, active_from=today))
    action = "club.joined" if goes else "club.left"
    audit.record(session, actor, now, action, f"club:{club_id}", pupil=pupil_id, staff=who)
    await session.flush()
    return pupil


async def close(session: Session, actor: Actor, now: datetime, today: date, club_id: int) -> Club:
    """The club and all stays there end with yesterday; what was before stays on record.

    Raises NotFoundError for who may not close it.
    """
    found = await opened(session, actor, today, club_id)
    if not found.closable:
        raise NotFoundError
    yesterday = today - timedelta(days=1)
    found.club.active_to = yesterday
    await session.execute(
        update(ClubPupil)
        .where(ClubPupil.club_id == club_id, ClubPupil.active_to.is_(None))
        .values(active_to=yesterday)
    )
    audit.record(session, actor, now, "club.closed", f"club:{club_id}")
    return found.club
