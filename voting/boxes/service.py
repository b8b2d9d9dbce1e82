"""Putting ballots into the box, and sealing it: the writes that must betray nobody.

While a poll is open, its participation and its secret ballots lie in the live tables. Sealing
copies them in the order of their keys into tables that hold closed polls alone, and makes the
live tables anew, so that neither the place of a row nor its transaction tells when it came.
"""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, MetaData, Table, delete, select, tuple_
from sqlmodel import col

from forum.base import keys
from forum.base.canonical import canonical, sha256hex
from forum.base.db import Db, empty_log_after, insert
from voting.boxes.models import (
    Ballot,
    Closing,
    NamedBallot,
    Participation,
    SealedBallot,
    SealedParticipation,
)

START = "0" * 64  # stands before the first record

# In the order in which they are locked, here and by whoever casts.
LIVE: tuple[tuple[type[Any], type[Any]], ...] = (
    (Participation, SealedParticipation),
    (Ballot, SealedBallot),
)


def _postgres(tx: Db) -> bool:
    return tx.get_bind().dialect.name == "postgresql"


def _table(model: type[Any]) -> Table:
    table: Table = model.__table__
    return table


def _insert(tx: Db, model: type[Any], rows: Iterable[tuple[Any, ...]]) -> set[tuple[int, Any]]:
    """Add rows, as their columns stand, sorted by their key; returns the keys that were new.

    On SQLite IntegrityError, with none of them added, if one was not.
    """
    table = _table(model)
    ordered = sorted(rows)
    if not ordered:
        return set()
    names = table.columns.keys()
    if not _postgres(tx):  # the only writer, so whoever calls may have looked what is there
        places = ", ".join("?" for _name in names)
        sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places})"  # noqa: S608
        tx.connection().exec_driver_sql(sql, ordered)
        return {(row[0], row[1]) for row in ordered}
    query = insert("postgresql", table).on_conflict_do_nothing().returning(*table.primary_key)
    named = [dict(zip(names, row, strict=True)) for row in ordered]
    return {(row[0], row[1]) for row in tx.connection().execute(query, named)}


def take_part(tx: Db, rows: Iterable[tuple[int, int, str]]) -> set[tuple[int, int]]:
    """Mark that people (poll, voter, channel) use their right; returns those who still had it."""
    return _insert(tx, Participation, rows)


def put(tx: Db, rows: Iterable[tuple[int, str, str]]) -> set[tuple[int, str]]:
    """Put secret ballots (poll, commitment, text) into the box; returns those not yet in it."""
    return _insert(tx, Ballot, rows)


def withdraw(tx: Db, pairs: Iterable[tuple[int, int]]) -> None:
    """Give back the right of those whose ballot was not taken."""
    pair = tuple_(col(Participation.poll_id), col(Participation.voter_id))
    tx.execute(delete(Participation).where(pair.in_(list(pairs))))


def take_back(tx: Db, poll: int, voter: int) -> bool:
    """Remove somebody's own named vote and give the right back; False where there is none."""
    mine = (col(NamedBallot.poll_id) == poll, col(NamedBallot.voter_id) == voter)
    own = delete(NamedBallot).where(*mine, col(NamedBallot.through_id).is_(None))
    if tx.execute(own.returning(col(NamedBallot.voter_id))).first() is None:
        return False
    withdraw(tx, [(poll, voter)])
    return True


def put_named(tx: Db, rows: Sequence[dict[str, Any]]) -> set[tuple[int, int]]:
    """Write votes of open polls; a later one takes the place of an earlier one.

    What is cast for somebody never takes the place of what they cast themselves: returns the
    (poll, voter) of those votes cast for others that were not taken.
    """
    if not rows:
        return set()
    table = _table(NamedBallot)
    query = insert(tx.get_bind().dialect.name, table)
    names = ("choice", "weight", "reason", "through_id", "share")
    query = query.on_conflict_do_update(
        index_elements=["poll_id", "voter_id"],
        set_={name: query.excluded[name] for name in names},
        where=table.c.through_id.is_not(None) | query.excluded.through_id.is_(None),
    )
    ordered = sorted(rows, key=lambda row: (row["poll_id"], row["voter_id"]))
    others = {(row["poll_id"], row["voter_id"]) for row in rows if row.get("through_id")}
    if not others:
        tx.connection().execute(query, ordered)
        return set()
    written = tx.connection().execute(query.returning(*table.primary_key), ordered)
    return others - {(row[0], row[1]) for row in written}


def seal(tx: Db, poll: int) -> None:
    """Close the box of a poll, as the module says; the caller has locked the poll's row.

    On SQLite what is dropped is overwritten (secure_delete) and, after the commit, the
    write-ahead log is emptied.
    """
    tx.flush()
    connection = tx.connection()
    if _postgres(tx):
        names = ", ".join(_table(live).name for live, _sealed in LIVE)
        connection.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
    for live, sealed in LIVE:
        _renew(connection, _table(live), _table(sealed), poll)
    if not _postgres(tx):
        empty_log_after(tx)


def add_sealed(tx: Db, rows: Iterable[tuple[int, str, str]]) -> None:
    """Put papers (poll, commitment, text) of closed polls into the box; then `reseal` it."""
    alone(tx)
    _insert(tx, SealedBallot, rows)
    if not _postgres(tx):
        empty_log_after(tx)


def reseal(tx: Db) -> None:
    """Make the box of closed polls anew in the order of its keys: what came later shows no more."""
    tx.flush()
    alone(tx)
    connection, table = tx.connection(), _table(SealedBallot)
    spent = _put_aside(connection, table)
    names = [column.name for column in spent.columns]
    rows = select(spent).order_by(*spent.primary_key)
    connection.execute(table.insert().from_select(names, rows))
    connection.exec_driver_sql(f"DROP TABLE {spent.name}")
    if not _postgres(tx):
        empty_log_after(tx)


def alone(tx: Db) -> None:
    """Keep others out of the box of closed polls from the start, and before anything is recorded.

    A lock that grows later, or comes after that of the log, could wait in a ring.
    """
    if _postgres(tx):
        name = _table(SealedBallot).name
        tx.connection().exec_driver_sql(f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE")


def measure(tx: Db, *, secret: bool) -> None:
    """Tell PostgreSQL how much lies where: a box made anew is unknown to it, and read the long way.

    Before a large box is read in portions, each of which would else sort all that lies in it.
    """
    if _postgres(tx):
        name = _table(SealedBallot if secret else NamedBallot).name
        tx.connection().exec_driver_sql(f"ANALYZE {name}")


def _renew(connection: Connection, live: Table, sealed: Table, poll: int) -> None:
    spent = _put_aside(connection, live)
    names = [column.name for column in spent.columns]
    mine = spent.c.poll_id == poll
    for target, which in ((sealed, mine), (live, ~mine)):
        rows = select(spent).where(which).order_by(*spent.primary_key)
        connection.execute(target.insert().from_select(names, rows))
    connection.exec_driver_sql(f"DROP TABLE {spent.name}")


def _put_aside(connection: Connection, table: Table) -> Table:
    """Rename a table and make it anew, empty."""
    spent = table.to_metadata(MetaData(), name=f"{table.name}_spent")
    run = connection.exec_driver_sql
    run(f"ALTER TABLE {table.name} RENAME TO {spent.name}")
    if connection.dialect.name == "postgresql":
        run(f"ALTER TABLE {spent.name} RENAME CONSTRAINT pk_{table.name} TO pk_{spent.name}")
    table.create(connection)
    return spent


def record(
    tx: Db, *, poll: int, size: int, root: str, tally: dict[str, Any], rules: str
) -> tuple[int, str]:
    """Sign the closing record of a poll, chained to the one before; returns its number and text."""
    if _postgres(tx):
        table = _table(Closing).name
        tx.connection().exec_driver_sql(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
    last = tx.execute(
        select(col(Closing.number), col(Closing.record)).order_by(col(Closing.number).desc())
    ).first()
    number = last.number + 1 if last else 1
    statement = canonical(
        {
            "number": number,
            "poll": poll,
            "size": size,
            "root": root,
            # Its digest stands for the root in it, which may not be public yet.
            "previous": sha256hex(last.record.encode()) if last else START,
            "tally": tally,
            "rules": rules,
            # The log has the record's digest before the result is public: without this, whoever
            # tries all results would find the one that fits.
            "salt": secrets.token_hex(16),
        }
    )
    row = Closing(
        number=number, poll_id=poll, record=statement.decode(), signature=keys.sign(statement)
    )
    tx.add(row)
    tx.flush()
    return number, row.record
