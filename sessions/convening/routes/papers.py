"""The lists to sign, and a meeting as a file for calendars."""

from typing import NamedTuple

from forum.base import calendars
from forum.base.db import Db, reading
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.web import Request, Response, Routes
from forum.members import queries as members
from sessions.convening.queries import proxies, roll
from sessions.meetings import presence, queries, words
from sessions.meetings.models import MeetingState, VenueKind
from sessions.meetings.queries import MeetingAccess

routes = Routes("sessions.convening.routes")
NAMES_MOST = 5000
WALK_INS = 12
ICAL = "text/calendar; charset=utf-8"


class Expected(NamedTuple):
    """Somebody on the list to sign."""

    name: str
    number: str = ""
    weight: str = "1"
    household: str = ""
    organisation: str = ""
    proxy: str = ""  # who stands in for them


@routes.get("/meetings/{meeting:int}/attendance/print")
def attendance_sheet(request: Request, meeting: int) -> Response:
    """A list to sign for each hall whose desk the reader keeps; with `venue` for one of them."""
    wanted = request.query.integer("venue", optional=True, min=1)
    request.query.check()
    with reading() as db:
        access = queries.meeting_access(db, request.member, meeting)
        if not access.desks:
            raise Forbidden(_("Only the desks of this meeting may do this."))
        halls = [venue for venue in access.desks if venue.kind is not VenueKind.ONLINE]
        if not halls:
            raise Conflict(_("Nobody signs a list at an online venue."))
        if wanted is not None and access.venue(wanted) not in halls:
            raise Forbidden(_("Only the desk of this venue may do this."))
        people = _people(db, access)
        return request.page(
            db,
            meeting=access.meeting,
            consultation=access.access.consultation,
            halls=halls,
            sheets=[
                (venue, words.venue(venue.kind)) for venue in halls if wanted in (None, venue.id)
            ],
            people=people,
            shows={
                "number": any(each.number for each in people),
                "weight": any(each.weight != "1" for each in people),
            },
            walk_ins=WALK_INS,
        )


def _people(db: Db, access: MeetingAccess) -> list[Expected]:
    """Who is expected: the roll, or before the meeting is convened whom it will be drawn from."""
    meeting = access.meeting.id
    if access.meeting.state is MeetingState.DRAFT:
        able = presence.eligible_now(db, access.access)[:NAMES_MOST]
        on_roll = {person.member_id for person in roll.people(db, meeting, limit=NAMES_MOST)[0]}
        people = members.names(db, {*able, *on_roll})
        known = roll.detailed(db, meeting)
        return [
            Expected(name, *known[ident][3:]) if ident in known else Expected(name)
            for ident, name in sorted(people.items(), key=lambda pair: pair[1])
        ]
    given = {row.principal_id: row.holder for row in proxies.proxies(db, meeting)}
    found, _total = roll.people(db, meeting, limit=NAMES_MOST)
    return [Expected(each.name, *each[3:], given.get(each.member_id, "")) for each in found]


@routes.get("/meetings/{meeting:int}/calendar.ics")
def calendar_file(request: Request, meeting: int) -> Response:
    """The meeting for one's own calendar; fetched again, it says what has changed since."""
    # The library takes as long to load as a page to make: only where a calendar is asked for.
    from forum.feeds import ical  # noqa: PLC0415

    with reading() as db:
        here = ref("meeting", meeting)
        found = [
            entry
            for entry in calendars.entries(db, request.actor, [here], own=False)
            if entry.ref == here
        ]
        if not found:
            raise NotFound(_("There is no such meeting."))
    data = ical.calendar(found[-1].title, found, request.base_url)
    return request.send(data, ICAL, filename=f"meeting-{meeting}.ics")
