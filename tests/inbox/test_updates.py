"""What Telegram sends: cleaned, bounded, understood; or let go without holding up what comes after it."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from sqlalchemy import select

from bot.config import Limits
from bot.db import inbox
from bot.db.base import Database
from bot.db.inbox import InboxUpdate, Incoming, UpdateState
from bot.throttle import Throttle
from bot.updates import DEPTH_MAX, SIZE_MAX, NotUnderstoodError, cleaned
from sandbox.server import Sandbox
from tests.chat import Telegram
from tests.fixtures import StoppedClock
from tests.processes import PATIENCE
from tests.school import DIRECTOR, MASHA_MOTHER, STRANGER, School


def nested(depth: int) -> Any:
    return [nested(depth - 1)] if depth else "x"


def test_a_cleaned_update_is_as_it_was_without_what_nobody_types() -> None:
    dirty = "Маша\x00 \x1b[31m\u202eавеД\u202c \ud83d ok\r\n\t👩‍👧 אב\u200f"
    update = {"update_id": 1, "message": {"text": dirty, "photo": [{"file_name": "a\u2066b"}], "x": 1.5}}
    assert cleaned(update) == {
        "update_id": 1,
        "message": {
            "text": "Маша [31mавеД  ok\n\t👩‍👧 אב\u200f",
            "photo": [{"file_name": "ab"}],
            "x": 1.5,
        },
    }


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        "update",
        {},
        {"update_id": "5"},
        {"update_id": True},
        {"update_id": -1},
        {"update_id": 2**63},
        {"update_id": 1, "message": {"chat": {"id": 10**30}}},
        {"update_id": 1, "message": {"x": float("nan")}},
        {"update_id": 1, "message": {"x": -float("inf")}},
        {"update_id": 1, "message": nested(DEPTH_MAX + 1)},
        {"update_id": 1, "message": {"text": "a" * SIZE_MAX}},
        {"update_id": 1, "message": {"a" * SIZE_MAX: 1}},
    ],
    ids=lambda raw: str(raw)[:40],
)
def test_what_no_database_keeps_is_refused(raw: Any) -> None:
    with pytest.raises(NotUnderstoodError):
        cleaned(raw)


def odd(mother: dict[str, Any]) -> list[Any]:
    """What is no update that the bot asked for, with numbers from 701 on."""
    return [
        {"update_id": 701, "message": {"message_id": "Лебедева", "chat": {"id": "Маша"}}},
        {"update_id": 702, "message": {**mother, "chat": {**mother["chat"], "id": 10**40}}},
        {"update_id": 703, "poll": {"id": "1", "question": "Лебедева Маша?"}},
        {"update_id": 704, "new_in_2030": {"words": "Лебедева Маша"}},
        {"update_id": 705},
        None,
        {"message": mother},
    ]


async def test_what_is_not_understood_holds_up_nothing_and_is_not_quoted(
    telegram: Telegram, school: School, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    mother = telegram.chat(MASHA_MOTHER)
    good = mother._message("/menu")
    batch = [{"update_id": 700, "message": good}, *odd(good), {"update_id": 710, "message": good}]
    await telegram.intake.take(batch)
    await telegram.intake.idle()
    assert [seen.text for seen in mother.messages] == ["Чем помочь?"] * 2
    logged = capsys.readouterr().out
    assert logged.count("update not understood") == 7 and "701" in logged and "message.message_id" in logged
    assert "Лебедева" not in logged and "Маша" not in logged
    async with database.read() as session:
        assert set(await session.scalars(select(InboxUpdate.update_id))) == {700, 710}


async def test_polling_goes_on_past_what_is_not_understood(
    telegram: Telegram, school: School, tmp_path: Path
) -> None:
    """Over HTTP: aiogram's own getUpdates refused the whole batch, for ever."""
    sandbox = Sandbox(token="42:TEST", clock_file=tmp_path / "clock")
    address = await sandbox.start()
    http = AiohttpSession(api=TelegramAPIServer.from_base(address.rstrip("/")))
    telegram.intake._bot = Bot("42:TEST", session=http)
    mother = telegram.chat(MASHA_MOTHER)
    good = mother._message("/menu")
    updates = sandbox.world.updates
    updates.pending = [
        {"update_id": 700, "message": good},
        *odd(good)[:5],
        {"update_id": 710, "message": good},
    ]
    polling = asyncio.create_task(telegram.intake.poll())
    try:
        async with asyncio.timeout(PATIENCE):
            while updates.acknowledged <= 710:
                await updates.new.wait(1)
        await telegram.intake.idle()
        assert [seen.text for seen in mother.messages] == ["Чем помочь?"] * 2
    finally:
        polling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await polling
        await http.close()
        await sandbox.stop()


async def test_what_another_version_stored_does_not_keep_the_bot_from_starting(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock
) -> None:
    director = telegram.chat(DIRECTOR)
    stored = [
        Incoming(700, DIRECTOR, {"update_id": 700, "new_in_2030": {}}),
        Incoming(701, DIRECTOR, {"update_id": 701, "message": director._message("/menu")}),
    ]
    async with database.write() as session:
        await inbox.store(session, stored, clock.now())
        await session.commit()
    await telegram.intake.resume()
    await telegram.intake.idle()
    async with database.read() as session:
        rows = (await session.scalars(select(InboxUpdate).order_by(InboxUpdate.update_id))).all()
    assert [(row.state, row.payload) for row in rows] == [
        (UpdateState.FAILED, None),
        (UpdateState.DONE, None),
    ]
    assert director.last.text == "Чем помочь?"


class TestFlood:
    async def test_is_told_so_once_and_not_heard_until_it_is_quiet(
        self, telegram: Telegram, school: School, database: Database, clock: StoppedClock
    ) -> None:
        telegram.intake._throttle = Throttle(Limits())
        mother, director = telegram.chat(MASHA_MOTHER), telegram.chat(DIRECTOR)
        texts = [mother._message("/language") for _ in range(60)]
        batch = [{"update_id": n, "message": message} for n, message in enumerate(texts, 700)]
        await telegram.intake.take([*batch, {"update_id": 800, "message": director._message("/menu")}])
        await telegram.intake.idle()
        assert len(mother.messages) == 41 and "быстрее, чем я успеваю" in mother.last.text
        assert director.last.text == "Чем помочь?"
        async with database.read() as session:  # not even stored
            assert len((await session.scalars(select(InboxUpdate.update_id))).all()) == 41
        clock.move(seconds=5)
        await mother.says("/menu")
        assert len(mother.messages) == 41
        clock.move(seconds=10)
        await mother.says("/menu")
        assert mother.last.text == "Чем помочь?"

    async def test_of_presses_is_told_over_the_chat_and_of_guests_sooner(
        self, telegram: Telegram, school: School
    ) -> None:
        telegram.intake._throttle = Throttle(Limits())
        for who, heard in ((MASHA_MOTHER, 40), (STRANGER, 20)):
            chat = telegram.chat(who)
            for _ in range(50):
                await chat.forges("nothing:of:ours")
            toasts = telegram.wire.toasts[who]
            assert len(toasts) == heard + 1 and "подождите десять секунд" in toasts[-1]

    async def test_in_a_group_is_not_answered(self, telegram: Telegram) -> None:
        telegram.intake._throttle = Throttle(Limits())
        message = {
            **telegram.chat(STRANGER)._message("привет"),
            "chat": {"id": -5, "type": "group", "title": "x"},
        }
        batch = [{"update_id": n, "message": message} for n in range(700, 760)]
        await telegram.intake.take(batch)
        await telegram.intake.idle()
        assert len(telegram.wire.chats[-5]) == 20
        assert STRANGER not in telegram.wire.chats

    async def test_what_waited_out_an_outage_is_none(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        """Fifty letters of an afternoon, some presses between them, all in one batch."""
        telegram.intake._throttle = Throttle(Limits())
        mother = telegram.chat(MASHA_MOTHER)
        written = []
        for _ in range(50):
            clock.move(minutes=3)
            written.append({"message": mother._message("/menu")})
        press = {"id": "1", "from": mother._from, "chat_instance": "1", "data": "go:menu"}
        telegram.wire.queries["1"] = MASHA_MOTHER
        written[25:25] = [{"callback_query": press} for _ in range(20)]
        await telegram.intake.take([{"update_id": n, **update} for n, update in enumerate(written, 700)])
        await telegram.intake.idle()
        assert len(mother.messages) == 70 and {seen.text for seen in mother.messages} == {"Чем помочь?"}

    async def test_what_could_not_be_stored_is_none_however_often_it_is_repeated(
        self, telegram: Telegram, school: School, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An album sent while the disk was full for a minute was taken for a flood, and let go."""
        telegram.intake._throttle = Throttle(Limits())
        mother = telegram.chat(MASHA_MOTHER)
        batch = [{"update_id": n, "message": mother._message("/menu")} for n in range(700, 710)]

        async def fails(*_: Any) -> None:
            raise OSError

        for _ in range(6):
            with monkeypatch.context() as patch, pytest.raises(OSError):
                patch.setattr(inbox, "store", fails)
                await telegram.intake.take(batch)
        await telegram.intake.take(batch)
        await telegram.intake.idle()
        assert len(mother.messages) == 10
        more = [{"update_id": n, "message": mother._message("/menu")} for n in range(710, 760)]
        await telegram.intake.take(more)
        await telegram.intake.idle()
        async with database.read() as session:  # and what is heard is counted, once
            assert len((await session.scalars(select(InboxUpdate.update_id))).all()) == 40
