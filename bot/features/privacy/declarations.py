"""What somebody declared that they use, and visits to lessons: theirs, and those that they made."""

from sqlalchemy import Select, or_, select

from bot.db.accounts import Person, Staff
from bot.db.declarations import Declaration, DeclaredPractice, LessonVisit, SeenPractice
from bot.features.privacy.registry import Kept, Query, Table, expire_texts


def _posts(me: Person) -> Select[int]:
    return select(Staff.id).where(Staff.person_id == me.id)


def _declarations(me: Person) -> Query:
    return (
        select(Declaration.created_at.label("when"), Declaration.quarter.label("day"))
        .where(Declaration.staff_id.in_(_posts(me)))
        .order_by(Declaration.id)
    )


def _declared(me: Person) -> Query:
    return (
        select(Declaration.created_at.label("when"), DeclaredPractice.practice.label("practice"))
        .join(Declaration, Declaration.id == DeclaredPractice.declaration_id)
        .where(Declaration.staff_id.in_(_posts(me)))
        .order_by(Declaration.id)
    )


def _visits(me: Person) -> Query:
    return (
        select(
            LessonVisit.created_at.label("when"),
            LessonVisit.on_date.label("day"),
            LessonVisit.class_name.label("grade"),
            LessonVisit.text.label("text"),
        )
        .where(or_(LessonVisit.staff_id.in_(_posts(me)), LessonVisit.visited_by == me.id))
        .order_by(LessonVisit.id)
    )


def _seen(me: Person) -> Query:
    return (
        select(LessonVisit.on_date.label("day"), SeenPractice.practice.label("practice"))
        .join(LessonVisit, LessonVisit.id == SeenPractice.visit_id)
        .where(LessonVisit.staff_id.in_(_posts(me)))
        .order_by(LessonVisit.id)
    )


TABLES = {
    "declarations": Table(_declarations, kept=Kept.PROGRAMME),
    "declared_practices": Table(_declared, kept=Kept.PROGRAMME, words={"practice": "practice"}),
    "lesson_visits": Table(
        _visits, kept=Kept.PROGRAMME, expire=expire_texts(LessonVisit.created_at, LessonVisit.text)
    ),
    "seen_practices": Table(_seen, kept=Kept.PROGRAMME, words={"practice": "practice"}),
}
