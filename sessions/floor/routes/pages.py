"""The four live pages of a meeting: for everybody, the chair, a desk, the wall."""

from typing import Any

from forum.base import clock, events
from forum.base.db import Db, reading
from forum.base.errors import Forbidden
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.registry import panel
from forum.base.web import Request, Response, Routes
from forum.consultations.guests import keepable
from sessions.arrivals import queries as arrivals
from sessions.floor import cards, screens
from sessions.floor.mine import mine
from sessions.floor.situation import situation, version
from sessions.meetings import presence, queries, rules
from sessions.meetings.models import Link, MeetingState
from voting.polls import pictures, words
from voting.polls import queries as polls
from voting.polls.rules import TELLERS

routes = Routes("sessions.floor.routes")
OVER = (MeetingState.ADJOURNED, MeetingState.ARCHIVED)


def live(db: Db, request: Request, meeting: int, view: str) -> dict[str, Any]:
    """What the page follows, from the moment at which it was made."""
    stream = ref("meeting", meeting)
    followed: dict[str, Any] = {
        "stream": stream,
        "view": view,
        "after": events.head(db, stream),
    }
    if request.actor is not None:
        own = ref("member", request.actor.id)
        followed |= {"own": own, "own_after": events.head(db, own)}
    return followed


@routes.get("/meetings/{meeting:int}")
def meeting(request: Request, meeting: int) -> Response:
    """What happens now, who speaks, the vote; and one's own part in it."""
    with reading() as db:
        kept = version(db, meeting)
        if hit := request.fresh(kept):
            return hit
        access = queries.meeting_access(db, request.actor, meeting)
        now = situation(db, meeting)
        # Asked for by every phone at once: the chain is left out where only one's part is wanted.
        alone = request.htmx and request.htmx.target == "personal"
        return request.page(
            db,
            subject=None if alone else access.stream,
            version=kept,
            keep=keepable(access.access) and not access.chairs,
            live=live(db, request, meeting, "meeting"),
            **now._asdict(),
            mine=mine(db, access, now),
            _ticket=arrivals.own_ticket(db, access),
            may={"chair": access.chairs, "desks": [venue.id for venue in access.desks]},
        )


@routes.get("/meetings/{meeting:int}/console")
def console(request: Request, meeting: int) -> Response:
    """Where the chair runs the meeting; the likeliest next thing is one big button."""
    with reading() as db:
        access = queries.meeting_access(db, request.member, meeting)
        if not access.chairs:
            raise Forbidden(_("Only the chair of this meeting may do this."))
        return request.page(
            db,
            subject=access.stream,
            live=live(db, request, meeting, "console"),
            **screens.for_the_chair(db, meeting),
        )


@routes.get("/meetings/{meeting:int}/desk/{venue:int}")
def desk(request: Request, meeting: int, venue: int) -> Response:
    """The desk of a venue: who comes, who wants to speak, the count of hands, the connection."""
    text = request.query.text("q", max=60, optional=True)
    with reading() as db:
        access = queries.meeting_access(db, request.member, meeting)
        place = access.venue(venue)
        if place not in access.desks:
            raise Forbidden(_("Only the desk of this venue may do this."))
        return request.page(
            db,
            subject=access.stream,
            # A desk goes on without a line: its clerk's own device keeps the page meanwhile.
            keep=access.meeting.state in rules.ATTENDED,
            live=live(db, request, meeting, "desk"),
            **screens.for_desks(db, meeting),
            venue=place,
            found=presence.desk(db, meeting, text=text),
            there=presence.desk(db, meeting, venue=venue, limit=500),
            text=text,
            counted=cards.counted(db, meeting, venue),
            counts=not access.roles.isdisjoint(TELLERS),
            _links=Link,
            desks=[one.id for one in access.desks],
        )


@routes.get("/meetings/{meeting:int}/screen")
def screen(request: Request, meeting: int) -> Response:
    """The projector: how to take part, the item, the speaker and the clock, the vote."""
    with reading() as db:
        kept = version(db, meeting)
        if hit := request.fresh(kept):
            return hit
        queries.meeting_access(db, request.actor, meeting)
        address = f"{request.base_url}/meetings/{meeting}"
        return request.page(
            db,
            version=kept,
            live=live(db, request, meeting, "screen"),
            **screens.for_the_wall(db, meeting),
            address=address,
        )


@routes.get("/meetings/{meeting:int}/timer")
def timer(request: Request, meeting: int) -> Response:
    """A speaker's clock on a stand."""
    with reading() as db:
        kept = version(db, meeting)
        if hit := request.fresh(kept):
            return hit
        queries.meeting_access(db, request.actor, meeting)
        now = screens.for_the_stand(db, meeting)
        line = now["speakers"].speaking
        return request.page(
            db,
            version=kept,
            live=live(db, request, meeting, "timer"),
            **now,
            left=(line.ends_at - clock.now()).total_seconds() if line else None,
        )


@panel("floor:meeting", order=50)
def votes_of_meeting(db: Db, request: Request, subject: str) -> str | None:
    """When a meeting is over: what was put to the vote in it, and how that ended."""
    if queries.meeting_row(db, parse(subject)[1]).state not in OVER:
        return None
    drawn = [(row, pictures.result(row)) for row in polls.of_meeting(db, subject)]
    found = [(row, words.standing(row), words.tone(row), shown) for row, shown in drawn if shown]
    return request.fragment(db, "floor/votes.html", votes=found) if found else None
