"""What is a trouble and what is not: rules, by clocks that stand still until they are moved."""

from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.app import TICKS
from bot.config import Settings
from bot.db import inbox
from bot.db.outbox import Depth
from bot.features import health
from bot.features.health import Room, troubles
from bot.texts import LANGUAGES, texts
from bot.ui.health import message_tick
from bot.watch import Watch
from tests.fixtures import NOON

ROOMY = Room(2, 1)
EMPTY = Depth(0, None, None)
ANSWERED = inbox.Depth(0, None)
LATE = NOON - timedelta(minutes=11)


class Seconds:
    """A clock of seconds that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def names(watch: Watch, depth: Depth = EMPTY, space: Room = ROOMY, came: inbox.Depth = ANSWERED) -> list[str]:
    return [trouble.name for trouble in troubles(watch, came, depth, space, NOON)]


class TestInbox:
    """Without Redis every update is put back, and every part gave signs of life: nobody was told."""

    waits = inbox.Depth(3, LATE)

    def test_updates_that_are_not_answered(self, watch: Watch, seconds: Seconds) -> None:
        watch.sign("Telegram")
        assert names(watch, came=self.waits) == []
        seconds.at += 119
        assert names(watch, came=self.waits) == []
        seconds.at += 1
        assert names(watch, came=self.waits) == ["inbox"]
        assert names(watch, came=inbox.Depth(3, NOON)) == []

    def test_what_a_restart_finds_and_soon_does_is_none(self, watch: Watch, seconds: Seconds) -> None:
        assert names(watch, came=self.waits) == []
        seconds.at += 20
        assert names(watch) == []
        seconds.at += 119
        assert names(watch, came=self.waits) == []

    def test_while_telegram_is_away_nothing_can_be_answered(self, watch: Watch, seconds: Seconds) -> None:
        watch.sign("Telegram")
        for _ in range(60):
            seconds.at += 60
            assert names(watch, came=self.waits) == []


class TestOutbox:
    def seen(self, watch: Watch, seconds: Seconds, depth: Depth, minutes: int = 11) -> list[str]:
        """What is found after the outbox has been seen so for some minutes."""
        for _ in range(minutes):
            names(watch, depth)
            seconds.at += 60
        return names(watch, depth)

    def test_a_message_that_is_tried_and_tried_is_stuck_whatever_else_goes_out(
        self, watch: Watch, seconds: Seconds
    ) -> None:
        tried = Depth(1, LATE, LATE)
        assert self.seen(watch, seconds, tried, 9) == []
        watch.delivered()
        seconds.at += 60
        assert names(watch, tried) == ["outbox"]

    def test_messages_that_nobody_tries_are_stuck(self, watch: Watch, seconds: Seconds) -> None:
        assert self.seen(watch, seconds, Depth(3, LATE, None), 9) == []
        assert self.seen(watch, seconds, Depth(3, LATE, None), 12) == ["outbox"]

    def test_a_long_queue_that_moves_is_not(self, watch: Watch, seconds: Seconds) -> None:
        for _ in range(60):
            watch.delivered()
            assert names(watch, Depth(3000, LATE, None)) == []
            seconds.at += 60

    def test_what_a_sleeping_machine_or_another_clock_makes_late_is_not(
        self, watch: Watch, seconds: Seconds
    ) -> None:
        assert self.seen(watch, seconds, Depth(9, LATE, LATE), 5) == []
        assert names(watch) == []  # and out they went
        assert self.seen(watch, seconds, Depth(9, LATE, LATE), 9) == []

    def test_nobody_can_be_told_while_telegram_is_away(self, watch: Watch, seconds: Seconds) -> None:
        watch.sign("Telegram")
        assert self.seen(watch, seconds, Depth(9, LATE, LATE), 60) == []
        assert "Telegram: no sign of life for 3600 s" in health.ailing(watch)
        watch.sign("Telegram")
        assert names(watch, Depth(9, LATE, LATE)) == []  # now they may go


class TestTicks:
    def test_three_failures_in_a_row(self, watch: Watch) -> None:
        watch.expect("backup", "risk")
        for failed in (True, True, False, True, True):
            watch.tick_ended("backup", failed=failed)
        assert names(watch) == [] and health.ailing(watch) == []
        watch.tick_ended("backup", failed=True)
        assert names(watch) == ["tick:backup"]
        assert health.ailing(watch) == ["tick backup: failed 3 times in a row"]
        watch.tick_ended("backup", failed=False)
        assert names(watch) == []

    def test_another_process_has_them_now(self, watch: Watch, seconds: Seconds) -> None:
        watch.expect("backup")
        watch.tick_begun("backup")
        watch.expect()
        watch.tick_ended("backup", failed=True)  # what was in hand
        seconds.at += 1000
        assert health.ailing(watch) == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_each_tick_has_its_words(self, language: str) -> None:
        for tick in TICKS:
            assert f"health-job-{tick}" not in message_tick(texts(language), {"tick": tick, "times": 3}).text


class TestDisk:
    def test_less_than_there_should_be(self, watch: Watch) -> None:
        assert names(watch, space=Room(499, 500)) == ["disk"]
        assert names(watch, space=Room(500, 500)) == []

    def test_where_there_is_least_and_a_copy_must_fit(
        self, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Usage(NamedTuple):
            free: int

        asked: list[Path] = []

        def usage(path: Path) -> Usage:
            asked.append(path)
            return Usage(700_000_000 - len(asked))

        monkeypatch.setattr("shutil.disk_usage", usage)
        place = tmp_path / "bot.db"
        backup = settings.backup.model_copy(update={"directory": str(tmp_path / "not" / "yet")})
        database = settings.database.model_copy(update={"url": f"sqlite+aiosqlite:///{place}"})
        settings = settings.model_copy(update={"backup": backup, "database": database})
        assert health.room(settings) == Room(699_999_998, 500_000_000)
        assert asked == [tmp_path, tmp_path]
        with place.open("wb") as file:
            file.truncate(900_000_000)  # takes no room
        assert health.room(settings).needed == 900_000_000
        # PostgreSQL's disk is its own; without copies there is nothing of the bot's here.
        database = settings.database.model_copy(update={"url": "postgresql+asyncpg://a@b/c"})
        backup = settings.backup.model_copy(update={"keep": 0})
        settings = settings.model_copy(update={"backup": backup, "database": database})
        assert health.room(settings) == Room(500_000_000, 500_000_000)
