"""Pupils whom their marks propose for the risk register: a person decides, and the decision is remembered."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby

from sqlalchemy import ColumnElement, select

from bot.config import Settings
from bot.db.access import Actor, leads_pupil
from bot.db.accounts import Person, Role, Staff, StaffRole
from bot.db.base import Session, active
from bot.db.risk import marks as db
from bot.db.risk.marks import MarksDecision
from bot.db.risk.register import registered
from bot.db.roster import Pupil, SchoolClass, Teaching
from bot.errors import AppError, NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.outbox import Message, post
from bot.features.risk import register
from bot.features.risk.marks.rules import Findings, findings, news
from bot.features.risk.rules import Signals
from bot.programme.calendar import quarter_starts

DECIDES = (Role.TEACHER, Role.SPECIALIST, Role.ADMIN)


@dataclass(frozen=True)
class Proposal:
    """A pupil whose marks tell something that nobody has decided about, and what they tell."""

    pupil: Pupil
    school_class: SchoolClass
    findings: Findings

    @property
    def digest(self) -> str:
        """Names the facts: whoever decides decides about what they have seen."""
        return sha256(repr(self.findings.facts).encode()).hexdigest()[:8]


async def _proposals(session: Session, today: date, pupils: ColumnElement[bool]) -> list[Proposal]:
    """Proposals among the pupils that fulfil a condition over Pupil: three queries, in order of classes.

    Nobody who is on the register already.
    """
    pupils &= Pupil.id.not_in(registered(today))
    starts = quarter_starts(today)
    found = {
        pupil_id: findings(starts[0].year, list(rows))
        for pupil_id, rows in groupby(
            await db.quarters(session, pupils, starts[0], today, starts), key=lambda row: row.pupil_id
        )
    }
    decided = await db.decided(session, pupils)
    fresh = {id_: each for id_, each in found.items() if news(each, decided.get(id_, ()))}
    if not fresh:
        return []
    people = await db.pupils_by_id(session, pupils)
    return [Proposal(*people[id_], fresh[id_]) for id_ in people if id_ in fresh]


async def proposals(session: Session, actor: Actor, today: date) -> list[Proposal]:
    """Whom marks propose to the actor: to admins and specialists anybody, to who leads a class its pupils."""
    require(actor, *DECIDES)
    return await _proposals(session, today, leads_pupil(actor, today))


async def decide(
    session: Session,
    actor: Actor,
    now: datetime,
    today: date,
    pupil_id: int,
    digest: str,
    *,
    registers: bool,
    word: Callable[[Findings], str],
) -> Proposal:
    """Put the pupil on the register, or not; the decision holds for the same facts.

    On the register the marks are the reason, and the findings in words (`word`) stand beside them.
    Raises NotFoundError for somebody who is not proposed to the actor, AppError where the marks have changed
    since they were shown or somebody has decided already.
    """
    require(actor, *DECIDES)
    mine = await db.pupils_by_id(session, leads_pupil(actor, today) & (Pupil.id == pupil_id))
    if not mine or actor.person_id is None:
        raise NotFoundError
    found = await _proposals(session, today, leads_pupil(actor, today) & (Pupil.id == pupil_id))
    if not found or found[0].digest != digest:
        raise AppError("error-marks-changed")
    session.add(
        MarksDecision(
            pupil_id=pupil_id,
            person_id=actor.person_id,
            decided_at=now,
            registers=registers,
            facts=[list(fact) for fact in found[0].findings.facts],
        )
    )
    if registers:
        told = found[0].findings
        signals = Signals(
            marks_seen=True,
            failing=tuple(two.subject[: register.SUBJECT_MAX] for two in told.twos),
            text=word(told)[: register.TEXT_MAX],
        )
        await register.put_on(session, actor, now, today, pupil_id, signals)
    audit.record(session, actor, now, "marks.decided", f"pupil:{pupil_id}", registers=registers)
    return found[0]


async def ask(
    session: Session,
    actor: Actor | None,
    now: datetime,
    today: date,
    pupils: Collection[int],
    settings: Settings,
) -> None:
    """Tell everybody who decides how many of these pupils are proposed; not the actor, who sees it."""
    everybody = await _proposals(session, today, active(Pupil, today))
    proposed = {p.pupil.id: p.school_class.id for p in everybody if p.pupil.id in pupils}
    if not proposed:
        return
    staff = active(Staff, today) & Staff.person_id.is_not(None)
    overseers = set(
        await session.scalars(
            select(Staff.person_id)
            .join(StaffRole, StaffRole.staff_id == Staff.id)
            .where(staff, StaffRole.role.in_((Role.ADMIN, Role.SPECIALIST)))
        )
    ) | set(await session.scalars(select(Person.id).where(Person.telegram_id.in_(settings.school.admins))))
    counts = dict.fromkeys(overseers, len(proposed))
    leading = await session.execute(
        select(Staff.person_id, Teaching.class_id)
        .join(Teaching, Teaching.staff_id == Staff.id)
        .where(staff, Teaching.leads)
    )
    for person_id, class_id in leading:
        if person_id not in overseers and class_id in proposed.values():
            mine = sum(class_id == of for of in proposed.values())
            counts[person_id] = counts.get(person_id, 0) + mine
    await post(
        session,
        settings,
        now,
        [
            Message(person_id, "marks-proposed", {"count": count}, key=f"marks:{now.isoformat()}:{person_id}")
            for person_id, count in counts.items()
            if person_id is not None and (actor is None or person_id != actor.person_id)
        ],
    )
