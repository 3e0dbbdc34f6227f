"""Learning routes: versions, agreement to each, the thread about them, weekly progress."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    exists,
    func,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from bot.db.accounts import Staff
from bot.db.base import Base, Dated, Session, active, enum_column
from bot.db.roster import Guardian, Pupil, SchoolClass


class AnswerKind(StrEnum):
    """What a guardian says to a version of a route."""

    AGREED = "agreed"
    DISCUSS = "discuss"
    REFUSED = "refused"


class ProgressMark(StrEnum):
    """How a week of a route went, against the week before."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


class ResultKind(StrEnum):
    """What a cycle of a route came to."""

    REACHED = "reached"
    PARTLY = "partly"
    MISSED = "missed"


class LearningRoute(Base):
    """A pupil's learning route (ИОМ); what it says stands in its versions."""

    __tablename__ = "routes"
    __table_args__ = (
        Index(
            "uq_routes_open",
            "pupil_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("risk_entries.id"))
    created_at: Mapped[datetime]
    ended_on: Mapped[date | None]


class RouteVersion(Dated, Base):
    """What a route says. A draft (`sent_at` None) may be changed; what was sent never is.

    `active_from` and `active_to` are the days on which it is in force; a later version or the route's end
    brings the last one forward.
    """

    __tablename__ = "route_versions"
    __table_args__ = (
        UniqueConstraint("route_id", "number"),
        Index("ix_route_versions_active", "active_from", "active_to", "route_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    route_id: Mapped[int] = mapped_column(ForeignKey("routes.id"))
    # From 1, given when it is sent.
    number: Mapped[int | None]
    # Who wrote it.
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    goal: Mapped[str]
    measures: Mapped[list[Any]]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    # The member of staff who answers for it.
    champion_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    # A File of the outbox as a list; empty: none.
    file: Mapped[list[Any]]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]


class RouteCopy(Base):
    """That a guardian was sent a version, and what became of it. Nobody who has come: no message."""

    __tablename__ = "route_copies"
    __table_args__ = (UniqueConstraint("version_id", "guardian_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("route_versions.id"))
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardians.id"), index=True)
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", ondelete="SET NULL"))
    delivered_at: Mapped[datetime | None]
    unreachable_at: Mapped[datetime | None]
    # When the guardian opened it in the bot, or answered.
    seen_at: Mapped[datetime | None]


class RouteAnswer(Base):
    """What a guardian said to exactly this version; the latest holds. Erased: an empty reason."""

    __tablename__ = "route_answers"
    # Who agreed in a school year (3.1) is read from the second index alone.
    __table_args__ = (
        Index("ix_route_answers_version", "version_id", "guardian_id"),
        Index("ix_route_answers_day", "answer", "on_day", "guardian_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("route_versions.id"))
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardians.id"), index=True)
    answer: Mapped[AnswerKind] = mapped_column(enum_column(AnswerKind))
    reason: Mapped[str]
    on_day: Mapped[date]
    created_at: Mapped[datetime]
    # On paper: who on the staff says so.
    logged_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class RouteMessage(Base):
    """A line of the thread between a guardian and the school about a route. Erased: an empty text."""

    __tablename__ = "route_messages"
    __table_args__ = (Index("ix_route_messages_thread", "route_id", "guardian_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    route_id: Mapped[int] = mapped_column(ForeignKey("routes.id"))
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardians.id"), index=True)
    # Who on the staff wrote it; None: the guardian did.
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str]
    created_at: Mapped[datetime]


class RouteProgress(Base):
    """How a week went; said again, the latest holds."""

    __tablename__ = "route_progress"
    __table_args__ = (Index("ix_route_progress_week", "route_id", "week"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    route_id: Mapped[int] = mapped_column(ForeignKey("routes.id"))
    # The week's Monday.
    week: Mapped[date]
    mark: Mapped[ProgressMark] = mapped_column(enum_column(ProgressMark))
    words: Mapped[str]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]


class RouteResult(Base):
    """What the cycle of a version came to."""

    __tablename__ = "route_results"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("route_versions.id"), unique=True)
    result: Mapped[ResultKind] = mapped_column(enum_column(ResultKind))
    words: Mapped[str]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    on_day: Mapped[date]
    created_at: Mapped[datetime]


DRAFT: ColumnElement[bool] = RouteVersion.sent_at.is_(None) & RouteVersion.discarded_at.is_(None)
SENT: ColumnElement[bool] = RouteVersion.sent_at.is_not(None)


def in_force(on: date) -> ColumnElement[bool]:
    """The versions in force on a day. Narrows a query over RouteVersion."""
    return SENT & active(RouteVersion, on)


def writing(first: date, last: date) -> Select[int]:
    """The ids of the staff who wrote a route that was sent in a span of days (1.3)."""
    return select(RouteVersion.staff_id).where(SENT, RouteVersion.active_from.between(first, last))


def agreed(before: datetime | None = None) -> ColumnElement[bool]:
    """Whether a guardian's last word about the version (on record before a moment) is agreement.

    Narrows a query over RouteVersion.
    """
    answer, later = aliased(RouteAnswer), aliased(RouteAnswer)
    until = [] if before is None else [later.created_at < before]
    newer = exists().where(
        later.version_id == answer.version_id,
        later.guardian_id == answer.guardian_id,
        later.id > answer.id,
        *until,
    )
    return exists().where(
        answer.version_id == RouteVersion.id,
        answer.answer == AnswerKind.AGREED,
        ~newer,
        *([] if before is None else [answer.created_at < before]),
    )


@dataclass(frozen=True)
class Sheet:
    """A version with whose it is and who answers for it."""

    route: LearningRoute
    version: RouteVersion
    pupil: Pupil
    school_class: SchoolClass
    champion: str
    champion_person: int | None
    agreed: bool
    result: ResultKind | None


async def sheets(session: Session, where: ColumnElement[bool]) -> list[Sheet]:
    """Versions that fulfil the condition (over RouteVersion, LearningRoute, Pupil), the oldest first."""
    query = (
        select(
            LearningRoute,
            RouteVersion,
            Pupil,
            SchoolClass,
            Staff.name,
            Staff.person_id,
            agreed(),
            RouteResult.result,
        )
        .join(LearningRoute, LearningRoute.id == RouteVersion.route_id)
        .join(Pupil, Pupil.id == LearningRoute.pupil_id)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .join(Staff, Staff.id == RouteVersion.champion_id)
        .outerjoin(RouteResult, RouteResult.version_id == RouteVersion.id)
        .where(where)
        .order_by(RouteVersion.number.is_(None), RouteVersion.number, RouteVersion.id)
    )
    return [Sheet(*row) for row in await session.execute(query)]


def newest_sent() -> ColumnElement[bool]:
    """The last version of each route that was sent. Narrows a query over RouteVersion."""
    newest = select(func.max(RouteVersion.id)).where(SENT).group_by(RouteVersion.route_id)
    return RouteVersion.id.in_(newest)


@dataclass(frozen=True)
class Place:
    """A guardian's place at a pupil: who is asked for agreement."""

    id: int
    name: str
    relation: str
    person_id: int | None


async def places(session: Session, where: ColumnElement[bool]) -> list[Place]:
    """Guardians' places that fulfil the condition."""
    query = select(Guardian.id, Guardian.name, Guardian.relation, Guardian.person_id).where(where)
    return [Place(*row) for row in await session.execute(query.order_by(Guardian.id))]


async def copies(session: Session, version_ids: Collection[int]) -> Sequence[RouteCopy]:
    """The guardians' copies of versions."""
    query = select(RouteCopy).where(RouteCopy.version_id.in_(version_ids))
    return (await session.scalars(query)).all()


async def answers(session: Session, version_ids: Collection[int]) -> Sequence[RouteAnswer]:
    """What guardians said to versions, the oldest first."""
    query = select(RouteAnswer).where(RouteAnswer.version_id.in_(version_ids))
    return (await session.scalars(query.order_by(RouteAnswer.id))).all()


async def messages(session: Session, where: ColumnElement[bool]) -> list[tuple[RouteMessage, str | None]]:
    """Lines of threads with the name of who on the staff wrote each, the oldest first."""
    query = select(RouteMessage, Staff.name).outerjoin(Staff, Staff.id == RouteMessage.staff_id).where(where)
    return [(row[0], row[1]) for row in await session.execute(query.order_by(RouteMessage.id))]


async def progress(session: Session, route_ids: Collection[int]) -> dict[int, list[RouteProgress]]:
    """What was said last of each week, by route, the oldest week first."""
    last = (
        select(func.max(RouteProgress.id))
        .where(RouteProgress.route_id.in_(route_ids))
        .group_by(RouteProgress.route_id, RouteProgress.week)
    )
    query = select(RouteProgress).where(RouteProgress.id.in_(last)).order_by(RouteProgress.week)
    found: dict[int, list[RouteProgress]] = {}
    for row in await session.scalars(query):
        found.setdefault(row.route_id, []).append(row)
    return found


async def unanswered(session: Session, route_ids: Collection[int]) -> set[int]:
    """The routes in a thread of which a guardian has the last word."""
    last = (
        select(func.max(RouteMessage.id))
        .where(RouteMessage.route_id.in_(route_ids))
        .group_by(RouteMessage.route_id, RouteMessage.guardian_id)
    )
    query = select(RouteMessage.route_id).where(RouteMessage.id.in_(last), RouteMessage.staff_id.is_(None))
    return set(await session.scalars(query))


async def set_delivered(session: Session, copy_id: int, at: datetime, *, reached: bool) -> None:
    """What became of a guardian's copy."""
    values = {"delivered_at": at} if reached else {"unreachable_at": at}
    await session.execute(update(RouteCopy).where(RouteCopy.id == copy_id).values(values))


async def blank_words(session: Session, person_id: int) -> list[int]:
    """Erase the words that a guardian wrote; returns the ids of their messages, which stay."""
    places = select(Guardian.id).where(Guardian.person_id == person_id)
    theirs = RouteMessage.guardian_id.in_(places) & RouteMessage.staff_id.is_(None)
    ids = list(await session.scalars(select(RouteMessage.id).where(theirs)))
    quietly = {"synchronize_session": False}
    await session.execute(
        update(RouteMessage).where(RouteMessage.id.in_(ids)).values(text="").execution_options(**quietly)
    )
    await session.execute(
        update(RouteAnswer)
        .where(RouteAnswer.guardian_id.in_(places))
        .values(reason="")
        .execution_options(**quietly)
    )
    return ids
