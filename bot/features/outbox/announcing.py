"""How an announcement (the same message to many) is getting on; stopping it and going on. For admins."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.config import Settings
from bot.db import outbox
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session
from bot.db.events import Event, EventState
from bot.db.outbox import Spread, about
from bot.db.surveys import Survey, SurveyState
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.outbox import go_on as let_go_on


class Kind(StrEnum):
    """What is announced, by the kind of its messages: an event, a survey, what came out of a survey."""

    EVENT = "event"
    SURVEY = "survey"
    OUTCOME = "survey-published"


@dataclass(frozen=True)
class Announcement:
    """An announcement, and how far it has come. `over`: it is too late to go on with it."""

    kind: Kind
    subject_id: int
    title: str
    over: bool
    spread: Spread
    # How long it takes at the pace of sending until all is out that may go out now.
    seconds: float


async def look(
    session: Session, actor: Actor, now: datetime, settings: Settings, kind: Kind, subject_id: int
) -> Announcement:
    """An announcement that there is.

    Raises NotFoundError for any other.
    """
    require(actor, Role.ADMIN)
    subject = await _announced(session, kind, subject_id)
    spread = await outbox.spread(session, now, kind, subject_id)
    # What others are sent meanwhile goes out in the same order.
    ahead = (await outbox.depth(session, now)).waiting if spread.due else 0
    seconds = ahead / settings.delivery.per_second
    return Announcement(kind, subject_id, subject.title, _over(subject, now, kind), spread, seconds)


async def _announced(session: Session, kind: Kind, subject_id: int) -> Event | Survey:
    if kind == Kind.EVENT:
        event = await session.get(Event, subject_id)
        if event is not None and event.published_at is not None:
            return event
    else:
        survey = await session.get(Survey, subject_id)
        if survey is not None and (survey.opened_at if kind == Kind.SURVEY else survey.published_at):
            return survey
    raise NotFoundError


def _over(subject: Event | Survey, now: datetime, kind: Kind) -> bool:
    if isinstance(subject, Event):
        return subject.state != EventState.PUBLISHED or subject.starts_at <= now
    return kind == Kind.SURVEY and (
        subject.state != SurveyState.OPEN or subject.closes_at is None or subject.closes_at <= now
    )


async def to_stop(
    session: Session, actor: Actor, now: datetime, settings: Settings, kind: Kind, subject_id: int
) -> Announcement:
    """An announcement of which something is still on its way, or was stopped.

    Raises AppError where all is out, NotFoundError as `look` does.
    """
    found = await look(session, actor, now, settings, kind, subject_id)
    if not found.spread.waiting and not found.spread.stopped:
        raise AppError("error-announcement-out")
    return found


async def stop(
    session: Session, actor: Actor, now: datetime, settings: Settings, kind: Kind, subject_id: int
) -> Announcement:
    """Let nothing more of an announcement go out; what is on the wire just now still arrives.

    One that is stopped already stays so. Raises what `to_stop` does.
    """
    found = await to_stop(session, actor, now, settings, kind, subject_id)
    people = await outbox.stop(session, now, about(subject_id, kind))
    if people:
        action = "event.sending_stopped" if kind == Kind.EVENT else "survey.sending_stopped"
        _record(session, actor, now, found, action, people)
    return await look(session, actor, now, settings, kind, subject_id)


async def go_on(
    session: Session, actor: Actor, now: datetime, settings: Settings, kind: Kind, subject_id: int
) -> Announcement:
    """Let the rest of a stopped announcement go out, at the hours that each person wishes now.

    One that is going on already goes on. Raises AppError where the event has begun or the survey is closed
    meanwhile, and what `to_stop` does.
    """
    found = await to_stop(session, actor, now, settings, kind, subject_id)
    if found.spread.stopped:
        if found.over:
            raise AppError("error-announcement-over")
        await let_go_on(session, settings, now, about(subject_id, kind))
        action = "event.sending_resumed" if kind == Kind.EVENT else "survey.sending_resumed"
        _record(session, actor, now, found, action, found.spread.stopped)
    return await look(session, actor, now, settings, kind, subject_id)


def _record(
    session: Session, actor: Actor, now: datetime, found: Announcement, action: str, people: int
) -> None:
    id_ = found.subject_id
    subject = f"event:{id_}" if found.kind == Kind.EVENT else f"survey:{id_}"
    audit.record(session, actor, now, action, subject, people=people)
