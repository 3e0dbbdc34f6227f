"""Surveys: what writing, answering, results and paper share. Who answered what is known to nobody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true

from bot.db import surveys as db
from bot.db.access import Actor
from bot.db.accounts import Role, Staff
from bot.db.base import Session, active
from bot.db.roster import Guardian, Pupil, SchoolClass
from bot.db.surveys import QuestionKind, Survey, SurveyQuestion, SurveyRow
from bot.errors import NotFoundError
from bot.features.accounts import require
from bot.programme.calendar import level

SATISFACTION = "satisfaction"
SCALE = range(1, 6)
SATISFIED_FROM = 4
TEXT_MAX = 1000
# What was answered in words tells more of a person than a number: it takes more answers to be shown.
WORDS_MIN = 10
GRADES = range(1, 12)


class Audience(StrEnum):
    """Whom a survey asks."""

    GUARDIAN = "guardian"
    STAFF = "staff"
    TEACHER = "teacher"


@dataclass(frozen=True)
class Question:
    """A question as it will be asked; `headline` marks the one whose 4s and 5s are the share satisfied."""

    kind: QuestionKind
    text: str
    options: tuple[str, ...] = ()
    headline: bool = False


async def all_surveys(session: Session, actor: Actor) -> list[SurveyRow]:
    """Every survey with its response, the newest first. For an admin."""
    require(actor, Role.ADMIN)
    return await db.surveys(session, true())


async def find(session: Session, actor: Actor, survey_id: int) -> SurveyRow:
    """One survey with its response. For an admin."""
    require(actor, Role.ADMIN)
    rows = await db.surveys(session, Survey.id == survey_id)
    if not rows:
        raise NotFoundError
    return rows[0]


def scores_of(question: SurveyQuestion) -> range:
    """The scores that a question can be answered with."""
    match question.kind:
        case QuestionKind.SCALE:
            return SCALE
        case QuestionKind.YES_NO:
            return range(2)
        case QuestionKind.ONE | QuestionKind.MANY:
            return range(len(question.options))
    return range(0)


def in_audience(audience: dict[str, Any]) -> ColumnElement[bool]:
    """Classes whose guardians are asked. Narrows a query over SchoolClass."""
    levels: Collection[str] = audience.get("levels") or ()
    classes: Collection[int] = audience.get("classes") or ()
    grades = [grade for grade in GRADES if level(grade) in levels]
    if not levels and not classes:
        return true()
    return or_(SchoolClass.grade.in_(grades), SchoolClass.id.in_(classes))


async def asked(session: Session, audience: dict[str, Any], today: date) -> dict[int, int | None]:
    """The people whom a survey asks, with the class that each is counted in: once, whoever they are.

    A guardian of several is counted in the youngest's class; staff in none.
    """
    if audience["role"] == Audience.GUARDIAN:
        query = (
            select(Guardian.person_id, SchoolClass.id)
            .join(Pupil, Pupil.id == Guardian.pupil_id)
            .join(SchoolClass, SchoolClass.id == Pupil.class_id)
            .where(
                Guardian.person_id.is_not(None),
                active(Guardian, today),
                active(Pupil, today),
                in_audience(audience),
            )
            # The last one stays: of several children the youngest's class.
            .order_by(Guardian.person_id, SchoolClass.grade.desc(), SchoolClass.letter.desc())
        )
        found: dict[int, int | None] = {}
        for person_id, class_id in await session.execute(query):
            if person_id is not None:
                found[person_id] = class_id
        return found
    teaching = Staff.teaching if audience["role"] == Audience.TEACHER else true()
    staff = select(Staff.person_id).where(and_(Staff.person_id.is_not(None), active(Staff, today), teaching))
    return {person_id: None for person_id in await session.scalars(staff.order_by(Staff.id)) if person_id}
