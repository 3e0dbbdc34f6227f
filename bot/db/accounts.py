"""People who use the bot, the school's staff, invitations and consent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Select,
    String,
    delete,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Dated, Session, active, enum_column


class Role(StrEnum):
    """What a person is here. `guardian` follows from the roster, the others are given to staff."""

    GUARDIAN = "guardian"
    TEACHER = "teacher"
    RESPONSIBLE = "responsible"
    SPECIALIST = "specialist"
    ADMIN = "admin"


class Person(Base):
    """Somebody who has consented and talks to the bot."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    language: Mapped[str] = mapped_column(String(2), default="ru")
    created_at: Mapped[datetime]
    # Set by a 403 of Telegram, cleared as soon as the person writes again.
    unreachable_since: Mapped[datetime | None]
    # Since when they have neither a child nor a post here: their account is erased some time after.
    idle_since: Mapped[date | None]
    # The person's own quiet hours (school time), both or neither; equal ones: none at all.
    quiet_from: Mapped[time | None]
    quiet_to: Mapped[time | None]


class Topic(StrEnum):
    """What messages are about, as a person chooses how to get them."""

    NOTES = "notes"
    ROUTES = "routes"
    SURVEYS = "surveys"
    EVENTS = "events"
    FEEDBACK = "feedback"


class Manner(StrEnum):
    """How a person gets messages of a topic: at once, in the evening's digest, or not at all."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    OFF = "off"


class Preference(Base):
    """How a person wants the messages of a topic; without a row: at once."""

    __tablename__ = "preferences"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    topic: Mapped[Topic] = mapped_column(enum_column(Topic), primary_key=True)
    manner: Mapped[Manner] = mapped_column(enum_column(Manner))


class Consent(Base):
    """A consent to one version of the privacy notice, and when it was withdrawn."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    version: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Staff(Dated, Base):
    """A member of the school's staff, with an account (`person_id`) or not yet."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[str] = mapped_column(String(200))
    # Teaching staff are T of the indicators.
    teaching: Mapped[bool]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), unique=True)


class StaffRole(Base):
    """A role that a member of staff holds."""

    __tablename__ = "staff_roles"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(enum_column(Role), primary_key=True)


class Invitation(Base):
    """A code, stored as a hash only, that makes whoever opens it one staff member or one guardian."""

    __tablename__ = "invitations"
    __table_args__ = (CheckConstraint("(staff_id IS NULL) <> (guardian_id IS NULL)", name="one_invitee"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardians.id"), index=True)
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class WrongCode(Base):
    """An attempt with a code that is none: ten in an hour block the chat for an hour. The chat is hashed."""

    __tablename__ = "wrong_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_hash: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime]


# Neither used nor withdrawn; whether it has expired is a question of now.
OPEN = Invitation.used_at.is_(None) & Invitation.withdrawn_at.is_(None)


async def find_invitation(session: Session, code_hash: str) -> Invitation | None:
    """The invitation with that hashed code."""
    return await session.scalar(select(Invitation).where(Invitation.code_hash == code_hash))


async def find_person(session: Session, telegram_id: int) -> Person | None:
    """Who has that Telegram id."""
    return await session.scalar(select(Person).where(Person.telegram_id == telegram_id))


async def members(session: Session, telegram_ids: Collection[int]) -> Sequence[int]:
    """Those of these Telegram ids that have an account."""
    query = select(Person.telegram_id).where(Person.telegram_id.in_(telegram_ids))
    return (await session.scalars(query)).all()


async def current_consent(session: Session, person_id: int) -> Consent | None:
    """The person's consent that holds, the latest."""
    query = select(Consent).where(Consent.person_id == person_id, Consent.withdrawn_at.is_(None))
    return await session.scalar(query.order_by(Consent.id.desc()).limit(1))


async def count_wrong_codes(session: Session, since: datetime, chat_hash: str | None = None) -> int:
    """Wrong codes that a chat, or all of them (None), have tried since a moment."""
    query = select(func.count()).where(WrongCode.at > since)
    if chat_hash is not None:
        query = query.where(WrongCode.chat_hash == chat_hash)
    return await session.scalar(query) or 0


async def delete_wrong_codes(session: Session, before: datetime) -> None:
    """Forget the attempts made before a moment."""
    await session.execute(delete(WrongCode).where(WrongCode.at < before))


async def withdraw_invitations(session: Session, now: datetime, invitee: ColumnElement[bool]) -> None:
    """Withdraw the open invitations of an invitee (a condition over Invitation)."""
    await session.execute(
        update(Invitation)
        .where(invitee, OPEN)
        .values(withdrawn_at=now)
        .execution_options(synchronize_session=False)
    )


@dataclass(frozen=True)
class StaffRow:
    """A member of staff in a list: `invited` says that an invitation can still be used."""

    id: int
    name: str
    position: str
    connected: bool
    invited: bool


async def list_staff(session: Session, today: date, now: datetime) -> list[StaffRow]:
    """The active staff by name."""
    invited = exists().where(
        Invitation.staff_id == Staff.id,
        OPEN,
        Invitation.expires_at > now,
    )
    query = (
        select(Staff.id, Staff.name, Staff.position, Staff.person_id.is_not(None), invited)
        .where(active(Staff, today))
        .order_by(Staff.name)
    )
    return [StaffRow(*row) for row in await session.execute(query)]


def _in_role(role: Role, today: date) -> Select[int | None]:
    return (
        select(Staff.person_id)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(active(Staff, today), StaffRole.role == role)
    )


async def administration(session: Session, configured: Collection[int], today: date) -> Sequence[int]:
    """The people who are admins: on the staff, or by the configuration (`configured`: Telegram ids)."""
    on_staff = _in_role(Role.ADMIN, today)
    query = select(Person.id).where(Person.id.in_(on_staff) | Person.telegram_id.in_(configured))
    return (await session.scalars(query.order_by(Person.id))).all()


async def specialists(session: Session, today: date) -> Sequence[int]:
    """The people of the psychological service who have come."""
    query = select(Person.id).where(Person.id.in_(_in_role(Role.SPECIALIST, today)))
    return (await session.scalars(query.order_by(Person.id))).all()


@dataclass(frozen=True)
class Director:
    """An admin on the staff who can be written to."""

    staff_id: int
    person_id: int


async def directors(session: Session, today: date) -> list[Director]:
    """Who hears of reports and of what is late: admins on the staff with an account."""
    query = (
        select(Staff.id, Person.id)
        .join(Person, Person.id == Staff.person_id)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(active(Staff, today), StaffRole.role == Role.ADMIN)
        .order_by(Staff.id)
    )
    return [Director(*row) for row in await session.execute(query)]


async def teaching_staff(session: Session, today: date) -> list[tuple[int, str]]:
    """The teaching staff of the day by name."""
    query = select(Staff.id, Staff.name).where(active(Staff, today), Staff.teaching).order_by(Staff.name)
    return [(id_, name) for id_, name in await session.execute(query)]
