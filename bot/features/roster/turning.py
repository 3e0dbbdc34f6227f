"""The year turns on 1 September: classes move up, leavers leave, teachers go on with their classes.

A dry run tells beforehand. Classes are labels ("5А"), so that what was said of one stays true of its year:
pupils change over, the class of last year is another row. What happened stays as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from sqlalchemy import ColumnElement, delete, func, select, update

from bot.config import Settings
from bot.db import accounts
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session, active, bare, insert_new
from bot.db.roster import Pupil, SchoolClass, Teaching, YearTurn
from bot.features import audit
from bot.features.accounts import require
from bot.features.outbox import Message, post
from bot.features.roster import leaving
from bot.programme.calendar import LEVELS, school_year

KIND = "year-turned"
# Whoever was placed in a class since June has been placed for the new year already.
PLACED_FROM = 6
# Primary teachers begin anew with another class, they do not go on into the fifth.
LAST_PRIMARY = LEVELS["noo"][-1]


class Move(NamedTuple):
    """A class of the old year, the one that its pupils go on in (None: they leave), and how many they are."""

    before: str
    after: str | None
    pupils: int


@dataclass(frozen=True)
class Turn:
    """What a 1 September changes; `stay`: pupils who are in a class of the new year already.

    `leaderless`: the classes that nobody leads afterwards.
    """

    first: date
    moves: Sequence[Move]
    stay: int
    leaderless: Sequence[str]

    @property
    def moved(self) -> int:
        """How many pupils go on."""
        return sum(move.pupils for move in self.moves if move.after)

    @property
    def left(self) -> int:
        """How many pupils leave."""
        return sum(move.pupils for move in self.moves if not move.after)


async def dry_run(session: Session, actor: Actor, today: date, settings: Settings) -> Turn:
    """What the next 1 September would change, as things stand today. For an admin."""
    require(actor, Role.ADMIN)
    first = school_year(today)[0] + relativedelta(years=1)
    classes, places = await _classes(session), await _teaching(session)
    numbers = await _numbers(session, first)
    stay = await session.scalar(select(func.count()).where(active(Pupil, first), ~_of_last_year(first)))
    taught = _taught_after(classes, numbers, places, settings)
    return _turn(first, classes, numbers, stay or 0, taught, settings)


async def turn(session: Session, settings: Settings, now: datetime) -> None:
    """Turn the year, once; years missed by a bot that was off are caught up. The administration is told.

    The very first time only this school year's turn is made up: nothing is known of those before.
    """
    today = now.astimezone(settings.school.zone).date()
    current = school_year(today)[0]
    last = await session.scalar(select(func.max(YearTurn.first)))
    first = last + relativedelta(years=1) if last else current
    while first <= current:
        claim = insert_new(bare(YearTurn)).values(first=first, turned_at=now)
        if await session.scalar(claim.returning(YearTurn.first)) is not None:
            await _turn_to(session, settings, now, today, first)
        first += relativedelta(years=1)


async def _turn_to(session: Session, settings: Settings, now: datetime, today: date, first: date) -> None:
    classes, places = await _classes(session), await _teaching(session)
    numbers = await _numbers(session, first)
    taught = _taught_after(classes, numbers, places, settings)
    found = _turn(first, classes, numbers, 0, taught, settings)
    if not found.moves:
        return
    of_class = _of_last_year(first) & active(Pupil, first)
    by_name = {(c.grade, c.letter): id_ for id_, c in classes.items()}
    left: list[int] = []
    # From the top down: no class is moved into before it has been moved out of.
    for class_id in sorted(numbers, key=lambda id_: -classes[id_].grade):
        here = of_class & (Pupil.class_id == class_id)
        after = _after(classes[class_id], settings)
        if after is None:
            left += await session.scalars(select(Pupil.id).where(here))
            continue
        if after not in by_name:
            fresh = SchoolClass(grade=after[0], letter=after[1])
            session.add(fresh)
            await session.flush()
            by_name[after] = fresh.id
        await session.execute(update(Pupil).where(here).values(class_id=by_name[after], moved_on=first))
    await leaving.leave(session, settings, now, today, left, first - relativedelta(days=1))
    await session.execute(delete(Teaching))
    session.add_all(
        Teaching(staff_id=staff_id, class_id=by_name[name], leads=leads)
        for (staff_id, name), leads in taught.items()
    )
    audit.record(
        session,
        None,
        now,
        "year.turned",
        f"year:{first.year}",
        moved={move.before: [move.after, move.pupils] for move in found.moves if move.after},
        left=left,
    )
    people = await accounts.administration(session, settings.school.admins, today)
    said = {"moved": found.moved, "left": found.left, "leaderless": list(found.leaderless)}
    told = [Message(person, KIND, said, key=f"{KIND}:{first.year}:{person}") for person in people]
    await post(session, settings, now, told)


# --- the rules -------------------------------------------------------------------------------------------

Name = tuple[int, str]


def _of_last_year(first: date) -> ColumnElement[bool]:
    """Pupils placed in their class before the summer. Over Pupil."""
    return func.coalesce(Pupil.moved_on, Pupil.active_from) < date(first.year, PLACED_FROM, 1)


def _after(school_class: SchoolClass, settings: Settings) -> Name | None:
    """The class that a class goes on in; None after the last grade of the school."""
    last = max(LEVELS[level][-1] for level in settings.school.levels)
    return None if school_class.grade >= last else (school_class.grade + 1, school_class.letter)


def _taught_after(
    classes: dict[int, SchoolClass],
    numbers: dict[int, int],
    places: Sequence[Teaching],
    settings: Settings,
) -> dict[tuple[int, Name], bool]:
    """Who teaches which class afterwards, and whether they lead it."""
    taught: dict[tuple[int, Name], bool] = {}
    for place in places:
        school_class = classes[place.class_id]
        after: Name | None = (school_class.grade, school_class.letter)
        if place.class_id in numbers:
            after = None if school_class.grade == LAST_PRIMARY else _after(school_class, settings)
        if after:
            taught[place.staff_id, after] = taught.get((place.staff_id, after), False) or place.leads
    return taught


def _turn(
    first: date,
    classes: dict[int, SchoolClass],
    numbers: dict[int, int],
    stay: int,
    taught: dict[tuple[int, Name], bool],
    settings: Settings,
) -> Turn:
    ordered = sorted(numbers, key=lambda id_: (classes[id_].grade, classes[id_].letter))
    moves, after = [], []
    for id_ in ordered:
        name = _after(classes[id_], settings)
        moves.append(Move(classes[id_].name, f"{name[0]}{name[1]}" if name else None, numbers[id_]))
        after += [name] if name else []
    led = {name for (_, name), leads in taught.items() if leads}
    leaderless = [f"{grade}{letter}" for grade, letter in after if (grade, letter) not in led]
    return Turn(first, moves, stay, leaderless)


async def _classes(session: Session) -> dict[int, SchoolClass]:
    return {each.id: each for each in await session.scalars(select(SchoolClass))}


async def _teaching(session: Session) -> Sequence[Teaching]:
    return (await session.scalars(select(Teaching).order_by(Teaching.staff_id, Teaching.class_id))).all()


async def _numbers(session: Session, first: date) -> dict[int, int]:
    """How many pupils of last year each class has on that day."""
    query = (
        select(Pupil.class_id, func.count().label("pupils"))
        .where(_of_last_year(first), active(Pupil, first))
        .group_by(Pupil.class_id)
    )
    return {row.class_id: row.pupils for row in await session.execute(query)}
