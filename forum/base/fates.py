"""What of a person lies where, and what erasing them does there: what every personal.py says."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from forum.base.db import Db
    from forum.base.tables import Table


class Fate(StrEnum):
    """What erasing a person does to a text column."""

    ERASE = "erase"  # removed
    KEEP = "keep"  # stays in the record, its author de-identified
    NOBODY = "nobody"  # no person's words or data


class Rows(StrEnum):
    """What erasing a person does to their rows of a table, after the fate of its columns."""

    STAY = "stay"  # a place in a count, a chain or a record
    GO = "go"  # nobody else needs to know that there was one


class Personal(NamedTuple):
    """The text columns of one table, whose they are and what erasure does to them and the rows."""

    model: type["Table"]
    owner: str | None
    columns: Mapping[str, Fate]
    rows: Rows = Rows.STAY


Erasing = Callable[["Db", int], None]
Carrying = Callable[["Db", int], Mapping[str, Any]]

personals: list[Personal] = []
erasings: list[Erasing] = []
carryings: dict[str, Carrying] = {}
withholdings: dict[str, Callable[[], "ColumnElement[bool]"]] = {}


def personal(
    model: type["Table"],
    *,
    owner: str | None,
    columns: Mapping[str, Fate],
    rows: Rows = Rows.STAY,
) -> None:
    """Name the text columns of a table, the column that owns them, and what erasure does there."""
    personals.append(Personal(model, owner, dict(columns), rows))


def withheld(model: type["Table"]) -> Callable[[Callable[[], "ColumnElement[bool]"]], None]:
    """Say which rows of a table their owner does not take along yet: they tell of others too."""

    def add(which: Callable[[], "ColumnElement[bool]"]) -> None:
        withholdings[str(model.__tablename__)] = which

    return add


def on_erasure(act: Erasing) -> Erasing:
    """Do what the fates of columns and rows cannot say, in the transaction that erases a person."""
    erasings.append(act)
    return act


def carried(room: str) -> Callable[[Carrying], Carrying]:
    """Add to what a person takes along what no row shows as it stands (sealed, or a file)."""

    def add(gather: Carrying) -> Carrying:
        if room in carryings:
            raise RuntimeError(f"{room!r} is registered twice")
        carryings[room] = gather
        return gather

    return add
