"""Proposals are for those who decide: admins, specialists, who leads the class; files are an admin's."""

import pytest

from bot.db.base import Database
from bot.handlers.risk.marks import MarksSteps
from bot.ui.risk.marks import MarksAt, MarksDecide, MarksFile, MarksLoad
from tests.chat import Telegram
from tests.marks.school import ALL, bring, facts
from tests.rights import STAFF, Case, check
from tests.school import BERG, DIRECTOR, PSYCHOLOGIST, School

ADMIN = {DIRECTOR}
FACTS: dict[str, str] = {}


async def marked(telegram: Telegram, school: School) -> None:
    """Маша of 5А, which Берг leads, is proposed."""
    settings = telegram.dispatcher.workflow_data["settings"]
    await bring(telegram.database, settings, telegram.clock.now(), *ALL)
    FACTS["Маша"] = await facts(telegram.database, telegram.clock.now(), "Маша")


def decide(school: School, *, registers: bool) -> MarksDecide:
    return MarksDecide(pupil_id=school.pupils["Маша"], facts=FACTS["Маша"], registers=registers)


CASES = [
    Case("risk.marks.proposal", STAFF, press=lambda _: MarksAt(at=0), prepare=marked),
    *(
        Case(
            "risk.marks.decide",
            {BERG, PSYCHOLOGIST, DIRECTOR},
            press=lambda s, registers=registers: decide(s, registers=registers),  # type: ignore[misc]
            prepare=marked,
        )
        for registers in (True, False)
    ),
    Case("risk.marks.ask_file", ADMIN, press=lambda _: MarksFile()),
    Case("risk.marks.take_file", ADMIN, says="не файл", step=MarksSteps.file),
    Case("risk.marks.load", ADMIN, press=lambda _: MarksLoad(message_id=1)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)
