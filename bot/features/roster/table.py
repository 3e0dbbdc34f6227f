"""A roster file: its columns, and a row of it as a pupil."""

from dataclasses import dataclass

from bot.features.roster.reading import CELL_MAX, Column, Line, is_name, read, same

# In the order of the documentation.
COLUMNS = {
    "class": Column(("класс", "class"), required=True),
    "surname": Column(("фамилия", "last name", "surname"), required=True),
    "first_name": Column(("имя", "name", "first name"), required=True),
    "patronymic": Column(("отчество", "patronymic")),
    "guardian_1": Column(("родитель 1", "представитель 1", "guardian 1")),
    "relation_1": Column(("кем приходится 1", "родство 1", "relation 1")),
    "guardian_2": Column(("родитель 2", "представитель 2", "guardian 2")),
    "relation_2": Column(("кем приходится 2", "родство 2", "relation 2")),
}
RELATION = "представитель"


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
    """Read a roster file.

    Raises TableError with every bad row and column.
    """
    return read(data, filename, COLUMNS, _read_line, identity)


def identity(row: Row) -> tuple[str, ...]:
    """What makes a pupil of a file the same as another: class and full name."""
    return (str(row.grade), same(row.letter), *full_name(row.surname, row.first_name, row.patronymic))


def full_name(*parts: str) -> tuple[str, ...]:
    """A name for comparing."""
    return tuple(same(part) for part in parts)


def _read_line(line: Line) -> Row:
    grade, letter = line.school_class("class")
    surname, first_name, patronymic = (line.name(each) for each in ("surname", "first_name", "patronymic"))
    guardians: list[tuple[str, str]] = []
    for place in ("1", "2"):
        name, relation = line.name(f"guardian_{place}"), line[f"relation_{place}"]
        if relation and not name:
            line.wrong(f"guardian_{place}", "roster-cell-relation", relation=relation[:CELL_MAX])
        elif len(relation) > CELL_MAX // 2:
            line.wrong(f"relation_{place}", "table-cell-long", limit=CELL_MAX // 2, length=len(relation))
        elif relation and not is_name(relation):
            line.wrong(f"relation_{place}", "roster-cell-kin", value=relation)
        elif name and same(name) in (same(other) for other, _ in guardians):
            line.wrong(f"guardian_{place}", "roster-cell-guardian-twice")
        elif name:
            guardians.append((name, relation or RELATION))
    return Row(line.number, grade, letter, surname, first_name, patronymic, tuple(guardians))
