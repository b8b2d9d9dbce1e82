"""The cast on PostgreSQL, where two writers really do meet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cast import Cast, assemble

from forum.base import db, i18n, settings, tables


@pytest.fixture
def on_postgres(whole_app: object, postgres: str, tmp_path: Path) -> Iterator[Cast]:
    """The cast in a fresh PostgreSQL database."""
    settings.configure(data=tmp_path, database_url=postgres)
    db.close()
    tables.metadata.create_all(db.storage().write_engine)
    with i18n.using("en"):
        with db.transaction() as tx:
            made = assemble(tx)
        yield made
    db.close()
