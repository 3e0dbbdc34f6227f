"""Reading roster files: every kind that a school may have, every mistake named."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.features.roster.reading import ROWS_MAX, SIZE_MAX, TableError
from bot.features.roster.table import Row, read_table

HEADER = "класс;фамилия;имя;отчество;родитель 1;кем приходится 1;родитель 2;кем приходится 2"
LINE = "5А;Лебедева;Маша;Игоревна;Лебедева Ирина;мать;Лебедев Игорь;отец"
MASHA = Row(
    2, 5, "А", "Лебедева", "Маша", "Игоревна", (("Лебедева Ирина", "мать"), ("Лебедев Игорь", "отец"))
)


def csv(*lines: str, header: str = HEADER, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([header, *lines]).encode(encoding)


def xlsx(*lines: Sequence[object]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for line in lines:
        book.active.append(list(line))
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def problems(data: bytes, name: str = "roster.csv") -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(TableError) as caught:
        read_table(data, name)
    return [(p.row, p.column, p.key.partition("-")[2]) for p in caught.value.problems]


class TestKinds:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
    def test_encodings(self, encoding: str) -> None:
        assert read_table(csv(LINE, encoding=encoding), "r.csv") == [MASHA]

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_delimiters(self, delimiter: str) -> None:
        data = csv(LINE.replace(";", delimiter), header=HEADER.replace(";", delimiter))
        assert read_table(data, "r.csv") == [MASHA]

    def test_quotes(self) -> None:
        (row,) = read_table(csv('5А;"Лебедева";"Маша";;"Лебедева, Ира";;;'), "r.csv")
        assert row.guardians == (("Лебедева, Ира", "представитель"),)

    def test_xlsx_with_numbers_and_empty_rows(self) -> None:
        data = xlsx(
            ["Класс", "ФАМИЛИЯ", "Имя"], [], [10, "Котов", "Ваня"], [None, None, None], [7.0, "Ёлкин", "Лев"]
        )
        rows = read_table(data, "r.xlsx")
        assert [(r.number, r.grade, r.letter, r.surname) for r in rows] == [
            (3, 10, "", "Котов"),
            (5, 7, "", "Ёлкин"),
        ]

    def test_xlsx_with_a_merged_class_and_a_gap(self) -> None:
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        sheet.append(["класс", "фамилия", "имя"])
        for at, surname in ((2, "Котов"), (3, "Сомов"), (ROWS_MAX + 900, "Рыбин")):
            for column, value in enumerate(("5А", surname, "Ян"), 1):
                sheet.cell(at, column, value)
        assert [r.number for r in read_table(saved(book), "r.xlsx")] == [2, 3, ROWS_MAX + 900]
        sheet.merge_cells("A2:A3")  # the second pupil's class is then no more in the file
        assert problems(saved(book)) == [(3, "класс", "cell-empty")]

    def test_the_content_decides_not_the_name(self) -> None:
        assert read_table(csv(LINE), "r.xlsx") == [MASHA]

    def test_headings_in_english_in_any_order(self) -> None:
        data = csv("Маша,Лебедева,5А", header="First Name,surname , CLASS")
        (row,) = read_table(data, "r.csv")
        assert (row.first_name, row.surname, row.letter) == ("Маша", "Лебедева", "А")

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("5А", (5, "А")),
            ("5 а", (5, "А")),
            ("5-А", (5, "А")),
            ("5A", (5, "А")),  # Latin
            ("10 «Б»", (10, "Б")),
            ("1", (1, "")),
            ("11в", (11, "В")),
        ],
    )
    def test_ways_to_write_a_class(self, written: str, expected: tuple[int, str]) -> None:
        (row,) = read_table(csv(f"{written};Котов;Ваня;;;;;"), "r.csv")
        assert (row.grade, row.letter) == expected


class TestMistakes:
    def test_every_bad_row_and_column_is_named(self) -> None:
        found = problems(
            csv(
                "12А;Котов;Ваня;;;;;",
                "5А;;Маша1;;;;;",
                LINE,
                "5А;Сомов;Петя;;;мать;;",
                "класс;Рыбин;Олег;;;;;",
                ";Рыбин;Олег;;Рыбина Ия;8-913-000-00-00;;",
            )
        )
        assert found == [
            (2, "класс", "cell-class"),
            (3, "фамилия", "cell-empty"),
            (3, "имя", "cell-name"),
            (5, "родитель 1", "cell-relation"),
            (6, "класс", "cell-class"),
            (7, "класс", "cell-empty"),
            (7, "кем приходится 1", "cell-kin"),
        ]

    def test_columns_are_named_as_the_file_heads_them(self) -> None:
        data = csv("5А,Котов,1", header="Class,SURNAME,First name")
        assert problems(data) == [(2, "First name", "cell-name")]

    def test_a_row_that_an_unquoted_comma_has_shifted(self) -> None:
        line = "5А,Котов,Ваня,,Котова Нина,мать,Котов, Пётр,отец"
        assert problems(csv(line, header=HEADER.replace(";", ","))) == [(2, None, "row-extra")]

    def test_a_quote_that_is_never_closed_takes_nobody_with_it(self) -> None:
        with pytest.raises(TableError) as caught:
            read_table(csv(LINE, '5А;Сомов;Петя;;Сомова Ира;"мать', "5А;Котов;Ян;;;;;"), "r.csv")
        (problem,) = caught.value.problems
        assert (problem.key, problem.arguments) == ("table-file-csv", (("row", 3),))

    def test_the_same_pupil_twice_whatever_the_case(self) -> None:
        assert problems(csv("5А;Королёв;Лев;;;;;", "5а;КОРОЛЕВ;лев;;;;;")) == [(3, None, "row-twice")]

    def test_the_same_guardian_twice(self) -> None:
        line = "5А;Котов;Ваня;;Котова Нина;мать;котова  нина;мать"
        assert problems(csv(line)) == [(2, "родитель 2", "cell-guardian-twice")]

    @pytest.mark.parametrize("name", ["<b>Котов</b>", "Котов 😀", "К0тов", "=Котов", "К" * 101])
    def test_names_that_are_none(self, name: str) -> None:
        ((row, column, _),) = problems(csv(f"5А;{name};Ваня;;;;;"))
        assert (row, column) == (2, "фамилия")

    @pytest.mark.parametrize(
        "name", ["Салтыков-Щедрин", "д’Артаньян", "Оглы (Мамедов)", "Ё", "Müller", "Ин. "]
    )
    def test_names_that_are(self, name: str) -> None:
        (row,) = read_table(csv(f"5А;{name};Ваня;;;;;"), "r.csv")
        assert row.surname == name.strip()

    def test_a_heading_far_to_the_right_is_seen(self) -> None:
        data = xlsx(["класс", "фамилия", "имя", *[None] * 60, "телефон"], ["5А", "Котов", "Ян"])
        assert [key for _, _, key in problems(data)] == ["column-unknown", "columns"]

    def test_columns_missing_unknown_and_twice(self) -> None:
        keys = [key for _, _, key in problems(csv("5А;Ваня;x;y", header="класс;имя;имя;телефон"))]
        assert keys == ["column-twice", "column-unknown", "column-missing", "columns"]

    @pytest.mark.parametrize(
        ("data", "key"),
        [
            (b"", "file-empty"),
            (csv(), "file-empty"),
            (b"\x89PNG\r\n\0\0\0", "file-kind"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "file-xls"),
            (b"PK\x03\x04 not a zip", "file-xlsx"),
            (b"x" * (SIZE_MAX + 1), "file-big"),
            (csv(*[LINE] * (ROWS_MAX + 1)), "file-long"),
            (csv('5А;"' + "x" * 200_000 + '";Ваня'), "file-csv"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_files_that_are_none(self, data: bytes, key: str) -> None:
        assert problems(data) == [(None, None, key)]

    def test_a_zip_that_is_no_workbook_and_one_that_explodes(self) -> None:
        for content, key in ((b"hello", "file-xlsx"), (bytes(60 * 2**20), "file-big")):
            file = io.BytesIO()
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("xl/worksheets/sheet1.xml", content)
            assert problems(file.getvalue(), "r.xlsx") == [(None, None, key)]

    @pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
    @pytest.mark.parametrize("kind", ["another file", "a billion laughs"])
    def test_a_workbook_is_not_made_to_read_other_files(self, tmp_path: Path, kind: str, part: str) -> None:
        """Entities of XML: neither a file of this machine nor ten to the ninth letters come of them."""
        secret = tmp_path / "secret"
        secret.write_text("Секретов")
        deepest = "a0" if kind == "another file" else "a9"
        entities = f'<!ENTITY a0 SYSTEM "{secret.as_uri()}">'
        if kind == "a billion laughs":
            more = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
            entities = f'<!ENTITY a0 "Секретов">{more}'
        good = zipfile.ZipFile(io.BytesIO(xlsx(HEADER.split(";"), LINE.split(";"))))
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for name in good.namelist():
                content = good.read(name).decode()
                if name == part:
                    content = re.sub(r"^<\?xml.*?\?>\s*", "", content)
                    content = re.sub(r"(<(?:t|numFmts|sheets)[ >][^<]*)", rf"\1&{deepest};", content, count=9)
                    content = f"<!DOCTYPE x [{entities}]>{content}"
                archive.writestr(name, content)
        try:
            assert "Секретов" not in repr(read_table(file.getvalue(), "r.xlsx"))
        except TableError as error:
            assert [problem.key for problem in error.problems] == ["table-file-xlsx"]

    @given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail))
    def test_whatever_comes_is_read_or_refused(self, data: bytes) -> None:
        try:
            rows = read_table(data, "file")
        except TableError as error:
            assert error.problems
        else:
            assert rows

    @given(st.text(max_size=30))
    def test_any_text_as_a_name_is_kept_or_refused(self, name: str) -> None:
        data = xlsx(["класс", "фамилия", "имя"], ["5А", name if name.isprintable() else "x", "Ваня"])
        try:
            (row,) = read_table(data, "r.xlsx")
        except TableError:
            return
        assert not set(row.surname) & set("<>&0123456789")
