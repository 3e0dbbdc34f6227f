"""Lessons, clubs and pairs: staff with pupils, each with their own; a specialist with the register."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiogram.fsm.state import State

from bot.db.base import Database
from bot.db.inbox import Conversation
from bot.db.risk.support import PairKind
from bot.handlers.risk.support.clubs import ClubSteps
from bot.handlers.risk.support.lessons import LessonSteps
from bot.handlers.risk.support.pairs import PairSteps
from bot.ui.risk.support.clubs import ClubCard, ClubClass, ClubMember, ClubNew, ClubsAt
from bot.ui.risk.support.lessons import (
    LessonCard,
    LessonClass,
    LessonDay,
    LessonNew,
    LessonsAt,
    LessonSave,
    LessonSubject,
    LessonTick,
)
from bot.ui.risk.support.pairs import (
    PairCard,
    PairClass,
    PairEnd,
    PairNew,
    PairPupil,
    PairsAt,
    PairTeacher,
)
from tests.chat import Telegram
from tests.rights import EVERYBODY, STAFF, Case, check
from tests.school import BERG, DIRECTOR, PSYCHOLOGIST, STARK, STRANGER, School
from tests.support import school as made

Prepare = Callable[[Telegram, School], Awaitable[None]]
DRAFT = 7


async def prepared(telegram: Telegram, school: School) -> None:
    """A lesson and a pair of Stark's with Ваня of 9Б, a club of his."""
    database, now = telegram.database, telegram.clock.now()
    school.made["lesson"] = await made.lesson(database, school, now, STARK, {"Ваня": True})
    school.made["club"] = await made.club(database, school, now, STARK)
    school.made["pair"] = await made.pair(database, school, now, STARK, "Ваня", teacher=STARK)


def at(step: State, data: Callable[[School], dict[str, Any]] = lambda _: {}) -> Prepare:
    """Everybody is at this step, whether they may or not."""

    async def prepare(telegram: Telegram, school: School) -> None:
        await prepared(telegram, school)
        async with telegram.database.write() as session:
            for who in EVERYBODY - {STRANGER}:
                kept = {"draft": DRAFT, **data(school)}
                await session.merge(Conversation(chat_id=who, state=step.state, data=kept))
            await session.commit()

    return prepare


def lesson(school: School) -> dict[str, Any]:
    """A draft with Ваня, whom Берг, Штарк and the director teach."""
    ids = [school.pupils["Ваня"]]
    return {"subject": "Физика", "day": "2026-10-14", "group": ids, "here": ids, "view": 0}


def new_lesson(_: School) -> dict[str, Any]:
    return {"subjects": ["Физика"], "day": "2026-10-14", "group": [], "here": []}


def draft_of(kind: PairKind, **more: str) -> Callable[[School], dict[str, Any]]:
    return lambda s: {"draft": DRAFT, "kind": kind.value, **{k: s.pupils[v] for k, v in more.items()}}


OF_5A = {BERG, DIRECTOR}
OF_9B = {BERG, STARK, DIRECTOR}
KEEPERS = {PSYCHOLOGIST, DIRECTOR}
LESSONS, CLUBS, PAIRS = ("risk.support.lessons", "risk.support.clubs", "risk.support.pairs")
drafted = at(LessonSteps.group, lesson)
teacher_pair = at(PairSteps.pupil, draft_of(PairKind.TEACHER))

CASES = [
    Case(f"{LESSONS}.page", STAFF, press=lambda _: LessonsAt(page=0), prepare=prepared),
    Case(f"{LESSONS}.start", STAFF, press=lambda _: LessonNew(again=0)),
    Case(f"{LESSONS}.start", {STARK}, press=lambda s: LessonNew(again=s.made["lesson"]), prepare=prepared),
    Case(
        f"{LESSONS}.choose_subject",
        STAFF,
        press=lambda _: LessonSubject(draft=DRAFT, at=0),
        prepare=at(LessonSteps.subject, new_lesson),
    ),
    Case(
        f"{LESSONS}.type_subject",
        STAFF,
        says="Физика",
        step=LessonSteps.subject,
        data=lambda s: lesson(s) | {"draft": 1},
    ),
    Case(
        f"{LESSONS}.choose_class",
        OF_5A,
        press=lambda s: LessonClass(draft=DRAFT, class_id=s.classes["5А"]),
        prepare=drafted,
    ),
    Case(
        f"{LESSONS}.tick",
        OF_5A,
        press=lambda s: LessonTick(draft=DRAFT, pupil_id=s.pupils["Маша"]),
        prepare=drafted,
    ),
    Case(f"{LESSONS}.choose_day", STAFF, press=lambda _: LessonDay(draft=DRAFT, back=1), prepare=drafted),
    Case(
        f"{LESSONS}.type_day",
        STAFF,
        says="12.10",
        step=LessonSteps.day,
        data=lambda s: lesson(s) | {"draft": 1},
    ),
    Case(f"{LESSONS}.save", OF_9B, press=lambda _: LessonSave(draft=DRAFT), prepare=drafted),
    *(
        Case(
            f"{LESSONS}.card",
            {STARK, *KEEPERS},
            press=lambda s, action=action: LessonCard(lesson_id=s.made["lesson"], action=action),  # type: ignore[misc]
            prepare=prepared,
        )
        for action in ("open", "ask")
    ),
    Case(
        f"{LESSONS}.card",
        {DIRECTOR},
        press=lambda s: LessonCard(lesson_id=s.made["lesson"], action="withdraw"),
        prepare=lambda t, s: lesson_of(t, s, DIRECTOR),
    ),
    Case(f"{CLUBS}.overview", STAFF, press=lambda _: ClubsAt(), prepare=prepared),
    Case(f"{CLUBS}.start", STAFF, press=lambda _: ClubNew(provider="school")),
    Case(f"{CLUBS}.type_organisation", STAFF, says="Школа искусств", step=ClubSteps.organisation),
    Case(f"{CLUBS}.type_name", STAFF, says="Вязание", step=ClubSteps.name),
    Case(
        f"{CLUBS}.card",
        STAFF,
        press=lambda s: ClubCard(club_id=s.made["club"], action="open"),
        prepare=prepared,
    ),
    Case(
        f"{CLUBS}.choose",
        OF_5A,
        press=lambda s: ClubClass(club_id=s.made["club"], class_id=s.classes["5А"]),
        prepare=prepared,
    ),
    Case(
        f"{CLUBS}.set_member",
        OF_5A,
        press=lambda s: ClubMember(club_id=s.made["club"], pupil_id=s.pupils["Маша"], goes=True),
        prepare=prepared,
    ),
    Case(f"{PAIRS}.overview", STAFF, press=lambda _: PairsAt(), prepare=prepared),
    Case(f"{PAIRS}.start", STAFF, press=lambda _: PairNew(kind=PairKind.PEER)),
    Case(
        f"{PAIRS}.choose_class",
        OF_5A,
        press=lambda s: PairClass(draft=DRAFT, class_id=s.classes["5А"]),
        prepare=teacher_pair,
    ),
    Case(
        f"{PAIRS}.type_name",
        {BERG, *KEEPERS, STARK},
        says="Лебедева Маша",
        step=PairSteps.pupil,
        data=draft_of(PairKind.PEER),
    ),
    Case(
        f"{PAIRS}.choose_pupil",
        {BERG, *KEEPERS},
        press=lambda s: PairPupil(draft=DRAFT, pupil_id=s.pupils["Маша"]),
        prepare=teacher_pair,
    ),
    Case(
        f"{PAIRS}.choose_teacher",
        {BERG, *KEEPERS},
        press=lambda s: PairTeacher(draft=DRAFT, staff_id=s.staff[BERG]),
        prepare=at(PairSteps.teacher, draft_of(PairKind.TEACHER, pupil="Петя")),
    ),
    Case(
        f"{PAIRS}.card",
        # Ваня is of 9Б, where Берг teaches.
        {STARK, BERG, *KEEPERS},
        press=lambda s: PairCard(pair_id=s.made["pair"], action="end"),
        prepare=prepared,
    ),
    Case(
        f"{PAIRS}.end",
        {STARK, *KEEPERS},
        press=lambda s: PairEnd(pair_id=s.made["pair"], word="reached"),
        prepare=lambda t, s: pair_of(t, s, DIRECTOR),
    ),
    Case(
        f"{PAIRS}.type_word",
        {STARK, *KEEPERS},
        says="Подружились",
        step=PairSteps.word,
        data=lambda s: {"pair": s.made["pair"]},
        prepare=lambda t, s: pair_of(t, s, DIRECTOR),
    ),
]


async def lesson_of(telegram: Telegram, school: School, who: int) -> None:
    children = {"Ваня": True}
    school.made["lesson"] = await made.lesson(telegram.database, school, telegram.clock.now(), who, children)


async def pair_of(telegram: Telegram, school: School, who: int) -> None:
    """A pair of a pupil of 5А, where Берг teaches, with Штарк: she sees it and may not end it."""
    now = telegram.clock.now()
    school.made["pair"] = await made.pair(telegram.database, school, now, who, "Маша", teacher=STARK)


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)
