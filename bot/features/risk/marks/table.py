"""A file of marks: its columns, and a row of it."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bot.db.risk.marks import SCALE
from bot.features.roster.reading import CELL_MAX, Column, Line, read, same
from bot.features.roster.table import full_name

# In the order of the documentation. The patronymic only tells namesakes of one class apart.
COLUMNS = {
    "class": Column(("класс", "class"), required=True),
    "surname": Column(("фамилия", "last name", "surname"), required=True),
    "first_name": Column(("имя", "name", "first name"), required=True),
    "patronymic": Column(("отчество", "patronymic")),
    "subject": Column(("предмет", "subject"), required=True),
    "current": Column(("текущая оценка", "оценка", "current mark")),
    "external": Column(("внешняя оценка", "впр", "огэ", "external mark")),
    "date": Column(("дата", "date"), required=True),
}
HIGHEST = 5 * SCALE
YEAR_MIN = 2000

_MARK = re.compile(r"[1-5](?:[.,][0-9]{1,20})?")
# 14.10.2026 as people write it; 2026-10-14 as a spreadsheet's cell comes, perhaps with its midnight.
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00:00)?")


@dataclass(frozen=True)
class Row:
    """Marks of a pupil in a subject on a day, in hundredths; one of the two may be absent."""

    line: Line = field(repr=False, compare=False)
    grade: int
    letter: str
    surname: str
    first_name: str
    patronymic: str
    subject: str
    current: int | None
    external: int | None
    on_date: date


def read_table(data: bytes, filename: str, today: date) -> list[Row]:
    """Read a file of marks.

    Raises TableError with every bad row and column.
    """
    return read(data, filename, COLUMNS, lambda line: _read_line(line, today), _identity)


def _identity(row: Row) -> tuple[str | int | date, ...]:
    names = full_name(row.letter, row.surname, row.first_name, row.patronymic, row.subject)
    return (row.grade, *names, row.on_date)


def _read_line(line: Line, today: date) -> Row:
    grade, letter = line.school_class("class")
    surname, first_name, patronymic = (line.name(each) for each in ("surname", "first_name", "patronymic"))
    subject = line["subject"]
    if len(subject) > CELL_MAX:
        line.wrong("subject", "table-cell-long", limit=CELL_MAX, length=len(subject))
    elif subject and not any(char.isalpha() for char in same(subject)):
        line.wrong("subject", "marks-cell-subject", value=subject)
    current, external = _mark(line, "current"), _mark(line, "external")
    if not line["current"] and not line["external"]:
        line.wrong("current", "marks-cell-none")
    on_date = parse_date(line["date"])
    if line["date"] and on_date is None:
        line.wrong("date", "marks-cell-date", value=line["date"][:CELL_MAX])
    elif on_date and on_date > today:
        line.wrong("date", "marks-cell-future")
    return Row(
        line,
        grade,
        letter,
        surname,
        first_name,
        patronymic,
        subject[:1].upper() + subject[1:],
        current,
        external,
        on_date or today,
    )


def parse_mark(text: str) -> int | None:
    """A mark from 1 to 5, also a mean such as 4,25, in hundredths; None for what is none."""
    if not _MARK.fullmatch(text):
        return None
    value = Decimal(text.replace(",", ".")) * SCALE
    return int(value.quantize(Decimal(1), ROUND_HALF_UP)) if value <= HIGHEST else None


def _mark(line: Line, column: str) -> int | None:
    value = parse_mark(line[column]) if line[column] else None
    if line[column] and value is None:
        line.wrong(column, "marks-cell-mark", value=line[column][:CELL_MAX])
    return value


def parse_date(text: str) -> date | None:
    """A day as people or spreadsheets write it, with its year; None for what is none."""
    if matched := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in matched.groups())
        year += 2000 if len(matched[3]) == 2 else 0
    elif matched := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in matched.groups())
    else:
        return None
    try:
        return date(year, month, day) if year >= YEAR_MIN else None
    except ValueError:
        return None
