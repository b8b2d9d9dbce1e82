"""The cast on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cast import Cast, assemble

from forum.base import db, i18n, settings


@pytest.fixture
def on_postgres(
    whole_app: object, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Cast]:
    """The cast in a fresh PostgreSQL database."""
    settings.configure(data=tmp_path, database_url=request.getfixturevalue("postgres"))
    db.close()
    db.metadata.create_all(db.storage().write_engine)
    with i18n.using("en"):
        with db.transaction() as tx:
            made = assemble(tx)
        yield made
    db.close()


@pytest.fixture(params=["sqlite", "postgres"])
def anywhere(request: pytest.FixtureRequest) -> Cast:
    """The cast, once on each database."""
    name = "cast" if request.param == "sqlite" else "on_postgres"
    made: Cast = request.getfixturevalue(name)
    return made
