"""The roster is an admin's."""

import pytest

from bot.db.base import Database
from bot.handlers.roster import RosterSteps
from bot.ui.roster import RosterClass, RosterLoad
from tests.chat import Telegram
from tests.rights import Case, check
from tests.school import DIRECTOR, School

ADMIN = {DIRECTOR}
CASES = [
    Case("roster.overview", ADMIN, says="/roster"),
    Case("roster.overview", ADMIN, press=lambda _: "go:roster"),
    Case("roster.school_class", ADMIN, press=lambda s: RosterClass(class_id=s.classes["5А"])),
    Case("roster.take_file", ADMIN, says="не файл", step=RosterSteps.file),
    Case("roster.load", ADMIN, press=lambda _: RosterLoad(message_id=1)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)
