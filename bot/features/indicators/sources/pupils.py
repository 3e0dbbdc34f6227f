"""Direction 2, individual teaching: the risk register (R: the pupils on it on the day) and imported marks."""

from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, exists, select

from bot.db.base import Session, active
from bot.db.documents import Document, DocumentKind, in_force
from bot.db.risk import marks, register, routes, support
from bot.db.risk.register import RiskEntry, RiskReview, registered
from bot.db.risk.routes import LearningRoute, RouteVersion
from bot.db.risk.support import MentoringPair, PairKind
from bot.db.roster import Pupil, SchoolClass
from bot.features.indicators.sources.evidence import (
    BY_CLASS,
    DOCUMENTS,
    PAIRS,
    PUPIL,
    PUPILS,
    Condition,
    Count,
    Day,
    Evidence,
    Share,
    Source,
    Subject,
    Why,
    share,
)
from bot.features.risk.marks.rules import gap_of
from bot.programme.calendar import quarter_starts

LESSON_DAYS = 30


def on_register(day: Day) -> ColumnElement[bool]:
    """R. Narrows a query over Pupil."""
    return Pupil.id.in_(registered(day.on))


def _with_route(day: Day) -> ColumnElement[bool]:
    return exists().where(
        LearningRoute.pupil_id == Pupil.id, RouteVersion.route_id == LearningRoute.id, routes.in_force(day.on)
    )


def _at_lessons(day: Day) -> ColumnElement[bool]:
    first = day.on - timedelta(days=LESSON_DAYS - 1)
    return Pupil.id.in_(support.attended(first, day.on, day.until))


def _in_clubs(day: Day) -> ColumnElement[bool]:
    return Pupil.id.in_(support.enrolled(day.on))


def _pairs(kind: PairKind) -> Condition:
    return lambda day: MentoringPair.id.in_(support.pairs_on(kind, day.on))


class GradeGap(Source):
    """2.2: by how many points fewer assessed pupils than last year have marks that differ from external ones.

    Assessed is who has both kinds of marks in a subject; corrected marks count for the past, too.
    """

    async def _gaps(self, session: Session, on: date) -> dict[int, bool]:
        """The assessed pupils of a day's school year: whether their marks differ by half a mark or more.

        Who has not left by that day. A list of pupils that was loaded later says nothing against their marks:
        a school that begins in September brings last year's.
        """
        starts = quarter_starts(on)
        here = Pupil.active_to.is_(None) | (Pupil.active_to >= on)
        rows = await marks.quarters(session, here, starts[0], on, starts)
        gaps = ((id_, gap_of(group)) for id_, group in groupby(rows, key=lambda row: row.pupil_id))
        return {id_: gap.differs for id_, gap in gaps if gap}

    async def evidence(self, session: Session, day: Day) -> Evidence:
        """Two queries; unknown as long as one of the years has nobody assessed."""
        now = await self._gaps(session, day.on)
        before = await self._gaps(session, day.school_year - timedelta(days=1))
        this = share(sum(now.values()), len(now))
        last = share(sum(before.values()), len(before))
        points = None if this.value is None or last.value is None else last.value - this.value
        return Evidence(points, this.numerator, this.denominator, last.value)

    async def why(self, session: Session, day: Day) -> Why:
        """Those whose marks do not differ count, those whose do are missing."""
        gaps = await self._gaps(session, day.on)
        rows = await session.execute(PUPILS.listing.where(Pupil.id.in_(gaps)))
        items = [PUPILS.name(*row) for row in rows]
        return Why([i for i in items if not gaps[i.id]], [i for i in items if gaps[i.id]])


_ENTRIES = Subject(
    RiskEntry.id,
    select(RiskEntry.id, *PUPIL)
    .join(Pupil, Pupil.id == RiskEntry.pupil_id)
    .join(SchoolClass, SchoolClass.id == Pupil.class_id)
    .order_by(*BY_CLASS),
    PUPILS.name,
)


def _entries(day: Day) -> ColumnElement[bool]:
    here = RiskEntry.pupil_id.in_(select(Pupil.id).where(active(Pupil, day.on)))
    return active(RiskEntry, day.on) & here


def _reviewed(day: Day) -> ColumnElement[bool]:
    looked = RiskReview.on_day.between(day.school_year, day.on)
    return exists().where(RiskReview.entry_id == RiskEntry.id, looked)


class RegisterRenewed(Share):
    """2.8: yes when every entry was reviewed and the register confirmed by its keeper since 1 September.

    `beside` says whether it is confirmed.
    """

    async def evidence(self, session: Session, day: Day) -> Evidence:
        """Two queries."""
        reviewed = await super().evidence(session, day)
        confirmed = await register.last_confirmation(session, day.school_year, day.on) is not None
        renewed = confirmed and reviewed.numerator == reviewed.denominator
        return Evidence(float(renewed), reviewed.numerator, reviewed.denominator, float(confirmed))


def _in_force(*kinds: DocumentKind) -> Condition:
    return lambda day: Document.kind.in_(kinds) & in_force(day.on)


def _minutes(day: Day) -> ColumnElement[bool]:
    """2.11: minutes of this calendar year, those on file by the day; that they grow old changes nothing."""
    of_year = Document.on_date.between(day.calendar_year, day.on)
    return (Document.kind == DocumentKind.MINUTES) & of_year & in_force(day.on)


SOURCES = {
    "routes": Share(PUPILS, on_register, _with_route),
    "grade_gap": GradeGap(),
    "extra_lessons": Share(PUPILS, on_register, _at_lessons),
    "extra_education": Share(PUPILS, on_register, _in_clubs),
    "pairs_teacher": Count(PAIRS, _pairs(PairKind.TEACHER)),
    "pairs_peer": Count(PAIRS, _pairs(PairKind.PEER)),
    "agreements": Count(DOCUMENTS, _in_force(DocumentKind.AGREEMENT)),
    "register_renewed": RegisterRenewed(_ENTRIES, _entries, _reviewed),
    "subject_programmes": Share(
        DOCUMENTS,
        _in_force(DocumentKind.EXTRACURRICULAR),
        lambda _: Document.supports_subject.is_(True),
    ),
    "literacy_programmes": Count(DOCUMENTS, _in_force(DocumentKind.LITERACY)),
    "council_minutes": Count(DOCUMENTS, _minutes),
}
