"""On a place's page its minutes and decisions, and the whole lists of them."""

from forum.base.db import Db, reading
from forum.base.refs import parse, ref
from forum.base.registry import panel
from forum.base.web import Request, Response, Routes
from forum.members.paging import page as paged
from forum.stations import queries as stations
from sessions.minutes import words
from sessions.minutes.models import State
from sessions.minutes.queries import places

routes = Routes("sessions.minutes.routes")

SIZE = 20
SHOWN = 5


@panel("stations:station", order=40)
def at_station(db: Db, request: Request, subject: str) -> str | None:
    """The latest minutes and decisions of a place, and how many stand in which state."""
    station = parse(subject)[1]
    found, counts = places.minutes_at(db, request.actor, station, limit=SHOWN)
    decided, total = places.decisions_at(db, request.actor, station, limit=SHOWN)
    if not (found or decided):
        return None
    return request.fragment(
        db,
        "minutes/at_station.html",
        station_id=station,
        minutes=found,
        counts=counts,
        decisions=decided,
        decided=total,
        _words=words,
    )


@routes.get("/stations/{station:int}/minutes")
def minutes_of_station(request: Request, station: int) -> Response:
    """The minutes of a place's meetings, all or those of a state."""
    wanted = request.query.value("state")
    state = State(wanted) if wanted in set(State) else None
    number = request.query.integer("page", optional=True, min=1, max=100_000) or 1
    request.query.check()
    with reading() as db:
        found = stations.station(db, station)
        rows, counts = places.minutes_at(
            db, request.actor, station, state=state, offset=(number - 1) * SIZE, limit=SIZE
        )
        total = sum(counts.values()) if state is None else counts.get(state, 0)
        return request.page(
            db,
            subject=ref("station", station),
            station=found,
            minutes=rows,
            counts=counts,
            state=state,
            pager=paged(request.path, number=number, total=total, size=SIZE, state=state or ""),
            _words=words,
        )


@routes.get("/stations/{station:int}/decisions")
def decisions_of_station(request: Request, station: int) -> Response:
    """All that was decided in what a place runs."""
    number = request.query.integer("page", optional=True, min=1, max=100_000) or 1
    request.query.check()
    with reading() as db:
        found = stations.station(db, station)
        rows, total = places.decisions_at(
            db, request.actor, station, offset=(number - 1) * SIZE, limit=SIZE
        )
        return request.page(
            db,
            subject=ref("station", station),
            station=found,
            decisions=rows,
            pager=paged(request.path, number=number, total=total, size=SIZE),
            _words=words,
        )
