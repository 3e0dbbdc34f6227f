"""Another date for one's part: asked for by whoever has it, decided by the director."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import update

from bot.config import Settings
from bot.db import activities as db
from bot.db.access import Actor
from bot.db.accounts import Role, directors
from bot.db.activities import UNANSWERED, UNFINISHED, Assignment, DateRequest, Part, Wish
from bot.db.base import Session
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.activities import about, lapse
from bot.features.activities.reporting import COMMENT_MAX, task
from bot.features.outbox import Message, clean_text, post
from bot.programme import calendar as rules
from bot.programme.calendar import Calendar
from bot.programme.model import Programme

# A date can be moved by so much, counted from today.
FURTHEST = timedelta(days=180)
# What is offered to be picked: so many days after the due date (after today where that is past).
OFFERS = (3, 7, 14, 30)


def offers(part: Part, calendar: Calendar, today: date) -> list[date]:
    """Working days that somebody may pick from, in order."""
    base = max(part.due_on, today)
    days = {calendar.next_working_day(base + timedelta(days=ahead - 1)) for ahead in OFFERS}
    return sorted(days)


def check_day(part: Part, calendar: Calendar, today: date, day: date) -> None:
    """Raise AppError for a day that a part cannot be moved to: past, too far, a day off, the present one."""
    if not today < day <= today + FURTHEST or day == part.due_on:
        raise AppError("error-task-day")
    if calendar.is_day_off(day):
        raise AppError("error-task-day-off")


@dataclass(frozen=True)
class Asked:
    """What became of a request: `moved` at once, where an admin has asked."""

    part: Part
    moved: bool


async def may_ask(session: Session, actor: Actor, assignment_id: int) -> Part:
    """The part whose date the actor may ask to move: their own, any for an admin.

    Raises AppError for what is reported already, or asked for already.
    """
    found = await task(session, actor, assignment_id)
    if not found.part.unfinished:
        raise AppError("error-task-reported")
    if found.wish is not None and found.wish.decided_at is None and not actor.is_one_of(Role.ADMIN):
        raise AppError("error-date-asked")
    return found.part


async def ask(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    programme: Programme,
    calendar: Calendar,
    settings: Settings,
    assignment_id: int,
    day: date,
    reason: str | None,
) -> Asked:
    """Ask for another date of a part, with a reason (at most 1000 characters); an admin's word moves it.

    The directors are told and decide. Only this person's part is moved: everybody reports for themselves,
    and one's trouble is not the others' respite. The occurrence keeps its date and its nominal one.
    """
    part = await may_ask(session, actor, assignment_id)
    check_day(part, calendar, today, day)
    reason = clean_text(reason, COMMENT_MAX)
    request = DateRequest(
        assignment_id=part.id,
        staff_id=actor.staff_id,
        was_due=part.due_on,
        wanted_on=day,
        reason=reason,
        created_at=now,
    )
    moved = actor.is_one_of(Role.ADMIN)
    if moved:
        # Whatever was asked before is answered by it.
        await lapse(session, actor, now, [part.id])
        request.decided_at, request.decided_by, request.agreed = now, actor.person_id, True
    session.add(request)
    await session.flush()
    was, to = part.due_on.isoformat(), day.isoformat()
    subject = f"assignment:{part.id}"
    if moved:
        await _move(session, actor, now, today, settings, part, day)
        if part.person_id is not None and part.person_id != actor.person_id:
            said = _answer(programme, part, day, agreed=True, comment=reason)
            message = Message(part.person_id, "activity-date-decided", said, f"activity-date:{request.id}")
            await post(session, settings, now, [message])
        return Asked(part, moved)
    audit.record(session, actor, now, "activity.date_asked", subject, request=request.id, was=was, wanted=to)
    arguments = {
        **about(programme, part.activity_key, part.due_on),
        "request": request.id,
        "wanted": to,
        "name": actor.name,
        "text": reason,
    }
    messages = [
        Message(
            director.person_id,
            "activity-date-asked",
            arguments,
            key=f"activity-date-asked:{request.id}:{director.person_id}",
        )
        for director in await directors(session, today)
    ]
    await post(session, settings, now, messages)
    return Asked(part, moved)


async def requests(session: Session, actor: Actor) -> list[Wish]:
    """The requests that wait for an answer, the oldest first: for an admin."""
    require(actor, Role.ADMIN)
    return (await db.wishes(session, UNANSWERED))[::-1]


async def find_request(session: Session, actor: Actor, request_id: int) -> Wish:
    """One request, for an admin."""
    require(actor, Role.ADMIN)
    found = await db.wishes(session, DateRequest.id == request_id)
    if not found:
        raise NotFoundError
    return found[0]


async def decide(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    programme: Programme,
    settings: Settings,
    request_id: int,
    *,
    agreed: bool,
    comment: str | None = None,
) -> Wish:
    """Agree to another date, or refuse with a word (at most 1000 characters); who asked is told.

    Raises AppError where somebody has decided already, and for a date that has passed meanwhile.
    """
    found = await find_request(session, actor, request_id)
    if not agreed:
        comment = clean_text(comment, COMMENT_MAX)
    elif found.wanted_on < today and found.decided_at is None:
        raise AppError("error-date-past")
    decided = await session.execute(
        update(DateRequest)
        .where(DateRequest.id == request_id, UNANSWERED)
        .values(decided_at=now, decided_by=actor.person_id, agreed=agreed, comment=comment)
        .returning(DateRequest.id)
    )
    if decided.scalar() is None:
        raise AppError("error-date-decided")
    part = (await task(session, actor, found.assignment_id)).part
    if agreed:
        await _move(session, actor, now, today, settings, part, found.wanted_on)
    else:
        audit.record(
            session,
            actor,
            now,
            "activity.date_refused",
            f"assignment:{part.id}",
            request=request_id,
            wanted=found.wanted_on.isoformat(),
        )
    if found.person_id is not None and found.person_id != actor.person_id:
        said = _answer(programme, part, found.wanted_on, agreed=agreed, comment=comment or "")
        message = Message(found.person_id, "activity-date-decided", said, f"activity-date:{request_id}")
        await post(session, settings, now, [message])
    return await find_request(session, actor, request_id)


def _answer(
    programme: Programme, part: Part, wanted_on: date, *, agreed: bool, comment: str
) -> dict[str, object]:
    return {
        **about(programme, part.activity_key, part.due_on),
        "assignment": part.id,
        "wanted": wanted_on.isoformat(),
        "agreed": agreed,
        "comment": comment,
    }


async def _move(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    settings: Settings,
    part: Part,
    day: date,
) -> None:
    """The part is due on another day: the ladder begins anew for it, told up to where it stands today."""
    ladder = settings.reminders
    told = rules.latest_step(part.starts_on, day, today, ladder.before, ladder.after)
    await session.execute(
        update(Assignment)
        .where(Assignment.id == part.id, UNFINISHED)
        .values(
            moved_to=day,
            sequence=Assignment.sequence + 1,
            last_step=told.name if told else None,
            escalated_step=None,
        )
    )
    was, to = part.due_on.isoformat(), day.isoformat()
    audit.record(session, actor, now, "activity.date_moved", f"assignment:{part.id}", was=was, to=to)
