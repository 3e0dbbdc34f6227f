"""`python -m benchmarks` (make bench): every figure that the README gives, measured on this machine.

Milliseconds differ from machine to machine; compare the ratios within one run.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import insert, select

from bot.clock import Clock
from bot.config import Settings
from bot.db.access import Actor, load_actor
from bot.db.accounts import Role, Staff
from bot.db.base import Database, Session
from bot.db.indicators import Reading
from bot.db.migrate import migrate
from bot.db.notes import Channel, Note, NoteKind
from bot.db.risk.register import RiskEntry
from bot.db.roster import Pupil
from bot.db.surveys import QuestionKind, Survey, SurveyAnswer, SurveyQuestion, SurveyState
from bot.demo.school import DIRECTOR, found
from bot.features import indicators
from bot.features.indicators import reporting
from bot.programme.load import load
from bot.reports import workbook
from bot.texts import texts
from bot.ui import indicators as ui
from bot.ui import report_words as words

ROUNDS = 50
PUPILS = 1000


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """The median of many rounds, in milliseconds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        await work()
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)


async def status(folder: Path) -> tuple[float, float]:
    """/status on the demonstration school without network, and one empty transaction beside it."""
    settings = Settings.model_validate(
        {"school": {"admins": [DIRECTOR]}, "feedback": {"key": "benchmark" * 8}}
    )
    programme, now, t = load(), Clock().now(), texts("ru")
    database = Database(f"sqlite+aiosqlite:///{folder / 'demo.db'}")
    migrate(database.url)
    await found(database, settings, programme, now)
    today = now.astimezone(settings.school.zone).date()

    async def ask() -> None:
        async with database.read() as session:
            actor = await load_actor(session, DIRECTOR, today, (DIRECTOR,))
            assert actor is not None  # noqa: S101 - the demonstration has a director
            standings = await indicators.status(session, actor, programme, today, settings)
        ui.status(t, programme, standings, today.year)

    async def nothing() -> None:
        async with database.read() as session:
            await load_actor(session, DIRECTOR, today, (DIRECTOR,))

    try:
        return await timed(ask), await timed(nothing)
    finally:
        await database.close()


def import_roster(folder: Path) -> tuple[float, float]:
    """The whole command for 1,000 pupils with two guardians each, in seconds; and the command for none."""
    letters = "абвгдежзиклмнопрстуфхцчшэюя"

    def word(number: int) -> str:
        return "".join(letters[(number // 27**place + place) % 27] for place in range(5)).capitalize()

    lines = ["класс;фамилия;имя;отчество;родитель 1;кем приходится 1;родитель 2;кем приходится 2"]
    lines += [
        f"{n % 11 + 1}А;{word(n)};{word(n + 7)};{word(n + 9)};"
        f"{word(n)} {word(n + 1)};мать;{word(n)} {word(n + 2)};отец"
        for n in range(PUPILS)
    ]
    (folder / "roster.csv").write_text("\n".join(lines), encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}

    def command(*arguments: str) -> float:
        start = time.perf_counter()
        subprocess.run(  # noqa: S603 - our own
            [sys.executable, "-m", "bot", *arguments],
            cwd=folder,
            env=env,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return time.perf_counter() - start

    return command("import-roster", "roster.csv"), command("check")


async def report(folder: Path) -> tuple[float, float, float]:
    """/status, the report's values and its workbook for the imported school after three years, in seconds."""
    settings, programme, now = Settings(), load(), Clock().now()
    today = now.astimezone(settings.school.zone).date()
    database = Database(f"sqlite+aiosqlite:///{folder / 'data' / 'bot.db'}")
    try:
        async with database.write() as session:
            await years_of_deeds(session, now, today)
            await session.commit()
        admin = Actor(DIRECTOR, roles=frozenset({Role.ADMIN}))
        async with database.read() as session:
            start = time.perf_counter()
            await indicators.status(session, admin, programme, today, settings)
            status_took = time.perf_counter() - start
        async with database.write() as session:
            start = time.perf_counter()
            asked = reporting.period(today)
            found = await reporting.report(session, None, now, today, programme, settings, asked)
            values_took = time.perf_counter() - start
        start = time.perf_counter()
        workbook.workbook([workbook.Sheet(*sheet) for sheet in words.sheets(texts("ru"), found)])
        return status_took, values_took, time.perf_counter() - start
    finally:
        await database.close()


async def years_of_deeds(session: Session, now: datetime, today: date) -> None:
    """60 staff, 60,000 notes, 40,000 answers in 10 surveys, a register of 200, readings of three years."""
    since = today - timedelta(days=3 * 365)
    staff = [
        Staff(name=f"Учитель {n}", position="Учитель", teaching=True, active_from=since) for n in range(60)
    ]
    session.add_all(staff)
    await session.flush()
    notes = [
        {
            "staff_id": staff[n % 60].id,
            "channel": Channel.BOT,
            "kind": NoteKind.SUCCESS,
            "text": "Молодец",
            "files": [],
            "urgent": False,
            "created_at": (at := now - timedelta(minutes=25 * n)),
            "goes_at": at,
            "first_delivered_at": at,
        }
        for n in range(60_000)
    ]
    await session.execute(insert(Note), notes)
    for number in range(10):
        closed = now - timedelta(days=30 * number + 1)
        survey = Survey(
            title=f"Опрос {number}",
            template="satisfaction",
            state=SurveyState.CLOSED,
            anonymous=True,
            audience={},
            created_at=closed,
            closed_at=closed,
        )
        session.add(survey)
        await session.flush()
        question = SurveyQuestion(
            survey_id=survey.id,
            position=0,
            kind=QuestionKind.SCALE,
            text="Довольны?",
            options=[],
            headline=True,
        )
        session.add(question)
        await session.flush()
        answers = [
            {"id": f"{number}-{n}", "question_id": question.id, "score": n % 5 + 1} for n in range(4000)
        ]
        await session.execute(insert(SurveyAnswer), answers)
    pupils = (await session.scalars(select(Pupil.id).limit(200))).all()
    session.add_all(
        RiskEntry(pupil_id=pupil, staff_id=staff[0].id, created_at=now, active_from=since) for pupil in pupils
    )
    session.add_all(
        Reading(indicator_key=indicator.key, on_date=since + timedelta(days=30 * n), value=1, recorded_at=now)
        for indicator in load().indicators
        for n in range(36)
    )


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ask, nothing = asyncio.run(status(folder))
        print(
            f"/status, demonstration school, no network: {ask:.1f} ms "
            f"({ask / nothing:.1f} x loading the actor)"
        )
        took, check = import_roster(folder)
        print(f"import-roster, {PUPILS} pupils, whole process: {took:.1f} s ({took / check:.1f} x `check`)")
        standing, values, written = asyncio.run(report(folder))
        print(f"/status, {PUPILS} pupils, 60,000 notes, 40,000 answers: {standing * 1000:.0f} ms")
        print(f"report for the same: values {values:.1f} s, workbook {written:.1f} s")


if __name__ == "__main__":
    main()
