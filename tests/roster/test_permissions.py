"""The roster is an admin's; of a class, the leader sees who has come and ends access."""

from collections.abc import Callable

import pytest

from bot.db.base import Database
from bot.handlers.pupils import LeavingSteps
from bot.handlers.roster import RosterSteps
from bot.ui.pupils import PlaceAct, PupilLeft
from bot.ui.roster import PupilCard, RosterClass, RosterLoad, YearAsk
from tests.chat import Telegram
from tests.rights import Case, check
from tests.school import BERG, DIRECTOR, School

ADMIN = {DIRECTOR}
# Who leads 5А, and an admin.
LEADERS = {BERG, DIRECTOR}


def act(action: str, place: str = "Маша/мать") -> Callable[[School], PlaceAct]:
    return lambda school: PlaceAct(guardian_id=school.guardians[place], action=action)


def left(day: str, *, sure: bool = False) -> Callable[[School], PupilLeft]:
    return lambda school: PupilLeft(pupil_id=school.pupils["Маша"], day=day, sure=sure)


CASES = [
    Case("roster.overview", ADMIN, says="/roster"),
    Case("roster.overview", ADMIN, press=lambda _: "go:roster"),
    Case("roster.year", ADMIN, press=lambda _: YearAsk()),
    Case("roster.school_class", LEADERS, press=lambda s: RosterClass(class_id=s.classes["5А"])),
    Case("roster.school_class", ADMIN, press=lambda s: RosterClass(class_id=s.classes["9Б"])),
    Case("pupils.card", LEADERS, press=lambda s: PupilCard(pupil_id=s.pupils["Маша"])),
    Case("pupils.card", ADMIN, press=lambda s: PupilCard(pupil_id=s.pupils["Ваня"])),
    Case("pupils.act", LEADERS, press=act("close")),
    Case("pupils.act", LEADERS, press=act("withdraw", "Маша/отец")),
    Case("pupils.act", ADMIN, press=act("withdraw", "Ваня/мать")),
    Case("pupils.act", ADMIN, press=act("closed", "Ваня/мать")),
    Case("pupils.left", ADMIN, press=left("")),
    Case("pupils.left", ADMIN, press=left("2026-10-13")),
    Case("pupils.left", ADMIN, press=left("2026-10-14", sure=True)),
    Case(
        "pupils.left_on",
        ADMIN,
        says="13.10",
        step=LeavingSteps.day,
        data=lambda s: {"pupil": s.pupils["Маша"]},
    ),
    Case("roster.take_file", ADMIN, says="не файл", step=RosterSteps.file),
    Case("roster.load", ADMIN, press=lambda _: RosterLoad(message_id=1)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)
