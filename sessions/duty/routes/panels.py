"""What this room adds to the pages of the rooms below: meetings, walls and representatives."""

from typing import Any

from forum.base.db import Db
from forum.base.refs import parse
from forum.base.registry import panel
from forum.base.web import Request
from sessions.convening.queries.preparing import prepared
from sessions.duty import queries, rules, words
from sessions.floor import projectors
from sessions.floor.screen_models import Shows
from sessions.meetings import queries as meetings

KIND = "duty_report"


@panel("floor:meeting", order=15)
@panel("floor:console", order=15)
@panel("floor:desk", order=15)
def reports_of_meeting(db: Db, request: Request, subject: str) -> str | None:
    """On a meeting's pages: its reports, and where one asks; before there is one, how to add it."""
    access = meetings.meeting_access(db, request.actor, parse(subject)[1])
    row = access.meeting
    adds = row.state in rules.UNFINISHED and (
        queries.leads(access, 0)
        or (access.actor is not None and queries.is_reporter(access, access.actor.id))
    )
    wanted = adds and prepared(db, row.id).kind.key == KIND
    if not (wanted or queries.of_meeting(db, request.actor, row.id)):
        return None
    return request.fragment(
        db,
        "duty/of_meeting.html",
        meeting=row,
        **queries.at_meeting(db, access),
        adds=adds,
        _words=words,
    )


@panel("members:person", order=30)
def reports_of_person(db: Db, request: Request, subject: str) -> str | None:
    """On a representative's page: each report, what was asked and answered, how it was received."""
    member = parse(subject)[1]
    found = queries.of_person(db, request.actor, member)
    if not found:
        return None
    shown = {one.report.id for one in found}
    return request.fragment(
        db,
        "duty/of_person.html",
        reports=found,
        owed=[one for one in queries.owed(db, member) if one.report_id in shown],
        ways=queries.ways(db, request.actor, {one.report.meeting_id for one in found}),
        _words=words,
    )


@panel("agenda:item", order=13, given=queries.ON_ITEM)
def reports_on_item(db: Db, request: Request, subject: str) -> str | None:
    """On an item's page: the reports that were given under it."""
    found = queries.on_item(db, request.actor, parse(subject)[1])
    if not found:
        return None
    return request.fragment(db, "duty/on_item.html", reports=found, _words=words)


@projectors.shown(Shows.QUESTIONS, "duty/wall.html")
def on_a_wall(db: Db, meeting: int) -> dict[str, Any]:
    """What a wall shows of the questions to whoever reports."""
    return {"asked": queries.before_a_meeting(db, meeting), "_words": words}
