"""What this room adds to the pages of the rooms below: meetings, and items of the agenda."""

from forum.base.db import Db
from forum.base.refs import parse
from forum.base.registry import panel
from forum.base.web import Request
from sessions.captions import queries, rules
from sessions.meetings import queries as meetings


@panel("floor:console", order=40)
@panel("floor:desk", order=40)
@panel("floor:meeting", order=40)
def captions_of_meeting(db: Db, request: Request, subject: str) -> str | None:
    """On a meeting's pages: where one reads along, and where a clerk types."""
    access = meetings.meeting_access(db, request.actor, parse(subject)[1])
    row = access.meeting
    lines = queries.count(db, row.id)
    if not (lines or row.sitting or rules.types(access.audience)):
        return None
    return request.fragment(
        db,
        "captions/of_meeting.html",
        meeting=row,
        lines=lines,
        types=rules.types(access.audience) and row.state in rules.OPEN,
    )


@panel("agenda:item", order=12, given=queries.ON_ITEM)
def captions_of_item(db: Db, request: Request, subject: str) -> str | None:
    """On an item's page: what was said on it, meeting by meeting."""
    item = parse(subject)[1]
    found = queries.of_item(db, request.actor, item)
    if not found:
        return None
    return request.fragment(db, "captions/of_item.html", item=item, meetings=found)
