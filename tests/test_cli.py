"""The command line: exit status, one line a problem, no traceback."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog

from bot.cli import main
from bot.clock import Clock
from tests.roster.test_rules import LINE, csv

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "docs" / "samples" / "roster.csv"
MARKS = ROOT / "docs" / "samples" / "marks.csv"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    logging = structlog.get_config()
    yield tmp_path
    # The command line logs to the standard error of these tests, which ends with each of them.
    structlog.configure(**logging)


class TestCheck:
    def test_the_built_in_programme_is_valid_and_odd(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check"]) == 0
        out = capsys.readouterr().out.splitlines()
        assert "32 indicators, 20 activities" in out[-1]
        assert any(line.startswith("warning: indicator 1.1 ") for line in out)
        assert any("indicator 4.5" in line for line in out)

    def test_a_programme_that_is_wrong(self, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
        text = (ROOT / "bot" / "programme" / "alekseevskaya.toml").read_text(encoding="utf-8")
        (here / "mine.toml").write_text(text.replace('key = "rooms"', 'key = "routes"'), encoding="utf-8")
        (here / "config.toml").write_text('[school]\nprogramme = "mine.toml"\n', encoding="utf-8")
        assert main(["check"]) == 2
        lines = capsys.readouterr().err.splitlines()
        assert all(line.startswith("mine.toml") for line in lines) and any("routes" in line for line in lines)

    @pytest.mark.parametrize(("key", "said"), [("", True), ("one for all of them", False)])
    def test_what_several_processes_would_not_agree_on(
        self, here: Path, capsys: pytest.CaptureFixture[str], key: str, said: bool
    ) -> None:
        (here / "config.toml").write_text(
            '[telegram]\nmode = "webhook"\n[webhook]\nurl = "https://x/"\nsecret = "0123456789abcdef"\n'
            f'[database]\nurl = "postgresql+asyncpg://bot@127.0.0.1/bot"\n[feedback]\nkey = "{key}"\n',
            encoding="utf-8",
        )
        assert main(["check"]) == 0
        assert ("warning: feedback.key is empty" in capsys.readouterr().out) == said

    def test_an_old_sqlite_is_said(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for version, said in (((3, 40, 1), True), ((3, 51, 3), False)):
            monkeypatch.setattr("sqlite3.sqlite_version_info", version)
            main(["check"])
            assert ("can, rarely, damage its file" in capsys.readouterr().out) == said

    def test_what_others_can_read_is_said_with_the_remedy(
        self, here: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        config = here / "config.toml"
        config.write_text('[telegram]\ntoken = "1:SECRET"\n', encoding="utf-8")
        assert main(["migrate"]) == 0
        (here / "data" / "backups").mkdir()
        (here / "data" / "bot.key").write_text("key")
        here.chmod(0o755)
        config.chmod(0o600)
        assert main(["check"]) == 0
        assert "others on this machine" not in capsys.readouterr().out  # what we make is ours alone
        for path, mode in (("config.toml", 0o640), ("data/bot.db", 0o644), ("data/bot.key", 0o604)):
            (here / path).chmod(mode)
        (here / "data" / "backups").chmod(0o755)
        assert main(["check"]) == 0
        (warning,) = (line for line in capsys.readouterr().out.splitlines() if "others on" in line)
        assert warning.startswith("warning: config.toml:") and warning.endswith("chmod 600 config.toml")
        (here / "data").chmod(0o755)  # as earlier versions made it
        assert main(["check"]) == 0
        said = [line for line in capsys.readouterr().out.splitlines() if "others on" in line]
        assert len(said) == 4 and "SECRET" not in " ".join(said)
        assert said[2].endswith("chmod 700 data/backups")
        config.write_text("")
        config.chmod(0o644)
        assert main(["check"]) == 0
        assert "config.toml: others" not in capsys.readouterr().out  # nothing secret in it

    @pytest.mark.parametrize(
        ("file", "folder", "said"),
        [
            (0o600, 0o755, []),
            (0o622, 0o755, ["config.toml: others on this machine can change the configuration; chmod 600"]),
            (0o666, 0o755, ["config.toml: others on this machine can read and change the configuration;"]),
            (0o622, 0o700, []),
            (0o600, 0o777, ["others on this machine can replace the bot's files in it; chmod go-w /"]),
            (0o600, 0o775, ["others on this machine can replace the bot's files in it; chmod go-w /"]),
            (0o600, 0o1777, []),  # as /tmp is
        ],
    )
    def test_what_others_can_change_is_said_with_the_remedy(
        self,
        here: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        file: int,
        folder: int,
        said: list[str],
    ) -> None:
        """Who changes `telegram.api_base` is given the token."""
        (here / "bot").mkdir()
        monkeypatch.chdir(here / "bot")
        config = Path("config.toml")
        config.write_text('[telegram]\ntoken = "1:SECRET"\n', encoding="utf-8")
        here.chmod(0o755)
        (here / "bot").chmod(folder)
        config.chmod(file)
        assert main(["check"]) == 0
        warnings = [line for line in capsys.readouterr().out.splitlines() if "others on" in line]
        assert len(warnings) == len(said)
        assert all(words in warning for words, warning in zip(said, warnings, strict=True))

    def test_a_misspelt_key(self, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (here / "config.toml").write_text("[school]\nnamme = 'x'\n", encoding="utf-8")
        assert main(["check"]) == 2
        assert capsys.readouterr().err == "config.toml, school.namme: unknown key; did you mean 'name'?\n"


class TestInvites:
    @pytest.fixture
    def roster(self, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (here / "roster.csv").write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
        assert main(["import-roster", "roster.csv"]) == 0
        capsys.readouterr()

    def test_prints_and_says_what_no_longer_works(
        self, roster: None, here: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        command = ["invites", "--all", "--out", "slips.pdf", "--bot-name", "school_bot"]
        assert main(command) == 0
        out = capsys.readouterr().out.splitlines()
        assert out[0].startswith("slips.pdf: ") and "slips, valid until 20" in out[0]
        assert out[1] == "slips printed before for these families no longer work"
        assert (here / "slips.pdf").read_bytes().startswith(b"%PDF")
        with closing(sqlite3.connect(here / "data" / "bot.db")) as database:
            codes = "SELECT count(*), count(withdrawn_at) FROM invitations"
            ((first, withdrawn),) = database.execute(codes)
            assert first > 1 and withdrawn == 0
            assert main(command) == 0
            assert database.execute(codes).fetchall() == [(2 * first, first)]

    def test_an_unknown_class_names_those_there_are(
        self, roster: None, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["invites", "--class", "12Я", "--out", "x.pdf", "--bot-name", "b"]) == 1
        line = capsys.readouterr().err
        assert line.startswith("--class 12Я: there is no such class; there are: ")
        assert not Path("x.pdf").exists()

    def test_latin_letters_are_understood(self, roster: None, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["invites", "--class", "1 a", "--out", "x.pdf", "--bot-name", "b"]) == 0
        assert capsys.readouterr().out.startswith("x.pdf: 3 slips")

    def test_nobody_to_invite(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["invites", "--all", "--out", "x.pdf", "--bot-name", "b"]) == 1
        assert capsys.readouterr().err.startswith("nothing to print")

    def test_a_folder_that_is_not_there(
        self, roster: None, here: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["invites", "--all", "--out", "no/x.pdf", "--bot-name", "b"]) == 1
        assert capsys.readouterr().err == "no/x.pdf: cannot be written: No such file or directory\n"
        with closing(sqlite3.connect(here / "data" / "bot.db")) as database:
            assert database.execute("SELECT count(*) FROM invitations").fetchall() == [(0,)]

    def test_without_a_token_or_a_network_it_says_what_to_give(
        self, roster: None, here: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        command = ["invites", "--all", "--out", "x.pdf"]
        assert main(command) == 2
        assert "telegram.token: is missing; or give --bot-name" in capsys.readouterr().err
        (here / "config.toml").write_text(
            '[telegram]\ntoken = "1:SECRET"\napi_base = "http://127.0.0.1:9"\n', encoding="utf-8"
        )
        assert main(command) == 1
        line = capsys.readouterr().err
        assert line.startswith("Telegram cannot be reached") and "SECRET" not in line


class TestImportRoster:
    def test_dry_run_then_load_then_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["import-roster", str(SAMPLE), "--dry-run"]) == 0
        dry = capsys.readouterr().out
        assert "New pupils: 5" in dry
        assert main(["import-roster", str(SAMPLE)]) == 0
        assert capsys.readouterr().out == dry
        assert main(["import-roster", str(SAMPLE)]) == 0
        assert "Nothing to change" in capsys.readouterr().out

    def test_in_russian_where_the_machine_is(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
        assert main(["import-roster", str(SAMPLE), "--dry-run"]) == 0
        assert "Новых учеников: 5" in capsys.readouterr().out

    def test_every_mistake_has_a_line(self, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (here / "bad.csv").write_bytes(csv("12;Кот & Co;Ваня;;;;;", LINE, "5А;;Ян;;;;;"))
        assert main(["import-roster", "bad.csv"]) == 1
        assert capsys.readouterr().err.splitlines() == [
            "bad.csv: Row 2, column “класс”: “12” does not look like a class. Write 5А or 10, for example.",
            "bad.csv: Row 2, column “фамилия”: “Кот & Co” does not look like a name: "
            "only letters, spaces, hyphens and dots.",
            "bad.csv: Row 4, column “фамилия”: is empty and has to be filled.",
        ]
        assert main(["import-roster", str(SAMPLE), "--dry-run"]) == 0
        assert "New pupils: 5" in capsys.readouterr().out  # the good row was not loaded either

    def test_a_bad_file_makes_no_database(self, here: Path) -> None:
        (here / "bad.csv").write_bytes(csv("12;Кот;Ваня;;;;;"))
        assert main(["import-roster", "bad.csv"]) == 1
        assert not [*here.rglob("*.db")]

    def test_a_database_that_refuses(self, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["migrate"]) == 0
        with closing(sqlite3.connect(here / "data" / "bot.db")) as connection:
            connection.execute("DROP TABLE guardians")
        assert main(["import-roster", str(SAMPLE)]) == 1
        assert capsys.readouterr().err == "database.url: no such table: guardians\n"

    @pytest.mark.parametrize("name", ["none.csv", "."])
    def test_a_file_that_cannot_be_read(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["import-roster", name]) == 1
        assert capsys.readouterr().err.startswith(f"{name}: cannot be read: ")


class TestImportMarks:
    @pytest.fixture(autouse=True)
    def roster(self, here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        (here / "clock").write_text(str((datetime(2026, 10, 20, tzinfo=UTC) - Clock().now()).total_seconds()))
        monkeypatch.setenv("SCHOOLBOT_CLOCK_FILE", str(here / "clock"))
        assert main(["import-roster", str(SAMPLE)]) == 0
        capsys.readouterr()

    def test_dry_run_then_load_then_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["import-marks", str(MARKS), "--dry-run"]) == 0
        dry = capsys.readouterr().out
        assert "New entries with marks: 5" in dry
        assert main(["import-marks", str(MARKS)]) == 0
        assert capsys.readouterr().out == dry
        assert main(["import-marks", str(MARKS)]) == 0
        assert "Nothing to change" in capsys.readouterr().out

    def test_every_mistake_has_a_line_and_nothing_changes(
        self, here: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        header = "класс;фамилия;имя;предмет;оценка;впр;дата"
        good = "10;Синицын;Павел;Физика;4;;16.10.2026"
        wrong = ("10;Синицын;Павел;Химия;9;;16.10.2026", "5Б;Синицын;Павел;Химия;;x;31.10.2026")
        (here / "bad.csv").write_bytes(csv(good, *wrong, header=header, encoding="cp1251"))
        assert main(["import-marks", "bad.csv"]) == 1
        assert capsys.readouterr().err.splitlines() == [
            "bad.csv: Row 3, column “оценка”: “9” does not look like a mark. "
            "A number from 1 to 5 is needed, such as 4.25.",
            "bad.csv: Row 4, column “впр”: “x” does not look like a mark. "
            "A number from 1 to 5 is needed, such as 4.25.",
            "bad.csv: Row 4, column “дата”: this date is yet to come.",
        ]
        (here / "gone.csv").write_bytes(csv(good, good.replace("10;", "5Б;"), header=header))
        assert main(["import-marks", "gone.csv"]) == 1
        assert capsys.readouterr().err.splitlines() == [
            "gone.csv: Row 3, column “фамилия”: there is no pupil “Синицын Павел” in class 5Б, but in 10."
        ]
        (here / "good.csv").write_bytes(csv(good, header=header))
        assert main(["import-marks", "good.csv", "--dry-run"]) == 0
        assert "New entries with marks: 1" in capsys.readouterr().out


class TestMigrate:
    def test_a_database_that_is_none(self, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (here / "bot.db").write_text("no database " * 100)
        (here / "config.toml").write_text('[database]\nurl = "sqlite+aiosqlite:///bot.db"\n')
        assert main(["migrate"]) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith("database.url: ") and "not a database" in line

    @pytest.mark.parametrize("command", [["migrate"], ["run"], ["sandbox"], ["import-roster", str(SAMPLE)]])
    def test_a_folder_that_is_none(
        self,
        here: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        command: list[str],
    ) -> None:
        (here / "data").write_text("a file")
        monkeypatch.setenv("SCHOOLBOT_TELEGRAM__TOKEN", "1:TOKEN")
        assert main(command) == 1
        assert "data: File exists; the database needs a folder there" in capsys.readouterr().err

    def test_it_is_made(self, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["migrate"]) == 0
        assert (here / "data" / "bot.db").exists()


def test_the_command_line_starts_without_aiogram() -> None:
    """aiogram costs seconds that a command without a chat must not cost."""
    commands = [["check"], ["migrate"], ["import-roster", str(SAMPLE)], ["import-marks", str(MARKS)]]
    run = f"[main(command) for command in {commands!r}]"
    code = f"import sys; from bot.cli import main; {run}; print('aiogram' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.splitlines()[-1] == "False", done.stderr


def test_a_wrong_command_is_usage() -> None:
    with pytest.raises(SystemExit) as caught:
        main(["fly"])
    assert caught.value.code == 2
