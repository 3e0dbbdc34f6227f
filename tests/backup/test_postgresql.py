"""Copies of a PostgreSQL database, with a real server: there and back, and what is refused."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL, make_url

from bot.cli import main
from bot.config import Settings
from bot.db.backup import BackupError, Reason, postgresql
from bot.db.migrate import MigrationError, migrate
from bot.features.backup import files
from tests.backup.test_rules import LOCAL, PASSPHRASE, refused, with_backup
from tests.databases import POSTGRES
from tests.servers import postgresql as server

TABLES = "SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public'"
NUMBERS = "generate_series(1, 500) AS n"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with server() as address:
        yield address


@pytest.fixture
def here(settings: Settings, address: str, tmp_path: Path) -> Settings:
    """A database with some rows in it."""
    postgresql.ask(make_url(f"{address}/postgres"), "DROP DATABASE IF EXISTS school")
    postgresql.ask(make_url(f"{address}/postgres"), "CREATE DATABASE school")
    url = make_url(f"{address}/school")
    migrate(url)
    postgresql.ask(url, f"INSERT INTO pictures SELECT n, decode(md5(n::text), 'hex') FROM {NUMBERS}")
    postgresql.ask(url, f"INSERT INTO conversations SELECT -n, 'Имя:шаг', '{{}}' FROM {NUMBERS}")
    database = settings.database.model_copy(update={"url": f"{address}/school"})
    return with_backup(
        settings.model_copy(update={"database": database}), directory=str(tmp_path / "backups")
    )


def rows(settings: Settings) -> dict[str, str]:
    """Every row of every table, as JSON."""
    url = make_url(settings.database.url)
    tables = postgresql.ask(url, TABLES).split()
    every = "SELECT coalesce(json_agg(t ORDER BY t::text), '[]')::jsonb FROM {} t"
    answers = postgresql.ask(url, "; ".join(map(every.format, tables)))
    return dict(zip(tables, answers.splitlines(), strict=True))


@pytest.mark.skipif(not POSTGRES, reason="SCHOOLBOT_TEST_POSTGRES=1 starts servers")
@pytest.mark.long
class TestWithAServer:
    @pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
    def test_every_row_comes_back(self, here: Settings, tmp_path: Path, passphrase: str) -> None:
        here = with_backup(here, passphrase=passphrase)
        url, before = make_url(here.database.url), rows(here)
        assert len(before) > 50 and "Имя:шаг" in before["conversations"]
        made = files.take_nightly(here, LOCAL)
        assert made.name == f"school-bot-2026-10-14.dump{'.sealed' if passphrase else ''}"
        assert made.stat().st_mode & 0o777 == 0o600
        postgresql.ask(url, "DELETE FROM conversations; CREATE TABLE later (id integer)")
        after = rows(here)
        done = files.restore(here, made, LOCAL)
        assert rows(here) == before
        # What was replaced is a copy as well.
        assert done.kept == tmp_path / "backups" / "before-restore-20261014-123000.dump"
        files.restore(here, done.kept, LOCAL.replace(hour=13))
        assert rows(here) == after

    def test_what_is_refused_changes_nothing(self, here: Settings, tmp_path: Path) -> None:
        copied = tmp_path / "copy"
        files.take(here, copied)
        url, before, content = make_url(here.database.url), rows(here), copied.read_bytes()
        (tmp_path / "backups").mkdir()
        for torn in (len(content) // 3, len(content) - 9000):
            copied.write_bytes(content[:torn])
            with refused(Reason.DAMAGED, str(copied), left=tmp_path):
                files.restore(here, copied, LOCAL)
        copied.write_bytes(b"SQLite format 3\0" * 99)
        with refused(Reason.FOREIGN, "or one of another kind", left=tmp_path):
            files.restore(here, copied, LOCAL)
        postgresql.ask(url, "UPDATE alembic_version SET version_num = '9999'")
        newer = tmp_path / "newer"
        files.take(here, newer)
        postgresql.ask(url, "UPDATE alembic_version SET version_num = '0001'")
        with refused(Reason.FOREIGN, "made by a newer version", left=tmp_path):
            files.restore(here, newer, LOCAL)
        assert rows(here) == before

    def test_what_could_not_be_migrated_is_said_to_be_there(
        self, here: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fails(_: URL) -> None:
            raise MigrationError("no connection to the server")

        before = rows(here)
        files.take(here, tmp_path / "copy")
        postgresql.ask(make_url(here.database.url), "DELETE FROM conversations")
        after, kept = rows(here), tmp_path / "backups" / "before-restore-20261014-123000.dump"
        with monkeypatch.context() as patch:
            patch.setattr(files, "migrate", fails)
            with pytest.raises(BackupError, match=f"copy: no connection .* all the same; .* is {kept}: put"):
                files.restore(here, tmp_path / "copy", LOCAL)
        assert rows(here) == before
        files.restore(here, kept, LOCAL.replace(hour=13))
        assert rows(here) == after

    def test_while_somebody_is_connected(self, here: Settings, tmp_path: Path) -> None:
        files.take(here, tmp_path / "copy")
        url = make_url(here.database.url)
        command = ["psql", f"--host={url.host}", f"--port={url.port}", f"--username={url.username}", "school"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as psql:
            assert psql.stdin and psql.stdout
            psql.stdin.write(b"\\echo there\n")
            psql.stdin.flush()
            psql.stdout.readline()
            with refused(Reason.BUSY, "the bot is running on it", left=tmp_path):
                files.restore(here, tmp_path / "copy", LOCAL)
            psql.stdin.close()

    def test_no_server(self, here: Settings, tmp_path: Path) -> None:
        nowhere = here.database.model_copy(update={"url": "postgresql+asyncpg://bot@127.0.0.1:9/school"})
        with pytest.raises(BackupError, match="Connection refused"):
            files.take(here.model_copy(update={"database": nowhere}), tmp_path / "copy")
        assert not (tmp_path / "copy").exists()


def test_without_the_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("SCHOOLBOT_DATABASE__URL", "postgresql+asyncpg://bot:SECRET@127.0.0.1/school")
    assert main(["backup", "copy.dump"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("copy.dump: pg_dump is not on the PATH; install") and "SECRET" not in line
