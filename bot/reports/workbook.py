"""Workbooks: values to XLSX. openpyxl is imported where it is used: it costs a third of a second."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from textwrap import wrap
from typing import Any

from bot.programme.model import State

# A float is a share, shown in per cent; a Decimal a number as it is; a pair words on the colour of a state.
Cell = str | int | float | Decimal | date | tuple[str, State | None] | None

# What a sheet's name must not hold, and how long it may be.
_FORBIDDEN = str.maketrans("[]:*?/\\", "       ")
_TITLE_MAX = 31
_WIDTH_MIN, _WIDTH_MAX = 8, 50
# Points: a line of words, and as high as a row can be.
LINE, _HEIGHT_MAX = 15, 400
# What begins so Excel takes for a formula: whoever typed it would have it computed on another's machine.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Letters of this many units in a row: what is longer is turned by Excel into an error.
_TEXT_MAX = 32_767
_SHARE, _NUMBER, _DATE = "0.0 %", "0.0", "DD.MM.YYYY"
HEAD = "DCE6F0"
# Pale, so that words are read on them; on paper they differ in brightness, too.
COLOURS = {State.MET: "CFE8D5", State.NEAR: "FFF2CC", State.BEHIND: "F4B6A6", State.UNKNOWN: "E9EDF1"}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the head that stays in sight, the rows; `foot` stands on each printed page."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    foot: str = ""


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An XLSX file: numbers as numbers, dates as dates, what looks like a formula as text.

    The head is frozen, filtered, and printed on every page, which is as wide as the sheet.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    looks = _Looks()
    for sheet in sheets:
        page = book.create_sheet(sheet.title.translate(_FORBIDDEN)[:_TITLE_MAX])
        page.freeze_panes = "A2"
        page.print_title_rows = "1:1"
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.head))}{len(sheet.rows) + 1}"
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9  # A4
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_setup.fitToHeight = 0
        page.oddFooter.left.text, page.oddFooter.right.text = sheet.foot, "&P / &N"
        widths = [_width(sheet, column) for column in range(len(sheet.head))]
        for column, width in enumerate(widths, 1):
            page.column_dimensions[get_column_letter(column)].width = width
        for number, row in enumerate([sheet.head, *sheet.rows], 1):
            # Not every program makes a row as high as its words when it opens the file.
            lines = max(map(_lines, row, widths), default=1)
            if lines > 1:
                page.row_dimensions[number].height = min(LINE * lines + 3, _HEIGHT_MAX)
            page.append([looks.cell(page, value, head=number == 1) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def printable(text: str) -> str:
    """The text without letters that no file of an office may hold."""
    return "".join(char for char in text if char in "\n\t" or char.isprintable())


def _text(value: Cell) -> str:
    """About what a cell shows."""
    match value:
        case None:
            return ""
        case date():
            return "00.00.0000"
        case float() | Decimal():
            return "100,0 %"
        case tuple():
            return value[0]
    return str(value)


def _width(sheet: Sheet, column: int) -> int:
    """As wide as the longest value, within limits; of the heading its longest word counts, and it is bold."""
    heading = max(map(len, sheet.head[column].split()), default=0) + 4
    longest = max((len(line) for row in sheet.rows for line in _text(row[column]).splitlines()), default=0)
    return min(max(heading, round(1.1 * longest) + 3, _WIDTH_MIN), _WIDTH_MAX)


def _lines(value: Cell, width: int) -> int:
    """About how many lines a value takes in a column."""
    return sum(len(wrap(line, width)) or 1 for line in _text(value).splitlines() or [""])


class _Looks:
    """How cells look; each look is made once, which is what a large sheet's time goes to."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self.head = {
            "font": Font("Calibri", 11, bold=True),
            "fill": PatternFill("solid", fgColor=HEAD),
            "alignment": Alignment(vertical="center", wrap_text=True, horizontal="left", indent=1),
            "border": Border(bottom=Side("thin", color="7B8794")),
        }
        self.words = Alignment(vertical="top", wrap_text=True, horizontal="left", indent=1)
        self.number = Alignment(vertical="top")
        self.fills = {state: PatternFill("solid", fgColor=colour) for state, colour in COLOURS.items()}

    def cell(self, page: Any, value: Cell, *, head: bool = False) -> Any:
        """A cell of a write-only sheet."""
        from openpyxl.cell import WriteOnlyCell

        state = None
        if isinstance(value, tuple):
            value, state = value
        cell: Any = WriteOnlyCell(page)
        if not isinstance(value, str):
            cell.value = value
        cell.alignment = self.words if isinstance(value, str | date) else self.number
        if isinstance(value, str):
            cell.value = text = printable(value)[:_TEXT_MAX]
            cell.data_type = "s"
            cell.quotePrefix = text.startswith(_FORMULA)
        elif isinstance(value, float):
            cell.number_format = _SHARE
        elif isinstance(value, Decimal):
            cell.number_format = _NUMBER
        elif isinstance(value, date):
            cell.number_format = _DATE
        for name, look in (self.head if head else {}).items():
            setattr(cell, name, look)
        if state:
            cell.fill = self.fills[state]
        return cell
