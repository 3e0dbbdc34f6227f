"""Workbooks: numbers are numbers, dates dates, and nothing that people wrote is a formula."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.programme.model import State
from bot.reports.workbook import COLOURS, Cell, Sheet, workbook


def written(*rows: Sequence[Cell], head: tuple[str, ...] = ("А", "Б")) -> bytes:
    return workbook([Sheet("Лист", head, rows, "Школа, 2026")])


@pytest.mark.parametrize("words", ["=1+1", "+7", "-5", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0"])
def test_what_begins_like_a_formula_is_text(words: str) -> None:
    file = written([words, (words, State.MET)])
    sheet = load_workbook(BytesIO(file))["Лист"]
    for cell in sheet[2]:
        assert (cell.value, cell.data_type) == (words, "s") and cell.quotePrefix
    assert b"<f>" not in ZipFile(BytesIO(file)).read("xl/worksheets/sheet1.xml")


@settings(max_examples=10)
@given(st.lists(st.text(), max_size=30))
def test_no_text_breaks_the_file_or_becomes_anything_else(texts: list[str]) -> None:
    sheet = load_workbook(BytesIO(written(*([text, ""] for text in texts))))["Лист"]
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert all(value is None or isinstance(value, str) for value in values)


def test_values_keep_their_kinds() -> None:
    day = date(2026, 10, 14)
    sheet = load_workbook(BytesIO(written([0.599, 7], [Decimal("5.2"), day])))["Лист"]
    share, count, points, on = (cell for row in sheet["A2:B3"] for cell in row)
    assert (share.value, share.number_format) == (0.599, "0.0 %")
    assert (count.value, count.data_type) == (7, "n")
    assert (points.value, points.number_format) == (5.2, "0.0")
    assert (on.value.isoformat(), on.number_format, on.is_date) == ("2026-10-14T00:00:00", "DD.MM.YYYY", True)


def test_the_head_stays_in_sight_and_stands_on_every_printed_page() -> None:
    sheet = load_workbook(BytesIO(written(["Слово " * 30, ("отстаёт", State.BEHIND)])))["Лист"]
    assert sheet.freeze_panes == "A2" and sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref == "A1:B2" and sheet["A1"].font.bold
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0
    assert sheet.oddFooter and sheet.oddFooter.left.text == "Школа, 2026"
    # Long words wrap, and the row is high enough for them in a program that does not measure by itself.
    assert sheet.column_dimensions["A"].width == 50 and sheet.row_dimensions[2].height > 40
    assert sheet["B2"].fill.fgColor.rgb.endswith(COLOURS[State.BEHIND])


def test_an_empty_sheet_is_one() -> None:
    assert load_workbook(BytesIO(written()))["Лист"].max_row == 1
