"""By way of a proxy: a real one on loopback, the sandbox behind it; what is said when nothing passes."""

import asyncio
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from structlog.testing import capture_logs

from bot import app
from bot.app import make_bot
from bot.config import Settings
from bot.proxy import why
from sandbox import USERNAME
from sandbox.server import Sandbox
from tests.servers import free_port

TOKEN = "4242:A-TOKEN-THAT-NO-LOG-MAY-SHOW"
USER, PASSWORD = "school", "p@ss:word"
# A name that nobody but the proxy knows.
HOST = "telegram.invalid"


class Proxy:
    """A small SOCKS5 and HTTP proxy that asks for a password and leads everything to one port of loopback."""

    def __init__(self, behind: int) -> None:
        self.behind = behind
        self.asked: list[str] = []
        self.port = 0

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Proxy"]:
        async with await asyncio.start_server(self._serve, "127.0.0.1", 0) as server:
            self.port = server.sockets[0].getsockname()[1]
            yield self

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.readexactly(1)
        lets = await (self._socks5(reader, writer) if first == b"\x05" else self._http(reader, writer))
        if lets:
            behind = await asyncio.open_connection("127.0.0.1", self.behind)
            await asyncio.gather(_pump(reader, behind[1]), _pump(behind[0], writer))
        writer.close()

    async def _socks5(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        await reader.readexactly((await reader.readexactly(1))[0])
        writer.write(b"\x05\x02")  # a name and a password, please
        await reader.readexactly(1)
        given = [await reader.readexactly((await reader.readexactly(1))[0]) for _ in ("name", "password")]
        granted = given == [USER.encode(), PASSWORD.encode()]
        writer.write(b"\x01" + (b"\x00" if granted else b"\x01"))
        if granted:
            kind = (await reader.readexactly(4))[3]
            assert kind == 3, "the name is to be resolved here"
            self.asked.append((await reader.readexactly((await reader.readexactly(1))[0])).decode())
            await reader.readexactly(2)
            writer.write(b"\x05\x00\x00\x01" + bytes(6))
        return granted

    async def _http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
        headers = dict(line.split(": ", 1) for line in lines[1:] if line)
        _, _, given = headers.get("Proxy-Authorization", "").partition("Basic ")
        granted = b64decode(given).decode() == f"{USER}:{PASSWORD}"
        if granted:
            self.asked.append(lines[0].split()[1].partition(":")[0])
        answer = b"200 Connection established" if granted else b"407 Proxy Authentication Required"
        writer.write(b"HTTP/1.1 " + answer + b"\r\n\r\n")
        return granted


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while some := await reader.read(65536):
            writer.write(some)
        writer.close()


@asynccontextmanager
async def by_way_of(proxy: str) -> AsyncIterator[Bot]:
    telegram = {"token": TOKEN, "proxy": proxy, "api_base": f"http://{HOST}"}
    bot = make_bot(Settings.model_validate({"telegram": telegram}))
    try:
        yield bot
    finally:
        await bot.session.close()


@pytest.mark.parametrize("scheme", ["socks5", "http"])
async def test_telegram_is_reached_by_way_of_it(scheme: str, tmp_path: Path) -> None:
    sandbox = Sandbox(token=TOKEN, clock_file=tmp_path / "clock")
    port = urlsplit(await sandbox.start()).port
    assert port
    try:
        async with Proxy(port).listening() as proxy:
            address = f"{scheme}://{USER}:{quote(PASSWORD)}@127.0.0.1:{proxy.port}"
            async with by_way_of(address) as bot:
                assert (await bot.get_me()).username == USERNAME
        assert proxy.asked == [HOST]
    finally:
        await sandbox.stop()


async def refused(address: str) -> str:
    async with by_way_of(address) as bot:
        with pytest.raises(TelegramNetworkError) as caught:
            await bot.get_me()
    assert PASSWORD not in str(caught.value) and TOKEN not in str(caught.value)
    return why(caught.value)


@pytest.mark.parametrize(
    ("scheme", "words"),
    [
        ("socks5", "refuses: Username and password authentication failure"),
        ("http", "refuses: 407 Proxy Authentication Required"),
    ],
)
async def test_a_wrong_password_is_said(scheme: str, words: str) -> None:
    async with Proxy(0).listening() as proxy:
        said = await refused(f"{scheme}://{USER}:wrong@127.0.0.1:{proxy.port}")
    assert said == f"telegram.proxy, 127.0.0.1:{proxy.port}, {words}"
    assert proxy.asked == []


@pytest.mark.parametrize("answer", [b"", b"\x05", b"nonsense\r\n\r\n"])
async def test_another_program_is_there(answer: bytes) -> None:
    """Whatever it says, the bot tries again and does not end."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(answer)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        for scheme in ("socks5", "http"):
            said = await refused(f"{scheme}://127.0.0.1:{port}")
            assert said.startswith(f"telegram.proxy, 127.0.0.1:{port}, ")


async def test_what_the_log_says_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not given up: the proxy may come up later than the bot."""
    nobody = free_port()

    class Paused(Exception):
        pass

    async def sleep(_: float) -> None:
        raise Paused

    async with by_way_of(f"socks5://{USER}:{quote(PASSWORD)}@127.0.0.1:{nobody}") as bot:
        with capture_logs() as logs, monkeypatch.context() as patch, pytest.raises(Paused):
            patch.setattr(asyncio, "sleep", sleep)
            await app._connect(bot)
    assert [line["error"] for line in logs] == [f"telegram.proxy, 127.0.0.1:{nobody}, does not answer"]
    assert PASSWORD not in str(logs) and TOKEN not in str(logs)


async def test_without_a_proxy_the_reason_is_said_too() -> None:
    nobody = free_port()
    telegram = {"token": TOKEN, "api_base": f"http://127.0.0.1:{nobody}"}
    bot = make_bot(Settings.model_validate({"telegram": telegram}))
    with pytest.raises(TelegramNetworkError) as caught:
        await bot.get_me()
    await bot.session.close()
    assert why(caught.value).startswith(f"127.0.0.1:{nobody}: ") and TOKEN not in why(caught.value)
