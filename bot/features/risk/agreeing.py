"""What guardians say to a route: agree to an exact version, discuss, refuse; on paper; the thread."""

from datetime import date, datetime

from sqlalchemy import delete, select

from bot.config import Settings
from bot.db.access import Actor
from bot.db.base import Session, active
from bot.db.outbox import OutboxMessage
from bot.db.risk import routes as db
from bot.db.risk.routes import AnswerKind, Place, RouteAnswer, RouteMessage, Sheet
from bot.db.roster import Guardian
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.outbox import Message, clean_text, post
from bot.features.risk import routes
from bot.features.risk.register import staff_id
from bot.features.risk.routes import OwnRoute

WORDS_MAX = 1000


class OldVersionError(AppError):
    """A version that is no longer the newest was answered: nothing is stored."""

    def __init__(self) -> None:
        super().__init__("route-old-version")


async def to_answer(session: Session, actor: Actor, today: date, version_id: int) -> OwnRoute:
    """The actor's child's route, of which this version is the newest.

    Raises OldVersionError where it is not, AppError where the route has ended.
    """
    own = await routes.own_route(session, actor, today, version_id)
    if own.sheet.version.id != version_id:
        raise OldVersionError
    if own.over:
        raise AppError("error-route-ended")
    return own


async def say(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    version_id: int,
    kind: AnswerKind,
    settings: Settings,
    reason: str | None = "",
) -> tuple[OwnRoute, bool]:
    """A guardian says something to exactly this version; whoever answers for it is told.

    False where they have said the same already (a second press), or talk about what they have agreed to:
    agreement holds until they refuse. A refusal needs a reason.
    """
    own = await to_answer(session, actor, today, version_id)
    if kind == AnswerKind.REFUSED:
        reason = clean_text(reason, WORDS_MAX)
        # It stays in the thread, also once they have agreed after all.
        await _write(session, now, own.sheet.route.id, own.place_id, reason, None)
    elif own.answer is not None and own.answer.answer in (kind, AnswerKind.AGREED):
        return own, False
    row = RouteAnswer(
        version_id=version_id,
        guardian_id=own.place_id,
        answer=kind,
        reason=reason or "",
        on_day=today,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    await routes.mark_seen(session, now, own)
    arguments = {**await _about(session, own), "answer": kind.value, "reason": row.reason}
    await _tell_champion(session, settings, now, own.sheet, "route-answer", arguments, row.id)
    subject = f"route_version:{version_id}"
    audit.record(session, actor, now, "route.answered", subject, answer=kind.value, guardian=own.place_id)
    return await routes.own_route(session, actor, today, version_id), True


async def _about(session: Session, own: OwnRoute) -> dict[str, str | int]:
    place = await session.get_one(Guardian, own.place_id)
    return {
        "version": own.sheet.version.id,
        "pupil": own.sheet.pupil.id,
        "place": place.id,
        "child": own.sheet.pupil.first_name,
        "class_name": own.sheet.school_class.name,
        "relation": place.relation,
    }


async def _tell_champion(
    session: Session,
    settings: Settings,
    now: datetime,
    sheet: Sheet,
    kind: str,
    arguments: dict[str, str | int],
    subject_id: int,
) -> datetime | None:
    """Tell whoever answers for the route; None where they have no account: it stands in the route itself."""
    if sheet.champion_person is None:
        return None
    key = f"{kind}:{subject_id}"
    message = Message(sheet.champion_person, kind, arguments, key, subject_id=subject_id)
    (posted,) = await post(session, settings, now, [message])
    return posted.goes_at or now


async def log_paper(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    version_id: int,
    guardian_id: int,
    on_day: date,
) -> RouteAnswer:
    """A family without the messenger agreed on paper on a day: who says so is kept.

    Raises AppError for a day before the version was sent, or one that is yet to come.
    """
    who = staff_id(actor)
    sheet, place = await to_log(session, actor, today, version_id, guardian_id)
    written = sheet.version.created_at.date()
    if not min(written, sheet.version.starts_on) <= on_day <= today:
        raise AppError("error-route-paper-day")
    row = RouteAnswer(
        version_id=version_id,
        guardian_id=place.id,
        answer=AnswerKind.AGREED,
        reason="",
        on_day=on_day,
        created_at=now,
        logged_by=who,
    )
    session.add(row)
    await session.flush()
    subject = f"route_version:{version_id}"
    audit.record(session, actor, now, "route.agreed_on_paper", subject, guardian=place.id, day=on_day)
    return row


async def to_log(
    session: Session, actor: Actor, today: date, version_id: int, guardian_id: int
) -> tuple[Sheet, Place]:
    """The newest version and a guardian of its pupil.

    Raises OldVersionError where there is a newer one, NotFoundError for somebody else's guardian.
    """
    sheet = await routes.find(session, actor, today, version_id)
    newest = await routes.newest(session, actor, today, sheet.pupil.id)
    if newest.version.id != version_id:
        raise OldVersionError
    if newest.route.ended_on is not None:
        raise AppError("error-route-ended")
    return newest, await _place(session, newest, today, guardian_id)


async def _place(session: Session, sheet: Sheet, today: date, guardian_id: int) -> Place:
    where = (Guardian.id == guardian_id) & (Guardian.pupil_id == sheet.pupil.id) & active(Guardian, today)
    places = await db.places(session, where)
    if not places:
        raise NotFoundError
    return places[0]


# --- the thread ------------------------------------------------------------------------------------------


async def write_to_school(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    version_id: int,
    text: str | None,
    settings: Settings,
) -> tuple[OwnRoute, datetime | None]:
    """A guardian writes about the route; when whoever answers for it gets it (None: has no account)."""
    own = await routes.own_route(session, actor, today, version_id)
    row = await _write(session, now, own.sheet.route.id, own.place_id, text, None)
    arguments = {**await _about(session, own), "text": row.text}
    goes_at = await _tell_champion(session, settings, now, own.sheet, "route-message", arguments, row.id)
    audit.record(session, actor, now, "route.written", f"route:{own.sheet.route.id}", guardian=own.place_id)
    return own, goes_at


async def _write(
    session: Session, now: datetime, route_id: int, guardian_id: int, text: str | None, who: int | None
) -> RouteMessage:
    row = RouteMessage(
        route_id=route_id,
        guardian_id=guardian_id,
        staff_id=who,
        text=clean_text(text, WORDS_MAX),
        created_at=now,
    )
    session.add(row)
    await session.flush()
    return row


async def to_write(
    session: Session, actor: Actor, today: date, version_id: int, guardian_id: int
) -> tuple[Sheet, Place]:
    """A guardian to whom the actor may write about a route.

    Raises AppError for one who does not use the bot.
    """
    sheet = await routes.find(session, actor, today, version_id)
    if sheet.version.sent_at is None:
        raise NotFoundError
    place = await _place(session, sheet, today, guardian_id)
    if place.person_id is None:
        raise AppError("error-route-guardian-gone")
    return sheet, place


async def write_to_guardian(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    version_id: int,
    guardian_id: int,
    text: str | None,
    settings: Settings,
) -> datetime:
    """The school writes to a guardian about the route; the moment when it goes out."""
    who = staff_id(actor)
    sheet, place = await to_write(session, actor, today, version_id, guardian_id)
    assert place.person_id is not None  # noqa: S101 - to_write has looked
    row = await _write(session, now, sheet.route.id, place.id, text, who)
    arguments = {
        "version": version_id,
        "child": sheet.pupil.first_name,
        "name": actor.name,
        "text": row.text,
    }
    message = Message(
        place.person_id,
        "route-reply",
        arguments,
        key=f"route-reply:{row.id}",
        subject_id=row.id,
        guardian_id=place.id,
    )
    (posted,) = await post(session, settings, now, [message])
    audit.record(session, actor, now, "route.replied", f"route:{sheet.route.id}", guardian=place.id)
    return posted.goes_at or now


async def own_thread(session: Session, own: OwnRoute) -> list[tuple[RouteMessage, str | None]]:
    """What was written between the guardian and the school about the route, the oldest first."""
    mine = RouteMessage.guardian_id == own.place_id
    return await db.messages(session, mine & (RouteMessage.route_id == own.sheet.route.id))


async def erase_person(session: Session, person_id: int) -> None:
    """Erase the words that a guardian wrote, also on their way to the school; that they agreed stays.

    To be called while the person still holds their guardian's places.
    """
    written = await db.blank_words(session, person_id)
    places = select(Guardian.id).where(Guardian.person_id == person_id)
    said = list(await session.scalars(select(RouteAnswer.id).where(RouteAnswer.guardian_id.in_(places))))
    for kind, ids in (("route-message", written), ("route-answer", said)):
        await session.execute(
            delete(OutboxMessage).where(OutboxMessage.kind == kind, OutboxMessage.subject_id.in_(ids))
        )
