"""Leaving: every table says how it is cleared of a person, and nothing of theirs is left in the file."""

import asyncio
import re
import sqlite3
from pathlib import Path

import pytest

from bot.db.tables import metadata
from bot.features.privacy import ERASED, KEPT
from tests.chat import Chat, Telegram
from tests.conftest import StoppedClock
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, School
from tests.surveys.people import opens

SECRET = "Тайна77"


def test_every_table_says_how_it_is_cleared() -> None:
    assert set(metadata.tables) == ERASED.keys() | KEPT.keys()
    assert ERASED.keys().isdisjoint(KEPT)


def test_what_stays_holds_no_words_of_a_person_but_for_a_reason() -> None:
    """A table that is kept and leads to people by more than the number of their row is a mistake."""
    for name in KEPT:
        assert "telegram_id" not in metadata.tables[name].columns
    assert all(KEPT.values())


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
