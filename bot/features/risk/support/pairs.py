"""Mentoring pairs: a teacher or another pupil goes along with a pupil (indicators 2.5, 2.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select

from bot.db.access import Actor, sees_pair, supports_pupil
from bot.db.accounts import teaching_staff
from bot.db.base import Session, active
from bot.db.risk import support as db
from bot.db.risk.support import MentoringPair, Pair, PairKind
from bot.db.roster import Pupil
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.outbox import clean_text
from bot.features.risk.register import KEEPERS, STAFF, staff_id

WORDS_MAX = 200


async def overview(session: Session, actor: Actor, today: date) -> list[Pair]:
    """The pairs of today: all for specialists and admins, else one's own and those of own classes."""
    require(actor, *STAFF)
    return await db.pairs(session, sees_pair(actor, today) & active(MentoringPair, today))


async def teachers(session: Session, actor: Actor, today: date, kind: PairKind) -> Sequence[tuple[int, str]]:
    """Who may be the teacher of a pair: a teacher mentors for themselves, the keepers choose somebody."""
    staff = await teaching_staff(session, today)
    if kind == PairKind.TEACHER and not actor.is_one_of(*KEEPERS):
        return [each for each in staff if each[0] == staff_id(actor)]
    require(actor, *STAFF)
    return staff


async def start(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    kind: PairKind,
    *,
    pupil_id: int,
    mentor_id: int | None = None,
    teacher_id: int | None = None,
) -> Pair:
    """A pair from today on: a teacher and a pupil, or two pupils with a teacher to assist or without.

    Raises AppError where there is such a pair already or both are one pupil; NotFoundError for other people's
    pupils and for a teacher whom the actor cannot choose.
    """
    who = staff_id(actor)
    pupils = {pupil_id} | ({mentor_id} if mentor_id else set())
    if kind == PairKind.PEER and len(pupils) < 2:
        raise AppError("error-pair-self")
    allowed = select(Pupil.id).where(supports_pupil(actor, today), Pupil.id.in_(pupils))
    if set(await session.scalars(allowed)) != pupils:
        raise NotFoundError
    if teacher_id not in [None, *(id_ for id_, _ in await teachers(session, actor, today, kind))] or (
        kind == PairKind.TEACHER and (teacher_id is None or mentor_id)
    ):
        raise NotFoundError
    leads = (
        MentoringPair.staff_id == teacher_id
        if kind == PairKind.TEACHER
        else MentoringPair.mentor_id == mentor_id
    )
    same = leads & (MentoringPair.kind == kind) & (MentoringPair.pupil_id == pupil_id)
    if await session.scalar(select(exists().where(same, active(MentoringPair, today)))):
        raise AppError("error-pair-exists")
    row = MentoringPair(
        kind=kind,
        pupil_id=pupil_id,
        mentor_id=mentor_id,
        staff_id=teacher_id,
        created_by=who,
        created_at=now,
        active_from=today,
    )
    session.add(row)
    await session.flush()
    audit.record(session, actor, now, "pair.started", f"pair:{row.id}", pupil=pupil_id, mentor=kind)
    return (await db.pairs(session, MentoringPair.id == row.id))[0]


@dataclass(frozen=True)
class Opened:
    """A pair, and whether the actor may end it."""

    pair: Pair
    endable: bool


async def opened(session: Session, actor: Actor, today: date, pair_id: int) -> Opened:
    """A pair that the actor may see; the keepers, its teacher and who made it may end it.

    Raises AppError for one that has ended.
    """
    require(actor, *STAFF)
    found = await db.pairs(session, sees_pair(actor, today) & (MentoringPair.id == pair_id))
    if not found:
        raise NotFoundError
    row = found[0].row
    if row.active_to is not None:
        raise AppError("error-pair-ended")
    own = actor.staff_id is not None and actor.staff_id in (row.staff_id, row.created_by)
    return Opened(found[0], own or actor.is_one_of(*KEEPERS))


async def end(
    session: Session, actor: Actor, now: datetime, today: date, pair_id: int, words: str | None
) -> Pair:
    """The pair ends with yesterday, and a word on how it went.

    Raises NotFoundError for who may not end it, AppError without a word.
    """
    who = staff_id(actor)
    found = await opened(session, actor, today, pair_id)
    if not found.endable:
        raise NotFoundError
    row = found.pair.row
    row.outcome = clean_text(words, WORDS_MAX)
    row.active_to, row.ended_by = today - timedelta(days=1), who
    audit.record(session, actor, now, "pair.ended", f"pair:{pair_id}")
    return found.pair
