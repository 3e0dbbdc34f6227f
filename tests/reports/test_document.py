"""The report in words: a document that opens, with its tables, pictures and page numbers."""

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from bot.programme.model import State
from bot.reports.document import Paper, document
from bot.reports.workbook import COLOURS

BAR = {"label": "1.1 Обучены", "text": "45 / 60 %", "filled": 0.45, "mark": 0.6, "state": State.BEHIND}
TABLE = (("№", "Показатель"), [("1.1", ("отстаёт", State.BEHIND)), ("1.2", "у цели\x0b")], (1, 5))
OVERVIEW = ([BAR] * 17, "Показатели", {State.BEHIND: "отстаёт"}, "цель")


def made() -> Any:
    paper = Paper(
        title="Отчёт",
        above=("Школа",),
        below=("за год",),
        foot="Школа, 2026",
        chapters=[
            ("Обзор", 1, ("Слова \x00и ещё",), (), None, OVERVIEW),
            ("Направление", 1, (), ("раз", "два"), TABLE),
        ],
        signature=("Руководитель ____", "14 октября"),
    )
    return docx.Document(BytesIO(document(paper)))


def test_everything_stands_in_its_order_and_nothing_breaks_the_file() -> None:
    file = made()
    words = [paragraph.text for paragraph in file.paragraphs if paragraph.text]
    assert words == [
        "Школа", "Отчёт", "за год", "Обзор", "Слова и ещё", "Направление", "раз", "два", "Руководитель ____",
        "14 октября",
    ]  # fmt: skip
    assert len(file.inline_shapes) == 2  # 16 bars a picture
    assert file.sections[0].footer.paragraphs[0].text.startswith("Школа, 2026")
    assert "PAGE" in file.sections[0].footer._element.xml


def test_a_table_repeats_its_head_and_tears_no_row() -> None:
    table = made().tables[-1]
    head, first, second = table.rows
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [cell.text for cell in (*first.cells, *second.cells)] == ["1.1", "отстаёт", "1.2", "у цели"]
    shade = first.cells[1]._tc.tcPr.find(qn("w:shd"))
    assert shade.get(qn("w:fill")) == COLOURS[State.BEHIND]
    narrow, wide = (column.width for column in table.columns)
    assert wide == pytest.approx(5 * narrow, rel=1e-3)
