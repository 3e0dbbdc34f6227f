"""What lies on which shelf: by kind, what waits, what runs out soon, the bank of practices, local acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement

from bot.db import documents as db
from bot.db.access import Actor, own_document, sees_document
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.documents import RETURNED, WAITING, Document, DocumentKind, DocumentRow, in_force, runs_out
from bot.features.accounts import require
from bot.programme.model import Programme

SOON = timedelta(days=30)
PAGE = 8


class Shelf(StrEnum):
    """What can be listed: a kind, what waits, what runs out soon, the bank of practices, one's own."""

    AGREEMENT = "agreement"
    MINUTES = "minutes"
    EXTRACURRICULAR = "extracurricular"
    LITERACY = "literacy"
    PRACTICE = "practice"
    TRAINING = "training"
    LOCAL_ACT = "local_act"
    WAITING = "waiting"
    EXPIRING = "expiring"
    BANK = "bank"
    MINE = "mine"


@dataclass(frozen=True)
class Home:
    """What there is, by kind and standing; local acts there and wanted; how much of one's own came back."""

    counts: db.Counts
    acts: int
    acts_wanted: int
    returned: int


async def home(session: Session, actor: Actor, today: date, programme: Programme) -> Home:
    """What the actor finds under documents."""
    require(actor, Role.ADMIN, Role.TEACHER)
    there = await db.acts_in_force(session, today)
    return Home(
        await db.counts(session, today, today + SOON),
        sum(act.key in there for act in programme.local_acts),
        len(programme.local_acts),
        await db.count(session, own_document(actor) & RETURNED),
    )


async def to_do(session: Session, actor: Actor) -> int:
    """Count what the actor should look at: for an admin what waits, else their own that were sent back."""
    require(actor, Role.ADMIN, Role.TEACHER)
    return await db.count(session, WAITING if actor.is_one_of(Role.ADMIN) else RETURNED & own_document(actor))


@dataclass(frozen=True)
class Page:
    """A page (from 0) of a list of documents."""

    shelf: Shelf
    number: int
    of: int
    rows: Sequence[DocumentRow]


async def listed(session: Session, actor: Actor, today: date, shelf: Shelf, number: int) -> Page:
    """A page of documents; the nearest that exists. The latest first, what waits: the oldest.

    Raises NotFoundError for lists that are not the actor's.
    """
    is_admin = actor.is_one_of(Role.ADMIN)
    require(actor, Role.ADMIN, *([Role.TEACHER] if shelf in (Shelf.BANK, Shelf.MINE) else []))
    where: ColumnElement[bool]
    order: tuple[Any, ...] = (in_force(today).is_(True).desc(), Document.on_date.desc(), Document.id.desc())
    match shelf:
        case Shelf.WAITING:
            where, order = WAITING, (Document.created_at, Document.id)
        case Shelf.EXPIRING:
            where, order = runs_out(today, today + SOON), (Document.valid_until, Document.id)
        case Shelf.BANK:
            where = (Document.kind == DocumentKind.PRACTICE) & in_force(today)
        case Shelf.MINE:
            where = own_document(actor)
        case _:
            where = Document.kind == DocumentKind(shelf)
    where = where if is_admin else where & sees_document(actor, today)
    pages = -(-await db.count(session, where) // PAGE)
    number = max(0, min(number, pages - 1))
    return Page(shelf, number, pages, await db.documents(session, where, order, number * PAGE, PAGE))


@dataclass(frozen=True)
class Act:
    """A local act that the programme wants, and what is on file and in force of it."""

    key: str
    title: str
    document: Document | None


async def acts(session: Session, actor: Actor, today: date, programme: Programme) -> list[Act]:
    """The local acts of the programme: which are there, which are missing (indicator 4.6)."""
    require(actor, Role.ADMIN)
    found = await db.acts_in_force(session, today)
    return [Act(act.key, act.title, found.get(act.key)) for act in programme.local_acts]
