"""Doing a part, reporting it, and what the director says to it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select, update

from bot.config import Settings
from bot.db import activities as db
from bot.db.access import Actor, own_assignments
from bot.db.accounts import Role, directors
from bot.db.activities import (
    DUE,
    UNANSWERED,
    UNDECIDED,
    UNFINISHED,
    ActivityReport,
    Assignment,
    AssignmentState,
    DateRequest,
    Occurrence,
    Part,
    Report,
    Wish,
)
from bot.db.base import Session
from bot.db.outbox import File
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.activities import QUIET_UNTIL, Stage, about, lapse, stages_of
from bot.features.outbox import Message, clean_text, post
from bot.programme.model import Activity, Programme

REPORT_MAX = 2000
FILES_MAX = 10
COMMENT_MAX = 1000
UPCOMING = 3
DONE = 5
# The menu counts what is due within so many days.
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Tasks:
    """Somebody's own parts: to be done now (returned first, then by due date), to come, done."""

    now: Sequence[Part]
    upcoming: Sequence[Part]
    done: Sequence[Part]


async def tasks(session: Session, actor: Actor, today: date) -> Tasks:
    """The actor's own parts."""
    require(actor, Role.RESPONSIBLE)
    own = Assignment.staff_id == actor.staff_id
    begun = Occurrence.starts_on <= today
    current = await db.parts(session, own & UNFINISHED & begun)
    return Tasks(
        now=sorted(current, key=lambda part: part.state != AssignmentState.RETURNED),
        upcoming=await db.parts(session, own & UNFINISHED & ~begun, limit=UPCOMING),
        done=await db.parts(session, own & ~UNFINISHED, latest_first=True, limit=DONE),
    )


async def tasks_waiting(session: Session, actor: Actor, today: date) -> int:
    """Count the actor's own parts that are late or due within 14 days: the menu's "tasks"."""
    query = (
        select(func.count())
        .select_from(Assignment)
        .join(Occurrence, Occurrence.id == Assignment.occurrence_id)
        .where(Assignment.staff_id == (actor.staff_id or 0), UNFINISHED, today + SOON >= DUE)
    )
    return await session.scalar(query) or 0


@dataclass(frozen=True)
class Task:
    """One part with its latest report and the latest request for another date."""

    part: Part
    report: Report | None
    wish: Wish | None


async def task(session: Session, actor: Actor, assignment_id: int) -> Task:
    """One of the actor's parts (an admin's: any); NotFoundError for somebody else's as for none."""
    where = own_assignments(actor) & (Assignment.id == assignment_id)
    found = await db.parts(session, where)
    if not found:
        raise NotFoundError
    reports = await db.reports(session, ActivityReport.assignment_id == assignment_id, limit=1)
    wishes = await db.wishes(session, DateRequest.assignment_id == assignment_id, limit=1)
    return Task(found[0], next(iter(reports), None), next(iter(wishes), None))


async def start(session: Session, actor: Actor, now: datetime, today: date, assignment_id: int) -> bool:
    """Note that the actor is at work on it; whether that keeps reminders quiet until 3 days before.

    Raises AppError for what is reported already.
    """
    part = (await task(session, actor, assignment_id)).part
    if not part.unfinished:
        raise AppError("error-task-reported")
    if part.in_progress_at is None:
        await session.execute(
            update(Assignment).where(Assignment.id == part.id, UNFINISHED).values(in_progress_at=now)
        )
        audit.record(session, actor, now, "activity.started", f"assignment:{part.id}")
    return (part.due_on - today).days > QUIET_UNTIL


async def report(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    programme: Programme,
    settings: Settings,
    assignment_id: int,
    text: str | None,
    files: Collection[File] = (),
) -> None:
    """Report a part done, in words (at most 2000 characters), with the first ten of the files as evidence.

    The directors are told outside quiet hours. Raises AppError for words that are none or too many, and for
    what is reported already.
    """
    part = (await task(session, actor, assignment_id)).part
    text = clean_text(text, REPORT_MAX)
    if actor.staff_id is None:
        raise AppError("error-activity-nameless")
    claimed = await session.execute(
        update(Assignment)
        .where(Assignment.id == part.id, UNFINISHED)
        .values(state=AssignmentState.REPORTED)
        .returning(Assignment.id)
    )
    if claimed.scalar() is None:
        raise AppError("error-task-reported")
    evidence = [list(file) for file in files][:FILES_MAX]
    row = ActivityReport(
        assignment_id=part.id, staff_id=actor.staff_id, text=text, files=evidence, created_at=now
    )
    session.add(row)
    await session.flush()
    await lapse(session, actor, now, [part.id])
    audit.record(
        session,
        actor,
        now,
        "activity.reported",
        f"assignment:{part.id}",
        was=part.state,
        report=row.id,
        files=len(evidence),
    )
    arguments = {
        **about(programme, part.activity_key, part.due_on),
        "report": row.id,
        "name": actor.name,
        "text": text,
        "files": evidence,
    }
    messages = [
        Message(
            director.person_id,
            "activity-report",
            arguments,
            key=f"activity-report:{row.id}:{director.person_id}",
        )
        for director in await directors(session, today)
    ]
    await post(session, settings, now, messages)


# --- the director ----------------------------------------------------------------------------------------


async def overview(
    session: Session, actor: Actor, programme: Programme, today: date
) -> dict[str, list[Stage]]:
    """For each activity (by its key, in the programme's order) the occurrences that matter now.

    What is late or waits comes first, the current or next one last.
    """
    require(actor, Role.ADMIN)
    found = stages_of(await db.parts(session, db.matters(today)), today)
    return {
        activity.key: [stage for stage in found if stage.parts[0].activity_key == activity.key]
        for activity in programme.activities
    }


@dataclass(frozen=True)
class Card:
    """One activity: its occurrences that matter, and reports about them that wait."""

    activity: Activity
    stages: Sequence[Stage]
    waiting: Sequence[Report]


async def card(session: Session, actor: Actor, programme: Programme, today: date, key: str) -> Card:
    """One activity unfolded; NotFoundError for a key that the programme does not have."""
    require(actor, Role.ADMIN)
    activity = next((a for a in programme.activities if a.key == key), None)
    if activity is None:
        raise NotFoundError
    mine = Occurrence.activity_key == key
    return Card(
        activity,
        stages_of(await db.parts(session, mine & db.matters(today)), today),
        (await db.reports(session, mine & UNDECIDED))[::-1],
    )


async def stage(session: Session, actor: Actor, today: date, occurrence_id: int) -> Stage:
    """One occurrence, for an admin."""
    require(actor, Role.ADMIN)
    found = stages_of(await db.parts(session, Occurrence.id == occurrence_id), today)
    if not found:
        raise NotFoundError
    return found[0]


async def waiting_reports(session: Session, actor: Actor) -> list[Report]:
    """Every report that waits for an answer, the oldest first."""
    require(actor, Role.ADMIN)
    return (await db.reports(session, UNDECIDED))[::-1]


class Waiting(NamedTuple):
    """How much waits for the directors' answer."""

    reports: int
    requests: int


async def waiting(session: Session, actor: Actor) -> Waiting:
    """Reports, and requests for another date, that wait for an admin; none for anybody else."""
    if not actor.is_one_of(Role.ADMIN):
        return Waiting(0, 0)
    reports = select(func.count()).select_from(ActivityReport).where(UNDECIDED).scalar_subquery()
    requests = select(func.count()).select_from(DateRequest).where(UNANSWERED).scalar_subquery()
    return Waiting(*(await session.execute(select(reports, requests))).one())


async def find_report(session: Session, actor: Actor, report_id: int) -> Report:
    """One report, for an admin."""
    require(actor, Role.ADMIN)
    found = await db.reports(session, ActivityReport.id == report_id)
    if not found:
        raise NotFoundError
    return found[0]


async def accept(
    session: Session,
    actor: Actor,
    now: datetime,
    programme: Programme,
    settings: Settings,
    report_id: int,
) -> Report:
    """Accept a report and tell who wrote it; AppError where somebody has decided already."""
    found = await find_report(session, actor, report_id)
    await _decide(session, actor, now, programme, settings, found, accepted=True, comment=None)
    return await find_report(session, actor, report_id)


async def send_back(
    session: Session,
    actor: Actor,
    now: datetime,
    programme: Programme,
    settings: Settings,
    report_id: int,
    comment: str | None,
) -> Report:
    """Return a report with a comment (at most 1000 characters) and tell who wrote it.

    Raises AppError where somebody has decided already.
    """
    found = await find_report(session, actor, report_id)
    comment = clean_text(comment, COMMENT_MAX)
    await _decide(session, actor, now, programme, settings, found, accepted=False, comment=comment)
    return await find_report(session, actor, report_id)


async def _decide(
    session: Session,
    actor: Actor,
    now: datetime,
    programme: Programme,
    settings: Settings,
    found: Report,
    *,
    accepted: bool,
    comment: str | None,
) -> None:
    decided = await session.execute(
        update(ActivityReport)
        .where(ActivityReport.id == found.id, UNDECIDED)
        .values(decided_by=actor.person_id, decided_at=now, accepted=accepted, comment=comment)
        .returning(ActivityReport.id)
    )
    if decided.scalar() is None:
        raise AppError("error-report-decided")
    # Work that has come back is no longer in progress: its reminders are heard again.
    await session.execute(
        update(Assignment)
        .where(Assignment.id == found.assignment_id)
        .values(state=AssignmentState.ACCEPTED if accepted else AssignmentState.RETURNED, in_progress_at=None)
    )
    action = "activity.accepted" if accepted else "activity.returned"
    was = AssignmentState.REPORTED
    audit.record(session, actor, now, action, f"assignment:{found.assignment_id}", was=was, report=found.id)
    if found.person_id is not None and found.person_id != actor.person_id:
        message = Message(
            found.person_id,
            "activity-decided",
            {
                **about(programme, found.activity_key, found.due_on),
                "assignment": found.assignment_id,
                "accepted": accepted,
                "comment": comment or "",
            },
            key=f"activity-decided:{found.id}",
        )
        await post(session, settings, now, [message])


async def find_occurrence(session: Session, actor: Actor, occurrence_id: int) -> Occurrence:
    """One occurrence, for an admin."""
    require(actor, Role.ADMIN)
    occurrence = await session.get(Occurrence, occurrence_id)
    if occurrence is None:
        raise NotFoundError
    return occurrence


async def accept_all(
    session: Session,
    actor: Actor,
    now: datetime,
    programme: Programme,
    settings: Settings,
    occurrence_id: int,
    *,
    as_it_is: bool,
) -> str:
    """Accept every waiting report of an occurrence; `as_it_is` closes the parts without one as well.

    The key of the activity. A second time changes nothing.
    """
    occurrence = await find_occurrence(session, actor, occurrence_id)
    for found in await db.reports(session, UNDECIDED & (Occurrence.id == occurrence_id)):
        await _decide(session, actor, now, programme, settings, found, accepted=True, comment=None)
    if as_it_is:
        open_ = (Assignment.occurrence_id == occurrence_id) & UNFINISHED
        was = {part.id: part.state for part in await db.parts(session, open_)}
        closed = await session.execute(
            update(Assignment).where(open_).values(state=AssignmentState.ACCEPTED).returning(Assignment.id)
        )
        if ids := sorted(closed.scalars()):
            await lapse(session, actor, now, ids)
            states = {str(id_): was[id_] for id_ in ids}
            audit.record(session, actor, now, "activity.closed", f"occurrence:{occurrence_id}", was=states)
    return occurrence.activity_key
