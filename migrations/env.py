"""Alembic's entry: our tables over the connection that forum.base.migrate opened."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from forum.base import registry
from forum.base.tables import Json, UtcDateTime, metadata

registry.load()


def plain_type(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our column types into a revision as SQLAlchemy's own, so that it stays as it was."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, Json):
        return "sa.Text()"
    return False


connection: sa.Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
    render_item=plain_type,
)
with context.begin_transaction():
    context.run_migrations()
