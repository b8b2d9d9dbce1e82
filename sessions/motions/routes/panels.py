"""What this room adds to the pages of others: items, meetings, stations."""

from forum.agenda import queries as agenda
from forum.base.db import Db
from forum.base.refs import parse
from forum.base.registry import panel
from forum.base.web import Request
from sessions.meetings import queries as meetings
from sessions.motions import queries


@panel("agenda:item", order=15, given=queries.ON_ITEM)
def motions_on_item(db: Db, request: Request, subject: str) -> str | None:
    """On an item's page: what was moved on it, and how that ended."""
    item = parse(subject)[1]
    found = queries.of_item(db, item)
    if not found:
        return None
    agenda.item_access(db, request.actor, item)
    seen = meetings.resolve(db, request.actor, sorted({row.meeting_id for row in found}))
    shown = [row for row in found if row.meeting_id in seen]
    return request.fragment(db, "motions/listed.html", motions=shown) if shown else None


@panel("floor:console", order=70)
@panel("floor:meeting", order=55)
def motions_of_meeting(db: Db, request: Request, subject: str) -> str | None:
    """On a meeting's page: the way to everything moved in it."""
    meeting = parse(subject)[1]
    found = queries.of_meeting(db, meeting)
    if not found:
        return None
    return request.fragment(db, "motions/of_meeting.html", meeting=meeting, count=len(found))


@panel("stations:station", order=45)
def referred_here(db: Db, request: Request, subject: str) -> str | None:
    """On a station's or committee's page: what meetings referred to it and wait for."""
    found = queries.referred(db, subject)
    seen = meetings.resolve(db, request.actor, [row.meeting_id for row in found])
    shown = [row for row in found if row.meeting_id in seen]
    if not shown:
        return None
    return request.fragment(db, "motions/referred.html", motions=shown)
