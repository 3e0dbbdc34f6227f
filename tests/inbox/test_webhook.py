"""Where Telegram delivers to: nothing without the secret, nothing told 200 before it is stored."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from io import BytesIO
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from bot.db import inbox
from bot.db.base import Database
from bot.db.inbox import InboxUpdate
from bot.updates import SIZE_MAX
from bot.web.webhook import SECRET_HEADER, application
from tests.chat import Telegram
from tests.school import DIRECTOR, School

SECRET = "s3cret-s3cret-s3cret"
RIGHT = {SECRET_HEADER: SECRET}

Client = TestClient[Any, Any]


@pytest.fixture
async def client(telegram: Telegram) -> AsyncIterator[Client]:
    async with TestClient(TestServer(application("/hook", SECRET, telegram.intake.take))) as client:
        yield client


def menu(telegram: Telegram, update_id: int = 700) -> dict[str, Any]:
    return {"update_id": update_id, "message": telegram.chat(DIRECTOR)._message("/menu")}


async def stored(database: Database) -> Sequence[int]:
    async with database.read() as session:
        return (await session.scalars(select(InboxUpdate.update_id))).all()


async def test_what_is_delivered_is_stored_handled_and_answered_once(
    client: Client, telegram: Telegram, school: School, database: Database
) -> None:
    update = menu(telegram)
    answers = await asyncio.gather(*(client.post("/hook", json=update, headers=RIGHT) for _ in range(3)))
    assert [answer.status for answer in answers] == [200] * 3
    assert [await answer.read() for answer in answers] == [b""] * 3
    assert await stored(database) == [700]
    await telegram.intake.idle()
    assert [seen.text for seen in telegram.chat(DIRECTOR).messages] == ["Чем помочь?"]


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b'{"update_id": 1}', 401),
        ({SECRET_HEADER: ""}, b'{"update_id": 1}', 401),
        ({SECRET_HEADER: SECRET[:-1]}, b'{"update_id": 1}', 401),
        ({SECRET_HEADER: "ключ"}, b'{"update_id": 1}', 401),
        (RIGHT, b"", 400),
        (RIGHT, b"{", 400),
        (RIGHT, b"\xff", 400),
        (RIGHT, b"[" * 100_000, 400),
        (RIGHT, b'{"update_id": "1"}', 400),
        (RIGHT, b'{"update_id": 1' + b"0" * 30 + b"}", 400),
        (RIGHT, b" " * (SIZE_MAX + 1), 413),
        (RIGHT, b'{"update_id": 1, "new_in_2030": {}}', 200),  # let go: Telegram would repeat it for a day
    ],
)
async def test_what_is_refused_leaves_nothing(
    client: Client,
    database: Database,
    capsys: pytest.CaptureFixture[str],
    headers: dict[str, str],
    body: bytes,
    status: int,
) -> None:
    answer = await client.post("/hook", data=BytesIO(body), headers=headers)
    assert answer.status == status
    assert SECRET not in await answer.text()
    assert await stored(database) == []
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err and SECRET not in said.out + said.err


async def test_no_other_address_and_no_other_method(client: Client) -> None:
    assert (await client.post("/", json={"update_id": 1}, headers=RIGHT)).status == 404
    assert (await client.get("/hook", headers=RIGHT)).status == 405


async def test_what_cannot_be_stored_is_repeated_by_telegram(
    client: Client,
    telegram: Telegram,
    school: School,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """All that were to be stored in one commit are refused, not only the one that wrote for them."""

    async def fails(*_: Any) -> None:
        await asyncio.sleep(0)
        raise OSError("the disk is full, says Маша")

    with monkeypatch.context() as patch:
        patch.setattr(inbox, "store", fails)
        updates = [menu(telegram, number) for number in range(700, 705)]
        answers = await asyncio.gather(*(client.post("/hook", json=u, headers=RIGHT) for u in updates))
    assert [answer.status for answer in answers] == [500] * 5
    assert "Маша" not in capsys.readouterr().out
    assert await stored(database) == []
    for update in updates:
        assert (await client.post("/hook", json=update, headers=RIGHT)).status == 200
    await telegram.intake.idle()
    assert len(telegram.chat(DIRECTOR).messages) == 5
