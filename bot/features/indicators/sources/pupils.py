"""Direction 2, individual teaching: the risk register (R: the pupils on it on the day) and imported marks."""

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import exists, func, select

from bot.db.base import Session, active
from bot.db.documents import Document, DocumentKind, in_force
from bot.db.indicators import CALENDAR_YEAR, LESSONS_FROM, ON, SCHOOL_YEAR, UNTIL, assessed
from bot.db.risk import routes, support
from bot.db.risk.marks import SubjectMarks
from bot.db.risk.register import RiskConfirmation, RiskEntry, RiskReview, registered
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

# R: the pupils on the register.
ON_REGISTER = Pupil.id.in_(registered(ON))
_WITH_ROUTE = exists().where(
    LearningRoute.pupil_id == Pupil.id, RouteVersion.route_id == LearningRoute.id, routes.in_force(ON)
)


def _pairs(kind: PairKind) -> Count:
    return Count(PAIRS, MentoringPair.id.in_(support.pairs_on(kind, ON)))


def _differ(rows: Iterable[SubjectMarks]) -> dict[int, bool]:
    """Whether the marks of each pupil differ by half a mark or more."""
    gaps = ((id_, gap_of(group)) for id_, group in groupby(rows, key=lambda row: row.pupil_id))
    return {id_: gap.differs for id_, gap in gaps if gap}


class GradeGap(Source):
    """2.2: by how many points fewer assessed pupils than last year have marks that differ from external ones.

    Assessed is who has both kinds of marks in a subject; corrected marks count for the past, too.
    A list of pupils that was loaded later says nothing against their marks: a school that begins in September
    brings last year's.
    """

    async def evidence(self, session: Session, day: Day) -> Evidence:
        """One query; unknown as long as one of the years has nobody assessed."""
        last, this = (
            share(sum(differ.values()), len(differ))
            for differ in map(_differ, await assessed(session, day.values))
        )
        points = None if this.value is None or last.value is None else last.value - this.value
        return Evidence(points, this.numerator, this.denominator, last.value)

    async def why(self, session: Session, day: Day) -> Why:
        """Those whose marks do not differ count, those whose do are missing."""
        _, this = await assessed(session, day.values)
        differ = _differ(this)
        rows = await session.execute(PUPILS.listing.where(Pupil.id.in_(differ)))
        items = [PUPILS.name(*row) for row in rows]
        return Why([i for i in items if not differ[i.id]], [i for i in items if differ[i.id]])


_ENTRIES = Subject(
    select(RiskEntry.id, *PUPIL)
    .join(Pupil, Pupil.id == RiskEntry.pupil_id)
    .join(SchoolClass, SchoolClass.id == Pupil.class_id)
    .order_by(*BY_CLASS),
    PUPILS.name,
)


# Those of pupils who are here, each looked up: a list of all pupils is longer than the register.
_HERE = exists().where(Pupil.id == RiskEntry.pupil_id, active(Pupil, ON)).correlate(RiskEntry)
_LISTED = active(RiskEntry, ON) & _HERE
_REVIEWED = exists().where(RiskReview.entry_id == RiskEntry.id, RiskReview.on_day.between(SCHOOL_YEAR, ON))
_CONFIRMED = (
    select(func.count())
    .where(RiskConfirmation.on_day.between(SCHOOL_YEAR, ON))
    .select_from(RiskConfirmation)
    .scalar_subquery()
)


class RegisterRenewed(Share):
    """2.8: yes when every entry was reviewed and the register confirmed by its keeper since 1 September.

    `beside` says whether it is confirmed.
    """

    def made_of(self, day: Day, first: int, second: int, third: int | None) -> Evidence:
        """Of the entries, those that were reviewed, and the confirmations."""
        confirmed = bool(third)
        return Evidence(float(confirmed and first == second), second, first, float(confirmed))


def _in_force(kind: DocumentKind) -> Condition:
    return (Document.kind == kind) & in_force(ON)


# 2.11: minutes of this calendar year, those on file by the day; that they grow old changes nothing.
_MINUTES = _in_force(DocumentKind.MINUTES) & Document.on_date.between(CALENDAR_YEAR, ON)


SOURCES = {
    "routes": Share(PUPILS, ON_REGISTER, _WITH_ROUTE),
    "grade_gap": GradeGap(),
    "extra_lessons": Share(PUPILS, ON_REGISTER, Pupil.id.in_(support.attended(LESSONS_FROM, ON, UNTIL))),
    "extra_education": Share(PUPILS, ON_REGISTER, Pupil.id.in_(support.enrolled(ON))),
    "pairs_teacher": _pairs(PairKind.TEACHER),
    "pairs_peer": _pairs(PairKind.PEER),
    "agreements": Count(DOCUMENTS, _in_force(DocumentKind.AGREEMENT)),
    "register_renewed": RegisterRenewed(_ENTRIES, _LISTED, _REVIEWED, beside=_CONFIRMED),
    "subject_programmes": Share(
        DOCUMENTS,
        _in_force(DocumentKind.EXTRACURRICULAR),
        Document.supports_subject.is_(True),
    ),
    "literacy_programmes": Count(DOCUMENTS, _in_force(DocumentKind.LITERACY)),
    "council_minutes": Count(DOCUMENTS, _MINUTES),
}
