"""What this room adds to pages below it: meetings, items, one's own part, the walls."""

from typing import Any

from forum.agenda import queries as agenda
from forum.base.db import Db
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.registry import panel
from forum.base.web import Request
from sessions.floor import mine as floor
from sessions.floor import projectors
from sessions.floor.screen_models import Shows
from sessions.meetings import queries as meetings
from sessions.meetings.queries import MeetingAccess
from sessions.workshop import queries
from sessions.workshop.routes.pages import led


@panel("floor:console", order=60)
@panel("floor:meeting", order=45)
def workshops_of_meeting(db: Db, request: Request, subject: str) -> str | None:
    """On a meeting's pages: its sessions, and for the chair the way to another one."""
    access = meetings.meeting_access(db, request.actor, parse(subject)[1])
    found = queries.of_meeting(db, access.meeting.id)
    if not found and not access.chairs:
        return None
    return request.fragment(
        db,
        "workshop/of_meeting.html",
        meeting=access.meeting.id,
        sessions=found,
        led=led(access, found),
        chairs=access.chairs,
    )


@panel("agenda:item", order=14, given=queries.ON_ITEM)
def workshops_on_item(db: Db, request: Request, subject: str) -> str | None:
    """On an item's page: the sessions held on it."""
    item = parse(subject)[1]
    found = queries.of_item(db, item)
    if not found:
        return None
    agenda.item_access(db, request.actor, item)
    seen = meetings.resolve(db, request.actor, sorted({row.meeting_id for row in found}))
    shown = [(row, seen[row.meeting_id].title) for row in found if row.meeting_id in seen]
    return request.fragment(db, "workshop/of_item.html", sessions=shown) if shown else None


@floor.elsewhere
def way_in(db: Db, access: MeetingAccess) -> tuple[str, str] | None:
    """On everybody's own part of the meeting: the session under way."""
    found = queries.current(db, access.meeting.id, access.meeting.current_item_id)
    if found is None or not found.running:
        return None
    return f"/workshops/{found.id}", _("Take part: %(title)s") % {"title": found.title}


@projectors.shown(Shows.SCRIPT, "workshop/wall.html")
def on_a_wall(db: Db, meeting: int) -> dict[str, Any]:
    """What a wall shows of a session."""
    row = meetings.meeting_row(db, meeting)
    found = queries.current(db, meeting, row.current_item_id)
    return {"workshop": queries.board(db, found) if found else None}
