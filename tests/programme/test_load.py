"""What the loader makes of a programme file, right or wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.programme.load import ProgrammeError, load, warnings
from bot.programme.model import Answer, Kind, Target
from bot.texts import texts
from bot.ui.programme_words import oddity

SMALL = """
name = "Малая программа"
title = "Программа малой школы"
goal = "Учить всех"
period = "Текущий учебный год"
years = [2023, 2024]
methods = ["анкетирование"]

[school]
name = "Школа"
full_name = "Малая школа"
address = "с. Малое"
phone = "1"
email = "a@example.org"
site = "https://example.org"

[approval]
by = "Иванова А.А."
position = "Директор"
order = "1"
date = 2022-09-15

[[directions]]
number = 1
key = "staff"
title = "Педагоги"
activities_title = "Педагоги"
short = "Педагоги"
short_en = "Staff"

[[tasks]]
number = 1
text = "Учить"

[[indicators]]
number = "1.1"
key = "trained"
kind = "share"
title = "Доля обученных"
short = "Обучены"
short_en = "Trained"
start = { value = 10, written = "10%" }
targets = [
    { years = [2023], value = 20, written = "20%" },
    { years = [2024], value = 30, written = "не менее 30%" },
]

[[indicators]]
number = "1.2"
key = "service"
kind = "presence"
title = "Наличие службы"
short = "Служба"
short_en = "Service"
targets = [{ years = [2023, 2024], value = true, written = "имеется" }]

[[activities]]
number = "1.1"
key = "courses"
title = "Курсы"
short = "Курсы"
short_en = "Courses"
deadline = "октябрь"
responsible = ["Иванова А.А."]
rrule = "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=31"
months = 1

[[results]]
number = 1
text = "Обучены"
answers = [{ indicator = "trained", at_least = 30 }, { data = "rooms", at_least = 2.5 }]

[[local_acts]]
key = "statute"
title = "Положение"
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write SMALL with some of its text replaced, each (old, new) once."""

    def write(*changes: tuple[str, str]) -> Path:
        text = SMALL
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "programme.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def problems(path: Path) -> list[str]:
    """Say what is wrong with a file, without the file's own name."""
    with pytest.raises(ProgrammeError) as caught:
        load(path)
    assert all(problem.file == str(path) for problem in caught.value.problems)
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    return [str(problem).removeprefix(str(path)).removeprefix(", ") for problem in caught.value.problems]


class TestRight:
    def test_everything_is_read(self, write: Write) -> None:
        programme = load(write())
        trained, service = programme.indicators
        assert (trained.kind, trained.direction, trained.start) == (Kind.SHARE, 1, Target(10, "10%"))
        assert trained.targets == {2023: Target(20, "20%"), 2024: Target(30, "не менее 30%")}
        assert service.start is None
        assert service.targets == {2023: Target(1, "имеется"), 2024: Target(1, "имеется")}
        assert programme.results[0].answers == (Answer("trained", "", 30), Answer("", "rooms", 2.5))
        assert (programme.people, programme.positions) == (("Иванова А.А.",), ())
        assert programme.approval.date.isoformat() == "2022-09-15"

    def test_things_are_found_by_key_and_by_number(self, write: Write) -> None:
        programme = load(write())
        assert programme.indicator("1.2") is programme.indicator("service") is programme.indicators[1]
        assert programme.activity("1.1") is programme.activity("courses") is programme.activities[0]
        assert programme.direction(1) is programme.direction("staff") is programme.directions[0]
        for find in (programme.indicator, programme.activity, programme.direction):
            with pytest.raises(KeyError):
                find("9.9")

    def test_a_byte_order_mark_does_not_matter(self, tmp_path: Path, write: Write) -> None:
        marked = tmp_path / "marked.toml"
        marked.write_text(SMALL, encoding="utf-8-sig")
        assert load(marked).name == load(write()).name

    def test_the_built_in_one_is_whole(self) -> None:
        programme = load()
        numbers = [indicator.number for indicator in programme.indicators]
        assert numbers == [f"{d}.{n}" for d, rows in enumerate([8, 11, 5, 8], 1) for n in range(1, rows + 1)]
        assert [result.number for result in programme.results] == list(range(1, 24))
        assert len(programme.local_acts) == 5
        for direction in programme.directions:
            of_it = [activity for activity in programme.activities if activity.direction == direction.number]
            assert of_it


class TestWrong:
    @pytest.mark.parametrize(
        ("old", "new", "problem"),
        [
            ('goal = "Учить всех"', "", 'goal: missing; write a text in quotes, such as "routes"'),
            ('"Учить всех"', '""', 'goal: empty; write a text in quotes, such as "routes"'),
            ('"Учить всех"', "5", 'goal: 5 is of the wrong type; write a text in quotes, such as "routes"'),
            ("goal =", "gaol =", "gaol: unknown key; did you mean 'goal'?"),
            ("email =", "mail =", "school.mail: unknown key; did you mean 'email'?"),
            (
                "2022-09-15",
                '"в сентябре"',
                "approval.date: 'в сентябре' is of the wrong type; write a date, such as 2022-09-15",
            ),
            (
                "[2023, 2024]",
                "[2024, 2023]",
                "years: [2024, 2023] are not years in order; write such as [2023, 2024, 2025]",
            ),
            (
                '["анкетирование"]',
                "[1]",
                'methods[0]: 1 is of the wrong type; write a text in quotes, such as "routes"',
            ),
            (
                '"Обучены"',
                f'"{"о" * 41}"',
                f"indicators[0].short: «{'о' * 41}» has 41 characters; shorten it to 40",
            ),
            (
                '"service"',
                '"trained"',
                "indicators[1].key: 'trained' is taken by indicators[0]; choose another",
            ),
            (
                '"service"',
                '"Служба"',
                "indicators[1].key: 'Служба' is not a key; write up to 50 of a-z, 0-9 and _, a letter first",
            ),
            (
                'number = "1.2"',
                'number = "1.1"',
                "indicators[1].number: '1.1' is taken by indicators[0]; choose another",
            ),
            (
                'number = "1.2"',
                'number = "2.1"',
                "indicators[1].number: '2.1' is of an unknown direction; write one of the directions 1",
            ),
            (
                'number = "1.2"',
                'number = "1"',
                "indicators[1].number: '1' is not a number in a direction; write one such as \"2.10\"",
            ),
            ('"share"', '"shares"', "indicators[0].kind: unknown kind 'shares'; did you mean 'share'?"),
            (
                "value = 20",
                "value = true",
                "indicators[0].targets[0].value: True is not a number; write one, such as 44",
            ),
            (
                "value = 20",
                "value = inf",
                "indicators[0].targets[0].value: inf is not a number; write one, such as 44",
            ),
            (
                "value = 20",
                "value = 200",
                "indicators[0].targets[0].value: 200 is no share; write a number from 0 to 100",
            ),
            (
                "value = true",
                "value = 1",
                "indicators[1].targets[0].value: 1 is of the wrong type; write true or false",
            ),
            ("value = 10, ", "", "indicators[0].start.value: missing; write one, such as 44"),
            (
                "{ years = [2024]",
                "{ years = [2023]",
                "indicators[0].targets[1].years: 2023 has a target already; give each year one",
            ),
            (
                "{ years = [2024]",
                "{ years = [2023]",
                "indicators[0].targets: no target for 2024; give each year one",
            ),
            (
                "{ years = [2024]",
                "{ years = [2042]",
                "indicators[0].targets[1].years: 2042 is no column of the targets; "
                "add it to `years` above, or leave it out",
            ),
            (
                "months = 1",
                "months = 13",
                "activities[0].months: an occurrence cannot last 13 months; write 0 (that day alone) to 12",
            ),
            (
                "months = 1",
                "vacation_off = true",
                "activities[0].vacation_off: unknown key; did you mean 'vacations_off'?",
            ),
            (
                'responsible = ["Иванова А.А."]',
                'responsible = "Иванова А.А."',
                "activities[0].responsible: 'Иванова А.А.' is of the wrong type; "
                "write a list in square brackets",
            ),
            (
                "BYMONTHDAY=31",
                "BYMONTHDAY=32",
                "activities[0].rrule: 'FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=32': there is no such date; "
                "write one such as FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=31",
            ),
            (
                'indicator = "trained"',
                'indicator = "trainde"',
                "results[0].answers[0].indicator: there is no indicator 'trainde'; did you mean 'trained'?",
            ),
            (
                '{ data = "rooms"',
                '{ data = "rooms", indicator = "trained"',
                "results[0].answers[1]: an answer is either an indicator or other data; "
                "write one of `indicator` and `data`",
            ),
            (
                "[[tasks]]\nnumber = 1\n",
                "[[tasks]]\nnumber = 1.5\n",
                "tasks[0].number: 1.5 is of the wrong type; write a whole number, such as 3",
            ),
        ],
    )
    def test_each_is_named_with_place_and_remedy(
        self, write: Write, old: str, new: str, problem: str
    ) -> None:
        assert problem in problems(write((old, new)))

    def test_all_are_found_at_once(self, write: Write) -> None:
        found = problems(
            write(
                ('name = "Малая программа"\n', ""),
                ('"share"', '"shares"'),
                ("    { years = [2024], value = 30", "    { years = [2023], value = 30"),
                ("FREQ=YEARLY", "FREQ=OFTEN"),
                ('title = "Положение"', 'titel = "Положение"'),
            )
        )
        assert [line.partition(":")[0] for line in found] == [
            "indicators[0].kind",
            "indicators[0].targets[1].years",
            "indicators[0].targets",
            "name",
            "activities[0].rrule",
            "local_acts[0].title",
            "local_acts[0].titel",
        ]

    def test_an_empty_file_lacks_everything(self, tmp_path: Path) -> None:
        (tmp_path / "empty.toml").touch()
        found = problems(tmp_path / "empty.toml")
        missing = {line.partition(": missing")[0] for line in found}
        assert {"name", "school", "approval", "indicators", "activities"} <= missing

    def test_no_file(self, tmp_path: Path) -> None:
        (line,) = problems(tmp_path / "none.toml")
        assert "there is no such file" in line

    def test_a_directory(self, tmp_path: Path) -> None:
        (line,) = problems(tmp_path)
        assert "cannot be read" in line

    def test_another_encoding(self, tmp_path: Path) -> None:
        (tmp_path / "programme.toml").write_text(SMALL, encoding="cp1251")
        (line,) = problems(tmp_path / "programme.toml")
        assert "not in UTF-8; save it in that encoding" in line

    def test_a_number_too_long_for_python(self, write: Write) -> None:
        (line,) = problems(write(("value = 20", f"value = {'9' * 5000}")))
        assert "not TOML" in line

    def test_not_toml_names_the_line(self, write: Write) -> None:
        (line,) = problems(write(("goal =", "goal :")))
        assert "not TOML" in line and "line 4" in line

    lines = SMALL.splitlines()

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.integers(0, len(lines) - 1),
        st.sampled_from(
            ["", "name = 1", "key = []", "years = [[]]", "targets = [1]", "value = {}", "[school]"]
        ),
    )
    def test_no_line_however_broken_breaks_the_loader(self, tmp_path: Path, index: int, line: str) -> None:
        path = tmp_path / "programme.toml"
        path.write_text("\n".join([*self.lines[:index], line, *self.lines[index + 1 :]]), encoding="utf-8")
        try:
            load(path)
        except ProgrammeError as error:
            assert error.problems


def odd(path: Path | None = None) -> list[str]:
    return [oddity(texts("en"), each) for each in warnings(load(path))]


class TestWarnings:
    def test_a_plain_programme_is_only_prolonged(self, write: Write) -> None:
        assert odd(write()) == [
            "indicators: nobody is named who answers for 2 of 2 (1.1, 1.2)",
            "years: no targets after 2024: that column goes on to hold, prolonged",
        ]

    def test_an_indicator_with_an_owner(self, write: Write) -> None:
        owned = ('short_en = "Trained"\n', 'short_en = "Trained"\nowner = "Иванова А.А."\n')
        assert load(write(owned)).indicators[0].owner == "Иванова А.А."
        assert "indicators: nobody is named who answers for 1 of 2 (1.2)" in odd(write(owned))

    @pytest.mark.parametrize(
        ("old", "new", "oddity"),
        [
            (
                "value = 30",
                "value = 19",
                "indicator 1.1 «Обучены»: the target falls from 20 (2023) to 19 (2024)",
            ),
            ("value = 10", "value = 25", "indicator 1.1 «Обучены»: starts at 25, above the first target 20"),
            ('responsible = ["Иванова А.А."]\n', "", "activity 1.1 «Курсы»: nobody is responsible"),
            ("BYMONTH=10", "BYMONTH=8", "activity 1.1 «Курсы»: falls due in the summer vacation («октябрь»)"),
            (
                "at_least = 30",
                "at_least = 100",
                "result 1: promises 100 of indicator 1.1 «Обучены», whose last target is 30",
            ),
        ],
    )
    def test_what_is_odd(self, write: Write, old: str, new: str, oddity: str) -> None:
        assert oddity in odd(write((old, new)))

    def test_the_built_in_programme(self) -> None:
        places = {line.partition(":")[0].partition(" «")[0] for line in odd()}
        assert places == {
            "indicator 1.1",
            "indicator 4.5",
            "activity 1.4",
            "activity 2.4",
            "result 5",
            "result 11",
            "indicators",
            "years",
        }
