"""When and how a person is told things: quiet hours, and each topic at once, in the evening or not at all."""

from dataclasses import dataclass
from datetime import datetime, time

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Manner, Person, Preference, Role, Topic
from bot.db.base import Session
from bot.errors import NotFoundError
from bot.features import audit, outbox
from bot.features.accounts import require
from bot.features.outbox import Wishes

# Equal bounds: no quiet hours.
NO_HOURS = (time(0), time(0))


@dataclass(frozen=True)
class Quiet:
    """A person's quiet hours as they hold (school time), and for a guardian the manner of every topic."""

    hours: tuple[time, time]
    own: bool
    topics: dict[Topic, Manner]


async def look(session: Session, actor: Actor, settings: Settings) -> Quiet:
    """What the actor has chosen, or else how the school has it. Staff choose hours only.

    Raises NotFoundError for a guest.
    """
    if actor.person_id is None:
        raise NotFoundError
    return _holds(actor, settings, await outbox.wishes(session, actor.person_id))


def _holds(actor: Actor, settings: Settings, wish: Wishes) -> Quiet:
    school = settings.delivery
    topics = {topic: wish.topics.get(topic, Manner.AT_ONCE) for topic in Topic}
    return Quiet(
        wish.hours or (school.quiet_from, school.quiet_to),
        wish.hours is not None,
        topics if actor.is_one_of(Role.GUARDIAN) else {},
    )


async def set_hours(
    session: Session, actor: Actor, now: datetime, settings: Settings, hours: tuple[time, time] | None
) -> Quiet:
    """Choose quiet hours (school time), equal bounds for none; None: as the school has them.

    Gives what holds from now on. They hold for what waits already as well. Raises NotFoundError for a guest.
    """
    person = await session.get(Person, actor.person_id) if actor.person_id else None
    if person is None:
        raise NotFoundError
    was = _kind(person)
    person.quiet_from, person.quiet_to = hours or (None, None)
    # When somebody sleeps is nobody's business: the trail says only what kind of hours they chose.
    audit.record(session, actor, now, "quiet.changed", f"person:{person.id}", was=was, to=_kind(person))
    return _holds(actor, settings, await outbox.follow_wishes(session, settings, now, person.id))


def _kind(person: Person) -> str:
    if person.quiet_from is None:
        return "as_school"
    return "none" if (person.quiet_from, person.quiet_to) == NO_HOURS else "own"


async def set_manner(
    session: Session, actor: Actor, now: datetime, settings: Settings, topic: Topic, manner: Manner
) -> Quiet:
    """Choose how messages of a topic come; gives what holds from now on. For a guardian.

    What waits for the evening goes out at once where that is chosen. What waits when a topic is switched off
    was sent before, so it still comes: else a teacher would be shown "waiting" for ever.
    """
    require(actor, Role.GUARDIAN)
    assert actor.person_id is not None  # noqa: S101 - a guardian is a person
    subject = f"person:{actor.person_id}"
    kept = await session.get(Preference, (actor.person_id, topic))
    was = kept.manner if kept else Manner.AT_ONCE
    await session.merge(Preference(person_id=actor.person_id, topic=topic, manner=manner))
    audit.record(session, actor, now, "preference.changed", subject, topic=topic, was=was, to=manner)
    return _holds(actor, settings, await outbox.follow_wishes(session, settings, now, actor.person_id))
