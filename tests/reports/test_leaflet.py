"""The leaflet for parents: one page whatever the names, a code that a phone reads; docs/ has what is made."""

import os
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from bot.cli import main
from bot.reports.leaflet import SIDE, Leaflet, page
from bot.reports.slips import PAGE
from bot.texts import texts
from bot.ui import slips_words as words
from sandbox import USERNAME

MADE = Path(__file__).parent.parent.parent / "docs" / "guide" / "leaflet.pdf"
SCHOOL = "МБОУ «Алексеевская СОШ»"


def read(pdf: bytes) -> tuple[str, list[str], list[tuple[float, float, float, float]]]:
    """The words of the only page, the codes that a phone finds, and the box of each letter."""
    document = pypdfium2.PdfDocument(pdf)
    (sheet,) = document
    text = sheet.get_textpage()
    found = " ".join(text.get_text_range().split())
    boxes = [text.get_charbox(i) for i in range(text.count_chars()) if text.get_text_range(i, 1).strip()]
    codes = [code.text for code in zxingcpp.read_barcodes(sheet.render(scale=2).to_pil())]
    text.close()
    sheet.close()
    document.close()
    return found, codes, boxes


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    ("school", "bot"),
    [(SCHOOL, USERNAME), ("Муниципальное бюджетное общеобразовательное учреждение " * 6, "b" * 29 + "bot")],
)
def test_all_of_it_stands_on_one_page(language: str, school: str, bot: str) -> None:
    said = words.leaflet(texts(language), school, bot)
    found, codes, boxes = read(page(Leaflet(**said)))
    assert codes == [f"https://t.me/{bot}"]
    for part in said.values():
        for line in [part] if isinstance(part, str) else part:
            assert line == codes[0] or " ".join(line.split()) in found
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    assert left >= SIDE - 1 and right <= PAGE[0] - SIDE + 12 and min(box[1] for box in boxes) > 20


def test_the_one_in_the_guide_is_what_the_command_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["leaflet", "--out", "leaflet.pdf", "--bot-name", USERNAME]) == 0
    made = (tmp_path / "leaflet.pdf").read_bytes()
    if os.environ.get("SCHOOLBOT_WRITE_DOCS"):
        MADE.write_bytes(made)
    assert read(made)[:2] == read(MADE.read_bytes())[:2], "SCHOOLBOT_WRITE_DOCS=1 writes it anew"


def test_where_it_cannot_be_written_or_nobody_knows_the_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["leaflet", "--out", "no/x.pdf", "--bot-name", "b"]) == 1
    assert main(["leaflet", "--out", "x.pdf"]) == 2
    assert "telegram.token: is missing; or give --bot-name" in capsys.readouterr().err
