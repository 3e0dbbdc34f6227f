"""How an announcement is getting on is for admins to see, and theirs to stop."""

import pytest

from bot.db.base import Database
from bot.features.outbox.announcing import Kind
from bot.ui.outbox import Announced
from tests.chat import Telegram
from tests.events.test_permissions import announced
from tests.rights import Case, check
from tests.school import DIRECTOR, School
from tests.surveys.test_permissions import opened

CASES = [
    Case(
        "outbox.announced",
        {DIRECTOR},
        press=lambda _: Announced(kind=Kind.EVENT, subject_id=1, action="look"),
        prepare=announced,
    ),
    Case(
        "outbox.announced",
        {DIRECTOR},
        press=lambda _: Announced(kind=Kind.EVENT, subject_id=1, action="stop"),
        prepare=announced,
    ),
    Case(
        "outbox.announced",
        {DIRECTOR},
        press=lambda school: Announced(kind=Kind.SURVEY, subject_id=school.made["survey"], action="go_on"),
        prepare=opened,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)
