"""The programme's expected results: what data answer, and what the director says of the others."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from sqlalchemy import distinct, func, select

from bot.config import Settings
from bot.db import indicators as db
from bot.db.access import Actor
from bot.db.accounts import Role
from bot.db.base import Session, active
from bot.db.indicators import ExpectedResult, Word
from bot.db.risk import routes, support
from bot.db.risk.register import registered
from bot.db.risk.routes import LearningRoute, RouteVersion
from bot.db.risk.support import MentoringPair, PairKind
from bot.db.roster import Pupil, SchoolClass
from bot.errors import NotFoundError
from bot.features import audit
from bot.features.accounts import require
from bot.features.indicators import Standing, status
from bot.features.indicators.sources.evidence import Day, share
from bot.features.outbox import clean_text
from bot.programme.calendar import LEVELS
from bot.programme.model import Indicator, Kind, Programme, Result, State

COMMENT_MAX = 500


@dataclass(frozen=True)
class Answered:
    """What one of a result's answers says: of an indicator, or of other data by its name.

    `reached` is None where there is no value, or nothing that it has to reach.
    """

    indicator: Indicator | None
    data: str
    kind: Kind
    value: float | None
    wanted: float | None

    @property
    def reached(self) -> bool | None:
        """Whether the value is what was promised."""
        if self.value is None or self.wanted is None:
            return None
        return self.value >= self.wanted - 1e-9


@dataclass(frozen=True)
class Checked:
    """An expected result on a day. What data answer wholly nobody has to tick.

    `answered` are the answers that there are data for, `word` is what the director has said.
    """

    result: Result
    answered: Sequence[Answered]
    by_data: bool
    word: Word | None

    @property
    def reached(self) -> bool | None:
        """Whether it has come; None: not known, or nobody has said."""
        if not self.by_data:
            return self.word.reached if self.word else None
        if any(answer.reached is False for answer in self.answered):
            return False
        return None if any(answer.reached is None for answer in self.answered) else True


async def checklist(
    session: Session, actor: Actor, programme: Programme, today: date, settings: Settings
) -> list[Checked]:
    """Every expected result as it stands. For an admin."""
    standings = await status(session, actor, programme, today, settings)
    return await check(session, standings, Day(today, settings, programme))


async def checked(
    session: Session, actor: Actor, programme: Programme, today: date, settings: Settings, number: int
) -> Checked:
    """One expected result as it stands. For an admin; NotFoundError for an unknown number."""
    for each in await checklist(session, actor, programme, today, settings):
        if each.result.number == number:
            return each
    raise NotFoundError


async def check(session: Session, standings: Sequence[Standing], day: Day) -> list[Checked]:
    """Every expected result on a day: a query for what was said, and for each name of other data."""
    words = await db.last_words(session, day.until)
    values = {name: await read(session, day, standings) for name, (_, read) in DATA.items()}
    by_key = {standing.indicator.key: standing for standing in standings}
    found = []
    for result in day.programme.results:
        answered = []
        for answer in result.answers:
            if answer.indicator:
                standing = by_key[answer.indicator]
                wanted = answer.at_least
                if wanted is None and standing.in_force:
                    wanted = standing.in_force.target.value
                indicator = standing.indicator
                answered.append(Answered(indicator, "", indicator.kind, standing.value, wanted))
            elif answer.data in DATA:
                kind, value = DATA[answer.data][0], values[answer.data]
                answered.append(Answered(None, answer.data, kind, value, answer.at_least))
        word = words.get(result.number)
        found.append(Checked(result, answered, answered_by_data(result), word))
    return found


def answered_by_data(result: Result) -> bool:
    """Whether data answer the whole of a result."""
    return bool(result.answers) and all(answer.indicator or answer.data in DATA for answer in result.answers)


async def say(
    session: Session,
    actor: Actor,
    now: datetime,
    programme: Programme,
    number: int,
    *,
    reached: bool,
    comment: str | None,
) -> None:
    """Say whether an expected result has come, with a comment ("" for none) of at most 500 characters.

    For an admin. The same said twice is said once. Raises NotFoundError for a number that the programme does
    not have, and for a result that data answer.
    """
    require(actor, Role.ADMIN)
    to_tick(programme, number)
    comment = clean_text(comment, COMMENT_MAX) if comment != "" else ""
    last = (await db.last_words(session)).get(number)
    if last and (last.reached, last.comment) == (reached, comment):
        return
    session.add(
        ExpectedResult(number=number, reached=reached, comment=comment, said_by=actor.person_id, said_at=now)
    )
    was = last.reached if last else None
    audit.record(session, actor, now, "result.said", f"result:{number}", was=was, to=reached)


def to_tick(programme: Programme, number: int) -> Result:
    """The expected result with that number, which is for the director to tick.

    Raises NotFoundError.
    """
    for result in programme.results:
        if result.number == number and not answered_by_data(result):
            return result
    raise NotFoundError


# --- other data ------------------------------------------------------------------------------------------


async def _targets_met(_: Session, __: Day, standings: Sequence[Standing]) -> float | None:
    """Result 1: the share of the indicators that are at their target."""
    judged = [standing for standing in standings if standing.state is not None]
    return share(sum(standing.state == State.MET for standing in judged), len(judged)).value


async def _difficulties(session: Session, day: Day, _: Sequence[Standing]) -> float | None:
    """Result 2: by how many points fewer of the pupils are on the risk register than a year before."""
    shares = []
    for on in (day.on, day.on - relativedelta(years=1)):
        number = func.count(Pupil.id)
        query = select(number.filter(Pupil.id.in_(registered(on))), number).where(active(Pupil, on))
        shares.append(share(*(await session.execute(query)).one()).value)
    now, before = shares
    return None if now is None or before is None else before - now


async def _routes_primary(session: Session, day: Day, _: Sequence[Standing]) -> float | None:
    """Result 11: pupils of the primary school with a learning route in force."""
    query = (
        select(func.count(distinct(LearningRoute.pupil_id)))
        .join(RouteVersion, RouteVersion.route_id == LearningRoute.id)
        .join(Pupil, Pupil.id == LearningRoute.pupil_id)
        .join(SchoolClass, SchoolClass.id == Pupil.class_id)
        .where(routes.in_force(day.on), active(Pupil, day.on), SchoolClass.grade.in_(LEVELS["noo"]))
    )
    return float(await session.scalar(query) or 0)


async def _tutored(session: Session, day: Day, _: Sequence[Standing]) -> float | None:
    """Result 14: the share of the pupils on the risk register whom a teacher helps as a mentor."""
    pairs = support.pairs_on(PairKind.TEACHER, day.on)
    helped = select(MentoringPair.pupil_id).where(MentoringPair.id.in_(pairs))
    number = func.count(Pupil.id)
    query = select(number.filter(Pupil.id.in_(helped)), number).where(Pupil.id.in_(registered(day.on)))
    return share(*(await session.execute(query)).one()).value


Read = Callable[[Session, Day, Sequence[Standing]], Awaitable[float | None]]
# What answers a result besides indicators, by the name in the programme file. Names that are not here (who
# applies what in lessons, programmes by level, the network) the bot has no data for: the director says.
DATA: Mapping[str, tuple[Kind, Read]] = {
    "targets_met": (Kind.SHARE, _targets_met),
    "difficulties_decrease": (Kind.DECREASE, _difficulties),
    "routes_noo": (Kind.COUNT, _routes_primary),
    "tutored": (Kind.SHARE, _tutored),
}
