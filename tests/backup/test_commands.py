"""`backup` and `restore` on the command line: exit status, what is said, a disk that takes no more."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main
from bot.db.backup.sqlite import _open
from tests.backup.test_rules import rows

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_file: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bot.db").write_bytes(empty_file.read_bytes())
    return tmp_path


def test_there_and_back(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "data" / "bot.key").write_text("k" * 64)
    assert main(["backup", "copy.db"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("copy.db: ") and first.endswith(
        " MB, whole, not sealed: backup.passphrase is empty"
    )
    assert second.startswith("the key of anonymous letters is not in it: keep a copy of data/bot.key")
    before = rows(Path("data/bot.db"))
    (here / "data" / "bot.key").write_text("l" * 64)
    assert main(["restore", "copy.db"]) == 0
    first, second, third = capsys.readouterr().out.splitlines()
    assert first == "copy.db: is now the database; start the bot"
    assert second.startswith("what was there before is data/bot.db.before-restore-20")
    assert third.startswith(
        "the key of anonymous letters is not the one of this copy: put that one back (data/bot.key)"
    )
    assert rows(Path("data/bot.db")) == before


def test_by_default_into_the_folder_and_into_a_given_one(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "stick").mkdir()
    assert main(["backup"]) == main(["backup", "stick"]) == 0
    for folder in ("data/backups", "stick"):
        (made,) = Path(folder).glob("school-bot-20*.db")
        assert f"{made}: " in capsys.readouterr().out or folder == "stick"
    assert not (here / "data" / "bot.key").exists()  # which the bot makes, not this


def test_what_waits_in_the_copy_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(_open(Path("data/bot.db"))) as database:
        database.execute(
            "INSERT INTO outbox (person_id, kind, arguments, dedup_key, created_at, not_before, state,"
            " attempts, media, fleeting) VALUES (1, 'x', '{}', 'x', '2026', '2026', 'waiting', 0, '[]', 0)"
        )
    assert main(["backup", "copy.db"]) == main(["restore", "copy.db"]) == 0
    assert "\n1 messages were waiting in this copy" in capsys.readouterr().out


def test_what_a_kill_has_left_goes_with_the_next_command(here: Path) -> None:
    left = [here / folder / ".school-bot-x" for folder in ("data", "stick")]

    def leave() -> None:
        for path in left:
            path.mkdir(parents=True, exist_ok=True)
            (path / "copy").write_bytes(b"plain")
            os.utime(path, (0, 0))

    leave()
    assert main(["backup", "stick/copy.db"]) == 0
    assert [path.exists() for path in left] == [False, False]
    leave()
    assert main(["restore", "stick/copy.db"]) == 0
    assert [path.exists() for path in left] == [False, True]  # where it is read nothing is written


def test_what_cannot_be_is_one_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command, words in (
        (["backup", "no/copy.db"], "no/copy.db: No such file or directory; check the path"),
        (["restore", "none.db"], "none.db: No such file or directory; check the path"),
        (["restore", str(ROOT / "README.md")], "is no copy of this bot's database"),
    ):
        assert main(command) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert words in line


def test_while_somebody_has_it_open(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "copy.db"]) == 0
    with closing(_open(Path("data/bot.db"))) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("SELECT * FROM people").fetchall()
        capsys.readouterr()
        assert main(["backup", "another.db"]) == 0
        assert main(["restore", "copy.db"]) == 1
        assert "data/bot.db: the bot is running on it" in capsys.readouterr().err
    assert main(["restore", "copy.db"]) == 0


@pytest.mark.parametrize("passphrase", ["", "four words in no order"])
def test_a_disk_that_takes_no_more(here: Path, passphrase: str) -> None:
    """No file of this process may grow past 20,000 bytes: the system refuses as a full disk does.

    Nor one with compiled code, which would be left torn for the next: -B.
    """
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))"
    code = f"{limit}; import sys; from bot.cli import main; sys.exit(main(['backup', 'copy.db']))"
    environment = {"PYTHONPATH": str(ROOT), "SCHOOLBOT_BACKUP__PASSPHRASE": passphrase}
    done = subprocess.run([sys.executable, "-B", "-c", code], capture_output=True, text=True, env=environment)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("copy.db: no room left on the disk") and line.endswith("free some, then try again")
    assert [path.name for path in here.iterdir()] == ["data"]


def test_a_short_passphrase_and_sending_without_one(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text, words in (
        ('passphrase = "short"', "config.toml, backup.passphrase: write at least 12 characters"),
        ("send = true", "config.toml, backup: send = true needs backup.passphrase"),
    ):
        (here / "config.toml").write_text(f"[backup]\n{text}\n")
        assert main(["check"]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(words) and "short" not in line
