"""Whose every text is: named in a personal.py, with what erasing its person does to it."""

import pytest
from sqlalchemy import Enum, String, Table, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.types import TypeEngine

from forum.base import registry
from forum.base.tables import metadata

registry.load()
TABLES = sorted(metadata.tables)
NAMED = {entry.model.__table__.name: entry for entry in registry.personals}


def is_text(kind: TypeEngine[object]) -> bool:
    """Whether a column can hold words."""
    if isinstance(kind, TypeDecorator):
        return is_text(kind.impl_instance)
    return isinstance(kind, (String, Text, Enum))


def texts(table: Table) -> set[str]:
    """The text columns of a table."""
    return {column.name for column in table.columns if is_text(column.type)}


@pytest.mark.parametrize("name", TABLES)
def test_every_text_column_has_its_fate(name: str) -> None:
    """`personal(Model, owner=…, columns={…})` names them all, and no others."""
    table = metadata.tables[name]
    if not texts(table):
        return
    assert name in NAMED, f"{name} is in no personal.py"
    assert set(NAMED[name].columns) == texts(table)


@pytest.mark.parametrize("name", sorted(NAMED))
def test_an_owner_is_a_column(name: str) -> None:
    """The column that says whose a row is."""
    owner = NAMED[name].owner
    assert owner is None or owner in metadata.tables[name].columns


def uniques(table: Table) -> list[set[str]]:
    """The sets of columns of which no two rows hold the same."""
    keys = [table.primary_key.columns]
    keys += [rule.columns for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    keys += [index.columns for index in table.indexes if index.unique]
    return [{column.name for column in key} for key in keys]


@pytest.mark.parametrize("name", sorted(NAMED))
def test_rows_that_stay_can_be_emptied(name: str) -> None:
    """Two rows of one person with the same nothing in a key would undo the whole erasure."""
    entry, table = NAMED[name], metadata.tables[name]
    one_row = {entry.owner} in uniques(table)
    if entry.owner is None or entry.rows is registry.Rows.GO or one_row:
        return
    emptied = {column for column, fate in entry.columns.items() if fate is registry.Fate.ERASE}
    firm = {column for column in emptied if not table.c[column].nullable}
    assert not [key for key in uniques(table) if key & firm]


def test_a_table_is_named_once() -> None:
    """Two fates would be none."""
    models = [entry.model for entry in registry.personals]
    assert len(models) == len(set(models))


@pytest.mark.parametrize("name", TABLES)
def test_no_table_is_a_session(name: str) -> None:
    """A session is the database's or the browser's; the thing is called a meeting."""
    assert "session" not in name
