"""The risk register and routes: what one was sent and said as a guardian, what one wrote as staff."""

from datetime import date, datetime

from sqlalchemy import or_, select

from bot.db.accounts import Person, Staff
from bot.db.base import Session
from bot.db.risk.register import RiskConfirmation, RiskEntry, RiskReview
from bot.db.risk.routes import (
    LearningRoute,
    RouteAnswer,
    RouteCopy,
    RouteMessage,
    RouteProgress,
    RouteResult,
    RouteVersion,
)
from bot.db.roster import Guardian, Pupil
from bot.features.privacy.registry import Kept, Query, Table, expire_texts
from bot.features.risk import agreeing


def _put_on(me: Person) -> Query:
    return (
        select(
            RiskEntry.created_at.label("when"),
            Pupil.first_name.label("child"),
            RiskEntry.active_from.label("from"),
            RiskEntry.active_to.label("to"),
            RiskEntry.outcome_text.label("text"),
        )
        .join(Pupil, Pupil.id == RiskEntry.pupil_id)
        .join(Staff, or_(Staff.id == RiskEntry.staff_id, Staff.id == RiskEntry.ended_by))
        .where(Staff.person_id == me.id)
        .order_by(RiskEntry.id)
    )


def _reviewed(me: Person) -> Query:
    return (
        select(
            RiskReview.created_at.label("when"),
            Pupil.first_name.label("child"),
            RiskReview.text.label("text"),
        )
        .join(RiskEntry, RiskEntry.id == RiskReview.entry_id)
        .join(Pupil, Pupil.id == RiskEntry.pupil_id)
        .join(Staff, Staff.id == RiskReview.staff_id)
        .where(Staff.person_id == me.id)
        .order_by(RiskReview.id)
    )


def _confirmed(me: Person) -> Query:
    return (
        select(RiskConfirmation.created_at.label("when"))
        .join(Staff, Staff.id == RiskConfirmation.staff_id)
        .where(Staff.person_id == me.id)
        .order_by(RiskConfirmation.id)
    )


def _wrote(me: Person) -> Query:
    return (
        select(
            RouteVersion.created_at.label("when"),
            Pupil.first_name.label("child"),
            RouteVersion.goal.label("text"),
            RouteVersion.starts_on.label("from"),
            RouteVersion.ends_on.label("to"),
        )
        .join(LearningRoute, LearningRoute.id == RouteVersion.route_id)
        .join(Pupil, Pupil.id == LearningRoute.pupil_id)
        .join(Staff, or_(Staff.id == RouteVersion.staff_id, Staff.id == RouteVersion.champion_id))
        .where(Staff.person_id == me.id)
        .order_by(RouteVersion.id)
    )


def _received(me: Person) -> Query:
    return (
        select(
            RouteVersion.sent_at.label("when"),
            Pupil.first_name.label("child"),
            RouteVersion.goal.label("text"),
            RouteVersion.starts_on.label("from"),
            RouteVersion.ends_on.label("to"),
            RouteCopy.delivered_at.label("delivered"),
            RouteCopy.seen_at.label("read"),
        )
        .join(RouteVersion, RouteVersion.id == RouteCopy.version_id)
        .join(Guardian, Guardian.id == RouteCopy.guardian_id)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .where(Guardian.person_id == me.id)
        .order_by(RouteCopy.id)
    )


def _answered(me: Person) -> Query:
    return (
        select(
            RouteAnswer.created_at.label("when"),
            Pupil.first_name.label("child"),
            RouteAnswer.answer.label("kind"),
            RouteAnswer.reason.label("text"),
        )
        .join(Guardian, Guardian.id == RouteAnswer.guardian_id)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .outerjoin(Staff, Staff.id == RouteAnswer.logged_by)
        .where(or_(Guardian.person_id == me.id, Staff.person_id == me.id))
        .order_by(RouteAnswer.id)
    )


def _written(me: Person) -> Query:
    """What was said about one's children by either side, and what one said for the school."""
    return (
        select(
            RouteMessage.created_at.label("when"),
            Pupil.first_name.label("child"),
            RouteMessage.staff_id.is_(None).label("by_guardian"),
            RouteMessage.text.label("text"),
        )
        .join(Guardian, Guardian.id == RouteMessage.guardian_id)
        .join(Pupil, Pupil.id == Guardian.pupil_id)
        .outerjoin(Staff, Staff.id == RouteMessage.staff_id)
        .where(or_(Guardian.person_id == me.id, Staff.person_id == me.id))
        .order_by(RouteMessage.id)
    )


def _followed(me: Person) -> Query:
    return (
        select(
            RouteProgress.created_at.label("when"),
            Pupil.first_name.label("child"),
            RouteProgress.words.label("text"),
        )
        .join(LearningRoute, LearningRoute.id == RouteProgress.route_id)
        .join(Pupil, Pupil.id == LearningRoute.pupil_id)
        .join(Staff, Staff.id == RouteProgress.staff_id)
        .where(Staff.person_id == me.id)
        .order_by(RouteProgress.id)
    )


def _finished(me: Person) -> Query:
    return (
        select(
            RouteResult.created_at.label("when"),
            Pupil.first_name.label("child"),
            RouteResult.words.label("text"),
        )
        .join(RouteVersion, RouteVersion.id == RouteResult.version_id)
        .join(LearningRoute, LearningRoute.id == RouteVersion.route_id)
        .join(Pupil, Pupil.id == LearningRoute.pupil_id)
        .join(Staff, Staff.id == RouteResult.staff_id)
        .where(Staff.person_id == me.id)
        .order_by(RouteResult.id)
    )


async def _erase(session: Session, me: Person, now: datetime, today: date) -> None:
    await agreeing.erase_person(session, me.id)


TABLES = {
    "route_answers": Table(
        _answered,
        erase=_erase,
        kept=Kept.CONTACTS,
        expire=expire_texts(RouteAnswer.created_at, RouteAnswer.reason),
        words={"kind": "route-own-said"},
    ),
    # Cleared together with the answers.
    "route_messages": Table(
        _written, kept=Kept.CONTACTS, expire=expire_texts(RouteMessage.created_at, RouteMessage.text)
    ),
    "route_copies": Table(_received, kept=Kept.CONTACTS),
    "route_progress": Table(
        _followed,
        kept=Kept.PROGRAMME,
        expire=expire_texts(RouteProgress.created_at, RouteProgress.words),
    ),
    "route_results": Table(
        _finished, kept=Kept.PROGRAMME, expire=expire_texts(RouteResult.created_at, RouteResult.words)
    ),
    "route_versions": Table(_wrote, kept=Kept.PROGRAMME),
    "routes": Table("that there is a route", kept="that there is a route"),
    "risk_reviews": Table(
        _reviewed,
        kept=Kept.PROGRAMME,
        expire=expire_texts(RiskReview.created_at, RiskReview.text),
    ),
    "risk_entries": Table(_put_on, kept=Kept.PROGRAMME),
    "risk_confirmations": Table(_confirmed, kept=Kept.PROGRAMME),
}
