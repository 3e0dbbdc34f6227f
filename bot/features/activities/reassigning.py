"""Giving a part, or an activity from an occurrence on, to somebody else; saying that it is not one's own."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from bot.config import Settings
from bot.db import activities as db
from bot.db.access import Actor
from bot.db.accounts import Role, Staff, directors
from bot.db.activities import UNFINISHED, Assignment, Handover, Occurrence, Part
from bot.db.base import Session, active
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.activities import about, lapse
from bot.features.activities.reporting import COMMENT_MAX, task
from bot.features.outbox import Message, clean_text, post
from bot.programme import calendar as rules
from bot.programme.model import Programme


async def give(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    programme: Programme,
    settings: Settings,
    assignment_id: int,
    staff_id: int,
    *,
    onward: bool,
) -> Part:
    """Give a part to a member of staff; `onward`: with it the same part of every later occurrence.

    Whom the document names stays on record. Who has it now, who had it and whom the document names are told.
    What the director has given to somebody for a single later occurrence stays theirs. Raises AppError for
    what is reported already. A second time changes nothing.
    """
    require(actor, Role.ADMIN)
    part = (await task(session, actor, assignment_id)).part
    staff = await session.scalar(select(Staff).where(Staff.id == staff_id, active(Staff, today)))
    if staff is None:
        raise NotFoundError
    if not part.unfinished:
        raise AppError("error-task-reported")
    ids = [part.id] if part.staff_id != staff_id else []
    changed = await _hand_over(session, actor, now, programme, part, staff_id) if onward else ids
    if changed is None or not (changed or onward):
        return part  # it is so already
    fresh = {"staff_id": staff_id, "in_progress_at": None, "refused_id": None, "refusal": None}
    await session.execute(
        update(Assignment).where(Assignment.id.in_(changed)).values(**fresh, refused_at=None, last_step=None)
    )
    values: dict[str, Any] = {"given_id": None if onward else staff_id}
    if staff.person_id not in (None, actor.person_id):
        # The message about it tells where it stands today; the ladder goes on from there.
        ladder = settings.reminders
        told = rules.latest_step(part.starts_on, part.due_on, today, ladder.before, ladder.after)
        values["last_step"] = told.name if told else None
    await session.execute(update(Assignment).where(Assignment.id == part.id).values(**values))
    await lapse(session, actor, now, changed)
    audit.record(
        session,
        actor,
        now,
        "activity.given",
        f"assignment:{part.id}",
        was=part.staff_id,
        to=staff_id,
        onward=onward,
        assignments=changed,
    )
    await _tell(session, settings, actor, now, today, programme, part, staff, onward=onward)
    return (await task(session, actor, assignment_id)).part


async def _hand_over(
    session: Session, actor: Actor, now: datetime, programme: Programme, part: Part, staff_id: int
) -> list[int] | None:
    """Note whose it is from this occurrence on; the parts that change hands by it now. None: it is noted."""
    position = any(part.responsible in activity.positions for activity in programme.activities)
    named_id = part.named_id if position else None
    mine = (
        (Handover.activity_key == part.activity_key)
        & (Handover.responsible == part.responsible)
        & Handover.named_id.is_not_distinct_from(named_id)
    )
    same = (Occurrence.activity_key == part.activity_key) & (Assignment.responsible == part.responsible)
    if position:
        same &= Assignment.named_id.is_not_distinct_from(named_id)
    later = (Occurrence.nominal_due > part.nominal_due) & Assignment.given_id.is_(None)
    found = await db.parts(session, same & UNFINISHED & (later | (Assignment.id == part.id)))
    changed = [each.id for each in found if each.staff_id != staff_id]
    latest = await session.scalar(select(Handover).where(mine).order_by(Handover.id.desc()).limit(1))
    if not changed and latest and latest.staff_id == staff_id and latest.since <= part.nominal_due:
        return None
    session.add(
        Handover(
            activity_key=part.activity_key,
            responsible=part.responsible,
            named_id=named_id,
            staff_id=staff_id,
            since=part.nominal_due,
            given_by=actor.person_id,
            created_at=now,
        )
    )
    return changed


async def _tell(
    session: Session,
    settings: Settings,
    actor: Actor,
    now: datetime,
    today: date,
    programme: Programme,
    part: Part,
    staff: Staff,
    *,
    onward: bool,
) -> None:
    said = {**about(programme, part.activity_key, part.due_on), "assignment": part.id, "onward": onward}
    others = {part.staff_id, part.named_id, part.refused_id} - {None, staff.id}
    query = select(Staff.person_id).where(Staff.id.in_(others), active(Staff, today))
    people = {id_ for id_ in await session.scalars(query) if id_ is not None}
    about_it = f"{part.id}:{now.isoformat()}"
    messages = [
        Message(
            person_id,
            "activity-taken",
            {**said, "name": staff.name},
            key=f"activity-taken:{about_it}:{person_id}",
        )
        for person_id in sorted(people - {staff.person_id, actor.person_id})
    ]
    if staff.person_id is not None and staff.person_id != actor.person_id:
        arguments = {**said, "named": part.named}
        messages.append(
            Message(staff.person_id, "activity-given", arguments, key=f"activity-given:{about_it}")
        )
    await post(session, settings, now, messages)


async def may_decline(session: Session, actor: Actor, assignment_id: int) -> Part:
    """The actor's own part, of which they may say that it is not theirs.

    Raises AppError for what is reported already, NotFoundError for somebody else's.
    """
    part = (await task(session, actor, assignment_id)).part
    if part.staff_id is None or part.staff_id != actor.staff_id:
        raise NotFoundError
    if not part.unfinished:
        raise AppError("error-task-reported")
    return part


async def decline(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    programme: Programme,
    settings: Settings,
    assignment_id: int,
    words: str | None,
) -> Part:
    """Say that a part of one's own is not one's own, and why (at most 1000 characters).

    It is nobody's, and stands in the directors' status, until one of them, who are told, gives it to
    somebody. Raises AppError for what is reported already, NotFoundError for somebody else's.
    """
    part = await may_decline(session, actor, assignment_id)
    words = clean_text(words, COMMENT_MAX)
    gone = await session.execute(
        update(Assignment)
        .where(Assignment.id == part.id, Assignment.staff_id == part.staff_id, UNFINISHED)
        .values(
            staff_id=None,
            given_id=None,
            refused_id=part.staff_id,
            refused_at=now,
            refusal=words,
            in_progress_at=None,
            last_step=None,
        )
        .returning(Assignment.id)
    )
    if gone.scalar() is None:
        raise AppError("error-task-reported")
    await lapse(session, actor, now, [part.id])
    audit.record(
        session, actor, now, "activity.declined", f"assignment:{part.id}", was=part.staff_id, to=None
    )
    arguments = {
        **about(programme, part.activity_key, part.due_on),
        "assignment": part.id,
        "name": actor.name,
        "text": words,
    }
    messages = [
        Message(
            director.person_id,
            "activity-declined",
            arguments,
            key=f"activity-declined:{part.id}:{director.person_id}:{now.isoformat()}",
        )
        for director in await directors(session, today)
        if director.person_id != actor.person_id
    ]
    await post(session, settings, now, messages)
    return part
