"""The documents say what is true: commands, command line, links, what each must not name."""

import re
import subprocess
from pathlib import Path

import pytest

from bot.cli import parser
from bot.ui.accounts import COMMON, PLACES
from bot.updates import ALLOWED_UPDATES
from tests.sandbox.called import methods_called

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.ru.md")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("name", READMES)
def test_every_command_stands_in_the_readme_and_no_other(name: str) -> None:
    rows = [
        line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if line.startswith("| `/")
    ]
    named = {command for row in rows for command in re.findall(r"`/(\w+)", row.split("|")[1])}
    assert named == {*PLACES, *COMMON, "start"}


def test_every_command_of_the_command_line_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("## The command line")[2]
    rows = re.findall(r"^\| `([\w-]+)", text.partition("##")[0], re.MULTILINE)
    (subparsers,) = (a for a in parser()._actions if a.choices and a.dest == "command")
    assert subparsers.choices is not None
    assert set(rows) == set(subparsers.choices)


def test_links_within_the_handbook_lead_to_its_headings() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert len(links) > 5 and links <= slugs


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_every_test_that_the_threat_model_names_exists() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)
    assert len(named) > 20
    for path, test in named:
        assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"), f"{path}::{test}"


def test_what_the_bot_calls_and_receives_is_compared_with_telegram() -> None:
    text = (ROOT / "docs" / "sandbox.md").read_text(encoding="utf-8").partition("## Where it differs")[2]
    rows = re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert methods_called().keys() | {*ALLOWED_UPDATES} == named - {"from"}


def test_every_decision_stands_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", index)) == {p.name for p in folder.glob("0*.md")}


def test_the_first_screen_has_the_two_commands_that_make_knows() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in READMES:
        top = (ROOT / name).read_text(encoding="utf-8").splitlines()[:20]
        for command in ("run", "test"):
            assert any(line.startswith(f"make {command} ") for line in top)
            assert re.search(rf"^{command}:", makefile, re.MULTILINE)


def test_make_installs_only_once() -> None:
    """A second call has nothing to do, and a change of what is installed has."""
    dry = ["make", "--dry-run", "--no-print-directory", "test"]
    old = ["--assume-old", "pyproject.toml", "--assume-old", "constraints.txt"]
    fresh = subprocess.run([*dry, *old], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    if (ROOT / ".venv" / ".installed").exists():
        assert "pip install" not in fresh
    changed = [*dry, "--what-if", "pyproject.toml"]
    again = subprocess.run(changed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "pip install" in again and "constraints.txt" in again
