"""A part of an activity is its own person's; all of them are an admin's."""

from collections.abc import Callable
from typing import Literal

import pytest
from sqlalchemy import select

from bot.db.activities import Assignment
from bot.db.base import Database
from bot.features import activities
from bot.features.activities import reporting
from bot.handlers.activities import ActivitySteps
from bot.programme.calendar import Calendar
from bot.ui.activities import ActivityAccept, ActivityOpen, ActivityReports, ReportDo, TaskDo
from tests.chat import Telegram
from tests.rights import Case, check
from tests.school import BERG, DIRECTOR, STARK, School

ADMIN = {DIRECTOR}
LEADER = "Классные руководители"


async def laid_out(telegram: Telegram, school: School) -> None:
    """The year laid out; the part of the class teacher Берг."""
    now = telegram.clock.now()
    async with telegram.database.write() as session:
        calendar = Calendar(vacations=())
        await activities.top_up(session, telegram.programme, calendar, now.date())
        mine = select(Assignment).where(
            Assignment.staff_id == school.staff[BERG], Assignment.responsible == LEADER
        )
        part = (await session.scalars(mine.order_by(Assignment.id))).first()
        assert part
        school.made |= {"part": part.id, "occurrence": part.occurrence_id}
        await session.commit()


async def reported(telegram: Telegram, school: School) -> None:
    """And what she has reported."""
    await laid_out(telegram, school)
    now = telegram.clock.now()
    async with telegram.database.write() as session:
        berg = await school.actor(session, BERG, now)
        settings = telegram.dispatcher.workflow_data["settings"]
        part = school.made["part"]
        await reporting.report(
            session, berg, now, now.date(), telegram.programme, settings, part, "Провели собрание"
        )
        await session.commit()
    school.made["report"] = 1


def do_report(action: Literal["open", "accept", "return"]) -> Callable[[School], ReportDo]:
    return lambda school: ReportDo(report_id=school.made["report"], action=action)


def accept(action: Literal["reports", "ask", "close"]) -> Callable[[School], ActivityAccept]:
    return lambda school: ActivityAccept(occurrence_id=school.made["occurrence"], action=action)


REPORT: tuple[Literal["open", "accept", "return"], ...] = ("open", "return", "accept")
ACCEPT: tuple[Literal["reports", "ask", "close"], ...] = ("ask", "reports", "close")

CASES = [
    Case("activities.show_tasks", {BERG, STARK, DIRECTOR}, says="/tasks", prepare=laid_out),
    Case("activities.show_tasks", {BERG, STARK, DIRECTOR}, press=lambda _: "go:tasks", prepare=laid_out),
    Case(
        "activities.do_task",
        {BERG, DIRECTOR},
        press=lambda s: TaskDo(assignment_id=s.made["part"], action="open"),
        prepare=laid_out,
    ),
    Case(
        "activities.do_task",
        {BERG, DIRECTOR},
        press=lambda s: TaskDo(assignment_id=s.made["part"], action="start"),
        prepare=laid_out,
    ),
    Case(
        "activities.take_report",
        {BERG, DIRECTOR},
        says="Сделано",
        step=ActivitySteps.report,
        data=lambda s: {"assignment": s.made["part"]},
        prepare=laid_out,
    ),
    Case("activities.show_activities", ADMIN, says="/activities", prepare=laid_out),
    Case("activities.show_activities", ADMIN, press=lambda _: "go:activities", prepare=laid_out),
    Case(
        "activities.show_activity",
        ADMIN,
        press=lambda _: ActivityOpen(key="parent_education"),
        prepare=laid_out,
    ),
    Case("activities.show_reports", ADMIN, press=lambda _: ActivityReports(), prepare=reported),
    *(
        Case(
            "activities.do_report",
            ADMIN,
            press=do_report(action),
            prepare=reported,
        )
        for action in REPORT
    ),
    Case(
        "activities.take_comment",
        ADMIN,
        says="Добавьте протокол",
        step=ActivitySteps.comment,
        data=lambda s: {"report": s.made["report"]},
        prepare=reported,
    ),
    *(
        Case(
            "activities.accept_all",
            ADMIN,
            press=accept(action),
            prepare=reported,
        )
        for action in ACCEPT
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)
