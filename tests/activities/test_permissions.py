"""A part of an activity is its own person's; all of them are an admin's."""

from collections.abc import Callable
from datetime import date
from typing import Literal

import pytest

from bot.db.activities import Assignment, Occurrence
from bot.db.base import Database
from bot.features.activities import moving, reporting
from bot.handlers.activities import ActivitySteps
from bot.ui.activities import (
    ActivityAccept,
    ActivityCalendar,
    ActivityNobody,
    ActivityOpen,
    ActivityReports,
    DateDo,
    DateRequests,
    PartGive,
    PartPick,
    PartTo,
    ReportDo,
    TaskDay,
    TaskDo,
    TaskSend,
)
from tests.chat import Telegram
from tests.rights import Case, check
from tests.school import BERG, DIRECTOR, STARK, School

ADMIN = {DIRECTOR}
LEADER = "Классные руководители"


async def laid_out(telegram: Telegram, school: School) -> None:
    """One occurrence for each of three people; the first is the class teacher Берг's."""
    async with telegram.database.write() as session:
        for who, key, responsible in (
            (BERG, "parent_education", LEADER),
            (STARK, "classroom_space", "Учителя-предметники"),
            (DIRECTOR, "growth_point_contract", "Динер Н.М."),
        ):
            first, due = date(2026, 10, 1), date(2026, 10, 30)
            occurrence = Occurrence(activity_key=key, nominal_due=due, starts_on=first, due_on=due)
            session.add(occurrence)
            await session.flush()
            part = Assignment(
                occurrence_id=occurrence.id,
                responsible=responsible,
                named_id=school.staff[who],
                staff_id=school.staff[who],
            )
            session.add(part)
            await session.flush()
            if who == BERG:
                school.made |= {"part": part.id, "occurrence": occurrence.id}
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


async def asked(telegram: Telegram, school: School) -> None:
    """And another date that she has asked for."""
    await laid_out(telegram, school)
    now = telegram.clock.now()
    async with telegram.database.write() as session:
        berg = await school.actor(session, BERG, now)
        settings = telegram.dispatcher.workflow_data["settings"]
        await moving.ask(
            session,
            berg,
            now,
            now.date(),
            telegram.programme,
            telegram.calendar,
            settings,
            school.made["part"],
            date(2026, 11, 13),
            "Карантин",
        )
        await session.commit()
    school.made["request"] = 1


def do_report(action: Literal["open", "accept", "return"]) -> Callable[[School], ReportDo]:
    return lambda school: ReportDo(report_id=school.made["report"], action=action)


def accept(action: Literal["reports", "ask", "close"]) -> Callable[[School], ActivityAccept]:
    return lambda school: ActivityAccept(occurrence_id=school.made["occurrence"], action=action)


def decide(action: Literal["open", "agree", "refuse"]) -> Callable[[School], DateDo]:
    return lambda school: DateDo(request_id=school.made["request"], action=action)


DECIDE: tuple[Literal["open", "agree", "refuse"], ...] = ("open", "refuse", "agree")
REPORT: tuple[Literal["open", "accept", "return"], ...] = ("open", "return", "accept")
ACCEPT: tuple[Literal["reports", "ask", "close"], ...] = ("ask", "reports", "close")

CASES = [
    Case("activities.doing.show_tasks", {BERG, STARK, DIRECTOR}, says="/tasks", prepare=laid_out),
    Case(
        "activities.doing.show_tasks", {BERG, STARK, DIRECTOR}, press=lambda _: "go:tasks", prepare=laid_out
    ),
    Case(
        "activities.doing.do_task",
        {BERG, DIRECTOR},
        press=lambda s: TaskDo(assignment_id=s.made["part"], action="open"),
        prepare=laid_out,
    ),
    Case(
        "activities.doing.do_task",
        {BERG, DIRECTOR},
        press=lambda s: TaskDo(assignment_id=s.made["part"], action="start"),
        prepare=laid_out,
    ),
    Case(
        "activities.doing.take_report",
        {BERG, DIRECTOR},
        says="Сделано",
        step=ActivitySteps.report,
        data=lambda s: {"assignment": s.made["part"]},
        prepare=laid_out,
    ),
    Case(
        "activities.doing.do_task",
        {BERG},
        press=lambda s: TaskDo(assignment_id=s.made["part"], action="decline"),
        prepare=laid_out,
    ),
    Case(
        "activities.doing.send_report",
        {BERG, DIRECTOR},
        press=lambda _: TaskSend(draft=5),
        step=ActivitySteps.report,
        data=lambda s: {"assignment": s.made["part"], "text": "Сделано", "files": [], "draft": 5},
        prepare=laid_out,
    ),
    Case(
        "activities.dates.pick_day",
        {BERG, DIRECTOR},
        press=lambda s: TaskDay(assignment_id=s.made["part"], day="13.11.2026"),
        prepare=laid_out,
    ),
    Case(
        "activities.dates.type_day",
        {BERG, DIRECTOR},
        says="13.11",
        step=ActivitySteps.day,
        data=lambda s: {"assignment": s.made["part"]},
        prepare=laid_out,
    ),
    Case(
        "activities.dates.type_reason",
        {BERG, DIRECTOR},
        says="Карантин",
        step=ActivitySteps.reason,
        data=lambda s: {"assignment": s.made["part"], "day": "2026-11-13"},
        prepare=laid_out,
    ),
    Case("activities.dates.show_requests", ADMIN, press=lambda _: DateRequests(), prepare=asked),
    *(
        Case(
            "activities.dates.decide",
            ADMIN,
            press=decide(action),
            prepare=asked,
        )
        for action in DECIDE
    ),
    Case(
        "activities.dates.type_refusal",
        ADMIN,
        says="Нет",
        step=ActivitySteps.no_date,
        data=lambda s: {"request": s.made["request"]},
        prepare=asked,
    ),
    Case(
        "activities.dates.calendar",
        {BERG, STARK, DIRECTOR},
        press=lambda _: ActivityCalendar(whose="own"),
        prepare=laid_out,
    ),
    Case("activities.dates.calendar", ADMIN, press=lambda _: ActivityCalendar(whose="all"), prepare=laid_out),
    Case(
        "activities.handing.decline",
        {BERG},
        says="Не моё",
        step=ActivitySteps.refusal,
        data=lambda s: {"assignment": s.made["part"]},
        prepare=laid_out,
    ),
    Case("activities.handing.show_nobodys", ADMIN, press=lambda _: ActivityNobody(), prepare=laid_out),
    Case(
        "activities.handing.pick_part",
        ADMIN,
        press=lambda s: PartPick(occurrence_id=s.made["occurrence"], page=0),
        prepare=laid_out,
    ),
    Case(
        "activities.handing.pick_staff",
        ADMIN,
        press=lambda s: PartGive(assignment_id=s.made["part"], page=0),
        prepare=laid_out,
    ),
    Case(
        "activities.handing.give",
        ADMIN,
        press=lambda s: PartTo(assignment_id=s.made["part"], staff_id=s.staff[STARK], scope="on"),
        prepare=laid_out,
    ),
    Case("activities.directing.show_activities", ADMIN, says="/activities", prepare=laid_out),
    Case("activities.directing.show_activities", ADMIN, press=lambda _: "go:activities", prepare=laid_out),
    Case(
        "activities.directing.show_activity",
        ADMIN,
        press=lambda _: ActivityOpen(key="parent_education"),
        prepare=laid_out,
    ),
    Case("activities.directing.show_reports", ADMIN, press=lambda _: ActivityReports(), prepare=reported),
    *(
        Case(
            "activities.directing.do_report",
            ADMIN,
            press=do_report(action),
            prepare=reported,
        )
        for action in REPORT
    ),
    Case(
        "activities.directing.take_comment",
        ADMIN,
        says="Добавьте протокол",
        step=ActivitySteps.comment,
        data=lambda s: {"report": s.made["report"]},
        prepare=reported,
    ),
    *(
        Case(
            "activities.directing.accept_all",
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
