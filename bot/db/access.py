"""Which pupils, classes and notes an actor may see: the only definition."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ColumnExpressionArgument,
    Date,
    Integer,
    Select,
    bindparam,
    exists,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from bot.db.accounts import Consent, Person, Role, Staff, StaffRole
from bot.db.activities import Assignment
from bot.db.base import Session, active
from bot.db.declarations import LessonVisit
from bot.db.documents import Document, DocumentKind, in_force
from bot.db.events import Event, EventClass, EventState
from bot.db.feedback import Ticket
from bot.db.notes import Note, NoteReceipt, NoteTemplate, NoteThread
from bot.db.prepared import Prepared
from bot.db.risk.register import registered
from bot.db.risk.support import ExtraLesson, MentoringPair
from bot.db.roster import Guardian, Pupil, SchoolClass, Teaching


@dataclass(frozen=True)
class Actor:
    """Who acts. A guest has neither person nor roles."""

    telegram_id: int
    person_id: int | None = None
    staff_id: int | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset()
    language: str = "ru"
    # The version of the privacy notice that they have agreed to.
    notice: str | None = None
    # Whether messages reached them the last time; whoever writes is reachable again.
    reachable: bool = True

    def is_one_of(self, *roles: Role) -> bool:
        """Whether the actor holds any of the roles."""
        return not self.roles.isdisjoint(roles)


async def load_actor(
    session: Session, telegram_id: int, today: date, admins: Collection[int]
) -> Actor | None:
    """The actor behind a Telegram id; None for a guest. `admins` (Telegram ids) are the configured ones."""
    rows = await _actor_query().rows(session, telegram_id=telegram_id, today=today)
    if not rows:
        return None
    person_id, language, reachable, staff_id, staff_name, is_responsible, notice, *_ = rows[0]
    roles = {role for *_, role, _, _ in rows if role}
    if telegram_id in admins:
        roles.add(Role.ADMIN)
    places = [name for *_, guardian_id, name in rows if guardian_id]
    if places:
        roles.add(Role.GUARDIAN)
    if is_responsible:
        roles.add(Role.RESPONSIBLE)
    name = staff_name or next(filter(None, places), "")
    return Actor(telegram_id, person_id, staff_id, name, frozenset(roles), language, notice, reachable)


@cache
def _actor_query() -> Prepared:
    # Every update begins with it: built once, with the parameters "telegram_id" and "today".
    today = bindparam("today", type_=Date)
    agreed = (
        select(Consent.version)
        .where(Consent.person_id == Person.id, Consent.withdrawn_at.is_(None))
        .order_by(Consent.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    responsible = exists().where(Assignment.staff_id == Staff.id).correlate(Staff)
    return Prepared(
        select(
            Person.id,
            Person.language,
            Person.unreachable_since.is_(None),
            Staff.id,
            Staff.name,
            responsible,
            agreed,
            StaffRole.role,
            Guardian.id,
            Guardian.name,
        )
        .outerjoin(Staff, (Staff.person_id == Person.id) & active(Staff, today))
        .outerjoin(StaffRole, StaffRole.staff_id == Staff.id)
        .outerjoin(Guardian, _places(Person.id, today))
        .where(Person.telegram_id == bindparam("telegram_id"))
        .order_by(Guardian.id)
    )


def sees_class(actor: Actor) -> ColumnElement[bool]:
    """Classes that the actor teaches or leads; all for an admin. Narrows a query over SchoolClass."""
    if actor.is_one_of(Role.ADMIN):
        return true()
    return SchoolClass.id.in_(select(Teaching.class_id).where(Teaching.staff_id == actor.staff_id))


def teaches_pupil(actor: Actor, today: date) -> ColumnElement[bool]:
    """Pupils of today that the actor may write about as staff. Narrows a query over Pupil.

    Those of the classes that they teach or lead, for a specialist also those on the risk register.
    """
    if actor.is_one_of(Role.ADMIN):
        return active(Pupil, today)
    theirs = _in_own_classes(actor)
    if actor.is_one_of(Role.SPECIALIST):
        theirs |= Pupil.id.in_(registered(today))
    return active(Pupil, today) & theirs


def supports_pupil(actor: Actor, today: date) -> ColumnElement[bool]:
    """Pupils of today that the actor may put on the risk register; they see their entries and routes.

    Narrows a query over Pupil.
    """
    if actor.is_one_of(Role.ADMIN, Role.SPECIALIST):
        return active(Pupil, today)
    return active(Pupil, today) & _in_own_classes(actor)


def _in_own_classes(actor: Actor) -> ColumnElement[bool]:
    return Pupil.class_id.in_(select(Teaching.class_id).where(Teaching.staff_id == actor.staff_id))


def own_children(actor: Actor, today: date) -> ColumnElement[bool]:
    """The actor's guardian places of today, at pupils of today. Narrows a query over Guardian."""
    return _places(actor.person_id or 0, today)


@lru_cache(maxsize=256)  # as `active`
def _places(
    person: ColumnExpressionArgument[int] | int, today: date | BindParameter[date]
) -> ColumnElement[bool]:
    # Of each place its own pupil: a list of all would be made anew for every update.
    child = aliased(Pupil)
    here = exists().where(child.id == Guardian.pupil_id, active(child, today)).correlate(Guardian)
    return (Guardian.person_id == person) & active(Guardian, today) & here


# `own_children` for statements that are built once, with the parameters "person_id" and "today".
OWN_CHILDREN = _places(bindparam("person_id", type_=Integer), bindparam("today", type_=Date))


def guards_somebody_on(person: ColumnExpressionArgument[int | None], day: date) -> ColumnElement[bool]:
    """Whether a person (a column) has a place at a pupil on a day."""
    place, pupil = aliased(Guardian), aliased(Pupil)
    lasts = or_(place.active_to.is_(None), place.active_to >= day)
    is_here = or_(pupil.active_to.is_(None), pupil.active_to >= day)
    return (
        exists()
        .where(place.person_id == person, place.pupil_id == pupil.id, lasts, is_here)
        .correlate_except(place, pupil)
    )


def own_notes(actor: Actor) -> ColumnElement[bool]:
    """Notes that the actor wrote: nobody else on the staff reads them. Narrows a query over Note."""
    return Note.staff_id == (actor.staff_id or 0)


def own_receipts(actor: Actor, today: date) -> ColumnElement[bool]:
    """The actor's copies of notes about their own children. Narrows a query over NoteReceipt."""
    return NoteReceipt.guardian_id.in_(select(Guardian.id).where(own_children(actor, today)))


def taught_threads(actor: Actor) -> ColumnElement[bool]:
    """Threads in which the actor is the teacher. Narrows a query over NoteThread."""
    return NoteThread.staff_id == (actor.staff_id or 0)


def own_threads(actor: Actor, today: date) -> ColumnElement[bool]:
    """Threads in which the actor is the teacher, or the guardian of their own child.

    Narrows a query over NoteThread.
    """
    places = select(Guardian.id).where(own_children(actor, today))
    return taught_threads(actor) | NoteThread.guardian_id.in_(places)


def own_templates(actor: Actor) -> ColumnElement[bool]:
    """The actor's own templates of notes. Narrows a query over NoteTemplate."""
    return NoteTemplate.staff_id == (actor.staff_id or 0)


def own_assignments(actor: Actor) -> ColumnElement[bool]:
    """The actor's parts of occurrences; all for an admin. Narrows a query over Assignment."""
    if actor.is_one_of(Role.ADMIN):
        return true()
    return Assignment.staff_id == (actor.staff_id or 0)


def sees_ticket(actor: Actor) -> ColumnElement[bool]:
    """Letters to the school that the actor may read as staff: those to them; all for an admin."""
    if actor.is_one_of(Role.ADMIN):
        return true()
    return Ticket.staff_id == (actor.staff_id or 0)


def invited_to(actor: Actor, today: date) -> ColumnElement[bool]:
    """Announced events for the actor as a guardian or one of the staff. Narrows a query over Event."""
    mine = select(Guardian.pupil_id).where(own_children(actor, today))
    children = select(Pupil.class_id).where(Pupil.id.in_(mine))
    ways: list[ColumnElement[bool]] = [Event.for_parents & _in_classes(children)]
    if actor.staff_id:
        ways.append(Event.for_staff.is_(True))
    return (Event.state != EventState.DRAFT) & or_(*ways)


def sees_event(actor: Actor, today: date) -> ColumnElement[bool]:
    """Events that the actor is invited to or runs, or that are for a class of theirs; all for an admin.

    Narrows a query over Event.
    """
    if actor.is_one_of(Role.ADMIN):
        return true()
    ways = [invited_to(actor, today)]
    if actor.staff_id:
        taught = select(Teaching.class_id).where(Teaching.staff_id == actor.staff_id)
        mine = runs_event(actor) | _in_classes(taught)
        ways.append((Event.state != EventState.DRAFT) & mine)
    return or_(*ways)


def runs_event(actor: Actor) -> ColumnElement[bool]:
    """Events whose attendance the actor marks: their own, or all for an admin. Narrows a query over Event."""
    if actor.is_one_of(Role.ADMIN):
        return true()
    return (Event.state != EventState.DRAFT) & (Event.organiser_id == (actor.staff_id or 0))


def _in_classes(classes: Select[int]) -> ColumnElement[bool]:
    return Event.id.in_(select(EventClass.event_id).where(EventClass.class_id.in_(classes)))


def leads_pupil(actor: Actor, today: date) -> ColumnElement[bool]:
    """Pupils of today about whom the actor decides: of the classes that they lead; all for an admin or a
    specialist. Narrows a query over Pupil."""
    if actor.is_one_of(Role.ADMIN, Role.SPECIALIST):
        return active(Pupil, today)
    led = select(Teaching.class_id).where(Teaching.staff_id == actor.staff_id, Teaching.leads)
    return active(Pupil, today) & Pupil.class_id.in_(led)


def sees_lesson(actor: Actor) -> ColumnElement[bool]:
    """Extra lessons that the actor held; all for an admin or a specialist. Over ExtraLesson."""
    if actor.is_one_of(Role.ADMIN, Role.SPECIALIST):
        return true()
    return ExtraLesson.staff_id == (actor.staff_id or 0)


def sees_pair(actor: Actor, today: date) -> ColumnElement[bool]:
    """Mentoring pairs of the actor's pupils, and those in which they mentor or assist; all for an admin or a
    specialist. Narrows a query over MentoringPair and Pupil."""
    return supports_pupil(actor, today) | (MentoringPair.staff_id == (actor.staff_id or 0))


def sees_document(actor: Actor, today: date) -> ColumnElement[bool]:
    """Documents that the actor may read: their own, and for teaching staff the practices in force; all for an
    admin. Narrows a query over Document."""
    if actor.is_one_of(Role.ADMIN):
        return true()
    bank = (Document.kind == DocumentKind.PRACTICE) & in_force(today)
    return own_document(actor) | bank if actor.is_one_of(Role.TEACHER) else own_document(actor)


def own_document(actor: Actor) -> ColumnElement[bool]:
    """The actor's own practices and trainings. Narrows a query over Document."""
    return Document.staff_id == (actor.staff_id or 0)


def sees_visit(actor: Actor) -> ColumnElement[bool]:
    """Visits to the actor's own lessons; all for an admin. Narrows a query over LessonVisit."""
    if actor.is_one_of(Role.ADMIN):
        return true()
    return LessonVisit.staff_id == (actor.staff_id or 0)
