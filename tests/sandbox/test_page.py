"""The page: what it is made of, and what the sandbox tells it."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import aiohttp
import pytest

from sandbox.clock import Clock
from sandbox.server import STATIC
from sandbox.tour import Tours
from tests.sandbox.conftest import Sides, keyboard

TYPES = {".html": "text/html", ".css": "text/css", ".js": "application/javascript", ".svg": "image/svg+xml"}
FILES = sorted(STATIC.iterdir())


class TestFiles:
    @pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
    def test_takes_nothing_from_elsewhere_and_makes_no_markup_of_words(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        addresses = set(re.findall(r"https?://[^\s\"'`)]+", text))
        assert addresses <= {"http://www.w3.org/2000/svg"}
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\.cssText", text
        )
        assert not re.search(r"<script>|<style|\son\w+=\"|style=\"", text), (
            "the policy forbids what stands inline"
        )

    async def test_are_served_as_what_they_are(self, sides: Sides) -> None:
        for path in FILES:
            async with sides.http.get(f"{sides.base}static/{path.name}") as response:
                assert (response.status, response.content_type) == (200, TYPES[path.suffix])
        async with sides.http.get(sides.base) as response:
            policy = response.headers["Content-Security-Policy"]
            page = await response.text()
        assert "default-src 'none'" in policy and "unsafe" not in policy
        named = set(re.findall(r"/static/([\w.]+)", page))
        assert named == {"icon.svg", "page.css", "page.js"}

    def test_nothing_beside_them_is_served(self) -> None:
        assert {path.suffix for path in FILES} == set(TYPES)

    def test_both_languages_have_the_same_words(self) -> None:
        russian, english = (STATIC / "words.js").read_text(encoding="utf-8").split("const EN")
        keys = [
            re.findall(r'"([\w-]+)": (?:"|\w+ =>|\(\w+, \w+\) =>)', words) for words in (russian, english)
        ]
        assert keys[0] == keys[1] and len(keys[0]) > 100

    def test_every_word_that_is_asked_for_is_there(self) -> None:
        words = (STATIC / "words.js").read_text(encoding="utf-8")
        for path in STATIC.glob("*.js"):
            for key in re.findall(r'\bt\("([\w-]+)"[,)]', path.read_text(encoding="utf-8")):
                assert f'"{key}":' in words, f"{path.name} asks for {key}"


@asynccontextmanager
async def stream(sides: Sides) -> AsyncIterator[Any]:
    """The page's stream: a function that gives the next event."""
    async with sides.http.get(f"{sides.base}sandbox/stream", timeout=aiohttp.ClientTimeout(10)) as response:
        assert response.content_type == "text/event-stream"

        async def event() -> Any:
            while not (line := await response.content.readline()).startswith(b"data: "):
                assert line, "the stream has ended"
            return json.loads(line.removeprefix(b"data: "))

        yield event


class TestStream:
    async def test_tells_the_whole_world_then_what_changes(self, sides: Sides) -> None:
        await sides.says("before")
        async with stream(sides) as event:
            first = await event()
            assert first["whole"] and first["bot"]["is_bot"] and first["clock"]["zone"] == "UTC"
            assert [message["text"] for message in first["messages"]] == ["before"]
            assert [person["first_name"] for person in first["people"]] == ["Анна"]
            sent = await sides.says("after")
            second = await event()
            assert [message["text"] for message in second["messages"]] == ["after"]
            assert "whole" not in second and "people" not in second
            await sides.result("deleteMessage", chat_id=7, message_id=sent["message_id"])
            [gone] = (await event())["messages"]
            assert gone["deleted"]

    async def test_tells_of_people_faults_and_the_clock(self, sides: Sides) -> None:
        async with stream(sides) as event:
            await event()
            await sides.person("users/7/block")
            assert [person["blocked"] for person in (await event())["people"]] == [True]
            await sides.person("faults", kind="drop", count=5)
            assert (await event())["faults"] == ["drop"]
            await sides.person("clock", offset_seconds=3600)
            assert (await event())["clock"]["offset_seconds"] == 3600
            await sides.person(
                "users", first_name="Олег", group="guardians", about="Маша, 5А", slip="https://t.me/b"
            )
            [added] = (await event())["people"]
            assert (added["group"], added["about"], added["started"]) == ("guardians", "Маша, 5А", False)

    async def test_tells_which_messages_the_bot_has_taken(self, sides: Sides) -> None:
        async with stream(sides) as event:
            await event()
            await sides.person("users/7/send", text="hello")
            [message] = (await event())["messages"]
            assert message["update_id"] > 0
            await sides.result("getUpdates", offset=message["update_id"] + 1)
            assert (await event())["taken"] > message["update_id"]

    async def test_ends_with_the_sandbox(self, sides: Sides) -> None:
        async with stream(sides) as event:
            await event()
            await sides.sandbox.stop()
            with pytest.raises((AssertionError, aiohttp.ClientError)):
                await event()

    async def test_shows_the_menu_of_commands_and_the_keyboard(self, sides: Sides) -> None:
        async with stream(sides) as event:
            await event()
            commands = [{"command": "help", "description": "Help"}]
            await sides.result("setMyCommands", commands=commands)
            assert (await event())["people"][0]["commands"] == commands
            reply = {"keyboard": [[{"text": "Yes"}]]}
            await sides.result("sendMessage", chat_id=7, text="?", reply_markup=reply)
            assert (await event())["people"][0]["keyboard"]["keyboard"] == [[{"text": "Yes"}]]
            await sides.result("sendMessage", chat_id=7, text="!", reply_markup=keyboard("a"))
            assert "people" not in await event()


class TestTours:
    @pytest.fixture
    def tours(self, sides: Sides, tmp_path: Path) -> Tours:
        file = tmp_path / "tour.toml"
        words = 'title = { ru = "раз" }\nhint = { ru = "два" }'
        steps = ['["says:/note"]', '["press:a:*"]', '["clock:"]']
        told = "\n".join(f"[[tours.steps]]\n{words}\nwhen = {when}" for when in steps)
        file.write_text(f'[[tours]]\nname = {{ ru = "Учитель" }}\ngroup = "teachers"\nperson = 7\n{told}')
        sides.sandbox.world.tours = Tours(file)
        return sides.sandbox.world.tours

    async def test_steps_are_done_by_what_those_of_the_group_do(self, sides: Sides, tours: Tours) -> None:
        async def done() -> list[bool]:
            [tour] = await sides.look("tours")
            return [step["done"] for step in tour["steps"]]

        async def everything() -> None:
            await sides.person("users/7/send", text="/note")
            sent = await sides.result("sendMessage", chat_id=7, text="?", reply_markup=keyboard("a:1"))
            await sides.person("users/7/press", message_id=sent["message_id"], data="a:1", wait=0)

        await everything()
        assert await done() == [False, False, False], "of no group"
        await sides.person("users", id=7, first_name="Анна", group="teachers")
        await everything()
        assert await done() == [True, True, False]
        await sides.person("clock", offset_seconds=60)
        assert await done() == [True, True, True]
        await sides.person("tours")
        assert await done() == [False, False, False]

    async def test_the_page_is_told(self, sides: Sides, tours: Tours) -> None:
        await sides.person("users", id=7, first_name="Анна", group="teachers")
        async with stream(sides) as event:
            [tour] = (await event())["tours"]
            assert tour["name"] == {"ru": "Учитель"} and not any(step["done"] for step in tour["steps"])
            await sides.person("users/7/send", text="/note")
            assert [step["done"] for step in (await event())["tours"][0]["steps"]] == [True, False, False]


class TestQr:
    async def test_is_a_picture_of_the_text(self, sides: Sides) -> None:
        async with sides.http.get(
            f"{sides.base}sandbox/qr", params={"text": "https://t.me/b?start=x"}
        ) as response:
            assert (response.status, response.content_type) == (200, "image/svg+xml")
            assert ElementTree.fromstring(await response.text()).tag.endswith("svg")

    async def test_refuses_what_no_code_holds(self, sides: Sides) -> None:
        async with sides.http.get(f"{sides.base}sandbox/qr", params={"text": "x" * 4000}) as response:
            assert response.status == 400


class TestJumps:
    @pytest.mark.parametrize(
        ("now", "jumps"),
        [
            (
                "2026-11-26T08:30:00+06:00",  # a Thursday
                {
                    "hour": "2026-11-26T09:30:00+06:00",
                    "evening": "2026-11-26T19:00:00+06:00",
                    "working_day": "2026-11-26T09:00:00+06:00",
                    "monday": "2026-11-30T09:00:00+06:00",
                    "september": "2027-09-01T09:00:00+06:00",
                },
            ),
            (
                "2026-08-28T20:00:00+06:00",  # a Friday
                {
                    "hour": "2026-08-28T21:00:00+06:00",
                    "evening": "2026-08-29T19:00:00+06:00",
                    "working_day": "2026-08-31T09:00:00+06:00",
                    "monday": "2026-08-31T09:00:00+06:00",
                    "september": "2026-09-01T09:00:00+06:00",
                },
            ),
        ],
    )
    def test_are_the_next_of_their_kind(
        self, now: str, jumps: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        clock = Clock(zone="Asia/Omsk")
        monkeypatch.setattr(clock, "now", lambda: int(datetime.fromisoformat(now).timestamp()))
        assert clock.jumps() == jumps


async def test_a_file_is_never_taken_for_more_than_it_is(sides: Sides) -> None:
    sent = await sides.person("users/7/send", document="PHNjcmlwdD4=", name="page.html")
    async with sides.http.get(f"{sides.base}sandbox/files/{sent['document']['file_id']}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
