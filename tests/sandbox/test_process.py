"""`python -m sandbox` as a process of its own."""

import asyncio
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.processes import PATIENCE, fork

ROOT = Path(__file__).parent.parent.parent


async def test_serves_and_ends(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text("86400")
    log = tmp_path / "sandbox.log"
    options = ("--token", "5:X", "--username", "some_bot", "--clock-file", str(file), "--limits")
    process, said = fork("sandbox", *options, cwd=tmp_path, log=log)
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as http:
        line = await asyncio.to_thread(said.readline)
        assert line.startswith("sandbox: http://127.0.0.1:")
        address = line.split()[1]
        async with http.get(f"{address}bot5:X/getMe") as response:
            me = (await response.json())["result"]
        assert (me["id"], me["username"]) == (5, "some_bot")
        async with http.get(f"{address}sandbox/state") as response:
            state = await response.json()
        assert state["clock"]["offset_seconds"] == 86400
        assert state["limits"]["per_second"] == 30
        port, refused = address.rsplit(":", 1)[1].strip("/"), tmp_path / "again.log"
        again, out = fork("sandbox", "--port", port, cwd=tmp_path, log=refused)
        await asyncio.to_thread(again.join)
        out.close()
        problem = refused.read_text()
        assert again.exitcode == 1 and "cannot listen" in problem and "Traceback" not in problem
        process.terminate()
        await asyncio.to_thread(process.join)
        said.close()
        assert (process.exitcode, log.read_text()) == (0, "")


@pytest.mark.parametrize("option", ["--token", "--zone", "--tour"])
def test_what_makes_no_sense_is_refused(option: str) -> None:
    """Begun from nothing, as people begin it."""
    command = [sys.executable, "-m", "sandbox", option, "nonsense"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=30)
    assert done.returncode == 2 and option.encode() in done.stderr and b"Traceback" not in done.stderr
