"""What somebody does for themselves at the door: show a ticket, or read the code off the wall."""

import anyio.to_thread

from forum.base import clock
from forum.base.auth import actor_for
from forum.base.db import reading
from forum.base.errors import Forbidden, Invalid, NotFound, Refusal, SignInNeeded
from forum.base.i18n import _
from forum.base.minors import GuardianFirst
from forum.base.web import Request, Response
from forum.base.writer import submit
from sessions.arrivals import codes, queries, service
from sessions.arrivals.routes.common import desk_page, routes
from sessions.meetings import presence
from sessions.meetings import queries as meetings
from sessions.meetings import rules as meeting_rules
from sessions.meetings import service as attendance
from sessions.meetings.queries import VenueRow


@routes.get("/meetings/{meeting:int}/ticket")
def ticket(request: Request, meeting: int) -> Response:
    """One's own ticket, on the screen or on paper: the desk scans it, or types its digits."""
    with reading() as db:
        access = meetings.meeting_access(db, request.member, meeting)
        code = queries.own_ticket(db, access)
        if not code:
            raise NotFound(
                _("There is no ticket: you are not on the roll, or the meeting is over.")
            )
        return request.page(
            db,
            meeting=access.meeting,
            zone=access.meeting.zone,
            _venues=access.venues,
            ticket=code,
            name=request.member.name,
        )


def _stood(request: Request, meeting: int, venues: tuple[VenueRow, ...]) -> VenueRow | None:
    """The venue of this meeting before whose wall this browser stood a short while ago."""
    found = codes.stood_at(request.cookies.get(codes.COOKIE, ""), meeting, clock.now())
    return next((venue for venue in venues if venue.id == found), None)


@routes.get("/meetings/{meeting:int}/arrive")
def arrive(request: Request, meeting: int) -> Response:
    """Where the code on the wall leads: "check in at …", one button; signing in comes first.

    A code that is right is kept as a pass of this browser, so that it may go stale meanwhile.
    """
    typed = request.query.text("code", max=40, optional=True)
    with reading() as db:
        if typed and not request.form.errors:
            try:
                places = meetings.venues(db, meeting)
                place = service.stand_before(request.actor, places, typed, request.address)
            except Refusal as refusal:
                request.form.wrong("code", refusal.message)
                request.form.action = request.path
            else:
                kept = codes.passed(meeting, place.id, clock.now())
                request.set_cookie(
                    codes.COOKIE, kept, max_age=int(codes.PASS_LASTS.total_seconds())
                )
                return request.done(request.path)
        found = _stood(request, meeting, meetings.venues(db, meeting))
        if found is not None and request.actor is None:
            raise SignInNeeded(_("Please sign in first."))
        access = meetings.meeting_access(db, request.actor, meeting)
        here = None
        if request.actor is not None:
            here = presence.here(db, meeting, [request.actor.id]).get(request.actor.id)
        return request.page(
            db,
            meeting=access.meeting,
            venue=found,
            here=access.venue(here.venue_id) if here else None,
            open=access.meeting.receives,
        )


@routes.post("/meetings/{meeting:int}/arrive", page="arrive")
async def come(request: Request, meeting: int) -> Response:
    """Check in before the wall; many at once share a commit."""
    typed = request.form.text("code", max=40, optional=True)
    request.form.check()
    venue = await anyio.to_thread.run_sync(_before, request, meeting, typed)
    item = attendance.CheckIn(request.credential, meeting, venue.id)
    made = await submit(attendance.check_in_batch, item)
    request.set_cookie(codes.COOKIE, "", max_age=0)
    note = _("You are checked in: %(venue)s.") % {"venue": venue.name}
    return request.done(f"/meetings/{meeting}", note=note, id=made)


def _before(request: Request, meeting: int, typed: str) -> VenueRow:
    with reading() as db:
        actor = actor_for(db, request.credential) if request.credential else None
        if actor is None:
            raise SignInNeeded(_("Please sign in first."))
        if actor.asleep:
            raise GuardianFirst
        access = meetings.meeting_access(db, actor, meeting)
        if access.access.standing.banned:
            raise Forbidden(_("You have been excluded from here."))
        if typed:
            return service.stand_before(actor, access.venues, typed, request.address)
        if found := _stood(request, meeting, access.venues):
            return found
        words = _("Type the code that the wall shows now.")
        raise Invalid(words, fields={"code": words})


@routes.get("/meetings/{meeting:int}/desk/{venue:int}/wall")
def wall(request: Request, meeting: int, venue: int) -> Response:
    """For a screen at the entrance: a code that changes, by which people check themselves in."""
    with reading() as db:
        access, place = queries.desk(db, request.member, meeting, venue)
        now = clock.now()
        code = codes.wall(venue, now)
        return request.page(
            db,
            meeting=access.meeting,
            venue=place,
            open=access.meeting.state in meeting_rules.ATTENDED,
            _code=code,
            _address=f"{request.base_url}/meetings/{meeting}/arrive",
            changes_in=codes.changes_in(now),
            _back=desk_page(meeting, venue),
        )
