"""Erasing a person and handing over what is kept of them, as every personal.py says.

Erasure de-identifies and keeps the record: a row that others rely on stays with its texts
emptied, one that nobody needs goes. Whom an id stood for is forgotten with the account's name.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnDefault, delete, event, select, update

from forum.base import clock, fragments
from forum.base.db import Db, empty_log_after
from forum.base.fates import Fate, Personal, Rows, carryings, erasings, personals, withholdings
from forum.base.settings import settings
from forum.base.tables import metadata

# Secrets and digests: nothing that a person could read or use elsewhere.
UNTOLD = frozenset(("password", "digest", "sealed", "salt", "mark"))


def erase(tx: Db, member: int) -> dict[str, int]:
    """Let every fate come true; returns how many rows of each table were touched.

    The caller records the event. Once it is committed, neither the database file nor its
    write-ahead log holds the old bytes (SQLite: secure_delete), and `noted` knows of it.
    """
    touched: dict[str, int] = {}
    for act in erasings:
        act(tx, member)
    tx.flush()
    for entry in _owned(reverse=True):
        table = metadata.tables[str(entry.model.__tablename__)]
        mine = table.c[str(entry.owner)] == member
        emptied = {
            name: _empty(table.c[name])
            for name, fate in entry.columns.items()
            if fate is Fate.ERASE
        }
        if entry.rows is Rows.GO:
            done = tx.connection().execute(delete(table).where(mine))
        elif emptied:
            done = tx.connection().execute(update(table).where(mine).values(emptied))
        else:
            continue
        if done.rowcount:
            touched[table.name] = done.rowcount
    tx.expire_all()
    empty_log_after(tx)
    event.listen(tx, "after_commit", lambda _tx: _note(member), once=True)
    fragments.clear()
    return touched


def _owned(*, reverse: bool = False) -> Iterator[Personal]:
    """The tables that have an owner, so that what points elsewhere comes before its target."""
    order = {table.name: at for at, table in enumerate(metadata.sorted_tables)}
    named = [entry for entry in personals if entry.owner is not None]
    yield from sorted(
        named, key=lambda entry: order[str(entry.model.__tablename__)], reverse=reverse
    )


def _empty(column: Column[Any]) -> Any:
    """Nothing, in a column that may hold nothing; else what a fresh row has, or no letters."""
    if column.nullable:
        return None
    default = column.default
    return default.arg if isinstance(default, ColumnDefault) and default.is_scalar else ""


def gathered(db: Db, member: int) -> dict[str, Any]:
    """All that is kept of a person: rows by table as they stand, and what rooms say of them."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for entry in _owned():
        table = metadata.tables[str(entry.model.__tablename__)]
        shown = [column for column in table.columns if column.name not in UNTOLD]
        query = select(*shown).where(table.c[str(entry.owner)] == member)
        if which := withholdings.get(table.name):
            query = query.where(~which())
        found = db.execute(query.order_by(*table.primary_key))
        rows = [dict(row._mapping) for row in found]  # noqa: SLF001 - SQLAlchemy's public name
        if rows:
            tables[table.name] = rows
    said = {room: dict(gather(db, member)) for room, gather in carryings.items()}
    return {"member": member, "at": clock.now(), "rooms": said, "tables": tables}


def plain(value: Any) -> Any:
    """What JSON has no sign for: moments as ISO 8601, bytes as hexadecimal digits."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def _note(member: int) -> None:
    # Outside the database: a backup from before may bring the person back.
    path = settings().keys / "erased.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a") as stream:
        stream.write(json.dumps([member, clock.now().isoformat()]) + "\n")


def noted() -> list[int]:
    """Who was erased here, by number, as far as this data folder remembers."""
    path = settings().keys / "erased.jsonl"
    if not path.exists():
        return []
    found = []
    for line in path.read_text().splitlines():
        try:
            found.append(int(json.loads(line)[0]))
        except (ValueError, TypeError, IndexError):
            continue  # a line cut off by a crash
    return list(dict.fromkeys(found))
