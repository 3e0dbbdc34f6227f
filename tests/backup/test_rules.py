"""Copies as files: what they hold, what is refused, what rotation leaves."""

import errno
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Settings
from bot.db import migrate
from bot.db.backup import BackupError, Reason
from bot.features.backup import files, sealing

LOCAL = datetime(2026, 10, 14, 12, 30, tzinfo=ZoneInfo("Asia/Omsk"))
PASSPHRASE = "four words in no order"
Rows = dict[str, list[tuple[Any, ...]]]


def rows(path: Path) -> Rows:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for (name,) in tables}


@pytest.fixture
def place(tmp_path: Path, school_file: Path) -> Path:
    """The database of the small school."""
    path = tmp_path / "data" / "bot.db"
    path.parent.mkdir()
    shutil.copy(school_file, path)
    return path


@pytest.fixture
def here(place: Path, settings: Settings) -> Settings:
    return with_backup(
        settings.model_copy(update={"database": settings.database.model_copy(update={"url": url(place)})}),
        directory=str(place.parent / "backups"),
    )


def url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def with_backup(settings: Settings, **values: Any) -> Settings:
    backup = type(settings.backup).model_validate(settings.backup.model_dump() | values)
    return settings.model_copy(update={"backup": backup})


@contextmanager
def refused(reason: Reason, *words: str, left: Path) -> Iterator[None]:
    """What is refused changes nothing in the folder: no file more or less, no byte another."""

    def content() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in sorted(left.rglob("*")) if path.is_file()}

    before = content()
    with pytest.raises(BackupError) as caught:
        yield
    assert caught.value.reason == reason, caught.value
    assert all(word in str(caught.value) for word in words), caught.value
    assert content() == before
    assert not [*left.rglob(f"{files.UNFINISHED}*")]


class Writer:
    """A bot that writes without a pause: every transaction a row in two tables."""

    def __init__(self, path: Path) -> None:
        self.path, self.done = path, 0
        self._stop, self._many = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> "Writer":
        self._thread.start()
        assert self._many.wait(20)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _write(self) -> None:
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")
            while not self._stop.is_set():
                connection.execute("BEGIN IMMEDIATE")
                number = self.done + 1
                connection.execute("INSERT INTO pictures VALUES (?, randomblob(2000), NULL)", (number,))
                connection.execute("INSERT INTO conversations VALUES (?, NULL, '{}')", (-number,))
                connection.execute("COMMIT")
                self.done = number
                if number == 50:
                    self._many.set()


class TestThereAndBack:
    @pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
    def test_every_row_comes_back_as_it_was_while_the_bot_wrote(
        self, here: Settings, place: Path, tmp_path: Path, passphrase: str
    ) -> None:
        here = with_backup(here, passphrase=passphrase)
        before, copied = rows(place), tmp_path / "copy"
        with Writer(place) as writer:
            first = writer.done
            files.take(here, copied)
            last = writer.done + 1  # one may be committed and not yet counted
        assert last > first
        after = rows(place)
        done = files.restore(here, copied, LOCAL)
        found = rows(place)
        # A moment between first and last: both halves of each transaction until then, and none since.
        until = len(found["pictures"])
        assert first <= until <= last
        assert found["pictures"] == [row for row in after["pictures"] if row[0] <= until]
        assert {row[0] for row in found["conversations"]} == {-n for n in range(1, until + 1)}
        for table in before.keys() - {"pictures", "conversations"}:
            assert found[table] == before[table], table
        assert len(found) == len(before) > 50
        # What was replaced stays, whole.
        assert done.kept and rows(done.kept) == after
        assert done.kept.name == "bot.db.before-restore-20261014-123000"
        assert done.key_fits is True
        for path in (copied, place):
            assert path.stat().st_mode & 0o777 == 0o600

    def test_onto_a_new_machine(self, here: Settings, place: Path, tmp_path: Path) -> None:
        files.take(here, tmp_path / "copy")
        before = rows(place)
        shutil.rmtree(place.parent)
        other_key = here.feedback.model_copy(update={"key": type(here.feedback.key)("k" * 40)})
        done = files.restore(here.model_copy(update={"feedback": other_key}), tmp_path / "copy", LOCAL)
        assert rows(place) == before
        assert (done.kept, done.key_fits) == (None, False)

    def test_what_was_erased_is_not_in_a_copy(self, here: Settings, place: Path, tmp_path: Path) -> None:
        with closing(sqlite3.connect(place)) as connection:
            connection.execute("PRAGMA secure_delete = OFF")
            for number in range(200):
                connection.execute("INSERT INTO pictures VALUES (?, ?, NULL)", (number, b"GONE" * 500))
            connection.commit()
            connection.execute("DELETE FROM pictures")
            connection.commit()
        files.take(here, tmp_path / "copy")
        assert b"GONE" in place.read_bytes()
        assert b"GONE" not in (tmp_path / "copy").read_bytes()

    def test_a_copy_with_an_older_schema_is_brought_to_the_present_one(
        self, here: Settings, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files.take(here, tmp_path / "copy")
        before = rows(place)
        later = tmp_path / "migrations"
        shutil.copytree(Path(migrate.__file__).parent / "migrations", later)
        (later / "versions" / "0002_later.py").write_text(
            'revision = "0002"\ndown_revision = "0001"\n\n'
            "from alembic import op\nimport sqlalchemy as sa\n\n"
            "def upgrade():\n    op.create_table('later', sa.Column('id', sa.Integer, primary_key=True))\n"
        )
        monkeypatch.setattr(migrate, "MIGRATIONS", later)
        files.restore(here, tmp_path / "copy", LOCAL)
        assert rows(place) == before | {"later": [], "alembic_version": [("0002",)]}

    def test_a_database_that_is_damaged_can_be_replaced(
        self, here: Settings, place: Path, tmp_path: Path
    ) -> None:
        files.take(here, tmp_path / "copy")
        before = rows(place)
        place.write_bytes(b"\x77" * 9000)
        done = files.restore(here, tmp_path / "copy", LOCAL)
        assert rows(place) == before
        assert done.kept and done.kept.read_bytes() == b"\x77" * 9000


class TestRefused:
    @pytest.fixture
    def copied(self, here: Settings, tmp_path: Path) -> Path:
        files.take(here, tmp_path / "copy")
        return tmp_path / "copy"

    @pytest.fixture
    def sealed(self, here: Settings, tmp_path: Path) -> Path:
        files.take(with_backup(here, passphrase=PASSPHRASE), tmp_path / "sealed")
        return tmp_path / "sealed"

    @pytest.mark.parametrize("share", [0.01, 0.3, 0.999])
    def test_a_torn_copy(self, here: Settings, copied: Path, tmp_path: Path, share: float) -> None:
        os.truncate(copied, int(copied.stat().st_size * share))
        with refused(Reason.DAMAGED, str(copied), left=tmp_path):
            files.restore(here, copied, LOCAL)

    def test_a_copy_with_a_hole(self, here: Settings, copied: Path, tmp_path: Path) -> None:
        content = bytearray(copied.read_bytes())
        content[4096 * 3 : 4096 * 9] = b"\x77" * 4096 * 6
        copied.write_bytes(content)
        with refused(Reason.DAMAGED, str(copied), left=tmp_path):
            files.restore(here, copied, LOCAL)

    @pytest.mark.parametrize("cut", [21, 60, -1])
    def test_a_torn_sealed_copy(self, here: Settings, sealed: Path, tmp_path: Path, cut: int) -> None:
        os.truncate(sealed, cut % sealed.stat().st_size)
        with refused(Reason.DAMAGED, "damaged or torn", left=tmp_path):
            files.restore(with_backup(here, passphrase=PASSPHRASE), sealed, LOCAL)

    def test_a_wrong_passphrase_and_none(self, here: Settings, sealed: Path, tmp_path: Path) -> None:
        with refused(Reason.DENIED, "not the one that it was sealed with", left=tmp_path):
            files.restore(with_backup(here, passphrase="another passphrase"), sealed, LOCAL)
        with refused(Reason.DENIED, "is sealed", "backup.passphrase", left=tmp_path):
            files.restore(here, sealed, LOCAL)

    @pytest.mark.parametrize("content", [b"", b"SQLite", b"%PDF-1.4 " * 1000, b"PK\x03\x04" * 900])
    def test_a_file_that_is_something_else(self, here: Settings, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "file").write_bytes(content)
        with refused(Reason.FOREIGN, "is no copy of this bot's database", left=tmp_path):
            files.restore(here, tmp_path / "file", LOCAL)

    def test_a_database_of_something_else(self, here: Settings, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
            connection.execute("CREATE TABLE people (id)")
        with refused(Reason.FOREIGN, "is no copy of this bot's database", left=tmp_path):
            files.restore(here, tmp_path / "other.db", LOCAL)

    def test_a_newer_schema(self, here: Settings, copied: Path, tmp_path: Path) -> None:
        with closing(sqlite3.connect(copied)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.commit()
        with refused(Reason.FOREIGN, "made by a newer version of the bot", left=tmp_path):
            files.restore(here, copied, LOCAL)

    def test_no_file_and_a_folder(self, here: Settings, tmp_path: Path) -> None:
        for path, why in ((tmp_path / "none", "No such file"), (tmp_path, "Is a directory")):
            with refused(Reason.OTHER, f"{path}: {why}", left=tmp_path):
                files.restore(here, path, LOCAL)

    def test_the_database_itself_as_the_target(self, here: Settings, place: Path, tmp_path: Path) -> None:
        with refused(Reason.OTHER, "is the database itself", left=tmp_path):
            files.take(here, place)

    def test_nothing_to_copy(self, here: Settings, place: Path, tmp_path: Path) -> None:
        place.unlink()
        with refused(Reason.OTHER, "there is no database; check database.url", left=tmp_path):
            files.take(here, tmp_path / "new")

    def test_a_damaged_database_is_not_called_a_copy(
        self, here: Settings, place: Path, tmp_path: Path
    ) -> None:
        content = bytearray(place.read_bytes())
        content[4096 * 3 : 4096 * 9] = b"\x77" * 4096 * 6
        place.write_bytes(content)
        with refused(Reason.DAMAGED, str(place), left=tmp_path):
            files.take(here, tmp_path / "new")


def no_room(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class TestFullDisk:
    @pytest.mark.parametrize(
        ("where", "what"), [(sealing, "seal"), (files, "settle"), (files, "TemporaryDirectory")]
    )
    def test_no_copy(
        self, here: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: Any, what: str
    ) -> None:
        monkeypatch.setattr(where, what, no_room)
        with refused(Reason.FULL, "no room left on the disk", "free some", left=tmp_path):
            files.take(with_backup(here, passphrase=PASSPHRASE), tmp_path / "new")

    def test_none_is_begun_where_there_is_clearly_no_room(
        self, here: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - 1, 1))
        with refused(Reason.FULL, "MB are needed, 0.0 MB are free", left=tmp_path):
            files.take(here, tmp_path / "new")

    def test_nothing_is_put_back(
        self, here: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files.take(here, tmp_path / "copy")
        monkeypatch.setattr(shutil, "copyfile", no_room)
        with refused(Reason.FULL, "bot.db: no room left on the disk", left=tmp_path):
            files.restore(here, tmp_path / "copy", LOCAL)


class TestSealing:
    @pytest.fixture(autouse=True)
    def small_pieces(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sealing, "_PIECE", 1000)

    @pytest.mark.parametrize("size", [0, 1, 1000, 5007])
    def test_what_goes_in_comes_out(self, tmp_path: Path, size: int) -> None:
        content = os.urandom(size)  # which compression leaves as long as it is
        (tmp_path / "plain").write_bytes(content)
        sealing.seal(tmp_path / "plain", tmp_path / "sealed", PASSPHRASE)
        sealing.unseal(tmp_path / "sealed", tmp_path / "again", PASSPHRASE)
        assert (tmp_path / "again").read_bytes() == content
        assert size < 100 or content[:100] not in (tmp_path / "sealed").read_bytes()

    def test_nothing_can_be_taken_away_added_or_moved(self, tmp_path: Path) -> None:
        plain, sealed = tmp_path / "plain", tmp_path / "sealed"
        plain.write_bytes(os.urandom(3000))
        sealing.seal(plain, sealed, PASSPHRASE)
        content = sealed.read_bytes()
        head, rest = content[:52], content[52:]
        pieces = [rest[start : start + 1016] for start in range(0, len(rest), 1016)]
        assert len(pieces) == 4
        for changed in (
            head + b"".join(pieces[:-1]),
            head + b"".join([pieces[1], pieces[0], *pieces[2:]]),
            head + b"".join([*pieces, pieces[-1]]),
            head + rest[:-1] + bytes([rest[-1] ^ 1]),
            head[:25] + bytes([head[25] ^ 1]) + head[26:] + rest,
        ):
            sealed.write_bytes(changed)
            with pytest.raises(BackupError):
                sealing.unseal(sealed, tmp_path / "again", PASSPHRASE)


nights = st.dates(date(2026, 1, 1), date(2026, 3, 1)).map(lambda day: f"school-bot-{day}")
copies = st.builds(
    "".join, st.tuples(nights, st.sampled_from(["", "-2"]), st.sampled_from([".db", ".db.sealed"]))
)
OTHERS = {"bot.db", "school-bot-2026-01-14-123000.db", "school-bot-2026-01-14.db.old", "holiday.jpg"}


class TestRotation:
    @given(st.sets(copies), st.integers(1, 40), st.dates(date(2026, 1, 1), date(2026, 3, 1)))
    def test_the_latest_nights_stay_and_nothing_else_is_touched(
        self, names: set[str], keep: int, tonight: date
    ) -> None:
        """Not even what a clock that was wrong has called by a night that is still to come."""

        def nights_of(some: set[str]) -> set[str]:
            return {name[:21] for name in some}

        gone = set(files.surplus(names | OTHERS, keep, tonight))
        past = {name for name in names if name[:21] <= f"school-bot-{tonight}"}
        left = past - gone
        assert gone <= past
        assert len(nights_of(left)) == min(keep, len(nights_of(past)))
        assert not gone or max(nights_of(gone)) < min(nights_of(left))
        assert files.surplus(names - gone, keep, tonight) == []

    def test_night_after_night(self, here: Settings) -> None:
        here = with_backup(here, keep=3)
        folder = Path(here.backup.directory)
        for day in range(5):
            made = files.take_nightly(here, LOCAL + timedelta(days=day))
            (folder / "mine.txt").write_text("stays")
        found = sorted(path.name for path in folder.iterdir())
        assert found == ["mine.txt", *(f"school-bot-2026-10-{day}.db" for day in (16, 17, 18))]
        assert made.name == found[-1] and folder.stat().st_mode & 0o777 == 0o700

    def test_the_first_copy_of_a_night_is_not_replaced(self, here: Settings, place: Path) -> None:
        """By that of a database which lost its rows since, and with them what says that a copy was made."""
        here, first_rows = with_backup(here, keep=1), rows(place)
        first = files.take_nightly(here, LOCAL)
        for number in (1, 2):
            with closing(sqlite3.connect(place)) as connection:
                connection.execute("INSERT INTO pictures VALUES (?, 'x', NULL)", (number,))
                connection.commit()
            second = files.take_nightly(here, LOCAL)
            assert (first.name, second.name) == ("school-bot-2026-10-14.db", "school-bot-2026-10-14-2.db")
            # Of all the later ones the latest: a disk does not fill up with the copies of one night.
            assert rows(first) == first_rows and len(rows(second)["pictures"]) == number
        files.take_nightly(here, LOCAL + timedelta(days=1))
        assert [path.name for path in first.parent.iterdir()] == ["school-bot-2026-10-15.db"]

    def test_tonights_copy_stays_beside_those_of_nights_to_come(self, here: Settings) -> None:
        here = with_backup(here, keep=2)
        for day in (400, 401, 0):
            made = files.take_nightly(here, LOCAL + timedelta(days=day))
        found = sorted(path.name for path in made.parent.iterdir())
        assert found == [f"school-bot-{day}.db" for day in ("2026-10-14", "2027-11-18", "2027-11-19")]


class TestLeftByAKill:
    """A plain copy may be in it, whatever the passphrase."""

    @pytest.fixture
    def left(self, here: Settings, place: Path) -> list[Path]:
        """Beside the database and where copies go: one of some time ago, and one that may be in use."""
        made = []
        for folder in (place.parent, files.folder_of(here)):
            for name, minutes in (("old", 61), ("young", 59)):
                path = folder / f"{files.UNFINISHED}{name}"
                path.mkdir()
                (path / "copy").write_bytes(b"plain")
                at = (LOCAL - timedelta(minutes=minutes)).timestamp()
                os.utime(path, (at, at))
                made.append(path)
        return made

    def test_goes_at_night(self, here: Settings, left: list[Path]) -> None:
        files.take_nightly(here, LOCAL)
        assert [path.exists() for path in left] == [False, True] * 2

    def test_goes_when_a_copy_is_put_back(self, here: Settings, left: list[Path], tmp_path: Path) -> None:
        files.take(here, tmp_path / "copy")
        files.restore(here, tmp_path / "copy", LOCAL)
        assert [path.exists() for path in left] == [False, True] * 2

    def test_that_cannot_be_removed_holds_nothing_up(self, here: Settings) -> None:
        strange = files.folder_of(here) / f"{files.UNFINISHED}strange"
        strange.write_bytes(b"no folder")
        os.utime(strange, (0, 0))
        assert files.take_nightly(here, LOCAL).exists() and strange.exists()
