"""The demonstration as people begin it, and a Chromium that looks at its page."""

import json
import shutil
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.demo import TOKEN
from tests.browser.screens import Screen
from tests.processes import fork

CHROMIUM = shutil.which("chromium")
# A Thursday: on Monday the reminders for what is due on 30 November come, and the director's digest.
BEGINNING = datetime(2026, 11, 19, 10, tzinfo=ZoneInfo("Asia/Omsk"))
PATIENCE = 60
DESKTOP, PHONE = (1280, 800), (390, 844)

Open = Callable[..., Screen]


@pytest.fixture(scope="package")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`school-bot sandbox`, begun on that Thursday: the page's address."""
    folder = tmp_path_factory.mktemp("demonstration")
    (folder / "data").mkdir()
    ahead = BEGINNING.timestamp() - datetime.now(BEGINNING.tzinfo).timestamp()  # noqa: TID251
    (folder / "data" / "sandbox.clock").write_text(str(ahead))
    log = folder / "log"
    # They press faster than people do.
    pace = {"SCHOOLBOT_DELIVERY__PER_CHAT_PER_SECOND": "100", "SCHOOLBOT_LIMITS__BURST": "1000"}
    process, said = fork("bot", "sandbox", "--port", "0", cwd=folder, log=log, **pace)
    try:
        lines = iter(said.readline, "")
        found = next((line for line in lines if line.startswith("sandbox: ")), None)
        assert found, log.read_text()
        yield found.split()[1]
        assert "Traceback" not in log.read_text()
    finally:
        process.terminate()
        process.join(PATIENCE)
        said.close()
    assert process.exitcode == 0


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    if not CHROMIUM:
        pytest.skip("Chromium is not installed")
    driver = pytest.importorskip("playwright.sync_api", reason="`make test-browser` installs it")
    with driver.sync_playwright() as playwright:
        # It may be root in a container, with little shared memory.
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, address: str) -> Iterator[Open]:
    """Open the page in a window of that size; it ends without an error on the console or a failed request."""
    opened: list[Screen] = []

    def open_(size: tuple[int, int] = DESKTOP, *people: int, **options: Any) -> Screen:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="ru-RU",
            reduced_motion="reduce",
            has_touch=size == PHONE,
            **options,
        )
        opened.append(Screen(context.new_page(), address, people))
        return opened[-1]

    yield open_
    _ask(f"{address}sandbox/faults", None, "DELETE")
    for screen in opened:
        problems = list(screen.problems)
        screen.page.context.close()
        assert problems == []


Ask = Callable[..., Any]


@pytest.fixture
def ask(address: str) -> Ask:
    """A request to the people side."""
    return lambda path, body=None: _ask(f"{address}sandbox/{path}", body)


@pytest.fixture
def bot(address: str) -> Ask:
    """A request of the bot's, as it could make any."""
    return lambda method, **body: _ask(f"{address}bot{TOKEN}/{method}", body)["result"]


def _ask(url: str, body: dict[str, Any] | None, method: str | None = None) -> Any:
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, data, {"content-type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=PATIENCE) as response:
        return json.load(response)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.long)
