"""What happens here when something happens to the meeting: it closes, or loses a venue."""

from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.events import Stored, record
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.registry import react
from sessions.meetings import presence
from sessions.meetings import queries as meetings
from sessions.meetings.events import MeetingAdjourned, VenueDropped
from sessions.reception import queries
from sessions.reception.events import ReceptionSummed

presence.visited.append(queries.visited)


@react(MeetingAdjourned)
def summed(tx: Db, stored: Stored, _event: MeetingAdjourned) -> None:
    """The numbers as they stand at the close, for the minutes."""
    meeting = parse(stored.stream)[1]
    if not queries.is_reception(tx, meeting):
        return
    found = queries.tally(tx, meeting)
    event = ReceptionSummed(
        {str(venue.id): venue.received for venue in found.venues},
        {str(venue.id): venue.words for venue in found.venues},
        {route.value: number for route, number in found.routes.items()},
        found.unrouted,
    )
    record(tx, None, event, stream=stored.stream, subject=stored.stream)


@react(VenueDropped)
def venue_dropped(tx: Db, stored: Stored, event: VenueDropped) -> None:
    """A venue to which somebody came is part of the register; one of an earlier sitting stays."""
    known = meetings.venues(tx, parse(stored.stream)[1], former=True)
    kept = any(venue.id == event.venue for venue in known)
    if not kept and queries.visited(tx, event.venue):
        raise Conflict(_("Visitors have been received at this venue; it stays."))
