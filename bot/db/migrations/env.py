"""Alembic's entry: the connection is given by `migrate` (bot/db/migrate.py)."""

from alembic import context
from alembic.autogenerate.rewriter import Rewriter
from alembic.operations import ops

from bot.db.audit import AuditEntry
from bot.db.migrations.frozen import Frozen
from bot.db.tables import metadata

FROZEN = {AuditEntry.__tablename__}

made = Rewriter()


@made.rewrites(ops.CreateTableOp)
def _freeze(_context: object, _revision: object, op: ops.CreateTableOp) -> list[ops.MigrateOperation]:
    return [op, Frozen("freeze", op.table_name)] if op.table_name in FROZEN else [op]


@made.rewrites(ops.DropTableOp)
def _thaw(_context: object, _revision: object, op: ops.DropTableOp) -> list[ops.MigrateOperation]:
    return [Frozen("thaw", op.table_name), op] if op.table_name in FROZEN else [op]


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
    process_revision_directives=made,
)
context.run_migrations()
