"""A route's six-week cycle: how each week went, what the cycle came to, and the questions about both."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session, active
from bot.db.outbox import OutboxMessage
from bot.db.risk import routes as db
from bot.db.risk.register import RiskEntry
from bot.db.risk.routes import (
    LearningRoute,
    ProgressMark,
    ResultKind,
    RouteProgress,
    RouteResult,
    RouteVersion,
    Sheet,
)
from bot.db.roster import Pupil
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.outbox import Message, awake, clean_text, post
from bot.features.risk import routes
from bot.features.risk.register import asking_day, staff_id, week_due
from bot.programme.calendar import Calendar

WORDS_MAX = 300
# School time, on Friday or the last working day before it.
ASKED_AT = time(14)


def week_of(sheet: Sheet, today: date, calendar: Calendar) -> date:
    """The Monday of the week that somebody means who marks a route now: asked for last, or this one."""
    asked = week_due(today, calendar)
    begun = sheet.version.starts_on
    if asked is not None and asked + timedelta(days=6) >= begun:
        return asked
    return today - timedelta(days=today.weekday())


async def mark_week(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    pupil_id: int,
    week: date,
    mark: ProgressMark | None,
    words: str | None = "",
) -> RouteProgress:
    """Say how a week (its Monday) of a pupil's route went; said again, the latest holds.

    Without a mark the words are added to what was said last of the week. Raises AppError for a week that is
    not one of the route's, or is yet to come.
    """
    who = staff_id(actor)
    sheet = await routes.newest(session, actor, today, pupil_id)
    first = await session.scalar(
        select(RouteVersion.starts_on).where(RouteVersion.route_id == sheet.route.id, db.SENT).limit(1)
    )
    begun = first or sheet.version.starts_on
    monday = begun - timedelta(days=begun.weekday())
    if week.weekday() or not monday <= week <= min(today, sheet.version.ends_on):
        raise AppError("error-route-week")
    said = [
        p for p in (await db.progress(session, [sheet.route.id])).get(sheet.route.id, []) if p.week == week
    ]
    if mark is None:
        if not said:
            raise NotFoundError
        mark, words = said[0].mark, clean_text(words, WORDS_MAX)
    elif said and said[0].mark == mark:
        return said[0]  # a second press
    row = RouteProgress(
        route_id=sheet.route.id, week=week, mark=mark, words=words or "", staff_id=who, created_at=now
    )
    session.add(row)
    await session.flush()
    subject = f"route:{sheet.route.id}"
    was = said[0].mark if said else None
    audit.record(session, actor, now, "route.progress", subject, week=week, was=was, to=mark)
    return row


async def finish(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    version_id: int,
    result: ResultKind,
    settings: Settings,
    *,
    go_on: bool,
    words: str = "",
) -> RouteVersion | None:
    """Say what a cycle came to; then a new version for six more weeks is begun (returned), or the route ends.

    Raises AppError where the cycle was closed already, or another version holds by now.
    """
    who = staff_id(actor)
    sheet = await to_finish(session, actor, today, version_id)
    row = RouteResult(
        version_id=version_id,
        result=result,
        words=clean_text(words, WORDS_MAX) if words else "",
        staff_id=who,
        on_day=today,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    details = {"result": result.value, "go_on": go_on}
    audit.record(session, actor, now, "route.finished", f"route_version:{version_id}", **details)
    if go_on:
        return await routes.change(session, actor, now, today, sheet.pupil.id)
    await routes.end(session, actor, now, today, sheet.pupil.id, settings)
    return None


async def to_finish(session: Session, actor: Actor, today: date, version_id: int) -> Sheet:
    """The version whose cycle can be closed.

    Raises AppError where it is closed, or is not what was sent last.
    """
    sheet = await routes.find(session, actor, today, version_id)
    newest = await routes.newest(session, actor, today, sheet.pupil.id)
    if newest.version.id != version_id:
        raise AppError("route-old-version")
    if newest.result is not None or newest.route.ended_on is not None:
        raise AppError("error-route-finished")
    return newest


async def ask(session: Session, settings: Settings, calendar: Calendar, now: datetime) -> None:
    """Ask those who answer for routes: on Friday at 14:00 how the week went, at the end what came of it.

    Once per route and week, and once per cycle; on working days, outside vacations and quiet hours. The
    message's key is the route and the week, so that however often this is called nobody is asked twice.
    """
    local = now.astimezone(settings.school.zone)
    today = local.date()
    if local.time() < ASKED_AT or awake(now, settings) != now or calendar.is_day_off(today, vacations=True):
        return
    week = today - timedelta(days=today.weekday())
    here = LearningRoute.ended_on.is_(None) & active(Pupil, today)
    on_register = select(RiskEntry.pupil_id).where(active(RiskEntry, today))
    here &= LearningRoute.pupil_id.in_(on_register)
    messages = []
    if asking_day(week, calendar) == today:
        running = await db.sheets(session, here & db.in_force(today))
        told = await db.progress(session, [sheet.route.id for sheet in running])
        for sheet in running:
            if any(p.week == week for p in told.get(sheet.route.id, ())):
                continue
            key = f"route-progress:{sheet.route.id}:{week}"
            messages += _question(sheet, "route-progress", key, {"week": week.isoformat()})
    over = here & db.newest_sent() & (RouteVersion.ends_on <= today)
    for sheet in await db.sheets(session, over):
        if sheet.result is None:
            messages += _question(sheet, "route-cycle", f"route-cycle:{sheet.version.id}", {})
    known = select(OutboxMessage.dedup_key).where(OutboxMessage.dedup_key.in_([m.key for m in messages]))
    asked = set(await session.scalars(known)) if messages else set()
    await post(session, settings, now, [message for message in messages if message.key not in asked])


def _question(sheet: Sheet, kind: str, key: str, more: dict[str, str]) -> list[Message]:
    if sheet.champion_person is None:
        return []
    arguments = {
        "version": sheet.version.id,
        "pupil": sheet.pupil.id,
        "child": sheet.pupil.first_name,
        "class_name": sheet.school_class.name,
        "goal": sheet.version.goal,
        **more,
    }
    return [Message(sheet.champion_person, kind, arguments, key)]
