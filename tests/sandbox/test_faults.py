"""What goes wrong on purpose, the limits, the clock, and mistakes of the people side."""

import asyncio
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from tests.sandbox.conftest import Sides


async def test_faults_that_are_answers(sides: Sides) -> None:
    await sides.person("faults", kind="429", method="send*", count=2, retry_after=9)
    await sides.person("faults", kind="500", method="getMe")
    await sides.person("faults", kind=403, method="sendMessage", chat_id=7)
    assert await sides.call("sendMessage", chat_id=7, text="x") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 9",
        "parameters": {"retry_after": 9},
    }
    assert (await sides.call("sendChatAction", chat_id=7, action="typing"))["error_code"] == 429
    assert (await sides.call("getMe"))["error_code"] == 500
    assert (await sides.call("getMe"))["ok"]
    assert (await sides.call("sendMessage", chat_id=8, text="x"))["error_code"] == 400
    assert (await sides.call("sendMessage", chat_id=7, text="x"))["error_code"] == 403
    assert (await sides.look("state"))["faults"] == []
    await sides.says()
    assert len((await sides.look("users/7/messages"))["messages"]) == 1


@pytest.mark.parametrize(("kind", "delivered"), [("drop", 0), ("drop_after", 1)])
async def test_a_cut_connection(sides: Sides, kind: str, delivered: int) -> None:
    await sides.person("faults", kind=kind, method="sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await sides.says()
    assert len((await sides.look("users/7/messages"))["messages"]) == delivered
    await sides.says()


@pytest.mark.parametrize(("kind", "delivered"), [("timeout", 0), ("timeout_after", 1)])
async def test_no_answer(sides: Sides, kind: str, delivered: int) -> None:
    await sides.person("faults", kind=kind, method="sendMessage")
    call = asyncio.create_task(sides.says())
    while not (await sides.look("calls")):
        pass
    assert not call.done()
    assert len((await sides.look("users/7/messages"))["messages"]) == delivered
    call.cancel()


async def test_a_slow_answer(sides: Sides) -> None:
    await sides.person("faults", kind="slow", method="sendMessage", seconds=0.05)
    started = asyncio.get_running_loop().time()
    await sides.says()
    assert asyncio.get_running_loop().time() - started >= 0.05


async def test_faults_can_be_taken_back(sides: Sides) -> None:
    await sides.person("faults", kind="500", count=5)
    async with sides.http.delete(f"{sides.base}sandbox/faults") as response:
        assert await response.json() == []
    await sides.says()


async def test_limits(sides: Sides) -> None:
    await sides.person("limits", per_second=2, per_chat_per_second=1)
    await sides.person("users", id=8, first_name="Борис", started=True)
    await sides.person("users", id=9, first_name="Вера", started=True)
    calls = [await sides.call("sendMessage", chat_id=chat, text="x") for chat in (7, 7, 8, 9)]
    assert [body.get("error_code") for body in calls] == [None, 429, None, 429]
    assert calls[1]["parameters"] == {"retry_after": 1}
    assert (await sides.look("state"))["limits"]["refused"] == 2


async def test_the_log_of_calls(sides: Sides) -> None:
    await sides.says("hello")
    await sides.refusal("sendMessage", chat_id=8, text="x")
    first, second = await sides.look("calls")
    assert (first["n"], first["method"], first["ok"]) == (1, "sendMessage", True)
    assert first["params"] == {"chat_id": 7, "text": "hello"}
    assert (second["error_code"], second["description"]) == (400, "Bad Request: chat not found")
    assert await sides.look("calls?after=1") == [second]
    assert (await sides.look("state"))["calls"] == {"sendMessage": 2}


async def test_the_clock(sides: Sides, tmp_path: Path) -> None:
    file = tmp_path / "clock"
    moment = datetime.fromisoformat("2027-01-11T09:00:00+06:00")
    clock = await sides.person("clock", at=moment.isoformat())
    assert float(file.read_text()) == clock["offset_seconds"]
    sent = await sides.says()
    assert 0 <= sent["date"] - moment.timestamp() + 1 < 30
    await sides.person("clock", offset_seconds=-3600)
    assert float(file.read_text()) == -3600
    assert (await sides.look("clock"))["offset_seconds"] == -3600
    assert "time zone" in await sides.mistake("clock", at="2027-01-11T09:00:00")
    assert "no moment" in await sides.mistake("clock", at="tomorrow")


async def test_what_changed_in_a_chat(sides: Sides) -> None:
    first = await sides.says("a")
    answer = await sides.look("users/7/messages")
    assert [m["text"] for m in answer["messages"]] == ["a"]
    waiting = asyncio.create_task(sides.look(f"users/7/messages?after={answer['next']}&timeout=30"))
    await sides.result("editMessageText", chat_id=7, message_id=first["message_id"], text="b")
    changed = await waiting
    assert [(m["text"], m["edits"]) for m in changed["messages"]] == [("b", 1)]
    assert (await sides.look(f"users/7/messages?after={changed['next']}"))["messages"] == []


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("users", {}, "'first_name' is missing"),
        ("users", {"first_name": "x", "id": -1}, "positive whole number"),
        ("users", {"first_name": "x", "age": 5}, "a person has no 'age'"),
        ("users", {"first_name": 5}, "'first_name' must be str"),
        ("users", {"first_name": "x", "username": 5}, "'username' must be str"),
        ("users/8/send", {"text": "x"}, "there is no person 8"),
        ("users/7/send", {}, "nothing to send"),
        ("users/7/send", {"text": " "}, "empty text"),
        ("users/7/send", {"photo": "%%%"}, "must be base64"),
        ("users/7/send", {"text": "x", "reply_to": 99}, "no message 99"),
        ("users/7/send", {"media_group": [{"photo": True}]}, "must be 2 to 10"),
        ("users/7/react", {"message_id": 99}, "no message 99"),
        ("faults", {"kind": "earthquake"}, "no fault is called 'earthquake'"),
        ("faults", {"kind": "500", "colour": "red"}, "a fault has no 'colour'"),
        ("faults", {"kind": "500", "count": "many"}, "'count' must be int"),
        ("clock", {}, "say 'at' or"),
    ],
)
async def test_mistakes(sides: Sides, path: str, body: dict[str, object], words: str) -> None:
    assert words in await sides.mistake(path, **body)
