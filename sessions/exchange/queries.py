"""Archives, read: each by the one who asked for it."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import Step
from forum.base.settings import settings
from forum.consultations import queries as consultations
from forum.stations import queries as stations
from forum.stations.models import Station
from sessions.exchange.models import Archive, ArchiveState
from sessions.meetings import queries as meetings

MOST_KEPT = 20  # of one person, so that nobody fills the disk


class ArchiveRow(NamedTuple):
    """An archive and how far it is."""

    id: int
    station_id: int
    member_id: int
    first: date
    last: date
    lang: str
    state: ArchiveState
    done: int
    total: int
    size: int | None
    digest: str | None
    consultations: list[int]
    classes: dict[str, int] | None
    asked_at: datetime
    until: datetime | None
    committee: str

    @property
    def under_way(self) -> bool:
        """Whether it is still being written."""
        return self.state in (ArchiveState.WAITING, ArchiveState.WORKING)


_COLUMNS = [col(getattr(Archive, n)) for n in ArchiveRow._fields if n != "committee"]
_ALL = select(*_COLUMNS, col(Station.name)).join(
    Station, col(Station.id) == col(Archive.station_id)
)


def _row(found: Sequence[object]) -> ArchiveRow:
    row = ArchiveRow._make(found)
    return row._replace(state=ArchiveState(row.state))


def path_of(archive: int) -> Path:
    """Where its file lies once it is ready."""
    return settings().data / "archives" / f"{archive}.zip"


def archive(db: Db, actor: Actor, ident: int) -> ArchiveRow:
    """One's own archive, while one may still read all of it; NotFound otherwise."""
    found = db.execute(
        _ALL.where(col(Archive.id) == ident, col(Archive.member_id) == actor.id)
    ).one_or_none()
    if found is not None:
        row = _row(found)
        if _reads(db, actor, row):
            return row
    raise NotFound(_("There is no such archive, or it is no longer kept."))


def _reads(db: Db, actor: Actor, row: ArchiveRow) -> bool:
    """Whether somebody still reads every consultation in it, and the staff's files where it has."""
    if len(consultations.resolve(db, actor, row.consultations)) < len(row.consultations):
        return False
    return all(
        (meetings.reader(db, actor, int(meeting)) or Audience.PUBLIC) >= audience
        for meeting, audience in (row.classes or {}).items()
    )


def mine(db: Db, actor: Actor, station: int | None = None) -> list[ArchiveRow]:
    """One's own archives (of one committee), the latest first."""
    query = _ALL.where(col(Archive.member_id) == actor.id)
    if station is not None:
        query = query.where(col(Archive.station_id) == station)
    found = db.execute(query.order_by(col(Archive.id).desc()).limit(MOST_KEPT))
    return [_row(row) for row in found]


def may_ask(db: Db, actor: Actor | None, station: int) -> bool:
    """Whether somebody may have a committee's minutes packed: whoever has a role there."""
    if actor is None:
        return False
    return (stations.reader(db, actor, station) or Audience.PUBLIC) >= Audience.MEMBER


@registry.resolver("archive")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What archives are called, for those whose they are."""
    if actor is None:
        return {}
    found = db.execute(_ALL.where(col(Archive.id).in_(ids), col(Archive.member_id) == actor.id))
    return {
        row.id: Step(ref("archive", row.id), "archive", row.committee, f"/archives/{row.id}")
        for row in map(_row, found)
    }
