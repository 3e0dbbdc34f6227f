"""The documents say what is true: commands, keys, paths, links, buttons; each page is reached."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

from bot.cli import parser
from bot.config import Settings
from bot.db.accounts import Role
from bot.ui.accounts import COMMON, PLACES
from bot.updates import ALLOWED_UPDATES
from tests.sandbox.called import methods_called

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.ru.md")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GUIDES = sorted((ROOT / "docs" / "guide").glob("*.md"))
# Who reads a guide, and so which commands it may send them to.
READERS = {
    "guardian": {Role.GUARDIAN},
    "teacher": {Role.TEACHER, Role.RESPONSIBLE},
    "responsible": {Role.RESPONSIBLE},
    "director": {Role.ADMIN},
}
# How the command line is called: installed, in a container, as a module.
OURS = r"(?:^|/|sudo |exec bot |; |-m )(?:school-bot|(?<=-m )bot) +([a-z][a-z-]*)([^;|]*)"
# What stands in a guide's quotation marks and is a button of Telegram's own.
TELEGRAMS = {"Начать"}


def read(name: str | Path) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def part(name: str, heading: str) -> str:
    """What stands below a heading, up to the next one of the second level."""
    return read(name).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def named(document: Path) -> Iterator[str]:
    """What a document names as code: words in backquotes, lines of blocks."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    yield from (line.strip() for block in blocks for line in block.splitlines())
    yield from re.findall(
        r"`([^`\n]+)`", re.sub(r"^ *```\n.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)
    )


@pytest.mark.parametrize("name", READMES)
def test_every_command_stands_in_the_readme_and_no_other(name: str) -> None:
    rows = [line for line in read(name).splitlines() if line.startswith("| `/")]
    commands = {command for row in rows for command in re.findall(r"`/(\w+)", row.split("|")[1])}
    assert commands == {*PLACES, *COMMON, "start"}


def test_every_command_of_the_command_line_stands_in_the_readme() -> None:
    rows = re.findall(r"^\| `([\w-]+)", part("README.md", "The command line"), re.MULTILINE)
    assert set(rows) == set(subcommands())


def subcommands() -> dict[str, Any]:
    (found,) = (action for action in parser()._actions if action.choices and action.dest == "command")
    assert isinstance(found.choices, dict)
    return found.choices


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_that_a_document_shows_are_taken(path: Path) -> None:
    """Whoever copies a line into a terminal is not told that there is no such command or option."""
    for line in named(path):
        for name, options in re.findall(OURS, line.partition("#")[0]):
            assert name in subcommands(), line
            known = {option for action in subcommands()[name]._actions for option in action.option_strings}
            assert set(re.findall(r"--[\w-]+", options)) <= known, line


def test_every_setting_stands_in_the_readme_with_its_default() -> None:
    rows = re.findall(r"^\| `(\w+\.\w+)` \| `([^`]+)` \|", part("README.md", "Configuration"), re.MULTILINE)
    told = {key: tomllib.loads(f"x = {value}")["x"] for key, value in rows}
    true = {f"{s}.{key}": value for s, keys in shown(Settings()).items() for key, value in keys.items()}
    assert len(rows) == len(told) and told == true


def shown(settings: Settings) -> dict[str, dict[str, Any]]:
    """The settings as the file has them: times as hours and minutes, secrets as words."""
    plain = settings.model_dump(mode="json")
    return {
        section: {
            key: value[:5] if isinstance(value, str) and re.fullmatch(r"\d\d:\d\d:00", value) else value
            for key, value in keys.items()
        }
        for section, keys in plain.items()
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_settings_paths_and_make_targets_that_a_document_names_are_there(path: Path) -> None:
    targets = re.findall(r"^([\w-]+):", read("Makefile"), re.MULTILINE)
    sections = shown(Settings())
    for word in named(path):
        if found := re.match(r"make ([\w -]+?)(?: *#.*)?$", word):
            assert set(found[1].split()) <= set(targets), word
        if re.fullmatch(r"\w+\.\w+", word) and word.partition(".")[0] in sections:
            section, _, key = word.partition(".")
            assert key in sections[section] or word in recorded(), word
        if re.fullmatch(r"(bot|docs|tests|sandbox|deploy|benchmarks)/[^ :<>]+", word):
            assert list(ROOT.glob(word.rstrip("/"))), word


@cache
def recorded() -> set[str]:
    """What the audit trail calls what was done: `backup.made` is no setting."""
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "features").rglob("*.py"))
    return {name for source in sources for name in re.findall(r'"(\w+\.\w+)"', source)}


def slugs(path: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def links(path: Path) -> list[tuple[str, str]]:
    """The links and pictures of a document within the project: where to, and to which heading."""
    text = path.read_text(encoding="utf-8")
    found = re.findall(r"\]\(([^)#\s]*)(?:#([^)]+))?\)", text)
    pictures = [(source, "") for source in re.findall(r'<img src="([^"]+)"', text)]
    return [link for link in found if not link[0].startswith("http")] + pictures


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target, anchor in links(path):
        there = path.parent / target if target else path
        assert there.exists(), f"{path.name} links to {target}"
        assert not anchor or anchor in slugs(there), f"{path.name} links to {target}#{anchor}"


def test_every_page_is_reached_from_the_readmes() -> None:
    reached, found = set[Path](), {ROOT / name for name in READMES}
    while found:
        page = found.pop()
        reached.add(page)
        targets = [target for target, _ in links(page)] if page.suffix == ".md" else []
        there = {(page.parent / target).resolve() for target in targets}
        inside = {file for folder in there if folder.is_dir() for file in folder.iterdir() if file.is_file()}
        found |= {each for each in there | inside if each.is_file()} - reached
    pages = [*DOCUMENTS, *(ROOT / "docs").rglob("*.p[dn][fg]")]
    assert not [str(page.relative_to(ROOT)) for page in pages if page not in reached]


def test_every_picture_is_shown_in_a_document() -> None:
    shown_in = {(page.parent / target).resolve() for page in DOCUMENTS for target, _ in links(page)}
    assert {*(ROOT / "docs").rglob("*.png")} <= shown_in


# The guides


@cache
def buttons() -> tuple[set[str], list[str]]:
    """What may stand in a guide's quotation marks: the bot's buttons and titles, and its longer sentences."""
    labels, sentences = set(TELEGRAMS), []
    for path in sorted((ROOT / "bot" / "texts" / "ru").glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, fluent.Message) and entry.value:
                for words in said(entry.value):
                    labels.add(label(words))
                    sentences.append(words)
    return labels, sentences


def said(pattern: fluent.Pattern) -> Iterator[str]:
    """The words of a message and of its variants, each up to what is filled in."""
    first = pattern.elements[0]
    if isinstance(first, fluent.TextElement):
        yield re.sub(r"</?\w+>", "", first.value)
    for element in pattern.elements:
        if isinstance(element, fluent.Placeable) and isinstance(element.expression, fluent.SelectExpression):
            for variant in element.expression.variants:
                yield from said(variant.value)


def label(words: str) -> str:
    """A button's words without the sign before them and what is filled in behind them."""
    return re.sub(r"^[^\w«]+|[\s:(,№«]+$", "", words.strip())


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_guides_name_buttons_that_there_are(path: Path) -> None:
    labels, sentences = buttons()
    text = " ".join(path.read_text(encoding="utf-8").split())
    for words in re.findall(r"«([^»]+)»", text):
        long = len(words.split()) >= 4 and any(words in sentence for sentence in sentences)
        assert label(re.sub(r" \d+$", "", words)) in labels or long, f"«{words}»"


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_guides_send_their_readers_where_they_may_go(path: Path) -> None:
    places = {place for place, roles in PLACES.items() if roles & READERS.get(path.stem, set(Role))}
    commands = set(re.findall(r"`/(\w+)`", path.read_text(encoding="utf-8")))
    assert commands <= places | {*COMMON, "start"} | ({"revoke"} if path.stem == "it" else set())


# Single documents


def test_every_test_that_the_threat_model_names_exists() -> None:
    tests = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", read("docs/security.md"))
    assert len(tests) > 20
    for path, test in tests:
        assert f"def {test}(" in read(path), f"{path}::{test}"


def test_what_the_bot_calls_and_receives_is_compared_with_telegram() -> None:
    rows = re.findall(
        r"^\| (`[^|]+) \|", part("docs/sandbox.md", "Where it differs from Telegram"), re.MULTILINE
    )
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert methods_called().keys() | {*ALLOWED_UPDATES} == told - {"from"}


def test_every_decision_stands_in_the_index() -> None:
    index = read("docs/decisions/README.md")
    there = {path.name for path in (ROOT / "docs" / "decisions").glob("0*.md")}
    assert set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", index)) == there
    for number, heading in re.findall(r"^(\d+)\. \[(.*?)\]", index, re.MULTILINE):
        (page,) = (name for name in there if name.startswith(f"{int(number):04}"))
        assert read(f"docs/decisions/{page}").startswith(f"# {number}. {heading}\n"), page


def test_the_first_screen_has_the_two_commands_that_make_knows() -> None:
    for name in READMES:
        top = read(name).splitlines()[:20]
        for command in ("run", "test"):
            assert any(line.startswith(f"make {command} ") for line in top)
            assert re.search(rf"^{command}:", read("Makefile"), re.MULTILINE)


def test_the_licences_lie_beside_what_they_are_of() -> None:
    assert read("LICENSE").startswith("MIT License")
    fonts = {path.parent for path in ROOT.rglob("*.ttf") if ".venv" not in path.parts}
    assert fonts == {ROOT / "bot" / "reports" / "fonts"}
    assert "SIL OPEN FONT LICENSE" in read("bot/reports/fonts/OFL.txt")


def test_an_audit_leaves_the_packages_of_the_bot_alone() -> None:
    dry = ["make", "--dry-run", "--no-print-directory", "audit"]
    said = subprocess.run(dry, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "pip-audit" in said and not re.search(r"\.venv\b(?!-)", said)
    assert ".venv-audit" in read(".gitignore").split()


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
