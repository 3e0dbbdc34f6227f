"""A pupil on the register, a route sent: by the features, for tests that begin there."""

from datetime import date

from bot.config import Settings
from bot.db.risk.register import Absences
from bot.features.risk import register, routes
from bot.features.risk.rules import Signals
from tests.chat import Telegram
from tests.school import BERG, School

SIGNALS = Signals(absences=Absences.MANY, percent=12, marks_seen=True, failing=("math",))
MEASURES = "Занятие по вторникам в 14:00\n- Тетрадь с домашними заданиями"


async def put_on(telegram: Telegram, school: School, child: str = "Маша", who: int = BERG) -> int:
    """The pupil's entry."""
    now = telegram.clock.now()
    async with telegram.database.write() as session:
        actor = await School.actor(session, who, now)
        pupil = school.pupils[child]
        entry = await register.put_on(session, actor, now, today_of(telegram), pupil, SIGNALS)
        await session.commit()
    school.made[f"{child}/entry"] = entry.id
    return entry.id


async def send_route(
    telegram: Telegram,
    school: School,
    child: str = "Маша",
    who: int = BERG,
    goal: str = "Уверенно решать задачи на дроби",
    measures: str = MEASURES,
) -> int:
    """A route of a pupil on the register, or a new version of it, sent to the guardians: the version's id."""
    draft = await draft_route(telegram, school, child, who, goal, measures)
    async with telegram.database.write() as session:
        actor, today = await School.actor(session, who, telegram.clock.now()), today_of(telegram)
        await routes.send(session, actor, telegram.clock.now(), today, draft, settings_of(telegram))
        await session.commit()
    school.made[f"{child}/version"] = draft
    return draft


async def draft_route(
    telegram: Telegram,
    school: School,
    child: str = "Маша",
    who: int = BERG,
    goal: str = "Уверенно решать задачи на дроби",
    measures: str = MEASURES,
) -> int:
    """The draft of a route, written to its end."""
    now, today = telegram.clock.now(), today_of(telegram)
    async with telegram.database.write() as session:
        actor = await School.actor(session, who, now)
        draft = await routes.start(session, actor, now, today, school.pupils[child], goal)
        await routes.set_measures(session, actor, now, today, draft.id, measures)
        await session.commit()
    school.made[f"{child}/draft"] = draft.id
    return draft.id


def today_of(telegram: Telegram) -> date:
    return telegram.clock.now().astimezone(settings_of(telegram).school.zone).date()


def settings_of(telegram: Telegram) -> Settings:
    settings = telegram.dispatcher.workflow_data["settings"]
    assert isinstance(settings, Settings)
    return settings
