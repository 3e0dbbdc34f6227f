"""Reading a table that people send: CSV or XLSX to rows, with every mistake named by row and column."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

SIZE_MAX = 5 * 2**20
ROWS_MAX = 5000
UNPACKED_MAX = 50 * 2**20
# As far as a spreadsheet can go: a forged row number does not count up for ever.
SHEET_ROWS, SHEET_COLUMNS = 2**20, 200
CELL_MAX = 100

# Latin letters that look like Cyrillic ones: whoever types 5A means 5А.
LOOKALIKES = str.maketrans("ABCEHKMOPTX", "АВСЕНКМОРТХ")
CLASS = re.compile(r"(\d{1,2})\s*[-–—]?\s*[«\"']?\s*([^\W\d_]?)\s*[»\"']?")

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column:
    """What the heading of a column may be, Russian first, English last.

    Without a required column there is no table; it is filled in every row.
    """

    names: tuple[str, ...]
    required: bool = False


Columns = Mapping[str, Column]


@dataclass(frozen=True)
class Problem:
    """A mistake in a file: the message that words it, and where it is (None: the file or row as a whole).

    `row` as a spreadsheet counts, `column` as the file heads it.
    """

    key: str
    arguments: tuple[tuple[str, str | int], ...] = ()
    row: int | None = None
    column: str | None = None


class TableError(Exception):
    """The file cannot be taken as it is: every problem found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


def _whole(key: str, **arguments: str | int) -> TableError:
    return TableError([Problem(key, tuple(arguments.items()))])


@dataclass(frozen=True)
class Line:
    """A row of a file, `number` as a spreadsheet counts, and the mistakes found in it."""

    number: int
    values: Mapping[str, str]
    # What the file calls its columns.
    heads: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def __getitem__(self, column: str) -> str:
        """What stands in a column; "" where the file has none of the kind."""
        return self.values.get(column, "")

    def wrong(self, column: str, key: str, **arguments: str | int) -> None:
        """Note a mistake in a column."""
        self.problems.append(Problem(key, tuple(arguments.items()), self.number, self.heads[column]))

    def school_class(self, column: str) -> tuple[int, str]:
        """Grade and letter in a column, such as 5А or 10; what is none is noted."""
        value = self[column]
        grade, letter = 0, ""
        if matched := CLASS.fullmatch(value):
            grade, letter = int(matched[1]), matched[2].upper().translate(LOOKALIKES)
        if value and (not 1 <= grade <= 11 or (letter and not "А" <= letter <= "Я" and letter != "Ё")):
            self.wrong(column, "table-cell-class", value=value[:CELL_MAX])
        return grade, letter

    def name(self, column: str) -> str:
        """A person's name in a column; what is none is noted."""
        value = self[column]
        if len(value) > CELL_MAX:
            self.wrong(column, "table-cell-long", limit=CELL_MAX, length=len(value))
        elif value and not is_name(value):
            self.wrong(column, "table-cell-name", value=value)
        return value


def read(
    data: bytes,
    filename: str,
    columns: Columns,
    read_line: Callable[[Line], Row],
    identity: Callable[[Row], Hashable],
) -> list[Row]:
    """Read a file; the kind follows from its content, the name only says what was meant.

    `read_line` makes a row and notes what is wrong with it; no two rows may have one identity.
    Raises TableError with every bad row and column.
    """
    if len(data) > SIZE_MAX:
        raise _whole("table-file-big", limit=SIZE_MAX // 2**20)
    if data[:2] == b"PK":
        cells = _read_xlsx(data)
    elif data[:4] == b"\xd0\xcf\x11\xe0":
        raise _whole("table-file-xls")  # the old format, or a password
    elif b"\0" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise _whole("table-file-kind", name=filename)
    else:
        cells = _read_csv(data)
    if not cells:
        raise _whole("table-file-empty")
    (_, header), *body = cells
    places = _places(header, columns)
    # A mistake in a column that the file does not have is named by the column's first name.
    heads = {name: column.names[0] for name, column in columns.items()}
    heads |= {name: header[at] for name, at in places.items()}
    problems: list[Problem] = []
    found: list[Row] = []
    seen: dict[Hashable, int] = {}
    for number, values in body:
        # Something under no heading: most often an unquoted comma has shifted the row.
        if extra := [cell for at, cell in enumerate(values) if cell and at not in places.values()]:
            problems.append(Problem("table-row-extra", (("value", extra[0][:CELL_MAX]),), number))
            continue
        line = Line(
            number, {name: values[at] if at < len(values) else "" for name, at in places.items()}, heads
        )
        for column, about in columns.items():
            if about.required and not line[column]:
                line.wrong(column, "table-cell-empty")
        row = read_line(line)
        if line.problems:
            problems += line.problems
            continue
        first = seen.setdefault(identity(row), number)
        if first != number:
            problems.append(Problem("table-row-twice", (("first", first),), number))
        found.append(row)
    if problems:
        raise TableError(problems)
    if not found:
        raise _whole("table-file-empty")
    return found


def _decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", errors="replace")


def _read_csv(data: bytes) -> list[tuple[int, list[str]]]:
    text = _decode(data)
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=header.count)
    # Strict: else a quote that is never closed takes the pupils after it into its cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0

    def lines() -> Iterator[Iterable[object]]:
        nonlocal number
        for number, line in enumerate(reader, 1):  # noqa: B007 - the error below names it
            yield line

    try:
        return _filled(lines())
    except csv.Error:
        raise _whole("table-file-csv", row=number + 1) from None


def _read_xlsx(data: bytes) -> list[tuple[int, list[str]]]:
    # Late: openpyxl costs as much as everything else here.
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_MAX:
                raise _whole("table-file-big", limit=SIZE_MAX // 2**20)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            # Given limits, because the size that a file states of itself is often wrong.
            sheet = book.worksheets[0]
            return _filled(sheet.iter_rows(max_row=SHEET_ROWS, max_col=SHEET_COLUMNS, values_only=True))
        finally:
            book.close()
    except TableError:
        raise
    except Exception:  # noqa: BLE001 - whatever a broken archive makes of the library
        raise _whole("table-file-xlsx") from None


def _filled(lines: Iterable[Iterable[object]]) -> list[tuple[int, list[str]]]:
    """The rows that hold something, each with its number."""
    found = []
    for number, line in enumerate(lines, 1):
        cells = [_clean(cell) for cell in line]
        if any(cells):
            found.append((number, cells))
        if len(found) > ROWS_MAX + 1:
            raise _whole("table-file-long", limit=ROWS_MAX)
    return found


def _clean(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split()) if cell is not None else ""


def same(text: str) -> str:
    """A name or heading for comparing: case, ё and е, and spaces do not matter."""
    return " ".join(text.casefold().replace("ё", "е").split())


def _places(header: Iterable[str], columns: Columns) -> dict[str, int]:
    known = {same(name): column for column, about in columns.items() for name in about.names}
    places: dict[str, int] = {}
    problems = []
    for at, heading in enumerate(header):
        if not heading:
            continue
        column = known.get(same(heading))
        if column is None:
            problems.append(Problem("table-column-unknown", (("name", heading[:CELL_MAX]),)))
        elif column in places:
            problems.append(Problem("table-column-twice", (("name", heading),)))
        else:
            places[column] = at
    required = [about.names[0] for about in columns.values() if about.required]
    missing = [about.names[0] for name, about in columns.items() if about.required and name not in places]
    problems += [Problem("table-column-missing", (("name", name),)) for name in missing]
    if problems:
        names = ", ".join(about.names[0] for about in columns.values())
        arguments = (("names", names), ("required", ", ".join(required)))
        raise TableError([*problems, Problem("table-columns", arguments)])
    return places


def is_name(text: str) -> bool:
    """Whether it is letters with what stands between them: no digits, no emoji, no other signs."""
    return text[0].isalpha() and all(
        char.isalpha() or char in " -‐–'’.,()" or "\u0300" <= char <= "\u036f" for char in text
    )
