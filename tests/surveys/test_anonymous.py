"""Anonymous is true of the whole database file: no key, order or time leads from an answer to a person."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.db.base import Database
from tests.chat import Chat, Telegram
from tests.databases import only_sqlite
from tests.fixtures import StoppedClock
from tests.school import DIRECTOR, MASHA_MOTHER, School
from tests.surveys.people import answers, hand_in, more_guardians, opens

pytestmark = only_sqlite

PEOPLE = 10


class File:
    """The database file as somebody reads it who has nothing else."""

    def __init__(self, database: Database) -> None:
        self.path = Path(str(database.url.database))
        self.connection = sqlite3.connect(self.path)
        self.connection.row_factory = sqlite3.Row

    def tables(self) -> list[str]:
        return [
            name for (name,) in self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]

    def rows(self, table: str) -> list[dict[str, Any]]:
        return [dict(row) for row in self.connection.execute(f"SELECT * FROM {table}")]

    def raw(self) -> bytes:
        """The file's bytes, with what stood in the log written back."""
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self.path.read_bytes()


@pytest.fixture
def director(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(DIRECTOR)


@pytest.fixture
async def answered(
    telegram: Telegram, director: Chat, database: Database, school: School, clock: StoppedClock
) -> list[int]:
    """Ten guardians have answered one after the other, each with words of their own."""
    everybody = await more_guardians(database, school, clock, PEOPLE - 3)
    await opens(director)
    for number, who in enumerate(everybody):
        await hand_in(telegram, who, 1 + number % 5, f"Слова{number:02}.")
        clock.move(minutes=7)
    return everybody


@pytest.fixture
def file(database: Database) -> Iterator[File]:
    file = File(database)
    yield file
    file.connection.close()


def leads_nowhere(file: File) -> None:
    people = {row["telegram_id"]: row["id"] for row in file.rows("people")}
    for table in file.tables():
        for row in file.rows(table):
            content = json.dumps(row, ensure_ascii=False, default=str)
            if "Слова" in content:
                assert table == "survey_answers"
            # Neither what was pressed nor the summary that was shown stays with the update.
            assert '"sa:' not in content and "→ <b>" not in content
    # An answer knows its question and itself: no person, no time, nothing that two answers share but that.
    for row in file.rows("survey_answers"):
        assert row["person_id"] is None
        assert set(row) == {
            "id", "question_id", "score", "text", "person_id", "sealed", "level", "class_name",
        }  # fmt: skip
        assert not (row["text"] and (row["sealed"] or row["level"] or row["class_name"]))
    keys = [row["id"] for row in file.rows("survey_answers")]
    assert len(set(keys)) == len(keys)
    others = json.dumps([file.rows(t) for t in file.tables() if t != "survey_answers"], default=str)
    assert not any(key in others for key in keys)
    with pytest.raises(sqlite3.OperationalError):
        file.connection.execute("SELECT rowid FROM survey_answers")
    # Who took part is known, when is not.
    for row in file.rows("survey_participants"):
        assert set(row) == {"survey_id", "person_id", "class_id", "finished", "reminders"}
        assert row["person_id"] in people.values()
    for entry in file.rows("audit"):
        assert not entry["action"].startswith("survey.answer")


def in_file_order(file: File) -> list[str]:
    """The words in the order in which they lie in the file; simply inserted, it would be theirs."""
    raw = file.raw()
    found = {f"Слова{number:02}.": raw.rfind(f"Слова{number:02}.".encode()) for number in range(PEOPLE)}
    assert all(at > 0 for at in found.values())
    return sorted(found, key=lambda words: found[words])


async def test_while_it_is_open(answered: list[int], file: File) -> None:
    leads_nowhere(file)
    assert all(row["sealed"] for row in file.rows("survey_answers") if not row["text"])
    assert not any(row["class_name"] or row["level"] for row in file.rows("survey_answers"))
    order = in_file_order(file)
    handed_in = [f"Слова{number:02}." for number in range(PEOPLE)]
    assert order not in (handed_in, handed_in[::-1])  # 1 in 1.8 million


async def test_the_only_one_of_a_class_is_not_found_by_it(
    telegram: Telegram, director: Chat, file: File, school: School
) -> None:
    """One of 9Б has answered: the file knows who, but not which of the answers is from 9Б."""
    await opens(director)
    await answers(telegram.chat(MASHA_MOTHER), 5)
    sealed = [row["sealed"] for row in file.rows("survey_answers")]
    assert len(set(sealed)) == len(sealed)  # sealed differently each time
    assert not any(row["class_name"] for row in file.rows("survey_answers"))


async def test_after_its_end(answered: list[int], director: Chat, file: File) -> None:
    await director.says("/survey")
    await director.presses("🟢")
    await director.presses("Закрыть сейчас")
    await director.presses("Да, закрыть")
    leads_nowhere(file)
    rows = [row for row in file.rows("survey_answers") if not row["text"]]
    assert not any(row["sealed"] for row in rows)
    # 9Б has one answer: telling 5А apart would tell it.
    assert not any(row["class_name"] for row in rows)
    assert file.rows("survey_drafts") == []
    order = in_file_order(file)
    handed_in = [f"Слова{number:02}." for number in range(PEOPLE)]
    assert order not in (handed_in, handed_in[::-1])


async def test_what_was_answered_before_is_not_left_in_free_pages(
    telegram: Telegram, director: Chat, file: File, school: School
) -> None:
    """A draft that was handed in is gone from the file, and words stand in it once."""
    await opens(director)
    mother = telegram.chat(MASHA_MOTHER)
    await answers(mother, 5, "Словечко")
    assert file.raw().count("Словечко".encode()) == 1
