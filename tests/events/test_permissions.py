"""Preparing is an admin's, marking the organiser's too, signing up theirs whom an event is for."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from aiogram.fsm.state import State

from bot.db.base import Database
from bot.db.inbox import Conversation
from bot.features.events import announcing, planning
from bot.handlers.events.attendance import AttendanceSteps
from bot.handlers.events.guests import GuestSteps
from bot.handlers.events.planning import PlanSteps
from bot.handlers.events.steps import StepByStep
from bot.ui.events import (
    EventBoard,
    EventCalendar,
    EventCard,
    EventMore,
    EventOpen,
    EventSign,
    EventsPage,
)
from bot.ui.events.attendance import EventAll, EventHeld, EventList, EventMark
from bot.ui.events.planning import (
    EventClassSet,
    EventDay,
    EventDo,
    EventEdit,
    EventFlagSet,
    EventGroupSet,
    EventLength,
    EventMove,
    EventNew,
    EventPlace,
    EventPlans,
    EventStaff,
    EventStaffPage,
    EventTime,
)
from tests.chat import Telegram
from tests.rights import EVERYBODY, Case, check
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, STARK, STRANGER, School

ADMIN = {DIRECTOR}
ACCOUNTS = EVERYBODY - {STRANGER}
# The event is for 5А, which Берг leads, and Штарк runs it.
GUESTS = {MASHA_MOTHER, PETYA_MOTHER, BERG, STARK, DIRECTOR}
RUNS = {STARK, DIRECTOR}


async def draft(telegram: Telegram, school: School) -> None:
    """Event 1: a draft for 5А that Штарк will run."""
    now = telegram.clock.now()
    async with telegram.database.write() as session:
        director = await School.actor(session, DIRECTOR, now)
        starts = now + timedelta(days=1)
        values = {
            "title": "Собрание",
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=1),
            "place": "Зал",
        }
        event_id = await planning.create(session, director, now, **values)  # type: ignore[arg-type]
        await planning.set_class(session, director, now, event_id, school.classes["5А"], on=True)
        await planning.set_organiser(session, director, now, now.date(), event_id, school.staff[STARK])
        await session.commit()


async def announced(telegram: Telegram, school: School) -> None:
    """The same, announced."""
    await draft(telegram, school)
    now = telegram.clock.now()
    async with telegram.database.write() as session:
        director = await School.actor(session, DIRECTOR, now)
        settings = telegram.dispatcher.workflow_data["settings"]
        await announcing.publish(session, director, now, now.date(), settings, 1)
        await session.commit()


async def begun(telegram: Telegram, school: School) -> None:
    """The same a day later: it has begun."""
    await announced(telegram, school)
    telegram.clock.move(days=1)  # type: ignore[attr-defined]


def at_step(step: State, **data: object) -> Callable[[Telegram, School], Awaitable[None]]:
    """The director's conversation stands at a step."""

    async def prepare(telegram: Telegram, school: School) -> None:
        await announced(telegram, school)
        async with telegram.database.write() as session:
            session.add(Conversation(chat_id=DIRECTOR, state=step.state, data=data))
            await session.commit()

    return prepare


def do(action: str) -> Callable[[School], EventDo]:
    """The button that does it."""
    return lambda _: EventDo.model_validate({"event_id": 1, "action": action})


STARTS, ENDS = "2026-10-20T18:00:00+06:00", "2026-10-20T19:00:00+06:00"
TOLD = {"event": 1, "moving": True, "starts": STARTS, "ends": ENDS, "places": ["Зал"], "place": "Зал"}


CASES = [
    # --- guests
    Case("events.guests.coming", ACCOUNTS, says="/events"),
    Case("events.guests.coming", ACCOUNTS, press=lambda _: "go:events"),
    Case("events.guests.turn_page", ACCOUNTS, press=lambda _: EventsPage(page=0)),
    Case("events.guests.open_event", GUESTS, press=lambda _: EventOpen(event_id=1), prepare=announced),
    Case("events.guests.sign", GUESTS, press=lambda _: EventSign(event_id=1, people=2), prepare=announced),
    Case("events.guests.ask_people", GUESTS, press=lambda _: EventMore(event_id=1), prepare=announced),
    Case(
        "events.guests.take_people",
        GUESTS,
        says="5",
        step=GuestSteps.people,
        data=lambda _: {"event": 1},
        prepare=announced,
    ),
    # --- planning
    Case("events.planning.overview", ADMIN, says="/event"),
    Case("events.planning.overview", ADMIN, press=lambda _: "go:event"),
    Case("events.planning.turn_page", ADMIN, press=lambda _: EventPlans(page=0)),
    Case("events.planning.open_card", ADMIN, press=lambda _: EventCard(event_id=1), prepare=announced),
    Case("events.planning.edit", ADMIN, press=lambda _: EventEdit(event_id=1, field="title"), prepare=draft),
    Case(
        "events.planning.edit", ADMIN, press=lambda _: EventEdit(event_id=1, field="no_photo"), prepare=draft
    ),
    Case(
        "events.planning.take_words",
        ADMIN,
        says="Другое",
        step=PlanSteps.words,
        data=lambda _: {"event": 1, "field": "title"},
        prepare=draft,
    ),
    Case(
        "events.planning.take_photo",
        ADMIN,
        says=None,
        content={"photo": [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]},
        step=PlanSteps.photo,
        data=lambda _: {"event": 1},
        prepare=draft,
    ),
    Case(
        "events.planning.rest_of_album",
        ADMIN,
        says="дальше",
        step=PlanSteps.album,
        data=lambda _: {"event": 1, "album": "a"},
        prepare=draft,
    ),
    Case(
        "events.planning.set_class",
        ADMIN,
        press=lambda s: EventClassSet(event_id=1, class_id=s.classes["9Б"], on=True),
        prepare=draft,
    ),
    Case(
        "events.planning.set_group",
        ADMIN,
        press=lambda _: EventGroupSet(event_id=1, group="all", on=True),
        prepare=draft,
    ),
    Case(
        "events.planning.set_flag",
        ADMIN,
        press=lambda _: EventFlagSet(event_id=1, flag="preventive", on=True),
        prepare=draft,
    ),
    Case(
        "events.planning.turn_staff", ADMIN, press=lambda _: EventStaffPage(event_id=1, page=0), prepare=draft
    ),
    Case(
        "events.planning.set_organiser",
        ADMIN,
        press=lambda s: EventStaff(event_id=1, staff_id=s.staff[BERG]),
        prepare=draft,
    ),
    *(
        Case("events.planning.do", ADMIN, press=do(action), prepare=made)
        for action, made in (
            ("publish", draft),
            ("drop_sure", draft),
            ("move", announced),
            ("cancel", announced),
        )
    ),
    Case(
        "events.planning.take_reason",
        ADMIN,
        says="Карантин",
        step=PlanSteps.reason,
        data=lambda _: {"event": 1},
        prepare=announced,
    ),
    # --- step by step
    Case("events.steps.ask_title", ADMIN, press=lambda _: EventNew()),
    Case("events.steps.take_title", ADMIN, says="Собрание", step=StepByStep.title),
    Case(
        "events.steps.press_day",
        ADMIN,
        press=lambda _: EventDay(day=739910),
        prepare=at_step(StepByStep.day, title="Собрание"),
    ),
    Case(
        "events.steps.type_day",
        ADMIN,
        says="20.10",
        step=StepByStep.day,
        data=lambda _: {"title": "Собрание"},
    ),
    Case(
        "events.steps.press_time",
        ADMIN,
        press=lambda _: EventTime(minute=900),
        prepare=at_step(StepByStep.time, title="Собрание", day="2026-10-20"),
    ),
    Case(
        "events.steps.type_time",
        ADMIN,
        says="18:00",
        step=StepByStep.time,
        data=lambda _: {"day": "2026-10-20"},
    ),
    Case(
        "events.steps.press_length",
        ADMIN,
        press=lambda _: EventLength(minutes=60),
        prepare=at_step(StepByStep.length, title="Собрание", starts=STARTS),
    ),
    Case(
        "events.steps.type_end",
        ADMIN,
        says="19:00",
        step=StepByStep.length,
        data=lambda _: {"starts": STARTS},
    ),
    Case(
        "events.steps.press_place",
        ADMIN,
        press=lambda _: EventPlace(index=0),
        prepare=at_step(StepByStep.place, **TOLD),
    ),
    Case(
        "events.steps.type_place",
        ADMIN,
        says="Двор",
        step=StepByStep.place,
        data=lambda _: {"title": "Собрание", "starts": STARTS, "ends": ENDS},
    ),
    Case(
        "events.steps.move",
        ADMIN,
        press=lambda _: EventMove(event_id=1, sequence=0),
        prepare=at_step(StepByStep.move, **TOLD),
    ),
    # --- who came
    Case("events.attendance.board", RUNS, press=lambda _: EventBoard(event_id=1), prepare=begun),
    Case(
        "events.attendance.people",
        RUNS,
        press=lambda _: EventList(event_id=1, group=0, page=0),
        prepare=begun,
    ),
    Case(
        "events.attendance.mark",
        RUNS,
        press=lambda s: EventMark(
            event_id=1, group=0, page=0, who="g", id=s.guardians["Маша/отец"], came=True
        ),
        prepare=begun,
    ),
    Case("events.attendance.all_came", RUNS, press=lambda _: EventAll(event_id=1), prepare=begun),
    Case("events.attendance.held", RUNS, press=lambda _: EventHeld(event_id=1, people=9), prepare=begun),
    Case(
        "events.attendance.take_headcount",
        RUNS,
        says="12",
        step=AttendanceSteps.headcount,
        data=lambda _: {"event": 1},
        prepare=begun,
    ),
    Case("events.guests.calendar", GUESTS, press=lambda _: EventCalendar(event_id=1), prepare=announced),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)
