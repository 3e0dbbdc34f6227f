"""`school-bot health`, asked of a bot that serves and of one that only leaves its database."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli import main
from bot.db.audit import AuditEntry
from bot.db.base import Database
from bot.db.health import Alarm, Heartbeat
from bot.db.inbox import InboxUpdate
from bot.features import backup
from tests.fixtures import NOON
from tests.health.test_web import Monitor
from tests.servers import free_port

Command = Callable[[], "asyncio.Future[int]"]


@pytest.fixture
def command(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command on the test's database, at noon."""
    monkeypatch.chdir(tmp_path)
    address = database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("SCHOOLBOT_DATABASE__URL", address)
    monkeypatch.setenv("SCHOOLBOT_HEALTH__DISK_MB", "1")
    monkeypatch.setattr("bot.clock.Clock.now", lambda clock: NOON)
    # It brings an event loop of its own.
    return lambda: asyncio.ensure_future(asyncio.to_thread(main, ["health"]))


def files() -> list[str]:
    return [path.name for path in Path().iterdir()]


async def left(database: Database, *rows: Heartbeat | Alarm | AuditEntry | InboxUpdate) -> None:
    async with database.write() as session:
        session.add_all(rows)
        await session.commit()


def copied(ago: timedelta) -> AuditEntry:
    return AuditEntry(at=NOON - ago, action=backup.MADE, subject="school", details={})


class TestByTheDatabase:
    async def test_a_bot_that_is_well(
        self, command: Command, database: Database, capsys: pytest.CaptureFixture[str]
    ) -> None:
        await left(database, Heartbeat(id=1, at=NOON - timedelta(seconds=40)), copied(timedelta(hours=9)))
        assert await command() == 0
        out = capsys.readouterr().out
        assert out.startswith("ok: last sign of life 40 s ago, 0 messages are due, ")
        assert out.endswith(" GB are free, the last copy is 9 h old\n") and out.count("\n") == 1

    async def test_one_that_is_not(
        self, command: Command, database: Database, capsys: pytest.CaptureFixture[str]
    ) -> None:
        began = NOON - timedelta(hours=4)
        await left(
            database,
            Heartbeat(id=1, at=NOON - timedelta(hours=3)),
            Alarm(name="tick:backup", since=began, told_at=began),
            Alarm(name="outbox", since=None, told_at=began),
            copied(timedelta(days=3)),
            copied(timedelta(days=-30)),  # by a clock that was ahead
            InboxUpdate(update_id=1, chat_id=5, received_at=began),
        )
        assert await command() == 1
        assert capsys.readouterr().err.splitlines() == [
            "no sign of life for 3 h; the bot does not run, or stands still",
            "tick backup: in trouble for 4 h",
            "warning: inbox: the oldest update has waited for 4 h",
            "warning: backup: no copy was made last night, the last is 3 days old",
        ]

    async def test_one_that_has_never_run(
        self, command: Command, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert await command() == 1
        assert capsys.readouterr().err == "the bot has not run on this database yet\n"
        monkeypatch.setenv("SCHOOLBOT_DATABASE__URL", "sqlite+aiosqlite:///data/none.db")
        assert await command() == 1
        assert capsys.readouterr().err == "data/none.db: there is no database; the bot has not run here yet\n"
        assert files() == []

    async def test_a_file_that_is_no_database(
        self,
        torn: None,
        command: Command,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("SCHOOLBOT_DATABASE__URL", "sqlite+aiosqlite:///torn.db")
        assert await command() == 1
        assert capsys.readouterr().err == "database.url: file is not a database\n"

    @pytest.fixture
    def torn(self, command: Command) -> None:
        Path("torn.db").write_bytes(b"\x77" * 5000)


class TestByHttp:
    async def test_says_what_the_bot_says(
        self,
        monitor: Monitor,
        command: Command,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("SCHOOLBOT_HTTP__PORT", monitor.address.rpartition(":")[2])
        monkeypatch.setenv("SCHOOLBOT_HTTP__HOST", "0.0.0.0")
        assert await command() == 0
        assert capsys.readouterr().out == "ok\n"
        monitor.watch.expect("risk")
        for _ in range(3):
            monitor.watch.tick_ended("risk", failed=True)
        assert await command() == 1
        assert capsys.readouterr().err == "tick risk: failed 3 times in a row\n"

    async def test_nobody_answers(
        self, command: Command, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        port = free_port()
        monkeypatch.setenv("SCHOOLBOT_HTTP__PORT", str(port))
        assert await command() == 1
        assert capsys.readouterr().err == (
            f"http: 127.0.0.1, port {port}: no answer (Connection refused); the bot does not run, or hangs\n"
        )
