"""What the indicators ask of the register and the routes, for any past day, at constant cost."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from bot.db.base import Session, active
from bot.db.risk import marks as marks_db
from bot.db.risk import register as register_db
from bot.db.risk import routes as db
from bot.db.risk import support as support_db
from bot.db.risk.register import RiskEntry, RiskReview, registered
from bot.db.risk.routes import AnswerKind, LearningRoute, RouteAnswer, RouteVersion
from bot.db.risk.support import PairKind
from bot.db.roster import Pupil
from bot.features.risk.marks.rules import gap_of, quarter_starts
from bot.programme.calendar import school_year


@dataclass(frozen=True)
class Share:
    """A share by the ids of the rows behind it: those counted, and those missing."""

    counted: frozenset[int]
    missing: frozenset[int]

    @property
    def total(self) -> int:
        """The denominator."""
        return len(self.counted) + len(self.missing)


async def _share(
    session: Session, ids: InstrumentedAttribute[int], has: ColumnElement[bool], *where: ColumnElement[bool]
) -> Share:
    rows = (await session.execute(select(ids, has).where(*where))).all()
    counted = frozenset(id_ for id_, counts in rows if counts)
    return Share(counted, frozenset(id_ for id_, _ in rows) - counted)


async def routes_in_force(session: Session, on: date) -> Share:
    """2.1: the pupils on the register (R) by whether they have a route in force on the day."""
    has = exists().where(
        LearningRoute.pupil_id == Pupil.id, RouteVersion.route_id == LearningRoute.id, db.in_force(on)
    )
    return await _share(session, Pupil.id, has, Pupil.id.in_(registered(on)))


async def routes_agreed(session: Session, on: date) -> Share:
    """3.3: the versions in force on the day by whether a guardian had agreed to exactly them by then."""
    return await _share(session, RouteVersion.id, db.agreed(on), db.in_force(on))


@dataclass(frozen=True)
class Renewal:
    """2.8: the entries by whether they were reviewed since 1 September; whether the register is confirmed."""

    reviewed: Share
    confirmed: bool

    @property
    def renewed(self) -> bool:
        """Whether the register counts as renewed this school year."""
        return self.confirmed and not self.reviewed.missing


async def register_renewed(session: Session, on: date) -> Renewal:
    """2.8 as it stood on the day."""
    first, _ = school_year(on)
    looked = exists().where(RiskReview.entry_id == RiskEntry.id, RiskReview.on_day.between(first, on))
    here = active(RiskEntry, on), RiskEntry.pupil_id.in_(select(Pupil.id).where(active(Pupil, on)))
    reviewed = await _share(session, RiskEntry.id, looked, *here)
    return Renewal(reviewed, await register_db.last_confirmation(session, first, on) is not None)


async def agreeing_guardians(session: Session, first: date, last: date) -> set[int]:
    """3.1: the guardians' places that agreed to a route in a span of days."""
    query = (
        select(RouteAnswer.guardian_id)
        .distinct()
        .where(RouteAnswer.answer == AnswerKind.AGREED, RouteAnswer.on_day.between(first, last))
    )
    return set(await session.scalars(query))


async def preventive_staff(session: Session, first: date, last: date) -> set[int]:
    """1.3: the staff who put a pupil on the register or wrote a route that was sent in a span of days."""
    put_on = select(RiskEntry.staff_id).where(
        RiskEntry.active_from.between(first, last),
        # Put on and taken off on one day was a mistake.
        or_(RiskEntry.active_to.is_(None), RiskEntry.active_to >= RiskEntry.active_from),
    )
    wrote = select(RouteVersion.staff_id).where(
        RouteVersion.sent_at.is_not(None), RouteVersion.active_from.between(first, last)
    )
    return set(await session.scalars(put_on.union(wrote)))


async def registered_on(session: Session, on: date) -> set[int]:
    """R: the pupils on the register on a day."""
    return set(await session.scalars(registered(on)))


async def marks_differ(session: Session, on: date) -> Share:
    """2.2: the assessed pupils of the day's school year by whether current and external marks differ.

    Assessed is who has both kinds of marks in a subject by that day; corrections count for the past, too.
    """
    starts = quarter_starts(on)
    rows = await marks_db.quarters(session, active(Pupil, on), starts[0], on, starts)
    gaps = {id_: gap_of(group) for id_, group in groupby(rows, key=lambda row: row.pupil_id)}
    differing = frozenset(id_ for id_, gap in gaps.items() if gap and gap.differs)
    return Share(differing, frozenset(id_ for id_, gap in gaps.items() if gap) - differing)


async def extra_lessons(session: Session, first: date, on: date) -> Share:
    """2.3: the pupils on the register on a day by whether they attended an extra lesson since `first`."""
    has = Pupil.id.in_(support_db.attended(first, on))
    return await _share(session, Pupil.id, has, Pupil.id.in_(registered(on)))


async def extra_education(session: Session, on: date) -> Share:
    """2.4: the pupils on the register on a day by whether they go to a club, of the school or a partner."""
    has = Pupil.id.in_(support_db.enrolled(on))
    return await _share(session, Pupil.id, has, Pupil.id.in_(registered(on)))


async def mentoring_pairs(session: Session, kind: PairKind, on: date) -> set[int]:
    """2.5 and 2.6: the pairs of a kind that were active on a day."""
    return set(await session.scalars(support_db.pairs_on(kind, on)))


async def supporting_staff(session: Session, first: date, last: date) -> set[int]:
    """1.3: the staff who held an extra lesson or led a pair teacher-pupil in a span of days."""
    return set(await session.scalars(support_db.taught(first, last).union(support_db.mentored(first, last))))
