"""The history of the tables ends where the models are, on both databases."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from forum.base import migrate, registry, settings
from forum.base.errors import Refusal
from forum.base.tables import metadata

registry.load()


def differences(url: str) -> list[Any]:
    """What a next revision would have to do."""
    with migrate.connecting(url) as connection:
        compare = {"compare_type": True, "compare_server_default": True}
        return list(
            compare_metadata(MigrationContext.configure(connection, opts=compare), metadata)
        )


def test_sqlite_ends_at_the_models(data: Path, tmp_path: Path) -> None:
    """An upgrade from nothing makes what the models say, and a second one does nothing."""
    config = settings.configure(data=tmp_path)
    assert migrate.upgrade(config)
    assert not migrate.upgrade(config)
    assert migrate.revision_of(config) == migrate.revisions()[-1]
    assert not differences(config.url)
    assert unordered(tmp_path / "folkmoot.sqlite3") == unordered(data / "folkmoot.sqlite3")


def unordered(path: Path) -> set[str]:
    """The tables kept in the order of their key alone, of which a row's age cannot be told."""
    query = "select name from sqlite_master where sql like '%WITHOUT ROWID%'"
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute(query)}


def test_postgresql_ends_at_the_models(postgres: str, tmp_path: Path) -> None:
    """The same on PostgreSQL."""
    config = settings.configure(data=tmp_path, database_url=postgres)
    assert migrate.upgrade(config)
    assert not migrate.upgrade(config)
    assert not differences(config.url)


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    """An old version must not write into what it does not understand."""
    config = settings.configure(data=tmp_path)
    migrate.upgrade(config)
    with migrate.connecting(config.url) as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    with pytest.raises(Refusal, match="9999"):
        migrate.upgrade(config)


def test_revisions_are_numbered_in_order() -> None:
    """One line of history: 0001, 0002, …"""
    numbers = [int(number) for number in migrate.revisions()]
    assert numbers == list(range(1, len(numbers) + 1))
