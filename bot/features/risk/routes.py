"""Learning routes (ИОМ): a draft is written, sent to the guardians as a version, changed by a new version.

Programme: direction 2, activity 2.2, indicators 2.1 and 3.3; expected result 11.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update

from bot.config import Settings
from bot.db.access import Actor, own_children, supports_pupil
from bot.db.accounts import Role, Staff, StaffRole, Topic
from bot.db.base import Session, active
from bot.db.outbox import File, MessageState
from bot.db.risk import routes as db
from bot.db.risk.register import RiskEntry
from bot.db.risk.routes import (
    LearningRoute,
    Place,
    RouteAnswer,
    RouteCopy,
    RouteMessage,
    RouteProgress,
    RouteVersion,
    Sheet,
)
from bot.db.roster import Guardian, Pupil, Teaching, welcome
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.outbox import Message, clean_text, post
from bot.features.risk.register import STAFF, staff_id
from bot.features.risk.rules import Changes, compare

GOAL_MAX = 300
MEASURE_MAX, MEASURES_MAX, MEASURES_TOTAL = 200, 10, 900
CYCLE = timedelta(weeks=6)
LONGEST = timedelta(days=366)


# --- writing ---------------------------------------------------------------------------------------------


async def find(session: Session, actor: Actor, today: date, version_id: int) -> Sheet:
    """A version, draft or sent, of a pupil of the actor's.

    Raises NotFoundError for somebody else's as for none.
    """
    require(actor, *STAFF)
    return await _one(session, supports_pupil(actor, today) & (RouteVersion.id == version_id))


async def _one(session: Session, where: ColumnElement[bool]) -> Sheet:
    found = await db.sheets(session, where)
    if not found:
        raise NotFoundError
    return found[-1]


async def newest(session: Session, actor: Actor, today: date, pupil_id: int) -> Sheet:
    """What was sent last of the route of a pupil of the actor's, also of one that has ended."""
    require(actor, *STAFF)
    return await _one(session, supports_pupil(actor, today) & (Pupil.id == pupil_id) & db.SENT)


async def start(
    session: Session, actor: Actor, now: datetime, today: date, pupil_id: int, goal: str | None
) -> RouteVersion:
    """Begin the draft of a route with its goal: six weeks from today, the writer answers for it.

    Raises NotFoundError for a pupil who is not on the actor's register.
    """
    who = staff_id(actor)
    goal = clean_text(goal, GOAL_MAX)
    route = await _open_route(session, actor, now, today, pupil_id)
    version = await _draft_of(session, route.id)
    if version is None:
        version = _blank(route, who, now, today)
        session.add(version)
    version.goal = goal
    await session.flush()
    audit.record(session, actor, now, "route.drafted", f"route_version:{version.id}", pupil=pupil_id)
    return version


async def change(session: Session, actor: Actor, now: datetime, today: date, pupil_id: int) -> RouteVersion:
    """The draft of a pupil's route: the one that there is, or a copy of what was sent last.

    A copy of a cycle that is over runs six weeks from today. Raises NotFoundError where nothing is there yet.
    """
    who = staff_id(actor)
    route = await _open_route(session, actor, now, today, pupil_id)
    version = await _draft_of(session, route.id)
    if version is not None:
        return version
    old = await newest(session, actor, today, pupil_id)
    last = old.version
    version = _blank(route, who, now, today)
    version.goal, version.measures, version.file = last.goal, last.measures, last.file
    version.champion_id = last.champion_id
    if last.ends_on >= today and old.result is None:
        version.starts_on, version.ends_on = last.starts_on, last.ends_on
    session.add(version)
    await session.flush()
    audit.record(session, actor, now, "route.drafted", f"route_version:{version.id}", pupil=pupil_id)
    return version


def _blank(route: LearningRoute, who: int, now: datetime, today: date) -> RouteVersion:
    ends_on = today + CYCLE - timedelta(days=1)
    return RouteVersion(
        route_id=route.id,
        staff_id=who,
        goal="",
        measures=[],
        starts_on=today,
        ends_on=ends_on,
        active_from=today,
        active_to=ends_on,
        champion_id=who,
        file=[],
        created_at=now,
    )


async def _open_route(
    session: Session, actor: Actor, now: datetime, today: date, pupil_id: int
) -> LearningRoute:
    on = active(RiskEntry, today) & (RiskEntry.pupil_id == pupil_id)
    mine = select(Pupil.id).where(supports_pupil(actor, today))
    entry = await session.scalar(select(RiskEntry).where(on, RiskEntry.pupil_id.in_(mine)))
    if entry is None:
        raise NotFoundError
    live = LearningRoute.pupil_id == pupil_id, LearningRoute.ended_on.is_(None)
    route = await session.scalar(select(LearningRoute).where(*live))
    if route is None:
        route = LearningRoute(pupil_id=pupil_id, entry_id=entry.id, created_at=now)
        session.add(route)
        await session.flush()
    return route


async def _draft_of(session: Session, route_id: int) -> RouteVersion | None:
    return await session.scalar(select(RouteVersion).where(RouteVersion.route_id == route_id, db.DRAFT))


async def draft(session: Session, actor: Actor, today: date, version_id: int) -> Sheet:
    """A draft that may still be changed.

    Raises AppError for one that was sent or put aside.
    """
    staff_id(actor)
    sheet = await find(session, actor, today, version_id)
    if sheet.version.sent_at is not None:
        raise AppError("error-route-sent")
    if sheet.version.discarded_at is not None or sheet.route.ended_on is not None:
        raise AppError("error-route-discarded")
    return sheet


async def _own_draft(session: Session, actor: Actor, today: date, version_id: int) -> RouteVersion:
    return (await draft(session, actor, today, version_id)).version


def _changed(
    session: Session, actor: Actor, now: datetime, version: RouteVersion, what: str, **details: Any
) -> None:
    audit.record(session, actor, now, "route.edited", f"route_version:{version.id}", what=what, **details)


async def set_goal(
    session: Session, actor: Actor, now: datetime, today: date, version_id: int, text: str | None
) -> None:
    """Another goal for a draft."""
    goal = clean_text(text, GOAL_MAX)
    version = await _own_draft(session, actor, today, version_id)
    version.goal = goal
    _changed(session, actor, now, version, "goal")


async def set_measures(
    session: Session, actor: Actor, now: datetime, today: date, version_id: int, text: str | None
) -> None:
    """The measures of a draft, a line each; bullets and numbers before them are dropped.

    Raises AppError for too many, or too long ones.
    """
    lines = clean_text(text, MEASURES_TOTAL).splitlines()
    measures = [line for line in (_bare(line) for line in lines) if line]
    if not measures:
        raise AppError("error-text-empty")
    if len(measures) > MEASURES_MAX or any(len(line) > MEASURE_MAX for line in measures):
        raise AppError("error-route-measures", lines=MEASURES_MAX, length=MEASURE_MAX)
    version = await _own_draft(session, actor, today, version_id)
    was, version.measures = len(version.measures), measures
    _changed(session, actor, now, version, "measures", was=was, to=len(measures))


def _bare(line: str) -> str:
    """A line without the bullet or number that people put before it."""
    line = line.strip().lstrip("-–—•*·").strip()
    number, dot, rest = line.partition(".") if "." in line[:3] else line.partition(")")
    return rest.strip() if dot and number.isdigit() and len(number) < 3 else line


async def set_dates(
    session: Session, actor: Actor, now: datetime, today: date, version_id: int, first: date, last: date
) -> None:
    """When a draft begins and ends.

    Raises AppError for an end that is past, before the beginning, or over a year away from it.
    """
    if not today <= last or not first < last <= first + LONGEST:
        raise AppError("error-route-dates")
    version = await _own_draft(session, actor, today, version_id)
    was = [version.starts_on, version.ends_on]
    version.starts_on, version.ends_on = first, last
    _changed(session, actor, now, version, "dates", was=was, to=[first, last])


async def set_champion(
    session: Session, actor: Actor, now: datetime, today: date, version_id: int, champion: int
) -> None:
    """Who answers for a draft: one of `champions`."""
    version = await _own_draft(session, actor, today, version_id)
    if champion not in {id_ for id_, _ in await champions(session, actor, today, version_id)}:
        raise NotFoundError
    was, version.champion_id = version.champion_id, champion
    _changed(session, actor, now, version, "champion", was=was, to=champion)


async def champions(session: Session, actor: Actor, today: date, version_id: int) -> list[tuple[int, str]]:
    """Who can answer for a route: who teaches the pupil's class, the psychological service, the admins."""
    pupil = (await find(session, actor, today, version_id)).pupil
    teach = select(Teaching.staff_id).where(Teaching.class_id == pupil.class_id)
    help_ = select(StaffRole.staff_id).where(StaffRole.role.in_((Role.SPECIALIST, Role.ADMIN)))
    query = select(Staff.id, Staff.name).where(
        active(Staff, today), or_(Staff.id.in_(teach), Staff.id.in_(help_))
    )
    return [(id_, name) for id_, name in await session.execute(query.order_by(Staff.name).limit(40))]


async def set_file(
    session: Session, actor: Actor, now: datetime, today: date, version_id: int, file: File | None
) -> None:
    """The file of a draft; None: none."""
    version = await _own_draft(session, actor, today, version_id)
    was, version.file = version.file, list(file) if file else []
    _changed(session, actor, now, version, "file", was=bool(was), to=file is not None)


async def discard(session: Session, actor: Actor, now: datetime, today: date, version_id: int) -> int:
    """Put a draft aside; the pupil's id. What was sent before stays in force."""
    sheet = await draft(session, actor, today, version_id)
    sheet.version.discarded_at = now
    audit.record(session, actor, now, "route.discarded", f"route_version:{version_id}")
    return sheet.pupil.id


# --- sending ---------------------------------------------------------------------------------------------


async def send(
    session: Session, actor: Actor, now: datetime, today: date, version_id: int, settings: Settings
) -> list[tuple[Place, bool]]:
    """Send a draft to every guardian for agreement; whom it goes to, and whether by a message.

    It is in force from its first day on, agreed or not; agreement to an earlier version does not count for
    it. Raises AppError where something is missing, or it was sent already.
    """
    sheet = await draft(session, actor, today, version_id)
    version = sheet.version
    if not version.goal or not version.measures:
        raise AppError("error-route-unfinished")
    if version.ends_on < today:
        raise AppError("error-route-dates")
    earlier = await db.sheets(session, (RouteVersion.route_id == version.route_id) & db.SENT)
    version.number, version.sent_at = len(earlier) + 1, now
    version.active_from, version.active_to = max(today, version.starts_on), version.ends_on
    for old in earlier:
        last = version.active_from - timedelta(days=1)
        if old.version.active_to is not None and old.version.active_to > last:
            old.version.active_to = last
    await session.flush()
    places = await db.places(session, (Guardian.pupil_id == sheet.pupil.id) & welcome(today))
    copies = {place: RouteCopy(version_id=version.id, guardian_id=place.id) for place in places}
    session.add_all(copies.values())
    await session.flush()
    known = await _known(session, [s.version for s in earlier])
    messages = {
        place: Message(
            place.person_id,
            "route",
            _arguments(sheet, _since(earlier, known, place.id, sheet)),
            key=f"route:{copies[place].id}",
            topic=Topic.ROUTES,
            subject_id=copies[place].id,
            guardian_id=place.id,
        )
        for place in places
        if place.person_id is not None
    }
    posted = await post(session, settings, now, list(messages.values()))
    for place, message in zip(messages, posted, strict=True):
        copies[place].outbox_id = message.id
    details = {"pupil": sheet.pupil.id, "number": version.number}
    audit.record(session, actor, now, "route.sent", f"route_version:{version.id}", **details)
    return [(place, place.person_id is not None) for place in places]


def _arguments(sheet: Sheet, changes: Changes | None) -> dict[str, Any]:
    """A version in plain values, as the message to a guardian words it."""
    version = sheet.version
    return {
        "version": version.id,
        "child": sheet.pupil.first_name,
        "champion": sheet.champion,
        "goal": version.goal,
        "measures": version.measures,
        "from": version.starts_on.isoformat(),
        "to": version.ends_on.isoformat(),
        "file": version.file,
        "changes": vars(changes) if changes else None,
    }


async def mark_delivered(session: Session, copy_id: int, at: datetime, state: MessageState) -> None:
    """What became of a guardian's copy: the outbox tells."""
    await db.set_delivered(session, copy_id, at, reached=state == MessageState.SENT)


@dataclass(frozen=True)
class _Known:
    """Which versions a guardian's place agreed to, and which it has got to see, by number."""

    agreed: frozenset[tuple[int, int]]
    seen: frozenset[tuple[int, int]]


async def _known(session: Session, versions: Sequence[RouteVersion]) -> _Known:
    ids = [version.id for version in versions]
    last = {(a.guardian_id, a.version_id): a for a in await db.answers(session, ids)}
    seen = {
        (copy.guardian_id, copy.version_id)
        for copy in await db.copies(session, ids)
        if copy.delivered_at or copy.seen_at
    }
    agreed = {key for key, answer in last.items() if answer.answer == db.AnswerKind.AGREED}
    return _Known(frozenset(agreed), frozenset(seen | last.keys()))


def _since(earlier: Sequence[Sheet], known: _Known, place_id: int, new: Sheet) -> Changes | None:
    """What is new to a guardian: since what they agreed to last, or else since what they last saw."""
    for keys in (known.agreed, known.seen):
        for old in reversed(earlier):
            if (place_id, old.version.id) in keys and old.version.id != new.version.id:
                return compare(old.version, new.version, (old.champion, new.champion))
    return None


# --- the staff look --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A guardian, what became of their copy of a version, and their latest word to it."""

    place: Place
    copy: RouteCopy | None
    answer: RouteAnswer | None


@dataclass(frozen=True)
class Opened:
    """A version that was sent, with the guardians' answers, the thread and the progress."""

    sheet: Sheet
    newest: bool
    draft_id: int | None
    asked: tuple[Asked, ...]
    messages: tuple[tuple[RouteMessage, str | None], ...]
    progress: tuple[RouteProgress, ...]


async def opened(session: Session, actor: Actor, today: date, pupil_id: int) -> Opened:
    """What was sent last of the route of a pupil of the actor's.

    Raises NotFoundError where nothing was sent.
    """
    sheet = await newest(session, actor, today, pupil_id)
    draft = None if sheet.route.ended_on else await _draft_of(session, sheet.route.id)
    copies = {c.guardian_id: c for c in await db.copies(session, [sheet.version.id])}
    answers = {a.guardian_id: a for a in await db.answers(session, [sheet.version.id])}
    # Whoever has left the bot or the child: that they answered stays.
    here = welcome(today) | Guardian.id.in_(answers)
    places = await db.places(session, (Guardian.pupil_id == pupil_id) & here)
    asked = tuple(Asked(p, copies.get(p.id), answers.get(p.id)) for p in places)
    messages = await db.messages(session, RouteMessage.route_id == sheet.route.id)
    progress = (await db.progress(session, [sheet.route.id])).get(sheet.route.id, [])
    return Opened(sheet, True, draft.id if draft else None, asked, tuple(messages), tuple(progress))


# --- the guardian looks ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class OwnRoute:
    """The route of a guardian's child as sent last: what is new to them, what they said, how it goes."""

    sheet: Sheet
    place_id: int
    changes: Changes | None
    answer: RouteAnswer | None
    progress: tuple[RouteProgress, ...]

    @property
    def over(self) -> bool:
        """Whether the route has been closed."""
        return self.sheet.route.ended_on is not None


async def own_routes(session: Session, actor: Actor, today: date) -> list[OwnRoute]:
    """The routes of the actor's own children, the last of each; five queries however many children."""
    require(actor, Role.GUARDIAN)
    places = {
        pupil_id: place_id
        for place_id, pupil_id in await session.execute(
            select(Guardian.id, Guardian.pupil_id).where(own_children(actor, today))
        )
    }
    sent = await db.sheets(session, Pupil.id.in_(places) & db.SENT)
    latest = {sheet.pupil.id: sheet.route.id for sheet in sorted(sent, key=lambda s: s.route.id)}
    known = await _known(session, [sheet.version for sheet in sent])
    answers = await db.answers(session, [sheet.version.id for sheet in sent])
    progress = await db.progress(session, latest.values())
    found = []
    for pupil_id, route_id in latest.items():
        versions = [sheet for sheet in sent if sheet.route.id == route_id]
        new, place = versions[-1], places[pupil_id]
        said = [a for a in answers if (a.guardian_id, a.version_id) == (place, new.version.id)]
        changes = _since(versions[:-1], known, place, new)
        told = tuple(progress.get(route_id, ()))
        found.append(OwnRoute(new, place, changes, said[-1] if said else None, told))
    return sorted(found, key=lambda own: own.sheet.pupil.id)


async def own_route(session: Session, actor: Actor, today: date, version_id: int) -> OwnRoute:
    """The route of the actor's child to which a version belongs, as it was sent last.

    Raises NotFoundError for another child's as for none.
    """
    version = await session.get(RouteVersion, version_id)
    for own in await own_routes(session, actor, today):
        if version is not None and version.sent_at and own.sheet.route.id == version.route_id:
            return own
    raise NotFoundError


async def mark_seen(session: Session, now: datetime, own: OwnRoute) -> None:
    """The guardian has opened what was sent last."""
    query = (
        update(RouteCopy)
        .where(RouteCopy.version_id == own.sheet.version.id, RouteCopy.guardian_id == own.place_id)
        .where(RouteCopy.seen_at.is_(None))
    )
    await session.execute(query.values(seen_at=now))


async def end(
    session: Session, actor: Actor, now: datetime, today: date, pupil_id: int, settings: Settings
) -> bool:
    """End a pupil's route from today on and tell the guardians who got it; False where none runs.

    What is in force today is so no more; past days keep what they had.
    """
    live = LearningRoute.pupil_id == pupil_id, LearningRoute.ended_on.is_(None)
    route = await session.scalar(select(LearningRoute).where(*live))
    if route is None:
        return False
    route.ended_on = today
    sent = await db.sheets(session, (RouteVersion.route_id == route.id) & db.SENT)
    for sheet in sent:
        if sheet.version.active_to is not None and sheet.version.active_to >= today:
            sheet.version.active_to = today - timedelta(days=1)
    await session.flush()
    audit.record(session, actor, now, "route.ended", f"route:{route.id}", pupil=pupil_id)
    if not sent:
        return True
    last = sent[-1]
    arguments = {
        "version": last.version.id,
        "child": last.pupil.first_name,
        "champion": last.champion,
        "result": last.result.value if last.result else "",
    }
    places = await db.places(session, (Guardian.pupil_id == pupil_id) & welcome(today))
    messages = [
        Message(
            place.person_id,
            "route-ended",
            arguments,
            key=f"route-ended:{route.id}:{place.id}",
            topic=Topic.ROUTES,
            guardian_id=place.id,
        )
        for place in places
        if place.person_id is not None
    ]
    await post(session, settings, now, messages)
    return True
