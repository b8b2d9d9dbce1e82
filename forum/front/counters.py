"""What a kiosk at a station's counter shows, and who may begin one."""

from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.agenda.models import Item, ItemState
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Forbidden
from forum.base.i18n import _
from forum.consultations import queries as consultations
from forum.consultations.models import Consultation, Stage
from forum.consultations.queries import ConsultationRow
from forum.followups import tracker
from forum.followups.tracker import Filter, Listed, Shown
from forum.front import papers, queries
from forum.front.papers import Published
from forum.front.queries import Came, MeetingLine
from forum.members import queries as members
from forum.members.rules import KEEPING_COUNTERS
from forum.stations import queries as stations
from forum.stations.queries import StationRow

OPEN = (Stage.PROPOSING, Stage.DELIBERATING, Stage.DECIDING)
SHOWN = 6


class Counter(NamedTuple):
    """The first page of a kiosk."""

    station: StationRow
    open: list[ConsultationRow]
    meetings: list[MeetingLine]
    minutes: list[Published]
    tasks: list[Listed]
    came: list[Came]


class Topic(NamedTuple):
    """An item on which something can be said now."""

    id: int
    title: str
    consultation: str


def keeps(db: Db, actor: Actor) -> list[StationRow]:
    """The stations whose counter somebody keeps: an operator's own, an administrator's all."""
    every = stations.all_stations(db)
    if members.administrates(db, actor):
        return every
    kept = set(members.places_of(db, actor, KEEPING_COUNTERS))
    return [station for station in every if f"station:{station.id}" in kept]


def require_keeper(db: Db, actor: Actor, station: int) -> None:
    """Raise unless the person keeps this station's counter."""
    if station not in {row.id for row in keeps(db, actor)}:
        raise Forbidden(_("Only the operators of a station set up its screen."))


def counter(db: Db, station: int) -> Counter:
    """What everybody may read at this counter: the station's own first, then what is elsewhere."""
    own, _total = consultations.consultations(db, None, station=station, limit=SHOWN)
    every, _total = consultations.consultations(db, None, limit=20)
    known = {row.id for row in own}
    found = [*own, *(row for row in every if row.id not in known)]
    return Counter(
        stations.station(db, station),
        [row for row in found if row.stage in OPEN][:SHOWN],
        queries.meetings(db, None, limit=4),
        papers.published(db, None, limit=4),
        tracker.tracker(db, None, Filter(Shown.ACTIVE)).rows[:4],
        queries.came(db, None, limit=4),
    )


def topics(db: Db, *, limit: int = 30) -> list[Topic]:
    """Where something can be said now, as everybody may see it."""
    found = db.execute(
        select(col(Item.id), col(Item.title), col(Consultation.title))
        .join(Consultation, col(Consultation.id) == col(Item.consultation_id))
        .where(
            col(Item.state).in_((ItemState.OPEN, ItemState.DEBATE)),
            col(Consultation.stage).in_((Stage.PROPOSING, Stage.DELIBERATING)),
            col(Item.consultation_id).in_(consultations.readable(db, None)),
        )
        .order_by(col(Item.consultation_id).desc(), col(Item.path))
        .limit(limit)
    )
    return [Topic(*row) for row in found]
