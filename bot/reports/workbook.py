"""Workbooks: values to XLSX. openpyxl is imported where it is used: it costs a third of a second."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

Cell = str | int | float | None

# What a sheet's name must not hold, and how long it may be.
_FORBIDDEN = str.maketrans("[]:*?/\\", "       ")
_TITLE_MAX = 31
_WIDTH_MAX = 60
# What begins so Excel takes for a formula: whoever typed it would have it computed on another's machine.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the head that stays in sight, the rows. Floats are shares, shown in per cent."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An XLSX file: numbers as numbers, the head frozen and bold, what looks like a formula as text."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title.translate(_FORBIDDEN)[:_TITLE_MAX])
        page.freeze_panes = "A2"
        for column in range(len(sheet.head)):
            longest = max(len(str(row[column] or "")) for row in [sheet.head, *sheet.rows])
            page.column_dimensions[get_column_letter(column + 1)].width = min(longest + 2, _WIDTH_MAX)
        page.append([_cell(page, value, font=Font(bold=True)) for value in sheet.head])
        wrapped = Alignment(vertical="top", wrap_text=True)
        for row in sheet.rows:
            page.append([_cell(page, value, alignment=wrapped) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(page: Any, value: Cell, **style: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, value=value)
    if isinstance(value, str):
        cell.value = text = "".join(char for char in value if char in "\n\t" or char.isprintable())
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_FORMULA)
    elif isinstance(value, float):
        cell.number_format = "0 %"
    for name, look in style.items():
        setattr(cell, name, look)
    return cell
