"""Findings are made and told by an admin, and done by who has them."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.db.base import Database
from bot.db.findings import Finding
from bot.db.surveys import Survey, SurveyState
from bot.handlers.findings import FindingSteps
from bot.ui.findings import FindingCard, FindingDue, Findings, FindingSave, FindingStart, FindingWho
from tests.chat import Telegram
from tests.rights import STAFF, Case, check
from tests.school import BERG, DIRECTOR, STARK, School

ADMIN, WHOSE = {DIRECTOR}, {DIRECTOR, STARK}


async def one(telegram: Telegram, school: School) -> None:
    """A closed survey with a finding that Штарк sees to, which is done."""
    now = telegram.clock.now()
    async with telegram.database.write() as session:
        session.add(
            Survey(
                id=1,
                title="Опрос",
                state=SurveyState.CLOSED,
                anonymous=True,
                audience={},
                created_at=now,
                closed_at=now,
            )
        )
        await session.flush()
        session.add(
            Finding(
                id=1,
                survey_id=1,
                text="Холодно",
                staff_id=school.staff[STARK],
                due_on=date(2026, 10, 20),
                created_at=now,
                change="Тепло",
                done_at=now,
            )
        )
        await session.commit()


def draft(school: School) -> dict[str, object]:
    staff = school.staff[BERG]
    return {"survey": 1, "ticket": 0, "text": "Шумно", "staff": staff, "name": "Берг", "due": "2026-10-20"}


def card(action: str) -> Callable[[School], FindingCard]:
    return lambda _: FindingCard(finding_id=1, action=action)


CASES = [
    Case("findings.listing", STAFF, says="/findings", prepare=one),
    Case("findings.listing", STAFF, press=lambda _: "go:findings", prepare=one),
    Case("findings.turn_page", STAFF, press=lambda _: Findings(page=0), prepare=one),
    Case("findings.start", ADMIN, press=lambda _: FindingStart(survey_id=1), prepare=one),
    Case("findings.type_text", ADMIN, says="Шумно", step=FindingSteps.text, data=lambda _: {}, prepare=one),
    Case("findings.choose_who", set(), press=lambda s: FindingWho(staff_id=s.staff[BERG]), prepare=one),
    Case("findings.choose_due", set(), press=lambda _: FindingDue(days=7), prepare=one),
    Case("findings.type_due", ADMIN, says="20.10", step=FindingSteps.due, data=draft, prepare=one),
    Case("findings.save", set(), press=lambda _: FindingSave(), prepare=one),
    *(Case("findings.use_card", WHOSE, press=card(action), prepare=one) for action in ("show", "finish")),
    Case("findings.use_card", ADMIN, press=card("tell"), prepare=one),
    Case(
        "findings.type_change",
        WHOSE,
        says="Стало тихо",
        step=FindingSteps.change,
        data=lambda _: {"finding": 1},
        prepare=one,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)
