"""Tables whose rows are never changed: the database itself refuses it, whoever asks.

A migration that makes such a table calls `freeze`, one that drops it `thaw`; the environment (env.py) writes
both into a migration that is made from the tables. SQLite's batch mode makes a table anew when it is altered
and so loses its triggers: a later migration that alters a frozen table freezes it again.
"""

from alembic import op
from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import MigrateOperation

SQLITE = """
CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table}{when}
BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END
"""
# INSERT OR REPLACE deletes the row that it replaces without firing the trigger on DELETE.
REPLACED = " WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
POSTGRESQL = (
    """
CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'rows of {table} are never changed'; END $$
""",
    """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()
""",
)


def freeze(table: str) -> None:
    """Let the database refuse to change or delete a row of the table."""
    if op.get_bind().dialect.name == "sqlite":
        for what, when in (("UPDATE", ""), ("DELETE", ""), ("INSERT", REPLACED.format(table=table))):
            op.execute(SQLITE.format(table=table, what=what, when=when))
    else:
        for statement in POSTGRESQL:
            op.execute(statement.format(table=table))


def thaw(table: str) -> None:
    """The table is about to be dropped: take away what does not go with it."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"DROP FUNCTION {table}_refuse() CASCADE")


class Frozen(MigrateOperation):
    """A call of `freeze` or `thaw` in a migration that is made from the tables."""

    def __init__(self, call: str, table: str) -> None:
        self.call, self.table = call, table


@renderers.dispatch_for(Frozen)
def _render(context: AutogenContext, operation: Frozen) -> str:
    return f'frozen.{operation.call}("{operation.table}")'
