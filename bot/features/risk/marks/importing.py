"""Bringing a file of marks into the database: what would change, and the change. Twice changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import insert, update

from bot.config import Settings
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session, active
from bot.db.risk import marks as db
from bot.db.risk.marks import Mark
from bot.db.roster import Pupil
from bot.features import audit
from bot.features.accounts import require
from bot.features.risk.marks import ask
from bot.features.risk.marks.table import Row
from bot.features.roster.reading import Problem, TableError, same
from bot.features.roster.table import full_name


@dataclass(frozen=True)
class Change:
    """Marks that would be recorded for a pupil, and those that they correct (None: the first of that day)."""

    pupil_id: int
    row: Row
    subject: str
    current: int | None
    external: int | None
    corrects: Mark | None


@dataclass
class Plan:
    """What an import would change."""

    new: list[Change] = field(default_factory=list)
    corrected: list[Change] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.new or self.corrected)


async def plan(session: Session, today: date, rows: Sequence[Row]) -> Plan:
    """Compare a file with the database: three queries, whatever its length. An empty cell says nothing.

    Raises TableError for pupils who are not in their class, or of whom there are two.
    """
    pupils = await db.pupils_by_id(session, active(Pupil, today))
    places = [(id_, school_class, pupil) for id_, (pupil, school_class) in pupils.items()]
    here: dict[tuple[str, ...], list[int]] = {}
    elsewhere: dict[tuple[str, ...], list[str]] = {}
    for id_, school_class, pupil in places:
        class_ = (str(school_class.grade), *full_name(school_class.letter))
        name = full_name(pupil.surname, pupil.first_name)
        patronymic = full_name(pupil.patronymic)
        # With and without the patronymic, as the row has it.
        here.setdefault((*class_, *name), []).append(id_)
        if pupil.patronymic:
            here.setdefault((*class_, *name, *patronymic), []).append(id_)
        elsewhere.setdefault(name, []).append(school_class.name)
    spelt = {same(subject): subject for subject in await db.subjects(session)}
    days = [row.on_date for row in rows]
    held = await db.holding(session, active(Pupil, today), min(days), max(days))
    found, problems = Plan(), []
    seen: dict[tuple[int, str, date], int] = {}
    for row in rows:
        class_ = (str(row.grade), *full_name(row.letter))
        name = full_name(row.surname, row.first_name)
        patronymic = full_name(row.patronymic) if row.patronymic else ()
        ids = here.get((*class_, *name, *patronymic), [])
        if len(ids) != 1:
            problems.append(_nobody(row, len(ids), elsewhere.get(name, [])))
            continue
        subject = spelt.setdefault(same(row.subject), row.subject)
        key = (ids[0], subject, row.on_date)
        first = seen.setdefault(key, row.line.number)
        if first != row.line.number:  # once with the patronymic, once without
            problems.append(Problem("table-row-twice", (("first", first),), row.line.number))
            continue
        before = held.get(key)
        current, external = row.current, row.external
        if before is not None:
            current = before.current if current is None else current
            external = before.external if external is None else external
        change = Change(ids[0], row, subject, current, external, before)
        if before is None:
            found.new.append(change)
        elif (current, external) != (before.current, before.external):
            found.corrected.append(change)
        else:
            found.unchanged += 1
    if problems:
        raise TableError(problems)
    return found


def _nobody(row: Row, number: int, classes: Sequence[str]) -> Problem:
    name, class_name = f"{row.surname} {row.first_name}", f"{row.grade}{row.letter}"
    arguments: tuple[tuple[str, str], ...] = (("name", name), ("class_name", class_name))
    key = "marks-cell-namesakes" if number else "marks-cell-elsewhere" if classes else "marks-cell-unknown"
    if key == "marks-cell-elsewhere":
        arguments = (*arguments, ("other", ", ".join(classes)))
    return Problem(key, arguments, row.line.number, row.line.heads["surname"])


async def apply(
    session: Session,
    actor: Actor | None,
    now: datetime,
    today: date,
    rows: Sequence[Row],
    settings: Settings,
) -> Plan:
    """Carry out what `plan` says, and ask those who decide about pupils whom the new marks propose.

    For an admin; None is whoever has the command line. Raises TableError as `plan` does.
    """
    if actor is not None:
        require(actor, Role.ADMIN)
    todo = await plan(session, today, rows)
    if todo.is_empty:
        return todo
    outdated = [change.corrects.id for change in todo.corrected if change.corrects]
    await session.execute(
        update(Mark)
        .where(Mark.id.in_(outdated))
        .values(superseded_at=now)
        .execution_options(synchronize_session=False)
    )
    changes = [*todo.new, *todo.corrected]
    await session.execute(
        insert(Mark),
        [
            {
                "pupil_id": change.pupil_id,
                "subject": change.subject,
                "on_date": change.row.on_date,
                "current": change.current,
                "external": change.external,
                "recorded_at": now,
                "superseded_at": None,
            }
            for change in changes
        ],
    )
    audit.record(
        session, actor, now, "marks.imported", "marks", new=len(todo.new), corrected=len(todo.corrected)
    )
    await ask(session, actor, now, today, {change.pupil_id for change in changes}, settings)
    return todo
