"""What everybody sees of a reception: who is being received now, the numbers, one's own words."""

from typing import Any

from forum.base.db import Db, reading
from forum.base.events import Audience
from forum.base.refs import parse
from forum.base.registry import panel, view
from forum.base.web import Request, Response
from sessions.floor import projectors
from sessions.floor.screen_models import Shows
from sessions.meetings import queries as meetings
from sessions.meetings import words as meeting_words
from sessions.meetings.models import VenueKind
from sessions.meetings.queries import MeetingAccess
from sessions.reception import queries, rules
from sessions.reception.models import VisitState
from sessions.reception.routes.common import live, routes

HOLDS = (VisitState.WAITING, VisitState.RECEIVED)


@view(
    "serving",
    stream="meeting",
    audience=Audience.PUBLIC,
    template="reception/serving.html",
    blocks=("numbers",),
)
def for_the_hall(db: Db, meeting: int) -> dict[str, Any]:
    """The wall of a reception."""
    return {"tally": queries.tally(db, meeting), "_kind": meeting_words.venue}


@projectors.shown(Shows.NUMBERS, "reception/wall.html")
def on_a_wall(db: Db, meeting: int) -> dict[str, Any]:
    """The same on a projector of the meeting, among what else it shows."""
    tally = queries.tally(db, meeting) if queries.is_reception(db, meeting) else None
    return {"tally": tally, "_kind": meeting_words.venue}


@routes.get("/meetings/{meeting:int}/reception/screen")
def serving(request: Request, meeting: int) -> Response:
    """For a wall in the hall, and for whoever waits outside: whose number it is."""
    with reading() as db:
        access = queries.reception(db, request.actor, meeting)
        return request.page(
            db,
            live=live(db, access.stream),
            meeting=access.meeting,
            **for_the_hall(db, meeting),
        )


def _shown(db: Db, request: Request, access: MeetingAccess) -> dict[str, Any]:
    """What a reader sees of a reception: what is theirs, the numbers of all, what may be read."""
    meeting, actor = access.meeting.id, request.actor
    visits = queries.own_visits(db, meeting, actor.id) if actor else []
    tally = queries.tally(db, meeting)
    halls = {venue.id: venue.name for venue in tally.venues}
    holds = next((one for one in visits if one[3] in HOLDS), None)
    return {
        "meeting": access.meeting,
        "tally": tally,
        "published": queries.published(db, actor, meeting),
        "holds": holds,
        "holds_at": halls[holds[1]] if holds else "",
        "ahead": queries.ahead(db, holds[1], holds[2]) if holds else 0,
        "own": queries.of_member(db, actor, meeting) if actor else [],
        "open": access.meeting.state in rules.OPEN,
        "online": any(venue.kind is VenueKind.ONLINE for venue in access.venues),
        "signed_in": actor is not None,
        "_kind": meeting_words.venue,
    }


@routes.get("/meetings/{meeting:int}/reception/numbers")
def numbers(request: Request, meeting: int) -> Response:
    """How many came, what was said and which way it went, without names; and one's own part."""
    with reading() as db:
        access = queries.reception(db, request.actor, meeting)
        return request.page(
            db,
            live=live(db, access.stream),
            zone=access.meeting.zone,
            **_shown(db, request, access),
        )


@panel("floor:meeting", order=8)
def reception_of_meeting(db: Db, request: Request, subject: str) -> str | None:
    """On a meeting's page: the same, and for those who work there the way to the register."""
    meeting = parse(subject)[1]
    if not queries.is_reception(db, meeting):
        return None
    access = queries.reception(db, request.actor, meeting)
    found = queries.standing(db, access)
    return request.fragment(
        db,
        "reception/of_meeting.html",
        works=bool(found.kept or found.receives),
        **_shown(db, request, access),
    )


@panel("floor:console", order=8)
@panel("floor:desk", order=8)
def way_to_register(db: Db, request: Request, subject: str) -> str | None:
    """At the desk and the console of a reception: the way to its register."""
    meeting = parse(subject)[1]
    if not queries.is_reception(db, meeting):
        return None
    return request.fragment(db, "reception/way.html", meeting_id=meeting)


@panel("members:person", order=45)
def own_words(db: Db, request: Request, subject: str) -> str | None:
    """On one's own page: what one said at receptions, and what became of it."""
    actor = request.actor
    if actor is None or parse(subject)[1] != actor.id:
        return None
    found = queries.of_member(db, actor)
    if not found:
        return None
    seen = meetings.resolve(db, actor, sorted({row.meeting_id for row in found}))
    return request.fragment(db, "reception/own.html", own=found, receptions=seen)
