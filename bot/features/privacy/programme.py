"""What the staff did under the programme: activities, reports, readings."""

from sqlalchemy import func, or_, select

from bot.db.accounts import Person, Staff
from bot.db.activities import DUE, ActivityReport, Assignment, DateRequest, Handover, Occurrence
from bot.db.indicators import ExpectedResult, Reading
from bot.features.privacy.registry import Kept, Query, Table, expire_texts


def _assignments(me: Person) -> Query:
    return (
        select(
            Occurrence.activity_key.label("activity"),
            DUE.label("due"),
            Assignment.state.label("state"),
            Assignment.refusal.label("not_mine"),
        )
        .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
        .join(Staff, or_(Staff.id == Assignment.staff_id, Staff.id == Assignment.refused_id))
        .where(Staff.person_id == me.id)
        .order_by(Occurrence.due_on, Assignment.id)
    )


def _reports(me: Person) -> Query:
    return (
        select(
            ActivityReport.created_at.label("when"),
            Occurrence.activity_key.label("activity"),
            ActivityReport.text.label("text"),
            func.json_array_length(ActivityReport.files).label("files"),
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


def _requests(me: Person) -> Query:
    return (
        select(
            DateRequest.created_at.label("when"),
            Occurrence.activity_key.label("activity"),
            DateRequest.was_due.label("due"),
            DateRequest.wanted_on.label("wanted"),
            DateRequest.reason.label("text"),
            DateRequest.decided_at.label("decided"),
            DateRequest.agreed.label("agreed"),
            DateRequest.comment.label("comment"),
        )
        .join(Assignment, Assignment.id == DateRequest.assignment_id)
        .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
        .outerjoin(Staff, Staff.id == DateRequest.staff_id)
        .where(or_(Staff.person_id == me.id, DateRequest.decided_by == me.id))
        .order_by(DateRequest.id)
    )


def _handovers(me: Person) -> Query:
    return (
        select(
            Handover.created_at.label("when"),
            Handover.activity_key.label("activity"),
            Staff.name.label("now_with"),
            Handover.since.label("from"),
        )
        .join(Staff, Staff.id == Handover.staff_id)
        .where(or_(Staff.person_id == me.id, Handover.given_by == me.id))
        .order_by(Handover.id)
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


def _results(me: Person) -> Query:
    return (
        select(
            ExpectedResult.said_at.label("when"),
            ExpectedResult.number.label("result"),
            ExpectedResult.reached.label("reached"),
            ExpectedResult.comment.label("comment"),
        )
        .where(ExpectedResult.said_by == me.id)
        .order_by(ExpectedResult.id)
    )


TABLES = {
    "assignments": Table(
        _assignments,
        kept=Kept.PROGRAMME,
        expire=expire_texts(Assignment.refused_at, Assignment.refusal),
        words={"state": "privacy-assignment"},
    ),
    "activity_reports": Table(
        _reports,
        kept=Kept.PROGRAMME,
        expire=expire_texts(
            ActivityReport.created_at, ActivityReport.text, ActivityReport.comment, ActivityReport.files
        ),
    ),
    "date_requests": Table(
        _requests,
        kept=Kept.PROGRAMME,
        expire=expire_texts(DateRequest.created_at, DateRequest.reason, DateRequest.comment),
    ),
    "handovers": Table(_handovers, kept=Kept.PROGRAMME),
    "expected_results": Table(_results, kept=Kept.PROGRAMME),
    "readings": Table(_readings, kept=Kept.PROGRAMME),
    "occurrences": Table("dates of the programme", kept="dates of the programme"),
}
