"""Reading the audit trail: for admins."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select, true

from bot.db import audit as db
from bot.db.access import Actor
from bot.db.accounts import Person, Role, Staff
from bot.db.audit import AuditEntry
from bot.db.base import Session
from bot.db.roster import Guardian, Pupil, SchoolClass
from bot.errors import NotFoundError
from bot.features.accounts import require
from bot.programme.calendar import midnight

PAGE = 12

# What actions are about, by their first word.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "people": ("access", "admin", "invitation", "invitations", "staff"),
    "roster": ("guardian", "pupil", "roster", "year"),
    "notes": ("contact", "note", "template"),
    "support": ("club", "lesson", "marks", "pair", "risk", "route"),
    "surveys": ("survey",),
    "letters": ("finding", "ticket"),
    "events": ("event",),
    "activities": ("activity",),
    "indicators": ("declaration", "reading", "report", "result", "visit"),
    "documents": ("document",),
    "privacy": ("account", "backup", "consent", "language", "preference", "quiet", "retention"),
}

# Whose doings are looked for: everybody's, the bot's own, or those of the person with that number.
EVERYBODY, THE_BOT = 0, -1


class Refers(StrEnum):
    """What a number in the trail is the number of."""

    STAFF = "staff"
    CLASS = "class"
    PUPIL = "pupil"
    GUARDIAN = "guardian"
    ROW = "row"


# By the name of a detail; `was` and `to` by their action, and where it has one, by what was changed. Names in
# the plural are lists: a single number there counts.
REFERS: Mapping[str, Refers] = {
    "staff": Refers.STAFF,
    "staff_id": Refers.STAFF,
    "class_id": Refers.CLASS,
    "classes": Refers.CLASS,
    "led": Refers.CLASS,
    "pupil": Refers.PUPIL,
    "pupils": Refers.PUPIL,
    "left": Refers.PUPIL,
    "guardian": Refers.GUARDIAN,
    "guardians": Refers.GUARDIAN,
    "place": Refers.GUARDIAN,
    "assignments": Refers.ROW,
    "question": Refers.ROW,
    "report": Refers.ROW,
    "request": Refers.ROW,
    "review": Refers.ROW,
    "activity.assigned": Refers.STAFF,
    "activity.declined": Refers.STAFF,
    "activity.given": Refers.STAFF,
    "event.changed:classes": Refers.CLASS,
    "event.changed:organiser": Refers.STAFF,
    "pupil.moved": Refers.CLASS,
    "route.edited:champion": Refers.STAFF,
    "survey.edited:headline": Refers.ROW,
    "ticket.passed_on": Refers.STAFF,
}
_PLURAL = frozenset({"assignments", "classes", "guardians", "led", "left", "pupils"})


class WhoKind(StrEnum):
    """As what somebody stands in the trail; `gone` have withdrawn their consent."""

    BOT = "bot"
    STAFF = "staff"
    GUARDIAN = "guardian"
    GONE = "gone"
    OTHER = "other"


@dataclass(frozen=True)
class Who:
    """Who did something. Guardians have a name only where one entry is looked at."""

    kind: WhoKind
    person_id: int = 0
    name: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry: the subject is a noun and, where there are several of it, which."""

    id: int
    at: datetime
    who: Who
    action: str
    noun: str
    which: str
    details: Mapping[str, Any]

    def refers(self, name: str) -> Refers | None:
        """What a number under this name is the number of; None: it is a number."""
        value = self.details.get(name)
        if name in ("was", "to"):
            what = self.details.get("what")
            return REFERS.get(f"{self.action}:{what}" if what else self.action)
        return None if name in _PLURAL and isinstance(value, int) else REFERS.get(name)


@dataclass(frozen=True)
class Names:
    """Names by number; of pupils and guardians only where one entry is looked at."""

    staff: Mapping[int, str] = field(default_factory=dict)
    classes: Mapping[int, str] = field(default_factory=dict)
    pupils: Mapping[int, str] = field(default_factory=dict)
    guardians: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """Which entries are looked for: a group of actions, whose, from a day to a day (school time), of one
    subject: that of the entry `about`."""

    group: str = ""
    who: int = EVERYBODY
    first: date | None = None
    last: date | None = None
    about: int = 0


@dataclass(frozen=True)
class Page:
    """A page (from 0) of what was looked for; `whose` and `about` say whose it is and of what."""

    wanted: Wanted
    entries: Sequence[Entry]
    names: Names
    number: int
    of: int
    whose: Who | None
    about: Entry | None


@dataclass(frozen=True)
class Card:
    """One entry with all its names, and how many there are about the same subject."""

    entry: Entry
    names: Names
    same: int


async def listed(session: Session, actor: Actor, zone: ZoneInfo, wanted: Wanted, number: int) -> Page:
    """The entries that are looked for, the latest first; the nearest page that exists.

    A constant number of queries. Raises NotFoundError for a group or an entry that does not exist.
    """
    require(actor, Role.ADMIN)
    about = await _entry(session, wanted.about) if wanted.about else None
    where = _where(wanted, zone, about)
    pages = max(1, -(-await db.count(session, where) // PAGE))
    number = max(0, min(number, pages - 1))
    rows = list(await db.page(session, where, number, PAGE))
    extra = [about] if about else []
    whose = [wanted.who] if wanted.who > 0 else []
    who = await _who(session, {row.person_id for row in rows + extra if row.person_id} | set(whose))
    entries = [_told(row, who) for row in rows + extra]
    names = await _names(session, entries)
    return Page(
        wanted,
        entries[: len(rows)],
        names,
        number,
        pages,
        who[wanted.who] if whose else Who(WhoKind.BOT) if wanted.who == THE_BOT else None,
        entries[-1] if about else None,
    )


async def look(session: Session, actor: Actor, entry_id: int) -> Card:
    """One entry.

    Of an account that was erased nobody is named beside it: that would say whose it was.
    """
    require(actor, Role.ADMIN)
    row = await _entry(session, entry_id)
    who = await _who(session, {row.person_id} - {None}, guardians=True)
    entry = _told(row, who)
    gone = entry.who.kind == WhoKind.GONE
    names = Names() if gone else await _names(session, [entry], everybody=True)
    return Card(entry, names, await db.count(session, AuditEntry.subject == row.subject))


async def people(session: Session, actor: Actor) -> Sequence[tuple[int, str]]:
    """Whose doings can be looked for: the staff with an account by name, with the person's number."""
    require(actor, Role.ADMIN)
    query = select(Staff.person_id, Staff.name).where(Staff.person_id.is_not(None)).order_by(Staff.name)
    return [(person_id, name) for person_id, name in await session.execute(query) if person_id]


async def _entry(session: Session, entry_id: int) -> AuditEntry:
    entry = await session.get(AuditEntry, entry_id)
    if entry is None:
        raise NotFoundError
    return entry


def _where(wanted: Wanted, zone: ZoneInfo, about: AuditEntry | None) -> ColumnElement[bool]:
    where: ColumnElement[bool] = true()
    if wanted.group:
        if wanted.group not in GROUPS:
            raise NotFoundError
        # Bounds and not LIKE: an index answers them. After "." comes "/".
        words = GROUPS[wanted.group]
        where &= or_(*((AuditEntry.action > f"{w}.") & (AuditEntry.action < f"{w}/") for w in words))
    if wanted.who == THE_BOT:
        where &= AuditEntry.person_id.is_(None)
    elif wanted.who != EVERYBODY:
        where &= AuditEntry.person_id == wanted.who
    if wanted.first is not None:
        where &= AuditEntry.at >= midnight(wanted.first, zone)
    if wanted.last is not None:
        where &= AuditEntry.at < midnight(wanted.last + timedelta(days=1), zone)
    if about is not None:
        where &= AuditEntry.subject == about.subject
    return where


async def _who(
    session: Session, ids: Collection[int | None], *, guardians: bool = False
) -> dict[int | None, Who]:
    """As what these people stand in the trail."""
    known = [id_ for id_ in ids if id_ is not None]
    erased = set(await session.scalars(select(Person.id).where(Person.id.in_(known), Person.telegram_id < 0)))
    posts = await db.posts(session, known)
    staff = select(Staff.id, Staff.name).where(Staff.id.in_(posts.values()))
    names = {row.id: row.name for row in await session.execute(staff)}
    places = select(Guardian.person_id, Guardian.name).where(Guardian.person_id.in_(known))
    parents = {row.person_id: row.name for row in await session.execute(places.order_by(Guardian.id))}
    found: dict[int | None, Who] = {None: Who(WhoKind.BOT)}
    for id_ in known:
        if id_ in erased:
            found[id_] = Who(WhoKind.GONE, id_)
        elif name := names.get(posts.get(id_, 0)):
            found[id_] = Who(WhoKind.STAFF, id_, name)
        elif id_ in parents:
            found[id_] = Who(WhoKind.GUARDIAN, id_, parents[id_] if guardians else "")
        else:
            found[id_] = Who(WhoKind.OTHER, id_)
    return found


def _told(row: AuditEntry, who: Mapping[int | None, Who]) -> Entry:
    noun, _, which = row.subject.partition(":")
    return Entry(row.id, row.at, who[row.person_id], row.action, noun, which, row.details)


async def _names(session: Session, entries: Sequence[Entry], *, everybody: bool = False) -> Names:
    wanted: dict[str, set[int]] = {kind: set() for kind in Refers}
    for entry in entries:
        for kind, id_ in _numbers(entry):
            wanted[kind].add(id_)
    staff = select(Staff.id, Staff.name).where(Staff.id.in_(wanted[Refers.STAFF]))
    classes = select(SchoolClass).where(SchoolClass.id.in_(wanted[Refers.CLASS]))
    names = Names(
        {row.id: row.name for row in await session.execute(staff)},
        {each.id: each.name for each in await session.scalars(classes)},
    )
    if not everybody:
        return names
    pupils = select(Pupil).where(Pupil.id.in_(wanted[Refers.PUPIL]))
    guardians = select(Guardian.id, Guardian.name).where(Guardian.id.in_(wanted[Refers.GUARDIAN]))
    return Names(
        names.staff,
        names.classes,
        {each.id: each.name.strip() for each in await session.scalars(pupils)},
        {row.id: row.name for row in await session.execute(guardians)},
    )


_NUMBER = re.compile(r"\d{1,15}")


def _numbers(entry: Entry) -> Iterator[tuple[Refers, int]]:
    """The rows that an entry names, the subject among them."""
    if entry.noun in list(Refers) and _NUMBER.fullmatch(entry.which):
        yield Refers(entry.noun), int(entry.which)
    for name, value in entry.details.items():
        kind = entry.refers(name)
        for each in value if isinstance(value, list) else [value]:
            if kind and isinstance(each, int):
                yield kind, each
        if name in ("was", "to") and isinstance(value, dict):  # the audience of a survey
            yield from ((Refers.CLASS, id_) for id_ in value.get("classes", []))
