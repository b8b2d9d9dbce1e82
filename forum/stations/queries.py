"""The tree, read: everybody may see it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, literal, select, true
from sqlmodel import col

from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.registry import Step
from forum.base.tables import metadata
from forum.members import grounds
from forum.members import queries as members
from forum.members.models import PLATFORM, Role
from forum.stations.models import Station, Tier

# A province has some thousands of stations; beyond this the tree is cut, not the server.
MOST = 5000
# No tree of offices is deeper; a ring, made behind our back, would end here.
DEEPEST = 32


class StationRow(NamedTuple):
    """A place of the tree."""

    id: int
    parent_id: int | None
    tier: Tier
    name: str
    code: str
    address: str
    hours: str
    phone: str
    archived_at: datetime | None = None


class Branch(NamedTuple):
    """A place and how deep it stands."""

    station: StationRow
    depth: int


_COLUMNS = (
    col(Station.id),
    col(Station.parent_id),
    col(Station.tier),
    col(Station.name),
    col(Station.code),
    col(Station.address),
    col(Station.hours),
    col(Station.phone),
    col(Station.archived_at),
)


def _row(row: Sequence[Any]) -> StationRow:
    found = StationRow(*row)
    return found._replace(tier=Tier(found.tier))


def all_stations(db: Db) -> list[StationRow]:
    """Every place, by name."""
    found = db.execute(select(*_COLUMNS).order_by(col(Station.name), col(Station.id)).limit(MOST))
    return [_row(row) for row in found]


def open_stations(db: Db) -> list[StationRow]:
    """Every place that is not in the archive, by name."""
    return [row for row in all_stations(db) if row.archived_at is None]


def tree(stations: Iterable[StationRow]) -> list[Branch]:
    """The places in the order of the tree, each with its depth."""
    children: dict[int | None, list[StationRow]] = {}
    for station in stations:
        children.setdefault(station.parent_id, []).append(station)
    branches: list[Branch] = []
    waiting = [Branch(root, 0) for root in reversed(children.get(None, ()))]
    while waiting:
        branch = waiting.pop()
        branches.append(branch)
        below = children.get(branch.station.id, ())
        waiting += [Branch(child, branch.depth + 1) for child in reversed(below)]
    return branches


def station(db: Db, station_id: int) -> StationRow:
    """One place."""
    row = db.execute(select(*_COLUMNS).where(col(Station.id) == station_id)).one_or_none()
    if row is None:
        raise NotFound(_("There is no such station."))
    return _row(row)


def ancestors(db: Db, station_id: int) -> list[StationRow]:
    """The line from the root down to a place, itself included."""
    walk = (
        select(col(Station.id), col(Station.parent_id))
        .where(col(Station.id) == station_id)
        .cte("walk", recursive=True)
    )
    walk = walk.union(
        select(col(Station.id), col(Station.parent_id)).where(col(Station.id) == walk.c.parent_id)
    )
    query = select(*_COLUMNS).where(col(Station.id).in_(select(walk.c.id)))
    by_id = {row.id: row for row in map(_row, db.execute(query))}
    line: list[StationRow] = []
    here = by_id.get(station_id)
    while here is not None:
        line.insert(0, here)
        here = by_id.get(here.parent_id) if here.parent_id else None
    return line


def _above() -> Select[int]:
    """A place and those above it, the nearest first: made once, as every page asks."""
    row = metadata.tables["station"].c
    first = select(row.id, row.parent_id, literal(0).label("step"))
    walk = first.where(row.id == bindparam("station")).cte("above", recursive=True)
    up = select(row.id, row.parent_id, walk.c.step + 1).where(row.id == walk.c.parent_id)
    found = walk.union_all(up.where(walk.c.step < DEEPEST))
    return select(found.c.id).order_by(found.c.step)


_ABOVE = _above()


def places(db: Db, station_id: int | None) -> tuple[str, ...]:
    """The places whose roles hold in a station: itself, what it stands under, the platform."""
    if station_id is None:
        return (PLATFORM,)
    line = db.execute(_ABOVE, {"station": station_id}).scalars()
    return (*(f"station:{ident}" for ident in line), PLATFORM)


def children(db: Db, station_id: int) -> list[StationRow]:
    """What stands right under a place."""
    query = select(*_COLUMNS).where(
        col(Station.parent_id) == station_id, col(Station.archived_at).is_(None)
    )
    found = db.execute(query.order_by(col(Station.name)).limit(500))
    return [_row(row) for row in found]


@registry.stream("station")
def reader(db: Db, actor: Actor | None, station_id: int) -> Audience | None:
    """Everybody sees a station; those who serve there see what happens behind the counter."""
    if not ancestors(db, station_id):
        return None
    held = members.roles(db, actor, places(db, station_id))
    if held & {Role.MODERATOR, Role.ADMINISTRATOR}:
        return Audience.MODERATOR
    if held & {Role.OPERATOR, Role.SECRETARY}:
        return Audience.DESK
    return Audience.MEMBER if held else Audience.PUBLIC


@registry.resolver("station")
def _resolve(db: Db, _actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    query = select(col(Station.id), col(Station.name)).where(col(Station.id).in_(ids))
    return {
        ident: Step(f"station:{ident}", "station", name, f"/stations/{ident}")
        for ident, name in db.execute(query)
    }


def below(held: Sequence[str]) -> ColumnElement[bool]:
    """Which stations lie in these places: themselves, and all that stands under them."""
    if PLATFORM in held:
        return true()
    roots = [parse(place)[1] for place in held if place.startswith("station:")]
    under = select(col(Station.id)).where(col(Station.id).in_(roots)).cte(recursive=True)
    under = under.union(select(col(Station.id)).where(col(Station.parent_id) == under.c.id))
    return col(Station.id).in_(select(under.c.id))


def find(db: Db, actor: Actor | None, text: str, held: Sequence[str], limit: int) -> list[Step]:
    """The stations in these places whose name holds these words."""
    named = col(Station.name).icontains(text, autoescape=True)
    query = select(col(Station.id)).where(named, below(held), col(Station.archived_at).is_(None))
    ids = list(db.execute(query.order_by(col(Station.name)).limit(limit)).scalars())
    known = _resolve(db, actor, ids)
    return [known[ident] for ident in ids]


grounds.declare("station", around=places, find=find)
