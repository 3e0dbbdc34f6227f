"""Nothing changes or deletes a row of the audit trail: the code does not, and the database refuses it."""

import ast
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.db.migrate import migrate
from tests.databases import only_sqlite

BOT = Path(__file__).parent.parent.parent / "bot"
ROW = "INSERT INTO audit (id, at, action, subject, details) VALUES (1, '2026-10-14', 'a.b', 'c:1', '{}')"


@only_sqlite
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET action = 'x.y'",
        "UPDATE audit SET person_id = NULL WHERE id = 1",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE id = 1",
        ROW.replace("INSERT", "INSERT OR REPLACE").replace("a.b", "x.y"),
        ROW.replace("INSERT", "REPLACE").replace("a.b", "x.y"),
        f"{ROW} ON CONFLICT (id) DO UPDATE SET action = 'x.y'",
    ],
)
def test_the_database_refuses(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "bot.db"
    migrate(make_url(f"sqlite+aiosqlite:///{path}"))
    with closing(sqlite3.connect(path)) as connection:
        with connection:
            connection.execute(ROW)
        before = connection.execute("SELECT * FROM audit").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="rows of audit are never changed"):
            connection.execute(statement)
        assert connection.execute("SELECT * FROM audit").fetchall() == before
        with connection:
            connection.execute(ROW.replace("VALUES (1,", "VALUES (2,"))  # a new one is added as ever


def test_the_code_only_adds_rows_and_in_one_place() -> None:
    makers, changers = set(), set()
    for path in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            names = {each.id for argument in node.args for each in ast.walk(argument) if hasattr(each, "id")}
            if called == "AuditEntry":
                makers.add(str(path.relative_to(BOT)))
            if "AuditEntry" in names and called in {"update", "delete", "insert", "merge", "bare"}:
                changers.add(str(path.relative_to(BOT)))
    assert makers == {"features/audit/__init__.py"} and not changers
