"""People: invitations, consent, roles, leaving."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from bot.config import Settings
from bot.db import accounts as db
from bot.db.access import Actor
from bot.db.accounts import Consent, Invitation, Person, Role, Staff, StaffRole, WrongCode
from bot.db.base import Session, active
from bot.db.roster import Guardian, Pupil, SchoolClass, Teaching
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.outbox import Message, post

# Raised whenever the wording of the privacy notice changes: everybody is then asked anew.
NOTICE_VERSION = "2026-11-26"

WRONG_CODES_ALLOWED = 10
WRONG_CODES_WINDOW = timedelta(hours=1)
# So many from all chats together: somebody guesses with several accounts.
WRONG_CODES_TOLD = 50


class Position(StrEnum):
    """What a member of staff is, as the invitation offers it."""

    TEACHER = "teacher"
    DEPUTY = "deputy"
    DIRECTOR = "director"
    SPECIALIST = "specialist"
    OTHER = "other"


ROLES = {
    Position.TEACHER: frozenset({Role.TEACHER}),
    Position.DEPUTY: frozenset({Role.ADMIN}),
    Position.DIRECTOR: frozenset({Role.ADMIN}),
    Position.SPECIALIST: frozenset({Role.SPECIALIST}),
    Position.OTHER: frozenset[Role](),
}


def require(actor: Actor, *roles: Role) -> None:
    """Refuse whoever holds none of the roles, in the words for things that do not exist.

    Raises NotFoundError.
    """
    if not actor.is_one_of(*roles):
        raise NotFoundError


def clean_name(name: str) -> str:
    """A person's name as it is kept: single spaces.

    Raises AppError for one that is too short or too long.
    """
    name = " ".join(name.split())
    if not 2 <= len(name) <= 100:
        raise AppError("error-name-length")
    return name


# --- invitations -----------------------------------------------------------------------------------------


async def invite_staff(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    *,
    name: str,
    title: str,
    position: Position,
    classes: Collection[int] = (),
    led: Collection[int] = (),
    valid_days: int,
) -> tuple[int, str]:
    """Put somebody on the staff and invite them: the staff id and the code.

    `title` is the position in words; `classes` they teach, `led` of those they lead. Who teaches a class is
    a teacher, whatever else they are.
    """
    require(actor, Role.ADMIN)
    name = clean_name(name)
    taken = select(Staff.id).where(Staff.name == name, active(Staff, today))
    if await session.scalar(taken):
        raise AppError("error-staff-exists", name=name)
    roles = ROLES[position] | ({Role.TEACHER} if classes else frozenset())
    staff = Staff(name=name, position=title, teaching=Role.TEACHER in roles, active_from=today)
    session.add(staff)
    await session.flush()
    session.add_all(StaffRole(staff_id=staff.id, role=role) for role in roles)
    known = set(await session.scalars(select(SchoolClass.id).where(SchoolClass.id.in_(classes))))
    session.add_all(Teaching(staff_id=staff.id, class_id=id_, leads=id_ in led) for id_ in known)
    audit.record(
        session,
        actor,
        now,
        "staff.added",
        f"staff:{staff.id}",
        position=position,
        roles=roles,
        classes=known,
        led=known & set(led),
    )
    return staff.id, await invite_again(session, actor, now, staff.id, valid_days)


async def invite_again(session: Session, actor: Actor, now: datetime, staff_id: int, valid_days: int) -> str:
    """A fresh code for somebody on the staff who has not come; codes given before stop working."""
    require(actor, Role.ADMIN)
    staff = await session.get(Staff, staff_id)
    if staff is None:
        raise NotFoundError
    if staff.person_id is not None:
        raise AppError("error-already-came", name=staff.name)
    await db.withdraw_invitations(session, now, Invitation.staff_id == staff_id)
    return await _new_code(session, actor, now, valid_days, staff_id=staff_id)


async def invite_guardian(
    session: Session, actor: Actor, now: datetime, today: date, guardian_id: int, valid_days: int
) -> tuple[Guardian, Pupil, str]:
    """A fresh code for a guardian's place; codes given before stop working.

    For an admin or who leads the class.
    """
    guardian, pupil = await led_place(session, actor, guardian_id, today)
    if guardian.person_id is not None:
        raise AppError("error-already-came", name=guardian.name or guardian.relation)
    if guardian.closed_on is not None:
        raise AppError("error-place-closed")
    await db.withdraw_invitations(session, now, Invitation.guardian_id == guardian_id)
    return guardian, pupil, await _new_code(session, actor, now, valid_days, guardian_id=guardian_id)


async def withdraw_staff_invitation(session: Session, actor: Actor, now: datetime, staff_id: int) -> None:
    """Make the codes given to somebody on the staff stop working."""
    require(actor, Role.ADMIN)
    await db.withdraw_invitations(session, now, Invitation.staff_id == staff_id)
    audit.record(session, actor, now, "invitation.withdrawn", f"staff:{staff_id}")


async def _new_code(
    session: Session,
    actor: Actor,
    now: datetime,
    valid_days: int,
    *,
    staff_id: int | None = None,
    guardian_id: int | None = None,
) -> str:
    code = new_code()
    invitation = Invitation(
        code_hash=hash_of(code),
        staff_id=staff_id,
        guardian_id=guardian_id,
        invited_by=actor.person_id,
        created_at=now,
        expires_at=now + timedelta(days=valid_days),
    )
    session.add(invitation)
    await session.flush()
    subject = f"staff:{staff_id}" if staff_id else f"guardian:{guardian_id}"
    audit.record(session, actor, now, "invitation.created", subject)
    return code


def new_code() -> str:
    """A code: 128 random bits in 22 characters, which fit callback data together with a prefix."""
    return secrets.token_urlsafe(16)


def hash_of(text: str) -> str:
    """What is stored in place of a code, or of a chat that tries codes."""
    return hashlib.sha256(text.encode()).hexdigest()


# --- coming in -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Welcome:
    """What an invitation makes of whoever opens it. A guardian sees the child's first name and class."""

    staff_name: str | None = None
    position: str | None = None
    relation: str | None = None
    child: str | None = None
    school_class: str | None = None
    # Whether the privacy notice has to be shown and agreed to first.
    needs_consent: bool = True


async def look(session: Session, telegram_id: int, code: str, now: datetime, today: date) -> Welcome:
    """What the code invites to; stores nothing about the person.

    Raises AppError: wrong, used, withdrawn or expired code, or too many wrong ones.
    """
    invitation = await _open_invitation(session, telegram_id, code, now)
    person = await db.find_person(session, telegram_id)
    consented = person is not None and await _consented(session, person.id)
    if invitation.staff_id is not None:
        staff = await session.get_one(Staff, invitation.staff_id)
        return Welcome(staff_name=staff.name, position=staff.position, needs_consent=not consented)
    assert invitation.guardian_id is not None  # noqa: S101 - a constraint of the table
    guardian, pupil = await _place(session, invitation.guardian_id, today)
    school_class = await session.get_one(SchoolClass, pupil.class_id)
    return Welcome(
        relation=guardian.relation,
        child=pupil.first_name,
        school_class=school_class.name,
        needs_consent=not consented,
    )


async def accept(
    session: Session, telegram_id: int, language: str, code: str, now: datetime, today: date
) -> Welcome:
    """Make the person, who has read the notice and agreed, what the code says. A code works once.

    Raises AppError as `look` does, and where the person is on the staff already.
    """
    welcome = await look(session, telegram_id, code, now, today)
    person = await _agree(session, telegram_id, language, now)
    invitation = await _open_invitation(session, telegram_id, code, now)
    if invitation.staff_id is not None:
        if await session.scalar(select(Staff.id).where(Staff.person_id == person.id)):
            raise AppError("error-already-staff")
        (await session.get_one(Staff, invitation.staff_id)).person_id = person.id
        subject = f"staff:{invitation.staff_id}"
    else:
        assert invitation.guardian_id is not None  # noqa: S101 - a constraint of the table
        guardian, pupil = await _place(session, invitation.guardian_id, today)
        siblings = select(Guardian.id).where(
            Guardian.pupil_id == pupil.id, Guardian.person_id == person.id, active(Guardian, today)
        )
        if await session.scalar(siblings):
            raise AppError("error-already-guardian", child=pupil.first_name)
        guardian.person_id = person.id
        subject = f"guardian:{guardian.id}"
    invitation.used_at = now
    audit.record(
        session, Actor(telegram_id, person.id), now, "invitation.accepted", subject, notice=NOTICE_VERSION
    )
    return welcome


async def accept_first_admin(
    session: Session, telegram_id: int, language: str, now: datetime, admins: Collection[int]
) -> None:
    """Let in somebody whom the configuration names as an admin, after their consent."""
    if telegram_id not in admins:
        raise NotFoundError
    person = await _agree(session, telegram_id, language, now)
    audit.record(session, Actor(telegram_id, person.id), now, "admin.accepted", f"person:{person.id}")


async def introduce(
    session: Session, actor: Actor, now: datetime, today: date, *, name: str, title: str
) -> None:
    """Put an admin of the configuration on the staff under the name they give; `title` is the position.

    Raises AppError for a name that has an account already.
    """
    require(actor, Role.ADMIN)
    name = clean_name(name)
    staff = await session.scalar(select(Staff).where(Staff.name == name, active(Staff, today)))
    if actor.staff_id or (staff and staff.person_id):
        raise AppError("error-staff-exists", name=name)
    if staff is None:
        staff = Staff(name=name, position=title, teaching=False, active_from=today)
        session.add(staff)
    staff.person_id = actor.person_id
    await session.flush()
    await session.merge(StaffRole(staff_id=staff.id, role=Role.ADMIN))
    audit.record(session, actor, now, "staff.introduced", f"staff:{staff.id}", roles=[Role.ADMIN])


async def agree_again(session: Session, actor: Actor, now: datetime) -> None:
    """Somebody who is in already agrees to the notice as it is now."""
    if actor.person_id is None:
        raise NotFoundError
    if actor.notice != NOTICE_VERSION:
        session.add(Consent(person_id=actor.person_id, version=NOTICE_VERSION, given_at=now))
        audit.record(
            session, actor, now, "consent.renewed", f"person:{actor.person_id}", notice=NOTICE_VERSION
        )


async def consents(session: Session, actor: Actor) -> Sequence[Consent]:
    """The consents that the actor has given and not withdrawn, the oldest first."""
    query = select(Consent).where(Consent.person_id == actor.person_id, Consent.withdrawn_at.is_(None))
    return (await session.scalars(query.order_by(Consent.id))).all()


async def _agree(session: Session, telegram_id: int, language: str, now: datetime) -> Person:
    person = await db.find_person(session, telegram_id)
    if person is None:
        person = Person(telegram_id=telegram_id, language=language, created_at=now)
        session.add(person)
        await session.flush()
    if not await _consented(session, person.id):
        session.add(Consent(person_id=person.id, version=NOTICE_VERSION, given_at=now))
    return person


async def _consented(session: Session, person_id: int) -> bool:
    consent = await db.current_consent(session, person_id)
    return consent is not None and consent.version == NOTICE_VERSION


async def _open_invitation(session: Session, telegram_id: int, code: str, now: datetime) -> Invitation:
    chat_hash = hash_of(f"chat:{telegram_id}")
    wrong = await db.count_wrong_codes(session, now - WRONG_CODES_WINDOW, chat_hash)
    if wrong >= WRONG_CODES_ALLOWED:
        raise AppError("error-too-many-codes")
    invitation = await db.find_invitation(session, hash_of(code))
    if invitation is None:
        session.add(WrongCode(chat_hash=chat_hash, at=now))
        raise WrongCodeError
    if invitation.used_at:
        own = await _is_own(session, telegram_id, invitation)
        raise AppError("error-code-own" if own else "error-code-used")
    if invitation.withdrawn_at:
        raise AppError("error-code-withdrawn")
    if invitation.expires_at <= now:
        raise AppError("error-code-expired")
    return invitation


async def _is_own(session: Session, telegram_id: int, invitation: Invitation) -> bool:
    """Whether the person came in by this invitation: parents scan the slip again to find the bot."""
    person = await db.find_person(session, telegram_id)
    if invitation.staff_id is not None:
        place: Staff | Guardian | None = await session.get(Staff, invitation.staff_id)
    else:
        place = await session.get(Guardian, invitation.guardian_id)
    return person is not None and place is not None and place.person_id == person.id


class WrongCodeError(AppError):
    """There is no such code; the attempt is counted."""

    keeps_writes = True

    def __init__(self) -> None:
        super().__init__("error-code-wrong")


async def forget_wrong_codes(session: Session, now: datetime) -> None:
    """Delete the attempts that no longer count."""
    await db.delete_wrong_codes(session, now - WRONG_CODES_WINDOW)


async def tell_of_guessing(session: Session, settings: Settings, now: datetime, today: date) -> None:
    """Tell the administration, once a day at the most, that somebody tries code after code.

    Nobody is kept out for it but the chats themselves: else a stranger could keep the parents out.
    """
    tried = await db.count_wrong_codes(session, now - WRONG_CODES_WINDOW)
    if tried < WRONG_CODES_TOLD:
        return
    people = await db.administration(session, settings.school.admins, today)
    told = [Message(id_, "codes-guessed", {"count": tried}, f"codes-guessed:{today}:{id_}") for id_ in people]
    await post(session, settings, now, told)


async def led_place(session: Session, actor: Actor, guardian_id: int, today: date) -> tuple[Guardian, Pupil]:
    """A guardian's place of today and its pupil, for an admin or who leads the class.

    Raises NotFoundError for somebody else's as for none.
    """
    guardian, pupil = await _place(session, guardian_id, today)
    await require_lead(session, actor, pupil.class_id)
    return guardian, pupil


async def require_lead(session: Session, actor: Actor, class_id: int) -> None:
    """Refuse whoever neither is an admin nor leads the class.

    Raises NotFoundError.
    """
    if not await leads(session, actor, class_id):
        raise NotFoundError


async def leads(session: Session, actor: Actor, class_id: int) -> bool:
    """Whether the actor leads the class, as an admin does every one."""
    if actor.is_one_of(Role.ADMIN):
        return True
    teaching = await session.get(Teaching, (actor.staff_id or 0, class_id))
    return teaching is not None and teaching.leads


async def _place(session: Session, guardian_id: int, today: date) -> tuple[Guardian, Pupil]:
    row = (
        await session.execute(
            select(Guardian, Pupil)
            .join(Pupil, Pupil.id == Guardian.pupil_id)
            .where(Guardian.id == guardian_id, active(Guardian, today), active(Pupil, today))
        )
    ).first()
    if row is None:
        raise NotFoundError
    return row[0], row[1]


async def vacate(session: Session, today: date, place: Guardian) -> Guardian | None:
    """End a guardian's place and open one like it, to which somebody can be invited; None where it had ended.

    Not simply emptied: what was said to the one guardian must not be read by the next.
    """
    if place.active_to is not None and place.active_to < today:
        return None
    fresh = Guardian(
        pupil_id=place.pupil_id,
        name=place.name,
        relation=place.relation,
        active_from=today,
        active_to=place.active_to,
    )
    session.add(fresh)
    place.active_to = today - timedelta(days=1)
    return fresh


# --- being here ------------------------------------------------------------------------------------------


async def staff_list(session: Session, actor: Actor, now: datetime, today: date) -> list[db.StaffRow]:
    """The active staff, for an admin."""
    require(actor, Role.ADMIN)
    return await db.list_staff(session, today, now)


async def dismiss(session: Session, actor: Actor, now: datetime, today: date, staff_id: int) -> None:
    """Somebody leaves the staff today: their roles end, what they did stays."""
    require(actor, Role.ADMIN)
    staff = await session.get(Staff, staff_id)
    if staff is None or staff.id == actor.staff_id:
        raise NotFoundError
    staff.active_to = today - timedelta(days=1)
    staff.person_id = None
    await db.withdraw_invitations(session, now, Invitation.staff_id == staff_id)
    audit.record(session, actor, now, "staff.dismissed", f"staff:{staff_id}", last_day=staff.active_to)


async def set_language(session: Session, actor: Actor, now: datetime, language: str) -> None:
    """Remember the person's language."""
    person = await session.get(Person, actor.person_id) if actor.person_id else None
    if person is None:
        raise NotFoundError
    if person.language != language:
        was, person.language = person.language, language
        audit.record(session, actor, now, "language.changed", f"person:{person.id}", was=was, to=language)
