"""The reception on paper: the sheet for one visitor, the whole register, sheets to fill in."""

from typing import Any

from forum.base.db import Db, reading
from forum.base.web import Request, Response
from forum.stations import queries as stations
from sessions.meetings import words as meetings
from sessions.reception import queries, words
from sessions.reception.queries import Counter
from sessions.reception.routes.common import routes


def _head(db: Db, found: Counter) -> dict[str, Any]:
    """What every sheet says of the reception; whose it is stands in its headline."""
    station = found.access.access.consultation.station_id
    return {
        "meeting": found.access.meeting,
        "station": stations.station(db, station) if station else None,
        "_words": words,
        "_meetings": meetings,
    }


@routes.get("/meetings/{meeting:int}/reception/{visitor:int}/print")
def visitor_sheet(request: Request, meeting: int, visitor: int) -> Response:
    """《人大代表接待选民记录表》 of one visitor, to be read back and signed."""
    with reading() as db:
        found = queries.counter(db, request.member, meeting)
        row = queries.visitor(db, found, visitor)
        return request.page(
            db,
            venue=found.venue(row.venue_id),
            visitor=row,
            words=[one for one in queries.of_visitor(db, found, visitor) if not one.struck],
            **_head(db, found),
        )


@routes.get("/meetings/{meeting:int}/reception/print")
def register_sheet(request: Request, meeting: int) -> Response:
    """The register of the venues that are the reader's to keep."""
    with reading() as db:
        found = queries.counter(db, request.member, meeting)
        tally = queries.tally(db, meeting)
        came = {venue.id for venue in tally.venues}
        venues = [venue for venue in found.kept if venue.id in came]
        return request.page(
            db,
            venues=venues,
            visitors=[row for row in queries.visitors(db, found) if row.mine],
            words=[
                one
                for one in queries.of_venues(db, found, [venue.id for venue in venues])
                if not one.struck
            ],
            tally=tally,
            **_head(db, found),
        )


@routes.get("/meetings/{meeting:int}/reception/empty/print")
def empty_sheet(request: Request, meeting: int) -> Response:
    """The same sheet with nothing in it, for a day on paper."""
    with reading() as db:
        found = queries.counter(db, request.member, meeting)
        return request.page(db, **_head(db, found))
