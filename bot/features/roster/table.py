"""Reading a roster file: CSV or XLSX to rows, with every mistake named by row and column."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

SIZE_MAX = 5 * 2**20
ROWS_MAX = 5000
UNPACKED_MAX = 50 * 2**20
# As far as a spreadsheet can go: a forged row number does not count up for ever.
SHEET_ROWS, SHEET_COLUMNS = 2**20, 200
NAME_MAX = 100

# The columns in the order of the documentation: what they may be called, Russian first, English last.
COLUMNS = {
    "class": ("класс", "class"),
    "surname": ("фамилия", "last name", "surname"),
    "first_name": ("имя", "name", "first name"),
    "patronymic": ("отчество", "patronymic"),
    "guardian_1": ("родитель 1", "представитель 1", "guardian 1"),
    "relation_1": ("кем приходится 1", "родство 1", "relation 1"),
    "guardian_2": ("родитель 2", "представитель 2", "guardian 2"),
    "relation_2": ("кем приходится 2", "родство 2", "relation 2"),
}
REQUIRED = ("class", "surname", "first_name")
RELATION = "представитель"

# Latin letters that look like Cyrillic ones: whoever types 5A means 5А.
LOOKALIKES = str.maketrans("ABCEHKMOPTX", "АВСЕНКМОРТХ")
CLASS = re.compile(r"(\d{1,2})\s*[-–—]?\s*[«\"']?\s*([^\W\d_]?)\s*[»\"']?")


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
class Row:
    """A pupil as the file has them; `number` as a spreadsheet counts. Guardians: name and relation."""

    number: int
    grade: int
    letter: str
    surname: str
    first_name: str
    patronymic: str
    guardians: tuple[tuple[str, str], ...]


def read_table(data: bytes, filename: str) -> list[Row]:
    """Read a file; the kind follows from its content, the name only says what was meant.

    Raises TableError with every bad row and column.
    """
    if len(data) > SIZE_MAX:
        raise _whole("roster-file-big", limit=SIZE_MAX // 2**20)
    if data[:2] == b"PK":
        cells = _read_xlsx(data)
    elif data[:4] == b"\xd0\xcf\x11\xe0":
        raise _whole("roster-file-xls")  # the old format, or a password
    elif b"\0" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise _whole("roster-file-kind", name=filename)
    else:
        cells = _read_csv(data)
    if not cells:
        raise _whole("roster-file-empty")
    return _read_rows(cells)


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
        raise _whole("roster-file-csv", row=number + 1) from None


def _read_xlsx(data: bytes) -> list[tuple[int, list[str]]]:
    # Late: openpyxl costs as much as everything else here.
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_MAX:
                raise _whole("roster-file-big", limit=SIZE_MAX // 2**20)
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
        raise _whole("roster-file-xlsx") from None


def _filled(lines: Iterable[Iterable[object]]) -> list[tuple[int, list[str]]]:
    """The rows that hold something, each with its number."""
    found = []
    for number, line in enumerate(lines, 1):
        cells = [_clean(cell) for cell in line]
        if any(cells):
            found.append((number, cells))
        if len(found) > ROWS_MAX + 1:
            raise _whole("roster-file-long", limit=ROWS_MAX)
    return found


def _clean(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split()) if cell is not None else ""


def _same(text: str) -> str:
    """How names and headings are compared: case, ё and е, and spaces do not matter."""
    return " ".join(text.casefold().replace("ё", "е").split())


def _read_rows(rows: Sequence[tuple[int, list[str]]]) -> list[Row]:
    (_, header), *body = rows
    places = _columns(header)
    problems: list[Problem] = []
    found: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    heads = {column: header[at] for column, at in places.items()}
    for number, cells in body:
        # Something under no heading: most often an unquoted comma has shifted the row.
        if extra := [cell for at, cell in enumerate(cells) if cell and at not in places.values()]:
            problems.append(Problem("roster-row-extra", (("value", extra[0][:NAME_MAX]),), number))
            continue
        values = {name: cells[at] if at < len(cells) else "" for name, at in places.items()}
        row = _read_row(number, values, heads, problems)
        if row is None:
            continue
        first = seen.setdefault(identity(row), number)
        if first != number:
            problems.append(Problem("roster-row-twice", (("first", first),), number))
        found.append(row)
    if problems:
        raise TableError(problems)
    if not found:
        raise _whole("roster-file-empty")
    return found


def identity(row: Row) -> tuple[str, ...]:
    """What makes a pupil of a file the same as another: class and full name."""
    return (str(row.grade), _same(row.letter), *full_name(row.surname, row.first_name, row.patronymic))


def full_name(*parts: str) -> tuple[str, ...]:
    """A name for comparing."""
    return tuple(_same(part) for part in parts)


def _columns(header: Iterable[str]) -> dict[str, int]:
    known = {_same(name): column for column, names in COLUMNS.items() for name in names}
    places: dict[str, int] = {}
    problems = []
    for at, heading in enumerate(header):
        if not heading:
            continue
        column = known.get(_same(heading))
        if column is None:
            problems.append(Problem("roster-column-unknown", (("name", heading[:NAME_MAX]),)))
        elif column in places:
            problems.append(Problem("roster-column-twice", (("name", heading),)))
        else:
            places[column] = at
    missing = [column for column in REQUIRED if column not in places]
    problems += [Problem("roster-column-missing", (("name", COLUMNS[column][0]),)) for column in missing]
    if problems:
        expected = ", ".join(names[0] for names in COLUMNS.values())
        raise TableError([*problems, Problem("roster-columns", (("names", expected),))])
    return places


def _read_row(
    number: int, values: dict[str, str], heads: dict[str, str], problems: list[Problem]
) -> Row | None:
    before = len(problems)

    def wrong(column: str, key: str, **arguments: str | int) -> None:
        head = heads.get(column, COLUMNS[column][0])
        problems.append(Problem(key, tuple(arguments.items()), number, head))

    grade, letter = 0, ""
    if matched := CLASS.fullmatch(values["class"]):
        grade, letter = int(matched[1]), matched[2].upper().translate(LOOKALIKES)
    if values["class"] and (not 1 <= grade <= 11 or (letter and not "А" <= letter <= "Я" and letter != "Ё")):
        wrong("class", "roster-cell-class", value=values["class"][:NAME_MAX])
    for column in REQUIRED:
        if not values[column]:
            wrong(column, "roster-cell-empty")
    for column in ("surname", "first_name", "patronymic", "guardian_1", "guardian_2"):
        value = values.get(column, "")
        if len(value) > NAME_MAX:
            wrong(column, "roster-cell-long", limit=NAME_MAX, length=len(value))
        elif value and not _is_name(value):
            wrong(column, "roster-cell-name", value=value)
    guardians: list[tuple[str, str]] = []
    for place in ("1", "2"):
        name, relation = values.get(f"guardian_{place}", ""), values.get(f"relation_{place}", "")
        if relation and not name:
            wrong(f"guardian_{place}", "roster-cell-relation", relation=relation[:NAME_MAX])
        elif len(relation) > NAME_MAX // 2:
            wrong(f"relation_{place}", "roster-cell-long", limit=NAME_MAX // 2, length=len(relation))
        elif relation and not _is_name(relation):
            wrong(f"relation_{place}", "roster-cell-kin", value=relation)
        elif name and _same(name) in (_same(other) for other, _ in guardians):
            wrong(f"guardian_{place}", "roster-cell-guardian-twice")
        elif name:
            guardians.append((name, relation or RELATION))
    if len(problems) > before:
        return None
    names = (values["surname"], values["first_name"], values.get("patronymic", ""))
    return Row(number, grade, letter, *names, tuple(guardians))


def _is_name(text: str) -> bool:
    """Whether it is letters with what stands between them: no digits, no emoji, no other signs."""
    return text[0].isalpha() and all(
        char.isalpha() or char in " -‐–'’.,()" or "\u0300" <= char <= "\u036f" for char in text
    )
