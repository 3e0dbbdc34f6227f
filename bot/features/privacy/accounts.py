"""People, consents, the staff."""

from datetime import date, datetime

from sqlalchemy import or_, select, update

from bot.db.accounts import Consent, Invitation, Person, Preference, Staff, StaffRole
from bot.db.base import Session
from bot.db.roster import Guardian
from bot.features.privacy.registry import Kept, Query, Table, delete_of, unlink


def _people(me: Person) -> Query:
    return select(
        Person.telegram_id.label("telegram"),
        Person.language.label("language"),
        Person.created_at.label("since"),
        Person.quiet_from.label("quiet_from"),
        Person.quiet_to.label("quiet_to"),
        Person.unreachable_since.label("unreachable_since"),
    ).where(Person.id == me.id)


async def _forget(session: Session, me: Person, now: datetime, today: date) -> None:
    me.telegram_id = -me.id  # no Telegram id is negative for a person: nobody is found by it
    me.quiet_from = me.quiet_to = me.unreachable_since = None


def _consents(me: Person) -> Query:
    return (
        select(
            Consent.version.label("version"),
            Consent.given_at.label("given"),
            Consent.withdrawn_at.label("withdrawn"),
        )
        .where(Consent.person_id == me.id)
        .order_by(Consent.id)
    )


async def _withdraw(session: Session, me: Person, now: datetime, today: date) -> None:
    mine = Consent.person_id == me.id, Consent.withdrawn_at.is_(None)
    await session.execute(update(Consent).where(*mine).values(withdrawn_at=now))


def _preferences(me: Person) -> Query:
    return select(Preference.topic.label("topic"), Preference.manner.label("manner")).where(
        Preference.person_id == me.id
    )


def _staff(me: Person) -> Query:
    return select(
        Staff.name.label("name"),
        Staff.position.label("position"),
        Staff.active_from.label("from"),
        Staff.active_to.label("to"),
    ).where(Staff.person_id == me.id)


def _roles(me: Person) -> Query:
    return (
        select(StaffRole.role.label("role"))
        .join(Staff, Staff.id == StaffRole.staff_id)
        .where(Staff.person_id == me.id)
    )


def _invitations(me: Person) -> Query:
    """Those that the person came by, and those that they made for others."""
    came = or_(
        Invitation.guardian_id.in_(select(Guardian.id).where(Guardian.person_id == me.id)),
        Invitation.staff_id.in_(select(Staff.id).where(Staff.person_id == me.id)),
    )
    return (
        select(
            Invitation.created_at.label("created"),
            Invitation.used_at.label("used"),
            Invitation.withdrawn_at.label("withdrawn"),
        )
        .where(or_(came, Invitation.invited_by == me.id))
        .order_by(Invitation.id)
    )


TABLES = {
    "preferences": Table(
        _preferences,
        erase=delete_of(Preference.person_id),
        words={"topic": "privacy-topic", "manner": "privacy-manner"},
    ),
    "invitations": Table(_invitations, kept="hashes of codes, and when they were used"),
    "wrong_codes": Table("hashes, deleted after an hour", kept="hashes, deleted after an hour"),
    "staff_roles": Table(_roles, kept=Kept.STAFF, words={"role": "privacy-role"}),
    "staff": Table(_staff, erase=unlink(Staff.person_id), kept=Kept.STAFF),
    "consents": Table(_consents, erase=_withdraw, kept=Kept.CONSENT),
    "people": Table(_people, erase=_forget, kept="a number without a person: what was done keeps its order"),
}
