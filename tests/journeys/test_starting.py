"""The bot as a process: how it starts, how it refuses to, how it ends."""

import asyncio
from pathlib import Path

import pytest

from tests.journeys.world import TOKEN, World
from tests.processes import PATIENCE, begin, fork
from tests.servers import free_port

DIRECTOR = 1


async def test_sigterm_finishes_what_is_in_hand(world: World) -> None:
    world.environment["SCHOOLBOT_HTTP__PORT"] = str(free_port())
    world.run()
    person = await world.person(DIRECTOR, "Гость")
    await person.starts()
    await person.sees("нужно приглашение")
    assert world.command("health") == (0, "ok\n")
    sent = await world.call("POST", f"users/{DIRECTOR}/send", text="/help")
    assert world.process
    async with asyncio.timeout(10):
        assert await world.terminate() == 0
    assert "stopped" in await world.check_log()
    assert world.command("health") == (1, "") and "the bot does not run" in world.log.read_text()
    # What had not been taken in when the signal came is there for the next start.
    world.run()
    await person.sees("бот", after=sent["message_id"])
    # The first process may have said that: what comes now the second one answers.
    await person.says("/menu", "приглашение")
    assert await world.terminate() == 0


async def test_a_token_that_telegram_refuses(world: World) -> None:
    world.run(SCHOOLBOT_TELEGRAM__TOKEN="4242:ANOTHER-TOKEN")
    assert await world.ended() == 2
    said = world.log.read_text()
    assert "telegram.token: Telegram refuses this token" in said
    assert "ANOTHER-TOKEN" not in said


async def test_no_network_at_start(tmp_path: Path) -> None:
    """The bot waits for Telegram, says so, and can be stopped meanwhile."""
    tries: list[None] = []
    persistent = asyncio.Event()

    def cut(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # First a page as of a hotel's portal, then nothing at all.
        if not tries:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nWelcome")
        writer.close()
        tries.append(None)
        if len(tries) == 3:  # it does not give up
            persistent.set()

    server = await asyncio.start_server(cut, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    log = tmp_path / "bot.log"
    process, out = fork(
        "bot",
        "run",
        cwd=tmp_path,
        log=log,
        SCHOOLBOT_TELEGRAM__TOKEN=TOKEN,
        SCHOOLBOT_TELEGRAM__API_BASE=f"http://127.0.0.1:{port}",
    )
    out.close()
    try:
        async with asyncio.timeout(PATIENCE):
            await persistent.wait()
        process.terminate()
        await asyncio.to_thread(process.join, PATIENCE)
        assert process.exitcode == 0
    finally:
        server.close()
        process.kill()
        await asyncio.to_thread(process.join)
    text = log.read_text()
    assert "no connection to Telegram yet" in text
    assert "Traceback" not in text and TOKEN not in text


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ('[telegram]\ntokn = "1:abc"\n', "config.toml, telegram.tokn: unknown key; did you mean 'token'?"),
        ('[telegram]\ntoken = "no token"\n', "config.toml, telegram.token: a token looks like"),
        ("", "config.toml, telegram.token: is missing; take it from @BotFather"),
        (
            '[telegram]\ntoken = "1:abc"\n[redis]\nurl = "redis://127.0.0.1:1/0"\n',
            "config.toml, redis.url: Redis does not answer (ConnectionError); start it, or mend",
        ),
    ],
)
async def test_a_wrong_configuration(tmp_path: Path, config: str, words: str) -> None:
    (tmp_path / "config.toml").write_text(config)
    log = tmp_path / "log"
    process = begin("bot", "run", cwd=tmp_path, log=log)
    out, _ = await asyncio.to_thread(process.communicate, timeout=PATIENCE)
    assert (process.returncode, out) == (2, "")
    (line,) = log.read_text().splitlines()
    assert words in line
