"""Leaving: every table says how it is cleared of a person, and nothing of theirs is left in the file."""

import asyncio
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Enum

from bot.db.accounts import Person
from bot.db.base import Database
from bot.db.tables import metadata
from bot.features.privacy import NOUNS, TABLES, export
from bot.features.privacy.registry import Kept
from tests.chat import Chat, Telegram
from tests.databases import only_sqlite
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, School
from tests.surveys.people import opens
from tests.test_texts import messages

SECRET = "Тайна77"


def test_every_table_says_how_it_is_handed_out_and_cleared() -> None:
    assert set(metadata.tables) == set(TABLES)
    assert len(TABLES) == sum(map(len, NOUNS))
    silent = [name for name, table in TABLES.items() if not table.erase and not table.kept]
    assert not silent, "each needs `erase`, or `kept` with its reason"


def test_what_stays_whole_holds_no_way_to_a_person_but_the_number_of_their_row() -> None:
    for name, table in TABLES.items():
        assert table.erase or "telegram_id" not in metadata.tables[name].columns


def test_a_table_that_names_a_person_is_handed_out() -> None:
    for name, table in TABLES.items():
        points_at_people = any(
            key.column.table.name == "people" for key in metadata.tables[name].foreign_keys
        )
        assert not (points_at_people and isinstance(table.export, str)), name


def test_every_column_that_is_handed_out_has_words() -> None:
    """`privacy-table-…`, `privacy-label-…`, and of a StrEnum the words of each value, by `words`."""
    me = Person(id=1, telegram_id=1)
    wanted = set()
    for name, table in TABLES.items():
        if isinstance(table.export, str):
            continue
        wanted.add(f"privacy-table-{name}")
        for column in table.export(me).selected_columns:
            wanted.add(f"privacy-label-{column.name}")
            if isinstance(column.type, Enum) and column.type.enum_class:
                words = table.words.get(column.name, f"{name}.{column.name}: no words")
                wanted |= {f"{words}-{member.value}" for member in column.type.enum_class}
    wanted |= {f"privacy-kept-{kept}" for kept in Kept}
    missing = wanted - messages("ru").keys()
    assert not missing


async def test_every_query_of_what_is_mine_works(database: Database, school: School) -> None:
    """Each runs, and has no label twice."""
    async with database.read() as session:
        for who in (DIRECTOR, BERG, MASHA_MOTHER):
            actor = await School.actor(session, who, datetime(2026, 10, 14, tzinfo=UTC))
            for section in await export(session, actor):
                assert len(set(section.labels)) == len(section.labels), section.table


@only_sqlite
async def test_nothing_of_a_guardian_is_left(telegram: Telegram, school: School, clock: StoppedClock) -> None:
    """A mother reads, answers, takes part, types half a message, and leaves: the file knows her no more."""
    director, teacher, mother = (telegram.chat(who) for who in (DIRECTOR, BERG, MASHA_MOTHER))
    await write_note(teacher)
    await telegram.deliver()
    await mother.presses("Ответить")
    await mother.says(f"{SECRET} в ответе")
    await opens(director)
    await mother.presses("Ответить", on=mother.messages[-1])
    await mother.presses("3")
    await mother.presses("Потом")
    await mother.says("/children")
    await mother.forges(next(m for m in mother.messages if "Пишет" in m.text).data("Позвоните"))
    await mother.says(f"{SECRET} просто так")
    await mother.says("/privacy")
    await mother.presses("Отозвать согласие")
    await mother.presses("Да, стереть")
    assert "данные стёрты" in mother.last.text

    connection = sqlite3.connect(str(telegram.database.url.database))
    dump = "\n".join(connection.iterdump())
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert SECRET not in dump
    assert not re.search(rf"\b{MASHA_MOTHER}\b", dump)  # her Telegram id
    # Nor in the file's free pages.
    raw = await asyncio.to_thread(Path(str(telegram.database.url.database)).read_bytes)
    assert SECRET.encode() not in raw

    await mother.says("/children")
    assert "Не понял" in mother.last.text
    await teacher.says("/notes")
    assert "Маша" in teacher.last.text  # that the school wrote stays


@pytest.mark.parametrize("who", [BERG, DIRECTOR])
async def test_staff_leave_and_what_they_did_stays(telegram: Telegram, school: School, who: int) -> None:
    chat = telegram.chat(who)
    await write_note(telegram.chat(BERG))
    await chat.says("/privacy")
    await chat.presses("Отозвать согласие")
    await chat.presses("Да, стереть")
    await telegram.deliver()
    assert telegram.chat(MASHA_MOTHER).messages  # the note was on its way and arrives
    await chat.says("/menu")
    assert "нужно приглашение" in chat.last.text


async def write_note(teacher: Chat) -> None:
    await teacher.says("/note")
    await teacher.presses("5А")
    await teacher.presses("Лебедева Маша")
    await teacher.presses("Похвалить")
    await teacher.says("Молодец")
    await teacher.presses("Отправить")
