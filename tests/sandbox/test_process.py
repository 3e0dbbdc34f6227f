"""`python -m sandbox` as a process of its own."""

import asyncio
import signal
import sys
from pathlib import Path

import aiohttp

from tests.processes import fork

ROOT = Path(__file__).parent.parent.parent


async def start(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", *arguments),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_serves_and_ends(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text("86400")
    process = await start("--token", "5:X", "--username", "some_bot", "--clock-file", str(file), "--limits")
    assert process.stdout
    async with asyncio.timeout(30), aiohttp.ClientSession() as http:
        line = (await process.stdout.readline()).decode()
        assert line.startswith("sandbox: http://127.0.0.1:")
        address = line.split()[1]
        async with http.get(f"{address}bot5:X/getMe") as response:
            me = (await response.json())["result"]
        assert (me["id"], me["username"]) == (5, "some_bot")
        async with http.get(f"{address}sandbox/state") as response:
            state = await response.json()
        assert state["clock"]["offset_seconds"] == 86400
        assert state["limits"]["per_second"] == 30
        async with http.get(address) as response:
            page = await response.text()
        assert response.content_type == "text/html"
        assert "innerHTML" not in page and "http://" not in page and "https://" not in page
        log = tmp_path / "again.log"
        again, out = fork("sandbox", "--port", address.rsplit(":", 1)[1].strip("/"), cwd=tmp_path, log=log)
        await asyncio.to_thread(again.join)
        out.close()
        problem = log.read_text()
        assert again.exitcode == 1 and "cannot listen" in problem and "Traceback" not in problem
        process.send_signal(signal.SIGTERM)
        _, said = await process.communicate()
        assert (process.returncode, said) == (0, b"")


async def test_a_token_that_is_none() -> None:
    process = await start("--token", "nonsense")
    async with asyncio.timeout(30):
        _, said = await process.communicate()
    assert process.returncode == 2 and b"--token" in said
