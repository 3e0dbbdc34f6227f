"""Declarations: teaching staff their own, an admin all; visits: an admin, and whose lesson it was."""

from typing import Any

import pytest

from bot.db.base import Database
from bot.db.declarations import Practice
from bot.handlers.declarations.visits import VisitSteps
from bot.ui.declarations import DeclareForm, DeclareSave, DeclareTick, DeclareWho, VisitNew, VisitsAt
from bot.ui.declarations.visits import VisitCard, VisitDay, VisitSave, VisitTick
from tests.chat import Telegram
from tests.declarations.made import visit
from tests.rights import Case, check
from tests.school import BERG, DIRECTOR, SINCE, STARK, School

TEACHERS, DRAFT, QUARTER = {BERG, STARK}, 7, SINCE.toordinal()
BOTH = TEACHERS | {DIRECTOR}
DECLARING, VISITS = "declarations.declaring", "declarations.visits"


async def prepared(telegram: Telegram, school: School) -> None:
    school.made["visit"] = await visit(telegram, school, STARK, Practice.EMD)


def drafted(school: School) -> dict[str, Any]:
    lesson = {"staff": school.staff[STARK], "class": school.classes["9Б"], "day": "2026-10-14"}
    return {"draft": DRAFT, "seen": ["emd"], "text": "", **lesson}


CASES = [
    Case(f"{DECLARING}.home", BOTH, says="/declare"),
    Case(f"{DECLARING}.home", BOTH, press=lambda _: "go:declare"),
    Case(f"{DECLARING}.form", TEACHERS, press=lambda _: DeclareForm()),
    Case(
        f"{DECLARING}.tick",
        TEACHERS,
        press=lambda _: DeclareTick(quarter=QUARTER, mask=3, practice=Practice.COK),
    ),
    Case(f"{DECLARING}.save", TEACHERS, press=lambda _: DeclareSave(quarter=QUARTER, mask=3)),
    Case(f"{DECLARING}.who", {DIRECTOR}, press=lambda _: DeclareWho()),
    Case(f"{VISITS}.page", BOTH, press=lambda _: VisitsAt(page=0), prepare=prepared),
    Case(f"{VISITS}.start", {DIRECTOR}, press=lambda _: VisitNew()),
    Case(f"{VISITS}.start", {DIRECTOR}, press=lambda s: VisitNew(staff_id=s.staff[STARK])),
    Case(
        f"{VISITS}.start",
        {DIRECTOR},
        press=lambda s: VisitNew(staff_id=s.staff[STARK], class_id=s.classes["9Б"]),
    ),
    Case(
        f"{VISITS}.tick",
        {DIRECTOR},
        press=lambda _: VisitTick(draft=DRAFT, practice=Practice.COK),
        step=VisitSteps.seen,
        data=drafted,
    ),
    Case(f"{VISITS}.type_words", {DIRECTOR}, says="Хорошо", step=VisitSteps.seen, data=drafted),
    Case(
        f"{VISITS}.choose_day",
        {DIRECTOR},
        press=lambda _: VisitDay(draft=DRAFT, back=1),
        step=VisitSteps.seen,
        data=drafted,
    ),
    Case(f"{VISITS}.type_day", {DIRECTOR}, says="1.10", step=VisitSteps.day, data=drafted),
    Case(
        f"{VISITS}.save",
        {DIRECTOR},
        press=lambda _: VisitSave(draft=DRAFT),
        step=VisitSteps.seen,
        data=drafted,
    ),
    Case(
        f"{VISITS}.card",
        {STARK, DIRECTOR},
        press=lambda s: VisitCard(visit_id=s.made["visit"], action="open"),
        prepare=prepared,
    ),
    Case(
        f"{VISITS}.card",
        {DIRECTOR},
        press=lambda s: VisitCard(visit_id=s.made["visit"], action="ask"),
        prepare=prepared,
    ),
    Case(
        f"{VISITS}.card",
        {DIRECTOR},
        press=lambda s: VisitCard(visit_id=s.made["visit"], action="withdraw"),
        prepare=prepared,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)
