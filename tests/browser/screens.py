"""What stands in the window: the page, its phones, and pictures of them for the documentation."""

import io
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PICTURES = Path(__file__).parent.parent.parent / "docs" / "pictures"
# With it set, the run writes the pictures of the documentation.
WRITE = bool(os.environ.get("SCHOOLBOT_PICTURES"))
PATIENCE = 60_000  # milliseconds
# Wider pictures have few colours, so that they do not weigh too much.
LARGE = 400
CALM = """() => {
    document.activeElement.blur();
    for (const one of document.querySelectorAll('.toast, #notice')) one.textContent = '';
    for (const one of document.querySelectorAll('.phone')) one.style.boxShadow = 'none';
}"""


class Screen:
    """The page in a window."""

    def __init__(self, page: Any, address: str, people: Sequence[int] = ()) -> None:
        self.page = page
        self.problems: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        page.goto(address)
        page.locator(".person").first.wait_for(state="attached")
        for at, id_ in enumerate(people):
            self.phone(at).belongs_to(id_)

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(message.text)

    def _failed(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page was left while it waited
            self.problems.append(f"{request.url}: {request.failure}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self.problems.append(f"{response.url}: {response.status}")

    def phone(self, at: int = 0) -> "Phone":
        """The phone on the left, or on the right."""
        return Phone(self, self.page.locator(".pane").nth(at))

    def tab(self, name: str) -> Any:
        """Show a tab of the panel: what is on it."""
        self.page.get_by_role("tab", name=name).click()
        return self.page.get_by_role("tabpanel", name=name)

    def picture(self, name: str) -> None:
        """Keep a picture of the whole page."""
        self.calm()
        _keep(name, self.page)

    def calm(self) -> None:
        """Nothing is pointed at or has the focus, nothing is announced; no shadows, which weigh most."""
        self.page.mouse.move(1, 1)
        self.page.evaluate(CALM)


class Phone:
    """One phone, and what its owner does."""

    def __init__(self, screen: Screen, pane: Any) -> None:
        self.screen, self.pane = screen, pane

    def belongs_to(self, id_: int) -> None:
        """Choose whose it is."""
        self.pane.locator(".whose select").select_option(str(id_))

    def says(self, words: str, *expected: str) -> None:
        """Write; then wait for an answer below with these words."""
        last = self._last()
        self.pane.locator("textarea").fill(words)
        self.pane.locator("textarea").press("Enter")
        self.sees(*expected, below=last)

    def presses(self, label: str, *expected: str) -> None:
        """Press the lowest button that holds the label; then wait for a message with these words."""
        self.button(label).click()
        self.sees(*expected)

    def button(self, label: str) -> Any:
        """The lowest button that holds the label."""
        found = self.pane.locator(".buttons button").filter(has_text=label).last
        found.wait_for()
        return found

    def sees(self, *words: str, below: int = 0) -> Any:
        """Wait for a message of the bot that holds all the words, with an id above `below`."""
        if not words:
            return None
        found = self.pane.locator(".message.theirs")
        for word in words:
            found = found.filter(has_text=word)
        if below:
            handle = "([pane, below, words]) => [...pane.querySelectorAll('.message.theirs')].some(one => "
            handle += "Number(one.dataset.id) > below && words.every(word => one.innerText.includes(word)))"
            pane = self.pane.element_handle()
            self.screen.page.wait_for_function(handle, arg=[pane, below, list(words)], timeout=PATIENCE)
        found.last.wait_for()
        return found.last

    def _last(self) -> int:
        ids = self.pane.locator(".message").evaluate_all("all => all.map(one => Number(one.dataset.id))")
        return max(ids, default=0)

    def starts_at(self, message: Any) -> None:
        """Scroll so that the message begins at the upper edge."""
        message.evaluate("one => one.scrollIntoView({block: 'start'})")

    def picture(self, name: str) -> None:
        """Keep a picture of the phone alone."""
        self.screen.calm()
        self.screen.page.evaluate("document.body.style.background = 'none'")
        _keep(name, self.pane.locator(".phone"), omit_background=True)
        self.screen.page.evaluate("document.body.style.background = ''")


def _keep(name: str, what: Any, **options: Any) -> None:
    if not WRITE:
        return
    from PIL import Image

    with Image.open(io.BytesIO(what.screenshot(**options))) as taken:
        picture: Image.Image = taken
        if taken.width > LARGE:
            plain, none = taken.convert("RGB"), Image.Dither.NONE
            picture = plain.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=none)
        picture.save(PICTURES / f"{name}.png", optimize=True)


def pictures() -> set[str]:
    """The pictures that the run makes."""
    tests = Path(__file__).parent.glob("test_*.py")
    return {
        name for test in tests for name in re.findall(r"\bpicture\(\"([\w-]+)\"\)", test.read_text("utf-8"))
    }
