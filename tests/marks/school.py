"""Marks for the small school, as a file brings them."""

from datetime import datetime
from typing import Any

from bot.config import Settings
from bot.db.base import Database
from bot.features.risk import marks
from bot.features.risk.marks import importing
from bot.features.risk.marks.importing import Plan
from bot.features.risk.marks.table import read_table
from tests.roster.test_rules import csv
from tests.school import DIRECTOR, School

HEADER = "класс;фамилия;имя;предмет;текущая оценка;внешняя оценка;дата"
# Маша: the external test is stricter by a mark; Ваня: a two has appeared; Петя: all is well.
MASHA_GAP = "5А;Лебедева;Маша;Математика;4,5;3,5;10.10.2026"
VANYA_TWO = "9Б;Котов;Ваня;Физика;2;;10.10.2026"
PETYA_FINE = "5А;Сомов;Петя;Математика;4;4;10.10.2026"
ALL = (MASHA_GAP, VANYA_TWO, PETYA_FINE)


def file(*lines: str) -> bytes:
    return csv(*lines, header=HEADER)


async def bring(
    database: Database, settings: Settings, now: datetime, *lines: str, actor: Any = None
) -> Plan:
    """Import lines of marks, by the command line unless an actor is given."""
    today = now.astimezone(settings.school.zone).date()
    async with database.write() as session:
        rows = read_table(file(*lines), "marks.csv", today)
        plan = await importing.apply(session, actor, now, today, rows, settings)
        await session.commit()
    return plan


async def facts(database: Database, now: datetime, child: str) -> str:
    """The digest of what the marks of a child tell."""
    async with database.read() as session:
        director = await School.actor(session, DIRECTOR, now)
        found = await marks.proposals(session, director, now.date())
    return next(proposal.digest for proposal in found if proposal.pupil.first_name == child)
