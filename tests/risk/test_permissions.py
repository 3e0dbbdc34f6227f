"""The register and the routes: a teacher's own classes, a specialist, an admin; a guardian's own child.

The pupil is always Маша of 5А, whom Штарк does not teach.
"""

from datetime import date

import pytest

from bot.db.base import Database
from bot.db.risk.register import Outcome
from bot.db.risk.routes import ProgressMark
from bot.features.risk import progress
from bot.handlers.risk.agreeing import AgreeSteps
from bot.handlers.risk.register import RiskSteps
from bot.handlers.risk.routes import RouteSteps
from bot.ui.risk.agreeing import RouteOwn
from bot.ui.risk.register import (
    RiskAdd,
    RiskClass,
    RiskConfirm,
    RiskDraft,
    RiskMark,
    RiskOff,
    RiskOffSure,
    RiskOpen,
    RiskPage,
    RiskPick,
)
from bot.ui.risk.routes import (
    RouteChampion,
    RouteCycle,
    RouteEdit,
    RouteOpen,
    RoutePaper,
    RouteTo,
    RouteWeek,
    RouteWords,
    RouteWrite,
)
from tests.chat import Telegram
from tests.rights import STAFF, Case, check
from tests.risk.people import draft_route, put_on, send_route, today_of
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PSYCHOLOGIST, School

WHO = {BERG, PSYCHOLOGIST, DIRECTOR}
THIS_WEEK = date(2026, 10, 12).toordinal()
KEEPERS = {PSYCHOLOGIST, DIRECTOR}
SIGNALS: dict[str, object] = {
    "absences": None,
    "percent": None,
    "behaviour": "remarks",
    "marks_seen": False,
    "failing": [],
    "text": "",
}


async def registered(telegram: Telegram, school: School) -> None:
    await put_on(telegram, school)


async def drafted(telegram: Telegram, school: School) -> None:
    await put_on(telegram, school)
    await draft_route(telegram, school)


async def sent(telegram: Telegram, school: School) -> None:
    await put_on(telegram, school)
    await send_route(telegram, school)


async def marked(telegram: Telegram, school: School) -> None:
    await sent(telegram, school)
    now, today = telegram.clock.now(), today_of(telegram)
    async with telegram.database.write() as session:
        actor = await School.actor(session, BERG, now)
        week = date.fromordinal(THIS_WEEK)
        await progress.mark_week(session, actor, now, today, masha(school), week, ProgressMark.BETTER)
        await session.commit()


def masha(school: School) -> int:
    return school.pupils["Маша"]


def draft(school: School) -> int:
    return school.made["Маша/draft"]


def version(school: School) -> int:
    return school.made["Маша/version"]


def mother(school: School) -> int:
    return school.guardians["Маша/мать"]


CASES = [
    Case("risk.register.show_register", STAFF, says="/risk"),
    Case("risk.register.show_register", STAFF, press=lambda _: "go:risk"),
    Case("risk.register.turn_page", STAFF, press=lambda _: RiskPage(page=0)),
    Case("risk.register.choose", STAFF, press=lambda _: RiskAdd()),
    Case("risk.register.choose_pupil", {BERG, DIRECTOR}, press=lambda s: RiskClass(class_id=s.classes["5А"])),
    Case("risk.register.find_pupil", STAFF, says="Лебедева", step=RiskSteps.name),
    Case("risk.register.begin", WHO, press=lambda s: RiskPick(pupil_id=masha(s))),
    Case(
        "risk.register.mark",
        WHO,
        press=lambda s: RiskMark(pupil_id=masha(s), what="behaviour", value="calm"),
    ),
    Case(
        "risk.register.type_signal",
        WHO,
        says="12",
        step=RiskSteps.signals,
        data=lambda s: {"pupil": masha(s), **SIGNALS},
    ),
    Case(
        "risk.register.type_subject",
        WHO,
        says="Черчение",
        step=RiskSteps.subjects,
        data=lambda s: {"pupil": masha(s), **SIGNALS},
    ),
    Case("risk.register.finish", WHO, press=lambda s: RiskDraft(pupil_id=masha(s), action="save")),
    Case("risk.register.open_card", WHO, prepare=registered, press=lambda s: RiskOpen(pupil_id=masha(s))),
    Case(
        "risk.register.ask_outcome",
        WHO,
        prepare=registered,
        press=lambda s: RiskOff(pupil_id=masha(s), outcome=Outcome.MOVED),
    ),
    Case(
        "risk.register.type_outcome",
        WHO,
        prepare=registered,
        says="Слова",
        step=RiskSteps.outcome,
        data=lambda s: {"pupil": masha(s), "outcome": "other", "words": ""},
    ),
    Case("risk.register.take_off", WHO, prepare=registered, press=lambda s: RiskOffSure(pupil_id=masha(s))),
    Case("risk.register.confirm", KEEPERS, press=lambda _: RiskConfirm(sure=True)),
    Case(
        "risk.routes.write",
        WHO,
        prepare=registered,
        press=lambda s: RouteWrite(pupil_id=masha(s), anew=True),
    ),
    Case(
        "risk.routes.take_goal",
        WHO,
        prepare=registered,
        says="Цель",
        step=RouteSteps.goal,
        data=lambda s: {"pupil": masha(s)},
    ),
    Case(
        "risk.routes.take_measures",
        WHO,
        prepare=drafted,
        says="Мера",
        step=RouteSteps.measures,
        data=lambda s: {"version": draft(s)},
    ),
    Case(
        "risk.routes.take_dates",
        WHO,
        prepare=drafted,
        says="20.11",
        step=RouteSteps.dates,
        data=lambda s: {"version": draft(s)},
    ),
    Case(
        "risk.routes.take_file",
        WHO,
        prepare=drafted,
        says="нет",
        step=RouteSteps.file,
        data=lambda s: {"version": draft(s)},
    ),
    Case(
        "risk.routes.edit", WHO, prepare=drafted, press=lambda s: RouteEdit(version_id=draft(s), what="sure")
    ),
    Case(
        "risk.routes.choose_champion",
        WHO,
        prepare=drafted,
        press=lambda s: RouteChampion(version_id=draft(s), staff_id=s.staff[PSYCHOLOGIST]),
    ),
    Case("risk.routes.open_route", WHO, prepare=sent, press=lambda s: RouteOpen(pupil_id=masha(s))),
    Case(
        "risk.routes.log_paper",
        WHO,
        prepare=sent,
        press=lambda s: RoutePaper(version_id=version(s), guardian_id=mother(s), days_ago=0),
    ),
    Case(
        "risk.routes.take_paper_day",
        WHO,
        prepare=sent,
        says="сегодня",
        step=RouteSteps.paper,
        data=lambda s: {"version": version(s), "guardian": mother(s)},
    ),
    Case(
        "risk.routes.ask_to_guardian",
        WHO,
        prepare=sent,
        press=lambda s: RouteTo(version_id=version(s), guardian_id=mother(s)),
    ),
    Case(
        "risk.routes.take_to_guardian",
        WHO,
        prepare=sent,
        says="Добрый день",
        step=RouteSteps.to_guardian,
        data=lambda s: {"version": version(s), "guardian": mother(s)},
    ),
    Case(
        "risk.routes.mark_week",
        WHO,
        prepare=sent,
        press=lambda s: RouteWeek(pupil_id=masha(s), mark="better"),
    ),
    Case(
        "risk.routes.ask_words",
        WHO,
        prepare=sent,
        press=lambda s: RouteWords(pupil_id=masha(s), week=THIS_WEEK),
    ),
    Case(
        "risk.routes.take_words",
        WHO,
        prepare=marked,
        says="Слова",
        step=RouteSteps.words,
        data=lambda s: {"pupil": masha(s), "week": THIS_WEEK},
    ),
    Case(
        "risk.routes.close_cycle",
        WHO,
        prepare=sent,
        press=lambda s: RouteCycle(version_id=version(s), result="reached", go_on=True),
    ),
    Case(
        "risk.agreeing.use_own",
        {MASHA_MOTHER},
        prepare=sent,
        press=lambda s: RouteOwn(version_id=version(s), action="agree"),
    ),
    Case(
        "risk.agreeing.take_message",
        {MASHA_MOTHER},
        prepare=sent,
        says="Вопрос",
        step=AgreeSteps.discuss,
        data=lambda s: {"version": version(s)},
    ),
    Case(
        "risk.agreeing.take_reason",
        {MASHA_MOTHER},
        prepare=sent,
        says="Причина",
        step=AgreeSteps.reason,
        data=lambda s: {"version": version(s)},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)
