"""What teachers declare each quarter that they use (indicators 1.2, 1.5-1.8, 4.2)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from bot.db import declarations as db
from bot.db.access import Actor
from bot.db.accounts import Role, Staff
from bot.db.base import Session
from bot.db.declarations import Declaration, DeclaredPractice, Practice, StaffPractices
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.programme.calendar import Quarter, quarter


async def teaches(session: Session, actor: Actor, today: date) -> bool:
    """Whether the actor is one of the teaching staff, who declare."""
    mine = select(Staff.id).where(Staff.id == (actor.staff_id or 0), db.teaching(today))
    return await session.scalar(mine) is not None


async def _own(session: Session, actor: Actor, today: date) -> int:
    require(actor, Role.TEACHER, Role.ADMIN)
    if actor.staff_id is None or not await teaches(session, actor, today):
        raise NotFoundError
    return actor.staff_id


@dataclass(frozen=True)
class Form:
    """What somebody declares: as it stands, or as they said last where this quarter is still missing."""

    quarter: Quarter
    practices: frozenset[Practice]
    # Whether it is of this quarter.
    declared: bool


def present(today: date, ordinal: int) -> Quarter:
    """The quarter that a button is of, by the ordinal of its first day.

    Raises AppError where it is over.
    """
    found = quarter(today)
    if ordinal != found.first.toordinal():
        raise AppError("error-declaration-quarter")
    return found


async def form(session: Session, actor: Actor, today: date) -> Form:
    """The actor's declaration of this quarter, prefilled with the last one.

    Raises NotFoundError for whoever does not teach.
    """
    now = quarter(today)
    last = await db.standing(session, await _own(session, actor, today), now.first)
    practices = await db.practices_of(session, last.id) if last else set()
    return Form(now, frozenset(practices), last is not None and last.quarter == now.first)


async def missing(session: Session, actor: Actor, today: date) -> bool:
    """Whether the actor has still to declare in this quarter: one query."""
    mine = select(Staff.id).where(
        Staff.id == (actor.staff_id or 0), db.teaching(today), ~db.has_declared(quarter(today).first)
    )
    return await session.scalar(mine) is not None


async def declare(
    session: Session, actor: Actor, now: datetime, today: date, practices: Collection[Practice]
) -> None:
    """Declare for this quarter, or correct what was declared; the same again does nothing.

    Raises NotFoundError for whoever does not teach.
    """
    staff_id, first = await _own(session, actor, today), quarter(today).first
    last = await db.standing(session, staff_id, first)
    before = last if last and last.quarter == first else None
    old = await db.practices_of(session, before.id) if before else None
    if old == set(practices):
        return
    if before:
        before.superseded_on = today
        await session.flush()
    declaration = Declaration(staff_id=staff_id, quarter=first, declared_on=today, created_at=now)
    session.add(declaration)
    await session.flush()
    session.add_all(DeclaredPractice(declaration_id=declaration.id, practice=each) for each in practices)
    audit.record(
        session,
        actor,
        now,
        "declaration.corrected" if before else "declaration.made",
        f"staff:{staff_id}",
        quarter=first.isoformat(),
        was=sorted(old) if old is not None else None,
        practices=sorted(practices),
    )


@dataclass(frozen=True)
class Overview:
    """The teaching staff with what each declared in a quarter and what was seen at visits in it."""

    quarter: Quarter
    staff: Sequence[StaffPractices]

    @property
    def silent(self) -> list[StaffPractices]:
        """Those who have not declared yet."""
        return [row for row in self.staff if row.declared is None]


async def overview(session: Session, actor: Actor, today: date) -> Overview:
    """Who has declared this quarter and who has not: for an admin."""
    require(actor, Role.ADMIN)
    now = quarter(today)
    return Overview(now, await db.of_staff(session, today, now))
