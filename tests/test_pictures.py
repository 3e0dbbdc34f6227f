"""The pictures of the documentation are those that the browser's run makes."""

import re
from pathlib import Path

from tests.browser.screens import PICTURES, pictures

ROOT = Path(__file__).parent.parent
# In bytes: whoever reads the documents in a village waits for them.
HEAVY = 150_000


def test_each_is_made_by_the_run_and_none_weighs_too_much() -> None:
    made = {f"{name}.png" for name in pictures()}
    assert len(made) > 20
    assert {path.name for path in PICTURES.iterdir()} == made
    assert [path.name for path in PICTURES.iterdir() if path.stat().st_size > HEAVY] == []


def test_what_the_documents_show_is_made() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    named = {
        name for path in documents for name in re.findall(r"pictures/([\w-]+)\.png", path.read_text("utf-8"))
    }
    assert named <= pictures()
