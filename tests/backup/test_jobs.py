"""The nightly copy, with the clock moved: once a night, tried again where it failed, sent if wanted."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiogram.methods import SendDocument
from aiogram.types import FSInputFile
from sqlalchemy import select

from bot.config import Settings
from bot.db.audit import AuditEntry
from bot.db.backup import postgresql, sqlite
from bot.db.base import Database, is_sqlite
from bot.db.outbox import MessageState, OutboxMessage
from bot.features import backup
from bot.features.backup import files, sealing
from bot.scheduler import Context
from bot.scheduler.backup import tick
from tests.backup.test_rules import PASSPHRASE, no_room, with_backup
from tests.chat import Telegram
from tests.fixtures import StoppedClock, context_of
from tests.school import DIRECTOR, School

# 02:59 in Omsk, the minute before.
BEFORE = datetime(2026, 10, 13, 20, 59, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def settings(settings: Settings, database: Database, folder: Path) -> Settings:
    place = settings.database.model_copy(update={"url": database.url.render_as_string(hide_password=False)})
    return with_backup(settings.model_copy(update={"database": place}), directory=str(folder), keep=2)


def nights(folder: Path) -> list[str]:
    """The days of the copies that there are."""
    found = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    return [name.removeprefix("school-bot-2026-")[:5] for name in found]


async def entries(database: Database) -> list[tuple[str, dict[str, Any]]]:
    async with database.read() as session:
        query = select(AuditEntry.action, AuditEntry.details).order_by(AuditEntry.id)
        found = [(action, details) for action, details in await session.execute(query)]
        return [each for each in found if each[0] in (backup.MADE, backup.FAILED)]


async def told(database: Database) -> list[tuple[str, MessageState]]:
    async with database.read() as session:
        query = select(OutboxMessage.kind, OutboxMessage.state).order_by(OutboxMessage.id)
        return [(kind, state) for kind, state in await session.execute(query)]


async def test_once_a_night_at_its_hour_and_once_after_an_outage(
    context: Context, database: Database, clock: StoppedClock, folder: Path
) -> None:
    clock.set(BEFORE)
    await tick(context)
    assert nights(folder) == []
    clock.move(minutes=1)
    for _ in range(3):
        await tick(context)
        clock.move(hours=1)
    assert nights(folder) == ["10-14"]
    assert len(await entries(database)) == 1
    clock.move(days=5)  # off meanwhile: one copy makes up for it, and the two latest nights stay
    await tick(context)
    clock.move(days=1)
    for _ in range(2):
        await tick(context)
    assert nights(folder) == ["10-19", "10-20"]
    assert len(await entries(database)) == 3


async def test_none_where_none_is_wanted(
    context: Context, settings: Settings, database: Database, folder: Path
) -> None:
    await tick(replace(context, settings=with_backup(settings, keep=0)))
    assert nights(folder) == [] and await entries(database) == []


async def test_a_database_that_knows_nothing_of_tonights_copy_does_not_replace_it(
    context: Context, settings: Settings, database: Database, clock: StoppedClock, folder: Path
) -> None:
    """Lost, or put back from an older copy, it is copied at once: beside the good one."""
    good = files.folder_of(settings) / files.name_of(clock.now().date(), settings)
    good.write_bytes(b"good")
    for _ in range(2):
        await tick(context)
    assert good.read_bytes() == b"good"
    assert nights(folder) == ["10-14", "10-14"] and len(await entries(database)) == 1


async def test_a_clock_that_was_far_ahead_ends_no_copies(
    context: Context, database: Database, clock: StoppedClock, folder: Path
) -> None:
    """Its entries say nothing of the nights before them, and what it made leaves tonight's a place."""
    clock.move(days=30)
    for _ in range(2):
        await tick(context)
        clock.move(days=1)
    assert nights(folder) == ["11-13", "11-14"]
    clock.move(days=-32)
    for _ in range(3):
        await tick(context)
        clock.move(minutes=1)
    assert nights(folder) == ["10-14", "11-13", "11-14"]
    assert [action for action, _ in await entries(database)] == [backup.MADE] * 3


class TestTrouble:
    async def test_a_full_disk_is_told_once_and_tried_again(
        self,
        context: Context,
        school: School,
        database: Database,
        clock: StoppedClock,
        folder: Path,
        telegram: Telegram,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        clock.set(BEFORE)
        clock.move(minutes=1)
        await tick(context)
        clock.move(days=1)
        with monkeypatch.context() as patch:
            patch.setattr(files, "settle", no_room)
            for _ in range(9):
                await tick(context)
                clock.move(minutes=20)
        full = (backup.FAILED, {"reason": "full"})
        assert (await entries(database))[1:] == [full] * 3  # hourly
        assert nights(folder) == ["10-14"]  # the good one stays
        clock.set(datetime(2026, 10, 15, 3, tzinfo=UTC))  # nine in the morning
        await telegram.deliver()
        chat = telegram.chat(DIRECTOR)
        assert [seen.text for seen in chat.messages if "копия" in seen.text] == [chat.last.text]
        assert "за 15 октября не получилась" in chat.last.text
        assert "на диске не хватает места" in chat.last.text
        await tick(context)
        assert nights(folder) == ["10-14", "10-15"]
        assert [kind for kind, _ in await told(database)] == ["backup-failed"]

    async def test_a_folder_that_cannot_be_made(
        self, context: Context, settings: Settings, database: Database
    ) -> None:
        await tick(replace(context, settings=with_backup(settings, directory=f"{__file__}/backups")))
        assert [details for _, details in await entries(database)] == [{"reason": "other"}]


class TestSending:
    @pytest.fixture
    def sending(self, settings: Settings) -> Settings:
        school = settings.school.model_copy(update={"admins": (9999, DIRECTOR)})
        settings = settings.model_copy(update={"school": school})
        return with_backup(settings, passphrase=PASSPHRASE, send=True)

    async def test_the_first_admin_gets_the_sealed_copy_which_opens(
        self,
        sending: Settings,
        school: School,
        database: Database,
        clock: StoppedClock,
        folder: Path,
        tmp_path: Path,
    ) -> None:
        """The first of the configuration who has come."""
        telegram = Telegram(sending, database, clock)
        await tick(context_of(database, clock, sending))
        await telegram.deliver()
        assert nights(folder) == ["10-14"]
        assert "Резервная копия за 14 октября" in telegram.chat(DIRECTOR).last.text
        (sent,) = [call for call in telegram.wire.calls if isinstance(call, SendDocument)]
        assert isinstance(sent.document, FSInputFile) and sent.chat_id == DIRECTOR
        sealing.unseal(Path(sent.document.path), tmp_path / "opened", PASSPHRASE)
        begins = sqlite.HEAD if is_sqlite(database.url) else postgresql.HEAD
        assert (tmp_path / "opened").read_bytes().startswith(begins)

    async def test_one_that_telegram_would_not_take_is_named(
        self,
        sending: Settings,
        school: School,
        database: Database,
        clock: StoppedClock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(backup, "SENT_MAX", 1000)
        telegram = Telegram(sending, database, clock)
        await tick(context_of(database, clock, sending))
        await telegram.deliver()
        text = telegram.chat(DIRECTOR).last.text
        assert "Телеграм её не примет" in text and "school-bot-2026-10-14.d" in text

    async def test_one_that_is_gone_holds_nothing_up(
        self, sending: Settings, school: School, database: Database, clock: StoppedClock, folder: Path
    ) -> None:
        telegram = Telegram(sending, database, clock)
        await tick(context_of(database, clock, sending))
        shutil.rmtree(folder)
        await telegram.deliver()
        assert await told(database) == [("backup", MessageState.FAILED)]
