"""Findings: what the school has heard in a survey or a letter and does something about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.accounts import Staff
from bot.db.base import Base, Session, UtcDateTime, bare
from bot.db.prepared import Prepared
from bot.db.surveys import Survey, SurveyParticipant


class Finding(Base):
    """What was heard, who does something about it by when, and what has changed."""

    __tablename__ = "findings"
    __table_args__ = (
        CheckConstraint("(survey_id IS NULL) <> (ticket_number IS NULL)", name="heard_in_one_place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("surveys.id"), index=True)
    ticket_number: Mapped[int | None] = mapped_column(ForeignKey("tickets.number"), index=True)
    text: Mapped[str]
    # Who does something about it.
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    due_on: Mapped[date]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    reminded_on: Mapped[date | None]
    # What has changed, in the words of who has done it; empty as long as nothing has.
    change: Mapped[str] = mapped_column(default="")
    done_at: Mapped[datetime | None]
    # When those who were asked were told.
    told_at: Mapped[datetime | None]


@dataclass(frozen=True)
class FindingRow:
    """A finding, whose it is, and the survey's title (a letter has none)."""

    finding: Finding
    staff_name: str
    person_id: int | None
    survey_title: str | None


async def findings(session: Session, where: ColumnElement[bool]) -> list[FindingRow]:
    """Findings that fulfil a condition: what is open first, by its date."""
    query = (
        select(Finding, Staff.name, Staff.person_id, Survey.title)
        .join(Staff, Staff.id == Finding.staff_id)
        .outerjoin(Survey, Survey.id == Finding.survey_id)
        .where(where)
        .order_by(Finding.told_at.is_not(None), Finding.done_at.is_not(None), Finding.due_on, Finding.id)
    )
    return [FindingRow(*row) for row in await session.execute(query)]


async def count(session: Session, where: ColumnElement[bool]) -> int:
    """How many findings fulfil a condition."""
    return await session.scalar(select(func.count()).select_from(Finding).where(where)) or 0


_SINCE, _UNTIL = bindparam("since", type_=UtcDateTime), bindparam("until", type_=UtcDateTime)
_FINDING = bare(Finding).c
_CLOSED = Prepared(
    select(func.count().filter(_FINDING.done_at < _UNTIL), func.count()).where(
        _FINDING.created_at < _UNTIL, _FINDING.done_at.is_(None) | (_FINDING.done_at >= _SINCE)
    )
)


async def closed(session: Session, since: datetime, until: datetime) -> tuple[int, int]:
    """Of the findings that were open at some time of a span: how many were done by its end, and all."""
    ((done, all_),) = await _CLOSED.rows(session, since=since, until=until)
    return done, all_


async def people_asked(session: Session, survey_id: int) -> Sequence[int]:
    """Who was asked in a survey."""
    query = select(SurveyParticipant.person_id).where(SurveyParticipant.survey_id == survey_id)
    return (await session.scalars(query)).all()
