"""What the staff did under the programme: activities, reports, readings."""

from sqlalchemy import or_, select

from bot.db.accounts import Person, Staff
from bot.db.activities import ActivityReport, Assignment, Occurrence
from bot.db.indicators import Reading
from bot.features.privacy.registry import Kept, Query, Table, expire_texts


def _assignments(me: Person) -> Query:
    return (
        select(
            Occurrence.activity_key.label("activity"),
            Occurrence.due_on.label("due"),
            Assignment.state.label("state"),
        )
        .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
        .join(Staff, Staff.id == Assignment.staff_id)
        .where(Staff.person_id == me.id)
        .order_by(Occurrence.due_on, Assignment.id)
    )


def _reports(me: Person) -> Query:
    return (
        select(
            ActivityReport.created_at.label("when"),
            Occurrence.activity_key.label("activity"),
            ActivityReport.text.label("text"),
            ActivityReport.decided_at.label("decided"),
            ActivityReport.accepted.label("accepted"),
            ActivityReport.comment.label("comment"),
        )
        .join(Assignment, Assignment.id == ActivityReport.assignment_id)
        .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
        .join(Staff, Staff.id == ActivityReport.staff_id)
        .where(or_(Staff.person_id == me.id, ActivityReport.decided_by == me.id))
        .order_by(ActivityReport.id)
    )


def _readings(me: Person) -> Query:
    return (
        select(
            Reading.recorded_at.label("when"),
            Reading.indicator_key.label("indicator"),
            Reading.on_date.label("day"),
            Reading.value.label("value"),
            Reading.comment.label("comment"),
        )
        .where(Reading.recorded_by == me.id)
        .order_by(Reading.id)
    )


TABLES = {
    "assignments": Table(_assignments, kept=Kept.PROGRAMME, words={"state": "privacy-assignment"}),
    "activity_reports": Table(
        _reports,
        kept=Kept.PROGRAMME,
        expire=expire_texts(ActivityReport.created_at, ActivityReport.text, ActivityReport.comment),
    ),
    "readings": Table(_readings, kept=Kept.PROGRAMME),
    "occurrences": Table("dates of the programme", kept="dates of the programme"),
}
