"""Logs carry ids and no personal data or secrets. What of a journey its log shows is looked up at its end.

See World.check_log in tests/journeys; here is shown that it would be found.
"""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from io import StringIO
from pathlib import Path

import aiohttp
import pytest
import structlog
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendMessage

from bot import log
from bot.cli import main
from bot.config import Settings
from bot.db import outbox
from bot.db.base import Database
from bot.db.outbox import Letter
from bot.delivery import _unquoted
from bot.scheduler import Context, run_tick
from tests.chat import Telegram
from tests.fixtures import NOON
from tests.journeys import secrets
from tests.journeys.secrets import leaks
from tests.journeys.world import TOKEN, Person, World
from tests.school import DIRECTOR, MASHA_MOTHER, School

Logged = Callable[[], list[dict[str, object]]]

SAID = ["Маша решила все задачи", "Лебедева Ирина Олеговна"]
CODE, PERSON = "Zk3_fW-9aQ1bXyT0", 7_000_000_011


class TestWhatIsFound:
    @pytest.mark.parametrize(
        ("line", "found"),
        [
            ("[error] update failed error_id=5f2a update_id=17", set()),
            ("name='Лебедева'", {"лебедева", "Лебедева"}),
            ('{"text": "РЕШИЛА"}', {"решила", "РЕШИЛА"}),
            ("name='Ян'", {"Ян"}),  # whoever it is
            (f"https://t.me/bot?start={CODE}", {CODE}),
            ("error='name ***'", {"***"}),
        ],
    )
    def test_names_words_codes_and_what_was_masked(self, line: str, found: set[str]) -> None:
        assert leaks(line, SAID, [CODE]) == found

    def test_settings_that_are_secret(self) -> None:
        environment = {
            "SCHOOLBOT_TELEGRAM__TOKEN": "42:ABC",
            "SCHOOLBOT_BACKUP__PASSPHRASE": "four words",
            "SCHOOLBOT_BACKUP__KEEP": "3",
            "SCHOOLBOT_DATABASE__URL": "postgresql+asyncpg://bot:p%40ss@host/db",
        }
        found = set(secrets.secret_settings(environment))
        assert found == {"42:ABC", "ABC", "four words", "p@ss"}

    def test_codes_and_telephones_in_messages(self) -> None:
        keyboard = {"inline_keyboard": [[{"url": f"https://t.me/bot?start={CODE}"}]]}
        messages: list[dict[str, object]] = [
            {"reply_markup": keyboard},
            {"text": "Звоните: +7 913 123-45-67"},
        ]
        assert set(secrets.secrets_in(messages)) == {CODE, "+7 913 123-45-67"}

    async def test_every_text_of_a_database(self, school: School, database: Database) -> None:
        async with database.write() as session:
            letter = Letter(school.people[DIRECTOR], "words", {"of": ["Пётр"]}, "key", NOON)
            await outbox.add(session, [letter], NOON)
            await session.commit()
        texts = await secrets.all_texts(database.url)
        assert {"Динер Н.М.", "Маша", "Пётр"} <= set(texts)


class TestAJourney:
    """Its log is checked at its end: by tests/journeys/conftest.py."""

    @pytest.fixture
    async def world(self, tmp_path: Path, database: Database, school: School) -> AsyncIterator[World]:
        async with aiohttp.ClientSession() as http:
            yield World(tmp_path, database.url, "", http)

    async def test_ids_are_no_leak(self, world: World) -> None:
        world.log.write_text("[debug] update kind=message outbox_id=7 result=done tick=risk update_id=17\n")
        assert "update_id=17" in await world.check_log()

    @pytest.mark.parametrize(
        "planted",
        ["name=Маша", "Дорогие родители", CODE, str(PERSON), TOKEN, "four words in no order", "Traceback"],
    )
    async def test_what_is_planted_is_found(self, world: World, planted: str) -> None:
        person = Person(world, PERSON)
        person.messages[1] = {"text": f"Дорогие родители! https://t.me/bot?start={CODE}"}
        world.people.append(person)
        world.environment["SCHOOLBOT_BACKUP__PASSPHRASE"] = "four words in no order"
        world.log.write_text(f"[info] all is well\n[error] it failed of={planted}\n")
        with pytest.raises(AssertionError):
            await world.check_log()


@pytest.fixture
def logged(settings: Settings) -> Iterator[Logged]:
    """What has been logged so far, at the most talkative level."""
    before, said = structlog.get_config(), StringIO()
    section = settings.log.model_copy(update={"format": "json"})
    log.configure(settings.model_copy(update={"log": section}), verbose=True)
    # Cached they would go on writing there in all other tests.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(said), cache_logger_on_first_use=False)
    yield lambda: [json.loads(line) for line in said.getvalue().splitlines()]
    structlog.configure(**before)


class TestLines:
    def test_what_nobody_should_have_logged_is_masked(self, logged: Logged) -> None:
        try:
            raise RuntimeError("Маша")
        except RuntimeError:
            structlog.get_logger().exception(
                "Лебедева", name="Маша, 5А", url="/bot42424:AAF-abcdefghijklmnopqrst/x"
            )
        (line,) = logged()
        del line["timestamp"]
        assert line == {"event": "***", "name": "***, 5***", "url": "/bot***/x", "level": "error"}

    async def test_an_update_has_its_number(self, telegram: Telegram, school: School, logged: Logged) -> None:
        chat = telegram.chat(DIRECTOR)
        await chat.says("/menu")
        await chat.forges("acc:999999999999999999999")
        lines = logged()
        assert [(line["event"], line["update_id"]) for line in lines] == [("update", 101), ("update", 102)]
        assert lines[0]["kind"] == "message" and lines[0]["result"] == "done"

    async def test_a_tick_has_its_name(self, context: Context, logged: Logged) -> None:
        async def fails(context: Context) -> None:
            structlog.get_logger().info("inside")
            raise RuntimeError("Маша")

        await run_tick("risk", fails, context)
        structlog.get_logger().info("outside")
        inside, failed, outside = logged()
        assert inside["tick"] == failed["tick"] == "risk" and "tick" not in outside
        assert str(failed["error"]).startswith("RuntimeError at scheduler/__init__.py:")

    async def test_a_message_has_its_number(
        self, telegram: Telegram, school: School, database: Database, logged: Logged
    ) -> None:
        async with database.write() as session:
            letters = [
                Letter(school.people[DIRECTOR], "health-disk", {"megabytes": 1, "needed": 2}, "good", NOON),
                Letter(school.people[MASHA_MOTHER], "health-disk", {"Маша": 1}, "bad", NOON),
            ]
            good, bad = (await outbox.add(session, letters, NOON)).values()
            await session.commit()
        await telegram.deliver()
        lines = [(line["event"], line["outbox_id"], line.get("result")) for line in logged()]
        assert sorted(lines, key=str) == sorted(
            [("message", good, "sent"), ("message failed", bad, None), ("message", bad, "failed")], key=str
        )


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ('can\'t parse entities: unsupported start tag "ivanova" at byte offset 5', "... at byte offset 5"),
        (
            f"inline keyboard button URL 'https://t.me/b?start={CODE}' is invalid: it's wrong",
            "button URL ...",
        ),
        ("message is too long", "message is too long"),
    ],
)
def test_what_telegram_quotes_of_a_message_is_not_logged(said: str, logged: str) -> None:
    words = _unquoted(TelegramBadRequest(SendMessage(chat_id=1, text="x"), f"Bad Request: {said}"))
    assert logged in words and "ivanova" not in words and CODE not in words


async def _falls(*_: object) -> None:
    raise RuntimeError("Лебедева Маша")


def test_a_bot_that_falls_does_not_quote_the_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error of the database quotes the row; as a traceback it would stand in the log."""
    before = structlog.get_config()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCHOOLBOT_TELEGRAM__TOKEN", "42:TEST")
    monkeypatch.setattr("bot.app.run", _falls)
    assert main(["run"]) == 1
    structlog.configure(**before)
    said = capsys.readouterr().err
    assert "stopped by an error" in said and "RuntimeError at" in said and "starting.py" in said
    assert not leaks(said, SAID, [])
