"""Nobody who reads the database finds out who wrote an anonymous letter. See docs/decisions/0011."""

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.config import Settings
from bot.db.base import Database
from bot.db.feedback import Ticket
from bot.db.outbox import OutboxMessage
from bot.db.tables import metadata
from bot.features.feedback import handle, mark
from bot.features.feedback.telling import escalate
from bot.features.privacy import export
from bot.programme.calendar import Calendar
from tests.chat import Chat, Telegram
from tests.databases import only_sqlite
from tests.feedback.people import photo, tick, voice, writes
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, VANYA_MOTHER, School

NUMBER = 7654
WORDS = "Тайнопись77 о столовой"
ANSWER = "Разберёмся33 сегодня"
MORE = "Дополнение55 к письму"
NAMES = ("Лебедева", "Ирина")

Row = dict[str, Any]


@pytest.fixture(autouse=True)
def one_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every letter tries this number first: one that is found nowhere by chance."""
    monkeypatch.setattr(
        "bot.features.feedback.writing.secrets.randbelow",
        lambda end: NUMBER - 1000 if end == 9000 else end // 2,
    )


async def read_all(database: Database) -> dict[str, list[Row]]:
    async with database.read() as session:
        return {
            name: [dict(row._mapping) for row in await session.execute(select(table))]
            for name, table in metadata.tables.items()
        }


def names_person(name: str, row: Row, person_id: int, places: set[int]) -> bool:
    """Whether a row leads to the author: by a key, by the Telegram id, by the name."""
    table = metadata.tables[name]
    keys = {"people": {person_id}, "guardians": places}
    for key in table.foreign_keys:
        if row[key.parent.name] in keys.get(key.column.table.name, set()):
            return True
    if name in keys and row["id"] in keys[name]:
        return True
    told = repr(row)
    return bool(re.search(rf"\b{MASHA_MOTHER}\b|person:{person_id}\b", told)) or any(n in told for n in NAMES)


def names_ticket(name: str, row: Row) -> bool:
    """Whether a row leads to the letter: by its number, its words, its files."""
    signs = (WORDS, ANSWER, MORE, "photo-1", "voice-1")
    told = repr(row)
    return bool(re.search(rf"\b{NUMBER}\b", told)) or any(sign in told for sign in signs)


def fine(rows: Iterable[Row]) -> set[Any]:
    """What in these rows could be matched: times finer than a day, and whatever looks like a token."""
    values = [value for row in rows for value in row.values()]
    times = {v for v in values if isinstance(v, datetime) and v.timetz().replace(tzinfo=None) != time()}
    tokens = {token for v in values if isinstance(v, str) for token in re.findall(r"[\w-]{16,}", v)}
    nested = {
        token
        for v in values
        if isinstance(v, dict | list)
        for token in re.findall(r"[\w-]{16,}", json.dumps(v, ensure_ascii=False))
    }
    return times | tokens | nested


async def links(database: Database, school: School) -> list[str]:
    """Every way that leads from the author to the letter numbered NUMBER."""
    person_id = school.people[MASHA_MOTHER]
    places = {id_ for name, id_ in school.guardians.items() if name == "Маша/мать"}
    tables = await read_all(database)
    rows = [(name, row) for name, found in tables.items() for row in found]
    hers = [(name, row) for name, row in rows if names_person(name, row, person_id, places)]
    letters = [(name, row) for name, row in rows if names_ticket(name, row)]
    assert hers and letters
    found = [f"{name}: one row names both" for name, row in hers if names_ticket(name, row)]
    shared = fine(row for _, row in hers) & fine(row for _, row in letters)
    return found + [f"both have {value}" for value in shared]


async def correspond(telegram: Telegram, clock: StoppedClock, *, named: bool) -> None:
    """A letter, an answer, more, a photo, a voice message; at last a step begun and left."""
    mother, teacher = telegram.chat(MASHA_MOTHER), telegram.chat(BERG)
    assert await writes(mother, WORDS, topic="Жалоба", named=named) == NUMBER
    for chat, button, content in (
        (teacher, "Ответить", {"text": ANSWER}),
        (mother, "Написать ещё", {"text": MORE}),
        (teacher, "Ответить", {"text": None, **photo(1)}),
        (mother, "Написать ещё", {"text": None, **voice()}),
        (teacher, "Ответить", {"text": "Ещё раз"}),
    ):
        clock.move(minutes=7, seconds=13)
        await telegram.deliver()
        clock.move(minutes=1, seconds=1)
        await chat.presses(button)
        clock.move(seconds=47)
        await chat.says(**content)
    clock.move(minutes=3)
    await telegram.deliver()
    clock.move(minutes=2)
    await mother.presses("Написать ещё")  # and puts the phone away
    # Others live on meanwhile, and so does she: in other things by name.
    clock.move(minutes=5)
    await telegram.chat(PETYA_MOTHER).says("/menu")


async def test_nothing_leads_from_an_anonymous_letter_to_its_author(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock, settings: Settings
) -> None:
    await correspond(telegram, clock, named=False)
    assert await links(database, school) == []
    # The row of the chat says that something is being written, and leads nowhere without the key.
    (step,) = [row for row in (await read_all(database))["conversations"] if row["chat_id"] == MASHA_MOTHER]
    assert step["data"] == {"letter": handle(settings, NUMBER)}


async def test_the_same_search_finds_a_letter_by_name(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock
) -> None:
    """So the search finds what there is to find."""
    await correspond(telegram, clock, named=True)
    found = await links(database, school)
    assert any("tickets" in way for way in found)
    assert any("audit" in way for way in found)
    assert any("both have 2026" in way for way in found)


@only_sqlite
async def test_nothing_is_left_in_the_files_free_pages(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock, settings: Settings
) -> None:
    """The words stand in the letter and nowhere else: not as an update, a draft, or a message on its way."""
    await correspond(telegram, clock, named=False)
    path = Path(str(database.url.database))
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    raw = await asyncio.to_thread(path.read_bytes)
    for words in (WORDS, ANSWER, MORE):
        assert raw.count(words.encode()) == 1
        # Updates, drafts and arguments of messages are JSON, in which Cyrillic letters are escaped.
        assert json.dumps(words)[1:-1].encode() not in raw
    assert settings.feedback.key.get_secret_value().encode() not in raw


async def test_the_tables_keep_no_order_and_no_times(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock
) -> None:
    await correspond(telegram, clock, named=False)
    tables = await read_all(database)
    for name in ("tickets", "ticket_entries"):
        assert not any(isinstance(v, datetime) for row in tables[name] for v in row.values())
        assert metadata.tables[name].dialect_options["sqlite"]["with_rowid"] is False
    # What the teacher did is on record with its moment, what the author did is not on record at all.
    entries = [row for row in tables["audit"] if str(NUMBER) in row["subject"]]
    assert {row["action"] for row in entries} == {"ticket.answered"}
    assert {row["person_id"] for row in entries} == {school.people[BERG]}


async def test_no_message_lies_in_the_outbox_overnight(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock, settings: Settings
) -> None:
    """A copy of the database made at night finds none: neither to the author nor to who should answer."""
    mother, teacher = telegram.chat(MASHA_MOTHER), telegram.chat(BERG)
    clock.set(datetime(2026, 10, 14, 17, 0, tzinfo=UTC))
    await writes(mother, WORDS, named=False)
    await teacher.says("/tickets")
    await teacher.presses("№")
    await teacher.presses("Ответить")
    await teacher.says(ANSWER)
    assert "тихие часы" in teacher.last.text
    await tick(database, settings, clock)
    assert (await read_all(database))["outbox"] == []
    assert await links(database, school) == []
    clock.move(hours=9)
    await tick(database, settings, clock)
    await telegram.deliver()
    assert ANSWER in mother.last.text
    assert (await read_all(database))["outbox"] == []


async def test_the_moment_of_an_answer_that_did_not_arrive_is_not_kept(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock, settings: Settings
) -> None:
    """An author who has blocked the bot is not marked as unreachable by the answer to their letter."""
    mother, teacher = telegram.chat(MASHA_MOTHER), telegram.chat(BERG)
    await writes(mother, WORDS, named=False)
    await telegram.deliver()
    telegram.wire.blocked.add(MASHA_MOTHER)
    clock.move(minutes=3)
    await teacher.presses("Ответить")
    await teacher.says(ANSWER)
    await telegram.deliver()
    assert (await read_all(database))["outbox"] == []
    assert await links(database, school) == []
    telegram.wire.blocked.clear()
    await mother.says("/feedback")
    await mother.presses("Мои письма")
    await mother.presses(f"№ {NUMBER}")
    assert ANSWER in mother.last.text  # it waits for them there


async def test_told_late_names_no_author(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock, settings: Settings
) -> None:
    await writes(telegram.chat(MASHA_MOTHER), WORDS, named=False)
    await telegram.deliver()
    clock.move(days=7, minutes=11)
    async with database.write() as session:
        await escalate(session, settings, Calendar(), clock.now())
        await session.commit()
    await telegram.deliver()
    assert f"№ {NUMBER}" in telegram.chat(DIRECTOR).last.text
    assert await links(database, school) == []


async def test_the_file_of_ones_own_data_does_not_hold_it(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock
) -> None:
    mother = telegram.chat(MASHA_MOTHER)
    await writes(mother, WORDS, named=False)
    by_name = await writes(mother, "По имени")
    await telegram.deliver()
    async with database.read() as session:
        actor = await School.actor(session, MASHA_MOTHER, clock.now())
        told = repr(await export(session, actor))
    assert WORDS not in told and str(NUMBER) not in told
    assert "По имени" in told and str(by_name) in told


async def test_leaving_erases_the_words_and_the_mark(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock
) -> None:
    mother, teacher = telegram.chat(MASHA_MOTHER), telegram.chat(BERG)
    other = telegram.chat(VANYA_MOTHER)
    await writes(mother, WORDS, named=False)
    by_name = await writes(mother, MORE)
    kept = await writes(other, "Письмо другой", to="Динер", named=False)
    # Told, and on its way when she leaves.
    clock.move(days=1)
    await leaves(mother)
    await telegram.deliver()
    assert not teacher.messages
    tables = await read_all(database)
    tickets = {row["number"]: row for row in tables["tickets"]}
    for number in (NUMBER, by_name):
        row = tickets[number]
        assert row["mark"] is None and row["person_id"] is None and row["waiting_on"] is None
        assert row["closed_on"] == row["changed_on"]  # not the day on which she left
    assert tickets[kept]["mark"] and tickets[kept]["closed_on"] is None
    assert not any(WORDS in repr(row) or MORE in repr(row) for rows in tables.values() for row in rows)
    await teacher.says("/tickets")
    await teacher.presses("Закрытые")
    await teacher.presses(f"№ {by_name}")
    assert "автора больше нет в списках школы" in teacher.last.text and "текст стёрт" in teacher.last.text
    assert "Ответить" not in teacher.last.buttons
    await teacher.forges(f"tc:{by_name}:answer")
    assert "ответить некому" in teacher.toast


async def leaves(chat: Chat) -> None:
    await chat.says("/privacy")
    await chat.presses("Отозвать согласие")
    await chat.presses("Да, стереть")


class TestMark:
    def test_it_differs_by_letter_by_person_and_by_key(self, settings: Settings) -> None:
        other = settings.model_copy(update={"feedback": settings.feedback.model_copy(update={"key": KEY})})
        marks = {
            mark(each, number, person)
            for each in (settings, other)
            for number in (1, 12)
            for person in (1, 2, 12)
        }
        assert len(marks) == 12
        assert all(re.fullmatch("[0-9a-f]{64}", each) for each in marks)

    def test_without_a_key_there_is_none(self) -> None:
        with pytest.raises(RuntimeError, match="key"):
            mark(Settings(), 1, 1)


async def test_numbers_tell_no_order(
    telegram: Telegram, school: School, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drawn at random, and drawn again, from more of them, where one is taken."""
    drawn = iter((10, 10, 10, 15_000))
    ends: list[int] = []

    def draw(end: int) -> int:
        ends.append(end)
        return next(drawn)

    monkeypatch.setattr("bot.features.feedback.writing.secrets.randbelow", draw)
    mother = telegram.chat(MASHA_MOTHER)
    assert [await writes(mother), await writes(mother)] == [1010, 16_000]
    assert ends == [9000, 9000, 19_000, 39_000]
    async with database.read() as session:
        assert len((await session.scalars(select(Ticket))).all()) == 2
        assert not (await session.scalars(select(OutboxMessage).where(~OutboxMessage.fleeting))).all()


KEY = Settings.model_validate({"feedback": {"key": "another key"}}).feedback.key
