"""Bringing a roster file into the database: what would change, and the change. Twice changes nothing."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session, active
from bot.db.roster import Guardian, Pupil, SchoolClass
from bot.features import audit
from bot.features.accounts import require
from bot.features.roster import GUARDIANS_MAX
from bot.features.roster.reading import Problem, TableError
from bot.features.roster.table import Row, full_name, identity


@dataclass
class Plan:
    """What an import would change. Whoever is not in the file is named and stays."""

    new_classes: list[str] = field(default_factory=list)
    new_pupils: list[Row] = field(default_factory=list)
    # The pupil's id, the row, the class they are in now.
    moved: list[tuple[int, Row, str]] = field(default_factory=list)
    # The pupil's id (None: a new one), the row, the guardian's name and relation.
    new_guardians: list[tuple[int | None, Row, str, str]] = field(default_factory=list)
    # The pupil's id and the patronymic that the file adds.
    completed: list[tuple[int, str]] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        changes = (self.new_classes, self.new_pupils, self.moved, self.new_guardians, self.completed)
        return not any(changes)


def class_name(row: Row) -> str:
    """The class of a row as people say it: 5А."""
    return f"{row.grade}{row.letter}"


def _called(one: Row | Pupil) -> tuple[str, ...]:
    """Surname and first name, for comparing."""
    return full_name(one.surname, one.first_name)


def _may_be(row: Row, pupil: Pupil) -> bool:
    """Whether they are called the same; a patronymic that one of them lacks tells nothing."""
    known = row.patronymic and pupil.patronymic
    return _called(row) == _called(pupil) and (
        not known or full_name(row.patronymic) == full_name(pupil.patronymic)
    )


async def plan(session: Session, today: date, rows: Sequence[Row]) -> Plan:
    """Compare a file with the database: three queries, whatever its length.

    Raises TableError where a pupil would have too many guardians.
    """
    classes = {school_class.id: school_class for school_class in await session.scalars(select(SchoolClass))}
    names = {school_class.name for school_class in classes.values()}
    present = (await session.scalars(select(Pupil).where(active(Pupil, today)).order_by(Pupil.id))).all()
    guardians: dict[int, list[tuple[str, ...]]] = {}
    for place in await session.scalars(select(Guardian).where(active(Guardian, today))):
        guardians.setdefault(place.pupil_id, []).append(full_name(place.name))
    here: dict[tuple[str, ...], Pupil] = {}
    called: dict[tuple[str, ...], list[Pupil]] = {}
    for pupil in present:
        school_class, name = (
            classes[pupil.class_id],
            full_name(pupil.surname, pupil.first_name, pupil.patronymic),
        )
        here[(str(school_class.grade), *full_name(school_class.letter), *name)] = pupil
        called.setdefault(_called(pupil), []).append(pupil)
    found, problems = Plan(), []
    matched = {here[identity(row)].id for row in rows if identity(row) in here}
    # Of two namesakes that are new in the file nobody can say which one has moved: neither has.
    comers = Counter(_called(row) for row in rows if identity(row) not in here)
    for row in rows:
        if class_name(row) not in names:
            names.add(class_name(row))
            found.new_classes.append(class_name(row))
        pupil_or_none = here.get(identity(row))
        if pupil_or_none is None and comers[_called(row)] == 1:
            pupil_or_none = _only(row, called.get(_called(row), ()), matched, classes)
        is_known = pupil_or_none is not None and classes[pupil_or_none.class_id].name == class_name(row)
        if pupil_or_none is None:
            found.new_pupils.append(row)
        else:
            matched.add(pupil_or_none.id)
            if not is_known:
                found.moved.append((pupil_or_none.id, row, classes[pupil_or_none.class_id].name))
            if row.patronymic and not pupil_or_none.patronymic:
                found.completed.append((pupil_or_none.id, row.patronymic))
        id_ = pupil_or_none.id if pupil_or_none else None
        known = guardians.get(id_, []) if id_ else []
        fresh = [(who, relation) for who, relation in row.guardians if full_name(who) not in known]
        if len(known) + len(fresh) > GUARDIANS_MAX:
            limit = (("limit", GUARDIANS_MAX),)
            problems.append(Problem("roster-row-guardians", limit, row.number))
        found.new_guardians += [(id_, row, who, relation) for who, relation in fresh]
        found.unchanged += is_known and not fresh
    if problems:
        raise TableError(problems)
    in_file = {class_name(row) for row in rows}
    found.absent = [
        f"{classes[pupil.class_id].name} {pupil.name}"
        for pupil in present
        if pupil.id not in matched and classes[pupil.class_id].name in in_file
    ]
    return found


def _only(
    row: Row, called: Sequence[Pupil], matched: Collection[int], classes: Mapping[int, SchoolClass]
) -> Pupil | None:
    """The one pupil whom a row can mean, in its own class before others; None where it is none or several."""
    free = [pupil for pupil in called if pupil.id not in matched and _may_be(row, pupil)]
    in_class = [pupil for pupil in free if classes[pupil.class_id].name == class_name(row)]
    candidates = in_class or free
    return candidates[0] if len(candidates) == 1 else None


async def apply(
    session: Session, actor: Actor | None, now: datetime, today: date, rows: Sequence[Row]
) -> Plan:
    """Carry out what `plan` says. For an admin; None is whoever has the command line.

    Raises TableError as `plan` does.
    """
    if actor is not None:
        require(actor, Role.ADMIN)
    todo = await plan(session, today, rows)
    classes = {school_class.name: school_class for school_class in await session.scalars(select(SchoolClass))}
    for row in rows:
        if class_name(row) not in classes:
            classes[class_name(row)] = SchoolClass(grade=row.grade, letter=row.letter)
    session.add_all(classes.values())
    await session.flush()
    fresh = {
        row: Pupil(
            class_id=classes[class_name(row)].id,
            surname=row.surname,
            first_name=row.first_name,
            patronymic=row.patronymic,
            active_from=today,
        )
        for row in todo.new_pupils
    }
    session.add_all(fresh.values())
    for pupil_id, row, _ in todo.moved:
        pupil = await session.get_one(Pupil, pupil_id)
        was, to = pupil.class_id, classes[class_name(row)].id
        pupil.class_id, pupil.moved_on = to, today
        audit.record(session, actor, now, "pupil.moved", f"pupil:{pupil_id}", was=was, to=to)
    for pupil_id, patronymic in todo.completed:
        (await session.get_one(Pupil, pupil_id)).patronymic = patronymic
    await session.flush()
    session.add_all(
        Guardian(pupil_id=id_ or fresh[row].id, name=name, relation=relation, active_from=today)
        for id_, row, name, relation in todo.new_guardians
    )
    if not todo.is_empty:
        audit.record(
            session,
            actor,
            now,
            "roster.imported",
            "roster",
            classes=len(todo.new_classes),
            pupils=len(todo.new_pupils),
            moved=len(todo.moved),
            completed=len(todo.completed),
            guardians=len(todo.new_guardians),
        )
    return todo
