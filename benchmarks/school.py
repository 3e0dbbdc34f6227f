"""The schools that are measured: the demonstration, and one of 1,000 pupils with years behind it."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select, text

from bot.clock import Clock
from bot.config import Settings
from bot.db.accounts import Staff
from bot.db.base import Database, Session, is_sqlite
from bot.db.indicators import Reading
from bot.db.migrate import migrate
from bot.db.notes import Channel, Note, NoteKind, NoteReceipt
from bot.db.risk.register import RiskEntry
from bot.db.roster import Guardian, Pupil
from bot.db.surveys import QuestionKind, Survey, SurveyAnswer, SurveyQuestion, SurveyState
from bot.demo.school import DIRECTOR, found
from bot.programme.load import load

PUPILS = 1000
NOTES, SURVEYS, ANSWERS = 60_000, 10, 40_000
SETTINGS = Settings.model_validate(
    {"school": {"admins": [DIRECTOR]}, "feedback": {"key": "b" * 32}, "log": {"level": "warning"}}
)


async def demonstration(url: str) -> None:
    """The demonstration school."""
    database = Database(url)
    await asyncio.to_thread(migrate, database.url)
    await found(database, SETTINGS, load(), Clock().now())
    await database.close()


def import_roster(folder: Path, url: str) -> tuple[float, float]:
    """Seconds of the whole command for 1,000 pupils with two guardians each, and of the command `check`."""
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
    root = str(Path(__file__).parent.parent)
    env = {**os.environ, "PYTHONPATH": root, "SCHOOLBOT_DATABASE__URL": url}

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


async def fill(url: str, tell: Callable[[Session], Awaitable[None]]) -> None:
    """Let something be written into a school's database."""
    database = Database(url)
    async with database.write() as session:
        await tell(session)
        await session.commit()
    await database.close()


async def years_of_deeds(session: Session) -> None:
    """60 staff, 60,000 notes to two guardians each, 40,000 answers in 10 surveys, a register of 200.

    With readings of three years.
    """
    now = Clock().now()
    since = now.astimezone(SETTINGS.school.zone).date() - timedelta(days=3 * 365)
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
        for n in range(NOTES)
    ]
    await session.execute(insert(Note), notes)
    places = (await session.execute(select(Guardian.pupil_id, Guardian.id).order_by(Guardian.id))).all()
    first = await session.scalar(select(Note.id).order_by(Note.id).limit(1)) or 0
    receipts = [
        {
            "note_id": first + n,
            "pupil_id": pupil,
            "guardian_id": guardian,
            "delivered_at": notes[n]["goes_at"],
        }
        for n in range(NOTES)
        for pupil, guardian in (places[2 * n % len(places)], places[(2 * n + 1) % len(places)])
    ]
    await session.execute(insert(NoteReceipt), receipts)
    for number in range(SURVEYS):
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
            {"id": f"{number}-{n}", "question_id": question.id, "score": n % 5 + 1}
            for n in range(ANSWERS // SURVEYS)
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


async def history(session: Session, times: int) -> None:
    """The same notes again and again, each time three years earlier, and as many answers to an old survey."""
    if is_sqlite(session.get_bind().engine.url):
        earlier, key = "datetime({}, '-' || :years || ' years')", "lower(hex(randomblob(16)))"
    else:
        earlier = "{} - make_interval(years => :years)"
        key = "replace(CAST(gen_random_uuid() AS TEXT), '-', '')"
    created, goes, came = (earlier.format(name) for name in ("created_at", "goes_at", "first_delivered_at"))
    notes = text(
        "INSERT INTO notes (staff_id, channel, kind, text, files, urgent, created_at, goes_at, "  # noqa: S608
        "first_delivered_at) SELECT staff_id, channel, kind, text, files, urgent, "
        f"{created}, {goes}, {came} FROM notes WHERE id <= :last"
    )
    answers = text(
        "INSERT INTO survey_answers (id, question_id, score) "  # noqa: S608
        f"SELECT {key}, (SELECT max(id) FROM survey_questions), score FROM survey_answers "
        "WHERE question_id < (SELECT max(id) FROM survey_questions)"
    )
    last = await session.scalar(text("SELECT max(id) FROM notes"))
    for number in range(1, times):
        await session.execute(notes, {"years": 3 * number, "last": last})
        await session.execute(answers)
