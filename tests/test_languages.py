"""Whoever chose English reads no Russian but the school's own data, wherever their buttons lead."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiogram.methods import SetMyCommands
from sqlalchemy import select, update

from bot.config import Settings
from bot.db.accounts import Person
from bot.db.base import Database
from bot.db.roster import Pupil, SchoolClass
from bot.db.tables import metadata
from bot.demo.school import found
from bot.programme.load import load
from bot.ui.accounts import COMMON, PLACES
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.security.siege import HOSTILE, StrictWire, make_hostile

DIRECTOR, TEACHER, MOTHER = 101, 103, 201
# Buttons that are not pressed: those that end what the others need, and a choice of another language.
SPARED = ("lang", "leave", "go:privacy")
# Words of ours that are Russian in English too: the names of the language.
OURS = ("Русский", "Язык")
CYRILLIC = re.compile(r"[А-Яа-яЁё](?:[^A-Za-z\n]*[А-Яа-яЁё])?")


@pytest.mark.parametrize(("each", "most"), [(1, 50), pytest.param(2, 80, marks=pytest.mark.soak)])
async def test_english_all_the_way(
    database: Database, settings: Settings, clock: StoppedClock, each: int, most: int
) -> None:
    """A director, a teacher and a mother of the demonstration press a button of every kind that they have.

    All that people wrote there is hostile, so the same walk shows that it is escaped on every screen and in
    every file, which Telegram would refuse otherwise.
    """
    clock.set(datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Asia/Omsk")))
    quiet = settings.delivery.model_copy(update={"quiet_from": time(0), "quiet_to": time(0)})
    school = settings.school.model_copy(update={"admins": (DIRECTOR,)})
    settings = settings.model_copy(update={"delivery": quiet, "school": school})
    await found(database, settings, load(), clock.now())
    async with database.write() as session:
        await session.execute(update(Person).values(language="en"))
        await session.commit()
    await make_hostile(database)
    wire = StrictWire()
    telegram = Telegram(settings, database, clock, wire)
    await telegram.deliver()
    read: dict[int, list[str]] = {}
    for who in (DIRECTOR, TEACHER, MOTHER):
        chat = telegram.chat(who)
        for place in [*PLACES, *COMMON, "start"]:
            await chat.says(f"/{place}")
        kinds = await press_all(chat, each, most)
        assert len(kinds) > 5, kinds
        read[who] = [words for seen in chat.messages for words in (seen.text, *seen.buttons)]
        read[who] += telegram.wire.toasts.get(who, [])
    for call in telegram.wire.calls:
        if isinstance(call, SetMyCommands):
            read[MOTHER] += [command.description for command in call.commands]
    assert not wire.refused
    own = await data_of_the_school(database)
    found_leaks = {leak for words in read.values() for leak in leaks(map(meek, words), meek(own))}
    assert not found_leaks, "\n".join(sorted(found_leaks))


async def press_all(chat: Chat, each: int, most: int) -> set[str]:
    """Press so many buttons of each kind, and of those that they lead to, and so many in all; the kinds."""
    times: Counter[str] = Counter()
    done: set[str] = set()
    while len(done) < most:
        buttons = [
            (button.callback_data, seen)
            for seen in chat.messages
            if seen.keyboard
            for row in seen.keyboard.inline_keyboard
            for button in row
            if button.callback_data
            and button.callback_data not in done
            and times[kind(button.callback_data)] < each
            and not button.callback_data.startswith(SPARED)
        ]
        if not buttons:
            break
        data, seen = buttons[0]
        done.add(data)
        times[kind(data)] += 1
        await chat.forges(data, seen)
    return set(times)


def kind(data: str) -> str:
    """A button's kind: its prefix, or the place that it leads to."""
    return data.replace(":", "-") if data.startswith("go:") else data.partition(":")[0]


def meek(words: str) -> str:
    """The same without what was made hostile in it."""
    return words.replace(HOSTILE, "").replace(escape(HOSTILE, quote=False), "")


def leaks(read: Iterable[str], own: str) -> Iterator[str]:
    """Russian words that are not the school's data; a shortened one is compared up to its dots."""
    for words in read:
        for run in CYRILLIC.findall(re.sub(r"<[^>]+>", "", words)):
            for piece in re.split(r"[:,;(){}\[\]«»“”\"…·•→—–\n]|\. |/", run):
                piece = piece.strip(" .!?№")
                if re.search("[А-Яа-яЁё]", piece) and piece not in own and piece not in OURS:
                    yield f"{piece!r} in {words!r}"


async def data_of_the_school(database: Database) -> str:
    """What people wrote and what the programme says: everything that is not ours to translate."""
    collected: list[str] = [Settings().school.name, repr(load())]

    def collect(value: Any) -> None:
        if isinstance(value, str):
            collected.append(value)
        elif isinstance(value, dict | list | tuple):
            for each in value.values() if isinstance(value, dict) else value:
                collect(each)

    async with database.read() as session:
        for table in metadata.tables.values():
            if table.name not in ("inbox", "conversations"):
                for row in await session.execute(select(table)):
                    collect(tuple(row))
        classes = await session.scalars(select(SchoolClass))
        pupils = await session.scalars(select(Pupil))
        collected += [each.name for each in (*classes, *pupils)]
    return "\n".join(collected)
