"""The cast on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cast import Cast, assemble

from forum.base import db, i18n, settings, tables
from voting.boxes import unboxing
from voting.polls.service import finishing


@pytest.fixture
def on_postgres(
    whole_app: object, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Cast]:
    """The cast in a fresh PostgreSQL database."""
    settings.configure(data=tmp_path, database_url=request.getfixturevalue("postgres"))
    db.close()
    tables.metadata.create_all(db.storage().write_engine)
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


@pytest.fixture
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """From three ballots on a box is large; portions are small, and each is told."""
    monkeypatch.setattr(finishing, "AT_ONCE", 2)
    monkeypatch.setattr(finishing, "EVERY", 0.0)
    monkeypatch.setattr(unboxing, "PORTION", 2)
