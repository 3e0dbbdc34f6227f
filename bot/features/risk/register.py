"""The risk register: put on with reasons, review, take off with an outcome, confirm for the school year.

Programme: direction 2, indicators 2.1 and 2.8. Rules explain themselves by their factors; a person decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select

from bot.db import roster
from bot.db.access import Actor, sees_class, supports_pupil
from bot.db.accounts import Role
from bot.db.base import Session, active
from bot.db.risk import register as db
from bot.db.risk import routes as routes_db
from bot.db.risk.register import (
    Listed,
    Outcome,
    RiskConfirmation,
    RiskEntry,
    RiskReview,
    registered,
)
from bot.db.risk.routes import LearningRoute, Sheet
from bot.db.roster import Pupil, SchoolClass
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.outbox import clean_text
from bot.features.risk.rules import Signals
from bot.programme.calendar import Calendar, school_year

KEEPERS = (Role.SPECIALIST, Role.ADMIN)
STAFF = (Role.TEACHER, *KEEPERS)
TEXT_MAX = 500
FAILING_MAX = 12
SUBJECT_MAX = 40
REVIEW_AFTER = timedelta(weeks=6)


def staff_id(actor: Actor) -> int:
    """Who signs what is done here.

    Raises AppError for an admin who has not said their name.
    """
    require(actor, *STAFF)
    if actor.staff_id is None:
        raise AppError("error-risk-nameless")
    return actor.staff_id


def observed(before: str, words: str | None) -> str:
    """What was noticed before, and what is said now on a line of its own.

    Raises AppError for what is no text, or where the two are too long together.
    """
    added = clean_text(words, TEXT_MAX)
    try:
        return clean_text(f"{before}\n{added}", TEXT_MAX)
    except AppError as error:
        raise AppError("error-risk-observed", **error.arguments) from None


@dataclass(frozen=True)
class Due:
    """What waits for somebody about one pupil on the register."""

    review: bool = False
    # No route in force and none on its way.
    route: bool = False
    # Written, not sent yet.
    draft: bool = False
    # No guardian has agreed to what was sent last.
    guardians: bool = False
    # A guardian wrote and nobody has answered.
    answer: bool = False
    week: bool = False
    # The cycle is over and nobody said what it came to.
    cycle: bool = False

    @property
    def any(self) -> bool:
        """Whether anything waits."""
        return any(vars(self).values())


@dataclass(frozen=True)
class Row:
    """A pupil on the register and what waits about them; `sheet` is what of a route was sent last."""

    listed: Listed
    due: Due
    sheet: Sheet | None
    draft_id: int | None


@dataclass(frozen=True)
class Overview:
    """The register as the actor sees it, those first about whom something waits."""

    rows: tuple[Row, ...]
    keeper: bool
    confirmed: RiskConfirmation | None


def week_due(today: date, calendar: Calendar) -> date | None:
    """The Monday of the last week whose progress can be asked for by now; None where it was off.

    A week is asked about on its Friday, or the last working day before, outside vacations.
    """
    monday = today - timedelta(days=today.weekday())
    for week in (monday, monday - timedelta(weeks=1)):
        asked = asking_day(week, calendar)
        if asked is not None and asked <= today:
            return week
        if asked is None and today >= week + timedelta(days=4):
            return None  # this week is off as a whole
    return None


def asking_day(week: date, calendar: Calendar) -> date | None:
    """The day on which a week's progress is asked for: Friday or the last working day before it."""
    day = calendar.working_day_on_or_before(week + timedelta(days=4), vacations=True)
    return day if day >= week else None


async def overview(session: Session, actor: Actor, today: date, calendar: Calendar) -> Overview:
    """The register: own classes for a teacher, all for the keepers. A constant number of queries."""
    require(actor, *STAFF)
    rows = await _rows(session, supports_pupil(actor, today), today, calendar)
    rows.sort(key=lambda row: not row.due.any)
    first, _ = school_year(today)
    keeper = actor.is_one_of(*KEEPERS)
    return Overview(tuple(rows), keeper, await db.last_confirmation(session, first, today))


async def confirmable(session: Session, actor: Actor, today: date, calendar: Calendar) -> Overview:
    """The register before its keeper."""
    require(actor, *KEEPERS)
    return await overview(session, actor, today, calendar)


async def waiting(session: Session, actor: Actor, today: date, calendar: Calendar) -> int:
    """About how many pupils on the actor's register something waits."""
    rows = await _rows(session, supports_pupil(actor, today), today, calendar)
    return sum(row.due.any for row in rows)


async def _rows(session: Session, pupils: ColumnElement[bool], today: date, calendar: Calendar) -> list[Row]:
    listed = await db.listed(session, pupils & active(RiskEntry, today))
    if not listed:
        return []
    ids = [each.pupil.id for each in listed]
    live = LearningRoute.pupil_id.in_(ids) & LearningRoute.ended_on.is_(None)
    sent = {s.pupil.id: s for s in await routes_db.sheets(session, live & routes_db.newest_sent())}
    drafts = {s.pupil.id: s for s in await routes_db.sheets(session, live & routes_db.DRAFT)}
    routes = {sheet.route.id for sheet in sent.values()}
    progress = await routes_db.progress(session, routes)
    unanswered = await routes_db.unanswered(session, routes)
    week = week_due(today, calendar)
    rows = []
    for each in listed:
        sheet, draft = sent.get(each.pupil.id), drafts.get(each.pupil.id)
        over = sheet is not None and sheet.version.ends_on < today
        told = progress.get(sheet.route.id, []) if sheet else []
        owed = sheet is not None and week is not None and _asked(sheet, week, calendar)
        closed = sheet is None or (over and sheet.result is not None)
        due = Due(
            # The register is renewed every school year (2.8): what was seen before it began is too old.
            review=each.review.due_on <= today or each.review.on_day < school_year(today)[0],
            route=closed and draft is None,
            draft=draft is not None,
            guardians=sheet is not None and not over and not sheet.agreed,
            answer=sheet is not None and sheet.route.id in unanswered,
            week=owed and not over and not any(p.week == week for p in told),
            cycle=over and sheet is not None and sheet.result is None,
        )
        rows.append(Row(each, due, sheet, draft.version.id if draft else None))
    return rows


def _asked(sheet: Sheet, week: date, calendar: Calendar) -> bool:
    asked = asking_day(week, calendar)
    return asked is not None and sheet.version.starts_on <= asked <= sheet.version.ends_on


@dataclass(frozen=True)
class Card:
    """A pupil on the register: all that is known."""

    row: Row
    reviews: tuple[tuple[RiskReview, str], ...]


async def card(session: Session, actor: Actor, today: date, calendar: Calendar, pupil_id: int) -> Card:
    """A pupil on the actor's register.

    Raises NotFoundError for somebody else's pupil, and for one who is not on it.
    """
    require(actor, *STAFF)
    rows = await _rows(session, supports_pupil(actor, today) & (Pupil.id == pupil_id), today, calendar)
    if not rows:
        raise NotFoundError
    return Card(rows[0], tuple(await db.reviews(session, rows[0].listed.entry.id)))


# --- putting on ------------------------------------------------------------------------------------------


async def classes(session: Session, actor: Actor) -> Sequence[SchoolClass]:
    """The classes to choose a pupil from: none for a specialist, who names the pupil instead."""
    require(actor, *STAFF)
    if not actor.is_one_of(Role.TEACHER, Role.ADMIN):
        return ()
    return await roster.classes(session, sees_class(actor))


@dataclass(frozen=True)
class Candidate:
    """A pupil who may be put on the register; or is on it."""

    pupil: Pupil
    class_name: str
    registered: bool


async def class_candidates(session: Session, actor: Actor, today: date, class_id: int) -> list[Candidate]:
    """The pupils of a class of the actor's.

    Raises NotFoundError for somebody else's class as for none.
    """
    require(actor, Role.TEACHER, Role.ADMIN)
    if not await roster.classes(session, sees_class(actor) & (SchoolClass.id == class_id)):
        raise NotFoundError
    return await _candidates(session, supports_pupil(actor, today) & (Pupil.class_id == class_id), today)


async def find_candidates(session: Session, actor: Actor, today: date, name: str | None) -> list[Candidate]:
    """The pupils of exactly that surname (and first name, where given): how a specialist names one.

    A specialist works with pupils, not with class lists, so beginnings of names find nobody.
    Raises AppError where there is nobody of that name.
    """
    require(actor, *STAFF)
    words = clean_text(name, 100).casefold().replace("ё", "е").split()
    pupils = await _candidates(session, supports_pupil(actor, today), today)
    found = [each for each in pupils if words == _name(each.pupil)[: max(1, len(words))]]
    if not found:
        raise AppError("error-risk-nobody")
    return found


def _name(pupil: Pupil) -> list[str]:
    return f"{pupil.surname} {pupil.first_name} {pupil.patronymic}".casefold().replace("ё", "е").split()


async def candidate(session: Session, actor: Actor, today: date, pupil_id: int) -> Candidate:
    """A pupil whom the actor may put on the register.

    Raises NotFoundError for somebody else's pupil as for none.
    """
    require(actor, *STAFF)
    found = await _candidates(session, supports_pupil(actor, today) & (Pupil.id == pupil_id), today)
    if not found:
        raise NotFoundError
    return found[0]


async def _candidates(session: Session, where: ColumnElement[bool], today: date) -> list[Candidate]:
    query = (
        select(Pupil, SchoolClass, Pupil.id.in_(registered(today)))
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .where(where)
        .order_by(Pupil.surname, Pupil.first_name, Pupil.id)
    )
    return [Candidate(p, c.name, bool(on)) for p, c, on in await session.execute(query)]


async def put_on(
    session: Session, actor: Actor, now: datetime, today: date, pupil_id: int, signals: Signals
) -> RiskEntry:
    """Put a pupil on the register with what speaks for it.

    Raises AppError where the pupil is on it already, or no reason is given.
    """
    who = staff_id(actor)
    found = await candidate(session, actor, today, pupil_id)
    if found.registered:
        raise AppError("error-risk-registered", name=found.pupil.name)
    entry = RiskEntry(pupil_id=pupil_id, staff_id=who, created_at=now, active_from=today)
    session.add(entry)
    await session.flush()
    await _review(session, actor, now, today, entry, signals)
    audit.record(session, actor, now, "risk.put_on", f"risk_entry:{entry.id}", pupil=pupil_id)
    return entry


async def review(
    session: Session, actor: Actor, now: datetime, today: date, pupil_id: int, signals: Signals
) -> RiskReview:
    """Look at a pupil on the register anew; the next review is due in six weeks."""
    entry = await _open_entry(session, actor, today, pupil_id)
    row = await _review(session, actor, now, today, entry, signals)
    audit.record(session, actor, now, "risk.reviewed", f"risk_entry:{entry.id}", review=row.id)
    return row


async def _review(
    session: Session, actor: Actor, now: datetime, today: date, entry: RiskEntry, signals: Signals
) -> RiskReview:
    if signals.empty:
        raise AppError("error-risk-no-reason")
    row = RiskReview(
        entry_id=entry.id,
        staff_id=staff_id(actor),
        on_day=today,
        created_at=now,
        absences=signals.absences,
        percent=signals.percent,
        behaviour=signals.behaviour,
        marks_seen=signals.marks_seen,
        failing=list(signals.failing[:FAILING_MAX]),
        text=signals.text,
        due_on=today + REVIEW_AFTER,
    )
    session.add(row)
    await session.flush()
    return row


async def _open_entry(session: Session, actor: Actor, today: date, pupil_id: int) -> RiskEntry:
    staff_id(actor)
    where = supports_pupil(actor, today) & active(RiskEntry, today) & (Pupil.id == pupil_id)
    found = await db.listed(session, where)
    if not found:
        raise NotFoundError
    return found[0].entry


async def take_off(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    pupil_id: int,
    outcome: Outcome,
    words: str = "",
) -> RiskEntry:
    """Take a pupil off the register from today on; the caller ends a route that runs (`routes.end`).

    Raises AppError where another outcome than the named ones is not put into words.
    """
    entry = await _open_entry(session, actor, today, pupil_id)
    if outcome == Outcome.OTHER or words:
        words = clean_text(words, TEXT_MAX)
    entry.active_to = today - timedelta(days=1)
    entry.outcome, entry.outcome_text = outcome, words
    entry.ended_by, entry.ended_at = staff_id(actor), now
    details = {"pupil": pupil_id, "outcome": outcome.value}
    audit.record(session, actor, now, "risk.taken_off", f"risk_entry:{entry.id}", **details)
    return entry


async def confirm(session: Session, actor: Actor, now: datetime, today: date) -> RiskConfirmation:
    """The keeper confirms the register for this school year (2.8), as it stands now."""
    require(actor, *KEEPERS)
    who = staff_id(actor)
    entries = len(await db.listed(session, active(RiskEntry, today) & active(Pupil, today)))
    row = RiskConfirmation(on_day=today, staff_id=who, created_at=now, entries=entries)
    session.add(row)
    await session.flush()
    audit.record(session, actor, now, "risk.confirmed", f"risk_confirmation:{row.id}", entries=entries)
    return row
